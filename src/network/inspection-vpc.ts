import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { applianceEndpoints } from './appliance-endpoints';
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
  /** ARNs of firewalls, or ids of endpoints of appliances, one of which all that is inspected passes. */
  public readonly inspectors: readonly string[];
  private readonly vpc: HubVpc;

  public constructor(scope: Construct, id: string, props: InspectionVpcResources) {
    super(scope, id);
    this.vpc = new HubVpc(this, 'Vpc', { ...props, block: props.inspection._block!, applianceMode: true });
    this.attachmentId = this.vpc.attachmentId;
    const rows = this.vpc.addRow('Appliance', 'firewall', 1);
    const endpoints = applianceEndpoints(this, { inspection: props.inspection, firewall: props.firewall, vpcId: this.vpc.vpcId, rows });
    const firewall = this.node.tryFindChild('Firewall');
    this.inspectors = firewall instanceof HubFirewall ? firewall.arns : endpoints;
    rows.forEach(({ zoneId, table }, zone) => {
      const path = new Construct(this, `Path.${zoneId}`);
      new CfnRoute(path, 'ToAppliance', { routeTableId: this.vpc.transitTable(zone).ref, destinationCidrBlock: '0.0.0.0/0', vpcEndpointId: endpoints[zone]! });
      this.vpc.routeToGateway(path, table.ref, '0.0.0.0/0');
    });
  }
}
