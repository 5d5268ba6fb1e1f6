import { BackupClient, DescribeGlobalSettingsCommand, UpdateGlobalSettingsCommand } from '@aws-sdk/client-backup';
import {
  DisableOrganizationsRootSessionsCommand, EnableOrganizationsRootSessionsCommand, IAMClient, ListOrganizationsFeaturesCommand,
} from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand, DisableAWSServiceAccessCommand, DisablePolicyTypeCommand, EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand, ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListPoliciesCommand, ListRootsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from '@aws-sdk/client-ram';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { isFresh, ORGANIZATION_SETTINGS } from '../../../scripts/bundle-handler';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { withRetries } from '../../../src/custom-resource/retry';
import { settingOf } from '../../../src/organization/settings/settings';

const organizations = mockClient(OrganizationsClient);
const ram = mockClient(RAMClient);
const iam = mockClient(IAMClient);
const backup = mockClient(BackupClient);
let waits: number[];

beforeEach(() => {
  organizations.reset();
  ram.reset();
  iam.reset();
  backup.reset();
  waits = [];
});

function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

const POLICY_TYPE = { type: 'Custom::OrganizationPolicyType', properties: { RootId: 'r-ab12', PolicyType: 'SERVICE_CONTROL_POLICY' } };
const TRUST = { type: 'Custom::OrganizationTrustedAccess', properties: { ServicePrincipal: 'config.amazonaws.com' } };
const DELEGATE = { type: 'Custom::OrganizationDelegatedAdministrator', properties: { ServicePrincipal: 'guardduty.amazonaws.com', AccountId: '222222222222' } };
const COPIES = { type: 'Custom::OrganizationBackupCopies', properties: {} };
const RAM = { type: 'Custom::OrganizationRamSharing', properties: {} };

/** Sends an event through the handler's core and gives CloudFormation's view of the answer. */
async function send(
  RequestType: CustomResourceEvent['RequestType'], { type, properties }: { type: string; properties: { [name: string]: unknown } }, PhysicalResourceId?: string, attempts = 10,
) {
  const answers: any[] = [];
  let left = attempts;
  const clients = {
    backup: new BackupClient({}), iam: new IAMClient({}), organizations: new OrganizationsClient({}), quotas: new ServiceQuotasClient({}), ram: new RAMClient({}),
    sleep: async (ms: number) => { waits.push(ms); }, deadline: () => --left <= 0,
  };
  const event: CustomResourceEvent = {
    RequestType,
    ResponseURL: 'https://answer.example',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Setting',
    ResourceType: type,
    ResourceProperties: properties,
    PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients), {
    put: async (url, body) => { answers.push({ url, ...JSON.parse(body) }); }, sleep: clients.sleep,
  });
  expect(answers).toHaveLength(1);
  return answers[0];
}

/** The root before the types are enabled, and from then on after. */
function rootsBefore(...types: string[]) {
  const enabled = types.map((Type) => ({ Type: Type as any, Status: 'ENABLED' as const }));
  organizations.on(ListRootsCommand).resolvesOnce({ Roots: [{ Id: 'r-ab12', PolicyTypes: [] }] }).resolves({ Roots: [{ Id: 'r-ab12', PolicyTypes: enabled }] });
}

function roots(...types: string[]) {
  organizations.on(ListRootsCommand).resolves({ Roots: [{ Id: 'r-ab12', PolicyTypes: types.map((Type) => ({ Type: Type as any, Status: 'ENABLED' })) }] });
}

describe('create', () => {
  test('turns on what is off and remembers it in the physical id', async () => {
    rootsBefore('SERVICE_CONTROL_POLICY');
    organizations.on(EnablePolicyTypeCommand).resolves({});
    expect(await send('Create', POLICY_TYPE)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'policy-type:SERVICE_CONTROL_POLICY:created', LogicalResourceId: 'Setting' });
    expect(organizations.commandCalls(EnablePolicyTypeCommand)[0].args[0].input).toEqual({ RootId: 'r-ab12', PolicyType: 'SERVICE_CONTROL_POLICY' });
  });

  test('adopts what is on already and calls nothing', async () => {
    roots('SERVICE_CONTROL_POLICY');
    expect(await send('Create', POLICY_TYPE)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'policy-type:SERVICE_CONTROL_POLICY:found' });
    expect(organizations.commandCalls(EnablePolicyTypeCommand)).toHaveLength(0);
  });

  test('somebody else being faster is success', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
    organizations.on(RegisterDelegatedAdministratorCommand).rejects(named('AccountAlreadyRegisteredException'));
    expect(await send('Create', DELEGATE)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('reads every page, also behind an empty one', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand)
      .resolvesOnce({ EnabledServicePrincipals: [], NextToken: '1' })
      .resolvesOnce({ EnabledServicePrincipals: [{ ServicePrincipal: 'sso.amazonaws.com' }], NextToken: '2' })
      .resolves({ EnabledServicePrincipals: [{ ServicePrincipal: 'config.amazonaws.com' }] });
    expect(await send('Create', TRUST)).toMatchObject({ PhysicalResourceId: 'trusted-access:config.amazonaws.com:found' });
    expect(organizations.commandCalls(ListAWSServiceAccessForOrganizationCommand).map(({ args }) => args[0].input.NextToken)).toEqual([undefined, '1', '2']);
    expect(organizations.commandCalls(EnableAWSServiceAccessCommand)).toHaveLength(0);
  });

  test.each(['TooManyRequestsException', 'ConcurrentModificationException'])('waits longer each time after %s, then succeeds', async (name) => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    organizations.on(EnableAWSServiceAccessCommand).rejectsOnce(named(name)).rejectsOnce(named(name)).rejectsOnce(named(name)).resolves({});
    expect(await send('Create', TRUST)).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test('gives up before the function ends, and answers with the reason', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).rejects(named('TooManyRequestsException'));
    expect(await send('Create', TRUST, undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('TooManyRequestsException') });
    expect(waits).toHaveLength(2);
  });

  test('a lasting error fails at once', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).rejects(named('AccessDeniedException'));
    expect(await send('Create', TRUST)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Setting:failed' });
    expect(waits).toHaveLength(0);
  });

  test('somebody else being faster is remembered as found', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
    organizations.on(RegisterDelegatedAdministratorCommand).rejects(named('AccountAlreadyRegisteredException'));
    expect((await send('Create', DELEGATE)).PhysicalResourceId).toMatch(/:found$/);
  });

  test('an own call whose answer got lost is remembered as created', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
    organizations.on(RegisterDelegatedAdministratorCommand).rejectsOnce(named('TimeoutError')).rejects(named('AccountAlreadyRegisteredException'));
    expect((await send('Create', DELEGATE)).PhysicalResourceId).toMatch(/:created$/);
  });

  test('waits until a policy type is enabled', async () => {
    const root = (Status?: 'PENDING_ENABLE' | 'ENABLED') => ({ Roots: [{ Id: 'r-ab12', PolicyTypes: Status ? [{ Type: 'SERVICE_CONTROL_POLICY' as const, Status }] : [] }] });
    organizations.on(ListRootsCommand).resolvesOnce(root()).resolvesOnce(root('PENDING_ENABLE')).resolvesOnce(root('PENDING_ENABLE')).resolves(root('ENABLED'));
    organizations.on(EnablePolicyTypeCommand).resolves({});
    expect(await send('Create', POLICY_TYPE)).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([2000, 2000]);
  });

  test('a failure after the change still names what was turned on, so that the rollback turns it off', async () => {
    organizations.on(ListRootsCommand).resolvesOnce({ Roots: [{ Id: 'r-ab12' }] }).rejects(named('AccessDeniedException'));
    organizations.on(EnablePolicyTypeCommand).resolves({});
    expect(await send('Create', POLICY_TYPE)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'policy-type:SERVICE_CONTROL_POLICY:created' });
  });

  test('RAM that does not turn sharing on is a failure', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    ram.on(EnableSharingWithAwsOrganizationCommand).resolves({ returnValue: false });
    expect(await send('Create', RAM)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Setting:failed' });
  });

  test('copies of backups between accounts', async () => {
    backup.on(DescribeGlobalSettingsCommand).resolvesOnce({ GlobalSettings: {} }).resolves({ GlobalSettings: { isCrossAccountBackupEnabled: 'true', isMpaEnabled: 'true' } });
    backup.on(UpdateGlobalSettingsCommand).rejectsOnce(named('ServiceUnavailableException')).resolves({});
    expect(await send('Create', COPIES)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'backup-copies:created' });
    // No other setting is said: AWS leaves it as it is.
    expect(backup.commandCalls(UpdateGlobalSettingsCommand).map(({ args: [{ input }] }) => input)).toEqual(Array(2).fill({ GlobalSettings: { isCrossAccountBackupEnabled: 'true' } }));
    expect(await send('Create', COPIES)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'backup-copies:found' });
    expect(await send('Delete', COPIES, 'backup-copies:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(backup.commandCalls(UpdateGlobalSettingsCommand)).toHaveLength(2);
  });

  test('RAM sharing', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    ram.on(EnableSharingWithAwsOrganizationCommand).resolves({ returnValue: true });
    expect(await send('Create', RAM)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ram-sharing:created' });
  });

  test.each([
    [{ type: 'Custom::OrganizationUnicorn', properties: {} }, 'Custom::OrganizationUnicorn is not a setting of the organization'],
    [{ type: TRUST.type, properties: {} }, 'needs the property ServicePrincipal'],
    [{ type: DELEGATE.type, properties: { ServicePrincipal: 'a b', AccountId: '12' } }, 'AccountId matching ^\\d{12}$, found "12"'],
    [{ type: DELEGATE.type, properties: { ServicePrincipal: 'a b', AccountId: '12' } }, 'ServicePrincipal matching ^[\\w+=,.@-]{1,128}$, found "a b"'],
  ])('%j is answered with what is wrong', async (setting, reason) => {
    expect(await send('Create', setting)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(reason) });
  });

  test('an unknown root names the roots there are', async () => {
    organizations.on(ListRootsCommand).resolves({ Roots: [{ Id: 'r-zz99' }] });
    expect(await send('Create', POLICY_TYPE)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no root r-ab12; its roots: r-zz99') });
  });
});

describe('update', () => {
  test('keeps its memory, and turns on again what somebody turned off', async () => {
    rootsBefore('SERVICE_CONTROL_POLICY');
    organizations.on(EnablePolicyTypeCommand).resolves({});
    expect(await send('Update', POLICY_TYPE, 'policy-type:SERVICE_CONTROL_POLICY:found')).toMatchObject({ PhysicalResourceId: 'policy-type:SERVICE_CONTROL_POLICY:found' });
    expect(organizations.commandCalls(EnablePolicyTypeCommand)).toHaveLength(1);
  });

  test('other properties are another setting; CloudFormation then deletes the old one', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    organizations.on(EnableAWSServiceAccessCommand).resolves({});
    expect(await send('Update', TRUST, 'trusted-access:sso.amazonaws.com:created')).toMatchObject({
      PhysicalResourceId: 'trusted-access:config.amazonaws.com:created|trusted-access:sso.amazonaws.com:created',
    });
  });

  test.each(['created', 'found'])('a rollback to a setting that was %s answers its id as it was', async (origin) => {
    const original = `delegated-administrator:guardduty.amazonaws.com:222222222222:${origin}|delegated-administrator:guardduty.amazonaws.com:333333333333:created`;
    const other = { ...DELEGATE, properties: { ...DELEGATE.properties, AccountId: '444444444444' } };
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [{ Id: '222222222222' }] });
    organizations.on(RegisterDelegatedAdministratorCommand).resolves({});
    const forward = await send('Update', other, original);
    expect(forward.PhysicalResourceId).toBe(`delegated-administrator:guardduty.amazonaws.com:444444444444:created|${original}`);
    expect((await send('Update', DELEGATE, forward.PhysicalResourceId)).PhysicalResourceId).toBe(original);
  });

  test('the id never outgrows what CloudFormation takes', async () => {
    let id: string | undefined;
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
    organizations.on(RegisterDelegatedAdministratorCommand).resolves({});
    for (let account = 100000000000; account < 100000000030; account++) {
      id = (await send(id === undefined ? 'Create' : 'Update', { ...DELEGATE, properties: { ...DELEGATE.properties, AccountId: String(account) } }, id)).PhysicalResourceId;
      expect(id!.length).toBeLessThanOrEqual(1024);
      expect(id).toMatch(new RegExp(`^delegated-administrator:guardduty\\.amazonaws\\.com:${account}:created`));
    }
  });
});

describe('delete', () => {
  test('turns off what it turned on', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
    organizations.on(DisableAWSServiceAccessCommand).resolves({});
    expect(await send('Delete', TRUST, 'trusted-access:config.amazonaws.com:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(organizations.commandCalls(DisableAWSServiceAccessCommand)).toHaveLength(1);
  });

  test.each([
    [TRUST, 'trusted-access:config.amazonaws.com:found'], [DELEGATE, 'Setting:failed'], [RAM, 'ram-sharing:created'],
  ])('%j as %s calls nothing', async (setting, physicalId) => {
    expect(await send('Delete', setting, physicalId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(organizations.calls()).toHaveLength(0);
    expect(ram.calls()).toHaveLength(0);
  });

  test('what is gone already is success', async () => {
    organizations.on(DeregisterDelegatedAdministratorCommand).rejects(named('AccountNotRegisteredException'));
    expect(await send('Delete', DELEGATE, 'delegated-administrator:guardduty.amazonaws.com:222222222222:created')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('an organization that is gone took its settings with it', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).rejects(named('AWSOrganizationsNotInUseException'));
    expect(await send('Delete', TRUST, 'trusted-access:config.amazonaws.com:created')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('a service stays trusted while accounts administer it', async () => {
    organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [{ Id: '222222222222' }] });
    expect(await send('Delete', TRUST, 'trusted-access:config.amazonaws.com:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(organizations.commandCalls(DisableAWSServiceAccessCommand)).toHaveLength(0);
  });

  test('a lasting error is answered and leaves the id', async () => {
    organizations.on(DeregisterDelegatedAdministratorCommand).rejects(named('AccessDeniedException'));
    const id = 'delegated-administrator:guardduty.amazonaws.com:222222222222:created';
    expect(await send('Delete', DELEGATE, id)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id, Reason: expect.stringContaining('AccessDeniedException') });
  });

  test('only the setting that the id names is turned off', async () => {
    expect(await send('Delete', TRUST, 'trusted-access:sso.amazonaws.com:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(organizations.calls()).toHaveLength(0);
  });

  test('a policy type stays on while others have policies of it', async () => {
    organizations.on(ListPoliciesCommand).resolves({ Policies: [{ AwsManaged: true }, { AwsManaged: false }] });
    expect(await send('Delete', POLICY_TYPE, 'policy-type:SERVICE_CONTROL_POLICY:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(organizations.commandCalls(DisablePolicyTypeCommand)).toHaveLength(0);
  });

  test('a policy type without policies is turned off', async () => {
    organizations.on(ListPoliciesCommand).resolves({ Policies: [{ AwsManaged: true }] });
    organizations.on(DisablePolicyTypeCommand).resolves({});
    await send('Delete', POLICY_TYPE, 'policy-type:SERVICE_CONTROL_POLICY:created');
    expect(organizations.commandCalls(DisablePolicyTypeCommand)).toHaveLength(1);
  });
});

describe('the answer', () => {
  const event: CustomResourceEvent = {
    RequestType: 'Create',
    ResponseURL: 'https://answer.example',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Setting',
    ResourceType: TRUST.type,
    ResourceProperties: TRUST.properties,
  };
  const setting = { id: 'setting', isOn: async () => true, turnOn: async () => false, turnOff: async () => {} };

  test('is repeated until CloudFormation takes it', async () => {
    const bodies: string[] = [];
    const put = async (_: string, body: string) => { if (bodies.push(body) < 3) throw new Error('lost'); };
    await settle(event, () => setting, { put, sleep: async (milliseconds) => { waits.push(milliseconds); } });
    expect(new Set(bodies).size).toBe(1);
    expect(waits).toEqual([400, 800]);
  });

  test('that is never taken is an error of the function', async () => {
    const put = async () => { throw new Error('lost'); };
    await expect(settle(event, () => setting, { put, sleep: async () => {} })).rejects.toThrow('lost');
  });

  test('comes in time when AWS does not answer', async () => {
    const answers: any[] = [];
    const hanging = { ...setting, isOn: async () => new Promise<boolean>(() => {}) };
    const put = async (_: string, body: string) => { answers.push(JSON.parse(body)); };
    await settle(event, () => hanging, { put, sleep: async () => {}, late: Promise.resolve() });
    expect(answers).toEqual([expect.objectContaining({ Status: 'FAILED', PhysicalResourceId: 'Setting:failed', Reason: expect.stringContaining('Deploy again') })]);
  });

  test('stays within what CloudFormation takes, however long the reason', async () => {
    const answers: string[] = [];
    const failing = { ...setting, isOn: async () => { throw new Error('x'.repeat(10_000)); } };
    await settle(event, () => failing, { put: async (_, body) => { answers.push(body); }, sleep: async () => {} });
    expect(Buffer.byteLength(answers[0]!)).toBeLessThan(2_000);
  });
});

test('attempts that failed together are spread', async () => {
  const call = async (attempt: number) => { if (attempt === 1) throw named('TooManyRequestsException'); };
  await withRetries(call, { sleep: async (milliseconds) => { waits.push(milliseconds); }, deadline: () => false, random: () => 0.5 });
  expect(waits).toEqual([1250]);
});

test('the bundled function is up to date', () => {
  expect(isFresh(ORGANIZATION_SETTINGS)).toBe(true);
});

describe('central root access', () => {
  const SESSIONS = { type: 'Custom::OrganizationRootAccess', properties: { Feature: 'RootSessions' } };

  test('is turned on once, and off when it was ours', async () => {
    iam.on(ListOrganizationsFeaturesCommand).resolves({ EnabledFeatures: ['RootCredentialsManagement'] });
    iam.on(EnableOrganizationsRootSessionsCommand).resolves({});
    iam.on(DisableOrganizationsRootSessionsCommand).resolves({});
    const made = await send('Create', SESSIONS);
    expect(made).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'central-root-access:RootSessions:created' });
    expect(await send('Delete', SESSIONS, made.PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS' });
    expect(iam.commandCalls(DisableOrganizationsRootSessionsCommand)).toHaveLength(1);
  });

  test('that was on before stays on', async () => {
    iam.on(ListOrganizationsFeaturesCommand).resolves({ EnabledFeatures: ['RootSessions'] });
    const made = await send('Create', SESSIONS);
    await send('Delete', SESSIONS, made.PhysicalResourceId);
    expect([iam.commandCalls(EnableOrganizationsRootSessionsCommand), iam.commandCalls(DisableOrganizationsRootSessionsCommand)]).toEqual([[], []]);
  });

  test('waits until the trust of IAM is seen everywhere, and through throttling', async () => {
    iam.on(ListOrganizationsFeaturesCommand).rejectsOnce(named('ServiceAccessNotEnabledException')).resolves({});
    iam.on(EnableOrganizationsRootSessionsCommand).rejectsOnce(named('Throttling')).rejectsOnce(named('ServiceAccessNotEnabledException')).resolves({});
    expect(await send('Create', SESSIONS)).toMatchObject({ Status: 'SUCCESS' });
    expect(waits).toEqual([5000, 1000, 5000]);
  });

  test('without trust is off already', async () => {
    iam.on(DisableOrganizationsRootSessionsCommand).rejects(named('ServiceAccessNotEnabledException'));
    expect(await send('Delete', SESSIONS, 'central-root-access:RootSessions:created')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('of an unknown feature is refused', async () => {
    expect(await send('Create', { ...SESSIONS, properties: { Feature: 'All' } })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Feature matching') });
  });
});
