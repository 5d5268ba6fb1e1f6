import { BackupClient } from '@aws-sdk/client-backup';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RAMClient } from '@aws-sdk/client-ram';
import {
  AssociateServiceQuotaTemplateCommand, DeleteServiceQuotaIncreaseRequestFromTemplateCommand, DisassociateServiceQuotaTemplateCommand, GetAssociationForServiceQuotaTemplateCommand,
  GetServiceQuotaIncreaseRequestFromTemplateCommand, ListServiceQuotaIncreaseRequestsInTemplateCommand, PutServiceQuotaIncreaseRequestIntoTemplateCommand, ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { settingOf } from '../../../src/organization/settings/settings';
import { FakeCalls, named, Resource } from '../account-settings/deployment';

const TEMPLATE: Resource = { type: 'Custom::OrganizationQuotaTemplate', properties: {} };
const REQUEST: Resource = { type: 'Custom::OrganizationQuotaRequest', properties: { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', Region: 'eu-west-1', Value: '5000' } };
const KEY = 'lambda L-B99A9384 eu-west-1';

const quotas = mockClient(ServiceQuotasClient);

/** The request template of an organization. */
class FakeTemplate extends FakeCalls {
  public isAssociated: boolean | undefined = false;
  public requests = new Map<string, number>();

  public constructor() {
    super();
    quotas.reset();
    const key = ({ ServiceCode, QuotaCode, AwsRegion }: any) => `${ServiceCode} ${QuotaCode} ${AwsRegion}`;
    const known = (input: any) => {
      if (!this.requests.has(key(input))) throw named('NoSuchResourceException');
      return this.requests.get(key(input));
    };
    this.on(quotas, GetAssociationForServiceQuotaTemplateCommand, () => {
      if (this.isAssociated === undefined) throw named('ServiceQuotaTemplateNotInUseException');
      return { ServiceQuotaTemplateAssociationStatus: this.isAssociated ? 'ASSOCIATED' : 'DISASSOCIATED' };
    });
    this.on(quotas, AssociateServiceQuotaTemplateCommand, () => { this.isAssociated = true; });
    this.on(quotas, DisassociateServiceQuotaTemplateCommand, () => { this.isAssociated = false; });
    this.on(quotas, GetServiceQuotaIncreaseRequestFromTemplateCommand, (input) => ({ ServiceQuotaIncreaseRequestInTemplate: { DesiredValue: known(input) } }));
    this.on(quotas, PutServiceQuotaIncreaseRequestIntoTemplateCommand, (input) => {
      if (this.requests.size >= 10) throw named('QuotaExceededException');
      this.requests.set(key(input), input.DesiredValue);
    });
    this.on(quotas, DeleteServiceQuotaIncreaseRequestFromTemplateCommand, (input) => {
      known(input);
      this.requests.delete(key(input));
    });
    this.on(quotas, ListServiceQuotaIncreaseRequestsInTemplateCommand, ({ NextToken }) => (
      NextToken === undefined ? { ServiceQuotaIncreaseRequestInTemplateList: [], NextToken: '1' } : { ServiceQuotaIncreaseRequestInTemplateList: [...this.requests].map(([QuotaCode]) => ({ QuotaCode })) }));
  }
}

let template: FakeTemplate;

beforeEach(() => { template = new FakeTemplate(); });

async function send(RequestType: CustomResourceEvent['RequestType'], { type, properties }: Resource, PhysicalResourceId?: string, patience = 60) {
  const answers: any[] = [];
  let waits = 0;
  const sleep = async () => { waits++; };
  const clients = {
    backup: new BackupClient({}), iam: new IAMClient({}), organizations: new OrganizationsClient({}), quotas: new ServiceQuotasClient({}), ram: new RAMClient({}),
    sleep, deadline: () => waits >= patience,
  };
  const event: CustomResourceEvent = {
    RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId,
  };
  await settle(event, () => settingOf(type, properties, clients), { put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep });
  expect(answers).toHaveLength(1);
  return answers[0];
}

test('the template is associated once, and taken as it is where it is', async () => {
  expect(await send('Create', TEMPLATE)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'quota-template:created' });
  expect((await send('Create', TEMPLATE)).PhysicalResourceId).toBe('quota-template:found');
  expect(template.writes).toEqual(['AssociateServiceQuotaTemplate']);
});

test('an organization that never had a template gets one', async () => {
  template.isAssociated = undefined;
  expect([(await send('Create', TEMPLATE)).Status, template.isAssociated]).toEqual(['SUCCESS', true]);
});

test('the template goes only with the last request, of whomever it is', async () => {
  Object.assign(template, { isAssociated: true, requests: new Map([['ec2 L-1 eu-west-1', 10]]) });
  await send('Delete', TEMPLATE, 'quota-template:created');
  expect(template.isAssociated).toBe(true);
  template.requests.clear();
  await send('Delete', TEMPLATE, 'quota-template:found');
  expect(template.isAssociated).toBe(true);
  await send('Delete', TEMPLATE, 'quota-template:created');
  expect(template.isAssociated).toBe(false);
});

test('a request is put once; another value takes its place, and the resource stays the same', async () => {
  const { PhysicalResourceId } = await send('Create', REQUEST);
  expect([PhysicalResourceId, template.requests.get(KEY)]).toEqual(['quota-template:lambda:L-B99A9384:eu-west-1:created', 5000]);
  await send('Update', REQUEST, PhysicalResourceId);
  expect(template.writes).toHaveLength(1);
  const changed = await send('Update', { ...REQUEST, properties: { ...REQUEST.properties, Value: '6000' } }, PhysicalResourceId);
  expect([changed.PhysicalResourceId, template.requests.get(KEY)]).toEqual([PhysicalResourceId, 6000]);
});

test('a request goes with its resource, one that was there before stays, and one that is gone already is no matter', async () => {
  template.requests.set(KEY, 5000);
  const found = await send('Create', REQUEST);
  await send('Delete', REQUEST, found.PhysicalResourceId);
  expect(template.requests.get(KEY)).toBe(5000);
  await send('Delete', REQUEST, 'quota-template:lambda:L-B99A9384:eu-west-1:created');
  expect(template.requests.size).toBe(0);
  expect((await send('Delete', REQUEST, 'quota-template:lambda:L-B99A9384:eu-west-1:created')).Status).toBe('SUCCESS');
});

test.each([['AWSServiceAccessNotEnabledException', TEMPLATE], ['NoAvailableOrganizationException', TEMPLATE], ['ServiceQuotaTemplateNotInUseException', TEMPLATE], ['AWSServiceAccessNotEnabledException', REQUEST]] as const)(
  'without trust, organization or template there is nothing to take back: %s', async (error, resource) => {
    template.fail('ListServiceQuotaIncreaseRequestsInTemplate', error);
    template.fail('DeleteServiceQuotaIncreaseRequestFromTemplate', error);
    const id = resource === TEMPLATE ? 'quota-template:created' : 'quota-template:lambda:L-B99A9384:eu-west-1:created';
    expect((await send('Delete', resource, id)).Status).toBe('SUCCESS');
  });

const FAULTS = [
  ['TooManyRequestsException', 'before'], ['ThrottlingException', 'before'], ['ServiceException', 'before'], ['AWSServiceAccessNotEnabledException', 'before'], ['TimeoutError', 'after'], ['ECONNRESET', 'after'],
] as const;

test.each(FAULTS)('all is on and off again although each call once fails with %s %s it is done', async (error, when) => {
  const names = ['GetAssociationForServiceQuotaTemplate', 'AssociateServiceQuotaTemplate', 'GetServiceQuotaIncreaseRequestFromTemplate', 'PutServiceQuotaIncreaseRequestIntoTemplate'];
  for (const name of names) template.fail(name, error, when);
  const [association, request] = [await send('Create', TEMPLATE), await send('Create', REQUEST)];
  expect([association.Status, request.Status, template.isAssociated, template.requests.get(KEY)]).toEqual(['SUCCESS', 'SUCCESS', true, 5000]);
  if (error === 'AWSServiceAccessNotEnabledException') return;
  for (const name of ['DeleteServiceQuotaIncreaseRequestFromTemplate', 'ListServiceQuotaIncreaseRequestsInTemplate', 'DisassociateServiceQuotaTemplate']) template.fail(name, error, when);
  const gone = [await send('Delete', REQUEST, request.PhysicalResourceId), await send('Delete', TEMPLATE, association.PhysicalResourceId)];
  expect([gone.map(({ Status }) => Status), template.requests.size, template.isAssociated]).toEqual([['SUCCESS', 'SUCCESS'], 0, false]);
});

test('trust that does not come, and a template that is full, are told', async () => {
  template.fail('GetAssociationForServiceQuotaTemplate', 'AWSServiceAccessNotEnabledException', 'before', 100);
  expect(await send('Create', TEMPLATE)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AWSServiceAccessNotEnabledException') });
  for (let at = 0; at < 10; at++) template.requests.set(`ec2 L-${at} eu-west-1`, 1);
  expect(await send('Create', REQUEST)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('QuotaExceededException') });
  expect((await send('Create', { ...REQUEST, properties: { Region: 'Ireland' } })).Reason).toMatch(/ServiceCode.*QuotaCode.*Region.*Value/);
});
