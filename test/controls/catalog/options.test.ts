import { decide, statementsOf } from './zone-values';
import { validatePolicyDocument } from '../../../src/analysis/validate-policy';
import { Control } from '../../../src/controls/control';
import { Controls } from '../../../src/controls/controls';

const VENDOR = '444455556666';

const decision = (control: Control, request: Parameters<typeof decide>[1]) => decide(statementsOf(control), request).decision;

const CONFIGURED: ReadonlyArray<readonly [string, Control]> = ([
  ['a boundary of a name', Controls.requirePermissionsBoundary({ policyName: 'team/boundary' })],
  ['a sealed boundary of a name', Controls.sealPermissionsBoundary({ policyName: 'team/boundary' })],
  ['a vendor as principal', Controls.denyOutsidePrincipals({ trustedAccounts: [VENDOR] })],
  ['a vendor behind a service', Controls.denyConfusedDeputies({ trustedAccounts: [VENDOR] })],
  ['a partner\'s bucket', Controls.denyOutsideResources({ trustedAccounts: [VENDOR] })],
  ['addresses of NAT gateways', Controls.requireOrganizationEndpoints({ sourceRanges: ['198.51.100.0/24'] })],
  ['tenants of shared issuers', Controls.requireTrustedWebIdentities({
    tenants: [{ issuer: 'token.actions.githubusercontent.com', subject: 'repo:acme/*' }, { issuer: 'gitlab.com', subject: 'project_path:acme/*' }],
  })],
  ['an older TLS', Controls.requireModernTls({ minimumVersion: '1.2' })],
  ['other services', Controls.denyUnapprovedServices({ denied: ['workmail', 'gamelift'] })],
  ['approved services', Controls.denyUnapprovedServices({ approved: ['s3', 'ec2', 'lightsail'] })],
  ['nothing approved', Controls.denyUnapprovedServices({ approved: [] })],
  ['log groups by name', Controls.protectPlatformLogs({ namePrefixes: ['acme-platform'] })],
  ['log buckets by name', Controls.protectLogBuckets({ namePrefixes: ['acme-platform', 'acme-audit'] })],
  ['resources by name', Controls.protectPlatformResources({ namePrefixes: ['acme-platform'] })],
  ['stacks by name', Controls.protectPlatformStacks({ namePrefixes: ['acme-platform'] })],
  ['a shorter wait for deletion', Controls.protectKeysFromDeletion({ days: 14 })],
  ['a role that buys', Controls.denyUnapprovedPurchases({ buyerRole: 'finops/buyer' })],
  ['a permission set that buys', Controls.denyCommitments({ buyerRole: 'aws-reserved/sso.amazonaws.com/*AWSReservedSSO_FinOps_*' })],
  ['keys by name', Controls.protectPlatformKeys({ namePrefixes: ['acme-platform'] })],
] as const);

describe.each(CONFIGURED)('%s', (_name, control) => {
  const statements = statementsOf(control);

  test('the proof is about the options, and holds', () => {
    for (const request of control.proof.denies) expect([request, decide(statements, request).decision]).toEqual([request, 'denied']);
    for (const request of control.proof.allows) expect([request, decide(statements, request).decision]).toEqual([request, 'allowed']);
  });

  test('proves a denial of every statement', () => {
    for (const removed of statements) {
      const rest = statements.filter((statement) => statement !== removed);
      expect(control.proof.denies.filter((request) => decide(rest, request).decision !== 'denied')).not.toEqual([]);
    }
  });

  test('is a policy that AWS takes, and the same control', () => {
    const kind = statements[0]!.Principal === undefined ? 'service-control' : 'resource-control';
    expect(validatePolicyDocument({ Version: '2012-10-17', Statement: statements }, control.id, kind).problems).toEqual([]);
    expect(Controls.byId(control.id)!.id).toBe(control.id);
  });
});

test('of a boundary by name, another one is no boundary', () => {
  const control = Controls.requirePermissionsBoundary({ policyName: 'team/boundary' });
  const create = (boundary: string[]) => decision(control, { action: 'iam:CreateRole', context: { 'iam:PermissionsBoundary': boundary } });
  expect(create(['arn:aws:iam::111122223333:policy/team/boundary'])).toBe('allowed');
  expect(create(['arn:aws:iam::111122223333:policy/my/team/boundary'])).toBe('denied');
  expect(create([])).toBe('denied');
  expect(decision(Controls.requirePermissionsBoundary(), { action: 'iam:CreateRole', context: { 'iam:PermissionsBoundary': ['arn:aws:iam::111122223333:policy/any'] } })).toBe('allowed');
});

test('a vendor passes the perimeter, another account outside does not', () => {
  const reads = (control: Control, account: string) => decision(control, {
    action: 's3:GetObject', principal: `arn:aws:iam::${account}:role/reader`, context: { 'aws:PrincipalOrgID': ['o-another'] },
  });
  expect(reads(Controls.denyOutsidePrincipals({ trustedAccounts: [VENDOR] }), VENDOR)).toBe('allowed');
  expect(reads(Controls.denyOutsidePrincipals({ trustedAccounts: [VENDOR] }), '777788889999')).toBe('denied');
  expect(reads(Controls.denyOutsidePrincipals(), VENDOR)).toBe('denied');
});

test('of a shared issuer the own tenant passes, others do not, and other issuers are left alone', () => {
  const control = Controls.requireTrustedWebIdentities({ tenants: [{ issuer: 'token.actions.githubusercontent.com', subject: 'repo:acme/*' }] });
  const assume = (context: { [key: string]: string[] }) => decision(control, {
    action: 'sts:AssumeRoleWithWebIdentity', principal: 'arn:aws:iam::999999999999:role/stranger', context: { 'aws:FederatedProvider': [], ...context },
  });
  expect(assume({ 'token.actions.githubusercontent.com:sub': ['repo:acme/shop:ref:refs/heads/main'] })).toBe('allowed');
  expect(assume({ 'token.actions.githubusercontent.com:sub': ['repo:acme-evil/shop:ref:refs/heads/main'] })).toBe('denied');
  expect(assume({ 'token.actions.githubusercontent.com:sub': [], 'oidc.eks.eu-west-1.amazonaws.com/id/1:sub': ['system:serviceaccount:shop:api'] })).toBe('allowed');
});

test('an address of the company is a network of the organization', () => {
  const control = Controls.requireOrganizationEndpoints({ sourceRanges: ['198.51.100.0/24'] });
  const from = (address: string) => decision(control, {
    action: 's3:GetObject',
    context: { 'ec2:SourceInstanceArn': ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1'], 'aws:ViaAWSService': ['false'], 'aws:VpceOrgID': [], 'aws:SourceIp': [address] },
  });
  expect(from('198.51.100.9')).toBe('allowed');
  expect(from('203.0.113.9')).toBe('denied');
});

test('a list of approved services refuses all others, but not who one is', () => {
  const control = Controls.denyUnapprovedServices({ approved: ['s3'] });
  for (const action of ['s3:CreateBucket', 'sts:AssumeRole', 'support:CreateCase']) expect([action, decision(control, { action })]).toEqual([action, 'allowed']);
  for (const action of ['ec2:RunInstances', 'lightsail:CreateInstances']) expect([action, decision(control, { action })]).toEqual([action, 'denied']);
});

test('names by prefix replace the standard ones', () => {
  const bucket = (control: Control, name: string) => decision(control, { action: 's3:DeleteBucket', resource: `arn:aws:s3:::${name}` });
  expect(bucket(Controls.protectLogBuckets({ namePrefixes: ['acme-audit'] }), 'acme-audit-2026')).toBe('denied');
  expect(bucket(Controls.protectLogBuckets({ namePrefixes: ['acme-audit'] }), 'landing-zone-logs')).toBe('allowed');
  expect(bucket(Controls.protectLogBuckets(), 'landing-zone-logs')).toBe('denied');
});

test('options that would protect or deny everything, or nothing, are refused in words', () => {
  expect(() => Controls.protectLogBuckets({ namePrefixes: [''] })).toThrow('Name prefixes of the platform must be texts without *, like landing-zone; they are [""]');
  expect(() => Controls.protectLogBuckets({ namePrefixes: [] })).toThrow('they are []');
  expect(() => Controls.protectPlatformStacks({ namePrefixes: ['*'] })).toThrow('they are ["*"]');
  expect(() => Controls.requireModernTls({ minimumVersion: '1.1' })).toThrow('The least TLS version is 1.2 or 1.3 and not 1.1');
  expect(() => Controls.denyUnapprovedServices({ denied: ['Amazon Braket'] })).toThrow('Services are named by the prefix of their actions, like lightsail; these are ["Amazon Braket"]');
  expect(() => Controls.denyUnapprovedServices({ denied: [] })).toThrow('these are []');
  expect(() => Controls.denyUnapprovedServices({ approved: ['s3:*'] })).toThrow('these are ["s3:*"]');
});

test('the role that buys passes both controls on purchases, in no other account and under no other name, and nobody makes itself that role', () => {
  const both = (buyerRole?: string) => [...statementsOf(Controls.denyUnapprovedPurchases({ buyerRole })), ...statementsOf(Controls.denyCommitments({ buyerRole }))];
  const buys = (principal: string, buyerRole?: string) => ['savingsplans:CreateSavingsPlan', 'ec2:PurchaseReservedInstancesOffering', 'ec2:ModifyReservedInstances'].map((action) => decide(both(buyerRole), { action, principal }).decision);
  expect(buys('role/finops/buyer', 'finops/buyer')).toEqual(['allowed', 'allowed', 'allowed']);
  for (const other of ['role/buyer', 'role/finops/buyer2', 'user/finops/buyer', 'root']) expect(buys(other, 'finops/buyer')).toEqual(['denied', 'denied', 'denied']);
  expect(buys('role/finops/buyer')).toEqual(['denied', 'denied', 'denied']);
  const marketplace = decide(both('finops/buyer'), { action: 'aws-marketplace:Subscribe', principal: 'role/finops/buyer' });
  expect(marketplace.decision).toBe('denied');
  expect(decide(both('finops/buyer'), { action: 'iam:CreateRole', resource: 'arn:aws:iam::111122223333:role/finops/buyer' }).decision).toBe('denied');
  expect(() => Controls.denyCommitments({ buyerRole: '*' })).toThrow(/buyerRole "\*" is no role with its path/);
});
