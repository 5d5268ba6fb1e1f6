import { conditionClauses } from '../../src/analysis/condition';
import { CONDITION_OPERATORS, conditionOperator } from '../../src/analysis/condition-operator';
import { Context, KeyState } from '../../src/analysis/context';
import { outcomes } from '../../src/analysis/decide';
import { and, leaves } from '../../src/analysis/expression';
import { ConditionJson } from '../../src/analysis/policy-document';

type Answer = true | false | 'open';

function answer(condition: ConditionJson, keys: { [key: string]: string | string[] | null } = {}, variables = true): Answer {
  const states = new Map(Object.entries(keys).map(([key, value]): [string, KeyState] => [
    key.toLowerCase(), value === null ? { kind: 'absent' } : { kind: 'values', values: [value].flat() },
  ]));
  const { canBeTrue, canBeFalse } = outcomes(and(...conditionClauses(condition, new Context(states), variables).map(({ expression }) => expression)));
  return canBeTrue && canBeFalse ? 'open' : canBeTrue;
}

const test1 = (operator: string, wanted: string | string[], value: string | string[] | null | undefined, variables = true): Answer => (
  answer({ [operator]: { 'x:k': wanted } }, value === undefined ? {} : { 'X:K': value }, variables)
);

describe('one value against one value', () => {
  test.each<[string, string, string, boolean]>([
    ['StringEquals', 'a', 'a', true], ['StringEquals', 'a', 'A', false], ['StringEquals', 'a*', 'ab', false], ['StringEquals', 'a*', 'a*', true],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true], ['StringEqualsIgnoreCase', 'a', 'b', false],
    ['StringLike', 'a*c', 'abbc', true], ['StringLike', 'a?c', 'abbc', false], ['StringLike', 'A*', 'abc', false],
    ['NumericEquals', '10', '10.0', true], ['NumericLessThan', '10', '9', true], ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true], ['NumericGreaterThan', '9', '10', true], ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericEquals', '10', 'ten', false], ['NumericLessThan', '10', 'ten', false], ['NumericGreaterThan', '10', 'ten', false],
    ['DateEquals', '2026-01-01', '2026-01-01T00:00:00Z', true], ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
    ['DateLessThanEquals', '2026-01-01T00:00:00+01:00', '2025-12-31T23:00:00Z', true], ['DateGreaterThan', '2026-01-01', '1767225601', true],
    ['DateGreaterThanEquals', '2026-01', '2026-01-01', true], ['DateEquals', '2026-01-01T00:00:00', '2026-01-01T00:00Z', true], ['DateGreaterThan', '2026-01-01', 'soon', false],
    ['Bool', 'true', 'True', true], ['Bool', 'true', 'false', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true], ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
    ['IpAddress', '10.0.0.0/8', '10.255.0.1', true], ['IpAddress', '10.0.0.0/8', '11.0.0.1', false], ['IpAddress', '10.0.0.1', '10.0.0.1', true],
    ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:0:1::9', true], ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
    ['IpAddress', '::/0', '10.0.0.1', false], ['IpAddress', '0.0.0.0/0', '::1', false], ['IpAddress', '0.0.0.0/0', '1.2.3.4', true],
    ['IpAddress', '::ffff:10.0.0.0/104', '::ffff:10.2.3.4', true],
    ['ArnEquals', 'arn:aws:iam::*:role/a', 'arn:aws:iam::1:role/a', true], ['ArnLike', 'arn:aws:iam::*:role/a', 'arn:aws:iam::1:role/A', false],
  ])('%s %s on %s: %s, and its negation the opposite', (operator, wanted, value, expected) => {
    expect(test1(operator, wanted, value)).toBe(expected);
    const negated = operator === 'IpAddress' ? 'NotIpAddress' : operator.replace(/^(String|Numeric|Date|Arn)(Equals|Like)/, '$1Not$2');
    if (negated !== operator && !/(Less|Greater)/.test(operator)) {
      expect(test1(negated, wanted, value)).toBe(!expected);
    }
  });

  test('several values in the policy: one is enough, and a negation wants none', () => {
    expect(test1('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(test1('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
    expect(test1('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
  });

  test('several operators and keys: all must hold', () => {
    const condition = { StringEquals: { 'x:a': '1', 'x:b': '2' }, Bool: { 'x:c': 'true' } };
    expect(answer(condition, { 'x:a': '1', 'x:b': '2', 'x:c': 'true' })).toBe(true);
    expect(answer(condition, { 'x:a': '1', 'x:b': '3', 'x:c': 'true' })).toBe(false);
    expect(answer(condition, { 'x:b': '3' })).toBe(false);
    expect(answer(condition, { 'x:a': '1', 'x:b': '2' })).toBe('open');
  });

  test('keys are the same in any case', () => {
    expect(answer({ ArnLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/a' } }, { 'aws:PrincipalArn': 'arn:aws:iam::1:role/a' })).toBe(true);
  });
});

describe('an absent key', () => {
  const wanted: { [comparison: string]: string } = { Numeric: '1', Date: '2026-01-01', Bool: 'true', IpAddress: '10.0.0.0/8', NotIpAddress: '10.0.0.0/8' };
  test.each(CONDITION_OPERATORS.filter((name) => name !== 'Null'))('%s', (name) => {
    const value = Object.entries(wanted).find(([start]) => name.startsWith(start))?.[1] ?? 'a';
    expect(test1(name, value, null)).toBe(name.includes('Not'));
    expect(test1(`${name}IfExists`, value, null)).toBe(true);
    expect(test1(`ForAllValues:${name}`, value, null)).toBe(true);
    expect(test1(`ForAnyValue:${name}`, value, null)).toBe(false);
    expect(test1(name, value, undefined)).toBe('open');
  });

  test('Null asks for it', () => {
    expect(test1('Null', 'true', null)).toBe(true);
    expect(test1('Null', 'false', null)).toBe(false);
    expect(test1('Null', 'true', 'a')).toBe(false);
    expect(test1('Null', 'false', 'a')).toBe(true);
    expect(test1('Null', 'true', [])).toBe(true);
    expect(test1('Null', 'false', undefined)).toBe('open');
  });
});

describe('keys of several values', () => {
  // The tables of AWS's page of examples for multivalued keys.
  test.each<[string, string[], string[], boolean]>([
    ['ForAllValues:StringLike', ['Created*'], ['CreatedBy', 'CreatedAt'], true],
    ['ForAllValues:StringNotLike', ['key1*'], ['key1:legal'], false],
    ['ForAllValues:StringNotLike', ['key1*'], ['key1:hr', 'key1:personnel'], false],
    ['ForAllValues:StringNotLike', ['key1*'], ['key2:audit'], true],
    ['ForAllValues:StringNotLike', ['key1*'], [], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a'], [''], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a'], false],
  ])('%s %j on %j: %s', (operator, wanted, values, expected) => {
    expect(test1(operator, wanted, values)).toBe(expected);
  });

  test('without a set operator AWS does not say: open, unless all values agree', () => {
    expect(test1('StringEquals', 'a', ['a', 'b'])).toBe('open');
    expect(test1('StringEquals', ['a', 'b'], ['a', 'b'])).toBe(true);
    expect(test1('StringNotEquals', 'c', ['a', 'b'])).toBe(true);
  });
});

describe('policy variables', () => {
  const team = (wanted: string, value: string | null, operator = 'StringEquals'): Answer => (
    answer({ [operator]: { 'x:k': wanted } }, { 'x:k': 'red', 'aws:PrincipalTag/team': value })
  );
  test('are replaced by the value', () => {
    expect(team('${aws:PrincipalTag/team}', 'red')).toBe(true);
    expect(team('${aws:principaltag/TEAM}', 'red')).toBe(true);
    expect(team('${aws:PrincipalTag/team}', 'blue')).toBe(false);
    expect(team('${aws:PrincipalTag/team}*', 'r', 'StringLike')).toBe(true);
  });
  test('bring no wildcards with them', () => {
    expect(team('${aws:PrincipalTag/team}', 'r*', 'StringLike')).toBe(false);
  });
  test('without a value nothing equals them, unless there is a default', () => {
    expect(team('${aws:PrincipalTag/team}', null)).toBe(false);
    expect(team('${aws:PrincipalTag/team}*', null, 'StringLike')).toBe(false);
    expect(team('${aws:PrincipalTag/team}', null, 'StringNotEquals')).toBe(true);
    expect(team('${aws:PrincipalTag/team, \'red\'}', null)).toBe(true);
    expect(team('${aws:PrincipalTag/team, \'red\'}', 'blue')).toBe(false);
  });
  test('of an open key leave the test open, and name both keys', () => {
    const [{ expression }] = conditionClauses({ StringEquals: { 'x:k': '${aws:PrincipalTag/team}' } }, new Context(new Map()), true);
    expect(leaves(expression).flatMap(({ dependsOn }) => dependsOn)).toEqual(['x:k', 'aws:PrincipalTag/team']);
    expect(answer({ StringEquals: { 'x:k': '${aws:PrincipalTag/team}' } }, { 'x:k': 'red' })).toBe('open');
  });
  test('have escapes', () => {
    expect(answer({ StringLike: { 'x:k': 'a${*}' } }, { 'x:k': 'ab' })).toBe(false);
    expect(answer({ StringLike: { 'x:k': 'a${*}' } }, { 'x:k': 'a*' })).toBe(true);
    expect(answer({ StringLike: { 'x:k': '${?}${$}' } }, { 'x:k': '?$' })).toBe(true);
  });
  test('are plain text in policies of 2008, and so is what a template leaves for later', () => {
    expect(answer({ StringEquals: { 'x:k': '${aws:PrincipalTag/team}' } }, { 'x:k': '${aws:PrincipalTag/team}' }, false)).toBe(true);
    expect(answer({ StringEquals: { 'x:k': '${ORG_ID}' } }, { 'x:k': '${ORG_ID}' })).toBe(true);
  });
});

describe('tests of one open key are seen together', () => {
  const denies = (...conditions: ConditionJson[]): Answer => {
    const all = conditions.map((condition) => and(...conditionClauses(condition, new Context(new Map()), true).map(({ expression }) => expression)));
    const { canBeTrue, canBeFalse } = outcomes({ kind: 'or', of: all });
    return canBeTrue && canBeFalse ? 'open' : canBeTrue;
  };
  test.each<[string, ConditionJson, ConditionJson, Answer]>([
    ['complements', { StringEquals: { 'x:k': ['a', 'b'] } }, { StringNotEquals: { 'x:k': ['b', 'a'] } }, true],
    ['no value is both', { StringNotEquals: { 'x:k': 'a' } }, { StringNotEquals: { 'x:k': 'b' } }, true],
    ['present or absent', { Null: { 'x:k': 'true' } }, { Null: { 'x:k': 'false' } }, true],
    ['a value outside a pattern', { StringNotLike: { 'x:k': 'a*' } }, { StringEquals: { 'x:k': 'b' } }, 'open'],
    ['an absent key is a third case', { StringEquals: { 'x:k': 'a' } }, { StringNotEqualsIfExists: { 'x:k': 'b' } }, 'open'],
    ['two keys', { StringEquals: { 'x:k': 'a' } }, { StringNotEquals: { 'x:l': 'a' } }, 'open'],
  ])('%s', (_, one, other, expected) => {
    expect(denies(one, other)).toBe(expected);
  });
  test('what cannot be together is false', () => {
    expect(answer({ StringEquals: { 'x:k': 'a' }, StringNotLike: { 'x:k': 'a*' } })).toBe(false);
    expect(answer({ StringNotLike: { 'x:k': 'a*' }, StringEquals: { 'x:k': 'ab' } })).toBe(false);
    expect(answer({ StringEquals: { 'x:k': 'a' }, Null: { 'x:k': 'true' } })).toBe(false);
    expect(answer({ StringLike: { 'x:k': 'a*' }, Null: { 'x:k': 'true' } })).toBe(false);
    expect(answer({ Null: { 'x:k': 'true' }, StringLike: { 'x:k': 'a*' } })).toBe(false);
    expect(answer({ 'Null': { 'x:k': 'true' }, 'ForAnyValue:StringNotEquals': { 'x:k': 'a' } })).toBe(false);
  });
  test('an absent key passes ForAllValues', () => {
    expect(answer({ 'Null': { 'x:k': 'true' }, 'ForAllValues:StringEquals': { 'x:k': 'a' } })).toBe('open');
    expect(answer({ 'Null': { 'x:k': 'true' }, 'ForAllValues:StringNotEquals': { 'x:k': 'a' } })).toBe('open');
  });
});

test('operators are known by their exact names', () => {
  expect(CONDITION_OPERATORS).toHaveLength(27);
  expect(conditionOperator('ForAnyValue:StringNotLikeIfExists')).toEqual({ comparison: 'like', isNegated: true, ifExists: true, set: 'ForAnyValue' });
  for (const name of ['Stringlike', 'NullIfExists', 'ForSomeValue:StringLike', 'StringEqualsIfExist', '']) {
    expect(conditionOperator(name)).toBeUndefined();
  }
});
