import { AclEntry, Attachment, FirewallRule, NatGateway, NetworkInterface, NetworkTopology, RouteTable, Subnet, TrafficMatch, TransitTable, Vpc } from '../../../src/analysis/network/topology';

/** One packet. */
interface Packet {
  readonly src: string;
  readonly dst: string;
  readonly protocol: number;
  readonly port: number;
}

/** What a connection leaves behind in what it passes. */
interface Session {
  readonly nats: { readonly nat: NatGateway; readonly vpc: Vpc; readonly client: string }[];
  readonly firewalls: Set<string>;
  readonly middles: Set<string>;
  readonly zones: Map<string, string>;
}

/** Where a packet is. */
interface Spot {
  readonly zone?: Zone | undefined;
  /** VPC whose own address the packet has as its sender's. */
  readonly sender?: Vpc | undefined;
  /** Subnet that it leaves. */
  readonly from?: Subnet | undefined;
}

interface Zone { readonly name: string; readonly account: string; readonly region: string }

/** Where a packet ended. */
interface End {
  readonly kind: 'vpc' | 'internet' | 'outside' | 'service' | 'blocked' | 'unknown';
  readonly why?: string;
  readonly vpc?: Vpc;
  readonly subnet?: Subnet;
  readonly by?: string;
  readonly outside?: string;
  readonly attachment?: Attachment;
}

/** A connection that is tried. */
export interface Try {
  readonly from: { readonly vpc: Vpc; readonly subnet: Subnet; readonly interface?: NetworkInterface } | { readonly internetBy: Vpc } | { readonly attachment: Attachment };
  readonly to: { readonly vpc: Vpc; readonly interface?: NetworkInterface } | 'internet' | { readonly outside: string };
  readonly src: string;
  readonly dst: string;
  readonly protocol: number;
  readonly port: number;
}

/** Ports that connections are opened from: on both sides of every boundary that random topologies have. */
const EPHEMERAL = [1024, 32_767, 32_768, 65_535];
const SPECIAL = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'];

/** All that can become of a connection: each choice that AWS has is taken once. Slow and obvious on purpose, and sharing nothing with the engine. */
export function outcomes(topology: NetworkTopology, one: Try): Set<string> {
  const results = new Set<string>();
  const pending: number[][] = [[]];
  for (let runs = 0; pending.length > 0; runs++) {
    if (runs > 5_000) throw new Error('too many choices');
    const given = pending.pop()!;
    let asked = 0;
    const choose = <T>(options: readonly T[]): T => {
      const at = asked++;
      if (at < given.length) return options[given[at]!]!;
      for (let other = 1; other < options.length; other++) pending.push([...given, ...Array(at - given.length).fill(0) as number[], other]);
      return options[0]!;
    };
    results.add(new Simulation(topology, choose).connect(one));
  }
  return results;
}

class Simulation {
  private visited = new Set<string>();
  private session: Session = { nats: [], firewalls: new Set(), middles: new Set(), zones: new Map() };
  private back?: Session;
  /** Sender's address as the packet shows it where it arrived. */
  private arrivedFrom = '';
  /** An answer was translated as if it were new, which makes it something else. */
  private isNew = false;
  private readonly newNats: Session['nats'] = [];

  public constructor(private readonly topology: NetworkTopology, private readonly choose: <T>(options: readonly T[]) => T) {}

  public connect({ from, to, src, dst, protocol, port }: Try): string {
    const opener: Packet = { src, dst, protocol, port };
    if ('vpc' in from && from.interface && !this.groupsLet(from.interface, 'egress', opener, dst, typeof to === 'object' && 'vpc' in to ? to.interface : undefined)) return 'blocked';
    const there = 'vpc' in from ? this.leave(from.vpc, from.subnet, opener, { sender: from.vpc }) : 'internetBy' in from ? this.fromInternet(from.internetBy, 'igw', opener) : this.atGateway(from.attachment, opener, {});
    if (there.kind === 'unknown' || there.kind === 'blocked') return there.kind;
    if (to === 'internet' && there.kind === 'service') return 'service';
    const isThere = to === 'internet' ? there.kind === 'internet' : 'outside' in to ? there.kind === 'outside' && there.outside === to.outside : there.kind === 'vpc' && there.vpc === to.vpc;
    if (!isThere) return 'blocked';
    const nats = [...this.session.nats];
    const seen = this.arrivedFrom;
    if (typeof to === 'object' && 'vpc' in to && to.interface && !this.groupsLet(to.interface, 'ingress', opener, seen, 'vpc' in from ? from.interface : undefined)) return 'blocked';
    const answer: Packet = { src: dst, dst: seen, protocol, port: protocol === 6 || protocol === 17 ? this.choose(EPHEMERAL) : port };
    this.back = { nats, firewalls: new Set(), middles: new Set(), zones: new Map() };
    this.visited = new Set();
    const home = there.kind === 'vpc' ? this.leave(there.vpc!, there.subnet!, answer, { sender: there.vpc! })
      : there.kind === 'internet' ? this.fromInternet(there.vpc!, there.by!, answer) : there.attachment ? this.atGateway(there.attachment, answer, {}) : this.fromVpnGateway(there.vpc!, answer);
    if (home.kind === 'unknown') return 'unknown';
    if (home.kind === 'blocked' || this.back.nats.length > 0 || this.isNew) return 'blocked';
    const isHome = 'vpc' in from ? home.kind === 'vpc' && home.vpc === from.vpc
      : 'internetBy' in from ? home.kind === 'internet' && home.vpc === from.internetBy && home.by === 'igw' : home.kind === 'outside' && from.attachment.link.kind === 'vpn' && home.outside === from.attachment.link.outside && !home.vpc;
    if (!isHome) return 'blocked';
    if ([...this.session.firewalls].some((one) => !this.back!.firewalls.has(one))) return 'blocked';
    return [...this.session.middles].some((one) => !this.back!.middles.has(one)) ? 'unknown' : 'reached';
  }

  private leave(vpc: Vpc, subnet: Subnet, packet: Packet, spot: Spot): End {
    const here = { ...spot, zone: zoneOf(vpc, subnet), from: subnet };
    if (subnet.ranges.some((range) => has(range, packet.dst))) return this.arrive(vpc, subnet, packet, here);
    if (!this.acl(vpc, subnet, 'out', packet, packet.dst)) return { kind: 'blocked', why: 'acl out' };
    return this.byTable(vpc, vpc.routeTables.find(({ id }) => id === subnet.routeTable)!, packet, here);
  }

  private byTable(vpc: Vpc, table: RouteTable, packet: Packet, spot: Spot): End {
    if (this.wasHere(table.id, packet, spot)) return { kind: 'blocked', why: 'loop' };
    const candidates = table.routes.flatMap((route, order) => route.destinations.filter((cidr) => has(cidr, packet.dst)).map((cidr) => ({ route, length: lengthOf(cidr), rank: route.target.kind === 'local' ? 0 : route.isPropagated ? 2 : 1, order })));
    candidates.sort((a, b) => b.length - a.length || a.rank - b.rank || a.order - b.order);
    const best = candidates[0];
    if (!best) {
      const open = table.routes.some(({ target }) => target.kind === 'vpn-gateway' && this.topology.outsides.find(({ id }) => id === target.outside)!.mayAnnounceMore);
      return open ? { kind: 'unknown' } : { kind: 'blocked', why: 'no route' };
    }
    const { target } = best.route;
    switch (target.kind) {
      case 'local': {
        const subnet = vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, packet.dst)));
        return subnet ? this.arrive(vpc, subnet, packet, spot) : { kind: 'blocked', why: 'nobody' };
      }
      case 'transit-gateway': return this.toGateway(vpc, target.gateway, packet, spot);
      case 'internet-gateway': return this.toInternet(vpc, packet, spot);
      case 'egress-only-internet-gateway':
        if (spot.sender !== vpc || !isSix(packet.dst) || !this.isInternet(packet.dst) || this.accessOf(vpc, packet.src) === 'none') return { kind: 'blocked' };
        this.arrivedFrom = packet.src;
        return { kind: 'internet', vpc, by: 'eigw' };
      case 'nat-gateway': return this.nat(vpc, target.gateway, packet, spot);
      case 'appliance-endpoint': {
        const endpoint = vpc.endpoints.find(({ id }) => id === target.endpoint)!;
        const subnet = vpc.subnets.find(({ id }) => id === endpoint.subnets[0])!;
        if (subnet !== spot.from && !this.acl(vpc, subnet, 'in', packet, packet.src)) return { kind: 'blocked' };
        if (!this.firewall(endpoint.firewall!, endpoint.id, packet)) return { kind: 'blocked' };
        return this.leave(vpc, subnet, packet, spot);
      }
      case 'gateway-endpoint': return { kind: 'service' };
      case 'peering': {
        const peering = this.topology.peerings.find(({ id }) => id === target.peering)!;
        const other = this.topology.vpcs.find(({ id }) => peering.vpcs.includes(id) && id !== vpc.id)!;
        if (spot.sender !== vpc) return { kind: 'blocked' };
        const subnet = other.subnets.find(({ ranges }) => ranges.some((range) => has(range, packet.dst)));
        return subnet ? this.arrive(other, subnet, packet, { ...spot, from: undefined }) : { kind: 'blocked' };
      }
      case 'interface': {
        const found = vpc.interfaces.find(({ id }) => id === target.interface)!;
        const subnet = vpc.subnets.find(({ id }) => id === this.choose(found.subnets))!;
        if (subnet !== spot.from && !this.acl(vpc, subnet, 'in', packet, packet.src)) return { kind: 'blocked' };
        if (this.back && !this.session.middles.has(found.id)) return { kind: 'unknown' };
        (this.back ?? this.session).middles.add(found.id);
        return this.leave(vpc, subnet, packet, spot);
      }
      case 'vpn-gateway': return this.toOutside(target.outside, packet, { vpc });
      default: return { kind: 'unknown' };
    }
  }

  private arrive(vpc: Vpc, subnet: Subnet, packet: Packet, spot: Spot): End {
    if (spot.from !== subnet && !this.acl(vpc, subnet, 'in', packet, packet.src)) return { kind: 'blocked', why: 'acl in' };
    const last = this.back?.nats[this.back.nats.length - 1];
    if (last && last.vpc === vpc && last.nat.subnet === subnet.id) return this.untranslate(packet);
    this.arrivedFrom = this.back ? this.arrivedFrom : packet.src;
    return { kind: 'vpc', vpc, subnet };
  }

  private toGateway(vpc: Vpc, gateway: string, packet: Packet, spot: Spot): End {
    const attachment = this.topology.attachments.find((one) => one.gateway === gateway && one.link.kind === 'vpc' && one.link.vpc === vpc.id);
    if (attachment?.link.kind !== 'vpc') return { kind: 'blocked', why: 'not attached' };
    const { subnets } = attachment.link;
    const entries = vpc.subnets.filter((subnet) => subnets.includes(subnet.id) && (spot.zone === undefined || isSameZone(spot.zone, vpc, subnet)));
    if (entries.length === 0) return { kind: 'blocked', why: 'no entry in zone' };
    if (!this.acl(vpc, this.choose(entries), 'in', packet, packet.src)) return { kind: 'blocked', why: 'acl of attachment' };
    return this.atGateway(attachment, packet, spot);
  }

  private atGateway(attachment: Attachment, packet: Packet, spot: Spot): End {
    if (attachment.table !== undefined && this.wasHere(attachment.table, packet, spot)) return { kind: 'blocked', why: 'loop' };
    const table = this.topology.gateways.flatMap(({ tables }) => tables).find(({ id }) => id === attachment.table);
    if (!table) return { kind: 'blocked', why: 'no association' };
    const best = this.bestTransitRoute(table, packet.dst);
    if (!best) return table.propagations.some((id) => this.outsideOf(id)?.mayAnnounceMore) ? { kind: 'unknown' } : { kind: 'blocked', why: 'no route' };
    const next = this.topology.attachments.find(({ id }) => id === best.attachment);
    if (!next) return { kind: 'blocked', why: 'black hole' };
    const { link } = next;
    switch (link.kind) {
      case 'vpc': return this.enter(next, packet, spot);
      case 'firewall': {
        if (!this.firewall(link.firewall, 'native', packet)) return { kind: 'blocked' };
        const gateway = this.topology.gateways.find(({ id }) => id === next.gateway)!;
        const zone = this.stickyZone(next.id, link.zones);
        return this.atGateway(next, packet, { ...spot, zone: { name: zone, account: gateway.account, region: gateway.region! } });
      }
      case 'peering': return this.atGateway(this.topology.attachments.find(({ id }) => id === link.peer)!, packet, { ...spot, zone: undefined });
      default: return this.toOutside(link.outside, packet, { attachment: next });
    }
  }

  private wasHere(table: string, packet: Packet, { zone }: Spot): boolean {
    const state = JSON.stringify([table, packet, zone, this.session.nats.length, this.back?.nats.length, this.newNats.length]);
    if (this.visited.has(state)) return true;
    this.visited.add(state);
    return false;
  }

  private bestTransitRoute(table: TransitTable, address: string): { readonly attachment?: string | undefined } | undefined {
    const all: { cidr: string; rank: number; attachment?: string | undefined }[] = table.routes.map(({ destination, attachment }) => ({ cidr: destination, rank: 0, attachment }));
    for (const id of table.propagations) {
      const attachment = this.topology.attachments.find((one) => one.id === id)!;
      const ranges = attachment.link.kind === 'vpc' ? this.topology.vpcs.find((vpc) => attachment.link.kind === 'vpc' && vpc.id === attachment.link.vpc)!.ranges : this.outsideOf(id)?.ranges ?? [];
      for (const cidr of ranges) all.push({ cidr, rank: attachment.link.kind === 'vpc' ? 1 : 2, attachment: id });
    }
    let best: typeof all[number] | undefined;
    for (const one of all) {
      if (!has(one.cidr, address)) continue;
      if (!best || lengthOf(one.cidr) > lengthOf(best.cidr) || (lengthOf(one.cidr) === lengthOf(best.cidr) && one.rank < best.rank)) best = one;
    }
    return best;
  }

  private outsideOf(attachmentId: string) {
    const link = this.topology.attachments.find(({ id }) => id === attachmentId)?.link;
    return link && 'outside' in link ? this.topology.outsides.find(({ id }) => id === link.outside) : undefined;
  }

  private stickyZone(id: string, zones: readonly string[]): string {
    const { zones: own } = this.back ?? this.session;
    const before = own.get(id) ?? this.session.zones.get(id);
    const zone = before !== undefined && zones.includes(before) ? before : this.choose(zones);
    own.set(id, zone);
    return zone;
  }

  private enter(attachment: Attachment, packet: Packet, spot: Spot): End {
    const { link } = attachment;
    if (link.kind !== 'vpc') throw new Error('no VPC');
    const vpc = this.topology.vpcs.find(({ id }) => id === link.vpc)!;
    const entries = vpc.subnets.filter(({ id }) => link.subnets.includes(id));
    let ways = entries;
    if (link.isApplianceMode) {
      const zone = this.stickyZone(attachment.id, [...new Set(entries.map((subnet) => subnet.zone))]);
      ways = entries.filter((subnet) => subnet.zone === zone);
    } else {
      const near = entries.filter((subnet) => spot.zone && isSameZone(spot.zone, vpc, subnet));
      if (near.length > 0) ways = near;
    }
    return this.leave(vpc, this.choose(ways), packet, spot);
  }

  private fromInternet(vpc: Vpc, by: string, packet: Packet): End {
    const edge = by === 'igw' ? vpc.routeTables.find(({ edgeOf }) => edgeOf !== undefined && edgeOf === vpc.internetGateway) : undefined;
    const last = this.back?.nats[this.back.nats.length - 1];
    if (last && last.nat.subnet === undefined) return this.untranslate(packet);
    const subnet = vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, packet.dst)));
    if (!subnet) return { kind: 'blocked' };
    if (!last) {
      if (subnet.publicAccess === 'none' || (subnet.publicAccess === 'egress' && !this.back)) return { kind: 'blocked' };
      if (!isSix(packet.dst) && !subnet.isPublicAddressPossible) return { kind: 'blocked' };
    }
    return edge ? this.byTable(vpc, edge, packet, {}) : this.arrive(vpc, subnet, packet, {});
  }

  private fromVpnGateway(vpc: Vpc, packet: Packet): End {
    const subnet = vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, packet.dst)));
    return subnet ? this.arrive(vpc, subnet, packet, {}) : { kind: 'blocked' };
  }

  private toInternet(vpc: Vpc, packet: Packet, spot: Spot): End {
    if (spot.sender !== vpc || !this.isInternet(packet.dst)) return { kind: 'blocked' };
    const nats = this.back ? this.newNats : this.session.nats;
    const nat = nats[nats.length - 1];
    if (!(nat && nat.nat.subnet === undefined) && this.accessOf(vpc, packet.src) === 'none') return { kind: 'blocked' };
    if (!isSix(packet.dst)) {
      const own = vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, packet.src)))?.isPublicAddressPossible ?? false;
      if (nat ? !nat.nat.isPublic : !own) return { kind: 'blocked' };
    }
    if (!this.back) this.arrivedFrom = packet.src;
    return { kind: 'internet', vpc, by: 'igw' };
  }

  private nat(vpc: Vpc, id: string, packet: Packet, spot: Spot): End {
    const nat = vpc.natGateways.find((one) => one.id === id);
    if (!nat || isSix(packet.src)) return { kind: 'blocked' };
    const sessions = this.back ? this.newNats : this.session.nats;
    if (this.back) this.isNew = true;
    if (sessions.some((one) => one.nat === nat)) return { kind: 'blocked', why: 'loop' };
    const subnet = vpc.subnets.find((one) => one.id === nat.subnet);
    if (subnet) {
      if (subnet !== spot.from && !this.acl(vpc, subnet, 'in', packet, packet.src)) return { kind: 'blocked' };
      sessions.push({ nat, vpc, client: packet.src });
      const cidr = this.choose(subnet.ranges.filter((range) => !isSix(range)));
      const translated = { ...packet, src: this.choose([fourth(cidr, 4n), fourth(cidr, -5n)]) };
      return this.leave(vpc, subnet, translated, { ...spot, sender: vpc });
    }
    sessions.push({ nat, vpc, client: packet.src });
    if (spot.zone) (this.back ?? this.session).zones.set(nat.id, JSON.stringify(spot.zone));
    const table = vpc.routeTables.find((one) => one.id === nat.routeTable);
    return table ? this.byTable(vpc, table, packet, { ...spot, sender: vpc, from: undefined }) : this.toInternet(vpc, packet, { ...spot, sender: vpc });
  }

  private untranslate(packet: Packet): End {
    const { nat, vpc, client } = this.back!.nats.pop()!;
    const restored = { ...packet, dst: client };
    const subnet = vpc.subnets.find(({ id }) => id === nat.subnet);
    if (subnet) return this.leave(vpc, subnet, restored, {});
    const zone = this.session.zones.get(nat.id);
    const table = vpc.routeTables.find((one) => one.id === nat.routeTable);
    if (table) return this.byTable(vpc, table, restored, { zone: zone === undefined ? undefined : JSON.parse(zone) as Zone });
    const home = vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, client)));
    return home ? this.arrive(vpc, home, restored, {}) : { kind: 'blocked' };
  }

  private toOutside(id: string, packet: Packet, more: Partial<End>): End {
    const outside = this.topology.outsides.find((one) => one.id === id)!;
    if (!outside.ranges.some((range) => has(range, packet.dst))) return { kind: outside.mayAnnounceMore ? 'unknown' : 'blocked' };
    if (!this.back) this.arrivedFrom = packet.src;
    return { kind: 'outside', outside: id, ...more };
  }

  private firewall(id: string, at: string, packet: Packet): boolean {
    if (this.back) {
      this.back.firewalls.add(`${id} ${at}`);
      return this.session.firewalls.has(`${id} ${at}`);
    }
    const firewall = this.topology.firewalls.find((one) => one.id === id)!;
    const decides = (rule: FirewallRule) => about(rule, packet) && rule.sources.some((range) => has(range, packet.src)) && rule.destinations.some((range) => has(range, packet.dst));
    const action = firewall.rules?.find(decides)?.action ?? firewall.otherwise ?? 'may-pass';
    if (action === 'drop') return false;
    this.session.firewalls.add(`${id} ${at}`);
    return true;
  }

  private acl(vpc: Vpc, subnet: Subnet, direction: AclEntry['direction'], packet: Packet, other: string): boolean {
    const acl = vpc.networkAcls.find(({ id }) => id === subnet.networkAcl);
    if (!acl) return true;
    const rules = acl.entries.filter((entry) => entry.direction === direction && about(entry, packet) && has(entry.cidr, other)).sort((a, b) => a.number - b.number);
    return rules[0]?.isAllow ?? false;
  }

  private groupsLet(one: NetworkInterface, direction: 'ingress' | 'egress', packet: Packet, other: string, peer: NetworkInterface | undefined): boolean {
    const rules = this.topology.securityGroups.filter(({ id }) => one.securityGroups.includes(id)).flatMap((group) => group[direction]);
    const isMember = (group: string | undefined) => group !== undefined && peer !== undefined && peer.securityGroups.includes(group);
    return rules.some((rule) => about(rule, packet) && (rule.cidrs?.some((range) => has(range, other)) ?? isMember(rule.group)));
  }

  private accessOf(vpc: Vpc, address: string): string {
    return vpc.subnets.find(({ ranges }) => ranges.some((range) => has(range, address)))?.publicAccess ?? 'both';
  }

  private isInternet(address: string): boolean {
    const inside = [...this.topology.vpcs, ...this.topology.outsides].some(({ ranges }) => ranges.some((range) => has(range, address)));
    return !inside && (isSix(address) ? has('2000::/3', address) : !SPECIAL.some((range) => has(range, address)));
  }
}

function zoneOf(vpc: Vpc, subnet: Subnet): Zone {
  return { name: subnet.zone, account: vpc.account, region: vpc.region };
}

/** Ids are the same everywhere, names mean something in one account and Region. */
function isSameZone({ name, account, region }: Zone, vpc: Vpc, { zone }: Subnet): boolean {
  return name === zone && (zone.includes('-az') || (account === vpc.account && region === vpc.region));
}

function about({ protocol, ports }: TrafficMatch, packet: Packet): boolean {
  if (protocol === undefined) return true;
  if (protocol !== packet.protocol) return false;
  return !ports || (protocol !== 6 && protocol !== 17) || (packet.port >= ports.from && packet.port <= ports.to);
}

export function isSix(text: string): boolean {
  return text.includes(':');
}

/** An address as bits. */
function bits(address: string): string {
  if (!isSix(address)) return address.split('.').map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  const [head, tail] = address.split('::') as [string, string?];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((part) => parseInt(part, 16).toString(2).padStart(16, '0')).join('');
}

function lengthOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

export function has(cidr: string, address: string): boolean {
  const [base, length] = cidr.split('/') as [string, string];
  return isSix(base) === isSix(address) && bits(base).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

/** The address so many places from the beginning of an IPv4 block, or from its end. */
function fourth(cidr: string, place: bigint): string {
  const [base, length] = cidr.split('/') as [string, string];
  const size = 2n ** (32n - BigInt(length));
  const first = BigInt(`0b${bits(base)}`);
  const value = place < 0n ? first + size + place : first + place;
  return [24n, 16n, 8n, 0n].map((shift) => String((value / 2n ** shift) % 256n)).join('.');
}
