import { CreateMemberCommand, EnableOrganizationAdminAccountCommand, UpdateOrganizationConfigurationCommand } from '@aws-sdk/client-macie2';
import { FAULTS, Resource, send } from './deployment';
import { named } from './fake-guardduty';
import { FakeMacie } from './fake-macie';

const ADMINISTRATOR: Resource = { type: 'Custom::MacieAdministrator', properties: { Region: 'eu-west-1', AccountId: '222222222222' } };
const ORGANIZATION: Resource = { type: 'Custom::MacieOrganization', properties: { Region: 'eu-west-1', AccountId: '222222222222', AutomatedDiscovery: 'ENABLED' } };
const ALL = ['111111111111', '333333333333', '444444444444'];

let macie: FakeMacie;

beforeEach(() => { macie = new FakeMacie(); });
afterEach(() => macie.restore());

const state = () => ({ administrators: macie.administrators, autoEnable: macie.autoEnable, discovery: macie.discovery, members: [...macie.members].sort() });
const COMPLETE = { administrators: [] as string[], autoEnable: true, discovery: { status: 'ENABLED', autoEnableOrganizationMembers: 'ALL' }, members: ALL.map((id) => [id, 'Enabled']) };

describe('the administrator of Macie', () => {
  test('is named in its Region, and taken as it is where it is', async () => {
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'macie-administrator:eu-west-1:222222222222:created', regions: ['eu-west-1'] });
    expect((await send('Create', ADMINISTRATOR)).PhysicalResourceId).toMatch(/:found$/);
    expect(macie.calls(EnableOrganizationAdminAccountCommand)).toHaveLength(1);
  });

  test('is not taken from another account: the way out is told', async () => {
    macie.administrators = ['333333333333'];
    const { Status, Reason } = await send('Create', ADMINISTRATOR);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('aws macie2 disable-organization-admin-account --admin-account-id 333333333333 --region eu-west-1');
  });

  test('a refusal that is not about being there already is a failure', async () => {
    macie.before = (command) => {
      if (command === 'EnableOrganizationAdminAccountCommand') throw named('ConflictException', 'Another request is in progress');
    };
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('in progress') });
  });
});

describe('Macie of an organization', () => {
  test('is in all active accounts but its administrator, over all pages, and samples their buckets', async () => {
    macie.members.set('444444444444', 'Enabled');
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'macie-organization:eu-west-1:created' });
    expect(state()).toEqual(COMPLETE);
    expect(macie.calls(CreateMemberCommand)).toEqual(['111111111111', '333333333333'].map((accountId) => ({ account: { accountId, email: `${accountId}@acme.example` } })));
  });

  test('that is so already is not touched; paused members and those without the Region are members', async () => {
    macie.autoEnable = true;
    macie.discovery = COMPLETE.discovery;
    macie.members = new Map([['111111111111', 'Enabled'], ['333333333333', 'Paused'], ['444444444444', 'RegionDisabled']]);
    expect((await send('Create', ORGANIZATION)).PhysicalResourceId).toMatch(/:found$/);
    expect([...macie.calls(UpdateOrganizationConfigurationCommand), ...macie.calls(CreateMemberCommand)]).toEqual([]);
  });

  test('an account that left is made a member again', async () => {
    macie.members = new Map([['111111111111', 'Removed'], ['333333333333', 'Enabled'], ['444444444444', 'Enabled']]);
    expect(await send('Update', ORGANIZATION, 'macie-organization:eu-west-1:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(state()).toEqual(COMPLETE);
  });

  test('sampling is switched off on request', async () => {
    macie.discovery = COMPLETE.discovery;
    await send('Update', { ...ORGANIZATION, properties: { ...ORGANIZATION.properties, AutomatedDiscovery: 'DISABLED' } }, 'macie-organization:eu-west-1:created');
    expect(macie.discovery).toEqual({ status: 'DISABLED', autoEnableOrganizationMembers: 'NONE' });
  });

  test('one account that Macie refuses does not keep the others out, and is a failure with its reason', async () => {
    macie.refused.set('111111111111', 'your organization master must first enable Macie to be added as a member');
    const { Status, Reason, PhysicalResourceId, waits } = await send('Create', ORGANIZATION);
    expect({ Status, PhysicalResourceId }).toEqual({ Status: 'FAILED', PhysicalResourceId: 'macie-organization:eu-west-1:created' });
    expect(Reason).toContain('111111111111: your organization master must first enable Macie');
    expect([...macie.members.keys()]).toEqual(['333333333333', '444444444444']);
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeLessThan(3 * 60_000);
  });

  test('all stays on when it is removed here', async () => {
    expect(await send('Delete', ORGANIZATION, 'macie-organization:eu-west-1:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(await send('Delete', ADMINISTRATOR, 'macie-administrator:eu-west-1:222222222222:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(macie.mock.calls()).toEqual([]);
  });

  test('wrong properties are told, all of them', async () => {
    expect((await send('Create', { type: ORGANIZATION.type, properties: { AutomatedDiscovery: 'yes' } })).Reason).toMatch(/Region matching .*AccountId matching .*AutomatedDiscovery matching .*, found "yes"/);
  });
});

describe.each([['administrator', ADMINISTRATOR, { administrators: ['222222222222'] }], ['organization', ORGANIZATION, COMPLETE]] as const)('faults of the %s of Macie', (_, resource, expected) => {
  const callsOf = async () => {
    const calls: string[] = [];
    macie.before = (command) => { calls.push(command); };
    await send('Create', resource);
    return calls;
  };
  const again = () => {
    macie.restore();
    macie = new FakeMacie();
  };

  test.each(FAULTS)('each call that $fault is repeated, and nothing is lost', async ({ error, when }) => {
    const calls = await callsOf();
    expect(calls.length).toBeGreaterThan(4);
    for (const at of calls.keys()) {
      again();
      let count = -1;
      const fail = () => {
        if (count === at) {
          count++;
          throw named(error);
        }
      };
      macie.before = () => {
        count++;
        if (when === 'before') fail();
      };
      macie.after = () => {
        if (when === 'after') fail();
      };
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(state()).toMatchObject(expected);
    }
  });

  test('a deployment that runs out of time at any call is completed by the next one', async () => {
    const calls = await callsOf();
    for (const at of calls.keys()) {
      again();
      let count = 0;
      macie.before = () => {
        if (count++ >= at) throw named('ThrottlingException');
      };
      expect(await send('Create', resource, undefined, 2)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ThrottlingException') });
      macie.before = () => {};
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(state()).toMatchObject(expected);
    }
  });
});
