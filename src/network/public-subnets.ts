import { Validations } from 'aws-cdk-lib';
import {
  CfnInternetGateway, CfnNetworkAcl, CfnNetworkAclEntry, CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetNetworkAclAssociation, CfnSubnetRouteTableAssociation, CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { excludeFromBlock } from './exclude-from-block';
import { mark } from './mark';
import type { Spoke } from './spoke';
import { subnetPlace } from './spoke-layout';
import { Cidr } from '../analysis/cidr';
import { InputError } from '../model/input-error';

/** The way from public subnets to other VPCs. */
export interface PublicSubnetsHub {
  /** Transit gateway, to which the VPC is attached before: `publicSubnets.node.addDependency(attachment)` where that is in the same stack. */
  readonly transitGatewayId: string;
  /** Blocks that are behind it: `[plan.cidr]`. */
  readonly cidrs: string[];
}

/** How public subnets of a spoke are reached. */
export interface PublicSubnetsOptions {
  /** Why the internet may reach them, where public access of the account's VPCs is blocked (`VpcBlockPublicAccess`, LZ.EC2.6): they are excluded. @default - they are not excluded */
  readonly exclusionReason?: string;
  /** The way to other spokes, for load balancers that serve them. @default - only their own VPC */
  readonly hub?: PublicSubnetsHub;
}

/** Properties of public subnets. */
export interface PublicSubnetsProps extends PublicSubnetsOptions {
  /** VPC that gets an internet gateway. */
  readonly vpcId: string;
  /** Zone id to the block of its subnet: `{ 'euw1-az1': '10.8.0.0/27' }`. */
  readonly subnets: { [zoneId: string]: string };
}

/**
 * Subnets that the internet reaches: for load balancers, and for nothing else. They come with their internet gateway, and with an exclusion from the block on public access where that is
 * on. Nothing in them gets a public address by itself.
 *
 * @example
 * const subnets = new PublicSubnets(stack, 'Public', {
 *   vpcId: 'vpc-0123456789abcdef0', subnets: { 'euw1-az1': '10.8.0.0/27', 'euw1-az2': '10.8.0.32/27' }, exclusionReason: 'Load balancers of the company stand here',
 * });
 */
export class PublicSubnets extends Construct {
  /**
   * In a spoke: a subnet in each of its zones, in the addresses that a spoke keeps for them. Fails where the spoke is too small for them, or gets its addresses from a pool.
   *
   * @param spoke in the same stack
   */
  public static inSpoke(scope: Construct, id: string, spoke: Spoke, options: PublicSubnetsOptions = {}): PublicSubnets {
    const block = Cidr.parse(spoke.cidr);
    const where = `PublicSubnets.inSpoke of ${spoke.node.path}`;
    if (!block) throw new InputError(`${where}: its addresses come from a pool and are not known yet. Use new PublicSubnets with blocks of your own.`);
    const subnets = Object.fromEntries(spoke.zoneIds.map((zoneId, zone) => {
      const place = subnetPlace(block.prefix, 'public', zone);
      if (!place) throw new InputError(`${where}: a /${block.prefix} has no room for public subnets. Choose SpokeSize.MEDIUM (/22) or more.`);
      return [zoneId, place.steps.reduce((part, { bits, index }) => part.part(part.prefix + bits, index), block).toString()];
    }));
    const made = new PublicSubnets(scope, id, { ...options, vpcId: spoke.vpcId, subnets });
    for (const route of made.toHub) route.node.addDependency(spoke);
    return made;
  }

  /** Ids of the subnets, in the order of their zones. */
  public readonly subnetIds: string[];
  private readonly toHub: CfnRoute[];

  public constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id);
    const { vpcId, subnets, exclusionReason, hub } = props;
    this.check(props);
    const gateway = new CfnInternetGateway(this, 'InternetGateway');
    const attachment = new CfnVPCGatewayAttachment(this, 'GatewayAttachment', { vpcId, internetGatewayId: gateway.attrInternetGatewayId });
    const table = new CfnRouteTable(this, 'Table', { vpcId });
    const route = new CfnRoute(this, 'ToInternet', { routeTableId: table.attrRouteTableId, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.attrInternetGatewayId });
    route.addResourceDependency(attachment);
    this.toHub = (hub?.cidrs ?? []).map((cidr) => new CfnRoute(this, `ToHub.${cidr.replace('/', '-')}`, {
      routeTableId: table.attrRouteTableId, destinationCidrBlock: cidr, transitGatewayId: hub!.transitGatewayId,
    }));
    const acl = this.openAcl(vpcId);
    this.subnetIds = Object.entries(subnets).sort(([one], [other]) => (one < other ? -1 : 1)).map(([zoneId, cidrBlock]) => {
      const own = new Construct(this, zoneId);
      const subnet = new CfnSubnet(own, 'Subnet', { vpcId, availabilityZoneId: zoneId, cidrBlock, mapPublicIpOnLaunch: false });
      mark(subnet, { tier: 'public' });
      new CfnSubnetRouteTableAssociation(own, 'Table', { subnetId: subnet.attrSubnetId, routeTableId: table.attrRouteTableId });
      new CfnSubnetNetworkAclAssociation(own, 'Acl', { subnetId: subnet.attrSubnetId, networkAclId: acl.attrId });
      if (exclusionReason !== undefined) excludeFromBlock(own, 'Exclusion', { subnetId: subnet.attrSubnetId, reason: exclusionReason });
      return subnet.attrSubnetId;
    });
  }

  /** The VPC's default one may be closed, as a spoke's is. */
  private openAcl(vpcId: string): CfnNetworkAcl {
    const acl = new CfnNetworkAcl(this, 'Acl', { vpcId });
    for (const egress of [false, true]) new CfnNetworkAclEntry(this, egress ? 'Out' : 'In', { networkAclId: acl.attrId, ruleNumber: 100, ruleAction: 'allow', protocol: -1, egress, cidrBlock: '0.0.0.0/0' });
    Validations.of(this).acknowledge({ id: 'AwsSolutions::AwsSolutions-VPC3', reason: 'The default network ACL of a spoke lets nothing through; security groups of the load balancers say what passes.' });
    return acl;
  }

  private check({ subnets, hub }: PublicSubnetsProps): void {
    const blocks = Object.entries(subnets).map(([zone, text]) => ({ zone, text, block: Cidr.parse(text) }));
    const problems = [
      ...(blocks.length === 0 ? ['subnets is empty: give a block for each zone'] : []),
      ...blocks.filter(({ block }) => !block || block.prefix < 16 || block.prefix > 28).map(({ zone, text }) => `${zone} has ${JSON.stringify(text)}, a block of /16 to /28 is expected, like 10.8.0.0/27`),
      ...blocks.filter(({ block }, at) => block && blocks.slice(0, at).some((other) => other.block?.overlaps(block))).map(({ zone, text }) => `${zone} (${text}) overlaps another zone's block`),
      ...(hub?.cidrs ?? []).filter((cidr) => (Cidr.parse(cidr)?.prefix ?? 0) === 0).map((cidr) => `hub block ${JSON.stringify(cidr)}: a block of the plan is expected, like 10.0.0.0/8`),
    ];
    if (problems.length > 0) throw new InputError(`PublicSubnets ${this.node.path}: ${problems.join('; ')}`);
  }
}
