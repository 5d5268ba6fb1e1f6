import { Distinction, KeyRange } from './distinction';
import { TextPattern } from './text-pattern';
import { valueSamples } from './value-samples';
import { KnownValues, Leaf } from '../expression';

/** One state of a key, and how each of its tests comes out in it: `undefined` where AWS does not say. */
export interface Cell {
  readonly values: KnownValues;
  readonly outcomes: ReadonlyArray<boolean | undefined>;
}

/** Every way in which the tests of one key come out together. */
export interface KeyCells {
  readonly cells: readonly Cell[];
  /** Whether no way is missing. */
  readonly isComplete: boolean;
  /** Whether AWS does not say how some test comes out in some of them. */
  readonly isOpen: boolean;
}

const MAX_SETS = 512;
const MAX_REMEMBERED = 5_000;
const remembered = new Map<string, KeyCells>();

/** The cells of a key for its tests, which are all of one key and have distinct ids. */
export function keyCells(leaves: readonly Leaf[]): KeyCells {
  const id = leaves.map((leaf) => leaf.id).join('\u0000') + rangeId(leaves[0]);
  let known = remembered.get(id);
  if (!known) {
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    known = makeCells(leaves);
    remembered.set(id, known);
  }
  return known;
}

function rangeId({ key, range }: Leaf): string {
  const ids = (patterns: readonly TextPattern[] = []): string => patterns.map((pattern) => pattern.id).join('\u0002');
  return ['', key, range?.canBeAbsent, range?.isMultivalued, ids(range?.within), ids(range?.without)].join('\u0003');
}

function makeCells(leaves: readonly Leaf[]): KeyCells {
  const range: KeyRange = leaves.find((leaf) => leaf.range)?.range ?? { canBeAbsent: true, isMultivalued: false };
  const distinctions: Distinction[] = leaves.flatMap((leaf) => leaf.tells ?? []);
  const { values, isComplete } = valueSamples(distinctions, range);
  const cells = new Map<string, Cell>();
  const add = (state: KnownValues): boolean => {
    const outcomes = leaves.map((leaf) => outcomeOf(leaf, state));
    const vector = outcomes.map((outcome) => (outcome === undefined ? '?' : Number(outcome))).join('');
    if (cells.has(vector)) {
      return false;
    }
    cells.set(vector, { values: state, outcomes });
    return true;
  };
  const singles = values.filter((value) => add([value]) || range.isMultivalued);
  const isWhole = !range.isMultivalued || addSets(singles, add);
  if (range.canBeAbsent) {
    add(null);
  }
  const all = [...cells.values()];
  return { cells: all, isComplete: isComplete && isWhole, isOpen: all.some(({ outcomes }) => outcomes.includes(undefined)) };
}

export function outcomeOf(leaf: Leaf, values: KnownValues): boolean | undefined {
  return leaf.isAbsence ? values === null || values.length === 0 : leaf.outcome?.(values);
}

/** Sets of several values, as long as they come out in new ways; false when there are too many. */
function addSets(singles: readonly string[], add: (values: readonly string[]) => boolean): boolean {
  let frontier: ReadonlyArray<readonly string[]> = singles.map((value) => [value]);
  let count = 0;
  while (frontier.length > 0) {
    const next: string[][] = [];
    for (const set of frontier) {
      for (const value of singles) {
        const more = [...set, value];
        if (!set.includes(value) && add(more)) {
          next.push(more);
        }
        if (++count > MAX_SETS * 8) {
          return false;
        }
      }
    }
    frontier = next;
  }
  return true;
}
