import { AddressSpace } from './address-space';
import { Cells, minus, union } from './cells';
import { parseIpRange } from '../ip-range';

/** Where packets to some addresses go. */
export interface Lookup<T> {
  readonly target: T;
  /** Addresses that it decides. */
  readonly cells: Cells;
  /** Block of the route that decides most of them, for people. */
  readonly destination: string;
}

/** A route with its rank among routes of equal length: the lower wins. */
export interface RankedRoute<T> {
  readonly destination: string;
  readonly rank: number;
  readonly target: T;
}

/** Longest prefix first, then rank, then the order in which they stand. What no route decides is in no entry; routes that decide nothing have empty cells. */
export function lookups<T>(routes: readonly RankedRoute<T>[], space: AddressSpace): Lookup<T>[] {
  const sorted = routes
    .map((route, order) => ({ route, order, prefix: parseIpRange(route.destination)?.prefix ?? 0 }))
    .sort((one, other) => one.prefix - other.prefix || other.route.rank - one.route.rank || other.order - one.order);
  if (sorted.length > 64) return painted(sorted.map(({ route }) => route), space);
  let taken: Cells = [];
  const result: Lookup<T>[] = [];
  for (const { route } of sorted.reverse()) {
    const own = space.of(route.destination);
    result.push({ target: route.target, destination: route.destination, cells: minus(own, taken) });
    taken = union(taken, own);
  }
  return result;
}

/** The same for large tables: each route, from the shortest on, paints over what was there. */
function painted<T>(routes: readonly RankedRoute<T>[], space: AddressSpace): Lookup<T>[] {
  const owner = new Int32Array(space.count).fill(-1);
  routes.forEach((route, at) => {
    const cells = space.of(route.destination);
    for (let pair = 0; pair < cells.length; pair += 2) owner.fill(at, cells[pair]!, cells[pair + 1]!);
  });
  const cells: number[][] = routes.map(() => []);
  for (let from = 0; from < owner.length;) {
    let to = from + 1;
    while (to < owner.length && owner[to] === owner[from]) to++;
    if (owner[from]! >= 0) cells[owner[from]!]!.push(from, to);
    from = to;
  }
  return routes.map((route, at) => ({ target: route.target, destination: route.destination, cells: cells[at]! }));
}
