import { ANONYMOUS, AWS_SERVICES, Change, compare, OTHER_ACCOUNTS } from '../../src/analysis/compare';
import { decide } from '../../src/analysis/evaluate';
import { AccountPolicies, ConditionJson, PolicyStatementJson } from '../../src/analysis/policy-document';
import { actionIndex } from '../../src/model/action-index-file';

/** Resource control policies that differ only for those who are no principals of the account. */

const OWN = '111122223333';
const PARTNER = '444455556666';
const index = actionIndex();

function account(resourceControl: readonly PolicyStatementJson[], more: Partial<AccountPolicies['account']> = {}): AccountPolicies {
  return {
    account: { id: OWN, name: 'own', isManagement: false, ...more }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/', unknown: [],
    serviceControl: [{ level: 'Root', policies: [{ name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }] }],
    resourceControl: [{ level: 'Root', policies: [{ name: 'perimeter', document: { Version: '2012-10-17', Statement: resourceControl } }] }],
  };
}

const deny = (Condition: ConditionJson, Action = 'sqs:SendMessage'): PolicyStatementJson => ({ Sid: 'Perimeter', Effect: 'Deny', Principal: '*', Action, Resource: '*', Condition });

/** Who is newly denied what, each change confirmed by the evaluator. */
function newlyDenied(before: AccountPolicies, after: AccountPolicies): readonly Change[] {
  const { changes, undecided } = compare(before, after, index);
  expect(undecided).toEqual([]);
  for (const { direction, requests } of changes) {
    expect(direction).toBe('denied');
    expect(requests.map((request) => decide(request, before))).toEqual(requests.map(() => 'allowed'));
    expect(requests.map((request) => decide(request, after))).toContain('denied');
  }
  return changes;
}

const OUTSIDERS = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' } };
const NO_SERVICE = { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
const SIGNED = { Null: { 'aws:PrincipalArn': 'false' } };

test.each<[string, ConditionJson, readonly string[]]>([
  ['everybody outside of the organization', OUTSIDERS, [OTHER_ACCOUNTS, AWS_SERVICES, ANONYMOUS]],
  ['but AWS services', { ...OUTSIDERS, ...NO_SERVICE }, [OTHER_ACCOUNTS, ANONYMOUS]],
  ['but AWS services and anonymous requests', { ...OUTSIDERS, ...NO_SERVICE, ...SIGNED }, [OTHER_ACCOUNTS]],
  ['only AWS services', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }, [AWS_SERVICES]],
  ['only AWS services on behalf of other organizations', { Bool: { 'aws:PrincipalIsAWSService': 'true' }, StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-example' } }, [AWS_SERVICES]],
  ['only anonymous requests', { StringEquals: { 'aws:PrincipalAccount': 'anonymous' }, ...NO_SERVICE }, [ANONYMOUS]],
  ['one other account', { StringEquals: { 'aws:PrincipalAccount': PARTNER }, ...NO_SERVICE }, [OTHER_ACCOUNTS]],
  ['one other account, which AWS services might be of', { StringEquals: { 'aws:PrincipalAccount': PARTNER } }, [OTHER_ACCOUNTS, AWS_SERVICES]],
  ['a role of another account', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${PARTNER}:role/reader` }, ...NO_SERVICE }, [OTHER_ACCOUNTS]],
  ['everybody of the organization but the own account', { StringEquals: { 'aws:PrincipalOrgID': 'o-example' }, StringNotEquals: { 'aws:PrincipalAccount': OWN } }, [OTHER_ACCOUNTS]],
])('a Deny of %s', (_, condition, denied) => {
  const changes = newlyDenied(account([]), account([deny(condition)]));
  expect(changes.map(({ principals }) => principals)).toEqual(denied);
  changes.forEach(({ actions, reasons }) => expect([actions, reasons]).toEqual([['sqs:SendMessage'], [{ policy: 'perimeter', statement: 'Perimeter', level: 'Root', effect: 'Deny' }]]));
});

test('who is trusted beside the organization is told by the request', () => {
  const trusting = (ids: string[]) => account([deny({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example', 'aws:PrincipalAccount': ids }, ...NO_SERVICE })]);
  const [change, ...others] = newlyDenied(trusting([PARTNER, '777788889999']), trusting(['777788889999']));
  expect(others).toEqual([]);
  expect(change).toMatchObject({ principals: OTHER_ACCOUNTS, requests: [{ context: { 'aws:PrincipalAccount': PARTNER } }] });
});

test('an account that no longer is the management account is bound: for others too', () => {
  const perimeter = [deny({ ...OUTSIDERS, ...NO_SERVICE })];
  expect(newlyDenied(account(perimeter, { isManagement: true }), account(perimeter)).map(({ principals }) => principals)).toEqual([OTHER_ACCOUNTS, ANONYMOUS]);
});

test('services that resource control policies do not bind, and the same said in other words, change nothing', () => {
  expect(newlyDenied(account([]), account([deny(OUTSIDERS, 'lambda:InvokeFunction')]))).toEqual([]);
  const one = deny({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example', 'aws:PrincipalAccount': [PARTNER, '777788889999'] } });
  const same = deny({ StringNotEqualsIfExists: { 'AWS:PrincipalAccount': ['777788889999', PARTNER], 'aws:PrincipalOrgID': ['o-example'] } });
  expect(newlyDenied(account([one]), account([same]))).toEqual([]);
});

test('accounts that are told apart without being named cannot be gone through: undecided, unless one that was tried shows it', () => {
  const some = (pattern: string) => account([deny({ StringLike: { 'aws:PrincipalAccount': pattern }, ...NO_SERVICE })]);
  expect(compare(account([]), some('9*'), index).changes.map(({ principals, direction }) => [principals, direction])).toEqual([[OTHER_ACCOUNTS, 'denied']]);
  const { changes, undecided } = compare(some('4444*'), some('4445*'), index);
  expect(changes).toEqual([]);
  expect(undecided.map(({ principals, why }) => [principals, why])).toEqual([[OTHER_ACCOUNTS, ['aws:PrincipalAccount']], [OTHER_ACCOUNTS, ['aws:PrincipalAccount']]]);
});
