import {
  GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, ListRequestedServiceQuotaChangeHistoryByQuotaCommand, RequestServiceQuotaIncreaseCommand, ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeCalls, FAULTS, named, Resource, send } from './deployment';

const QUOTA: Resource = { type: 'Custom::ServiceQuota', properties: { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', Value: '5000' } };

const quotas = mockClient(ServiceQuotasClient);

/** One quota: the value of AWS, that of the account where somebody asked before, and requests, of which one is open at most. */
class FakeQuota extends FakeCalls {
  public standard: number | undefined = 1000;
  public applied: number | undefined;
  public adjustable = true;
  public requests: { Status: string; DesiredValue: number }[] = [];
  /** How often AWS takes no request, because others are open. */
  public full = 0;

  public constructor() {
    super();
    quotas.reset();
    const given = (value: number | undefined) => {
      if (value === undefined) throw named('NoSuchResourceException');
      return { Quota: { Value: value, Adjustable: this.adjustable } };
    };
    this.on(quotas, GetServiceQuotaCommand, () => given(this.applied));
    this.on(quotas, GetAWSDefaultServiceQuotaCommand, () => given(this.standard));
    this.on(quotas, RequestServiceQuotaIncreaseCommand, ({ DesiredValue }) => {
      if (this.full-- > 0) throw named('QuotaExceededException');
      if (this.requests.some(({ Status }) => Status === 'PENDING' || Status === 'CASE_OPENED')) throw named('ResourceAlreadyExistsException');
      this.requests.push({ Status: 'PENDING', DesiredValue });
    });
    // An empty page first, then a request on each.
    this.on(quotas, ListRequestedServiceQuotaChangeHistoryByQuotaCommand, ({ NextToken }) => {
      const at = Number(NextToken ?? 0);
      return { RequestedQuotas: at === 0 ? [] : [this.requests[at - 1]], ...(at < this.requests.length && { NextToken: String(at + 1) }) };
    });
  }
}

let quota: FakeQuota;

beforeEach(() => { quota = new FakeQuota(); });

const asked = () => quota.requests.map(({ DesiredValue }) => DesiredValue);

test('more is asked for where there is less, once; nothing waits for AWS to decide', async () => {
  const first = await send('Create', QUOTA);
  expect([first.Status, first.PhysicalResourceId, asked(), first.waits]).toEqual(['SUCCESS', 'service-quota:lambda:L-B99A9384:5000:created', [5000], []]);
  expect((await send('Update', QUOTA, first.PhysicalResourceId)).PhysicalResourceId).toBe(first.PhysicalResourceId);
  expect((await send('Create', QUOTA)).PhysicalResourceId).toMatch(/:found$/);
  expect(asked()).toEqual([5000]);
});

test.each([['AWS gives as much by itself', () => { quota.standard = 5000; }], ['there is more', () => { quota.applied = 6000; }]])('nothing is asked for where %s', async (_name, prepare) => {
  prepare();
  expect([(await send('Create', QUOTA)).PhysicalResourceId, quota.writes]).toEqual([expect.stringMatching(/:found$/), []]);
});

test('the value of the account counts, and not that of AWS', async () => {
  Object.assign(quota, { standard: 9000, applied: 2000 });
  await send('Create', QUOTA);
  expect(asked()).toEqual([5000]);
});

test.each(['PENDING', 'CASE_OPENED', 'APPROVED'])('a request that is %s is not made again, on whatever page', async (Status) => {
  quota.requests = [{ Status: 'DENIED', DesiredValue: 9000 }, { Status: 'APPROVED', DesiredValue: 2000 }, { Status, DesiredValue: 8000 }];
  expect([(await send('Create', QUOTA)).Status, quota.writes]).toEqual(['SUCCESS', []]);
});

test.each(['DENIED', 'CASE_CLOSED', 'NOT_APPROVED', 'INVALID_REQUEST'])('a request that is %s is made again by a new resource', async (Status) => {
  quota.requests = [{ Status, DesiredValue: 5000 }];
  await send('Create', QUOTA);
  expect(asked()).toEqual([5000, 5000]);
});

test('a smaller request of somebody else is told, and that there is one at a time', async () => {
  quota.requests = [{ Status: 'APPROVED', DesiredValue: 1500 }, { Status: 'CASE_OPENED', DesiredValue: 2000 }];
  expect(await send('Create', QUOTA)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AWS is asked already for 2000 of lambda L-B99A9384, and takes one request at a time') });
  quota.requests[1]!.Status = 'APPROVED';
  expect((await send('Create', QUOTA)).Status).toBe('SUCCESS');
});

test('requests wait for others that AWS decides on soon, and say so where it does not', async () => {
  quota.full = 3;
  expect([(await send('Create', QUOTA)).Status, asked()]).toEqual(['SUCCESS', [5000]]);
  quota = new FakeQuota();
  quota.full = 1_000;
  expect(await send('Create', QUOTA)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('until it has decided on others, so lambda L-B99A9384 is not asked for. Deploy again') });
});

test('a quota that is not there, or that nobody gets more of, is told', async () => {
  quota.standard = undefined;
  expect(await send('Create', QUOTA)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('There is no quota lambda L-B99A9384 in this Region') });
  Object.assign(quota, { standard: 1000, adjustable: false });
  expect(await send('Create', QUOTA)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('is 1000, and AWS raises it for nobody') });
  expect(quota.writes).toEqual([]);
});

test.each(FAULTS)('it is asked for once although each call once $fault', async ({ error, when }) => {
  for (const call of ['GetServiceQuota', 'GetAWSDefaultServiceQuota', 'RequestServiceQuotaIncrease', 'ListRequestedServiceQuotaChangeHistoryByQuota']) quota.fail(call, error, when);
  expect([(await send('Create', QUOTA)).Status, asked()]).toEqual(['SUCCESS', [5000]]);
});

test('an error that lasts is told with its name, and AWS that stays busy in time', async () => {
  quota.fail('RequestServiceQuotaIncrease', 'DependencyAccessDeniedException', 'before', 100);
  expect(await send('Create', QUOTA)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('DependencyAccessDeniedException happened') });
  quota.fail('GetServiceQuota', 'TooManyRequestsException', 'before', 100);
  expect(await send('Create', QUOTA, undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('TooManyRequestsException') });
});

test('it stays when the resource goes, and another value is asked for in its place', async () => {
  const first = await send('Create', QUOTA);
  quota.requests[0]!.Status = 'APPROVED';
  const second = await send('Update', { ...QUOTA, properties: { ...QUOTA.properties, Value: '7000.5' } }, first.PhysicalResourceId);
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
  expect((await send('Delete', QUOTA, first.PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(asked()).toEqual([5000, 7000.5]);
});

test('wrong properties are told together', async () => {
  expect((await send('Create', { type: 'Custom::ServiceQuota', properties: { ServiceCode: '1', QuotaCode: 'L B', Value: 'many' } })).Reason).toMatch(/ServiceCode.*QuotaCode.*Value/);
});
