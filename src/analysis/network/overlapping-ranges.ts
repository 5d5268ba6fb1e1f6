import { parseIpRange } from '../ip-range';
import { NetworkOrigin, NetworkTopology } from './topology';

/** Two networks of one mesh that have the same addresses. */
export interface Overlap {
  readonly names: readonly [string, string];
  /** The smaller of the two blocks. */
  readonly cidr: string;
  /** Whether routes other than default ones lead to both, so that packets for one may go to the other. Exits that all look alike are not routed to. */
  readonly isRouted: boolean;
  readonly origins: readonly NetworkOrigin[];
}

interface Member { readonly id: string; readonly name: string; readonly ranges: readonly string[]; readonly isRouted: boolean; readonly origin?: NetworkOrigin }
interface Block { readonly member: Member; readonly cidr: string; readonly from: bigint; readonly to: bigint; readonly isSix: boolean }

/** VPCs and networks outside with overlapping ranges, where gateways, their peerings or VPC peerings bring them together: packets reach one of the two at most. */
export function overlappingRanges(topology: NetworkTopology): Overlap[] {
  const meshes = new Map<string, Member[]>();
  const meshOf = meshesOf(topology);
  const routes = routesTo(topology);
  for (const { id, name, ranges, origin } of [...topology.vpcs, ...topology.outsides]) {
    const mesh = meshOf(id);
    const member = { id, name, ranges, isRouted: leadThere(routes.get(id), ranges), ...(origin && { origin }) };
    const members = meshes.get(mesh);
    if (members) members.push(member);
    else meshes.set(mesh, [member]);
  }
  return [...meshes.values()].flatMap(overlapsWithin);
}

function overlapsWithin(members: readonly Member[]): Overlap[] {
  const blocks = members.flatMap((member) => member.ranges.flatMap((cidr) => blockOf(member, cidr) ?? []));
  blocks.sort((one, other) => Number(one.isSix) - Number(other.isSix) || (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  const found: Overlap[] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open = open.filter((before) => before.isSix === block.isSix && before.to > block.from);
    for (const before of open) {
      if (before.member.id === block.member.id) continue;
      const smaller = before.to - before.from < block.to - block.from ? before : block;
      const both = [before.member, block.member] as const;
      found.push({ names: [both[0].name, both[1].name], cidr: smaller.cidr, isRouted: both.every(({ isRouted }) => isRouted), origins: both.flatMap(({ origin }) => origin ?? []) });
    }
    open.push(block);
  }
  return found;
}

function blockOf(member: Member, cidr: string): Block | undefined {
  const extent = extentOf(cidr);
  return extent && { member, cidr, ...extent };
}

function extentOf(cidr: string): { readonly from: bigint; readonly to: bigint; readonly isSix: boolean; readonly prefix: number } | undefined {
  const range = parseIpRange(cidr);
  if (!range) return undefined;
  const size = 2n ** BigInt(range.bits - range.prefix);
  const from = (range.address / size) * size;
  return { from, to: from + size, isSix: range.bits === 128, prefix: range.prefix };
}

/** Destinations of gateways' routes by what they lead to; `all` where it learns every address, or is a peer. */
function routesTo({ attachments, gateways, peerings }: NetworkTopology): Map<string, Set<string> | 'all'> {
  const targets = new Map(attachments.flatMap(({ id, link }) => (link.kind === 'vpc' ? [[id, link.vpc] as const] : 'outside' in link ? [[id, link.outside] as const] : [])));
  const found = new Map<string, Set<string> | 'all'>(peerings.flatMap(({ vpcs }) => vpcs.map((vpc) => [vpc, 'all' as const])));
  for (const { propagations, routes } of gateways.flatMap(({ tables }) => tables)) {
    for (const id of propagations.flatMap((attachment) => targets.get(attachment) ?? [])) found.set(id, 'all');
    for (const { destination, attachment } of routes) {
      const id = targets.get(attachment ?? '');
      const known = id === undefined ? 'all' : found.get(id) ?? new Set<string>();
      if (known === 'all') continue;
      found.set(id!, known.add(destination));
    }
  }
  return found;
}

function leadThere(destinations: ReadonlySet<string> | 'all' | undefined, ranges: readonly string[]): boolean {
  if (destinations === undefined || destinations === 'all') return destinations === 'all';
  const own = ranges.flatMap((cidr) => extentOf(cidr) ?? []);
  return [...destinations].flatMap((cidr) => extentOf(cidr) ?? []).some((route) => route.prefix > 0 && own.some(({ from, to, isSix }) => isSix === route.isSix && from < route.to && route.from < to));
}

/** Which mesh a part is of: parts that anything connects are of one. */
function meshesOf({ attachments, peerings }: NetworkTopology): (id: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? id;
    return parent === id ? id : rootOf(parent);
  };
  const join = (one: string, other: string) => { parents.set(rootOf(one), rootOf(other)); };
  const gatewayOf = new Map(attachments.map(({ id, gateway }) => [id, gateway]));
  for (const { gateway, link } of attachments) {
    switch (link.kind) {
      case 'vpc': join(link.vpc, gateway); break;
      case 'firewall': break;
      case 'peering': join(gatewayOf.get(link.peer) ?? gateway, gateway); break;
      default: join(link.outside, gateway);
    }
  }
  for (const { vpcs } of peerings) join(vpcs[0], vpcs[1]);
  return rootOf;
}
