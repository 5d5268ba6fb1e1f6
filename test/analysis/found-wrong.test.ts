import { compare } from '../../src/analysis/compare';
import { decide, evaluate } from '../../src/analysis/evaluate';
import { AccountPolicies, ConditionJson, PolicyStatementJson } from '../../src/analysis/policy-document';
import { alwaysAllowed, everAllowed, neverAllowed } from '../../src/analysis/questions';
import { RequestContext } from '../../src/analysis/request';
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
      .toMatchObject({ kind: 'found', requests: [{ context: { 'aws:ResourceAccount': OWN } }] });
    const where = { StringNotEquals: { 'aws:ResourceOrgID': 'o-example' } };
    expect(findRequest({ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1::orders' }, [{ account: policy, decision: 'denied' }], { where })).toEqual({ kind: 'none' });
  });

  test('an AWS service is shown without a principal, whatever is tested of its ARN', () => {
    const policy = account([], { resourceControl: [{ level: 'Root', policies: [{ name: 'r', document: { Version: '2012-10-17', Statement: deny({ Null: { 'aws:PrincipalArn': 'false' } }, { Principal: '*' }) } }] }] });
    const found = findRequest({ action: 'sqs:SendMessage', resource: QUEUE, context: { 'aws:PrincipalIsAWSService': 'true' } }, [{ account: policy, decision: 'denied' }]);
    expect(found).toMatchObject({ kind: 'found', requests: [expect.not.objectContaining({ principal: expect.anything() })] });
  });

  test('where a policy names some principals, one that it does not name is thought of', () => {
    const resourcePolicy = { name: 'q', document: { Version: '2012-10-17', Statement: deny(undefined, { Principal: { AWS: `arn:aws:iam::${OWN}:role/admin` } }) } };
    expect(findRequest({ action: 'sqs:SendMessage', resource: QUEUE, resourcePolicy }, [{ account: account([]), decision: 'allowed' }]))
      .toMatchObject({ kind: 'found', requests: [{ principal: expect.not.stringMatching(/role.admin$/) }] });
  });
});

describe('what a request is about', () => {
  test('an action that requires a resource may name one of the others too: where that is denied, so is the request', () => {
    const policy = account([deny(undefined, { Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*:*:key-pair/*' })]);
    const { holds, counterexamples } = alwaysAllowed({ actions: ['ec2:RunInstances'] }, [policy], index);
    expect(holds).toBe(false);
    expect(counterexamples[0].requests.map(({ resource }) => resource?.split(/[:/]/)[5])).toEqual(expect.arrayContaining(['instance', 'key-pair']));
    expect(neverAllowed({ actions: ['ec2:RunInstances'] }, [policy], index).holds).toBe(false);
  });

  test('of requests that show the same, one whose names hold no colons', () => {
    const policy = account([deny(undefined, { Action: 'ec2:CreateTags', Resource: 'arn:aws:ec2:*:subnet/*' })]);
    const [found] = alwaysAllowed({ actions: ['ec2:CreateTags'] }, [policy], index).counterexamples;
    expect(found.requests).toMatchObject([{ resource: expect.stringMatching(/^arn:aws:ec2:[^:]*:[^:]*:subnet\/[^:]*$/) }]);
  });

  test('a resource of another organization, or of none, is none of the account', () => {
    const policy = account([], { resourceControl: [{ level: 'Root', policies: [{ name: 'r', document: { Version: '2012-10-17', Statement: deny(undefined, { Principal: '*' }) } }] }] });
    const asked = (context: RequestContext) => decide({ action: 'sqs:SendMessage', context }, policy);
    expect([asked({ 'aws:ResourceOrgID': 'o-other' }), asked({ 'aws:ResourceOrgID': null }), asked({}), asked({ 'aws:ResourceAccount': OWN })]).toEqual(['allowed', 'allowed', 'depends', 'denied']);
  });
});

describe('what could not be resolved', () => {
  const unknown = ['policy X'];
  const closed = [{ level: 'Root', policies: [{ name: 'p', document: { Version: '2012-10-17', Statement: [deny(undefined, { Action: 's3:*' })] } }] }];

  test('may be the Allow that a level lacks, but takes no Deny back', () => {
    expect(decide({ action: 'sqs:SendMessage' }, account([], { serviceControl: closed }))).toBe('denied');
    expect(evaluate({ action: 'sqs:SendMessage' }, account([], { serviceControl: closed, unknown }))).toMatchObject({ decision: 'depends', dependsOn: ['unknown'] });
    expect(decide({ action: 's3:GetObject' }, account([], { serviceControl: closed, unknown }))).toBe('denied');
  });

  test('is a change where it is so on one side only', () => {
    expect(compare(account([]), account([], { unknown }), index).undecided.length).toBeGreaterThan(0);
    expect(compare(account([], { unknown }), account([], { unknown }), index)).toMatchObject({ changes: [], undecided: [] });
  });
});

test('a level more, at which nothing is allowed, denies everything', () => {
  const { serviceControl } = account([]);
  const { changes } = compare(account([]), account([], { serviceControl: [...serviceControl, { level: 'Root/Prod', policies: [] }] }), index);
  expect(new Set(changes.flatMap(({ actions }) => actions)).size).toBe(index.actions.length + changes.filter(({ isFuture }) => isFuture).flatMap(({ actions }) => actions).length);
  expect(new Set(changes.map(({ direction }) => direction))).toEqual(new Set(['denied']));
});
