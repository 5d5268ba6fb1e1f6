import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { PavedRoad, QueueWorker, QueueWorkerProps } from '../../../src';

function worker(props: Partial<QueueWorkerProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Shipping');
  new QueueWorker(stack, 'Shipping', {
    serviceName: 'orders-shipping', runbook: 'https://runbooks.acme.example/orders-shipping', code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'), ...props,
  });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const ofType = (template: any, type: string): [string, any][] => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const alarm = (template: any, part: string): any => ofType(template, 'AWS::CloudWatch::Alarm').map(([, one]) => one).find(({ AlarmName }) => AlarmName.includes(part));

test('a message is not seen again while it is worked on, and put aside after some attempts, where it stays two weeks', () => {
  const template = worker({ timeout: Duration.minutes(2), attempts: 3 });
  const [[deadId, dead], [, queue]] = ofType(template, 'AWS::SQS::Queue').sort(([one], [other]) => (one < other ? -1 : 1)) as [[string, any], [string, any]];
  expect(queue).toMatchObject({ VisibilityTimeout: 720, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadId, 'Arn'] }, maxReceiveCount: 3 } });
  expect(dead.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  expect(ofType(template, 'AWS::SQS::Queue')).toHaveLength(2);
});

test('messages come in batches of which some may fail, so many at a time, to the version that works', () => {
  const template = sampleTemplate('QueueWorker');
  const [[alias]] = ofType(template, 'AWS::Lambda::Alias') as [[string, any]];
  const [[, source]] = ofType(template, 'AWS::Lambda::EventSourceMapping') as [[string, any]];
  expect(source).toMatchObject({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 10 }, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  expect(JSON.stringify(source.FunctionName)).toContain(JSON.stringify({ Ref: alias }));
});

test('people hear of messages that wait too long, by an objective, and of those that were put aside', () => {
  const template = worker({ handledWithin: Duration.minutes(5), freshnessTarget: 99.5 });
  const [counted] = alarm(template, 'freshness-fast-short').Metrics.filter(({ MetricStat }: any) => /^TC/.test(MetricStat?.Stat));
  expect([counted.MetricStat.Metric.MetricName, counted.MetricStat.Stat]).toEqual(['ApproximateAgeOfOldestMessage', 'TC(:300)']);
  expect(alarm(template, 'deadletters')).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0, AlarmName: 'orders-shipping-deadletters-ticket' });
});

test('a version that fails is rolled back', () => {
  const template = sampleTemplate('QueueWorker');
  const [[failing]] = ofType(template, 'AWS::CloudWatch::Alarm').filter(([, { AlarmName }]) => AlarmName.includes('failing')) as [[string, any]];
  const [[, group]] = ofType(template, 'AWS::CodeDeploy::DeploymentGroup') as [[string, any]];
  expect(group.AlarmConfiguration.Alarms).toEqual([{ Name: { Ref: failing } }]);
});

test('mistakes, all at once', () => {
  expect(() => worker({ timeout: Duration.minutes(16), batchSize: 11, maxConcurrency: 1, attempts: 0 })).toThrow(/has 4 problems\n {2}timeout is 16 minutes.*\n {2}batchSize is 11.*\n {2}maxConcurrency is 1.*\n {2}attempts is 0/);
});

test('as a small snapshot', () => {
  const { Resources } = sampleTemplate('QueueWorker');
  expect(Object.fromEntries(Object.entries<any>(Resources).map(([id, { Type }]) => [id.replace(/CurrentVersion.*/, 'CurrentVersion'), Type]))).toMatchSnapshot();
});
