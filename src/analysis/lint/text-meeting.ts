import { textCells } from '../domain/text-cells';
import { PART_ONE, PART_STAR, TextAutomaton, TextPattern } from '../domain/text-pattern';
import { Glob, ONE, STAR } from '../glob';

/** Texts that a glob matches with wildcards that match no colon. */
export function withoutColons(glob: Glob): TextPattern {
  const tokens = glob.map((token) => (token === STAR ? PART_STAR : token === ONE ? PART_ONE : token));
  return { id: tokens.join('\u0001'), tokens, ignoreCase: false };
}

/** Whether a text that one of some patterns matches is matched by another pattern too; true where it was given up. */
export function canMeet(texts: readonly TextPattern[], pattern: TextPattern): boolean {
  const { samples, isComplete } = textCells(texts, [pattern]);
  return !isComplete || samples.some((text) => new TextAutomaton(pattern).matches(text));
}
