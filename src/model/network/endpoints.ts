import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { VpcEndpoint } from '../../analysis/network/topology';

/** VPC endpoints: gateways to services, interfaces of services, and the way to appliances behind a Gateway Load Balancer. */
export function readEndpoints(reading: Reading): void {
  for (const resource of reading.resources.of('AWS::EC2::VPCEndpoint')) {
    const vpc = reading.vpcNamed(resource);
    if (!vpc) continue;
    const type = reading.resources.text(resource, 'VpcEndpointType', [vpc.id]) ?? 'Gateway';
    if (!['Gateway', 'Interface', 'GatewayLoadBalancer'].includes(type)) {
      reading.resources.gap(resource, `an endpoint of type ${type}`, [vpc.id], true);
      continue;
    }
    const endpoint = endpointOf(resource, type, vpc.id, reading);
    vpc.endpoints.push(endpoint);
    reading.own(endpoint.id, vpc);
    if (endpoint.kind === 'gateway') routeTo(endpoint, resource, reading);
  }
}

function endpointOf(resource: NetworkResource, type: string, vpcId: string, reading: Reading): VpcEndpoint {
  const { resources } = reading;
  const service = resource.value('ServiceName');
  const groups = type === 'Interface' ? resources.texts(resource, 'SecurityGroupIds', [vpcId]) : [];
  const endpoint: Draft<VpcEndpoint> = {
    ...reading.part(resource),
    kind: type === 'Gateway' ? 'gateway' : type === 'Interface' ? 'interface' : 'appliance',
    subnets: type === 'Gateway' ? [] : resources.texts(resource, 'SubnetIds', [vpcId]),
    ...(typeof service === 'string' ? { service } : {}),
    // Without any, AWS gives it the VPC's default group.
    ...(type === 'Interface' ? { securityGroups: groups.length > 0 ? groups : [`${vpcId}#default-group`] } : {}),
  };
  if (type === 'GatewayLoadBalancer') endpoint.firewall = appliancesOf(resource, service, reading);
  return endpoint;
}

/** Appliances are known by the name of their service only: what they let through is not. */
function appliancesOf(resource: NetworkResource, service: any, reading: Reading): string {
  const id = `appliances:${typeof service === 'string' ? service : resource.id}`;
  if (!reading.firewalls.has(id)) {
    reading.firewalls.set(id, { id, name: typeof service === 'string' ? `appliances of ${service}` : `appliances of ${resource.name}`, origin: resource.origin, kind: 'appliances', otherwise: 'may-pass' });
  }
  return id;
}

/** The service's own addresses are in a prefix list of AWS, which the assembly does not have: the route has no blocks. */
function routeTo(endpoint: VpcEndpoint, resource: NetworkResource, reading: Reading): void {
  for (const id of reading.resources.texts(resource, 'RouteTableIds')) {
    reading.tables.get(id)?.routes.push({ destinations: [], target: { kind: 'gateway-endpoint', endpoint: endpoint.id }, origin: resource.origin });
  }
}
