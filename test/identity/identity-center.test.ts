import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { AssignmentTarget } from '../../src/identity/assignment-target';
import { AssignmentOptions, IdentityCenter, IdentityCenterProps } from '../../src/identity/identity-center';
import { IdentityGroup } from '../../src/identity/identity-group';
import { PermissionSet } from '../../src/identity/permission-set';
import { PermissionSets } from '../../src/identity/permission-sets';
import { Organization } from '../../src/organization/organization';

const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const GROUP_ID = '906763a2-40b1-7041-9c31-4c8d1a2b3c4d';
const PLATFORM = IdentityGroup.existing('platform', GROUP_ID);
const PAYMENTS = IdentityGroup.managed('payments', 'Team Payments');

interface Built {
  readonly app: App;
  readonly organization: Organization;
  readonly people: IdentityCenter;
}

function build(props: Partial<IdentityCenterProps> | ((organization: Organization) => Partial<IdentityCenterProps>) = {}, accounts: readonly string[] = ['payments-prod', 'web-prod']): Built {
  const app = new App();
  const organization = new Organization(new Stack(app, 'Organization', { env: { account: '000000000001', region: 'eu-west-1' } }), 'Organization', {
    managementAccount: { email: 'aws+management@acme.example' },
    existing: { organizationId: 'o-abcdefghij', rootId: 'r-abcd', managementAccountId: '999988887777' },
  });
  const prod = organization.root.addUnit('Prod', { existingUnitId: 'ou-abcd-11111111' });
  accounts.forEach((key, index) => prod.addAccount(key, {
    email: `aws+${key}@acme.example`, existingAccountId: String(111100000000 + index), tags: { team: key.split('-')[0]! },
  }));
  const more = typeof props === 'function' ? props(organization) : props;
  const people = new IdentityCenter(app, 'People', { organization, instanceArn: INSTANCE, identityStoreId: 'd-1234567890', region: 'eu-west-1', assignmentStacks: 1, ...more });
  return { app, organization, people };
}

function standard({ people }: Built, reversed = false): void {
  const all: AssignmentOptions[] = [
    { group: PAYMENTS, permissionSet: PermissionSets.developer(), targets: [AssignmentTarget.tag('team', 'payments')] },
    { group: PLATFORM, permissionSet: PermissionSets.administrator(), targets: [AssignmentTarget.unit('Prod')], except: [AssignmentTarget.account('web-prod')] },
    { group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] },
  ];
  for (const options of reversed ? [...all].reverse() : all) people.assign(options);
}

function templates({ app, people }: Built): { readonly sets: Template; readonly assignments: Template } {
  app.synth();
  return { sets: Template.fromStack(people.stack), assignments: Template.fromStack(people.node.findChild('Assignments0') as Stack) };
}

test('permission sets and groups, in the account and Region of Identity Center', () => {
  const built = build();
  standard(built);
  const { sets } = templates(built);
  expect([built.people.stack.account, built.people.stack.region]).toEqual(['999988887777', 'eu-west-1']);
  sets.resourceCountIs('AWS::SSO::PermissionSet', 3);
  sets.hasResourceProperties('AWS::SSO::PermissionSet', {
    InstanceArn: INSTANCE, Name: 'Developer', SessionDuration: 'PT8H', ManagedPolicies: ['arn:aws:iam::aws:policy/PowerUserAccess'],
    PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'boundary', Path: '/landing-zone/' } },
  });
  sets.hasResourceProperties('AWS::SSO::PermissionSet', { Name: 'Administrator', SessionDuration: 'PT1H', PermissionsBoundary: Match.absent(), InlinePolicy: Match.absent() });
  sets.resourceCountIs('AWS::IdentityStore::Group', 1);
  sets.hasResource('AWS::IdentityStore::Group', { DeletionPolicy: 'Retain', Properties: { DisplayName: 'Team Payments', IdentityStoreId: 'd-1234567890' } });
});

test('assignments, which read the sets of their stack of sets and come after it', () => {
  const built = build();
  standard(built);
  const { assignments } = templates(built);
  const all = Object.values(assignments.findResources('AWS::SSO::Assignment')).map(({ Properties }) => Properties);
  expect(all).toHaveLength(4);
  expect(all.map(({ TargetId }) => TargetId).sort()).toEqual(['111100000000', '111100000000', '111100000000', '111100000001']);
  for (const { PrincipalType, TargetType, PermissionSetArn } of all) {
    expect([PrincipalType, TargetType]).toEqual(['GROUP', 'AWS_ACCOUNT']);
    expect(PermissionSetArn).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'People' }) });
  }
  assignments.hasResourceProperties('AWS::SSO::Assignment', { PrincipalId: GROUP_ID, TargetId: '111100000001' });
  const stack = built.people.node.findChild('Assignments0') as Stack;
  expect(stack.dependencies).toContain(built.people.stack);
});

test('an account that is added after the assignments counts, and moves nothing', () => {
  const resources = (accounts: readonly string[], late: boolean) => {
    const built = build({}, accounts);
    standard(built);
    if (late) built.organization.unit('Prod').addAccount('a-new-one', { email: 'aws+new@acme.example', existingAccountId: '222233334444', tags: { team: 'payments' } });
    const { sets, assignments } = templates(built);
    const withoutOrder = Object.entries(assignments.findResources('AWS::SSO::Assignment')).map(([id, { DependsOn: _order, ...resource }]) => [id, resource] as const);
    return { sets: sets.toJSON(), assignments: new Map(withoutOrder) };
  };
  const before = resources(['payments-prod', 'web-prod'], false);
  const after = resources(['payments-prod', 'web-prod'], true);
  expect(after.sets).toEqual(before.sets);
  expect([before.assignments.size, after.assignments.size]).toEqual([4, 7]);
  for (const [id, resource] of before.assignments) expect(after.assignments.get(id)).toEqual(resource);
});

test('two syntheses are the same, and the order of assignments does not matter', () => {
  const of = (reversed: boolean) => {
    const built = build();
    standard(built, reversed);
    return templates(built).assignments.toJSON();
  };
  expect(of(false)).toEqual(of(false));
  expect(of(true)).toEqual(of(false));
});

test('keys that look alike are different resources', () => {
  const built = build({}, ['pay-ments', 'payments']);
  built.people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] });
  templates(built).assignments.resourceCountIs('AWS::SSO::Assignment', 2);
});

describe('the management account', () => {
  const reason = 'The organization\'s policies are deployed there';

  test('is assigned with a reason, which stands in the template', () => {
    const built = build();
    built.people.assign({ group: PLATFORM, permissionSet: PermissionSets.administrator(), targets: [AssignmentTarget.managementAccount(reason)] });
    templates(built).assignments.hasResource('AWS::SSO::Assignment', { Properties: { TargetId: '999988887777' }, Metadata: { Reason: reason } });
  });

  test('is none of every account, and needs more than a word', () => {
    const built = build();
    built.people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] });
    expect(JSON.stringify(templates(built).assignments.toJSON())).not.toContain('"TargetId":"999988887777"');
    expect(() => AssignmentTarget.managementAccount('why not')).toThrow('needs a reason of ten characters or more');
  });

  test('a delegated administrator cannot assign there, and lives in its own account', () => {
    const built = build((organization) => ({ administrator: organization.account('web-prod') }));
    expect(() => built.people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.managementAccount(reason)] }))
      .toThrow(/Identity Center is administered by web-prod: AWS lets a delegated administrator change neither/);
    expect(built.people.stack.account).toBe('111100000001');
  });
});

test('placeholder account ids refuse the deployment of the stack that has them', () => {
  const app = new App();
  const organization = new Organization(new Stack(app, 'Organization'), 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
  organization.root.addAccount('payments', { email: 'aws+payments@acme.example' });
  const people = new IdentityCenter(app, 'People', { organization, instanceArn: INSTANCE, region: 'eu-west-1', assignmentStacks: 1 });
  people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] });
  app.synth();
  expect(Object.keys(Template.fromStack(people.node.findChild('Assignments0') as Stack).toJSON().Rules)).toContain('AccountIdsAreReal');
});

describe('mistakes', () => {
  test('of the instance are told together', () => {
    expect(() => build({ instanceArn: 'ssoins-1', identityStoreId: 'store', assignmentStacks: 0 })).toThrow(/instanceArn is "ssoins-1".*\n.*identityStoreId is "store".*\n.*assignmentStacks is 0/);
  });

  test('of targets fail the synthesis', () => {
    const built = build();
    built.people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.account('web-prd')] });
    expect(() => built.app.synth()).toThrow(/People: There is no account "web-prd"; did you mean "web-prod"\?/);
  });

  test('sets and groups of one name that differ', () => {
    const { people } = build();
    people.addPermissionSet(PermissionSets.viewer());
    people.addPermissionSet(PermissionSets.viewer());
    expect(() => people.addPermissionSet(PermissionSet.of({ name: 'Viewer', description: 'Another one', sessionHours: 1, managedPolicies: ['SecurityAudit'] }))).toThrow('There are two permission sets "Viewer" that differ');
    const assign = (group: IdentityGroup) => people.assign({ group, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] });
    assign(PLATFORM);
    expect(() => assign(IdentityGroup.managed('platform'))).toThrow('There are two groups "platform" that differ');
  });

  test('a group to be made without a directory, a group id that is none, and no target', () => {
    const { people } = build({ identityStoreId: undefined });
    expect(() => people.assign({ group: PAYMENTS, permissionSet: PermissionSets.viewer(), targets: [AssignmentTarget.everyAccount()] })).toThrow('give identityStoreId');
    expect(() => people.assign({ group: PLATFORM, permissionSet: PermissionSets.viewer(), targets: [] })).toThrow('gets Viewer nowhere');
    expect(() => IdentityGroup.existing('x', 'platform')).toThrow('"platform" is no id of a group');
    expect(() => IdentityGroup.managed('a.b')).toThrow('"a.b" cannot be the key of a group');
  });
});

test('is what it was', () => {
  const built = build();
  standard(built);
  const { sets, assignments } = templates(built);
  expect([sets.toJSON().Resources, assignments.toJSON().Resources]).toMatchSnapshot();
  expect(built.people).toBeInstanceOf(Construct);
});
