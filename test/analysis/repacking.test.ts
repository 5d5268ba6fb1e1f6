import * as fc from 'fast-check';
import { lowerBound, maxStatementBytes, policySize } from '../../src/analysis/packing';
import { PolicyStatementJson } from '../../src/analysis/policy-document';
import { documentOf, repackStatements, StatementGroup } from '../../src/analysis/repacking';

const EMPTY: PolicyStatementJson = { Effect: 'Deny', Action: '', Resource: '*' };

/** A statement of so many bytes. */
function sized(bytes: number, letter = 'x', more: Partial<PolicyStatementJson> = {}): PolicyStatementJson {
  const empty = { ...EMPTY, ...more };
  return { ...empty, Action: letter.repeat(bytes - Buffer.byteLength(JSON.stringify(empty))) };
}

const same = (one: PolicyStatementJson, other: PolicyStatementJson): boolean => one === other;
const repack = (statements: readonly PolicyStatementJson[], maxBytes: number, former: readonly StatementGroup[] = []) => (
  repackStatements(statements, former, maxBytes, (index) => `new-${index}`, same)
);
const statements = fc.array(fc.integer({ min: 60, max: 400 }).map((bytes) => sized(bytes)), { minLength: 1, maxLength: 20 });

test('the lower bound to the byte: two statements of 100 bytes need 38 + 2 * 101 bytes', () => {
  const two = [sized(100), sized(100)];
  expect(policySize(documentOf(two))).toBe(38 + 2 * 101);
  expect(lowerBound(two, 240)).toBe(1);
  expect(lowerBound(two, 239)).toBe(2);
  expect(maxStatementBytes(240)).toBe(240 - 39);
  expect(policySize(documentOf([sized(maxStatementBytes(240))]))).toBe(240);
  expect(lowerBound([], 240)).toBe(0);
});

test('each statement is in one policy, none is too large, and no fewer are used than the lower bound says', () => {
  fc.assert(fc.property(statements, fc.integer({ min: 500, max: 2_000 }), (all, maxBytes) => {
    const { groups, problems } = repack(all, maxBytes);
    expect(problems).toEqual([]);
    expect(groups.flatMap((group) => group.statements).length).toBe(all.length);
    expect(new Set(groups.flatMap((group) => group.statements))).toEqual(new Set(all));
    groups.forEach((group) => expect(policySize(documentOf(group.statements))).toBeLessThanOrEqual(maxBytes));
    expect(groups.length).toBeGreaterThanOrEqual(lowerBound(all, maxBytes));
    // Never much more than can be: 11/9 of the fewest and one.
    expect(groups.length).toBeLessThanOrEqual(Math.ceil((11 / 9) * bruteForce(all, maxBytes)) + 1);
  }), { seed: 20261122, numRuns: 200 });
});

/** A bound that is met by any packing: halves of policies. */
function bruteForce(all: readonly PolicyStatementJson[], maxBytes: number): number {
  return Math.max(lowerBound(all, maxBytes), all.filter((one) => JSON.stringify(one).length * 2 > maxBytes).length);
}

test('the largest come first, so that a gap is filled which the order of declaration would leave', () => {
  const all = [sized(100, 'a'), sized(100, 'b'), sized(200, 'c'), sized(200, 'd')];
  expect(repack(all, 38 + 302).groups.map((group) => group.statements)).toEqual([[all[0], all[2]], [all[1], all[3]]]);
});

test('policies keep the names of those they have most of; more get new names', () => {
  const [a, b, c, d] = [sized(300, 'a'), sized(200, 'b'), sized(150, 'c'), sized(90, 'd')];
  const former = [{ name: 'small', statements: [d] }, { name: 'first', statements: [b, c] }, { name: 'second', statements: [a] }];
  expect(repack([d, b, c, a], 38 + 302 + 100, former).groups.map(({ name, statements: own }) => [name, own])).toEqual([['second', [d, a]], ['first', [b, c]]]);
  expect(repack([a, b, c], 38 + 302, [{ name: 'only', statements: [a, b, c] }]).groups.map(({ name }) => name)).toEqual(['only', 'new-1', 'new-2']);
});

test('one Sid is never twice in a policy, and what is too large is said', () => {
  const twice = [sized(100, 'a', { Sid: 'X' }), sized(100, 'b', { Sid: 'X' })];
  expect(repack(twice, 1_000).groups).toHaveLength(2);
  expect(repack([sized(100), sized(300, 'b', { Sid: 'Huge' })], 200)).toMatchObject({
    groups: [{ statements: [{}] }], problems: ['statement Huge alone makes a policy of 339 bytes, 200 are allowed: split it into smaller parts'],
  });
});
