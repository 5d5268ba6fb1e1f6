import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Operation, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { KeyValueTable, KeyValueTableProps, PavedRoad, ServiceLevelIndicator } from '../../../src';
import { violations } from '../violations';

function add(stack: Stack, props: Partial<KeyValueTableProps> = {}): KeyValueTable {
  return new KeyValueTable(stack, 'Orders', {
    serviceName: 'orders-table', runbook: 'https://runbooks.acme.example/orders-table', partitionKey: { name: 'id', type: AttributeType.STRING }, ...props,
  });
}

function made(props: Partial<KeyValueTableProps> = {}) {
  const app = new App({ analyticsReporting: false });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  const stack = stackOf(app, 'Orders');
  add(stack, props);
  const template = Template.fromStack(stack);
  const [table] = Object.values<any>(template.findResources('AWS::DynamoDB::GlobalTable')).map(({ Properties }) => Properties);
  const alarms = Object.values<any>(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  return { template, table, alarms, alarm: (name: string) => alarms.find(({ AlarmName }) => AlarmName === name) };
}

/** Operations whose values an alarm adds up. */
const operationsOf = (alarm: any): string[] => [...new Set<string>(alarm.Metrics.filter((one: any) => one.MetricStat).map((one: any) => one.MetricStat.Metric.Dimensions.find(({ Name }: any) => Name === 'Operation').Value))];

test('it is encrypted by the account\'s key, can be had back, and is not deleted by a click', () => {
  const { table } = made();
  expect(table.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
  expect(table.Replicas).toEqual([expect.objectContaining({
    DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: expect.anything() },
  })]);
});

test('throughput has a bound where one is said, and none otherwise', () => {
  const { table } = made({ maxReadRequestUnits: 400, maxWriteRequestUnits: 100 });
  expect([table.WriteOnDemandThroughputSettings, table.Replicas[0].ReadOnDemandThroughputSettings]).toEqual([{ MaxWriteRequestUnits: 100 }, { MaxReadRequestUnits: 400 }]);
  expect(JSON.stringify(made().table)).not.toContain('OnDemandThroughput');
});

test('items that expire, changes that others read, and keys that are refused most', () => {
  const { table } = made({ timeToLiveAttribute: 'forgetAt', stream: StreamViewType.NEW_IMAGE, contributorInsights: true });
  expect([table.TimeToLiveSpecification, table.StreamSpecification]).toEqual([{ AttributeName: 'forgetAt', Enabled: true }, { StreamViewType: 'NEW_IMAGE' }]);
  expect(table.Replicas[0].ContributorInsightsSpecification).toEqual({ Enabled: true, Mode: 'THROTTLED_KEYS' });
});

describe('copies in other Regions', () => {
  test('each is encrypted, protected and can be had back as the first; late changes are heard of for each', () => {
    const { table, alarms } = made({ replicaRegions: ['eu-central-1', 'us-east-1'] });
    expect(table.Replicas.map(({ Region }: any) => Region).sort()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1']);
    for (const replica of table.Replicas) {
      const encrypted = { SSESpecification: { KMSMasterKeyId: expect.anything() } };
      expect(replica).toMatchObject({ DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, ...encrypted });
    }
    const late = alarms.filter(({ MetricName }) => MetricName === 'ReplicationLatency');
    const told = late.map(({ AlarmName, Threshold, Dimensions }) => [AlarmName, Threshold, Dimensions.find(({ Name }: any) => Name === 'ReceivingRegion').Value]);
    expect(told).toEqual([
      ['orders-table-replication-eu-central-1-ticket', 60_000, 'eu-central-1'], ['orders-table-replication-us-east-1-ticket', 60_000, 'us-east-1'],
    ]);
  });

  test('they pass all checks', () => {
    expect(violations((app) => { PavedRoad.apply(app, PRODUCT); add(stackOf(app, 'Orders'), { replicaRegions: ['eu-central-1'], contributorInsights: true }); })).toEqual([]);
  }, 120_000);

  test('one more replaces nothing', () => {
    const one = made({ replicaRegions: ['eu-central-1'] });
    const two = made({ replicaRegions: ['eu-central-1', 'us-east-1'] });
    expect(Object.keys(two.template.toJSON().Resources)).toEqual(expect.arrayContaining(Object.keys(one.template.toJSON().Resources)));
    expect(two.table.KeySchema).toEqual(one.table.KeySchema);
  });
});

describe('what is watched', () => {
  test('every watched operation counts, and what was never counted is none', () => {
    const { alarm } = made({ watchedOperations: [Operation.GET_ITEM, Operation.SCAN] });
    const [slow, throttled] = [alarm('orders-table-availability-slow-long'), alarm('orders-table-throttled-ticket')];
    expect([operationsOf(slow), operationsOf(throttled)]).toEqual([['GetItem', 'Scan'], ['GetItem', 'Scan']]);
    expect(slow.Metrics.map(({ Expression, MetricStat }: any) => Expression ?? `${MetricStat.Stat} of ${MetricStat.Metric.MetricName}`)).toEqual([
      '(FILL(failures0, 0) + FILL(failures1, 0)) / (FILL(failures0, 0) + FILL(failures1, 0) + FILL(successes0, 0) + FILL(successes1, 0))',
      'Sum of SystemErrors', 'SampleCount of SuccessfulRequestLatency', 'Sum of SystemErrors', 'SampleCount of SuccessfulRequestLatency',
    ]);
    expect([throttled.Threshold, throttled.EvaluationPeriods, throttled.TreatMissingData]).toEqual([0, 3, 'notBreaching']);
  });

  test('no alarm looks at more than ten metrics', () => {
    const { alarms } = made({ watchedOperations: [Operation.GET_ITEM, Operation.SCAN, Operation.QUERY, Operation.PUT_ITEM, Operation.UPDATE_ITEM] });
    for (const { Metrics = [] } of alarms) expect(Metrics.filter((one: any) => one.MetricStat).length).toBeLessThanOrEqual(10);
  });
});

test('mistakes, all at once', () => {
  expect(() => made({ watchedOperations: [], replicaRegions: ['eu-central-1', 'eu-central-1'] })).toThrow(/has 2 problems\n {2}watchedOperations has 0 operations: 1 to 5 are expected\n {2}replicaRegions has a Region twice/);
  expect(() => made({ watchedOperations: [Operation.SCAN, Operation.SCAN] })).toThrow('watchedOperations has an operation twice');
  expect(() => ServiceLevelIndicator.availabilityOfOperations([])).toThrow('0 operations are given, and 1 to 5 are expected');
});

test('as a small snapshot', () => {
  expect(Object.values<any>(sampleTemplate('KeyValueTable').Resources).map(({ Type, Properties }) => `${Type} ${Properties.AlarmName ?? ''}`.trim()).sort()).toMatchSnapshot();
});
