import { readFileSync } from 'fs';
import * as path from 'path';
import { brotliDecompressSync } from 'zlib';
import * as fc from 'fast-check';
import { naivelyAllowed } from './naive-evaluation';
import { OWN, requestCase, statement } from './random-requests';
import { ActionIndex, ActionIndexJson } from '../../src/analysis/actions/action-index';
import { compare, Comparison } from '../../src/analysis/compare';
import { Context } from '../../src/analysis/context';
import { covers, testsOf } from '../../src/analysis/covering';
import { differences } from '../../src/analysis/equivalence';
import { setKeysOf } from '../../src/analysis/judge';
import {
  MergeOptions, mergeStatements, uniteActions, uniteConditionValues, uniteResources, withoutCovered, withoutCoveredStatements, withoutRepetitions, withoutSid, withSingleValues,
} from '../../src/analysis/merging';
import { AccountPolicies, PolicyStatementJson } from '../../src/analysis/policy-document';

/** Some services of the index that comes with the package: enough for the actions that are random, and a hundred times faster than all. */
const INDEX = (() => {
  const json = JSON.parse(brotliDecompressSync(readFileSync(path.join(__dirname, '../../assets/action-index/actions.json.br'))).toString()) as ActionIndexJson;
  return new ActionIndex({ ...json, services: json.services.filter(({ name }) => ['s3', 'sqs', 'sts'].includes(name)) });
})();

const FULL: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };

/** An account whose one level has these statements; full access beside them where they only deny. */
function accountOf(statements: readonly PolicyStatementJson[]): AccountPolicies {
  const isGate = statements.some(({ Effect }) => Effect === 'Allow');
  return {
    account: { id: OWN, name: 'own', isManagement: false },
    organizationId: 'o-example',
    organizationPath: 'o-example/r-ab12/',
    serviceControl: [{ level: 'Root', policies: [{ name: 'p', document: { Version: '2012-10-17', Statement: isGate ? statements : [{ ...FULL, Action: ['*'], Resource: ['*'] }, ...statements] } }] }],
    resourceControl: [],
    unknown: [],
  };
}

const SAME = { changes: [], undecided: [] };

function found(comparison: Comparison): Pick<Comparison, 'changes' | 'undecided'> {
  return { changes: comparison.changes, undecided: comparison.undecided };
}

/** The whole comparison, and the one by parts, of two lists of statements. */
function compared(before: readonly PolicyStatementJson[], after: readonly PolicyStatementJson[]): Array<Pick<Comparison, 'changes' | 'undecided'>> {
  return [compare, differences].map((way) => found(way(accountOf(before), accountOf(after), INDEX)));
}

function options(statements: readonly PolicyStatementJson[]): MergeOptions {
  const context = new Context(new Map(), setKeysOf({ action: '*' }, accountOf(statements)));
  return { isKept: () => false, keepSids: false, maxBytes: 5_000, isMultivalued: (key) => context.isMultivalued(key) };
}

/** Statements that are alike but for one element, as in policies that grew; and some that have nothing to do with them. */
const relatives = fc.constantFrom<ReadonlyArray<'Allow' | 'Deny'>>(['Deny'], ['Deny'], ['Allow']).chain((effect) => (
  fc.tuple(statement(effect), fc.array(fc.tuple(statement(effect), fc.constantFrom('actions', 'resources', 'condition', 'value', 'value', 'nothing', 'all')), { minLength: 1, maxLength: 3 }))
)).map(([base, others]) => [base, ...others.map(([other, part]): PolicyStatementJson => {
  const { Action, NotAction, Resource, NotResource, Condition } = base;
  switch (part) {
    case 'actions': return withoutUndefined({ ...other, Resource, NotResource, Condition });
    case 'resources': return withoutUndefined({ ...other, Action, NotAction, Condition });
    case 'condition': return withoutUndefined({ ...base, Condition: other.Condition });
    case 'value': return anotherValue(base, other);
    case 'nothing': return { ...base };
    default: return other;
  }
})]).map((statements) => statements.map((one, index): PolicyStatementJson => ({ ...one, Sid: `S${index}` }))).filter((statements) => !JSON.stringify(statements).includes('*:?'));

function withoutUndefined(statementWith: PolicyStatementJson): PolicyStatementJson {
  return JSON.parse(JSON.stringify(statementWith)) as PolicyStatementJson;
}

/** The first test of the condition has the values of a test of the other's, or the last of its own. */
function anotherValue(base: PolicyStatementJson, other: PolicyStatementJson): PolicyStatementJson {
  const [first] = testsOf(base.Condition);
  if (!first) {
    return base;
  }
  const values = testsOf(other.Condition).find(({ key }) => key === first.key)?.values ?? first.values.slice(-1);
  return { ...base, Condition: { ...base.Condition, [first.operator]: { ...base.Condition![first.operator], [first.key]: values } } };
}

type Rewriting = (statements: readonly PolicyStatementJson[]) => readonly PolicyStatementJson[];

const REWRITINGS: ReadonlyArray<readonly [string, Rewriting]> = [
  ['withoutSid', (statements) => statements.map(withoutSid)],
  ['withSingleValues', (statements) => statements.map(withSingleValues)],
  ['withoutRepetitions', (statements) => {
    const repeated = statements.map((one) => (one.Action === undefined ? one : { ...one, Action: [...one.Action, ...one.Action].map((action, index) => (index % 2 ? action.toUpperCase() : action)) }));
    return repeated.map((one) => withoutRepetitions(one, options(statements).isMultivalued));
  }],
  ['withoutCovered', (statements) => statements.map(withoutCovered)],
  ['uniteActions', (statements) => uniteActions(statements, options(statements))],
  ['uniteResources', (statements) => uniteResources(statements, options(statements))],
  ['uniteConditionValues', (statements) => uniteConditionValues(statements, options(statements))],
  ['withoutCoveredStatements', (statements) => withoutCoveredStatements(statements, [], options(statements))],
  ['mergeStatements', (statements) => mergeStatements(statements, options(statements))],
];

describe.each(REWRITINGS)('%s', (_, rewrite) => {
  test('preserves the meaning of random policies', () => {
    let rewritten = 0;
    fc.assert(fc.property(relatives, (statements) => {
      const after = rewrite(statements);
      rewritten += JSON.stringify(after) === JSON.stringify(statements) ? 0 : 1;
      expect(compared(statements, after)).toEqual([SAME, SAME]);
    }), { seed: 20261122, numRuns: Number(process.env.LZ_RUNS ?? 80) });
    // A rewriting that is never done preserves everything.
    expect(rewritten).toBeGreaterThan(10);
  });
});

/** The naive reading takes lists only. */
function withLists(one: PolicyStatementJson): PolicyStatementJson {
  const mapped = (object: object, of: (value: any, key: string) => unknown): object => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, of(value, key)]));
  const tests = (condition: object): object => mapped(condition, (keys) => mapped(keys, (values) => [values].flat()));
  return mapped(one, (value, element) => (element === 'Condition' ? tests(value) : ['Sid', 'Effect'].includes(element) ? value : [value].flat())) as PolicyStatementJson;
}

const RUNS = Number(process.env.LZ_RUNS ?? 700);

test('a second, naive reading of random requests sees no difference', () => {
  const seen = { allowed: 0, denied: 0, rewritten: 0 };
  fc.assert(fc.property(relatives, requestCase, (statements, { completions }) => {
    const after = mergeStatements(statements, options(statements));
    seen.rewritten += after.length < statements.length ? 1 : 0;
    const [old, current] = [statements, after].map((some) => accountOf(some.map(withLists)));
    for (const request of completions.slice(0, 40)) {
      const outcome = naivelyAllowed(request, old);
      expect(naivelyAllowed(request, current)).toBe(outcome);
      seen[outcome ? 'allowed' : 'denied'] += 1;
    }
  }), { seed: 20261122, numRuns: RUNS });
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(RUNS / 2);
  expect(seen.rewritten).toBeGreaterThan(RUNS / 5);
});

const DENY: PolicyStatementJson = { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' };
const ofOrders = 'arn:aws:s3:::orders/*';
const ofReports = 'arn:aws:s3:::reports/*';

describe('what is not done, because it changes the meaning: each is reported, as a whole and by parts', () => {
  const when = (operator: string, values: string | readonly string[], key = 'aws:PrincipalTag/team'): PolicyStatementJson => ({ ...DENY, Condition: { [operator]: { [key]: values } } });
  test.each<[string, PolicyStatementJson[], PolicyStatementJson, 'allowed' | 'denied']>([
    ['NotResource', [{ Effect: 'Deny', Action: 's3:PutObject', NotResource: ofOrders }, { Effect: 'Deny', Action: 's3:PutObject', NotResource: ofReports }],
      { Effect: 'Deny', Action: 's3:PutObject', NotResource: [ofOrders, ofReports] }, 'allowed'],
    ['NotAction', [{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }, { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
      { Effect: 'Deny', NotAction: ['s3:*', 'iam:*'], Resource: '*' }, 'allowed'],
    ['a negated operator', [when('StringNotEquals', 'a'), when('StringNotEquals', 'b')], when('StringNotEquals', ['a', 'b']), 'allowed'],
    ['a negated operator of ARNs', [when('ArnNotLike', 'arn:aws:iam::*:role/a', 'aws:PrincipalArn'), when('ArnNotLike', 'arn:aws:iam::*:role/b', 'aws:PrincipalArn')],
      when('ArnNotLike', ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'], 'aws:PrincipalArn'), 'allowed'],
    ['ForAllValues', [when('ForAllValues:StringEquals', 'a', 'aws:TagKeys'), when('ForAllValues:StringEquals', 'b', 'aws:TagKeys')],
      when('ForAllValues:StringEquals', ['a', 'b'], 'aws:TagKeys'), 'denied'],
    ['a list for its wildcard', [{ ...DENY, Action: ['s3:PutObject', 's3:PutObjectAcl'] }], { ...DENY, Action: 's3:PutObject*' }, 'denied'],
    ['two elements at once', [{ ...DENY, Resource: ofOrders }, { ...DENY, Action: 's3:GetObject', Resource: ofReports }],
      { ...DENY, Action: ['s3:PutObject', 's3:GetObject'], Resource: [ofOrders, ofReports] }, 'denied'],
  ])('%s', (_, before, wrong, direction) => {
    for (const { changes } of compared(before, [wrong])) {
      expect(changes.length).toBeGreaterThan(0);
      expect(new Set(changes.map((change) => change.direction))).toEqual(new Set([direction]));
    }
    expect(mergeStatements(before, options(before))).not.toContainEqual(wrong);
    expect(compared(before, mergeStatements(before, options(before)))).toEqual([SAME, SAME]);
  });

  test('a list becomes a wildcard that has no other action today: tomorrow is told', () => {
    const all = INDEX.matching('sqs:Receive*').map((at) => INDEX.actions[at]);
    const [{ changes }] = compared([{ ...DENY, Action: all }], [{ ...DENY, Action: 'sqs:Receive*' }]);
    expect(changes.map(({ isFuture, direction }) => [isFuture, direction])).toEqual([[true, 'denied']]);
  });
});

test('a merged statement is no larger than a policy allows', () => {
  const many = Array.from({ length: 40 }, (_, index): PolicyStatementJson => ({ ...DENY, Action: `s3:Put${'x'.repeat(40)}${index}` }));
  const merged = mergeStatements(many, { ...options(many), maxBytes: 600 });
  expect(merged.length).toBeGreaterThan(1);
  expect(Math.max(...merged.map((one) => JSON.stringify(one).length))).toBeLessThanOrEqual(600);
  expect(merged.flatMap(({ Action }) => Action)).toEqual(many.map(({ Action }) => Action));
});

test('statements that are kept stay to the letter, and what they say is not said twice', () => {
  const kept: PolicyStatementJson = { Sid: 'LZS31', Effect: 'Deny', Action: ['s3:Put*'], Resource: ['*'] };
  const statements = [{ ...DENY, Sid: 'Mine' }, kept, { ...DENY, Sid: 'Other', Action: 's3:GetObject' }];
  expect(mergeStatements(statements, { ...options(statements), isKept: ({ Sid }) => Sid === 'LZS31' })).toEqual([kept, { ...DENY, Action: 's3:GetObject' }]);
});

test('an Allow and a Deny have nothing in common', () => {
  const statements: PolicyStatementJson[] = [FULL, { ...DENY, Effect: 'Allow' }, DENY];
  expect(mergeStatements(statements, options(statements))).toEqual([FULL, DENY]);
});

test('Sids are kept where asked for; a merged statement has the first one', () => {
  const statements = [{ Sid: 'A', ...DENY }, { Sid: 'B', ...DENY, Action: 's3:GetObject' }, { Sid: 'C', ...DENY, Action: 's3:DeleteObject', Condition: { Null: { 'aws:SourceVpc': true } } }];
  expect(mergeStatements(statements, { ...options(statements), keepSids: true }).map(({ Sid }) => Sid)).toEqual(['A', 'C']);
  expect(JSON.stringify(mergeStatements(statements, options(statements)))).not.toContain('Sid');
});

test('spelling, order and repetition do not keep statements apart; what is written first stays as it was written', () => {
  const one: PolicyStatementJson = { Sid: 'One', Effect: 'Deny', Action: ['s3:PutObject', 'S3:putobject'], Resource: ['*'], Condition: { StringEquals: { 'aws:PrincipalTag/a': ['x', 'y'] } } };
  const other: PolicyStatementJson = { Effect: 'Deny', Resource: '*', Action: 's3:GetObject', Condition: { StringEquals: { 'aws:PrincipalTag/a': ['y', 'x', 'x'] } } };
  expect(mergeStatements([one, other], options([one, other]))).toEqual([
    { Effect: 'Deny', Action: ['s3:PutObject', 's3:GetObject'], Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/a': ['x', 'y'] } } },
  ]);
});

test('values of a key that may have several are left alone', () => {
  const plain = (key: string, value: string): PolicyStatementJson => ({ ...DENY, Condition: { StringEquals: { [key]: value } } });
  const set: PolicyStatementJson = { ...DENY, Action: 's3:GetObject', Condition: { 'ForAnyValue:StringEquals': { 'aws:principaltag/team': 'z' } } };
  const teams = ['a', 'b'].map((value) => plain('aws:PrincipalTag/team', value));
  expect(mergeStatements(teams, options(teams))).toHaveLength(1);
  expect(mergeStatements([...teams, set], options([set]))).toHaveLength(3);
  const keys = ['a', 'b'].map((value) => plain('aws:TagKeys', value));
  expect(mergeStatements(keys, options(keys))).toHaveLength(2);
});

test('merging again changes nothing', () => {
  fc.assert(fc.property(relatives, (statements) => {
    const once = mergeStatements(statements, options(statements));
    expect(mergeStatements(once, options(statements))).toEqual(once);
  }), { seed: 20261122, numRuns: 300 });
});

describe('one statement covers another', () => {
  const none = (): boolean => false;
  const region = (operator: string, ...values: string[]): PolicyStatementJson => ({ ...DENY, Condition: { [operator]: { 'aws:RequestedRegion': values } } });
  test.each<[string, PolicyStatementJson, PolicyStatementJson, boolean]>([
    ['fewer actions', { ...DENY, Action: 's3:*' }, DENY, true],
    ['more actions', DENY, { ...DENY, Action: 's3:*' }, false],
    ['actions that are not spared', { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' }, DENY, true],
    ['actions that are spared', { Effect: 'Deny', NotAction: ['iam:*', 's3:Put*'], Resource: '*' }, DENY, false],
    ['a part of a bucket', { ...DENY, Resource: 'arn:aws:s3:::*' }, { ...DENY, Resource: [ofOrders, ofReports] }, true],
    ['a bucket of a variable', { ...DENY, Resource: 'arn:aws:s3:::*' }, { ...DENY, Resource: 'arn:aws:s3:::${aws:PrincipalAccount}' }, false],
    ['all resources but one', DENY, { Effect: 'Deny', Action: 's3:PutObject', NotResource: ofOrders }, true],
    ['a condition more', DENY, region('StringEquals', 'eu-west-1'), true],
    ['a condition less', region('StringEquals', 'eu-west-1'), DENY, false],
    ['fewer values', region('StringEquals', 'eu-west-1', 'eu-north-1'), region('StringEquals', 'eu-north-1'), true],
    ['a value of a pattern', region('StringLike', 'eu-*'), region('StringLike', 'eu-north-1'), true],
    ['more values spared', region('StringNotEquals', 'eu-west-1'), region('StringNotEquals', 'eu-west-1', 'eu-north-1'), true],
    ['fewer values spared', region('StringNotEquals', 'eu-west-1', 'eu-north-1'), region('StringNotEquals', 'eu-west-1'), false],
    ['numbers in another order', { ...DENY, Condition: { NumericLessThan: { 's3:max-keys': ['5', '9'] } } }, { ...DENY, Condition: { NumericLessThan: { 's3:max-keys': '5' } } }, false],
    ['another effect', { ...DENY, Effect: 'Allow' }, DENY, false],
  ])('%s', (_, wider, one, expected) => {
    expect(covers(wider, one, none)).toBe(expected);
    const [whole] = compared([wider, one], [wider]);
    if (expected) expect(whole).toEqual(SAME);
  });
});
