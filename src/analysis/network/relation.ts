import { Cells, intersect, minus, overlaps } from './cells';
import { CompiledNetwork } from './compiled-network';
import { Flow } from './flow';
import { flowsFrom } from './flows';
import { goalOf, Start, startsOf } from './places';

/** Pairs of addresses that meet the same fate. */
export interface Rectangle {
  readonly src: Cells;
  readonly dst: Cells;
  readonly flow: Flow;
}

/** Pairs by what they are about: class of traffic and kind of sender, a line each; and kind of receiver where they arrive. */
export type Rectangles = ReadonlyMap<string, readonly Rectangle[]>;

/** Everything that one network lets through, leaves open, or stops. */
export interface Relation {
  readonly reached: Rectangles;
  readonly unknown: Rectangles;
  readonly blocked: Rectangles;
}

/** Any address of either family. */
export const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/**
 * Who reaches whom at all. Networks whose address spaces are cut at the same places, and whose classes of traffic are the same, have relations that can be held against each other.
 *
 * @param sharing ids of VPCs whose addresses others have as well: only these are told apart by more than addresses
 */
export function relationOf(network: CompiledNetwork, sharing: ReadonlySet<string>): Relation {
  const found = { reached: new Map<string, Rectangle[]>(), unknown: new Map<string, Rectangle[]>(), blocked: new Map<string, Rectangle[]>() };
  const seen = new Set<string>();
  const goals = EVERYWHERE.map((cidr) => goalOf(network, { kind: 'cidr', cidr }));
  const starts = [
    ...network.groups.flatMap(({ subnets }) => subnets.map((subnet): Start => ({ subnet, cells: subnet.cells, isExpected: true }))),
    ...startsOf(network, { kind: 'internet' }),
    ...startsOf(network, { kind: 'outside' }),
  ];
  for (const start of starts) {
    for (const goal of goals) {
      for (const traffic of network.traffic.asked({})) {
        for (const flow of flowsFrom(network, start, goal, traffic, { isWithin: false, family: undefined })) {
          const rectangles = found[flow.kind];
          const key = [JSON.stringify(traffic), fromOf(start, sharing), ...flow.kind === 'reached' ? [toOf(flow, sharing)] : []].join('\n');
          const rectangle = { src: flow.src, dst: flow.dst, flow };
          const pairs = [flow.kind, key, keyOf(rectangle)].join('\n');
          if (seen.has(pairs)) continue;
          seen.add(pairs);
          const known = rectangles.get(key);
          if (known) known.push(rectangle);
          else rectangles.set(key, [rectangle]);
        }
      }
    }
  }
  return found;
}

function fromOf({ subnet, gateway, attachment }: Start, sharing: ReadonlySet<string>): string {
  if (subnet) return sharing.has(subnet.vpc.vpc.id) ? subnet.vpc.vpc.id : 'vpc';
  return gateway?.kind === 'internet' ? 'internet' : attachment && 'outside' in attachment.attachment.link ? attachment.attachment.link.outside : 'outside';
}

function toOf({ into, leaf }: Flow, sharing: ReadonlySet<string>): string {
  if (into) return sharing.has(into.vpc.id) ? into.vpc.id : 'vpc';
  return leaf.outside ?? leaf.kind;
}

/** Pairs that are about the same, wherever they arrive if these say nothing of it. */
export function about(rectangles: Rectangles, key: string): readonly Rectangle[] {
  return rectangles.get(key) ?? rectangles.get(key.split('\n').slice(0, 2).join('\n')) ?? [];
}

/** Pairs that arrive on one side and are among the others on the other. */
export function shared(reached: Rectangles, others: Rectangles): Rectangles {
  return new Map([...reached].map(([key, rectangles]) => [key, within(about(others, key), rectangles)]));
}

/** Pairs of one side that the other has not. */
export function less(rectangles: Rectangles, others: Rectangles): Rectangles {
  return new Map([...rectangles].map(([key, some]) => [key, without(some, about(others, key))]));
}

/** Of some pairs those that are in none of the others. */
export function without(rectangles: readonly Rectangle[], others: readonly Rectangle[]): Rectangle[] {
  const same = new Set(others.map(keyOf));
  return rectangles.filter((rectangle) => !same.has(keyOf(rectangle))).flatMap((rectangle) => others.reduce<Rectangle[]>((left, other) => left.flatMap((one) => cut(one, other)), [rectangle]));
}

/** Of some pairs those that are in one of the others as well. */
export function within(rectangles: readonly Rectangle[], others: readonly Rectangle[]): Rectangle[] {
  return rectangles.flatMap(({ src, dst, flow }) => others.map((other) => ({ src: intersect(src, other.src), dst: intersect(dst, other.dst), flow })))
    .filter(({ src, dst }) => src.length > 0 && dst.length > 0);
}

export function cut(one: Rectangle, other: { readonly src: Cells; readonly dst: Cells }): Rectangle[] {
  if (!overlaps(one.src, other.src) || !overlaps(one.dst, other.dst)) return [one];
  const beside = minus(one.src, other.src);
  const rest = minus(one.dst, other.dst);
  return [...beside.length > 0 ? [{ ...one, src: beside }] : [], ...rest.length > 0 ? [{ ...one, src: intersect(one.src, other.src), dst: rest }] : []];
}

function keyOf({ src, dst }: Rectangle): string {
  return `${src.join()} ${dst.join()}`;
}
