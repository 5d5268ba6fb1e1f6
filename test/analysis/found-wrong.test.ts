import { AccountPolicies, ConditionJson, PolicyStatementJson } from '../../src/analysis/policy-document';
import { alwaysAllowed, everAllowed, neverAllowed } from '../../src/analysis/questions';
import { findRequest } from '../../src/analysis/witness';
import { actionIndex } from '../../src/model/action-index-file';

/** Answers that were wrong once: each is small enough to be seen by eye. */

const OWN = '111122223333';
const index = actionIndex();

function account(statements: readonly PolicyStatementJson[], more: Partial<AccountPolicies> = {}): AccountPolicies {
  return {
    account: { id: OWN, name: 'own', isManagement: false },
    organizationId: 'o-example',
    organizationPath: 'o-example/r-ab12/',
    serviceControl: [{ level: 'Root', policies: [{ name: 'p', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, ...statements] } }] }],
    resourceControl: [],
    unknown: [],
    ...more,
  };
}

const deny = (Condition?: ConditionJson, more: Partial<PolicyStatementJson> = {}): PolicyStatementJson => ({ Effect: 'Deny', Action: '*', Resource: '*', ...(Condition && { Condition }), ...more });
const DO = { actions: ['sqs:SendMessage'] };

describe('who may ask', () => {
  test('a service-linked role is no principal of the account that guardrails bind: it proves nothing against them', () => {
    const guardrail = account([deny({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-service-role/*' } })]);
    expect(neverAllowed(DO, [guardrail], index)).toMatchObject({ holds: true });
    expect(neverAllowed({ ...DO, principals: ['role/*'] }, [guardrail], index)).toMatchObject({ holds: true });
    expect(neverAllowed({ ...DO, principals: ['role/aws-service-role/x.amazonaws.com/*'] }, [guardrail], index)).toMatchObject({ holds: false });
  });

  test('nobody is of another partition, and no resource is', () => {
    const guardrail = account([deny({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:*::*:*' } })]);
    expect(alwaysAllowed(DO, [guardrail], index)).toMatchObject({ holds: true });
    expect(alwaysAllowed({ ...DO, principals: ['arn:*:iam::111122223333:role/*'] }, [guardrail], index)).toMatchObject({ holds: true });
    expect(alwaysAllowed(DO, [{ ...guardrail, partition: 'aws-cn' }], index)).toMatchObject({ holds: false });
    expect(neverAllowed(DO, [account([deny(undefined, { Resource: 'arn:aws:sqs:*' })])], index)).toMatchObject({ holds: true });
    expect(neverAllowed(DO, [account([deny(undefined, { Resource: 'arn:aws:sqs:*' })], { partition: 'aws-us-gov' })], index)).toMatchObject({ holds: false });
  });
});

describe('values at the edge of what can be written', () => {
  const PRESENT = deny({ Null: { 'x:n': 'true' } });
  test.each<[string, string, string]>([
    ['a step from it leads nowhere', 'NumericLessThanEquals', '100000000000000000'],
    ['the only value is very small', 'NumericNotEquals', '1e-25'],
    ['milliseconds taken for seconds', 'DateNotEquals', '1767225600000'],
    ['a year beyond all calendars', 'DateLessThanEquals', '99999999999999'],
    ['a fraction of a millisecond', 'DateNotEquals', '1767225600.1234567'],
    ['the value that stands for all others', 'BinaryEquals', 'YW55'],
  ])('%s: a request that gets past %s %s is found', (_, operator, value) => {
    expect(everAllowed(DO, [account([deny({ [operator]: { 'x:n': value } }), PRESENT])], index)).toMatchObject({ holds: true });
  });

  test('letters of which the last one in a word is written in another way', () => {
    expect(alwaysAllowed({ ...DO, context: { 'x:n': 'ΑΣ' } }, [account([deny({ StringNotEqualsIgnoreCase: { 'x:n': 'ας' } })])], index)).toMatchObject({ holds: false });
    expect(alwaysAllowed({ ...DO, context: { 'x:n': 'ΑΣ' } }, [account([deny({ StringNotEqualsIgnoreCase: { 'x:n': 'ΑΣ' } })])], index)).toMatchObject({ holds: true });
  });

  test('ForAllValues tells an empty text from others: who has none of the tags is not passed over', () => {
    const policy = account([deny({ 'ForAllValues:StringLike': { 'aws:TagKeys': 'b' } }), deny({ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'a*' } })]);
    expect(everAllowed(DO, [policy], index)).toMatchObject({ holds: true });
  });
});

describe('a request that is shown is one of those asked about', () => {
  const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

  test('it keeps the resource that is asked about, also where a variable stands in a resource of a policy', () => {
    const policy = account([deny(undefined, { Resource: undefined, NotResource: 'arn:aws:sqs:eu-west-1:111122223333:${aws:PrincipalTag/team}' })]);
    for (const decision of ['allowed', 'denied'] as const) {
      expect(findRequest({ action: 'sqs:SendMessage', resource: QUEUE }, [{ account: policy, decision }])).toMatchObject({ kind: 'found', requests: [{ resource: QUEUE }] });
    }
  });

  test('a resource of the account is of its organization', () => {
    const policy = account([], { resourceControl: [{ level: 'Root', policies: [{ name: 'r', document: { Version: '2012-10-17', Statement: deny({ Null: { 'aws:ResourceOrgID': 'false' } }, { Principal: '*' }) } }] }] });
    expect(findRequest({ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1::orders' }, [{ account: policy, decision: 'denied' }]))
      .toMatchObject({ kind: 'found', requests: [{ context: { 'aws:ResourceAccount': OWN, 'aws:ResourceOrgID': 'o-example' } }] });
  });

  test('where a policy names some principals, one that it does not name is thought of', () => {
    const resourcePolicy = { name: 'q', document: { Version: '2012-10-17', Statement: deny(undefined, { Principal: { AWS: `arn:aws:iam::${OWN}:role/admin` } }) } };
    expect(findRequest({ action: 'sqs:SendMessage', resource: QUEUE, resourcePolicy }, [{ account: account([]), decision: 'allowed' }]))
      .toMatchObject({ kind: 'found', requests: [{ principal: expect.not.stringMatching(/role.admin$/) }] });
  });
});
