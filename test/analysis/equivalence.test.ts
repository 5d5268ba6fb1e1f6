import { readFileSync } from 'fs';
import * as path from 'path';
import { brotliDecompressSync } from 'zlib';
import * as fc from 'fast-check';
import { OWN, statement } from './random-requests';
import { ActionIndex, ActionIndexJson } from '../../src/analysis/actions/action-index';
import { compare } from '../../src/analysis/compare';
import { differences } from '../../src/analysis/equivalence';
import { AccountPolicies, NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';

const INDEX = (() => {
  const json = JSON.parse(brotliDecompressSync(readFileSync(path.join(__dirname, '../../assets/action-index/actions.json.br'))).toString()) as ActionIndexJson;
  return new ActionIndex({ ...json, services: json.services.filter(({ name }) => ['s3', 'sqs', 'sts'].includes(name)) });
})();

type Statements = readonly PolicyStatementJson[];

const ALLOW: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };
const FULL: NamedPolicy = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: ALLOW } };
const named = (name: string, statements: Statements): NamedPolicy => ({ name, document: { Version: '2012-10-17', Statement: statements } });

function account(root: Statements, own: Statements, rcp: Statements = []): AccountPolicies {
  return {
    account: { id: OWN, name: 'own', isManagement: false },
    organizationId: 'o-example',
    organizationPath: 'o-example/r-ab12/',
    serviceControl: [{ level: 'Root', policies: [FULL, named('root', root)] }, { level: 'Root/own', policies: [...own.some(({ Effect }) => Effect === 'Allow') ? [] : [FULL], named('own', own)] }],
    resourceControl: [{ level: 'Root', policies: [named('rcp', rcp)] }],
    unknown: [],
  };
}

const random = fc.array(statement(['Deny', 'Deny', 'Deny', 'Allow']), { maxLength: 3 }).filter((statements) => !JSON.stringify(statements).includes('*:?'));
const denies = fc.array(statement(['Deny']), { maxLength: 2 }).filter((statements) => !JSON.stringify(statements).includes('*:?'));

/** What might be done to statements, right or wrong. */
const TAMPERINGS: ReadonlyArray<(statements: Statements) => Statements> = [
  (statements) => [...statements].reverse(),
  (statements) => statements.slice(1),
  (statements) => [...statements, ...statements.slice(0, 1).map((one) => ({ ...one, Sid: 'Copy' }))],
  (statements) => statements.map((one, index) => (index === 0 && one.Action !== undefined ? { ...one, Action: 's3:*' } : one)),
  (statements) => statements.map((one, index) => (index === 0 && one.Resource !== undefined ? { ...one, Resource: '*' } : one)),
  (statements) => statements.map(({ Condition, ...one }, index) => (index === 0 ? one : { ...one, ...(Condition && { Condition }) })),
  (statements) => [...statements, { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
];

test('by parts it is equal exactly where the whole is, and every change is one', () => {
  const seen = { same: 0, changed: 0 };
  fc.assert(fc.property(random, random, denies, fc.constantFrom('root', 'own', 'rcp', 'all'), fc.constantFrom(...TAMPERINGS), (root, own, rcp, where, tamper) => {
    const of = (name: string, statements: Statements): Statements => (where === name || where === 'all' ? tamper(statements) : statements);
    const [before, after] = [account(root, own, rcp), account(of('root', root), of('own', own), of('rcp', rcp).map((one) => ({ ...one, Principal: '*' as const })))];
    const whole = compare(before, after, INDEX);
    const parts = differences(before, after, INDEX);
    if (whole.undecided.length === 0) {
      expect(parts.undecided).toEqual([]);
      expect(parts.changes.length > 0).toBe(whole.changes.length > 0);
      seen[whole.changes.length > 0 ? 'changed' : 'same'] += 1;
    }
    expect(whole.changes.map(({ direction }) => direction)).toEqual(expect.arrayContaining([...new Set(parts.changes.map(({ direction }) => direction))]));
    parts.changes.forEach(({ reasons }) => expect(reasons.length).toBeGreaterThan(0));
  }), { seed: 20261122, numRuns: 120 });
  expect(Math.min(seen.same, seen.changed)).toBeGreaterThan(20);
});

test('a change that something else hides is none', () => {
  const deny: PolicyStatementJson = { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' };
  const all: PolicyStatementJson = { Effect: 'Deny', NotAction: 'sqs:*', Resource: '*' };
  expect(differences(account([deny, all], []), account([{ ...deny, Action: 's3:Get*' }, all], []), INDEX)).toMatchObject({ changes: [], undecided: [] });
  expect(differences(account([deny], []), account([{ ...deny, Action: 's3:Get*' }], []), INDEX).changes).not.toEqual([]);
});

test('a key of several values anywhere is one everywhere: parts know it', () => {
  const plain = (...values: string[]): PolicyStatementJson => ({ Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': values } } });
  const set: PolicyStatementJson = { Effect: 'Deny', Action: 's3:GetObject', Resource: '*', Condition: { 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': 'z' } } };
  expect(differences(account([plain('a'), plain('b')], []), account([plain('a', 'b')], []), INDEX)).toMatchObject({ changes: [], undecided: [] });
  // What AWS does with several values is not documented: it is not certain any more.
  const open = differences(account([plain('a'), plain('b'), set], []), account([plain('a', 'b'), set], []), INDEX);
  expect(open).toMatchObject({ changes: [], undecided: [{ direction: 'allowed' }, { direction: 'denied' }] });
});

test('what is not known on both sides takes no part; what is not known on one does', () => {
  const deny: PolicyStatementJson = { Effect: 'Deny', Action: ['s3:GetObject', 's3:GetObject'], Resource: '*' };
  const unknown = { unknown: ['a policy with a parameter'] };
  const [before, after] = [account([deny], []), account([{ ...deny, Action: 's3:GetObject' }], [])];
  expect(differences({ ...before, ...unknown }, { ...after, ...unknown }, INDEX)).toMatchObject({ changes: [], undecided: [] });
  expect(differences(before, { ...account([], []), ...unknown }, INDEX).undecided).not.toEqual([]);
});

test('what a level does not allow any more is denied, though nothing denies it', () => {
  const allow = (action: string): PolicyStatementJson => ({ Effect: 'Allow', Action: action, Resource: '*' });
  for (const way of [compare, differences]) {
    expect(way(account([], [allow('s3:*'), allow('sqs:*')]), account([], [allow('sqs:*')]), INDEX).changes.map(({ direction }) => direction)).toContain('denied');
    expect(way(account([], [allow('s3:*'), allow('sqs:*')]), account([], [allow('sqs:*'), allow('S3:*')]), INDEX)).toMatchObject({ changes: [], undecided: [] });
  }
});
