import { found, policyOf, rulesOf, withTests } from './lint';
import { lintPolicy } from '../../../src/analysis/lint/lint-policy';
import { ConditionJson } from '../../../src/analysis/policy-document';
import { actionIndex } from '../../../src/model/action-index-file';

describe('resource control policies', () => {
  test('do not apply to every service', () => {
    expect(found({ Action: ['s3:*', 'lambda:InvokeFunction', 'lambda:Get*', 'glue:*'] }, 'resource-control')).toEqual([
      'LZ.LINT.7 Resource control policies do not apply to lambda and glue; the statement does not deny lambda:InvokeFunction, lambda:Get* and glue:*. '
      + 'Deny it in a service control policy, to the principals of the organization, or in the policy of the resource.',
    ]);
    expect(rulesOf({ Action: ['s3:*', 'lambda:InvokeFunction'] })).toEqual([]);
  });

  test('and to one action of KMS they do not', () => {
    expect(found({ Action: ['kms:RetireGrant', 'kms:Decrypt'] }, 'resource-control')[0]).toContain('do not apply to kms:RetireGrant; ');
    expect(rulesOf({ Action: 'kms:*' }, 'resource-control')).toEqual([]);
  });
});

describe('principals that AWS exempts', () => {
  const SERVICE_LINKED = 'arn:aws:iam::*:role/aws-service-role/*';

  test.each(['service-control', 'resource-control'] as const)('service-linked roles, of a %s policy', (kind) => {
    expect(found(withTests('s3:*', { ArnLike: { 'aws:PrincipalArn': SERVICE_LINKED } }), kind)).toEqual([expect.stringMatching(
      /^LZ.LINT.7 Only service-linked roles can pass the test of aws:PrincipalArn, and \w+ control policies do not bind them; the statement never denies anything/,
    )]);
    expect(rulesOf(withTests('s3:*', { ArnLike: { 'aws:PrincipalArn': [SERVICE_LINKED, 'arn:aws:iam::*:role/x'] } }), kind)).toEqual([]);
    expect(rulesOf(withTests('s3:*', { ArnNotLike: { 'aws:PrincipalArn': SERVICE_LINKED } }), kind)).toEqual([]);
  });

  test.each<[ConditionJson]>([
    [{ Bool: { 'aws:PrincipalIsAWSService': 'true' } }], [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }], [{ Null: { 'aws:SourceArn': 'false' } }],
    [{ StringLike: { 'aws:PrincipalServiceName': '*.amazonaws.com' } }],
  ])('AWS services, of a service control policy: %j', (condition) => {
    expect(found(withTests('s3:*', condition))).toEqual([expect.stringMatching(/^LZ.LINT.7 Only AWS services can pass the test of aws:\w+, and service control policies do not bind them/)]);
    expect(rulesOf(withTests('s3:*', condition), 'resource-control')).toEqual([]);
  });

  test('the management account, where it is known', () => {
    const ofManagement = (condition: ConditionJson, managementAccountId?: string) => lintPolicy({ ...policyOf([withTests('s3:*', condition)]), managementAccountId }, actionIndex()).map(({ what }) => what);
    const [id, other] = ['999999999999', '111122223333'];
    expect(ofManagement({ StringEquals: { 'aws:PrincipalAccount': id } }, id)).toEqual(['Only the management account can pass the test of aws:PrincipalAccount, and service control policies do not bind it']);
    expect(ofManagement({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${id}:role/admin*` } }, id)).toHaveLength(1);
    expect(ofManagement({ StringEquals: { 'aws:PrincipalAccount': [id, other] } }, id)).toEqual([]);
    expect(ofManagement({ StringNotEquals: { 'aws:PrincipalAccount': id } }, id)).toEqual([]);
    expect(ofManagement({ StringEquals: { 'aws:PrincipalAccount': id } })).toEqual([]);
  });

  test.each<[ConditionJson]>([
    [{ Bool: { 'aws:PrincipalIsAWSService': 'false' } }], [{ StringNotEquals: { 'aws:SourceAccount': '111122223333' } }], [{ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }],
  ])('not %j', (condition) => {
    expect(rulesOf(withTests('s3:*', condition))).toEqual([]);
  });
});
