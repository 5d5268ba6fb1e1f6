import { AccountClient, EnableRegionCommand, ListRegionsCommand } from '@aws-sdk/client-account';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { isFresh, REGION_SETTINGS } from '../../../scripts/bundle-handler';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { enableWhatIsMissing } from '../../../src/organization/regions/settings/organization-regions';
import { settingOf, wantedOf } from '../../../src/organization/regions/settings/settings';
import { FakeCalls, named, Resource } from '../account-settings/deployment';

const MANAGEMENT = '111111111111';
const REGIONS: Resource = { type: 'Custom::OptInRegions', properties: { Regions: ['eu-central-2', 'ap-southeast-3'], ManagementAccountId: MANAGEMENT, Accounts: ['payments'] } };

const account = mockClient(AccountClient);
const organizations = mockClient(OrganizationsClient);

/** Accounts of an organization and their Regions: what is begun is ready some looks later. */
class FakeOrganization extends FakeCalls {
  public accounts: { Id: string; State: string }[];
  public readonly states = new Map<string, string>();
  /** Looks until a Region is enabled. */
  public looks = 2;
  public most = 0;
  /** Accounts that AWS refuses, and why. */
  public readonly refused = new Map<string, string>();
  private readonly due = new Map<string, number>();

  public constructor(ids: readonly string[] = [MANAGEMENT, '222222222222', '333333333333']) {
    super();
    account.reset();
    organizations.reset();
    this.accounts = [...ids.map((Id) => ({ Id, State: 'ACTIVE' })), { Id: '999999999999', State: 'SUSPENDED' }];
    this.on(organizations, ListAccountsCommand, ({ NextToken }) => {
      const at = Number(NextToken ?? 0);
      return { Accounts: at === 0 ? [] : this.accounts.slice((at - 1) * 20, at * 20), ...(at * 20 < this.accounts.length && { NextToken: String(at + 1) }) };
    });
    this.on(account, ListRegionsCommand, ({ AccountId, NextToken }) => {
      const id = this.known(AccountId);
      for (const [key, looks] of this.due) {
        if (!key.startsWith(id)) continue;
        this.due.set(key, looks - 1);
        if (looks <= 1) this.states.set(key, 'ENABLED');
      }
      if (NextToken === undefined) return { Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' }], NextToken: '2' };
      return { Regions: ['eu-central-2', 'ap-southeast-3'].map((RegionName) => ({ RegionName, RegionOptStatus: this.states.get(`${id} ${RegionName}`) ?? 'DISABLED' })) };
    });
    this.on(account, EnableRegionCommand, ({ AccountId, RegionName }) => {
      const id = this.known(AccountId);
      const key = `${id} ${RegionName}`;
      if (this.states.get(key) === 'DISABLING') throw named('ConflictException', 'The Region is being disabled');
      this.states.set(key, 'ENABLING');
      this.due.set(key, this.looks);
      this.most = Math.max(this.most, [...this.states.values()].filter((state) => state === 'ENABLING').length);
    });
  }

  public get enabled(): string[] {
    return [...this.states].filter(([, state]) => state === 'ENABLED').map(([key]) => key).sort();
  }

  private known(id: string | undefined): string {
    if (id === MANAGEMENT) throw named('ValidationException', 'The management account cannot specify its own AccountId');
    if (id !== undefined && this.refused.has(id)) throw named('AccessDeniedException', this.refused.get(id));
    return id ?? MANAGEMENT;
  }
}

const ALL = [MANAGEMENT, '222222222222', '333333333333'].flatMap((id) => [`${id} ap-southeast-3`, `${id} eu-central-2`]);

let organization: FakeOrganization;

beforeEach(() => { organization = new FakeOrganization(); });

const clients = (sleep: (ms: number) => Promise<void>, deadline: () => boolean, said: string[] = []) => ({
  account: new AccountClient({}), organizations: new OrganizationsClient({}), sleep, deadline, say: (message: string) => { said.push(message); },
});

async function send(RequestType: CustomResourceEvent['RequestType'], { type, properties }: Resource = REGIONS, PhysicalResourceId?: string, patience = 200) {
  const answers: any[] = [];
  const waits: number[] = [];
  const sleep = async (ms: number) => { waits.push(ms); };
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients(sleep, () => waits.length >= patience)), { put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep });
  expect(answers).toHaveLength(1);
  return { ...answers[0], waits } as { Status: string; Reason?: string; PhysicalResourceId: string; waits: number[] };
}

test('every active account opts in, the management account for itself, over all pages; the deployment waits until all have', async () => {
  const { Status, PhysicalResourceId, waits } = await send('Create');
  expect([Status, PhysicalResourceId, organization.enabled]).toEqual(['SUCCESS', 'opt-in-regions:eu-central-2+ap-southeast-3:created', ALL]);
  expect(waits.length).toBeGreaterThan(0);
  expect(organization.writes).toHaveLength(ALL.length);
});

test('what is so already is not touched, and nothing waits', async () => {
  for (const key of ALL) organization.states.set(key, 'ENABLED');
  expect(await send('Create')).toMatchObject({ PhysicalResourceId: expect.stringMatching(/:found$/), waits: [] });
  expect(organization.writes).toEqual([]);
});

test('an account that comes opts in with the next deployment', async () => {
  const first = await send('Create');
  organization.accounts.push({ Id: '444444444444', State: 'ACTIVE' });
  const second = await send('Update', { ...REGIONS, properties: { ...REGIONS.properties, Accounts: ['payments', 'orders'] } }, first.PhysicalResourceId);
  expect([second.Status, second.PhysicalResourceId, organization.enabled]).toEqual(['SUCCESS', first.PhysicalResourceId, [...ALL, '444444444444 ap-southeast-3', '444444444444 eu-central-2']]);
});

test('no more than 50 are begun at a time in the organization, and all come to their turn', async () => {
  organization = new FakeOrganization(Array.from({ length: 60 }, (_, at) => String(100000000000 + at)));
  expect((await send('Create')).Status).toBe('SUCCESS');
  expect([organization.most, organization.enabled.length]).toEqual([50, 120]);
});

test('a Region that is being enabled by somebody else is waited for, and not begun again', async () => {
  organization.looks = 1;
  for (const key of ALL) organization.states.set(key, 'ENABLED');
  organization.states.set(ALL[0]!, 'ENABLING');
  let looks = 0;
  const sleep = async () => { if (++looks === 3) organization.states.set(ALL[0]!, 'ENABLED'); };
  const setting = settingOf(REGIONS.type, REGIONS.properties, clients(sleep, () => looks > 10));
  expect(await setting.isOn()).toBe(false);
  await setting.turnOn();
  await setting.ready!();
  expect([organization.writes, looks]).toEqual([[], 3]);
});

test('one account that AWS refuses keeps no other waiting, and is told with the reason', async () => {
  organization.refused.set('222222222222', 'The account is being closed');
  const { Status, Reason, PhysicalResourceId } = await send('Create');
  expect([Status, PhysicalResourceId]).toEqual(['FAILED', 'opt-in-regions:eu-central-2+ap-southeast-3:created']);
  expect(Reason).toContain('1 account cannot use all Regions yet: 222222222222 (AccessDeniedException: The account is being closed)');
  expect(organization.enabled).toEqual(ALL.filter((key) => !key.startsWith('222222222222')));
});

test('a Region that is being disabled is begun when that is over', async () => {
  organization.states.set('222222222222 eu-central-2', 'DISABLING');
  expect((await send('Create', REGIONS, undefined, 20)).Reason).toContain('eu-central-2 not begun; eu-central-2: ConflictException: The Region is being disabled');
  organization.states.set('222222222222 eu-central-2', 'DISABLED');
  expect([(await send('Create')).Status, organization.enabled]).toEqual(['SUCCESS', ALL]);
});

test('what AWS is slow at fails with what to do, and the next deployment finds it', async () => {
  organization.looks = 1_000;
  const { Status, Reason } = await send('Create', REGIONS, undefined, 10);
  expect(Status).toBe('FAILED');
  expect(Reason).toContain('3 accounts cannot use all Regions yet: 111111111111 (AWS is enabling eu-central-2, ap-southeast-3)');
  expect(Reason).toContain('AWS takes minutes, sometimes hours, and goes on by itself. Deploy again');
  for (const key of ALL) organization.states.set(key, 'ENABLED');
  expect((await send('Create')).Status).toBe('SUCCESS');
});

const FAULTS = [
  ['TooManyRequestsException', 'before'], ['ThrottlingException', 'before'], ['AccessDeniedException', 'before'], ['InternalServerException', 'before'], ['TimeoutError', 'after'], ['ECONNRESET', 'after'],
] as const;

test.each(FAULTS)('all opt in although each call once fails with %s %s it is done', async (error, when) => {
  for (const name of ['ListRegions', 'EnableRegion']) organization.fail(name, error, when);
  if (error !== 'InternalServerException') organization.fail('ListAccounts', error, when);
  expect([(await send('Create')).Status, organization.enabled]).toEqual(['SUCCESS', ALL]);
});

test('AWS that denies all accounts, or stays busy, is told in time', async () => {
  organization.fail('ListAccounts', 'AccessDeniedException', 'before', 1_000);
  expect(await send('Create')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDeniedException') });
  organization = new FakeOrganization();
  organization.fail('ListRegions', 'TooManyRequestsException', 'before', 1_000);
  expect(await send('Create', REGIONS, undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('TooManyRequestsException') });
});

test('nothing is disabled when the resource goes', async () => {
  const { PhysicalResourceId } = await send('Create');
  const { length } = organization.made;
  expect((await send('Delete', REGIONS, PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(organization.made).toHaveLength(length);
});

test('a scheduled run begins what it can, waits for nothing, and says what is left', async () => {
  const said: string[] = [];
  const waits: number[] = [];
  const run = async () => enableWhatIsMissing(wantedOf(REGIONS.properties), clients(async (ms) => { waits.push(ms); }, () => false, said));
  await run();
  expect([organization.writes.length, waits, said]).toEqual([6, [], [expect.stringContaining('3 accounts cannot use all Regions yet')]]);
  await run();
  expect([organization.writes.length, organization.enabled, said.length]).toEqual([6, ALL, 1]);
});

test('wrong properties are told together', async () => {
  expect((await send('Create', { ...REGIONS, properties: { Regions: ['Zurich'], ManagementAccountId: '1' } })).Reason).toMatch(/Regions is \["Zurich"\].*ManagementAccountId is "1"/);
  expect((await send('Create', { ...REGIONS, type: 'Custom::Other' })).Reason).toContain('Custom::Other is no setting of Regions');
});

test('the bundle is what the source says', () => {
  expect(isFresh(REGION_SETTINGS)).toBe(true);
});
