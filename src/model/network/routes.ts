import { EVERYWHERE, normalBlock } from './address-blocks';
import { NetworkResource } from './network-resources';
import { prefixListBlocks } from './prefix-lists';
import { Draft, Reading } from './reading';
import { RouteTable, RouteTarget, Vpc } from '../../analysis/network/topology';

/** Routes of all tables: local ones, then those that templates have. */
export function readRoutes(reading: Reading): void {
  const { resources } = reading;
  for (const vpc of reading.vpcs.values()) {
    for (const table of vpc.routeTables as Draft<RouteTable>[]) if (vpc.ranges.length > 0) table.routes.unshift({ destinations: vpc.ranges, target: { kind: 'local' } });
  }
  for (const resource of resources.of('AWS::EC2::Route')) addRoute(resource, reading);
  for (const resource of resources.of('AWS::EC2::GatewayRouteTableAssociation')) associate(resource, reading);
  for (const resource of resources.of('AWS::EC2::VPNGatewayRoutePropagation')) propagate(resource, reading);
}

function addRoute(resource: NetworkResource, reading: Reading): void {
  const tableId = reading.resources.text(resource, 'RouteTableId');
  if (tableId === undefined) return;
  const table = reading.tables.get(tableId);
  const vpc = reading.vpcOf(tableId);
  // A table outside the assembly may be the main one of a VPC in it.
  if (!table || !vpc) reading.resources.gap(resource, `the assembly does not have its table ${tableId}`);
  if (!table || !vpc) return;
  const destinations = destinationsOf(resource, reading, table.id);
  if (destinations) table.routes.push({ destinations, target: targetOf(resource, vpc, reading), origin: resource.origin });
  else table.routes.push({ destinations: EVERYWHERE, target: { kind: 'unknown', what: `what ${resource.name} routes` }, origin: resource.origin });
}

function destinationsOf(resource: NetworkResource, reading: Reading, tableId: string): string[] | undefined {
  const { resources } = reading;
  const text = resources.text(resource, 'DestinationCidrBlock', [tableId]) ?? resources.text(resource, 'DestinationIpv6CidrBlock', [tableId]);
  if (text !== undefined) {
    const block = normalBlock(text);
    if (block === undefined) resources.gap(resource, `${JSON.stringify(text)} is no block of addresses`, [tableId]);
    return block === undefined ? undefined : [block];
  }
  const list = resources.text(resource, 'DestinationPrefixListId', [tableId]);
  if (list === undefined) return undefined;
  const blocks = prefixListBlocks(list, reading);
  if (typeof blocks !== 'string') return [...blocks];
  resources.gap(resource, blocks, [tableId]);
  return undefined;
}

/** Properties of a route that name its target, and what becomes of the id. */
const TARGETS: { readonly [property: string]: (id: string, vpc: Draft<Vpc>, reading: Reading) => RouteTarget } = {
  TransitGatewayId: toGateway,
  CoreNetworkArn: toGateway,
  NatGatewayId: (id, vpc) => (vpc.natGateways.some((nat) => nat.id === id) ? { kind: 'nat-gateway', gateway: id } : elsewhere('NAT gateway', id)),
  GatewayId: (id, vpc, reading) => {
    if (id === 'local') return { kind: 'local' };
    if (reading.resources.byId(id, 'AWS::EC2::VPNGateway')) return reading.outsides.has(id) ? { kind: 'vpn-gateway', outside: id } : elsewhere('connection of VPN gateway', id);
    if (reading.resources.byId(id, 'AWS::EC2::InternetGateway')) return { kind: 'internet-gateway', gateway: id };
    return endpointTarget(id, vpc) ?? elsewhere('gateway', id);
  },
  VpcEndpointId: (id, vpc) => endpointTarget(id, vpc) ?? elsewhere('VPC endpoint', id),
  VpcPeeringConnectionId: (id, _, reading) => (reading.peerings.some((peering) => peering.id === id) ? { kind: 'peering', peering: id } : elsewhere('peering', id)),
  EgressOnlyInternetGatewayId: (id, _, reading) => (
    reading.resources.byId(id, 'AWS::EC2::EgressOnlyInternetGateway') ? { kind: 'egress-only-internet-gateway', gateway: id } : elsewhere('egress-only internet gateway', id)
  ),
  NetworkInterfaceId: toInterface,
  InstanceId: toInterface,
  LocalGatewayId: (id) => ({ kind: 'unknown', what: `local gateway ${id}` }),
  CarrierGatewayId: (id) => ({ kind: 'unknown', what: `carrier gateway ${id}` }),
  OdbNetworkArn: (id) => ({ kind: 'unknown', what: `ODB network ${id}` }),
};

function targetOf(resource: NetworkResource, vpc: Draft<Vpc>, reading: Reading): RouteTarget {
  for (const [property, target] of Object.entries(TARGETS)) {
    if (resource.raw(property) === undefined) continue;
    const id = resource.value(property);
    if (id === undefined) continue;
    if (typeof id === 'string') return target(id, vpc, reading);
    const what = `${property} of ${resource.name}: ${id.what ?? id.text ?? 'not a text'}`;
    return { kind: 'unknown', what };
  }
  return { kind: 'unknown', what: `${resource.name} has no target that is modelled` };
}

function toGateway(id: string, _: Draft<Vpc>, reading: Reading): RouteTarget {
  return reading.gateways.has(id) ? { kind: 'transit-gateway', gateway: id } : elsewhere('gateway', id);
}

function toInterface(id: string, vpc: Draft<Vpc>): RouteTarget {
  return vpc.interfaces.some((one) => one.id === id) ? { kind: 'interface', interface: id } : elsewhere('interface', id);
}

function endpointTarget(id: string, vpc: Draft<Vpc>): RouteTarget | undefined {
  const endpoint = vpc.endpoints.find((one) => one.id === id);
  if (endpoint?.kind === 'appliance') return { kind: 'appliance-endpoint', endpoint: id };
  return endpoint?.kind === 'gateway' ? { kind: 'gateway-endpoint', endpoint: id } : undefined;
}

function elsewhere(kind: string, id: string): RouteTarget {
  return { kind: 'unknown', what: `${kind} ${id}, which the assembly does not have` };
}

/** Edge associations: packets that come in by a gateway are routed by the table. */
function associate(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const tableId = resources.text(resource, 'RouteTableId');
  const table = reading.tables.get(tableId ?? '');
  const vpc = reading.vpcOf(tableId) ?? reading.vpcOf(resources.text(resource, 'GatewayId'));
  const gateway = resources.text(resource, 'GatewayId', vpc ? [vpc.id] : 'place');
  if (table && gateway !== undefined) table.edgeOf = gateway;
  else if (vpc) resources.gap(resource, 'its table or gateway is not in the assembly', [vpc.id]);
}

/** What a VPN gateway has learnt: the addresses of the networks behind it. */
function propagate(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const gateway = resources.text(resource, 'VpnGatewayId');
  for (const tableId of resources.texts(resource, 'RouteTableIds')) {
    const table = reading.tables.get(tableId);
    const outside = reading.outsides.get(gateway ?? '');
    if (!table) continue;
    if (!outside) resources.gap(resource, 'the networks behind its VPN gateway are not in the assembly', [tableId]);
    else if (outside.ranges.length > 0) table.routes.push({ destinations: outside.ranges, target: { kind: 'vpn-gateway', outside: outside.id }, isPropagated: true, origin: resource.origin });
    if (outside?.mayAnnounceMore) {
      table.routes.push({ destinations: EVERYWHERE, target: { kind: 'unknown', what: `what ${outside.name} announces` }, isPropagated: true, origin: resource.origin });
    }
  }
}
