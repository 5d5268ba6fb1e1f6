import { App, Duration, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { PavedRoad, ScheduledTask, ScheduledTaskProps } from '../../../src';

function task(props: Partial<ScheduledTaskProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const stack = stackOf(app, 'Reports');
  new ScheduledTask(stack, 'Report', {
    serviceName: 'orders-report', runbook: 'https://runbooks.acme.example/orders-report', schedule: ScheduleExpression.rate(Duration.hours(6)), code: Code.fromInline('exports.handler = async () => {};'), ...props,
  });
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const ofType = (template: any, type: string): any[] => Object.values<any>(template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const alarm = (template: any, part: string): any => ofType(template, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName.includes(part));

test('what fails for good is put aside, of the schedule and of the function, in a queue that has none of its own', () => {
  const template = sampleTemplate('ScheduledTask');
  const [queueId] = Object.entries<any>(template.Resources).find(([, { Type }]) => Type === 'AWS::SQS::Queue')!;
  expect(ofType(template, 'AWS::SQS::Queue')).toHaveLength(1);
  const arn = { 'Fn::GetAtt': [queueId, 'Arn'] };
  expect(ofType(template, 'AWS::Scheduler::Schedule')[0].Target.DeadLetterConfig.Arn).toEqual(arn);
  expect(ofType(template, 'AWS::Lambda::EventInvokeConfig')[0]).toMatchObject({ MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: arn } } });
  expect(alarm(template, 'failed')).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 });
});

test('that it did not run is told after twice its rate, silence being as bad', () => {
  expect(alarm(sampleTemplate('ScheduledTask'), 'missed')).toMatchObject({ MetricName: 'Invocations', Period: 12 * 3600, ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' });
  expect(alarm(task({ schedule: ScheduleExpression.rate(Duration.minutes(1)) }), 'missed').Period).toBe(120);
  expect(alarm(task({ schedule: ScheduleExpression.rate(Duration.days(3)) }), 'missed').Period).toBe(6 * 24 * 3600);
});

test('nobody can tell how often a cron expression runs, nor look back two weeks: it is said, or not watched', () => {
  const schedule = ScheduleExpression.cron({ minute: '0', hour: '3', timeZone: TimeZone.EUROPE_DUBLIN });
  const template = task({ schedule });
  expect(alarm(template, 'missed')).toBeUndefined();
  expect(ofType(template, 'AWS::Scheduler::Schedule')[0]).toMatchObject({ ScheduleExpression: 'cron(0 3 * * ? *)', ScheduleExpressionTimezone: 'Europe/Dublin' });
  expect(alarm(task({ schedule, expectedWithin: Duration.hours(25) }), 'missed').Period).toBe(25 * 3600);
  expect(alarm(task({ schedule: ScheduleExpression.rate(Duration.days(7)) }), 'missed')).toBeUndefined();
});

test('a run that takes nearly as long as it may is told of', () => {
  expect(alarm(task({ timeout: Duration.minutes(10) }), 'slow').Threshold).toBe(540_000);
});

test('mistakes, all at once', () => {
  expect(() => task({ timeout: Duration.minutes(20), retries: 3, expectedWithin: Duration.days(8) })).toThrow(/has 3 problems\n {2}timeout is 20 minutes.*\n {2}retries is 3.*\n {2}expectedWithin is 8 days/);
});

test('as a small snapshot', () => {
  const { Resources } = sampleTemplate('ScheduledTask');
  expect(Object.fromEntries(Object.entries<any>(Resources).map(([id, { Type }]) => [id, Type]))).toMatchSnapshot();
});
