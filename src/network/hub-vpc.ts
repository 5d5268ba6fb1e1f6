import { RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib';
import { CfnRoute, CfnRouteTable, CfnSubnet, CfnSubnetRouteTableAssociation, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { FlowLogs } from './flow-logs';
import { mark } from './mark';
import { VpcLink } from './vpc-link';
import { Cidr } from '../analysis/cidr';

/** Properties of a VPC of the hub. */
export interface HubVpcProps {
  readonly block: Cidr;
  readonly zoneIds: readonly string[];
  readonly link: VpcLink;
  readonly flowLogs: FlowLogs;
  readonly applianceMode: boolean;
}

/** Subnets of a row, one a zone. */
const COLUMNS = 4;

/** A VPC of the hub that packets pass through: nobody lives there. */
export class HubVpc extends Construct {
  public readonly vpcId: string;
  public readonly attachmentId: string;
  private readonly vpc: CfnVPC;
  private readonly transit: readonly CfnRouteTable[];

  public constructor(scope: Construct, id: string, private readonly props: HubVpcProps) {
    super(scope, id);
    this.vpc = new CfnVPC(this, 'Resource', { cidrBlock: props.block.toString(), enableDnsHostnames: true, enableDnsSupport: true });
    this.vpc.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this.vpc).acknowledge({
      id: 'NIST.800.53.R5::NIST.800.53.R5-VPCDefaultSecurityGroupClosed', reason: 'No interface of a hub has it: those of gateways and firewalls have no groups, endpoints have their own.',
    });
    this.vpcId = this.vpc.ref;
    Tags.of(this).add('Name', `${Stack.of(this).stackName}-${id}`);
    props.flowLogs._of(this, 'VPC', this.vpcId);
    const row = this.addRow('Transit', 'transit', 0);
    this.transit = row.map(({ table }) => table);
    this.attachmentId = props.link.attach(this, 'Attachment', { vpcId: this.vpcId, subnetIds: row.map(({ subnet }) => subnet.ref), applianceMode: props.applianceMode }).ref;
  }

  /** Subnets of one use, one a zone, each with a table of its own. */
  public addRow(id: string, tier: string, row: number): { readonly zoneId: string; readonly subnet: CfnSubnet; readonly table: CfnRouteTable }[] {
    return this.props.zoneIds.map((zoneId, column) => {
      const scope = new Construct(this, `${id}.${zoneId}`);
      const subnet = new CfnSubnet(scope, 'Subnet', {
        vpcId: this.vpcId, availabilityZoneId: zoneId, cidrBlock: this.props.block.part(28, row * COLUMNS + column).toString(), mapPublicIpOnLaunch: false,
      });
      mark(subnet, { tier });
      const table = new CfnRouteTable(scope, 'Table', { vpcId: this.vpcId });
      new CfnSubnetRouteTableAssociation(scope, 'Association', { subnetId: subnet.ref, routeTableId: table.ref });
      return { zoneId, subnet, table };
    });
  }

  /** Table of the subnet by which packets come from the gateway, in a zone. */
  public transitTable(zone: number): CfnRouteTable {
    return this.transit[zone]!;
  }

  /** Routes blocks back to the gateway. */
  public routeToGateway(scope: Construct, routeTableId: string, cidr: string): CfnRoute {
    const route = new CfnRoute(scope, `ToGateway.${cidr.replace('/', '-')}`, { routeTableId, destinationCidrBlock: cidr, ...this.props.link.target });
    route.node.addDependency(this.node.findChild('Attachment'));
    return route;
  }
}
