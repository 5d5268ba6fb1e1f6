import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnEIP, CfnInternetGateway, CfnNatGateway, CfnRoute, CfnVPCGatewayAttachment } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { applianceEndpoints } from './appliance-endpoints';
import { Egress } from './egress';
import { HubFirewallProps } from './hub-firewall';
import { HubVpc, HubVpcProps } from './hub-vpc';
import { Inspection } from './inspection';

/** Properties of the network functions of a Region. */
export interface CoreNetworkEdgeProps extends Omit<HubVpcProps, 'applianceMode' | 'block'> {
  readonly inspection: Inspection;
  readonly egress: Egress;
  readonly firewall: Omit<HubFirewallProps, 'place'>;
  /** Blocks of the plan and of networks on premises. */
  readonly inside: readonly string[];
  /** Blocks that answers from the internet go back to. */
  readonly clients: readonly string[];
}

const INTERNET = '0.0.0.0/0';

/**
 * The network functions of a Region: one VPC with the firewall and the way to the internet, as Cloud WAN sends traffic for the internet to one group, which it does not come back from.
 * Each zone stands by itself: from the edge to the zone's firewall, from there back to the edge or to the zone's NAT gateway, and answers the same way.
 */
export class CoreNetworkEdge extends Construct {
  /** Attachment to the core network. */
  public readonly attachmentId: string;
  /** Id of the VPC. */
  public readonly vpcId: string;
  private readonly vpc: HubVpc;

  public constructor(scope: Construct, id: string, private readonly props: CoreNetworkEdgeProps) {
    super(scope, id);
    const { inspection, egress, inside, zoneIds } = props;
    this.vpc = new HubVpc(this, 'Vpc', { ...props, block: inspection._block ?? egress._block, applianceMode: true });
    this.attachmentId = this.vpc.attachmentId;
    this.vpcId = this.vpc.vpcId;
    const inspectsEgress = egress.isCentral && inspection.northSouth;
    const appliances = inspection.eastWest || inspectsEgress ? this.addAppliances() : [];
    const gateways = egress.isCentral ? this.addGateways(appliances.map(({ endpoint }) => (inspectsEgress ? endpoint : undefined))) : [];
    zoneIds.forEach((zoneId, zone) => {
      const path = new Construct(this, `Path.${zoneId}`);
      const [appliance, gateway] = [appliances[zone], gateways[zone]];
      const { ref: transit } = this.vpc.transitTable(zone);
      const inspected = inspectsEgress ? [INTERNET] : inspection.eastWest ? inside : [];
      for (const cidr of inspected) new CfnRoute(path, `ToAppliance.${cidr.replace('/', '-')}`, { routeTableId: transit, destinationCidrBlock: cidr, vpcEndpointId: appliance!.endpoint });
      if (appliance) for (const cidr of inside) this.vpc.routeToGateway(path, appliance.table, cidr);
      if (gateway) new CfnRoute(path, 'ToNat', { routeTableId: inspectsEgress ? appliance!.table : transit, destinationCidrBlock: INTERNET, natGatewayId: gateway });
    });
  }

  private addAppliances(): { readonly endpoint: string; readonly table: string }[] {
    const { inspection, firewall } = this.props;
    const rows = this.vpc.addRow('Appliance', 'firewall', 1);
    const endpoints = applianceEndpoints(this, { inspection, firewall, vpcId: this.vpc.vpcId, rows });
    return rows.map(({ table }, zone) => ({ endpoint: endpoints[zone]!, table: table.ref }));
  }

  /**
   * A NAT gateway a zone. A regional one has one table: it could send answers to the firewall of one zone only, and it does not route to a core network
   * (https://dev.classmethod.jp/en/articles/nat-gateway-network-firewall-internet-egress-patterns/ of 2026-06-30, read 2026-11-23).
   */
  private addGateways(firewalls: readonly (string | undefined)[]): string[] {
    const gateway = new CfnInternetGateway(this, 'InternetGateway', {});
    const attached = new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', { vpcId: this.vpcId, internetGatewayId: gateway.ref });
    return this.vpc.addRow('Public', 'public', 2).map(({ zoneId, subnet, table }, zone) => {
      const scope = new Construct(this, `Nat.${zoneId}`);
      const nat = new CfnNatGateway(scope, 'Nat', { subnetId: subnet.ref, connectivityType: 'public', allocationId: this.address(scope).attrAllocationId });
      const out = new CfnRoute(scope, 'ToInternet', { routeTableId: table.ref, destinationCidrBlock: INTERNET, gatewayId: gateway.ref });
      for (const one of [nat, out]) one.addResourceDependency(attached);
      const firewall = firewalls[zone];
      for (const cidr of this.props.clients) {
        if (firewall === undefined) this.vpc.routeToGateway(scope, table.ref, cidr);
        else new CfnRoute(scope, `ToAppliance.${cidr.replace('/', '-')}`, { routeTableId: table.ref, destinationCidrBlock: cidr, vpcEndpointId: firewall });
      }
      return nat.ref;
    });
  }

  /** Kept when the gateway goes, where partners know it. */
  private address(scope: Construct): CfnEIP {
    const address = new CfnEIP(scope, 'Address', { domain: 'vpc' });
    address.applyRemovalPolicy(this.props.egress._props.fixedAddresses ?? false ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    return address;
  }
}
