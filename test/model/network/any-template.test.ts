import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as fc from 'fast-check';
import { topologyOf } from './reading';
import { NetworkTopology } from '../../../src/analysis/network/topology';
import { MODELLED, MODELLED_ELSEWHERE } from '../../../src/model/network/type-coverage';
import { StackSketch } from '../assembly/stacks';

const types = [...MODELLED, ...MODELLED_ELSEWHERE];
const properties = new Map(loadAwsServiceSpecSync().all('resource').map((resource) => [resource.cloudFormationType, Object.keys(resource.properties)]));
const names = Array.from({ length: 8 }, (_, index) => `R${index}`);

/** Values as templates have them, and as they should not. */
const value: fc.Arbitrary<any> = fc.letrec<{ value: any }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: fc.record({ Ref: fc.constantFrom(...names) }) },
    { weight: 2, arbitrary: fc.record({ 'Fn::GetAtt': fc.tuple(fc.constantFrom(...names), fc.constantFrom('Id', 'CidrBlock', 'Ipv6CidrBlocks', 'DefaultNetworkAcl', 'EndpointIds', 'RouteTableId', 'TransitGatewayAttachmentId', 'Arn')) }) },
    { weight: 2, arbitrary: fc.constantFrom('10.0.0.0/16', '10.1.0.0/24', '::/0', '2001:db8::/56', '10.0.0.0/99', 'local', 'enable', 'disable', 'regional', 'Gateway', 'Interface', 'GatewayLoadBalancer', 'a', '') },
    fc.constantFrom<any>(0, -1, 443, 22, true, false, null, { 'Fn::ImportValue': 'x' }, { Ref: 'AWS::NoValue' }, { 'Fn::GetAZs': '' }, { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('SubnetId', 'Cidr', 'From', 'To', 'Type', 'Code', 'Key', 'Value', 'ResourceArn', 'Priority', 'RulesSource', 'RulesString', 'StatefulRules', 'AvailabilityZone'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const resource = fc.constantFrom(...types).chain((Type) => fc.record({
  Type: fc.constant(Type), Properties: fc.dictionary(fc.constantFrom(...properties.get(Type)!), value, { maxKeys: 8 }),
}, { requiredKeys: ['Type'] }));

const stack: fc.Arbitrary<StackSketch> = fc.record({
  name: fc.constant('S'), account: fc.constant('111111111111'), region: fc.constant('eu-west-1'), template: fc.record({ Resources: fc.tuple(...names.map(() => resource)).map((all) => Object.fromEntries(names.map((name, index) => [name, all[index]]))) }),
});

/** A network that holds together: types in an order in which each finds what it needs, with any values. */
const likely = fc.tuple(...['VPC', 'Subnet', 'RouteTable', 'TransitGateway', 'TransitGatewayAttachment', 'TransitGatewayRouteTable', 'Route', 'TransitGatewayRoute'].map((name, index) => fc.record({
  Type: fc.constant(`AWS::EC2::${name}`),
  Properties: fc.record({
    VpcId: fc.constant({ Ref: 'R0' }), CidrBlock: fc.constantFrom('10.0.0.0/16', '10.0.1.0/24'), SubnetIds: fc.constant([{ Ref: 'R1' }]), TransitGatewayId: fc.constant({ Ref: 'R3' }), AvailabilityZone: fc.constant('a'),
    RouteTableId: fc.constant({ Ref: 'R2' }), TransitGatewayRouteTableId: fc.constant({ Ref: 'R5' }), TransitGatewayAttachmentId: fc.constantFrom({ Ref: 'R4' }, { Ref: 'R3' }), DestinationCidrBlock: fc.constantFrom('0.0.0.0/0', '10.0.0.0/8', 'x'),
    Blackhole: value, Options: value, DestinationPrefixListId: value, DefaultRouteTableAssociation: value, Tags: value,
  }, { requiredKeys: [] }),
}).map((one) => [`R${index}`, one] as const))).map((all): StackSketch => ({ name: 'S', account: '111111111111', region: 'eu-west-1', template: { Resources: Object.fromEntries(all) } }));

const RUNS = Number(process.env.LZ_RUNS ?? 300);

test.each([['any resources', stack], ['a likely network', likely]] as const)('of %s a topology comes out whose parts are all there', (_, sketches) => {
  fc.assert(fc.property(sketches, (sketch) => expect(loose(topologyOf(sketch))).toEqual([])), { numRuns: RUNS });
});

/** What a topology names and does not have. */
function loose({ vpcs, gateways, attachments, peerings, firewalls, securityGroups, outsides, unknowns }: NetworkTopology): string[] {
  const found: string[] = [];
  const ids = [
    vpcs, gateways, attachments, peerings, firewalls, securityGroups, outsides, ...gateways.map(({ tables }) => tables),
    ...vpcs.flatMap((vpc) => [vpc.subnets, vpc.routeTables, vpc.networkAcls, vpc.natGateways, vpc.endpoints, vpc.interfaces]),
  ].flat().map(({ id }) => id);
  // What is attached natively has the id of what it is, and a network behind a gateway that of the gateway.
  const shared = new Set([...outsides, ...firewalls, ...attachments, ...securityGroups].map(({ id }) => id));
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id) && !shared.has(id)) found.push(`${id} twice`);
    seen.add(id);
  }
  const is = (what: string, list: readonly { readonly id: string }[], id: string | undefined) => { if (id !== undefined && !list.some((one) => one.id === id)) found.push(`${what} ${id}`); };
  const blocks = (what: string, list: readonly string[]) => { for (const block of list) if (!/^[0-9a-f.:]+\/\d+$/.test(block)) found.push(`${what}: block ${block}`); };
  for (const vpc of vpcs) {
    blocks(vpc.id, vpc.ranges);
    for (const subnet of vpc.subnets) {
      is('table', vpc.routeTables, subnet.routeTable);
      is('acl', vpc.networkAcls, subnet.networkAcl);
      blocks(subnet.id, subnet.ranges);
    }
    for (const { target, destinations } of vpc.routeTables.flatMap(({ routes }) => routes)) {
      blocks('route', destinations);
      if (target.kind === 'transit-gateway') is('gateway', gateways, target.gateway);
      if (target.kind === 'nat-gateway') is('nat', vpc.natGateways, target.gateway);
      if (target.kind === 'appliance-endpoint' || target.kind === 'gateway-endpoint') is('endpoint', vpc.endpoints, target.endpoint);
      if (target.kind === 'peering') is('peering', peerings, target.peering);
      if (target.kind === 'interface') is('interface', vpc.interfaces, target.interface);
      if (target.kind === 'vpn-gateway') is('outside', outsides, target.outside);
    }
    for (const one of vpc.interfaces) for (const group of one.securityGroups) is('group', securityGroups, group);
    for (const endpoint of vpc.endpoints) is('firewall', firewalls, endpoint.firewall);
    for (const entry of vpc.networkAcls.flatMap(({ entries }) => entries)) if (!Number.isFinite(entry.number)) found.push(`acl entry ${entry.number}`);
  }
  for (const attachment of attachments) {
    const gateway = gateways.find(({ id }) => id === attachment.gateway);
    is('gateway', gateways, attachment.gateway);
    if (attachment.table !== undefined && gateway) is('table', gateway.tables, attachment.table);
    const { link } = attachment;
    if (link.kind === 'vpc') is('vpc', vpcs, link.vpc);
    else if (link.kind === 'firewall') is('firewall', firewalls, link.firewall);
    else if (link.kind === 'peering') is('peer', attachments, link.peer);
    else is('outside', outsides, link.outside);
  }
  for (const { propagations, routes } of gateways.flatMap(({ tables }) => tables)) {
    for (const id of [...propagations, ...routes.map(({ attachment }) => attachment)]) is('attachment', attachments, id);
    blocks('gateway route', routes.map(({ destination }) => destination));
  }
  for (const rule of securityGroups.flatMap(({ ingress, egress }) => [...ingress, ...egress])) {
    is('group', securityGroups, rule.group);
    blocks('rule', rule.cidrs ?? []);
  }
  for (const { what } of unknowns) if (/\[object|undefined|NaN/.test(what)) found.push(what);
  return found;
}
