import { EXEMPT, organization, PLATFORM, PolicySketch } from './organizations';
import { neverLockedOut } from '../../../src/compliance/checks/lockout';

const TREE = { units: { Prod: { accounts: ['web', 'data'] }, Sandbox: {} } };
const scp = (name: string, on: string, ...statements: object[]): PolicySketch => ({ name, on: [on], statements });
const check = (policies: readonly PolicySketch[], more = {}) => neverLockedOut(organization(TREE, policies, more));
const deny = (Action: string, more: object = {}) => ({ Sid: 'S', Effect: 'Deny', Action, Resource: '*', ...more });

test('each action of each principal is a fact for each account, and for one that could be in an empty unit or at the root', () => {
  expect(check([])).toMatchObject({ id: 'LZ.LOCKOUT', proved: 2 * 4, findings: [], summary: '2 accounts × 1 platform principals' });
});

test('a deny that exempts the platform', () => {
  expect(check([scp('ok', 'Root', deny('*', { Condition: EXEMPT }))])).toMatchObject({ proved: 8, findings: [] });
});

test('a deny names account, principal, action, policy and statement, and lists all', () => {
  const { findings, proved } = check([scp('oops', 'Root/Prod', deny('*'))]);
  expect(proved).toBe(4);
  expect(findings).toEqual([{
    rule: 'LZ.LOCKOUT',
    severity: 'error',
    message: 'The platform would be locked out: CDK bootstrap roles (role/cdk-hnb659fds-*) is denied cloudformation:CreateStack in web and 1 more in Root/Prod, '
      + 'because of statement S of policy oops at Root/Prod',
    hint: 'Exempt the platform principals: ArnNotLike aws:PrincipalArn, with the patterns of PlatformPrincipals.',
    origins: [{ logicalId: 'Policyoops', template: 'T.json', stack: 'T' }],
    details: ['CDK bootstrap roles (role/cdk-hnb659fds-*): cloudformation:CreateStack, iam:CreateRole in web, data'],
  }]);
});

test('in a unit without accounts too', () => {
  expect(check([scp('oops', 'Root/Sandbox', deny('iam:CreateRole'))]).findings).toMatchObject([{
    message: 'The platform would be locked out: CDK bootstrap roles (role/cdk-hnb659fds-*) is denied iam:CreateRole in an account in Root/Sandbox, because of statement S of policy oops at Root/Sandbox',
  }]);
});

test.each<[string, object]>([
  ['only some of the roles of the pattern are exempt', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cdk-hnb659fds-deploy-*' } }],
  ['it hangs on the Region', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
  ['it hangs on a tag of the principal', { StringNotEquals: { 'aws:PrincipalTag/team': 'platform' } }],
])('a deny that may apply is an error: %s', (_name, Condition) => {
  expect(check([scp('oops', 'Root/Sandbox', deny('iam:CreateRole', { Condition }))]).findings).toMatchObject([{
    severity: 'error', message: expect.stringMatching(/^The platform would be locked out: CDK bootstrap roles \(role\/cdk-hnb659fds-\*\) may be denied iam:CreateRole when .* in an account in Root\/Sandbox, because of statement S of policy oops/),
  }]);
});

describe('a deny of some resources', () => {
  const some = { Sid: 'Some', Effect: 'Deny', Action: 'iam:CreateRole', Resource: 'arn:aws:iam::*:role/precious' };
  const may = deny('iam:CreateRole', { Condition: { Bool: { 'aws:ViaAWSService': 'false' } } });

  test.each<[string, object]>([
    ['by their ARN', some], ['but these', { Sid: 'Some', Effect: 'Deny', Action: 'iam:CreateRole', NotResource: 'arn:aws:iam::*:role/app-*' }],
    ['by a tag', { ...deny('iam:CreateRole', { Condition: { StringEquals: { 'iam:ResourceTag/owner': 'core' } } }), Sid: 'Some' }],
  ])('is a warning: %s', (_name, statement) => {
    expect(check([scp('oops', 'Root/Sandbox', statement)]).findings).toMatchObject([{
      severity: 'warning', message: expect.stringMatching(/^The platform cannot reach some resources: CDK bootstrap roles .* may be denied iam:CreateRole when .* in an account in Root\/Sandbox, because of statement Some/),
    }]);
  });

  test('that a control proves of the very principal and action is meant; of others it is not, and nor is one that may take all', () => {
    const control = (principal: string, action: string) => ({ id: 'ACME.IAM.1', title: 'Kept', severity: 'low', denies: [{ action, principal }], allows: [] });
    const found = (statement: object, ...of: [string, string]) => check([scp('meant', 'Root/Sandbox', { ...statement, Sid: 'ACMEIAM1' })], { controls: [control(...of)] }).findings.map(({ severity }) => severity);
    expect(found(some, 'role/cdk-hnb659fds-*', 'iam:CreateRole')).toEqual([]);
    expect(found(some, 'role/other', 'iam:CreateRole')).toEqual(['warning']);
    expect(found(some, 'role/cdk-hnb659fds-*', 'iam:DeleteRole')).toEqual(['warning']);
    expect(found(may, 'role/cdk-hnb659fds-*', 'iam:CreateRole')).toEqual(['error']);
  });

  test('hides no error of another statement, and takes none from it', () => {
    expect(check([scp('one', 'Root/Sandbox', some, may)]).findings.map(({ severity, message }) => [severity, /statement (\w+)/.exec(message)![1]])).toEqual([['warning', 'Some'], ['error', 'S']]);
  });

  test('and of something else too is an error', () => {
    const both = { ...some, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } };
    expect(check([scp('one', 'Root/Sandbox', both)]).findings).toMatchObject([{ severity: 'error' }]);
  });

  test('in a statement without a name', () => {
    const { Sid: _name, ...unnamed } = some;
    expect(check([scp('one', 'Root/Sandbox', { ...may, Condition: EXEMPT }, unnamed)]).findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('statement #2 of policy one') }]);
  });
});

test('one finding for a policy, wherever it is attached', () => {
  const { findings } = check([{ ...scp('oops', 'Root/Sandbox', deny('iam:CreateRole')), on: ['Root/Sandbox', 'Root/Prod/web'] }]);
  expect(findings).toMatchObject([{ details: [expect.stringMatching(/: iam:CreateRole in web, an account in Root\/Sandbox$/)] }]);
});

test('units without accounts are named one by one', () => {
  const { findings } = check([scp('oops', 'Root', deny('iam:CreateRole', { Condition: {} }))]);
  expect(findings[0]!.details).toEqual([expect.stringMatching(/: iam:CreateRole in web, data, an account in Root, an account in Root\/Sandbox$/)]);
});

test('one finding for a statement, whomever it stops', () => {
  const { findings } = check([scp('oops', 'Root/Sandbox', deny('*'))], { platform: [...PLATFORM, { name: 'break-glass role', principal: 'role/break-glass', needs: ['kms:PutKeyPolicy'] }] });
  expect(findings).toMatchObject([{
    message: expect.stringMatching(/because of statement S of policy oops at Root\/Sandbox; it stops 1 more platform principal$/),
    details: [
      'CDK bootstrap roles (role/cdk-hnb659fds-*): cloudformation:CreateStack, iam:CreateRole in an account in Root/Sandbox',
      'break-glass role (role/break-glass): kms:PutKeyPolicy in an account in Root/Sandbox',
    ],
  }]);
});

describe('a resource control policy', () => {
  const platform = [{ name: 'x', principal: 'role/x', needs: ['s3:PutBucketPolicy'] }];
  const rcp = (more: object = {}): PolicySketch => ({
    name: 'perimeter', type: 'RESOURCE_CONTROL_POLICY', on: ['Root/Prod'], statements: [{ Sid: 'S', Effect: 'Deny', Principal: '*', Action: 's3:PutBucketPolicy', Resource: '*', ...more }],
  });

  test('for all resources of the account is an error, told without the id of each account', () => {
    expect(check([rcp()], { platform }).findings).toMatchObject([{
      severity: 'error',
      message: 'The platform would be locked out: x (role/x) may be denied s3:PutBucketPolicy in web and 1 more in Root/Prod, because of statement S of policy perimeter at Root/Prod',
    }]);
  });

  test('for some of them is a warning', () => {
    expect(check([rcp({ Resource: 'arn:aws:s3:::log-*' })], { platform }).findings).toMatchObject([{ severity: 'warning' }]);
    expect(check([rcp({ Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })], { platform }).findings).toMatchObject([{ severity: 'warning' }]);
  });

  test('against others than principals of the organization stops nobody of it', () => {
    expect(check([rcp({ Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } })], { platform }).findings).toEqual([]);
  });
});

test('what stops one action stops the next one too where the same statements decide, but for services that resource control policies do not bind', () => {
  const platform = [{ ...PLATFORM[0]!, needs: ['iam:CreateRole', 's3:PutBucketPolicy', 'ec2:CreateVpc', 'sqs:CreateQueue'] }];
  const { findings } = check([{ name: 'oops', on: ['Root'], type: 'RESOURCE_CONTROL_POLICY', statements: [deny('*', { Principal: '*' })] }], { platform });
  expect(findings[0]!.details!.join()).toContain('s3:PutBucketPolicy, sqs:CreateQueue in ');
  expect(findings[0]!.details!.join()).not.toMatch(/iam:CreateRole|ec2:CreateVpc/);
});

test('each statement that denies is told, not the first alone', () => {
  const { findings } = check([scp('one', 'Root/Sandbox', deny('iam:*')), scp('two', 'Root/Sandbox', deny('iam:CreateRole'))]);
  expect(findings.map(({ message }) => /policy (\w+)/.exec(message)![1])).toEqual(['one', 'two']);
});

test('TLS is what the platform speaks', () => {
  expect(check([scp('tls', 'Root', deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))]).findings).toEqual([]);
  expect(check([scp('tls', 'Root', deny('*', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.3' } } }))]).findings).toEqual([]);
  expect(check([scp('tls', 'Root', deny('*', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.4' } } }))]).findings).toHaveLength(1);
});

test('what is unknown is said once, not for each principal and action', () => {
  const PLATFORMS = ['CDK bootstrap roles', 'other'];
  const { findings, proved } = check([{ name: 'open', on: ['Root/Prod'], unresolved: ['Ref X in stack T'] }], { platform: [...PLATFORM, { ...PLATFORM[0]!, name: 'other' }] });
  expect(proved).toBe(2 * 2 * 2);
  expect(findings).toEqual([{
    rule: 'LZ.LOCKOUT',
    severity: 'error',
    message: 'Whether the platform is locked out of web and 1 more in Root/Prod is not known, because of what is not: open: Ref X in stack T',
    hint: 'Make it resolvable at synth.',
    origins: [{ logicalId: 'Policyopen', template: 'T.json', stack: 'T' }],

    details: PLATFORMS.map((name) => `${name} (role/cdk-hnb659fds-*): cloudformation:CreateStack, iam:CreateRole in web, data`),
  }]);
});

test('what is unknown of the whole organization', () => {
  expect(check([], { unresolved: ['a target of policy P: Ref X'] })).toMatchObject({ proved: 0, findings: [{ severity: 'error', message: expect.stringContaining('a target of policy P: Ref X') }] });
});

test('the management account is bound by no policy', () => {
  expect(neverLockedOut(organization({}, [{ name: 'oops', on: ['Root/management'], statements: [deny('*')] }]))).toMatchObject({ proved: 2, findings: [] });
});

test('an action nobody can ask for is no proof', () => {
  expect(check([], { platform: [{ name: 'x', principal: 'role/x', needs: ['CreateStack'] }] })).toMatchObject({ proved: 0, findings: [{ message: expect.stringContaining('action "CreateStack" is not of the form') }] });
});
