import { CreateMembersCommand, EnableOrganizationAdminAccountCommand, UpdateOrganizationConfigurationCommand } from '@aws-sdk/client-guardduty';
import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { FAULTS, Resource, send } from './deployment';
import { FakeGuardDuty, named } from './fake-guardduty';
import { DETECTION_SETTINGS, isFresh } from '../../../scripts/bundle-handler';

const REGION = 'eu-west-1';
const ADMINISTRATOR: Resource = { type: 'Custom::GuardDutyAdministrator', properties: { Region: REGION, AccountId: '222222222222' } };
const FEATURES = [
  { Name: 'S3_DATA_EVENTS', AutoEnable: 'ALL' }, { Name: 'EKS_AUDIT_LOGS', AutoEnable: 'NONE' },
  { Name: 'RUNTIME_MONITORING', AutoEnable: 'ALL', AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', AutoEnable: 'ALL' }] },
];
const MANAGEMENT = { AccountId: '111111111111', Email: 'aws+management@acme.example' };
const ORGANIZATION: Resource = { type: 'Custom::GuardDutyOrganization', properties: { Region: REGION, Features: FEATURES, Members: [MANAGEMENT] } };
const ROLE: Resource = { type: 'Custom::ServiceLinkedRole', properties: { Service: 'malware-protection.guardduty.amazonaws.com' } };

const iam = mockClient(IAMClient);
let guardDuty: FakeGuardDuty;
let roles: Set<string>;

beforeEach(() => {
  iam.reset();
  guardDuty = new FakeGuardDuty();
  roles = new Set();
  iam.on(GetRoleCommand).callsFake(({ RoleName }) => {
    if (!roles.has(RoleName)) throw named('NoSuchEntityException');
    return {};
  });
  iam.on(CreateServiceLinkedRoleCommand).callsFake(({ AWSServiceName }) => {
    expect(AWSServiceName).toBe('malware-protection.guardduty.amazonaws.com');
    if (roles.size > 0) throw named('InvalidInputException', 'Service role name has been taken in this account');
    roles.add('AWSServiceRoleForAmazonGuardDutyMalwareProtection');
    return {};
  });
});

afterEach(() => guardDuty.mock.restore());

describe('the administrator of GuardDuty', () => {
  test('is named in its Region, behind an empty page', async () => {
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'guardduty-administrator:eu-west-1:222222222222:created', regions: [REGION] });
    expect(guardDuty.administrators).toEqual(['222222222222']);
  });

  test('that is there already is taken as it is', async () => {
    guardDuty.administrators = ['222222222222'];
    expect((await send('Create', ADMINISTRATOR)).PhysicalResourceId).toMatch(/:found$/);
    expect(guardDuty.calls(EnableOrganizationAdminAccountCommand)).toEqual([]);
  });

  test('is not taken from another account: the way out is told', async () => {
    guardDuty.administrators = ['333333333333'];
    const { Status, Reason } = await send('Create', ADMINISTRATOR);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('Account 333333333333 administers GuardDuty in eu-west-1 already');
    expect(Reason).toContain('aws guardduty disable-organization-admin-account --admin-account-id 333333333333 --region eu-west-1');
    expect(guardDuty.administrators).toEqual(['333333333333']);
  });

  test('somebody else being faster is success, another refusal is not', async () => {
    guardDuty.before = (command) => {
      if (command === 'EnableOrganizationAdminAccountCommand') guardDuty.administrators = ['222222222222'];
    };
    expect((await send('Create', ADMINISTRATOR)).PhysicalResourceId).toMatch(/:found$/);
    guardDuty.administrators = [];
    guardDuty.before = (command) => {
      if (command === 'EnableOrganizationAdminAccountCommand') throw named('BadRequestException', 'The account is not in the organization');
    };
    expect(await send('Create', ADMINISTRATOR)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('not in the organization') });
  });

  test('stays when it is removed here', async () => {
    guardDuty.administrators = ['222222222222'];
    expect(await send('Delete', ADMINISTRATOR, 'guardduty-administrator:eu-west-1:222222222222:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(guardDuty.mock.calls()).toEqual([]);
  });
});

describe('GuardDuty of an organization', () => {
  test('is set for all accounts, and the management account becomes a member', async () => {
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'guardduty-organization:eu-west-1:created' });
    expect(guardDuty.configuration).toEqual({ AutoEnableOrganizationMembers: 'ALL', Features: FEATURES });
    expect(guardDuty.calls(UpdateOrganizationConfigurationCommand)).toEqual([{ DetectorId: 'd1', AutoEnableOrganizationMembers: 'ALL', Features: FEATURES }]);
    expect(guardDuty.calls(CreateMembersCommand)).toEqual([{ DetectorId: 'd1', AccountDetails: [MANAGEMENT] }]);
  });

  test('that is so already is not touched; all pages are read', async () => {
    guardDuty.configuration = { AutoEnableOrganizationMembers: 'ALL', Features: [{ Name: 'LAMBDA_NETWORK_LOGS', AutoEnable: 'NEW' }, ...FEATURES] };
    guardDuty.members.set(MANAGEMENT.AccountId, 'Enabled');
    expect((await send('Create', ORGANIZATION)).PhysicalResourceId).toMatch(/:found$/);
    expect(guardDuty.calls(UpdateOrganizationConfigurationCommand)).toEqual([]);
  });

  test.each([
    ['a protection for new accounts alone', { AutoEnableOrganizationMembers: 'ALL', Features: [{ ...FEATURES[0], AutoEnable: 'NEW' }, ...FEATURES.slice(1)] }],
    ['a part of one that is off', { AutoEnableOrganizationMembers: 'ALL', Features: [...FEATURES.slice(0, 2), { ...FEATURES[2], AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', AutoEnable: 'NONE' }] }] }],
    ['new accounts alone', { AutoEnableOrganizationMembers: 'NEW', Features: FEATURES }],
  ])('is put right where it is %s', async (_, before) => {
    guardDuty.configuration = before;
    guardDuty.members.set(MANAGEMENT.AccountId, 'Enabled');
    expect(await send('Update', ORGANIZATION, 'guardduty-organization:eu-west-1:created')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'guardduty-organization:eu-west-1:created' });
    expect(guardDuty.configuration).toEqual({ AutoEnableOrganizationMembers: 'ALL', Features: FEATURES });
  });

  test('waits for the administrator to be known everywhere', async () => {
    let refused = 3;
    guardDuty.before = (command) => {
      if (command === 'DescribeOrganizationConfigurationCommand' && refused-- > 0) throw named('BadRequestException', 'The caller is not the administrator');
    };
    // The fourth: until the new member is seen.
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS', waits: [5000, 5000, 5000, 5000] });
  });

  test('an account that AWS leaves out, with success, is tried again', async () => {
    guardDuty.withoutDetector.add(MANAGEMENT.AccountId);
    let looks = 0;
    guardDuty.before = (command) => {
      if (command === 'CreateMembersCommand' && ++looks === 3) guardDuty.withoutDetector.clear();
    };
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'SUCCESS' });
    expect(guardDuty.calls(CreateMembersCommand)).toHaveLength(3);
  });

  test('an account that stays out is a failure with AWS\'s reason, and the answer knows what was set', async () => {
    guardDuty.withoutDetector.add(MANAGEMENT.AccountId);
    const { Status, Reason, PhysicalResourceId, waits } = await send('Create', ORGANIZATION);
    expect({ Status, PhysicalResourceId }).toEqual({ Status: 'FAILED', PhysicalResourceId: 'guardduty-organization:eu-west-1:created' });
    expect(Reason).toContain('111111111111: The organization management account must enable GuardDuty first');
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeLessThan(3 * 60_000);
  });

  test('a member that was paused is made a member again', async () => {
    guardDuty.configuration = { AutoEnableOrganizationMembers: 'ALL', Features: FEATURES };
    guardDuty.members.set(MANAGEMENT.AccountId, 'Removed');
    await send('Update', ORGANIZATION, 'guardduty-organization:eu-west-1:created');
    expect(guardDuty.members.get(MANAGEMENT.AccountId)).toBe('Enabled');
  });

  test('without a detector, it says what is missing', async () => {
    guardDuty.detectors = [];
    expect(await send('Create', ORGANIZATION)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no detector of GuardDuty in eu-west-1') });
  });

  test('all stays on when it is removed here', async () => {
    expect(await send('Delete', ORGANIZATION, 'guardduty-organization:eu-west-1:created')).toMatchObject({ Status: 'SUCCESS' });
    expect(guardDuty.mock.calls()).toEqual([]);
  });
});

describe('a service-linked role', () => {
  test('is made where it is not, and taken where it is', async () => {
    expect((await send('Create', ROLE)).PhysicalResourceId).toBe('service-linked-role:malware-protection.guardduty.amazonaws.com:created');
    expect((await send('Create', ROLE)).PhysicalResourceId).toMatch(/:found$/);
    expect(iam.commandCalls(CreateServiceLinkedRoleCommand)).toHaveLength(1);
  });

  test('a refusal that is not about the name is a failure', async () => {
    iam.on(CreateServiceLinkedRoleCommand).rejects(named('InvalidInputException', 'This service has no such role'));
    expect(await send('Create', ROLE)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no such role') });
  });

  test('of a service that nobody named is refused', async () => {
    expect(await send('Create', { ...ROLE, properties: { Service: 'ec2.amazonaws.com' } })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('has no role that is known here') });
  });
});

test.each([
  [{ type: 'Custom::GuardDutyAdministrator', properties: { Region: 'Ireland' } }, /Region matching .*, found "Ireland".*AccountId matching/],
  [{ type: 'Custom::GuardDutyOrganization', properties: { Region: REGION, Features: 'all' } }, /a list as property Features, found "all"; a list as property Members/],
  [{ type: 'Custom::Unknown', properties: {} }, /is not a setting of detection/],
])('wrong properties are told, all of them: %#', async (resource, message) => {
  expect(await send('Create', resource)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(message) });
});

/** Every call that a setting makes, in the order in which it does. */
async function callsOf(resource: Resource): Promise<string[]> {
  const calls: string[] = [];
  guardDuty.before = (command) => { calls.push(command); };
  await send('Create', resource);
  return calls;
}

describe.each([['administrator', ADMINISTRATOR, 3], ['organization', ORGANIZATION, 5]] as const)('faults of the %s', (_, resource, atLeast) => {
  test.each(FAULTS)('each call that $fault is repeated, and nothing is lost', async ({ error, when }) => {
    const calls = await callsOf(resource);
    expect(new Set(calls).size).toBeGreaterThanOrEqual(atLeast - 1);
    for (const at of calls.keys()) {
      guardDuty.mock.restore();
      guardDuty = new FakeGuardDuty();
      let count = -1;
      guardDuty.before = () => {
        count++;
        if (when === 'before' && count === at) throw named(error);
      };
      guardDuty.after = () => {
        if (when === 'after' && count === at) {
          count++;
          throw named(error);
        }
      };
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(resource === ADMINISTRATOR ? guardDuty.administrators : [guardDuty.configuration.AutoEnableOrganizationMembers, guardDuty.members.get(MANAGEMENT.AccountId)])
        .toEqual(resource === ADMINISTRATOR ? ['222222222222'] : ['ALL', 'Enabled']);
    }
  });

  test('a deployment that runs out of time at any call is completed by the next one', async () => {
    const calls = await callsOf(resource);
    for (const at of calls.keys()) {
      guardDuty.mock.restore();
      guardDuty = new FakeGuardDuty();
      let count = 0;
      guardDuty.before = () => {
        if (count++ >= at) throw named('TooManyRequestsException');
      };
      expect(await send('Create', resource, undefined, 2)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('TooManyRequestsException') });
      guardDuty.before = () => {};
      expect(await send('Create', resource)).toMatchObject({ Status: 'SUCCESS' });
      expect(resource === ADMINISTRATOR ? guardDuty.administrators : guardDuty.configuration.Features).toEqual(resource === ADMINISTRATOR ? ['222222222222'] : FEATURES);
    }
  });
});

test('the bundle is fresh', () => {
  expect(isFresh(DETECTION_SETTINGS)).toBe(true);
});
