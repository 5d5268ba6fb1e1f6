import { Cell, keyCells, outcomeOf } from './domain/key-cells';
import { Expression, KnownValues, leaves, Leaf } from './expression';

/** Keys and the values that make an expression true; keys that do not matter are not among them. */
export type Assignment = ReadonlyMap<string, KnownValues>;

/**
 * `possible` takes every test whose outcome AWS does not say, or that hangs on another key, to come out as it may: no solution means there is none.
 * `certain` takes no such test for granted: a solution is one.
 */
export type Mode = 'possible' | 'certain';

/** What a search found: an assignment, none, or nothing because it was given up. */
export type Solution =
  | { readonly kind: 'found'; readonly assignment: Assignment }
  /** With `isCertain` it would be none in the other mode too. */
  | { readonly kind: 'none'; readonly isCertain: boolean }
  | { readonly kind: 'gave up' };

/** Nodes of the expression that are looked at before a search is given up: some hundred milliseconds. */
const WORK_LIMIT = 5_000_000;

/**
 * Looks for a context that makes the expression true. Each key is one variable, its values are the ways in which its tests come out together
 * (`keyCells`), and the search goes through them key by key. Exact but for what `Mode` says.
 */
export function solve(expression: Expression, mode: Mode, workLimit: number = WORK_LIMIT): Solution {
  if (expression.kind === 'constant') {
    return expression.value ? { kind: 'found', assignment: new Map() } : { kind: 'none', isCertain: true };
  }
  return new Search(expression, mode, workLimit).run();
}

interface Variable {
  readonly key: string;
  readonly cells: readonly Cell[];
  /** Position of each test in the cells' outcomes, by id. */
  readonly position: ReadonlyMap<string, number>;
  readonly leaves: readonly Leaf[];
}

class Search {
  private readonly variables = new Map<string, Variable>();
  private readonly chosen = new Map<string, Cell>();
  /** Tests that are no matter of a key's values. */
  private readonly free = new Map<string, boolean>();
  private work = 0;
  /** Whether every test is decided by the value of its key, and no value is left out. */
  private isClosed = true;

  public constructor(private readonly expression: Expression, private readonly mode: Mode, private readonly workLimit: number) {
    const byKey = new Map<string, Map<string, Leaf>>();
    const fixes = new Map<string, Set<KnownValues>>();
    for (const leaf of leaves(expression)) {
      if (leaf.outcome || leaf.isAbsence) {
        const own = byKey.get(leaf.key) ?? new Map<string, Leaf>();
        byKey.set(leaf.key, own.set(leaf.id, leaf));
      } else {
        this.isClosed = false;
      }
      leaf.fixes?.forEach((values, key) => key !== leaf.key && fixes.set(key, (fixes.get(key) ?? new Set()).add(values)));
    }
    for (const [key, own] of byKey) {
      const list = [...own.values()];
      const { cells, isComplete, isOpen } = keyCells(list);
      this.isClosed &&= isComplete && !isOpen;
      if (isComplete || mode === 'certain') {
        const fixed = [...fixes.get(key) ?? []].map((values): Cell => ({ values, outcomes: list.map((leaf) => outcomeOf(leaf, values)) }));
        this.variables.set(key, { key, cells: [...cells, ...fixed], position: new Map(list.map((leaf, index) => [leaf.id, index])), leaves: list });
      }
    }
  }

  public run(): Solution {
    try {
      return this.search() ? { kind: 'found', assignment: this.assignment() } : { kind: 'none', isCertain: this.isClosed || this.mode === 'possible' };
    } catch (error) {
      if (error instanceof GaveUp) {
        return { kind: 'gave up' };
      }
      throw error;
    }
  }

  /** The values of the chosen cells. Where the value of one key fixes that of another, all tests of the other come out as with the fixed value: it is taken. */
  private assignment(): Assignment {
    const assignment = new Map([...this.chosen].map(([key, { values }]) => [key, values]));
    for (const [key, { outcomes }] of this.chosen) {
      this.variables.get(key)!.leaves.forEach(({ fixes }, index) => {
        [...outcomes[index] === true && fixes ? fixes : []].forEach(([other, values]) => other !== key && assignment.has(other) && assignment.set(other, values));
      });
    }
    return assignment;
  }

  private search(): boolean {
    if (this.work > this.workLimit) {
      throw new GaveUp();
    }
    const value = this.valueOf(this.expression);
    if (value !== undefined) {
      return value;
    }
    const leaf = this.openLeaf(this.expression);
    if (!leaf) {
      return false;
    }
    const variable = this.variables.get(leaf.key);
    return variable?.position.has(leaf.id) && !this.chosen.has(leaf.key) ? this.tryCells(variable) : this.tryBoth(leaf);
  }

  private tryCells(variable: Variable): boolean {
    for (const cell of variable.cells) {
      if (this.fits(variable, cell)) {
        this.chosen.set(variable.key, cell);
        if (this.search()) {
          return true;
        }
        this.chosen.delete(variable.key);
      }
    }
    return false;
  }

  private tryBoth(leaf: Leaf): boolean {
    for (const value of [false, true]) {
      this.free.set(leaf.id, value);
      if (this.search()) {
        return true;
      }
    }
    this.free.delete(leaf.id);
    return false;
  }

  /** Whether a cell agrees with what the values of other keys fix: an account of the organization has the organization's id. */
  private fits(variable: Variable, cell: Cell): boolean {
    for (const other of [...this.chosen.keys()].map((key) => this.variables.get(key)!)) {
      const known = this.chosen.get(other.key)!;
      if (!agrees(other, known, variable, cell) || !agrees(variable, cell, other, known)) {
        return false;
      }
    }
    return true;
  }

  /** Three-valued: `undefined` while it hangs on what is not chosen. */
  private valueOf(expression: Expression): boolean | undefined {
    this.work += 1;
    switch (expression.kind) {
      case 'constant': return expression.value;
      case 'leaf': return this.leafValue(expression);
      case 'not': {
        const value = this.valueOf(expression.of);
        return value === undefined ? undefined : !value;
      }
      default: {
        const absorbing = expression.kind === 'or';
        let isOpen = false;
        for (const part of expression.of) {
          const value = this.valueOf(part);
          if (value === absorbing) {
            return absorbing;
          }
          isOpen ||= value === undefined;
        }
        return isOpen ? undefined : !absorbing;
      }
    }
  }

  private leafValue(leaf: Leaf): boolean | undefined {
    const cell = this.chosen.get(leaf.key);
    const position = cell && this.variables.get(leaf.key)!.position.get(leaf.id);
    const outcome = cell && position !== undefined ? cell.outcomes[position] : undefined;
    return outcome ?? this.free.get(leaf.id);
  }

  /** A test to decide next: in the part with the fewest open tests, for that fails soonest. */
  private openLeaf(expression: Expression): Leaf | undefined {
    switch (expression.kind) {
      case 'constant': return undefined;
      case 'leaf': return this.leafValue(expression) === undefined && this.canDecide(expression) ? expression : undefined;
      case 'not': return this.openLeaf(expression.of);
      default: {
        let best: Leaf | undefined;
        let fewest = Infinity;
        for (const part of expression.of) {
          if (this.valueOf(part) === undefined) {
            const count = this.openCount(part);
            const leaf = count > 0 && count < fewest ? this.openLeaf(part) : undefined;
            if (leaf) {
              best = leaf;
              fewest = count;
            }
          }
        }
        return best;
      }
    }
  }

  private openCount(expression: Expression): number {
    switch (expression.kind) {
      case 'constant': return 0;
      case 'leaf': return this.leafValue(expression) === undefined && this.canDecide(expression) ? 1 : 0;
      case 'not': return this.openCount(expression.of);
      default: return expression.of.reduce((sum, part) => sum + this.openCount(part), 0);
    }
  }

  private canDecide(leaf: Leaf): boolean {
    return this.mode === 'possible' || (this.variables.get(leaf.key)?.position.has(leaf.id) === true && !this.chosen.has(leaf.key));
  }
}

class GaveUp extends Error {}

/** Whether what a cell of one key fixes of another one is what the other's cell says. */
function agrees(from: Variable, cell: Cell, to: Variable, known: Cell): boolean {
  return from.leaves.every((leaf, index) => {
    const fixed = cell.outcomes[index] === true ? leaf.fixes?.get(to.key) : undefined;
    return fixed === undefined || to.leaves.every((tested, position) => outcomeOf(tested, fixed) === known.outcomes[position]);
  });
}
