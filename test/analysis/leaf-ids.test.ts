import * as fc from 'fast-check';
import { account, OWN, requestCase } from './random-requests';
import { conditionClauses } from '../../src/analysis/condition';
import { Context, KeyState } from '../../src/analysis/context';
import { KnownValues, Leaf, leaves } from '../../src/analysis/expression';
import { judge } from '../../src/analysis/judge';
import { AccountPolicies, ConditionJson, PolicyDocument, PolicyStatementJson } from '../../src/analysis/policy-document';
import { expand } from '../../src/analysis/policy-variable';
import { findRequest } from '../../src/analysis/witness';

const RUNS = Number(process.env.LZ_RUNS ?? 2_000);

const document = (statements: readonly PolicyStatementJson[], version = '2012-10-17'): PolicyDocument => ({ Version: version, Statement: statements });
const inAccount = (statements: readonly PolicyStatementJson[], more: Partial<AccountPolicies> = {}): AccountPolicies => ({
  account: { id: OWN, name: 'own', isManagement: false },
  organizationId: 'o-example',
  organizationPath: 'o-example/r-ab12/',
  serviceControl: [{ level: 'Root', policies: [{ name: 'p', document: document([{ Effect: 'Allow', Action: '*', Resource: '*' }, ...statements]) }] }],
  resourceControl: [],
  unknown: [],
  ...more,
});
const denyWhen = (Condition: ConditionJson, Resource = '*'): PolicyStatementJson => ({ Effect: 'Deny', Action: '*', Resource, Condition });

describe('one id, one outcome', () => {
  const SAMPLES: readonly KnownValues[] = [
    null, [''], ['a'], ['A'], ['x'], ['x', 'y'], ['z', 'y'], ['', 'x'], ['orders'], ['5'], ['10'], ['15'], ['many'], ['true'], ['false'], ['eu-west-1'], ['us-east-1'], ['10.1.2.3'], ['192.168.0.1'],
    ['2026-01-01T00:00:00Z'], ['2026-06-01T00:00:00Z'], [`arn:aws:iam::${OWN}:role/admin`], [`arn:aws:iam::${OWN}:role/admin-2`], [`arn:aws:sqs:eu-west-1:${OWN}:orders`], ['arn:aws:s3:::orders'],
    ['${aws:PrincipalTag/team}'], [OWN], ['o-example'], ['a,equals|b'],
  ];
  const versions = fc.constantFrom('2012-10-17', '2008-10-17');

  test('of tests of whatever policies, requests and accounts', () => {
    const known = new Map<string, { readonly outcomes: string; readonly leaf: Leaf }>();
    let met = 0;
    const tells = (leaf: Leaf): string[] => (leaf.tells ?? []).map((one) => JSON.stringify(one)).sort();
    const meet = (leaf: Leaf): void => {
      const outcomes = SAMPLES.map((values) => String(leaf.outcome?.(values) ?? '?')).join();
      const first = known.get(leaf.id);
      known.set(leaf.id, first ?? { outcomes, leaf });
      met += first ? 1 : 0;
      expect([leaf.id, first?.outcomes ?? outcomes, first?.leaf.key ?? leaf.key, tells(first?.leaf ?? leaf)]).toEqual([leaf.id, outcomes, leaf.key, tells(leaf)]);
    };
    fc.assert(fc.property(account, requestCase, versions, (policies, { request }, version) => {
      const old = request.identityPolicies?.map(({ name, document: one }) => ({ name, document: { ...one, Version: version } }));
      const facts = judge({ ...request, ...(old && { identityPolicies: old }) }, policies);
      leaves(facts.allowed).forEach(meet);
    }), { numRuns: RUNS, seed: 20261122 });
    expect(known.size).toBeGreaterThan(150);
    expect(met).toBeGreaterThan(RUNS / 4);
  });

  test('of a value with variables: equal ids are equal texts, whatever is known of the variables', () => {
    const names = ['aws:username', 'aws:PrincipalTag/team', 'aws:PrincipalAccount'];
    const piece = fc.constantFrom('', 'a', '*', '?', '${*}', '${aws:username}', '${AWS:UserName}', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/team, \'a\'}', '${aws:PrincipalAccount}', '${aws:username, \'*\'}');
    const template = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
    const value = fc.constantFrom('a', '*', 'b', undefined);
    const state = (text: string | undefined): KeyState => (text === undefined ? { kind: 'absent' } : { kind: 'values', values: [text] });
    const known = fc.array(fc.tuple(fc.nat(2), value), { maxLength: 2 }).map((list) => new Map(list.map(([name, text]) => [names[name].toLowerCase(), state(text)])));
    const rest = fc.tuple(value, value, value).map((list) => list.map((text, index) => [names[index].toLowerCase(), state(text)] as const));
    let equal = 0;
    fc.assert(fc.property(template, template, known, known, rest, (one, other, knownOfOne, knownOfOther, completion) => {
      const [left, right] = [expand(one, new Context(knownOfOne), true), expand(other, new Context(knownOfOther), true)];
      if (left.kind === 'open' && right.kind === 'open' && left.id === right.id) {
        equal += 1;
        expect(expand(one, new Context(new Map([...completion, ...knownOfOne])), true)).toEqual(expand(other, new Context(new Map([...completion, ...knownOfOther])), true));
      }
    }), { numRuns: RUNS * 10, seed: 20261122 });
    expect(equal).toBeGreaterThan(RUNS / 20);
  });
});

/** Two tests whose ids could be mistaken for each other; each question has a request that shows it was not. */
describe('what the same ids would hide is found', () => {
  const request = { action: 'x:Do', principal: 'role/admin' };

  test('the text of a variable in the language of 2008, and the variable', () => {
    const identityPolicies = [{ name: 'i', document: document([{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'x:k': '${aws:PrincipalTag/team}' } } }], '2008-10-17') }];
    const found = findRequest({ ...request, identityPolicies }, [{ account: inAccount([denyWhen({ StringEquals: { 'x:k': '${aws:PrincipalTag/team}' } })]), decision: 'allowed' }]);
    expect(found).toMatchObject({ kind: 'found', requests: [{ context: { 'x:k': '${aws:PrincipalTag/team}' } }] });
  });

  test.each<[string, ConditionJson, ConditionJson]>([
    ['ForAnyValue', { 'ForAnyValue:StringNotEquals': { 'x:k': ['a', 'b'] } }, { 'ForAnyValue:StringNotEquals': { 'x:k': 'a,equals|b' } }],
    ['ForAllValues', { 'ForAllValues:StringEquals': { 'x:k': ['a', 'b'] }, 'Null': { 'x:k': 'false' } }, { 'ForAllValues:StringEquals': { 'x:k': 'a,equals|b' } }],
    ['several values without a set', { StringEquals: { 'aws:TagKeys': ['a', 'b'] } }, { StringEquals: { 'aws:TagKeys': 'a,equals|b' } }],
  ])('a list of values, and one value that reads like their list: %s', (_, allowed, denied) => {
    const identityPolicies = [{ name: 'i', document: document([{ Effect: 'Allow', Action: '*', Resource: '*', Condition: allowed }]) }];
    expect(findRequest({ ...request, identityPolicies }, [{ account: inAccount([denyWhen(denied)]), decision: 'allowed' }])).toMatchObject({ kind: 'found' });
  });

  test('one text that becomes two with what is known of two accounts', () => {
    const policy = [denyWhen({ StringNotLike: { 'x:k': '${aws:PrincipalOrgID}/${aws:PrincipalTag/team}' } })];
    const wanted = [{ account: inAccount(policy), decision: 'allowed' }, { account: inAccount(policy, { organizationId: 'o-other' }), decision: 'denied' }] as const;
    expect(findRequest(request, wanted)).toMatchObject({ kind: 'found' });
    const byResource = [denyWhen({ Bool: { 'aws:SecureTransport': 'true' } }, 'arn:aws:s3:::${aws:PrincipalOrgID}-${aws:PrincipalTag/team}')];
    const [before, after] = [inAccount(byResource), inAccount(byResource, { organizationId: 'o-other' })];
    expect(findRequest(request, [{ account: before, decision: 'allowed' }, { account: after, decision: 'denied' }]).kind).not.toBe('none');
  });

  test('tests whose outcome AWS does not say are told apart by all they say', () => {
    const ids = ([
      { 'ForAnyValue:Null': { 'x:k': ['a,b'] } }, { 'ForAnyValue:Null': { 'x:k': ['a', 'b'] } }, { 'ForAllValues:Null': { 'x:k': ['a', 'b'] } }, { Unknown: { 'x:k': ['a', 'b'] } }, { Unknown: { 'x:k': ['a,b'] } },
      { Unknown: { 'x:l': ['a', 'b'] } },
    ] as ConditionJson[]).flatMap((condition) => conditionClauses(condition, new Context(new Map()), true).flatMap(({ expression }) => leaves(expression).map(({ id }) => id)));
    expect(new Set(ids).size).toBe(6);
  });
});
