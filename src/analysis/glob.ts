import { remember } from './remember';

/**
 * Patterns with `*` (any characters) and `?` (one character), as the IAM language uses them.
 *
 * A pattern is a list of tokens: a single character stands for itself, `STAR` and `ONE` are the wildcards. So a literal star that a policy
 * variable brought in, or that was written `${*}`, is told from a wildcard.
 */
export const STAR = '**';
export const ONE = '??';

export type Glob = readonly string[];

/** The tokens of a text in which `*` and `?` are wildcards. */
export const globOf: (text: string) => Glob = remember((text) => [...text].map((char) => (char === '*' ? STAR : char === '?' ? ONE : char)));

/** The tokens of a text in which every character stands for itself. */
export function literalOf(text: string): Glob {
  return [...text];
}

export function hasWildcard(glob: Glob): boolean {
  return glob.some((token) => token === STAR || token === ONE);
}

/** The one text a pattern without wildcards matches. */
export function textOf(glob: Glob): string | undefined {
  return hasWildcard(glob) ? undefined : glob.join('');
}

export function lowerCase(glob: Glob): Glob {
  return glob.map((token) => token.toLowerCase());
}

/** Whether the whole text matches, case-sensitively. Linear in text times pattern, whatever the pattern. */
export function globMatches(glob: Glob, text: string): boolean {
  const chars = [...text];
  let position = 0;
  let token = 0;
  let starToken = -1;
  let starPosition = 0;
  while (position < chars.length) {
    if (token < glob.length && glob[token] === STAR) {
      starToken = token++;
      starPosition = position;
    } else if (token < glob.length && (glob[token] === ONE || glob[token] === chars[position])) {
      token++;
      position++;
    } else if (starToken >= 0) {
      token = starToken + 1;
      position = ++starPosition;
    } else {
      return false;
    }
  }
  while (token < glob.length && glob[token] === STAR) {
    token++;
  }
  return token === glob.length;
}

/** How the texts of one pattern relate to another pattern. `unknown` is given up on, never guessed. */
export type GlobRelation = 'inside' | 'disjoint' | 'overlapping' | 'unknown';

const STATE_LIMIT = 5_000;

/** Whether every text of `texts` matches `pattern` (`inside`), none does (`disjoint`), or some do. Exact by product of the two automata. */
export function relate(texts: Glob, pattern: Glob): GlobRelation {
  const exact = textOf(texts);
  if (exact !== undefined) {
    return globMatches(pattern, exact) ? 'inside' : 'disjoint';
  }
  // The plain cases first: one text to match, everything matches, two different beginnings.
  const only = textOf(pattern);
  if (only !== undefined) {
    return globMatches(texts, only) ? 'overlapping' : 'disjoint';
  }
  if (pattern.every((token) => token === STAR)) {
    return 'inside';
  }
  const start = texts.findIndex((token, index) => token !== pattern[index] || token === STAR);
  const [left0, right0] = [texts[start], pattern[start]];
  if (left0 !== undefined && right0 !== undefined && ![STAR, ONE].includes(left0) && ![STAR, ONE].includes(right0)) {
    return 'disjoint';
  }
  const key = `${texts.join('\u0001')}\u0000${pattern.join('\u0001')}`;
  const known = relations.get(key);
  if (known) {
    return known;
  }
  const relation = byProduct(texts, pattern);
  if (relations.size >= MAX_RELATIONS) {
    relations.clear();
  }
  relations.set(key, relation);
  return relation;
}

/** The same few patterns meet again for every request: what was found out is kept, so many at most. */
const relations = new Map<string, GlobRelation>();
const MAX_RELATIONS = 10_000;

/** What one state of both automata settles is not followed further: a text of which the pattern matches no continuation, or every one. */
function byProduct(texts: Glob, pattern: Glob): GlobRelation {
  const alphabet = [...new Set([...texts, ...pattern].filter((token) => token !== STAR && token !== ONE)), ''];
  const seen = new Set<string>();
  const queue: Array<[number[], number[]]> = [[closure(texts, [0]), closure(pattern, [0])]];
  const matchesAll = (positions: readonly number[]): boolean => pattern[pattern.length - 1] === STAR && positions.includes(pattern.length - 1);
  let some = false;
  let all = true;
  while (queue.length > 0 && !(some && !all)) {
    const [left, right] = queue.pop()!;
    if (right.length === 0 || matchesAll(right)) {
      some ||= right.length > 0;
      all &&= right.length > 0;
      continue;
    }
    const id = `${left.join()}|${right.join()}`;
    if (seen.has(id)) {
      continue;
    }
    seen.add(id);
    if (seen.size > STATE_LIMIT) {
      return 'unknown';
    }
    if (left.includes(texts.length)) {
      const accepted = right.includes(pattern.length);
      some ||= accepted;
      all &&= accepted;
    }
    for (const char of alphabet) {
      const next = step(texts, left, char);
      if (next.length > 0) {
        queue.push([next, step(pattern, right, char)]);
      }
    }
  }
  return !all ? (some ? 'overlapping' : 'disjoint') : 'inside';
}

/** The positions reachable without reading: a star may stand for nothing. Both lists in order. */
function closure(glob: Glob, positions: readonly number[]): number[] {
  const result: number[] = [];
  let last = -1;
  for (const position of positions) {
    let reached = position;
    while (true) {
      if (reached > last) {
        result.push(reached);
        last = reached;
      }
      if (glob[reached] !== STAR) {
        break;
      }
      reached += 1;
    }
  }
  return result;
}

/** The positions after reading one character; the empty one stands for any character that neither pattern names. */
function step(glob: Glob, positions: readonly number[], char: string): number[] {
  const next: number[] = [];
  for (const position of positions) {
    const token = glob[position];
    if (token === STAR) {
      next.push(position);
    } else if (token === ONE || (token !== undefined && token === char)) {
      next.push(position + 1);
    }
  }
  return closure(glob, next);
}
