import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnEIP, CfnInternetGateway, CfnNatGateway, CfnRoute, CfnVPCGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Egress } from './egress';
import { HubVpc, HubVpcProps } from './hub-vpc';

/** Properties of the egress VPC. */
export interface EgressVpcProps extends Omit<HubVpcProps, 'applianceMode' | 'block'> {
  readonly egress: Egress;
  /** Blocks that answers from the internet go back to. */
  readonly clients: readonly string[];
}

/** The one place with an internet gateway: NAT and nothing else. */
export class EgressVpc extends Construct {
  public readonly attachmentId: string;
  public readonly vpcId: string;
  /** Ids of its NAT gateways: one of the Region, or one of each zone. */
  public readonly natGatewayIds: string[] = [];
  private readonly vpc: HubVpc;
  private readonly attached: CfnVPCGatewayAttachment;
  private readonly internetGatewayId: string;

  public constructor(scope: Construct, id: string, private readonly props: EgressVpcProps) {
    super(scope, id);
    this.vpc = new HubVpc(this, 'Vpc', { ...props, block: props.egress._block, applianceMode: false });
    this.attachmentId = this.vpc.attachmentId;
    this.vpcId = this.vpc.vpcId;
    const gateway = new CfnInternetGateway(this, 'InternetGateway', {});
    this.internetGatewayId = gateway.ref;
    this.attached = new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', { vpcId: this.vpcId, internetGatewayId: gateway.ref });
    if (props.egress._props.zonal ?? false) this.addZonalGateways();
    else this.addRegionalGateway();
  }

  /** AWS makes its table, with a route to the internet gateway; routes back to the clients are ours to add (Amazon VPC, "Regional NAT gateways", read 2026-11-23). */
  private addRegionalGateway(): void {
    const { zoneIds, egress } = this.props;
    const nat = new CfnNatGateway(this, 'Nat', {
      availabilityMode: 'regional',
      connectivityType: 'public',
      vpcId: this.vpcId,
      ...(egress._props.fixedAddresses ?? false
        ? { availabilityZoneAddresses: zoneIds.map((zoneId) => ({ availabilityZoneId: zoneId, allocationIds: [this.address(this, zoneId).attrAllocationId] })) } : {}),
    });
    nat.addResourceDependency(this.attached);
    this.natGatewayIds.push(nat.ref);
    zoneIds.forEach((zoneId, zone) => this.toNat(new Construct(this, `Out.${zoneId}`), this.vpc.transitTable(zone).ref, nat));
    const back = new Construct(this, 'Back');
    for (const cidr of this.props.clients) this.vpc.routeToGateway(back, nat.attrRouteTableId, cidr);
  }

  private addZonalGateways(): void {
    this.vpc.addRow('Public', 'public', 1).forEach(({ zoneId, subnet, table }, zone) => {
      const scope = new Construct(this, `Nat.${zoneId}`);
      const nat = new CfnNatGateway(scope, 'Nat', { subnetId: subnet.ref, connectivityType: 'public', allocationId: this.address(scope, zoneId).attrAllocationId });
      nat.addResourceDependency(this.attached);
      this.natGatewayIds.push(nat.ref);
      this.toNat(scope, this.vpc.transitTable(zone).ref, nat);
      const out = new CfnRoute(scope, 'ToInternet', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: this.internetGatewayId });
      out.addResourceDependency(this.attached);
      for (const cidr of this.props.clients) this.vpc.routeToGateway(scope, table.ref, cidr);
    });
  }

  private toNat(scope: Construct, routeTableId: string, nat: CfnNatGateway): void {
    new CfnRoute(scope, 'ToNat', { routeTableId, destinationCidrBlock: '0.0.0.0/0', natGatewayId: nat.ref });
  }

  /** Kept when the gateway goes: partners know it. */
  private address(scope: Construct, zoneId: string): CfnEIP {
    const address = new CfnEIP(scope, `Address.${zoneId}`, { domain: 'vpc' });
    address.applyRemovalPolicy(this.props.egress._props.fixedAddresses ?? false ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    return address;
  }
}
