import * as fc from 'fast-check';
import { arnLike, resourceMatches } from '../../../src/analysis/arn-glob';
import { textCells } from '../../../src/analysis/domain/text-cells';
import { documentedResource, partByPart, TextPattern, wholeText } from '../../../src/analysis/domain/text-pattern';
import { globMatches, globOf } from '../../../src/analysis/glob';

/** A pattern of the domain, and the plain reading of what it matches. */
interface Read {
  readonly pattern: TextPattern;
  readonly matches: (text: string) => boolean;
}

const RUNS = Number(process.env.LZ_RUNS ?? 400);

/** Every text of so many characters at most. */
function texts(alphabet: string, longest: number): string[] {
  let last = [''];
  const all = [''];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => [...alphabet].map((char) => text + char));
    all.push(...last);
  }
  return all;
}

const kinds: { readonly [kind: string]: (text: string) => Read } = {
  whole: (text) => ({ pattern: wholeText(globOf(text)), matches: (value) => globMatches(globOf(text), value) }),
  ignoringCase: (text) => ({ pattern: wholeText(globOf(text), true), matches: (value) => globMatches(globOf(text.toUpperCase()), value.toUpperCase()) }),
  documented: (text) => ({ pattern: documentedResource(globOf(text)), matches: (value) => resourceMatches(globOf(text), value) === true }),
  parts: (text) => ({ pattern: partByPart(globOf(text)), matches: (value) => arnLike(globOf(text), value) === true }),
};

/** Holds the cells against every text: each cell is real and there once, and none that a text shows is missing. */
function check(within: readonly Read[], patterns: readonly Read[], without: readonly Read[], all: readonly string[]): number {
  const inside = (text: string): boolean => (within.length === 0 || within.some((one) => one.matches(text))) && !without.some((one) => one.matches(text));
  const cellOf = (text: string): string => patterns.map((one) => Number(one.matches(text))).join('');
  const { samples, isComplete } = textCells(...[within, patterns, without].map((list) => list.map(({ pattern }) => pattern)) as [TextPattern[], TextPattern[], TextPattern[]]);
  const cells = samples.map(cellOf);
  expect(isComplete).toBe(true);
  expect(samples.filter((sample) => !inside(sample))).toEqual([]);
  expect(new Set(cells).size).toBe(cells.length);
  const missing = [...new Set(all.filter(inside).map(cellOf))].filter((cell) => !cells.includes(cell));
  expect(missing).toEqual([]);
  return cells.length;
}

const some = (alphabet: string, kind: string, longest = 5): fc.Arbitrary<Read> => (
  fc.array(fc.constantFrom(...alphabet), { maxLength: longest, size: 'max' }).map((chars) => kinds[kind](chars.join('')))
);
const upTo = (one: fc.Arbitrary<Read>, maxLength: number, minLength = 0): fc.Arbitrary<Read[]> => fc.array(one, { minLength, maxLength, size: 'max' });

test.each<[string, string, string]>([
  ['whole', 'ab*?', 'abz'], ['whole', 'ab**', 'abz'], ['whole', 'a:*?', 'a:z'], ['ignoringCase', 'aAb*?', 'aAb'], ['documented', 'a:*?', 'a:z'], ['documented', ':**?', 'a:'],
])('patterns read as %s, of %s: cells of all texts of %s', (kind, alphabet, letters) => {
  const all = texts(letters, letters.length === 2 ? 9 : 6);
  let cells = 0;
  fc.assert(fc.property(upTo(some(alphabet, kind), 2), upTo(some(alphabet, kind), 4, 1), upTo(some(alphabet, kind), 1), (within, patterns, without) => {
    cells += check(within, patterns, without, all);
  }), { numRuns: Math.ceil(RUNS / 4), seed: 20261122 });
  expect(cells).toBeGreaterThan(RUNS / 4);
});

test('kinds together', () => {
  const all = texts('a:', 9);
  const any = fc.constantFrom('whole', 'documented', 'ignoringCase').chain((kind) => some('a:*?', kind));
  fc.assert(fc.property(upTo(any, 2), upTo(any, 4, 1), (within, patterns) => { check(within, patterns, [], all); }), { numRuns: RUNS / 4, seed: 20261122 });
});

test('ARNs part by part: wildcards of the last part alone reach across colons', () => {
  const part = fc.constantFrom('', 'a', '*', '?', 'a*', '*a');
  const arn = fc.tuple(part, part, part, part, part, fc.constantFrom('a', '*', 'a:*', '?', '*:a', '*a', '')).map((parts) => kinds.parts(parts.join(':')));
  const all = texts('a:', 10);
  fc.assert(fc.property(upTo(arn, 1), upTo(arn, 3, 1), (within, patterns) => { check(within, patterns, [], all); }), { numRuns: RUNS / 2, seed: 20261122 });
});

test('characters beyond the basic plane and of other alphabets are one character each', () => {
  check([], ['?', '😀', '😀?', '*é', 'é'].map(kinds.whole), [], texts('😀éz', 1).concat(texts('z', 3), ['😀z', '😀😀', 'zé', 'éé']));
  check([], ['ß*', 'É', 'ς'].map(kinds.ignoringCase), [], ['', 'ß', 'ßa', 'é', 'É', 'x']);
});

test('what is too large is said to be incomplete, and what is given is real all the same', () => {
  const patterns = [...'abcdefghijklmnop'].map((char) => kinds.whole(`*${char}*`));
  const { samples, isComplete } = textCells([], patterns.map(({ pattern }) => pattern));
  expect(isComplete).toBe(false);
  expect(new Set(samples.map((sample) => patterns.map((one) => Number(one.matches(sample))).join(''))).size).toBe(samples.length);
});
