import { intersect, minus, overlaps, union } from './cells';
import { blocksOf, CompiledNetwork } from './compiled-network';
import { resultOf } from './network';
import { Step } from './question';
import { about, cut, EVERYWHERE, less, Rectangle, Rectangles, Relation, relationOf, shared, without } from './relation';
import { NetworkTopology, Vpc } from './topology';
import { TrafficClasses } from './traffic';

/** Someone who reaches, or no longer reaches, someone else. */
export interface ReachChange {
  readonly direction: 'reachable' | 'unreachable';
  /** `segment:prod@eu-west-1`, `vpc:Legacy/Vpc`, `internet`, `on-premises`. */
  readonly from: string;
  readonly to: string;
  /** VPCs by name, else blocks. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** `tcp/443`, `any`. */
  readonly traffic: readonly string[];
  readonly example: { readonly from: string; readonly to: string };
  /** Where it is, or was, reached. */
  readonly path: readonly Step[];
  /** What stops it now. */
  readonly why?: string;
}

/** Someone of whom it is no longer known, or not yet, whether somebody is reached. */
export interface OpenReachChange extends Omit<ReachChange, 'why'> {
  /** What is not modelled. */
  readonly why: string;
}

/** A VPC that one side does not have, and whom it reaches, or reached, and by whom it is reached. */
export interface VpcChange {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly segment?: string;
  readonly reaches: readonly string[];
  readonly reachedBy: readonly string[];
}

/** What a change of a network means. */
export interface NetworkDifferences {
  readonly vpcs: { readonly added: readonly VpcChange[]; readonly removed: readonly VpcChange[] };
  readonly changes: readonly ReachChange[];
  readonly undecided: readonly OpenReachChange[];
}

/** Pairs that changed, of VPCs that both sides have. */
export interface ChangedPairs {
  readonly base: CompiledNetwork;
  readonly head: CompiledNetwork;
  readonly old: Relation;
  readonly now: Relation;
  readonly gained: readonly Rectangle[];
  readonly lost: readonly Rectangle[];
  /** Reached still, and stopped in some zones now. */
  readonly sometimes: readonly Rectangle[];
  readonly maybeGained: readonly Rectangle[];
  readonly maybeLost: readonly Rectangle[];
}

/** Holds two networks against each other: all pairs of addresses, all traffic. VPCs are the same where their templates and logical ids are. */
export function changedPairs(before: NetworkTopology, after: NetworkTopology): ChangedPairs {
  const [base, head] = alike(before, after);
  const sharing = new Set([...sharingOf(base), ...sharingOf(head)]);
  const [old, now] = [relationOf(base, sharing), relationOf(head, sharing)];
  const added = after.vpcs.filter(({ id }) => !base.vpcs.has(id));
  const removed = before.vpcs.filter(({ id }) => !head.vpcs.has(id));
  return {
    base,
    head,
    old,
    now,
    gained: remaining(now.reached, [old.reached, old.unknown], head, added),
    lost: remaining(old.reached, [now.reached, now.unknown], base, removed),
    maybeGained: remaining(now.unknown, [old.reached, old.unknown], head, added),
    maybeLost: remaining(shared(old.reached, less(now.unknown, old.unknown)), [now.reached], head, added),
    sometimes: remaining(shared(old.reached, shared(now.reached, less(now.blocked, old.blocked))), [], head, added),
  };
}

/** What a change of a network means. */
export function differences(before: NetworkTopology, after: NetworkTopology): NetworkDifferences {
  const { base, head, old, now, gained, lost, sometimes, maybeGained, maybeLost } = changedPairs(before, after);
  const added = after.vpcs.filter(({ id }) => !base.vpcs.has(id));
  const removed = before.vpcs.filter(({ id }) => !head.vpcs.has(id));
  return {
    vpcs: { added: added.map((vpc) => vpcChange(head, now, vpc)), removed: removed.map((vpc) => vpcChange(base, old, vpc)) },
    changes: [
      ...grouped(gained.map((one) => changeOf(head, one, 'reachable'))),
      ...grouped(lost.map((one) => changeOf(base, one, 'unreachable', whyOf(now, one)))),
      ...grouped(sometimes.map((one) => changeOf(head, one, 'unreachable', `in some zones ${one.flow.why}`))),
    ],
    undecided: [
      ...grouped(maybeGained.map((one) => changeOf(head, one, 'reachable', one.flow.why))), ...grouped(maybeLost.map((one) => changeOf(head, one, 'unreachable', one.flow.why))),
    ].map((change) => ({ ...change, why: change.why ?? 'not modelled' })),
  };
}

/** Both networks cut at the same addresses and ports. */
function alike(before: NetworkTopology, after: NetworkTopology): [CompiledNetwork, CompiledNetwork] {
  const cidrs = [...EVERYWHERE, ...blocksOf(before), ...blocksOf(after)];
  const traffic = new TrafficClasses(before, after);
  return [new CompiledNetwork(before, cidrs, new Set(), traffic), new CompiledNetwork(after, cidrs, new Set(), traffic)];
}

function sharingOf({ groups }: CompiledNetwork): string[] {
  const single = groups.filter(({ members }) => members.length === 1);
  return single.filter((one) => groups.some((other) => other !== one && overlaps(other.ranges, one.ranges))).map(({ vpc }) => vpc.id);
}

/** What one side has and the other has not, besides VPCs that only one side has, and what happens within a VPC. */
function remaining(found: Rectangles, others: readonly Rectangles[], network: CompiledNetwork, own: readonly Vpc[]): Rectangle[] {
  const apart = union(...own.map(({ ranges }) => network.space.ofAll(ranges)));
  const everything = [0, network.space.count];
  return [...found].flatMap(([key, rectangles]) => {
    const left = without(rectangles, others.flatMap((other) => about(other, key)));
    const known = left.flatMap((one) => cut(one, { src: apart, dst: everything })).flatMap((one) => cut(one, { src: everything, dst: apart }));
    return known.flatMap((one) => network.topology.vpcs.map(({ ranges }) => network.space.ofAll(ranges)).filter((range) => overlaps(range, one.src) && overlaps(range, one.dst))
      .reduce<Rectangle[]>((rest, range) => rest.flatMap((part) => cut(part, { src: range, dst: range })), [one]));
  });
}

function changeOf(network: CompiledNetwork, { src, dst, flow }: Rectangle, direction: ReachChange['direction'], why?: string): ReachChange {
  const result = resultOf(network, [{ ...flow, src, dst }]);
  const [from, to] = [vpcsAt(network, src), vpcsAt(network, dst)];
  return {
    direction,
    from: flow.start.subnet ? placesOf(from) : flow.start.gateway?.kind === 'internet' ? 'internet' : 'on-premises',
    to: flow.into ? placesOf(to) : flow.leaf.kind === 'internet' ? 'internet' : flow.leaf.kind === 'outside' ? 'on-premises' : placesOf(to) || result.destinations.join(', '),
    sources: result.sources,
    destinations: result.destinations,
    traffic: [result.traffic],
    example: result.example,
    path: result.path,
    ...(why !== undefined && { why }),
  };
}

function vpcsAt({ topology, space }: CompiledNetwork, cells: Rectangle['src']): Vpc[] {
  return topology.vpcs.filter(({ ranges }) => overlaps(space.ofAll(ranges), cells));
}

function placesOf(vpcs: readonly Vpc[]): string {
  return [...new Set(vpcs.map(({ segment, region, name }) => (segment === undefined ? `vpc:${name}` : `segment:${segment}@${region}`)))].sort().join(', ');
}

/** Why the other side does not let it through. */
function whyOf({ blocked }: Relation, { src, dst, flow }: Rectangle): string | undefined {
  const traffic = JSON.stringify(flow.traffic);
  for (const [key, rectangles] of blocked) {
    if (!key.startsWith(`${traffic}\n`)) continue;
    const found = rectangles.find((one) => overlaps(one.src, src) && overlaps(one.dst, dst));
    if (found) return found.flow.why;
  }
  return undefined;
}

/** Changes between the same places are one; the first gives the example. */
function grouped(changes: readonly ReachChange[]): ReachChange[] {
  const groups = new Map<string, ReachChange[]>();
  for (const change of changes) {
    const key = [change.direction, change.from, change.to].join('\n');
    const known = groups.get(key);
    if (known) known.push(change);
    else groups.set(key, [change]);
  }
  const all = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
  return [...groups.values()].map((some) => ({
    ...some[0]!, traffic: all(some.map(({ traffic }) => traffic)), sources: all(some.map(({ sources }) => sources)).sort(), destinations: all(some.map(({ destinations }) => destinations)).sort(),
  }));
}

function vpcChange(network: CompiledNetwork, { reached }: Relation, { name, account, region, segment, ranges }: Vpc): VpcChange {
  const own = network.space.ofAll(ranges);
  const all = [...reached.values()].flat();
  const part = (one: Rectangle, src: Rectangle['src'], dst: Rectangle['dst']) => changeOf(network, { ...one, src, dst }, 'reachable');
  const others = (cells: Rectangle['src']) => minus(cells, own);
  const reaches = all.flatMap((one) => (overlaps(one.src, own) && others(one.dst).length > 0 ? [part(one, intersect(one.src, own), others(one.dst)).to] : []));
  const reachedBy = all.flatMap((one) => (overlaps(one.dst, own) && others(one.src).length > 0 ? [part(one, others(one.src), intersect(one.dst, own)).from] : []));
  const names = (list: readonly string[]) => [...new Set(list.flatMap((words) => words.split(', ')))].sort();
  return { name, account, region, ...(segment !== undefined && { segment }), reaches: names(reaches), reachedBy: names(reachedBy) };
}

