import { Cells, intersect, minus, overlaps, union } from './cells';
import { CompiledNetwork, VpcGroup } from './compiled-network';
import { Flow } from './flow';
import { flowsFrom } from './flows';
import { PathStep } from './packets';
import { Goal, goalOf, isWithin, missingPlace, singledOut, Start, startsOf } from './places';
import { FlowResult, NetworkPlace, ReachAnswer, ReachQuestion, Step } from './question';
import { NetworkTopology } from './topology';
import { trafficWords } from './traffic';

/** Flows as sets of addresses, and the network that gives the sets a meaning. */
export interface Flows {
  readonly network: CompiledNetwork;
  readonly goal: Goal;
  readonly flows: readonly Flow[];
}

/** A network to ask questions of. Answers are exact for what is modelled, for any security groups where a question is not about an interface; what a firewall decides by payload counts as passing. */
export class Network {
  private readonly shared: CompiledNetwork;

  public constructor(public readonly topology: NetworkTopology) {
    this.shared = new CompiledNetwork(topology);
  }

  /** Can connections be opened, and do answers come back? Fails with what there is where a place does not exist. */
  public reach(question: ReachQuestion): ReachAnswer {
    const all = this.flows(question);
    const show = (kind: Flow['kind']) => merged(all.flows.filter((flow) => flow.kind === kind)).map((some) => resultOf(all.network, some));
    return { verdict: verdictOf(all), reached: show('reached'), blocked: show('blocked'), unknown: show('unknown') };
  }

  /** The same as sets of addresses; blocked ones only where someone is expected to arrive. */
  public flows(question: ReachQuestion): Flows {
    const wrong = [question.from, question.to].flatMap((place) => missingPlace(this.topology, place) ?? []);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    const network = this.compiledFor(question);
    const goal = goalOf(network, question.to);
    const options = { isWithin: isWithin(question.from, question.to), family: question.family && network.space.family(question.family) };
    const starts = startsOf(network, question.from);
    return { network, goal, flows: network.traffic.asked(question).flatMap((traffic) => starts.flatMap((start) => flowsFrom(network, start, goal, traffic, options))) };
  }

  /** Flows of all VPCs to somewhere. */
  public flowsOfAll(to: NetworkPlace, traffic: Pick<ReachQuestion, 'protocol' | 'port' | 'family'> = {}): Flows {
    const network = this.shared;
    const goal = goalOf(network, to);
    const options = { isWithin: false, family: traffic.family && network.space.family(traffic.family) };
    const starts = network.groups.flatMap(({ subnets }) => subnets.map((subnet): Start => ({ subnet, cells: subnet.cells, isExpected: true })));
    return { network, goal, flows: network.traffic.asked(traffic).flatMap((one) => starts.flatMap((start) => flowsFrom(network, start, goal, one, options))) };
  }

  private compiledFor({ from, to }: ReachQuestion): CompiledNetwork {
    const single = singledOut(this.topology, [from, to]);
    const cidrs = [from, to].flatMap((place: NetworkPlace) => (place.kind === 'cidr' ? [place.cidr] : []));
    return single.size === 0 && cidrs.length === 0 ? this.shared : new CompiledNetwork(this.topology, cidrs, single);
  }
}

/** One way that arrives and one that does not are `some`, whatever else is not known. */
export function verdictOf({ flows, goal }: Pick<Flows, 'flows' | 'goal'>): ReachAnswer['verdict'] {
  const isReached = flows.some(({ kind }) => kind === 'reached');
  if (isReached && flows.some(({ kind }) => kind === 'blocked')) return 'some';
  if (flows.some(({ kind, start, dst }) => kind === 'unknown' && (!isReached || (start.isExpected && overlaps(dst, goal.expected))))) return 'unknown';
  return isReached ? 'all' : 'none';
}

/** Flows that differ in nothing but addresses. */
function merged(flows: readonly Flow[]): Flow[][] {
  const byWay = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.traffic, flow.why, flow.leaf.packets.path.map(({ component, detail }) => [component, detail]), flow.back?.path.map(({ component }) => component)]);
    const same = byWay.get(key);
    if (same) same.push(flow);
    else byWay.set(key, [flow]);
  }
  return [...byWay.values()];
}

export function resultOf(network: CompiledNetwork, flows: readonly Flow[]): FlowResult {
  const [flow] = flows as [Flow, ...Flow[]];
  const [src, dst] = [union(...flows.map((one) => one.src)), union(...flows.map((one) => one.dst))];
  const { packets } = flow.leaf;
  const { from, to } = exampleOf(flow);
  return {
    sources: namesOf(network, src, flows.flatMap(({ start }) => (start.subnet ? [start.subnet.vpc] : []))),
    destinations: namesOf(network, dst, flows.flatMap(({ into }) => into ?? [])),
    traffic: trafficWords(flow.traffic),
    example: { from: network.space.sample(from), to: network.space.sample(to) },
    path: pathOf(packets.path, to),
    inspectedBy: [...new Set(packets.inspected.map(({ firewall }) => firewall))],
    isTranslated: packets.translated.length > 0,
    ...(flow.back && { back: { arrives: flow.back.arrives, isSymmetric: flow.back.isSymmetric, path: pathOf(flow.back.path, from), ...(flow.back.why !== undefined && { why: flow.back.why }) } }),
    ...(flow.why !== undefined && { why: flow.why }),
  };
}

/** VPCs by name, else blocks. */
function namesOf(network: CompiledNetwork, cells: Cells, groups: readonly VpcGroup[]): string[] {
  const names = [...new Set(groups)].flatMap((group) => group.members.filter(({ id }) => overlaps(group.rangesOf.get(id)!, cells)).map(({ name }) => name));
  return names.length > 0 ? [...new Set(names)].sort() : [network.space.words(cells)];
}

/** One pair of addresses, of two VPCs where they are of a group. */
function exampleOf({ start, src, dst }: { readonly start: Start; readonly src: Cells; readonly dst: Cells }): { readonly from: number; readonly to: number } {
  const own = start.subnet?.vpc.members.find(({ id }) => overlaps(start.subnet!.vpc.rangesOf.get(id)!, src) && minus(dst, start.subnet!.vpc.rangesOf.get(id)!).length > 0);
  const range = own && start.subnet!.vpc.rangesOf.get(own.id)!;
  const from = range ? intersect(src, range) : src;
  const to = range && minus(dst, range).length > 0 ? minus(dst, range) : dst;
  return { from: from[0]!, to: to[0]! };
}

/** The steps, each with the route that packets to an address take. */
function pathOf(path: readonly PathStep[], to: number): Step[] {
  return path.map(({ routes, ...step }) => {
    const route = routes?.find(({ cells }) => overlaps(cells, [to, to + 1]));
    return route ? { component: step.component, detail: route.detail, ...(route.origin && { origin: route.origin }) } : step;
  });
}
