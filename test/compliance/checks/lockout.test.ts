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
    details: ['cloudformation:CreateStack in web, data', 'iam:CreateRole in web, data'],
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

test('a deny of some resources is a warning, and hides no error of the same statement', () => {
  const some = { Sid: 'S', Effect: 'Deny', Action: 'iam:CreateRole', Resource: 'arn:aws:iam::*:role/precious' };
  expect(check([scp('oops', 'Root/Sandbox', some)]).findings).toMatchObject([{ severity: 'warning', message: expect.stringContaining('The platform cannot reach some resources') }]);
  const both = check([scp('oops', 'Root/Sandbox', some), scp('all', 'Root/Sandbox', deny('iam:CreateRole', { Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }))]);
  expect(both.findings.map(({ severity }) => severity)).toContain('error');
});

test('each statement that denies is told, not the first alone', () => {
  const { findings } = check([scp('one', 'Root/Sandbox', deny('iam:*')), scp('two', 'Root/Sandbox', deny('iam:CreateRole'))]);
  expect(findings.map(({ message }) => /policy (\w+)/.exec(message)![1])).toEqual(['one', 'two']);
});

test('TLS is what the platform speaks', () => {
  expect(check([scp('tls', 'Root', deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }))]).findings).toEqual([]);
});

test('what is unknown is said once, not for each principal and action', () => {
  const { findings, proved } = check([{ name: 'open', on: ['Root/Prod'], unresolved: ['Ref X in stack T'] }], { platform: [...PLATFORM, { ...PLATFORM[0]!, name: 'other' }] });
  expect(proved).toBe(2 * 2 * 2);
  expect(findings).toEqual([{
    rule: 'LZ.LOCKOUT',
    severity: 'error',
    message: 'Whether the platform is locked out of web and 1 more in Root/Prod is not known, because of what is not: open: Ref X in stack T',
    hint: 'Make it resolvable at synth.',
    origins: [{ logicalId: 'Policyopen', template: 'T.json', stack: 'T' }],
    details: ['what the platform needs in web, data'],
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
