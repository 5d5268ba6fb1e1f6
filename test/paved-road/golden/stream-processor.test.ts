import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { PavedRoad, StreamProcessor, StreamProcessorProps } from '../../../src';

function processor(props: Partial<StreamProcessorProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Clicks');
  new StreamProcessor(stack, 'Clicks', {
    serviceName: 'shop-clicks', runbook: 'https://runbooks.acme.example/shop-clicks', code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'), ...props,
  });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('StreamProcessor');
const ofType = (template: any, type: string): [string, any][] => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const only = (template: any, type: string): [string, any] => {
  const found = ofType(template, type);
  expect([type, found.length]).toEqual([type, 1]);
  return found[0]!;
};
const alarm = (template: any, name: string): any => ofType(template, 'AWS::CloudWatch::Alarm').map(([, one]) => one).find(({ AlarmName }) => AlarmName === `shop-clicks-${name}`);
/** Statements of the function's policies. */
const statements = (template: any): any[] => ofType(template, 'AWS::IAM::Policy').filter(([id]) => id.includes('FunctionServiceRole')).flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement);

test('the stream grows by itself, is encrypted, keeps records for a week and stays when its stack goes', () => {
  const [id, stream] = only(sample, 'AWS::Kinesis::Stream');
  expect(stream).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' }, StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' }, RetentionPeriodHours: 168 });
  expect(stream.Name).toBeUndefined();
  expect([sample.Resources[id].DeletionPolicy, sample.Resources[id].UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
});

test('a bad record is found by halving, tried a bounded number of times, and put aside whole, in an encrypted bucket', () => {
  const [, source] = only(sample, 'AWS::Lambda::EventSourceMapping');
  const [bucket, { BucketEncryption, PublicAccessBlockConfiguration, LifecycleConfiguration }] = only(sample, 'AWS::S3::Bucket');
  expect(source).toMatchObject({
    BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: 86_400, ParallelizationFactor: 1, BatchSize: 100, StartingPosition: 'TRIM_HORIZON',
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [bucket, 'Arn'] } } }, EventSourceArn: { 'Fn::GetAtt': [only(sample, 'AWS::Kinesis::Stream')[0], 'Arn'] },
  });
  expect(BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms');
  expect(Object.values(PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  expect(LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 90 });
});

test('the version that works reads, not whatever was deployed last', () => {
  const [, source] = only(sample, 'AWS::Lambda::EventSourceMapping');
  expect(JSON.stringify(source.FunctionName)).toContain(JSON.stringify({ Ref: only(sample, 'AWS::Lambda::Alias')[0] }));
});

test('the function reads this stream alone, and puts aside without reading or deleting what is there', () => {
  const [stream] = only(sample, 'AWS::Kinesis::Stream');
  const [bucket] = only(sample, 'AWS::S3::Bucket');
  expect(statements(sample)).toEqual([
    {
      Effect: 'Allow', Resource: { 'Fn::GetAtt': [stream, 'Arn'] },
      Action: ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
    },
    { Effect: 'Allow', Resource: { 'Fn::GetAtt': [bucket, 'Arn'] }, Action: 's3:ListBucket' },
    { Effect: 'Allow', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/aws/lambda/*']] }, Action: 's3:PutObject' },
  ]);
});

test('records are given up and told of, by counts of the mapping, which are switched on', () => {
  const [id, source] = only(sample, 'AWS::Lambda::EventSourceMapping');
  expect(source.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
  const metrics = alarm(sample, 'putaside-ticket').Metrics.filter(({ MetricStat }: any) => MetricStat).map(({ MetricStat }: any) => MetricStat.Metric);
  expect(metrics.map(({ MetricName }: any) => MetricName)).toEqual(['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount']);
  for (const { Dimensions } of metrics) expect(Dimensions).toEqual([{ Name: 'EventSourceMappingUUID', Value: { Ref: id } }]);
});

test('people hear of records that wait too long by an objective, and of those that nobody works on by a page', () => {
  const template = processor({ handledWithin: Duration.seconds(30) });
  const age = alarm(template, 'freshness-fast-short').Metrics.find(({ MetricStat }: any) => /^TC/.test(MetricStat?.Stat));
  expect([age.MetricStat.Metric.MetricName, age.MetricStat.Stat]).toEqual(['IteratorAge', 'TC(:30000)']);
  expect(alarm(template, 'stuck-page')).toMatchObject({ EvaluationPeriods: 3, Threshold: 0, Metrics: [{ Expression: 'IF(FILL(incoming, 0) > 0 AND FILL(calls, 0) == 0, 1, 0)' }, {}, {}] });
});

test('writers that are refused are heard of after a quarter of an hour', () => {
  expect(alarm(sample, 'throttled-ticket')).toMatchObject({ Namespace: 'AWS/Kinesis', MetricName: 'WriteProvisionedThroughputExceeded', Statistic: 'Sum', Period: 300, EvaluationPeriods: 3, Threshold: 0 });
});

test('a version that fails is rolled back', () => {
  const [failing] = ofType(sample, 'AWS::CloudWatch::Alarm').find(([, { AlarmName }]) => AlarmName === 'shop-clicks-failing-ticket')!;
  expect(only(sample, 'AWS::CodeDeploy::DeploymentGroup')[1].AlarmConfiguration.Alarms).toEqual([{ Name: { Ref: failing } }]);
});

test('what a team chooses', () => {
  const template = processor({
    retention: Duration.hours(24), maxRecordAge: Duration.hours(2), batchSize: 1000, parallelizationFactor: 10, retryAttempts: 0, timeout: Duration.minutes(5), memorySize: 1024,
  });
  expect(only(template, 'AWS::Kinesis::Stream')[1].RetentionPeriodHours).toBe(24);
  expect(only(template, 'AWS::Lambda::EventSourceMapping')[1]).toMatchObject({ MaximumRecordAgeInSeconds: 7200, BatchSize: 1000, ParallelizationFactor: 10, MaximumRetryAttempts: 0 });
  expect(ofType(template, 'AWS::Lambda::Function').map(([, { Timeout, MemorySize }]) => [Timeout, MemorySize])).toEqual([[300, 1024]]);
});

test('mistakes, all at once', () => {
  const mistaken = () => processor({ timeout: Duration.minutes(16), retention: Duration.hours(12), batchSize: 0, parallelizationFactor: 11, retryAttempts: -1, maxRecordAge: Duration.seconds(30) });
  expect(mistaken).toThrow(/^StreamProcessor Clicks\/Clicks has 6 problems\n {2}timeout is 16 minutes/);
  for (const problem of ['retention in hours is 12', 'batchSize is 0', 'parallelizationFactor is 11', 'retryAttempts is -1', 'maxRecordAge in seconds is 30']) expect(mistaken).toThrow(`\n  ${problem}: a whole number of`);
});

test('records that the stream lets go of before they are put aside would be lost', () => {
  expect(() => processor({ retention: Duration.days(1), maxRecordAge: Duration.days(1) })).toThrow(/has 1 problem\n {2}maxRecordAge is 1 day, and the stream keeps records for 1 day: less is expected/);
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id.replace(/CurrentVersion.*/, 'CurrentVersion'), Type]))).toMatchSnapshot();
});
