import { overlaps } from './cells';
import { CompiledNetwork } from './compiled-network';
import { NetworkOrigin, NetworkTopology, Route, TransitTable, Vpc } from './topology';

/** A route that never decides, or leads nowhere. */
export interface UselessRoute {
  readonly table: string;
  readonly destination: string;
  /** `shadowed`: other routes decide for all of its addresses; `broken`: its target cannot serve anybody. */
  readonly kind: 'shadowed' | 'broken';
  /** `10.0.0.0/16 decides for all of it`, `VPC a has no attachment to hub`. */
  readonly why: string;
  readonly origin?: NetworkOrigin;
}

/** Routes that could be taken away without any packet noticing, and routes that drop what they take although they do not look like black holes. */
export function shadowedRoutes(topology: NetworkTopology): UselessRoute[] {
  const network = new CompiledNetwork(topology, [], new Set(topology.vpcs.map(({ id }) => id)));
  return [...topology.vpcs.flatMap((vpc) => ofVpc(network, vpc)), ...topology.gateways.flatMap((gateway) => gateway.tables.flatMap((table) => ofGateway(network, gateway.name, table)))];
}

function ofVpc(network: CompiledNetwork, vpc: Vpc): UselessRoute[] {
  const group = network.groupOf(vpc.id);
  return vpc.routeTables.flatMap((table) => {
    const lookups = network.vpcTable(group, table);
    const result: UselessRoute[] = [];
    for (const route of table.routes) {
      const origin = route.origin ?? table.origin;
      const place = { table: table.name, ...(origin && { origin }) };
      if (route.target.kind === 'local') continue;
      const why = brokenTarget(network, vpc, route);
      for (const destination of route.destinations) {
        const own = lookups.find((lookup) => lookup.target === route.target && lookup.destination === destination);
        if (own && own.cells.length === 0) {
          const cells = network.space.of(destination);
          const others = lookups.filter((lookup) => lookup !== own && overlaps(lookup.cells, cells)).map((lookup) => lookup.destination);
          result.push({ ...place, destination, kind: 'shadowed', why: decides(others) });
        } else if (why !== undefined) {result.push({ ...place, destination, kind: 'broken', why });}
      }
    }
    return result;
  });
}

function brokenTarget(network: CompiledNetwork, vpc: Vpc, { target }: Route): string | undefined {
  switch (target.kind) {
    case 'transit-gateway': {
      const attachment = network.attachmentsOf(vpc.id).find(({ gateway }) => gateway === target.gateway);
      const name = network.topology.gateways.find(({ id }) => id === target.gateway)?.name ?? target.gateway;
      if (!attachment) return `VPC ${vpc.name} has no attachment to ${name}`;
      return attachment.table === undefined ? `attachment ${attachment.name} is associated with no route table of ${name}` : undefined;
    }
    case 'internet-gateway': return vpc.internetGateway === target.gateway ? undefined : `VPC ${vpc.name} does not have that internet gateway`;
    case 'nat-gateway': return vpc.natGateways.some(({ id }) => id === target.gateway) ? undefined : `VPC ${vpc.name} does not have that NAT gateway`;
    case 'appliance-endpoint': case 'gateway-endpoint': return vpc.endpoints.some(({ id }) => id === target.endpoint) ? undefined : `VPC ${vpc.name} does not have that endpoint`;
    case 'peering': return network.topology.peerings.some(({ id, vpcs }) => id === target.peering && vpcs.includes(vpc.id)) ? undefined : `VPC ${vpc.name} does not have that peering`;
    default: return undefined;
  }
}

function ofGateway(network: CompiledNetwork, gateway: string, table: TransitTable): UselessRoute[] {
  const name = `${table.name} of ${gateway}`;
  return network.transitLookups(table).flatMap(({ target, destination, cells }, at, all): UselessRoute[] => {
    if (!target.isStatic) return [];
    const origin = target.origin ?? table.origin;
    const place = { table: name, destination, ...(origin && { origin }) };
    if (cells.length === 0) {
      const own = network.space.of(destination);
      return [{ ...place, kind: 'shadowed', why: decides(all.filter((other, index) => index !== at && overlaps(other.cells, own)).map((other) => other.destination)) }];
    }
    const isMissing = target.attachment !== undefined && !network.attachment(target.attachment);
    return isMissing ? [{ ...place, kind: 'broken', why: 'its attachment is not in the network: what it takes is dropped' }] : [];
  });
}

function decides(destinations: readonly string[]): string {
  const names = [...new Set(destinations)];
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} ${names.length > 1 ? 'decide' : 'decides'} for all of it`;
}
