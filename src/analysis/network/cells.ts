/** A set of address cells: ascending, disjoint pairs of a first cell and the one after the last. */
export type Cells = readonly number[];

export const NO_CELLS: Cells = [];

export function intersect(one: Cells, other: Cells): Cells {
  const result: number[] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length;) {
    const from = Math.max(one[a]!, other[b]!);
    const to = Math.min(one[a + 1]!, other[b + 1]!);
    if (from < to) result.push(from, to);
    if (one[a + 1]! < other[b + 1]!) a += 2;
    else b += 2;
  }
  return result;
}

export function minus(one: Cells, other: Cells): Cells {
  if (other.length === 0) return one;
  const result: number[] = [];
  let b = 0;
  for (let a = 0; a < one.length; a += 2) {
    let from = one[a]!;
    const to = one[a + 1]!;
    while (b < other.length && other[b + 1]! <= from) b += 2;
    for (let at = b; at < other.length && other[at]! < to; at += 2) {
      if (other[at]! > from) result.push(from, other[at]!);
      from = Math.max(from, other[at + 1]!);
    }
    if (from < to) result.push(from, to);
  }
  return result;
}

export function union(...sets: readonly Cells[]): Cells {
  const given = sets.filter((set) => set.length > 0);
  if (given.length < 2) return given[0] ?? NO_CELLS;
  const pairs: [number, number][] = [];
  for (const set of given) for (let at = 0; at < set.length; at += 2) pairs.push([set[at]!, set[at + 1]!]);
  pairs.sort(([a], [b]) => a - b);
  const result: number[] = [];
  for (const [from, to] of pairs) {
    if (result.length > 0 && from <= result[result.length - 1]!) result[result.length - 1] = Math.max(result[result.length - 1]!, to);
    else result.push(from, to);
  }
  return result;
}

export function overlaps(one: Cells, other: Cells): boolean {
  for (let a = 0, b = 0; a < one.length && b < other.length;) {
    if (Math.max(one[a]!, other[b]!) < Math.min(one[a + 1]!, other[b + 1]!)) return true;
    if (one[a + 1]! < other[b + 1]!) a += 2;
    else b += 2;
  }
  return false;
}
