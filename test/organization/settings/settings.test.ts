import { readFileSync } from 'fs';
import {
  DeregisterDelegatedAdministratorCommand, DisableAWSServiceAccessCommand, DisablePolicyTypeCommand, EnableAWSServiceAccessCommand, EnablePolicyTypeCommand,
  ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListPoliciesCommand, ListRootsCommand, OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from '@aws-sdk/client-ram';
import { mockClient } from 'aws-sdk-client-mock';
import { BUNDLE, bundleHandler } from '../../../scripts/bundle-handler';
import { CustomResourceEvent, settle } from '../../../src/organization/settings/custom-resource';
import { settingOf } from '../../../src/organization/settings/settings';

const organizations = mockClient(OrganizationsClient);
const ram = mockClient(RAMClient);
let waits: number[];

beforeEach(() => {
  organizations.reset();
  ram.reset();
  waits = [];
});

function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

const POLICY_TYPE = { type: 'Custom::OrganizationPolicyType', properties: { RootId: 'r-ab12', PolicyType: 'SERVICE_CONTROL_POLICY' } };
const TRUST = { type: 'Custom::OrganizationTrustedAccess', properties: { ServicePrincipal: 'config.amazonaws.com' } };
const DELEGATE = { type: 'Custom::OrganizationDelegatedAdministrator', properties: { ServicePrincipal: 'guardduty.amazonaws.com', AccountId: '222222222222' } };
const RAM = { type: 'Custom::OrganizationRamSharing', properties: {} };

/** Sends an event through the handler's core and gives CloudFormation's view of the answer. */
async function send(
  RequestType: CustomResourceEvent['RequestType'], { type, properties }: { type: string; properties: { [name: string]: unknown } }, PhysicalResourceId?: string, attempts = 10,
) {
  const answers: any[] = [];
  let left = attempts;
  const clients = {
    organizations: new OrganizationsClient({}), ram: new RAMClient({}), sleep: async (ms: number) => { waits.push(ms); }, deadline: () => --left <= 0,
  };
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type,
    ResourceProperties: properties, PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients), async (url, body) => { answers.push({ url, ...JSON.parse(body) }); });
  expect(answers).toHaveLength(1);
  return answers[0];
}

function roots(...types: string[]) {
  organizations.on(ListRootsCommand).resolves({ Roots: [{ Id: 'r-ab12', PolicyTypes: types.map((Type) => ({ Type: Type as any, Status: 'ENABLED' })) }] });
}

describe('create', () => {
  test('turns on what is off and remembers it in the physical id', async () => {
    roots();
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

  test('RAM sharing', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    ram.on(EnableSharingWithAwsOrganizationCommand).resolves({ returnValue: true });
    expect(await send('Create', RAM)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ram-sharing:created' });
  });

  test.each([
    [{ type: 'Custom::OrganizationUnicorn', properties: {} }, 'Custom::OrganizationUnicorn is not a setting of the organization'],
    [{ type: TRUST.type, properties: {} }, 'needs the property ServicePrincipal'],
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
    roots();
    organizations.on(EnablePolicyTypeCommand).resolves({});
    expect(await send('Update', POLICY_TYPE, 'policy-type:SERVICE_CONTROL_POLICY:found')).toMatchObject({ PhysicalResourceId: 'policy-type:SERVICE_CONTROL_POLICY:found' });
    expect(organizations.commandCalls(EnablePolicyTypeCommand)).toHaveLength(1);
  });

  test('other properties are another setting; CloudFormation then deletes the old one', async () => {
    organizations.on(ListAWSServiceAccessForOrganizationCommand).resolves({ EnabledServicePrincipals: [] });
    organizations.on(EnableAWSServiceAccessCommand).resolves({});
    expect(await send('Update', TRUST, 'trusted-access:sso.amazonaws.com:created')).toMatchObject({ PhysicalResourceId: 'trusted-access:config.amazonaws.com:created' });
  });
});

describe('delete', () => {
  test('turns off what it turned on', async () => {
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

test('the bundled function is up to date', () => {
  expect(readFileSync(BUNDLE, 'utf8')).toBe(bundleHandler());
});
