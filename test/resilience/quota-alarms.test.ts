import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AlarmRouting, QuotaAlarms, QuotaAlarmsProps, QuotaUsage } from '../../src';
import { validated } from '../network/aws-solutions';

const RUNBOOK = 'https://runbooks.acme.example/quotas';

function alarms(props: Partial<QuotaAlarmsProps> = {}): any[] {
  const stack = new Stack();
  new QuotaAlarms(stack, 'Quotas', { runbook: RUNBOOK, ...props });
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
}

test('processors of Fargate and EC2 are watched against the quota that the account has', () => {
  const made = alarms();
  expect(made.map(({ AlarmName, Threshold }) => [AlarmName, Threshold])).toEqual([['quota-Fargate-vCPU-Standard-OnDemand-ticket', 80], ['quota-EC2-vCPU-Standard-OnDemand-ticket', 80]]);
  const [{ Metrics, AlarmDescription, TreatMissingData }] = made;
  expect(Metrics.map(({ Expression, MetricStat }: any) => Expression ?? MetricStat.Metric)).toEqual(['used / SERVICE_QUOTA(used) * 100', {
    Namespace: 'AWS/Usage', MetricName: 'ResourceCount',
    Dimensions: [{ Name: 'Class', Value: 'Standard/OnDemand' }, { Name: 'Resource', Value: 'vCPU' }, { Name: 'Service', Value: 'Fargate' }, { Name: 'Type', Value: 'Resource' }],
  }]);
  expect([AlarmDescription, TreatMissingData]).toEqual([`More than 80 % of the quota of Fargate-vCPU-Standard-OnDemand are used. What to do: ${RUNBOOK}`, 'notBreaching']);
});

test('calls are counted, not found at their most', () => {
  const [{ Metrics }] = alarms({ usages: [QuotaUsage.of({ service: 'KMS', resource: 'CryptographicOperationsSymmetric', type: 'API' })] });
  expect(Metrics[1].MetricStat).toMatchObject({ Metric: { MetricName: 'CallCount' }, Stat: 'Sum' });
});

test('another quota moves none', () => {
  const usages = [QuotaUsage.fargateOnDemand(), QuotaUsage.ec2OnDemand()];
  const ids = (some: QuotaUsage[]) => {
    const stack = new Stack();
    new QuotaAlarms(stack, 'Quotas', { runbook: RUNBOOK, usages: some });
    return Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  };
  expect(ids([QuotaUsage.of({ service: 'X', resource: 'Y' }), ...usages])).toEqual(expect.arrayContaining(ids(usages)));
});

test('tickets go where they are routed; no check finds anything', () => {
  const { violations } = validated((stack) => {
    const topic = new Topic(stack, 'Team', { enforceSSL: true });
    new QuotaAlarms(stack, 'Quotas', { runbook: RUNBOOK, routing: AlarmRouting.to({ tickets: [new SnsAction(topic)] }) });
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [stack.resolve(topic.topicArn)] });
  });
  expect(violations).toEqual([]);
}, 60_000);

test('mistakes, all at once', () => {
  expect(() => alarms({ runbook: 'ask', percent: 100, usages: [QuotaUsage.ec2OnDemand(), QuotaUsage.ec2OnDemand()] })).toThrow(
    /has 3 problems\n {2}runbook is "ask".*\n {2}percent is 100: 1 to 99 is expected\n {2}EC2-vCPU-Standard-OnDemand is watched twice/);
  expect(() => alarms({ usages: [] })).toThrow('usages is empty');
});
