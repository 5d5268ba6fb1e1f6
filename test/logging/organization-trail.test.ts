import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { archiveIn, LOG_ACCOUNT, MANAGEMENT } from './archive';
import { DataEvents, OrganizationTrail, OrganizationTrailOptions } from '../../src';

function trail(options: OrganizationTrailOptions = {}, env = { account: MANAGEMENT, region: 'eu-west-1' }) {
  const app = new App({ analyticsReporting: false });
  const logs = new Stack(app, 'Logs', { env: { account: LOG_ACCOUNT, region: 'eu-west-1' } });
  const stack = new Stack(app, 'Trail', { env });
  const made = new OrganizationTrail(stack, 'Trail', { archive: archiveIn(logs), ...options });
  return { app, logs, stack, made, properties: () => Object.values(Template.fromStack(stack).findResources('AWS::CloudTrail::Trail'))[0]! };
}

/** What a selector picks of an event, as CloudTrail describes its operators. */
function picks(selector: any, event: Record<string, string>): boolean {
  return selector.FieldSelectors.every(({ Field, Equals, NotEquals, StartsWith, NotStartsWith }: any) => {
    const value = event[Field] ?? '';
    return (!Equals || Equals.includes(value)) && (!NotEquals || !NotEquals.includes(value)) && (!StartsWith || StartsWith.some((one: string) => value.startsWith(one)))
      && (!NotStartsWith || !NotStartsWith.some((one: string) => value.startsWith(one)));
  });
}

test('it records all accounts and Regions, validated and encrypted with the archive\'s key, and is kept', () => {
  expect(trail().properties()).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TrailName: 'landing-zone-acme', IsOrganizationTrail: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, IsLogging: true, EnableLogFileValidation: true,
      S3BucketName: `landing-zone-acme-trail-${LOG_ACCOUNT}-eu-west-1-an`, KMSKeyId: `arn:aws:kms:eu-west-1:${LOG_ACCOUNT}:alias/landing-zone/acme-logs`,
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    },
  });
  expect(trail({ insights: false }).properties().Properties).not.toHaveProperty('InsightSelectors');
});

test('it is deployed after the archive', () => {
  const { app, logs, stack } = trail();
  app.synth();
  expect(stack.dependencies).toEqual([logs]);
});

describe('which events it records', () => {
  const selectors = (dataEvents: DataEvents[] = []) => trail({ dataEvents }).properties().Properties.AdvancedEventSelectors;
  const records = (chosen: DataEvents[], event: Record<string, string>) => selectors(chosen).some((selector: any) => picks(selector, event));
  const object = (bucket: string, eventName: string) => ({ 'eventCategory': 'Data', 'resources.type': 'AWS::S3::Object', 'resources.ARN': `arn:aws:s3:::${bucket}/key`, eventName, 'readOnly': String(eventName.startsWith('Get')) });
  const OWN = [`landing-zone-acme-trail-${LOG_ACCOUNT}-eu-west-1-an`, `landing-zone-acme-flow-${LOG_ACCOUNT}-us-east-1-an`, `aws-waf-logs-acme-${LOG_ACCOUNT}-us-east-1-an`];

  test('all management events, reading and writing', () => {
    expect(records([], { eventCategory: 'Management', eventName: 'StopLogging', readOnly: 'false' })).toBe(true);
    expect(records([], { eventCategory: 'Management', eventName: 'ListRoles', readOnly: 'true' })).toBe(true);
  });

  test.each(OWN)('who reads or deletes logs of %s, in any Region, and never that they were written: a record of a record', (bucket) => {
    for (const chosen of [[], [DataEvents.objects()], [DataEvents.objects({ writesOnly: true })]]) {
      expect(['GetObject', 'DeleteObject', 'PutObjectRetention'].map((name) => records(chosen, object(bucket, name)))).toEqual([true, true, true]);
      expect(['PutObject', 'UploadPart'].map((name) => records(chosen, object(bucket, name)))).toEqual([false, false]);
    }
  });

  test('objects of others by choice, a name like the archive\'s too', () => {
    expect(records([], object('shop-uploads', 'GetObject'))).toBe(false);
    expect(records([DataEvents.objects()], object('shop-uploads', 'PutObject'))).toBe(true);
    expect(records([DataEvents.objects()], object('landing-zone-acme-trail-of-somebody', 'PutObject'))).toBe(true);
    expect(records([DataEvents.objects({ writesOnly: true })], object('shop-uploads', 'GetObject'))).toBe(false);
    expect(records([DataEvents.objects({ startingWith: ['arn:aws:s3:::payments-'], exceptStartingWith: ['arn:aws:s3:::payments-tmp'] })], object('payments-data', 'GetObject'))).toBe(true);
    expect(['shop', 'payments-tmp'].map((bucket) => records([DataEvents.objects({ startingWith: ['arn:aws:s3:::payments-'], exceptStartingWith: ['arn:aws:s3:::payments-tmp'] })], object(bucket, 'GetObject')))).toEqual([false, false]);
  });

  test('functions, tables and any other type', () => {
    const event = (type: string) => ({ 'eventCategory': 'Data', 'resources.type': type, 'resources.ARN': 'arn:aws:x', 'eventName': 'Any', 'readOnly': 'true' });
    const chosen = [DataEvents.functions(), DataEvents.tables(), DataEvents.of('AWS::SNS::Topic')];
    expect(['AWS::Lambda::Function', 'AWS::DynamoDB::Table', 'AWS::SNS::Topic', 'AWS::SQS::Queue'].map((type) => records(chosen, event(type)))).toEqual([true, true, true, false]);
  });
});

test('what cannot be is said', () => {
  expect(() => trail({}, { account: LOG_ACCOUNT, region: 'eu-west-1' })).toThrow(`put it into a stack of account ${MANAGEMENT}, eu-west-1`);
  expect(() => trail({}, { account: MANAGEMENT, region: 'us-east-1' })).toThrow('OrganizationTrail Trail/Trail: it is in account 111122223333, us-east-1');
  expect(() => trail({ dataEvents: [DataEvents.objects(), DataEvents.objects()] })).toThrow('data events of AWS::S3::Object are named twice');
  expect(() => DataEvents.of('S3')).toThrow('a type of resource is expected');
});

test('snapshot', () => {
  expect(trail({ dataEvents: [DataEvents.objects({ writesOnly: true })] }).properties()).toMatchSnapshot();
});
