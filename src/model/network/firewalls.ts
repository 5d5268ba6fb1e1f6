import { readPolicy } from './firewall-policy';
import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { VpcEndpoint } from '../../analysis/network/topology';

/** Firewalls of AWS, and their endpoints in VPCs. */
export function readFirewalls(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::NetworkFirewall::Firewall')) {
    const policyId = resources.text(resource, 'FirewallPolicyArn');
    const vpc = resource.raw('VpcId') === undefined ? undefined : reading.vpcNamed(resource);
    reading.firewalls.set(resource.id, { ...reading.part(resource), kind: 'network-firewall', ...readPolicy(resources.byId(policyId, 'AWS::NetworkFirewall::FirewallPolicy'), vpc, reading) });
    if (vpc) addEndpoints(resource, reading);
  }
  for (const resource of resources.of('AWS::NetworkFirewall::VpcEndpointAssociation')) addAssociation(resource, reading);
}

/** Of several endpoints each may be any: AWS promises no order of them, so one stands for all and has the subnets of all. */
function addEndpoints(resource: NetworkResource, reading: Reading): void {
  const mappings = resource.value('SubnetMappings');
  const subnets = (Array.isArray(mappings) ? mappings : []).map((mapping) => mapping?.SubnetId);
  const vpc = reading.vpcNamed(resource)!;
  if (!Array.isArray(mappings) || !subnets.every((subnet) => typeof subnet === 'string')) reading.resources.gap(resource, 'its subnets are not known', [vpc.id]);
  add({ ...reading.part(resource), id: `${resource.id}#endpoint`, kind: 'appliance', firewall: resource.id, subnets: subnets.filter((subnet) => typeof subnet === 'string') }, vpc.id, reading);
}

function addAssociation(resource: NetworkResource, reading: Reading): void {
  const vpc = reading.vpcNamed(resource);
  if (!vpc) return;
  const firewall = reading.resources.text(resource, 'FirewallArn', [vpc.id]);
  const subnet = resource.value('SubnetMapping')?.SubnetId;
  if (typeof subnet !== 'string') reading.resources.gap(resource, 'its subnet is not known', [vpc.id]);
  add({
    ...reading.part(resource), kind: 'appliance', subnets: typeof subnet === 'string' ? [subnet] : [],
    ...(firewall !== undefined && reading.firewalls.has(firewall) ? { firewall } : {}),
  }, vpc.id, reading);
  if (firewall === undefined || !reading.firewalls.has(firewall)) reading.resources.gap(resource, 'the assembly does not have its firewall', [vpc.id]);
}

function add(endpoint: Draft<VpcEndpoint>, vpcId: string, reading: Reading): void {
  const vpc = reading.vpcs.get(vpcId)!;
  vpc.endpoints.push(endpoint);
  reading.own(endpoint.id, vpc);
}
