import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnVPCBlockPublicAccessOptions } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { excludeFromBlock } from './exclude-from-block';
import { unusedKey } from './unused-key';

/** Which traffic internet gateways do not carry. */
export class PublicAccessBlock {
  /** Nothing comes in; NAT gateways and egress-only gateways go on working. */
  public static readonly INGRESS = new PublicAccessBlock('block-ingress');
  /** Nothing comes in or goes out. */
  public static readonly BIDIRECTIONAL = new PublicAccessBlock('block-bidirectional');

  private constructor(
    /** AWS's word. */
    public readonly name: string,
  ) {}
}

/** A VPC or a subnet that internet gateways serve all the same. */
export interface PublicAccessExclusion {
  /** The whole VPC. @default - subnetId is given */
  readonly vpcId?: string;
  /** One subnet. @default - vpcId is given */
  readonly subnetId?: string;
  /** Whether only connections from inside pass, as for NAT gateways. @default false - both directions */
  readonly egressOnly?: boolean;
  /** Why; it stands in the template. */
  readonly reason: string;
}

/** Properties of the block on public access. */
export interface VpcBlockPublicAccessProps {
  /** What is blocked. @default PublicAccessBlock.INGRESS */
  readonly block?: PublicAccessBlock;
}

/**
 * Cuts all VPCs of the account off from the internet in this Region, whatever gateways, routes, addresses and security groups say; what serves the internet on purpose is excluded by
 * name. One an account and Region; it stays on when it leaves the template.
 *
 * For the whole organization there is the control LZ.EC2.6, which overrides this; with `exclusionsAllowed` exclusions are still made here.
 * Amazon VPC, "Block public access to VPCs and subnets" (read 2026-11-22).
 *
 * @example
 * const access = new VpcBlockPublicAccess(stack, 'BlockPublicAccess');
 * access.exclude('ingress', { vpcId: 'vpc-0123456789abcdef0', reason: 'Load balancers of the company stand here' });
 */
export class VpcBlockPublicAccess extends Construct {
  private readonly options: CfnVPCBlockPublicAccessOptions;

  public constructor(scope: Construct, id: string, props: VpcBlockPublicAccessProps = {}) {
    super(scope, id);
    this.options = new CfnVPCBlockPublicAccessOptions(this, 'Resource', { internetGatewayBlockMode: (props.block ?? PublicAccessBlock.INGRESS).name });
    this.options.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /**
   * Lets internet gateways serve a VPC or a subnet, before the block is switched on.
   *
   * @param key names it; stable
   */
  public exclude(key: string, exclusion: PublicAccessExclusion): void {
    const excluded = excludeFromBlock(this, unusedKey(this, 'Exclusion', key, 'exclude'), exclusion);
    this.options.addResourceDependency(excluded);
  }
}
