import * as fc from 'fast-check';
import { Ordered, orderOf } from '../../src/analysis/order';

const item = (id: string, ...after: string[]): Ordered => ({ id, after });

test('each as early as it can, in the given order', () => {
  expect(orderOf([item('d', 'b', 'c'), item('c', 'a'), item('b', 'a', 'elsewhere'), item('a'), item('e')])).toEqual({ waves: [['a', 'e'], ['c', 'b'], ['d']], cycles: [] });
});

test('rings are told, and what comes after them is in no wave', () => {
  const { waves, cycles } = orderOf([item('a'), item('b', 'c'), item('c', 'd', 'a'), item('d', 'b'), item('e', 'd'), item('x', 'x')]);
  expect(waves).toEqual([['a']]);
  expect(cycles).toEqual([['b', 'c', 'd'], ['x']]);
});

/** The wave of each by its definition: one later than the latest that it waits for; undefined where that never ends. */
function slowly(items: readonly Ordered[]): Map<string, number | undefined> {
  const byId = new Map(items.map((one) => [one.id, one]));
  const waveOf = (id: string, seen: readonly string[]): number | undefined => {
    if (seen.includes(id)) return undefined;
    const before = byId.get(id)!.after.filter((one) => byId.has(one)).map((one) => waveOf(one, [...seen, id]));
    return before.includes(undefined) ? undefined : Math.max(-1, ...before as number[]) + 1;
  };
  return new Map(items.map(({ id }) => [id, waveOf(id, [])]));
}

test('agrees with the definition, and every ring is one', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const graph = fc.tuple(...ids.map((id) => fc.subarray([...ids, 'z']).map((after) => item(id, ...after.filter((_, index) => index < 2)))));
  fc.assert(fc.property(graph, (items) => {
    const { waves, cycles } = orderOf(items);
    const found = new Map(waves.flatMap((wave, index) => wave.map((id) => [id, index] as const)));
    const truth = slowly(items);
    for (const id of ids) expect(found.get(id)).toBe(truth.get(id));
    expect(cycles.length > 0).toBe([...truth.values()].includes(undefined));
    for (const cycle of cycles) cycle.forEach((id, index) => expect(items.find((one) => one.id === id)!.after).toContain(cycle[(index + 1) % cycle.length]));
  }));
});
