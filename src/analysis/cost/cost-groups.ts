import { CostLine, Estimate } from './estimate';

/** Lines that have something in common, with their sum. */
export interface CostGroup {
  readonly name: string;
  /** Resources. */
  readonly count: number;
  readonly monthly: number;
}

/** A difference of two estimates: more or less of one item in a Region. */
export interface CostChange {
  readonly item: string;
  readonly region?: string;
  /** Resources more; negative where there are fewer. */
  readonly resources: number;
  /** `2 × 3 zones` of what changed, as far as all of it has one factor. */
  readonly factor?: string;
  /** Price of one a month. */
  readonly price: number;
  readonly monthly: number;
  readonly stacks: readonly string[];
}

/** Lines by what a function names, the dearest first. */
export function groupCosts(lines: readonly CostLine[], nameOf: (line: CostLine) => string): CostGroup[] {
  const groups = new Map<string, { resources: Set<string>; monthly: number }>();
  for (const line of lines) {
    const name = nameOf(line);
    const group = groups.get(name) ?? { resources: new Set<string>(), monthly: 0 };
    groups.set(name, group);
    group.resources.add(`${line.account} ${line.region} ${line.stack} ${line.logicalId}`);
    group.monthly += line.monthly;
  }
  return [...groups].map(([name, { resources, monthly }]) => ({ name, count: resources.size, monthly }))
    .sort((one, other) => other.monthly - one.monthly || (one.name < other.name ? -1 : 1));
}

/** What costs more or less in the second estimate, the largest change first. Resources are the same where stack, logical id, account, Region, item and quantity are. */
export function costChanges(base: Estimate, head: Estimate): CostChange[] {
  const keyOf = ({ stack, logicalId, account, region, item, quantity, factor, monthly }: CostLine) => JSON.stringify([stack, logicalId, account, region, item, quantity, factor, monthly]);
  const count = (lines: readonly CostLine[]) => {
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
    return counts;
  };
  // What occurs in both is taken away once for each time that it does.
  const only = (lines: readonly CostLine[], others: Map<string, number>) => lines.filter((line) => {
    const left = others.get(keyOf(line)) ?? 0;
    if (left > 0) others.set(keyOf(line), left - 1);
    return left === 0;
  });
  const changes = new Map<string, { line: CostLine; resources: number; monthly: number; factors: Set<string | undefined>; stacks: Set<string> }>();
  const add = (lines: readonly CostLine[], sign: 1 | -1) => {
    for (const line of lines) {
      const key = `${line.item} ${line.item === 'use' ? line.type : ''} ${line.region} ${line.price}`;
      const change = changes.get(key) ?? { line, resources: 0, monthly: 0, factors: new Set<string | undefined>(), stacks: new Set<string>() };
      changes.set(key, change);
      change.resources += sign;
      change.monthly += sign * line.monthly;
      change.factors.add(line.factor);
      change.stacks.add(line.stack);
    }
  };
  add(only(head.lines, count(base.lines)), 1);
  add(only(base.lines, count(head.lines)), -1);
  return [...changes.values()]
    .filter(({ monthly, resources }) => Math.abs(monthly) > 1e-9 || resources !== 0)
    .map(({ line, resources, monthly, factors, stacks }): CostChange => {
      const [factor] = factors;
      return {
        item: line.item === 'use' ? `use of ${line.type}` : line.item, ...(line.region !== undefined && { region: line.region }), resources, ...(factors.size === 1 && factor !== undefined && { factor }),
        price: line.price, monthly, stacks: [...stacks].sort(),
      };
    })
    .sort((one, other) => Math.abs(other.monthly) - Math.abs(one.monthly) || (one.item < other.item ? -1 : 1));
}
