import { answered } from './answers';
import { Cells, intersect, minus, NO_CELLS, overlaps, union } from './cells';
import { CompiledNetwork, VpcGroup } from './compiled-network';
import { elsewhere, Flow } from './flow';
import { Leaf, Packets, packetsFrom } from './packets';
import { Goal, Start } from './places';
import { groupsAllow, unknownOfGroups } from './security-groups';
import { Traffic, trafficWords } from './traffic';
import { Walk } from './walk';

/** What becomes of traffic of a class from one place to another. Blocked flows are those that someone could expect to arrive. */
export function flowsFrom(network: CompiledNetwork, start: Start, goal: Goal, traffic: Traffic, { isWithin, family }: { readonly isWithin: boolean; readonly family: Cells | undefined }): Flow[] {
  const own = start.subnet && !isWithin ? start.subnet.vpc : undefined;
  const inFamily = (cells: Cells) => (family ? intersect(cells, family) : cells);
  const flows: Flow[] = [];
  for (const [src, aim] of byFamily(network, inFamily(start.cells), inFamily(aimOf(start, own, goal)))) {
    const base = packetsFrom(src, aim, traffic);
    const open = start.interface ? groupsAllow(network, start.interface, 'egress', traffic, aim, goal.interface) : aim;
    const closed = minus(aim, open);
    if (closed.length > 0) flows.push({ ...stopped(start, { ...base, dst: closed }), why: `security groups of ${start.interface!.name} let no ${trafficWords(traffic)} out to it` });
    if (open.length > 0) for (const leaf of depart(network, start, { ...base, dst: open })) flows.push(...judged(network, start, goal, leaf));
  }
  const unclear = [start.interface, goal.interface].flatMap((one) => (one ? unknownOfGroups(network, one) ?? [] : []))[0];
  return flows
    .flatMap((flow) => [...(own && flow.kind === 'reached' && flow.into === own && own.members.length === 1 ? [] : [flow]), ...hiddenBehind(flow, goal)])
    // What is not modelled may carry packets of those, and to those, of whom nobody expects that they arrive.
    .map((flow) => doubted(network, flow, unclear))
    .map((flow) => (flow.kind === 'blocked' ? { ...flow, dst: intersect(flow.dst, goal.expected) } : flow))
    .filter((flow) => flow.dst.length > 0 && flow.src.length > 0 && (flow.kind !== 'blocked' || start.isExpected) && !isOneVpcOnly(flow, isWithin));
}

function stopped(start: Start, packets: Packets): Flow {
  return { kind: 'blocked', start, src: packets.src, dst: packets.dst, traffic: packets.traffic, leaf: { kind: 'blocked', packets } };
}

/** What packets of a start can be meant for: those of the internet for the VPC of the gateway that they come by. */
function aimOf({ gateway }: Start, own: VpcGroup | undefined, goal: Goal): Cells {
  if (gateway?.kind === 'internet' && goal.parts.size > 0) return goal.parts.has(gateway.vpc) ? intersect(goal.cells, gateway.vpc.ranges) : NO_CELLS;
  return own ? besides(own, goal) : goal.cells;
}

/** Addresses of a goal that are not a VPC's own, or another VPC's as well. */
function besides(own: VpcGroup, { cells, parts }: Goal): Cells {
  if (own.members.length > 1) return cells;
  const others = union(...[...parts].filter(([group]) => group !== own).map(([, part]) => part));
  return union(minus(cells, own.ranges), intersect(others, own.ranges));
}

/** IPv4 speaks with IPv4 only. */
function byFamily({ space }: CompiledNetwork, src: Cells, dst: Cells): [Cells, Cells][] {
  return (['ipv4', 'ipv6'] as const).map((family): [Cells, Cells] => [intersect(src, space.family(family)), intersect(dst, space.family(family))]).filter(([from, to]) => from.length > 0 && to.length > 0);
}

function depart(network: CompiledNetwork, { subnet, attachment, gateway }: Start, packets: Packets): Leaf[] {
  const walk = new Walk(network);
  if (subnet) return walk.fromSubnet(subnet, packets);
  if (attachment) return walk.fromAttachment(attachment, packets);
  return gateway!.kind === 'internet' ? walk.fromInternet(gateway!.vpc, 'internet-gateway', packets) : walk.fromVpnGateway(gateway!.vpc, packets);
}

/** What becomes of flows that ended somewhere: whether it is the right place, and whether answers come back. */
function judged(network: CompiledNetwork, start: Start, goal: Goal, leaf: Leaf): Flow[] {
  const { packets } = leaf;
  const { traffic } = packets;
  const [first] = packets.translated;
  const flow = { start, src: first ? first.original : packets.src, dst: packets.dst, traffic, leaf, ...(leaf.subnet && { into: leaf.subnet.vpc }) };
  if (leaf.kind === 'unknown' || leaf.kind === 'blocked') return [{ ...flow, kind: leaf.kind, why: leaf.why! }];
  if (leaf.kind === 'service' && goal.isInternet) return [];
  if (!goal.accepts(leaf)) return [{ ...flow, kind: 'blocked', why: elsewhere(leaf) }];
  if (leaf.kind === 'service') return [{ ...flow, kind: 'reached' }];
  const allowed = goal.interface ? groupsAllow(network, goal.interface, 'ingress', traffic, packets.src, start.interface) : packets.src;
  const closed = minus(packets.src, allowed);
  const refused: Flow[] = closed.length > 0 ? [{ ...flow, src: first ? flow.src : closed, kind: 'blocked', why: `security groups of ${goal.interface!.name} let no ${trafficWords(traffic)} in` }] : [];
  if (allowed.length === 0) return refused;
  return [...refused, ...answered(network, { ...flow, src: first ? flow.src : allowed })];
}

/** Where several VPCs of the goal have the same addresses, packets to them arrive in one only. */
function hiddenBehind(flow: Flow, { parts }: Goal): Flow[] {
  const { into } = flow;
  if (!into || flow.kind === 'blocked' || flow.start.gateway?.kind === 'internet') return [];
  return [...parts].filter(([group, part]) => group !== into && overlaps(part, flow.dst)).map(([group, part]): Flow => ({
    ...flow, kind: 'blocked', into: group, dst: intersect(part, flow.dst), why: `it arrives in VPC ${into.vpc.name} instead, whose addresses overlap with those of ${group.vpc.name}`,
  }));
}

/** What is not modelled may carry what nothing modelled does, and take away what goes by what it affects. */
function doubted(network: CompiledNetwork, flow: Flow, unclear: string | undefined): Flow {
  if (flow.kind === 'unknown') return flow;
  const { unknowns } = network.topology;
  if (unknowns.length === 0) return flow.kind === 'blocked' && unclear !== undefined ? { ...flow, kind: 'unknown', why: unclear } : flow;
  const isBlocked = flow.kind === 'blocked';
  const ends = [...(flow.start.subnet ? [flow.start.subnet.vpc] : []), ...network.groups.filter(({ ranges }) => overlaps(ranges, flow.dst))];
  const touched = new Set([...flow.leaf.packets.passed, ...flow.back?.passed ?? [], ...ends.flatMap(({ members }) => members.map(({ id }) => id))]);
  const part = unknowns.find(({ affects, onlyAdds }) => (isBlocked || onlyAdds !== true) && (affects === undefined || affects.some((id) => touched.has(id))));
  if (!part) return isBlocked && unclear !== undefined ? { ...flow, kind: 'unknown', why: unclear } : flow;
  return { ...flow, kind: 'unknown', why: `${part.what} is not modelled and could ${isBlocked ? 'carry it' : 'change its way'}` };
}

/** A group's flows to itself are between different VPCs of it; there are none where both sides are one VPC. */
function isOneVpcOnly({ start, src, dst, kind, into }: Flow, isWithin: boolean): boolean {
  const vpc = start.subnet?.vpc;
  if (isWithin || !vpc || (vpc.members.length === 1 && (kind === 'blocked' || into !== vpc))) return false;
  const sources = vpc.members.filter(({ id }) => overlaps(vpc.rangesOf.get(id)!, src));
  return sources.length <= 1 && minus(dst, sources.length === 0 ? NO_CELLS : vpc.rangesOf.get(sources[0]!.id)!).length === 0;
}
