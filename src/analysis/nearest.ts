import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt word most likely means; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: { candidate: string; far: number } | undefined;
  for (const candidate of candidates) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far <= limit && (!best || far < best.far)) best = { candidate, far };
  }
  return best?.candidate;
}
