import * as fc from 'fast-check';
import { conditionClauses } from '../../../src/analysis/condition';
import { Context } from '../../../src/analysis/context';
import { KeyRange } from '../../../src/analysis/domain/distinction';
import { keyCells, outcomeOf } from '../../../src/analysis/domain/key-cells';
import { Leaf, leaves } from '../../../src/analysis/expression';
import { ConditionJson } from '../../../src/analysis/policy-document';

const RUNS = Number(process.env.LZ_RUNS ?? 500);
const settings = { numRuns: RUNS, seed: 20261122 };
const KEY = 'x:k';

/** The leaves of conditions on one open key, each once. */
function testsOf(conditions: readonly ConditionJson[], setKeys: readonly string[] = []): Leaf[] {
  const context = new Context(new Map(), setKeys);
  const all = conditions.flatMap((condition) => conditionClauses(condition, context, true).flatMap(({ expression }) => leaves(expression)));
  return [...new Map(all.map((leaf) => [leaf.id, leaf])).values()];
}

const vector = (tests: readonly Leaf[], values: readonly string[] | null): string => tests.map((test) => String(outcomeOf(test, values) ?? '?').slice(0, 1)).join('');

function check(tests: readonly Leaf[], states: ReadonlyArray<readonly string[] | null>): void {
  const { cells, isComplete, isOpen } = keyCells(tests);
  const found = cells.map(({ values }) => vector(tests, values));
  expect(cells.map(({ outcomes }) => outcomes.map((outcome) => String(outcome ?? '?').slice(0, 1)).join(''))).toEqual(found);
  expect(isComplete).toBe(true);
  expect(isOpen).toBe(found.some((one) => one.includes('?')));
  expect(new Set(found).size).toBe(found.length);
  const known = new Set(found);
  expect(states.filter((state) => !known.has(vector(tests, state)))).toEqual([]);
}

const values = fc.uniqueArray(fc.constantFrom('', 'a', 'b', 'ab', 'c', 'a*', '*b', '?', '*'), { minLength: 1, maxLength: 3 });
const TEXTS = ['', 'a', 'b', 'c', 'ab', 'aa', 'z', 'zb', 'A'];

/** All sets of so many texts at most. */
function sets(longest: number): string[][] {
  let last: string[][] = [[]];
  const all: string[][] = [];
  for (let size = 1; size <= longest; size++) {
    last = last.flatMap((set) => TEXTS.slice(set.length === 0 ? 0 : TEXTS.indexOf(set[set.length - 1]) + 1).map((text) => [...set, text]));
    all.push(...last);
  }
  return all;
}

test('several values: all sets of up to five texts, by set operators, Null, and operators without a set', () => {
  const operator = fc.tuple(
    fc.constantFrom('ForAnyValue:', 'ForAllValues:', 'ForAnyValue:', 'ForAllValues:', ''),
    fc.constantFrom('StringLike', 'StringNotLike', 'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'), fc.constantFrom('', 'IfExists'),
  ).map((parts) => parts.join(''));
  const condition = fc.oneof({ weight: 8, arbitrary: fc.tuple(operator, values) }, { weight: 1, arbitrary: fc.constant(['Null', ['true']] as [string, string[]]) })
    .map(([name, wanted]): ConditionJson => ({ [name]: { [KEY]: wanted } }));
  const all = [null, [], ...sets(5)];
  fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4, size: 'max' }), (conditions) => {
    const tests = testsOf(conditions, [KEY]);
    if (tests.length > 0) check(tests, all);
  }), settings);
});

test('one value: every text and none', () => {
  const condition = fc.tuple(fc.constantFrom('StringLike', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringLikeIfExists', 'Bool'), values)
    .map(([name, wanted]): ConditionJson => ({ [name]: { [KEY]: wanted } }));
  const all = [null, ...TEXTS.map((text) => [text])];
  fc.assert(fc.property(fc.array(condition, { minLength: 1, maxLength: 4, size: 'max' }), (conditions) => check(testsOf(conditions), all)), settings);
});

test('more ways than are looked at are said to be incomplete', () => {
  const many = [...'abcdefghijklmn'].map((value): ConditionJson => ({ 'ForAnyValue:StringEquals': { [KEY]: value } }));
  expect(keyCells(testsOf(many, [KEY])).isComplete).toBe(false);
});

test('what a key can be is part of what is remembered: the same test of a key that must be there, and of one that may not', () => {
  const tests = testsOf([{ StringEquals: { [KEY]: 'a' } }, { Null: { [KEY]: 'true' } }]);
  const range = { canBeAbsent: false, isMultivalued: false };
  const patterns = tests[0].tells!.flatMap((tells) => (tells.kind === 'text' ? tells.patterns : []));
  const ranges: ReadonlyArray<KeyRange> = [{ ...range, canBeAbsent: true }, range, { ...range, within: patterns }, { ...range, without: patterns }];
  const seen = ranges.map((one) => keyCells(tests.map((leaf) => ({ ...leaf, range: one }))).cells.map(({ values: state }) => state?.join()));
  expect(seen.map((states) => [states.length, states.includes(undefined), states.includes('a')])).toEqual([[3, true, true], [2, false, true], [1, false, true], [1, false, false]]);
});
