import { CfnSubnet, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { HubFirewall, HubFirewallProps } from './hub-firewall';
import { Inspection } from './inspection';

/** Where appliances are reached. */
export interface ApplianceEndpointsProps {
  readonly inspection: Inspection;
  readonly firewall: Omit<HubFirewallProps, 'place'>;
  readonly vpcId: string;
  /** One a zone. */
  readonly rows: readonly { readonly zoneId: string; readonly subnet: CfnSubnet }[];
}

/** Endpoints of a firewall, or of others' appliances, in the order of the zones. */
export function applianceEndpoints(scope: Construct, { inspection, firewall, vpcId, rows }: ApplianceEndpointsProps): string[] {
  if (inspection._kind === 'vpc') {
    return new HubFirewall(scope, 'Firewall', { ...firewall, place: { vpcId, subnets: rows.map(({ zoneId, subnet }) => ({ zoneId, subnetId: subnet.ref })) } }).endpointIds;
  }
  return rows.map(({ zoneId, subnet }) => new CfnVPCEndpoint(scope, `Endpoint.${zoneId}`, {
    vpcEndpointType: 'GatewayLoadBalancer', serviceName: inspection._serviceName!, vpcId, subnetIds: [subnet.ref],
  }).ref);
}
