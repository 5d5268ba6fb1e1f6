import { AddressSpace } from './address-space';
import { Cells, intersect, minus, NO_CELLS, overlaps, union } from './cells';
import { Lookup, lookups } from './route-lookup';
import {
  Attachment, Firewall, NetworkAcl, NetworkOrigin, NetworkTopology, OutsideNetwork, Route, RouteTable, RouteTarget, SecurityGroup, Subnet, TransitGateway, TransitTable, Vpc, VpcEndpoint,
} from './topology';
import { TrafficClasses } from './traffic';

/** A route of a VPC, compiled. */
export interface VpcLookup extends Lookup<RouteTarget> {
  readonly origin?: NetworkOrigin;
}

/** Subnets of alike VPCs that are alike: same zone, same routes, same network ACL. */
export interface SubnetGroup {
  readonly vpc: VpcGroup;
  /** One of them, for people. */
  readonly subnet: Subnet;
  readonly table: RouteTable;
  readonly acl?: NetworkAcl;
  readonly cells: Cells;
  /** Its zone by id, or by account, Region and name: names mean different zones in different accounts. */
  readonly zone: string;
  /** Whether packets that come from a zone of the same words come from this one: not from another of several accounts that only name zones. */
  readonly isZoneComparable: boolean;
  /** Ids of all of them. */
  readonly ids: ReadonlySet<string>;
}

/** VPCs that packets cannot tell apart but by their addresses; most often one. */
export interface VpcGroup {
  /** One of them, for people. */
  readonly vpc: Vpc;
  readonly members: readonly Vpc[];
  readonly ranges: Cells;
  /** Addresses of each member. */
  readonly rangesOf: ReadonlyMap<string, Cells>;
  readonly subnets: readonly SubnetGroup[];
}

/** Attachments of a group of VPCs, or any other single one. */
export interface AttachmentGroup {
  readonly attachment: Attachment;
  readonly vpc?: VpcGroup;
  /** Subnets that packets come in by, of a VPC. */
  readonly entries: readonly SubnetGroup[];
}

/** Where a gateway's table sends packets. */
export interface TransitLookup {
  /** @default - a black hole */
  readonly to?: AttachmentGroup;
  readonly cells: Cells;
  /** Of `cells`, those that each VPC has itself: packets to them arrive there. */
  readonly own: Cells;
  /** The routes that lead there, and what each decides: for people. */
  readonly routes: readonly TransitPart[];
}

/** One of several routes to the same place. */
export interface TransitPart {
  readonly destination: string;
  readonly cells: Cells;
  readonly origin?: NetworkOrigin;
}

/** Where a route of a gateway's table leads. */
export interface TransitTarget {
  readonly isStatic: boolean;
  /** @default - a black hole */
  readonly attachment?: string;
  readonly origin?: NetworkOrigin;
}

const LOCAL_RANK = 0;
const STATIC_RANK = 1;
const PROPAGATED_RANK = { 'vpc': 2, 'firewall': 2, 'peering': 2, 'direct-connect': 3, 'connect': 4, 'vpn': 5 };

/** Private and special addresses, which no packet of the internet has (IANA special-purpose registries). */
const NOT_INTERNET = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/3',
];
const GLOBAL_V6 = '2000::/3';

/** A topology made ready for questions: addresses cut into cells, tables into disjoint lookups, alike VPCs into groups. */
export class CompiledNetwork {
  public readonly space: AddressSpace;
  public readonly traffic: TrafficClasses;
  public readonly groups: readonly VpcGroup[];
  public readonly internet: Cells;
  /** Addresses that no VPC has and no network outside declares. */
  public readonly undeclared: Cells;
  public readonly vpcs: ReadonlyMap<string, Vpc>;
  private readonly groupOfVpc = new Map<string, VpcGroup>();
  private readonly parts = new Map<string, { readonly name: string }>();
  private readonly vpcTables = new Map<string, readonly VpcLookup[]>();
  private readonly transitTables = new Map<string, readonly TransitLookup[]>();
  private readonly attachmentGroups = new Map<string, AttachmentGroup>();
  private readonly attachmentsByVpc = new Map<string, Attachment[]>();
  private readonly gatewayTables = new Map<string, { readonly gateway: TransitGateway; readonly table: TransitTable }>();
  private readonly attachments: ReadonlyMap<string, Attachment>;

  /**
   * @param cidrs blocks that are asked about
   * @param single ids of VPCs that are asked about by themselves, so that they are in no group
   * @param traffic classes of traffic that are shared with another network
   */
  public constructor(public readonly topology: NetworkTopology, cidrs: readonly string[] = [], single: ReadonlySet<string> = new Set(), traffic?: TrafficClasses) {
    this.space = new AddressSpace([...blocksOf(topology), ...cidrs, ...NOT_INTERNET, GLOBAL_V6]);
    this.traffic = traffic ?? new TrafficClasses(topology);
    this.vpcs = new Map(topology.vpcs.map((vpc) => [vpc.id, vpc]));
    this.attachments = new Map(topology.attachments.map((attachment) => [attachment.id, attachment]));
    for (const part of [...topology.firewalls, ...topology.securityGroups, ...topology.outsides, ...topology.peerings]) this.parts.set(part.id, part);
    for (const attachment of topology.attachments) {
      if (attachment.link.kind === 'vpc') this.attachmentsByVpc.set(attachment.link.vpc, [...this.attachmentsByVpc.get(attachment.link.vpc) ?? [], attachment]);
    }
    for (const gateway of topology.gateways) for (const table of gateway.tables) this.gatewayTables.set(table.id, { gateway, table });
    this.groups = this.grouped(single);
    for (const group of this.groups) for (const { id } of group.members) this.groupOfVpc.set(id, group);
    const inside = union(...topology.vpcs.map((vpc) => this.space.ofAll(vpc.ranges)), ...topology.outsides.map((outside) => this.space.ofAll(outside.ranges)));
    this.undeclared = minus([0, this.space.count], inside);
    this.internet = minus(union(minus(this.space.family('ipv4'), this.space.ofAll(NOT_INTERNET)), this.space.of(GLOBAL_V6)), inside);
  }

  public groupOf(vpcId: string): VpcGroup {
    return this.groupOfVpc.get(vpcId)!;
  }

  public firewall(id: string): Firewall | undefined {
    return this.parts.get(id) as Firewall | undefined;
  }

  public outside(id: string): OutsideNetwork | undefined {
    return this.parts.get(id) as OutsideNetwork | undefined;
  }

  public securityGroup(id: string): SecurityGroup | undefined {
    return this.parts.get(id) as SecurityGroup | undefined;
  }

  public attachment(id: string): Attachment | undefined {
    return this.attachments.get(id);
  }

  public attachmentsOf(vpcId: string): readonly Attachment[] {
    return this.attachmentsByVpc.get(vpcId) ?? [];
  }

  public gatewayOf(tableId: string): { readonly gateway: TransitGateway; readonly table: TransitTable } | undefined {
    return this.gatewayTables.get(tableId);
  }

  public endpoint(group: VpcGroup, id: string): VpcEndpoint | undefined {
    return group.vpc.endpoints.find((endpoint) => endpoint.id === id);
  }

  /** Routes of a VPC's table; of several alike VPCs those that are not local. */
  public vpcTable(group: VpcGroup, table: RouteTable): readonly VpcLookup[] {
    const known = this.vpcTables.get(table.id);
    if (known) return known;
    const ranked = table.routes.flatMap((route) => route.destinations.map((destination) => ({ destination, rank: rankOf(route), target: route })));
    const result = lookups(ranked, this.space).map(({ target, cells, destination }) => ({ target: target.target, cells, destination, ...(target.origin && { origin: target.origin }) }));
    // A group's own local routes differ; packets between its members do not go by them.
    const grouped = group.members.length === 1 ? result : result.filter(({ target }) => target.kind !== 'local').map((lookup) => ({ ...lookup, cells: this.unlocal(lookup, table) }));
    this.vpcTables.set(table.id, grouped);
    return grouped;
  }

  /** Routes of a gateway's table, by the groups that they lead to. */
  public transitTable(tableId: string): readonly TransitLookup[] {
    const known = this.transitTables.get(tableId);
    if (known) return known;
    const { table } = this.gatewayTables.get(tableId)!;
    const merged = new Map<string, { to?: AttachmentGroup; own: Cells[]; routes: TransitPart[] }>();
    for (const { target, cells, destination } of this.transitLookups(table).filter((lookup) => lookup.cells.length > 0)) {
      const attachment = target.attachment === undefined ? undefined : this.attachments.get(target.attachment);
      const to = attachment && this.attachmentGroup(attachment);
      const key = to ? to.attachment.id : `black hole ${destination}`;
      const vpcId = attachment?.link.kind === 'vpc' ? attachment.link.vpc : undefined;
      const own = vpcId === undefined ? NO_CELLS : intersect(cells, this.groupOf(vpcId).rangesOf.get(vpcId)!);
      const entry = merged.get(key) ?? { ...(to && { to }), own: [], routes: [] };
      entry.own.push(own);
      entry.routes.push({ destination, cells, ...(target.origin && { origin: target.origin }) });
      merged.set(key, entry);
    }
    const result = [...merged.values()].map((entry) => ({ ...entry, cells: union(...entry.routes.map(({ cells }) => cells)), own: union(...entry.own) }));
    this.transitTables.set(tableId, result);
    return result;
  }

  /** All routes of a gateway's table, static and learnt, with the addresses that each decides. */
  public transitLookups(table: TransitTable): Lookup<TransitTarget>[] {
    return lookups<TransitTarget>([
      ...table.routes.map(({ destination, attachment, origin }) => ({
        destination, rank: STATIC_RANK, target: { isStatic: true, ...(attachment !== undefined && { attachment }), ...(origin && { origin }) },
      })),
      ...table.propagations.flatMap((id) => {
        const attachment = this.attachments.get(id);
        return attachment ? this.announcedBy(attachment).map((destination) => ({ destination, rank: PROPAGATED_RANK[attachment.link.kind], target: { isStatic: false, attachment: id } })) : [];
      }),
    ], this.space);
  }

  public attachmentGroup(attachment: Attachment): AttachmentGroup {
    const { link } = attachment;
    if (link.kind !== 'vpc') return this.remembered(attachment.id, () => ({ attachment, entries: [] }));
    const vpc = this.groupOf(link.vpc);
    const shown = vpc.vpc.id === link.vpc ? attachment : this.attachmentsOf(vpc.vpc.id).find(({ gateway }) => gateway === attachment.gateway)!;
    const { subnets } = shown.link as typeof link;
    return this.remembered(shown.id, () => ({ attachment: shown, vpc, entries: vpc.subnets.filter(({ ids }) => subnets.some((id) => ids.has(id))) }));
  }

  /** Zones that a native firewall inspects in. */
  public zonesOf({ link, gateway }: Attachment): readonly string[] {
    const place = this.topology.gateways.find(({ id }) => id === gateway);
    return link.kind === 'firewall' ? link.zones.map((zone) => zoneOf(zone, { account: place?.account ?? '', region: place?.region ?? '' })) : [];
  }

  /** A network that may announce to a table what is not declared. */
  public mayLearn({ propagations }: TransitTable): OutsideNetwork | undefined {
    return propagations.flatMap((id) => {
      const link = this.attachments.get(id)?.link;
      return link && 'outside' in link ? this.outside(link.outside) ?? [] : [];
    }).find(({ mayAnnounceMore }) => mayAnnounceMore);
  }

  public endpointName(id: string): string {
    return this.topology.vpcs.flatMap(({ endpoints }) => endpoints).find((endpoint) => endpoint.id === id)?.name ?? id;
  }

  private remembered(id: string, make: () => AttachmentGroup): AttachmentGroup {
    const group = this.attachmentGroups.get(id) ?? make();
    this.attachmentGroups.set(id, group);
    return group;
  }

  /** What an attachment announces to tables that learn from it. */
  public announcedBy({ link }: Attachment): readonly string[] {
    switch (link.kind) {
      case 'vpc': return this.vpcs.get(link.vpc)?.ranges ?? [];
      case 'vpn': case 'direct-connect': case 'connect': return this.outside(link.outside)?.ranges ?? [];
      default: return [];
    }
  }

  /** Cells of a route of a grouped table, as if there were no local route. */
  private unlocal({ target }: VpcLookup, table: RouteTable): Cells {
    const others = table.routes.filter((route) => route.target.kind !== 'local');
    const ranked = others.flatMap((route) => route.destinations.map((destination) => ({ destination, rank: rankOf(route), target: route })));
    return union(...lookups(ranked, this.space).filter((lookup) => lookup.target.target === target).map(({ cells }) => cells));
  }

  private grouped(single: ReadonlySet<string>): VpcGroup[] {
    const byShape = new Map<string, Vpc[]>();
    const ranges = new Map(this.topology.vpcs.map((vpc) => [vpc.id, this.space.ofAll(vpc.ranges)]));
    const shared = sharedCells([...ranges.values()], this.space.count);
    for (const vpc of this.topology.vpcs) {
      const shape = single.has(vpc.id) || overlaps(ranges.get(vpc.id)!, shared) ? undefined : this.shapeOf(vpc);
      const key = shape ?? `only ${vpc.id}`;
      byShape.set(key, [...byShape.get(key) ?? [], vpc]);
    }
    return [...byShape.values()].map((members) => this.groupOfMembers(members, ranges));
  }

  private groupOfMembers(members: readonly Vpc[], ranges: ReadonlyMap<string, Cells>): VpcGroup {
    const [vpc] = members as [Vpc, ...Vpc[]];
    const subnets: SubnetGroup[] = [];
    const group: VpcGroup = { vpc, members, ranges: union(...members.map(({ id }) => ranges.get(id)!)), rangesOf: new Map(members.map(({ id }) => [id, ranges.get(id)!])), subnets };
    const order = members.map((member) => sortedSubnets(member));
    order[0]!.forEach((subnet, at) => {
      const alike = order.map((list) => list[at]!);
      const acl = vpc.networkAcls.find(({ id }) => id === subnet.networkAcl);
      subnets.push({
        zone: zoneOf(subnet.zone, vpc), isZoneComparable: ZONE_ID.test(subnet.zone) || new Set(members.map(({ account }) => account)).size === 1,
        vpc: group, subnet, table: vpc.routeTables.find(({ id }) => id === subnet.routeTable)!, ...(acl && { acl }),
        cells: union(...alike.map((one) => this.space.ofAll(one.ranges))), ids: new Set(alike.map(({ id }) => id)),
      });
    });
    return group;
  }

  /** What packets of other VPCs and to them can tell a VPC by; undefined where its own addresses matter beyond its local routes. */
  private shapeOf(vpc: Vpc): string | undefined {
    if (vpc.internetGateway !== undefined || vpc.natGateways.length > 0 || vpc.endpoints.some(({ kind }) => kind === 'appliance')) return undefined;
    if (this.topology.peerings.some(({ vpcs }) => vpcs.includes(vpc.id)) || this.topology.unknowns.some(({ affects }) => affects?.includes(vpc.id))) return undefined;
    const services = new Map(vpc.endpoints.map(({ id, service }) => [id, service]));
    const targetOf = (target: RouteTarget) => (target.kind === 'gateway-endpoint' ? { kind: target.kind, service: services.get(target.endpoint) } : target);
    const own = this.space.ofAll(vpc.ranges);
    const tables = new Map<string, string>();
    for (const table of vpc.routeTables) {
      const routes = table.routes.filter(({ target }) => target.kind !== 'local');
      const cutsOwn = (cidr: string) => overlaps(this.space.of(cidr), own) && minus(own, this.space.of(cidr)).length > 0;
      if (table.edgeOf !== undefined || routes.some(({ destinations, target }) => target.kind === 'interface' || destinations.some(cutsOwn))) return undefined;
      tables.set(table.id, JSON.stringify(routes.map(({ destinations, target, isPropagated }) => [destinations, targetOf(target), isPropagated ?? false])));
    }
    const acls = new Map<string, string>();
    for (const acl of vpc.networkAcls) {
      const entries = acl.entries.map(({ cidr, ...rest }) => [vpc.ranges.includes(cidr) ? 'own' : cidr, rest] as const);
      if (entries.some(([cidr]) => cidr !== 'own' && overlaps(this.space.of(cidr), own) && minus(own, this.space.of(cidr)).length > 0)) return undefined;
      acls.set(acl.id, JSON.stringify(entries));
    }
    const attachments = this.attachmentsOf(vpc.id);
    const sharesNames = !vpc.subnets.every(({ zone }) => ZONE_ID.test(zone)) && this.topology.vpcs.some((other) => other.id !== vpc.id && other.account === vpc.account);
    return JSON.stringify([
      vpc.region, vpc.segment, sharesNames ? vpc.account : '',
      sortedSubnets(vpc).map(({ id, zone, tier, routeTable, networkAcl, publicAccess, isPublicAddressPossible }) => [
        zone, tier, tables.get(routeTable), networkAcl === undefined ? '' : acls.get(networkAcl), publicAccess, isPublicAddressPossible,
        attachments.map(({ link }) => link.kind === 'vpc' && link.subnets.includes(id)),
      ]),
      attachments.map(({ gateway, table, link }) => [gateway, table, link.kind === 'vpc' && link.isApplianceMode]),
    ]);
  }
}

/** `euw1-az1`; anything else is a name, which each account gives a zone of its own. */
const ZONE_ID = /^[a-z]+\d+-az\d+$/;

function zoneOf(zone: string, { account, region }: { readonly account: string; readonly region: string }): string {
  return ZONE_ID.test(zone) ? zone : `${account}/${region}/${zone}`;
}

function sortedSubnets({ subnets }: Vpc): Subnet[] {
  return [...subnets].sort((one, other) => ([one.tier ?? '', one.zone, one.name].join(' ') < [other.tier ?? '', other.zone, other.name].join(' ') ? -1 : 1));
}

function rankOf({ target, isPropagated }: Route): number {
  return target.kind === 'local' ? LOCAL_RANK : isPropagated ?? false ? PROPAGATED_RANK.vpc : STATIC_RANK;
}

/** Cells that more than one set has. */
function sharedCells(sets: readonly Cells[], count: number): Cells {
  const seen = new Uint8Array(count);
  for (const set of sets) for (let pair = 0; pair < set.length; pair += 2) for (let cell = set[pair]!; cell < set[pair + 1]!; cell++) if (seen[cell]! < 2) seen[cell]!++;
  const shared: number[] = [];
  for (let cell = 0; cell < count; cell++) if (seen[cell] === 2) shared.push(cell, cell + 1);
  return union(shared);
}

/** Every block that something is decided by. */
export function* blocksOf(topology: NetworkTopology): Iterable<string> {
  for (const vpc of topology.vpcs) {
    yield* vpc.ranges;
    for (const { ranges } of vpc.subnets) yield* ranges;
    for (const { routes } of vpc.routeTables) for (const { destinations } of routes) yield* destinations;
    for (const { entries } of vpc.networkAcls) for (const { cidr } of entries) yield cidr;
    for (const { address } of vpc.interfaces) if (address !== undefined) yield address;
  }
  for (const { tables } of topology.gateways) for (const { routes } of tables) for (const { destination } of routes) yield destination;
  for (const { ingress, egress } of topology.securityGroups) for (const { cidrs } of [...ingress, ...egress]) yield* cidrs ?? [];
  for (const { rules } of topology.firewalls) for (const { sources, destinations } of rules ?? []) { yield* sources; yield* destinations; }
  for (const { ranges } of topology.outsides) yield* ranges;
  for (const { segments } of topology.intents) for (const { ranges } of segments) yield* ranges;
}
