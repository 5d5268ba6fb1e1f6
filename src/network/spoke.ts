import { Fn, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib';
import {
  CfnNetworkAcl, CfnNetworkAclEntry, CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetNetworkAclAssociation, CfnSubnetRouteTableAssociation, CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { addSpokeAccessScope } from './access-scopes';
import { FlowLogs } from './flow-logs';
import { IpamPools } from './ipam-pools';
import { mark } from './mark';
import { NetworkSegment } from './network-segment';
import { SegmentHome } from './segment-home';
import { NetworkSettings } from './settings/network-settings';
import { MAX_ZONES, SubnetPlace, subnetPlace } from './spoke-layout';
import { SpokeSize } from './spoke-size';
import { zoneIds } from './zone-ids';
import { Cidr } from '../analysis/cidr';
import { valueFrom } from '../delivery/stack-output';
import { InputError } from '../model/input-error';

/** What a subnet of a spoke is for. */
export enum SpokeTier {
  /** Workloads: reaches what its segment may reach. Half of the addresses. */
  PRIVATE = 'private',
  /** Databases and the like: reaches its own VPC only. A quarter of the addresses. */
  ISOLATED = 'isolated',
}

/** What a spoke is like. */
export interface SpokeOptions {
  /** Segment that it belongs to, of the hub of its Region or of a core network. */
  readonly segment: NetworkSegment;
  /** How many addresses. @default SpokeSize.MEDIUM */
  readonly size?: SpokeSize;
  /** Availability Zones, 1 to 4. More can be added later, nothing moves. @default 3 */
  readonly zones?: number;
  /** Ids of the zones, in place of the Region's first; append only. @default - the first `zones` of the Region */
  readonly zoneIds?: string[];
  /** What subnets it has. @default - private and isolated */
  readonly tiers?: SpokeTier[];
  /** Pools that the addresses come from, in place of the plan's own arithmetic. @default - the plan says the block */
  readonly pools?: IpamPools;
  /** Where flow logs go. @default - where the hub's go */
  readonly flowLogs?: FlowLogs;
}

/** Properties of a spoke. */
export interface SpokeProps extends SpokeOptions {
  /** Stable key, unique in the plan; its place follows from it. */
  readonly key: string;
}

/**
 * A VPC in a workload account, attached to the hub of its Region or to a core network. It has no internet gateway and no public subnet; its default security group and network ACL let nothing through.
 *
 * Subnets have their places by zone and tier: adding a zone or a tier moves none. Its association with the segment is made in the network account.
 *
 * @example
 * declare const hub: NetworkHub;
 * const spoke = new Spoke(stack, 'Network', { key: 'payments-prod', segment: hub.segment('prod') });
 * const subnets = spoke.subnetIds(SpokeTier.PRIVATE);
 */
export class Spoke extends Construct {
  /** Key in the plan. */
  public readonly key: string;
  /** Id of the VPC. */
  public readonly vpcId: string;
  /** Its addresses: a block, or a reference where a pool chooses. */
  public readonly cidr: string;
  /** Ids of its zones. */
  public readonly zoneIds: string[];
  /** Id of the attachment to the transit gateway or the core network. */
  public readonly attachmentId: string;
  private readonly home: SegmentHome;
  private readonly region: string;
  private readonly vpc: CfnVPC;
  private readonly tables = new Map<string, CfnRouteTable>();
  private readonly subnets = new Map<string, CfnSubnet[]>();

  public constructor(scope: Construct, id: string, private readonly props: SpokeProps) {
    super(scope, id);
    this.home = props.segment._home;
    this.region = this.home.region ?? Stack.of(this).region;
    this.key = props.key;
    this.zoneIds = props.zoneIds ?? (this.region.includes('${') ? [] : zoneIds(this.region, props.zones ?? 3));
    const size = props.size ?? SpokeSize.MEDIUM;
    const tiers = [...new Set(props.tiers ?? [SpokeTier.PRIVATE, SpokeTier.ISOLATED])];
    this.check(size, tiers);
    this.vpc = this.addVpc(size);
    this.vpcId = this.vpc.ref;
    this.cidr = props.pools ? this.vpc.attrCidrBlock : this.vpc.cidrBlock!;
    Tags.of(this).add('Name', this.key);
    for (const tier of [...tiers, 'transit']) this.addTier(tier, size);
    this.attachmentId = this.attach();
    this.closeDefaults();
    if (this.home.networkAccessScopes) addSpokeAccessScope(this, this.vpcId);
    (props.flowLogs ?? this.home.flowLogs)._of(this, 'VPC', this.vpcId);
    Validations.of(this.vpc).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-VPCDefaultSecurityGroupClosed', reason: 'Its default security group has no rules: a function of the stack takes them away.' });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-VPC3', reason: 'Network ACLs close the default one, and keep isolated subnets to their VPC where a security group is forgotten.',
    });
  }

  /** Ids of the subnets of a tier, a zone each. Fails with the tiers there are. */
  public subnetIds(tier: SpokeTier): string[] {
    return this.known(this.subnets, tier).map((subnet) => subnet.ref);
  }

  /** Names of the zones of a tier's subnets, in the order of `subnetIds`. Fails with the tiers there are. */
  public availabilityZones(tier: SpokeTier): string[] {
    return this.known(this.subnets, tier).map((subnet) => subnet.attrAvailabilityZone);
  }

  /** Tiers that it has. */
  public get tiers(): SpokeTier[] {
    return Object.values(SpokeTier).filter((tier) => this.subnets.has(tier));
  }

  /** Id of the route table of a tier. Fails with the tiers there are. */
  public routeTableId(tier: SpokeTier): string {
    return this.known(this.tables, tier).ref;
  }

  private known<T>(all: ReadonlyMap<string, T>, tier: string): T {
    const found = all.get(tier);
    if (found === undefined) throw new InputError(`Spoke ${this.node.path} has no ${tier} subnets. It has: ${[...all.keys()].filter((name) => name !== 'transit').join(', ')}. Add it to tiers.`);
    return found;
  }

  private check(size: SpokeSize, tiers: readonly string[]): void {
    const { region, account } = Stack.of(this);
    const problems = [
      ...(region !== this.region ? [`its stack is in ${region}, the hub in ${this.region}: a spoke belongs to the hub of its Region`] : []),
      ...(account.includes('${') || region.includes('${') ? ['its stack needs an environment: env: { account, region }'] : []),
      ...(this.props.segment.name === 'on-premises' ? ['on-premises is the segment of networks outside AWS'] : []),
      ...(this.zoneIds.length < 1 || this.zoneIds.length > MAX_ZONES ? [`${this.zoneIds.length} zones are asked for, 1 to ${MAX_ZONES} are possible`] : []),
      ...(new Set(this.zoneIds).size < this.zoneIds.length ? [`zoneIds names a zone twice: ${this.zoneIds.join(', ')}`] : []),
      ...(tiers.length === 0 ? ['tiers is empty'] : []),
      ...[...tiers, 'transit'].filter((tier) => !subnetPlace(size.prefixLength, tier, 0)).map((tier) => `a /${size.prefixLength} is too small for ${tier} subnets: a zone has a quarter, a subnet at least 16 addresses. Choose SpokeSize.SMALL (/24) or more`),
    ];
    if (problems.length > 0) throw new InputError(`Spoke ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }

  private addVpc(size: SpokeSize): CfnVPC {
    const { segment, pools } = this.props;
    const { region } = this;
    const plan = this.home.addressPlan;
    const vpc = new CfnVPC(this, 'Resource', {
      ...(pools
        ? { ipv4IpamPoolId: valueFrom(Stack.of(pools), `Pool.${region}.${segment.name}`, pools.poolId(region, segment.name), Stack.of(this), this.home.stackReaderRole), ipv4NetmaskLength: size.prefixLength }
        : { cidrBlock: plan.spoke({ key: this.key, region, segment: segment.name, size }).cidr }),
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    vpc.applyRemovalPolicy(RemovalPolicy.RETAIN);
    mark(vpc, { spoke: this.key, segment: segment.name, ...(pools ? { pool: [plan.segmentCidr(region, segment.name)] } : {}) });
    return vpc;
  }

  private addTier(tier: string, size: SpokeSize): void {
    const scope = new Construct(this, tier);
    const table = new CfnRouteTable(scope, 'Table', { vpcId: this.vpcId });
    const acl = this.addAcl(scope, tier);
    this.tables.set(tier, table);
    this.subnets.set(tier, this.zoneIds.map((zoneId, zone) => {
      const place = subnetPlace(size.prefixLength, tier, zone)!;
      const own = new Construct(scope, zoneId);
      const subnet = new CfnSubnet(own, 'Subnet', { vpcId: this.vpcId, availabilityZoneId: zoneId, cidrBlock: this.blockOf(place), mapPublicIpOnLaunch: false });
      mark(subnet, { tier });
      new CfnSubnetRouteTableAssociation(own, 'Table', { subnetId: subnet.ref, routeTableId: table.ref });
      new CfnSubnetNetworkAclAssociation(own, 'Acl', { subnetId: subnet.ref, networkAclId: acl.ref });
      return subnet;
    }));
  }

  /** Isolated subnets speak with their own VPC; the others with whom the hub lets them. The gateway's own subnets hold nothing else. */
  private addAcl(scope: Construct, tier: string): CfnNetworkAcl {
    const acl = new CfnNetworkAcl(scope, 'Acl', { vpcId: this.vpcId });
    for (const egress of [false, true]) {
      new CfnNetworkAclEntry(scope, egress ? 'Out' : 'In', {
        networkAclId: acl.ref, ruleNumber: 100, ruleAction: 'allow', protocol: -1, egress, cidrBlock: tier === SpokeTier.ISOLATED ? this.cidr : '0.0.0.0/0',
      });
    }
    return acl;
  }

  /** One attachment, by subnets of its own. */
  private attach(): string {
    const stack = Stack.of(this);
    const segment = this.props.segment.name;
    const link = this.home.link(stack, segment);
    const attachment = link.attach(this, 'Attachment', { vpcId: this.vpcId, subnetIds: this.subnets.get('transit')!.map((subnet) => subnet.ref), applianceMode: false });
    attachment.applyRemovalPolicy(RemovalPolicy.DESTROY);
    for (const [tier, table] of this.tables) {
      if (tier !== SpokeTier.PRIVATE) continue;
      const route = new CfnRoute(table.node.scope!, 'ToHub', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', ...link.target });
      route.addResourceDependency(attachment);
    }
    this.home.attached({ key: this.key, segment, stack, attachmentId: attachment.ref });
    return attachment.ref;
  }

  private closeDefaults(): void {
    for (const egress of [false, true]) {
      new CfnNetworkAclEntry(this, egress ? 'DefaultAclOut' : 'DefaultAclIn', {
        // Before AWS's own rule 100.
        networkAclId: this.vpc.attrDefaultNetworkAcl, ruleNumber: 1, ruleAction: 'deny', protocol: -1, cidrBlock: '0.0.0.0/0', egress,
      });
    }
    NetworkSettings.of(this).closeDefaultSecurityGroup(this.key, this.vpc.attrDefaultSecurityGroup);
  }

  private blockOf({ steps }: SubnetPlace): string {
    if (!this.props.pools) return steps.reduce((block, { bits, index }) => block.part(block.prefix + bits, index), Cidr.parse(this.cidr)!).toString();
    let prefix = (this.props.size ?? SpokeSize.MEDIUM).prefixLength;
    return steps.filter(({ bits }) => bits > 0).reduce((block, { bits, index }) => {
      prefix += bits;
      return Fn.select(index, Fn.cidr(block, index + 1, `${32 - prefix}`));
    }, this.cidr);
  }
}
