/** Something that comes after others. */
export interface Ordered {
  readonly id: string;
  /** Ids of what comes before it. What is not among the rest does not count. */
  readonly after: readonly string[];
}

/** What can be done at one time, and then what can be done after that; or why there is no order. */
export interface Order {
  /** Ids, in the order in which they were given. What is in a cycle, or after one, is in none. */
  readonly waves: readonly (readonly string[])[];
  /** Rings in which each comes after the next and the last after the first. */
  readonly cycles: readonly (readonly string[])[];
}

/** The fewest waves, in which each comes as early as it can. */
export function orderOf(items: readonly Ordered[]): Order {
  const known = new Set(items.map(({ id }) => id));
  const open = new Map(items.map(({ id, after }) => [id, new Set(after.filter((one) => known.has(one)))]));
  const followers = new Map<string, string[]>();
  for (const [id, after] of open) for (const one of after) followers.set(one, [...followers.get(one) ?? [], id]);
  const waves: string[][] = [];
  for (let wave = [...open].filter(([, after]) => after.size === 0).map(([id]) => id); wave.length > 0;) {
    waves.push(wave);
    const next = new Set<string>();
    for (const id of wave) {
      open.delete(id);
      for (const follower of followers.get(id) ?? []) {
        const left = open.get(follower)!;
        left.delete(id);
        if (left.size === 0) next.add(follower);
      }
    }
    wave = [...open.keys()].filter((id) => next.has(id));
  }
  return { waves, cycles: cyclesOf(open) };
}

/** Rings among what waits for each other. All that is left waits for something that is left, so a walk along that comes back to where it was. */
function cyclesOf(left: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of left.keys()) {
    const path: string[] = [];
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.includes(at)) {
      path.push(at);
      at = [...left.get(at)!][0];
    }
    if (at !== undefined && path.includes(at)) cycles.push(path.slice(path.indexOf(at)));
    for (const id of path) done.add(id);
  }
  return cycles;
}
