import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnIPAM, CfnIPAMAllocation, CfnIPAMPool } from 'aws-cdk-lib/aws-ec2';
import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import { Construct } from 'constructs';
import { AddressPlan } from './address-plan';
import { SpokeSize } from './spoke-size';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** Properties of the IPAM pools. */
export interface IpamPoolsProps {
  /** The plan that the pools follow. */
  readonly plan: AddressPlan;
  /** ARN of the organization, or of the unit, whose accounts make VPCs from the pools: `arn:aws:organizations::111122223333:organization/o-abcdefghij`. */
  readonly shareWith: string;
  /** Size of a VPC that does not say its own. @default SpokeSize.MEDIUM */
  readonly defaultSize?: SpokeSize;
  /** Largest VPC. @default SpokeSize.EXTRA_LARGE */
  readonly largest?: SpokeSize;
  /** Smallest VPC. @default SpokeSize.SMALL */
  readonly smallest?: SpokeSize;
  /** Pools that a scope of the account may hold, as Service Quotas says. @default - not checked */
  readonly maxPools?: number;
}

/**
 * The address plan as AWS's own IP Address Manager keeps it: a pool for the plan, one in it for each Region, one in that for each segment, shared with the organization. VPCs ask a
 * segment's pool for a length of prefix and get addresses that nobody else has. The advanced tier is needed, as pools are shared between accounts.
 *
 * For the network account; it must be the organization's IPAM administrator, which CloudFormation cannot make it.
 *
 * @example
 * declare const plan: AddressPlan;
 * const pools = new IpamPools(stack, 'Ipam', { plan, shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij' });
 */
export class IpamPools extends Construct {
  /** Id of the IPAM. */
  public readonly ipamId: string;
  private readonly pools = new Map<string, CfnIPAMPool>();

  public constructor(scope: Construct, id: string, private readonly props: IpamPoolsProps) {
    super(scope, id);
    const { plan } = props;
    const home = Stack.of(this).region;
    const needed = 1 + plan.regions.length * (1 + plan.segments.length);
    const available = props.maxPools;
    if (available !== undefined && needed > available) {
      throw new InputError(`The plan has ${plan.regions.length} Regions with ${plan.segments.length} segments each: ${needed} IPAM pools, ${available} are allowed in a scope. `
        + 'Ask AWS for more and say so by maxPools, or plan fewer.');
    }
    const ipam = new CfnIPAM(this, 'Resource', {
      description: `Address plan ${plan.cidr}`,
      tier: 'advanced',
      operatingRegions: [...new Set([...plan.regions, ...home.startsWith('${') ? [] : [home]])].sort().map((regionName) => ({ regionName })),
    });
    ipam.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.ipamId = ipam.ref;
    const whole = this.pool('Plan', { description: `Plan ${plan.cidr}`, ipamScopeId: ipam.attrPrivateDefaultScopeId, provisionedCidrs: [{ cidr: plan.cidr }] });
    for (const region of plan.regions) {
      const regional = this.pool(region, {
        description: region, ipamScopeId: ipam.attrPrivateDefaultScopeId, sourceIpamPoolId: whole.ref, locale: region, provisionedCidrs: [{ cidr: plan.regionCidr(region) }],
      });
      for (const segment of plan.segments) this.segmentPool(ipam, regional, region, segment);
    }
    this.keepReserved(plan);
  }

  /** Id of a segment's pool, for a VPC's `ipv4IpamPoolId`. Fails when the plan has no such Region or segment. */
  public poolId(region: string, segment: string): string {
    this.props.plan.segmentCidr(region, segment);
    return this.pools.get(`${region}/${segment}`)!.ref;
  }

  private segmentPool(ipam: CfnIPAM, regional: CfnIPAMPool, region: string, segment: string): void {
    const { plan, shareWith, defaultSize = SpokeSize.MEDIUM, largest = SpokeSize.EXTRA_LARGE, smallest = SpokeSize.SMALL } = this.props;
    const pool = this.pool(`${region}/${segment}`, {
      description: `${segment} in ${region}`,
      ipamScopeId: ipam.attrPrivateDefaultScopeId,
      sourceIpamPoolId: regional.ref,
      locale: region,
      provisionedCidrs: [{ cidr: plan.segmentCidr(region, segment) }],
      allocationDefaultNetmaskLength: defaultSize.prefixLength,
      allocationMinNetmaskLength: largest.prefixLength,
      allocationMaxNetmaskLength: smallest.prefixLength,
      autoImport: false,
    });
    new CfnResourceShare(this, `Share.${region}.${segment}`, {
      name: `ipam-${region}-${segment}`,
      allowExternalPrincipals: false,
      principals: [shareWith],
      resourceArns: [pool.attrArn],
    });
  }

  /** Addresses that others use are allocated, so that no VPC gets them. */
  private keepReserved(plan: AddressPlan): void {
    for (const region of plan.regions) {
      for (const segment of plan.segments) {
        const block = Cidr.parse(plan.segmentCidr(region, segment))!;
        for (const { cidr, purpose } of [...plan.reserved, ...plan.onPremises].filter((range) => block.contains(Cidr.parse(range.cidr)!))) {
          const kept = new CfnIPAMAllocation(this, `Reserved.${cidr}`.replace(/\//g, '-'), { ipamPoolId: this.poolId(region, segment), cidr, description: purpose });
          kept.applyRemovalPolicy(RemovalPolicy.RETAIN);
        }
      }
    }
  }

  /** Logical ids follow from Region and segment, not from their order. */
  private pool(path: string, props: Omit<ConstructorParameters<typeof CfnIPAMPool>[2], 'addressFamily'>): CfnIPAMPool {
    const pool = new CfnIPAMPool(this, `Pool.${path.replace(/\//g, '.')}`, { addressFamily: 'ipv4', ...props });
    pool.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.pools.set(path, pool);
    return pool;
  }
}
