import { Expression, not } from './expression';
import { solve } from './solve';

/** The values an expression can take when its open tests go every way they can. */
export interface Outcomes {
  readonly canBeTrue: boolean;
  readonly canBeFalse: boolean;
}

/**
 * Which outcomes there are, over all values of all keys. What AWS does not say may come out either way, and so may what a search was given up on:
 * both outcomes are then reported, never a wrong single one.
 */
export function outcomes(expression: Expression): Outcomes {
  return { canBeTrue: isPossible(expression), canBeFalse: isPossible(not(expression)) };
}

export function isPossible(expression: Expression): boolean {
  return solve(expression, 'possible').kind !== 'none';
}
