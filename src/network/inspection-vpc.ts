import { CfnRoute, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnVpcEndpointAssociation } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { HubFirewall, HubFirewallProps } from './hub-firewall';
import { HubVpc, HubVpcProps } from './hub-vpc';
import { Inspection } from './inspection';

/** Properties of the inspection VPC. */
export interface InspectionVpcResources extends Omit<HubVpcProps, 'applianceMode' | 'block'> {
  readonly inspection: Inspection;
  readonly firewall: Omit<HubFirewallProps, 'place'>;
}

/**
 * A VPC that packets pass through an appliance in, each zone by itself: from the gateway to the zone's endpoint, from there back to the gateway. Appliance mode keeps
 * both ways of a flow in one zone.
 */
export class InspectionVpcPath extends Construct {
  public readonly attachmentId: string;
  private readonly vpc: HubVpc;

  public constructor(scope: Construct, id: string, private readonly props: InspectionVpcResources) {
    super(scope, id);
    this.vpc = new HubVpc(this, 'Vpc', { ...props, block: props.inspection._block!, applianceMode: true });
    this.attachmentId = this.vpc.attachmentId;
    const rows = this.vpc.addRow('Appliance', 'firewall', 1);
    const endpoints = props.inspection._kind === 'vpc' ? this.firewallEndpoints(rows) : this.loadBalancerEndpoints(rows);
    rows.forEach(({ zoneId, table }, zone) => {
      const path = new Construct(this, `Path.${zoneId}`);
      new CfnRoute(path, 'ToAppliance', { routeTableId: this.vpc.transitTable(zone).ref, destinationCidrBlock: '0.0.0.0/0', vpcEndpointId: endpoints[zone]! });
      this.vpc.routeToGateway(path, table.ref, '0.0.0.0/0');
    });
  }

  /** The firewall itself in the first zone, an endpoint association in each other: every id is known by itself, where a firewall's own list of endpoints has no order. */
  private firewallEndpoints(rows: ReturnType<HubVpc['addRow']>): string[] {
    const [first, ...others] = rows;
    const firewall = new HubFirewall(this, 'Firewall', { ...this.props.firewall, place: { vpcId: this.vpc.vpcId, subnetId: first!.subnet.ref } });
    return [firewall.endpointId, ...others.map(({ zoneId, subnet }) => new CfnVpcEndpointAssociation(this, `Endpoint.${zoneId}`, {
      firewallArn: firewall.firewallArn, vpcId: this.vpc.vpcId, subnetMapping: { subnetId: subnet.ref },
    }).attrEndpointId)];
  }

  private loadBalancerEndpoints(rows: ReturnType<HubVpc['addRow']>): string[] {
    return rows.map(({ zoneId, subnet }) => new CfnVPCEndpoint(this, `Endpoint.${zoneId}`, {
      vpcEndpointType: 'GatewayLoadBalancer', serviceName: this.props.inspection._serviceName!, vpcId: this.vpc.vpcId, subnetIds: [subnet.ref],
    }).ref);
  }
}
