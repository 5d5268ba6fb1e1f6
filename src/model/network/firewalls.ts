import { readPolicy } from './firewall-policy';
import { NetworkResource } from './network-resources';
import { firewallEndpoint } from './physical-values';
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

/**
 * An endpoint in each of its subnets. AWS lists their ids in no order (CloudFormation, AWS::NetworkFirewall::Firewall, read 2026-11-23): whoever takes one of several by its place in the list
 * does not know its zone.
 */
function addEndpoints(resource: NetworkResource, reading: Reading): void {
  const mappings = resource.value('SubnetMappings');
  const subnets = (Array.isArray(mappings) ? mappings : []).map((mapping) => mapping?.SubnetId);
  const vpc = reading.vpcNamed(resource)!;
  if (!Array.isArray(mappings) || !subnets.every((subnet) => typeof subnet === 'string')) reading.resources.gap(resource, 'its subnets are not known', [vpc.id]);
  if (subnets.length > 1 && isTakenByPlace(resource)) reading.resources.gap(resource, 'a route takes one of its endpoints by the place in their list, which has no order', [vpc.id]);
  subnets.forEach((subnet, index) => add({
    ...reading.part(resource), id: firewallEndpoint(resource.id, index), kind: 'appliance', firewall: resource.id, subnets: typeof subnet === 'string' ? [subnet] : [],
  }, vpc.id, reading));
}

function isTakenByPlace({ stack, logicalId }: NetworkResource): boolean {
  return new RegExp(`"Fn::Select":\\["?\\d+"?,\\{"Fn::GetAtt":(\\["${logicalId}","EndpointIds"\\]|"${logicalId}\\.EndpointIds")\\}\\]`).test(JSON.stringify(stack.template));
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
