import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { PRODUCT, sampleTemplate, stackOf } from './samples';
import { ContainerQueueWorker, ContainerQueueWorkerProps, PavedRoad } from '../../../src';
import { violations } from '../violations';

function addTo(app: App, props: Partial<ContainerQueueWorkerProps>): ContainerQueueWorker {
  return new ContainerQueueWorker(stackOf(app, 'Videos'), 'Videos', {
    serviceName: 'shop-videos', runbook: 'https://runbooks.acme.example/shop-videos', image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4.66'), ...props,
  });
}

function worker(props: Partial<ContainerQueueWorkerProps> = {}): any {
  const app = new App({ analyticsReporting: false });
  const { stack } = addTo(app, props).queue;
  PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
  return Template.fromStack(stack).toJSON();
}

const sample = sampleTemplate('ContainerQueueWorker');
const ofType = (template: any, type: string): [string, any][] => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties }]) => [id, Properties]);
const only = (template: any, type: string): [string, any] => {
  const found = ofType(template, type);
  expect([type, found.length]).toEqual([type, 1]);
  return found[0]!;
};
const alarm = (template: any, name: string): [string, any] => ofType(template, 'AWS::CloudWatch::Alarm').find(([, { AlarmName }]) => AlarmName === `shop-videos-${name}`)!;
const queueOf = (template: any): [string, any] => ofType(template, 'AWS::SQS::Queue').find(([, { RedrivePolicy }]) => RedrivePolicy)!;

test('a message is not seen again as long as a task may take over it, and put aside after some attempts, where it stays two weeks', () => {
  const template = worker({ handledIn: Duration.minutes(10), attempts: 7 });
  const [, queue] = queueOf(template);
  const [dead, { MessageRetentionPeriod }] = ofType(template, 'AWS::SQS::Queue').find(([, { RedrivePolicy }]) => !RedrivePolicy)!;
  expect(queue).toMatchObject({ VisibilityTimeout: 600, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [dead, 'Arn'] }, maxReceiveCount: 7 } });
  expect([MessageRetentionPeriod, ofType(template, 'AWS::SQS::Queue').length]).toEqual([14 * 24 * 3600, 2]);
});

test('the container knows its queue, is nobody, writes to /tmp alone, and is given the longest time that Fargate has to end its work', () => {
  const [, { ContainerDefinitions: [container], RuntimePlatform }] = only(worker({ environment: { MODE: 'fast' } }), 'AWS::ECS::TaskDefinition');
  expect(container).toMatchObject({ User: '1000', ReadonlyRootFilesystem: true, StopTimeout: 120, MountPoints: [{ ContainerPath: '/tmp', ReadOnly: false }] });
  expect(container.Environment).toEqual([{ Name: 'MODE', Value: 'fast' }, { Name: 'QUEUE_URL', Value: { Ref: queueOf(sample)[0] } }]);
  expect([container.PortMappings, RuntimePlatform.CpuArchitecture]).toEqual([undefined, 'ARM64']);
});

test('tasks are in the private network, called by nobody, and call by HTTPS', () => {
  const { AwsvpcConfiguration } = only(sample, 'AWS::ECS::Service')[1].NetworkConfiguration;
  expect([AwsvpcConfiguration.AssignPublicIp, AwsvpcConfiguration.Subnets]).toEqual(['DISABLED', [0, 1, 2].map((index) => ({ 'Fn::Select': [index, { Ref: 'LandingZonePrivateSubnetIds' }] }))]);
  const [id, { SecurityGroupIngress, SecurityGroupEgress }] = only(sample, 'AWS::EC2::SecurityGroup');
  expect(AwsvpcConfiguration.SecurityGroups).toEqual([{ 'Fn::GetAtt': [id, 'GroupId'] }]);
  expect(SecurityGroupIngress).toBeUndefined();
  expect(SecurityGroupEgress).toEqual([{ CidrIp: '0.0.0.0/0', Description: 'HTTPS', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }]);
});

test('a task takes messages of this queue alone, and protects tasks of its own cluster', () => {
  const [, { PolicyDocument }] = ofType(sample, 'AWS::IAM::Policy').find(([id]) => id.includes('TaskRole'))!;
  expect(PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], Resource: { 'Fn::GetAtt': [queueOf(sample)[0], 'Arn'] } },
    {
      Effect: 'Allow', Action: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecs:eu-west-1:111122223333:task/', { Ref: only(sample, 'AWS::ECS::Cluster')[0] }, '/*']] },
    },
  ]);
});

test('there are as many tasks as messages take, by those that wait and those that are worked on', () => {
  const template = worker({ minTasks: 2, maxTasks: 50, messagesPerTask: 20 });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalableTarget')[1]).toMatchObject({ MinCapacity: 2, MaxCapacity: 50 });
  const { TargetValue, CustomizedMetricSpecification } = only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy')[1].TargetTrackingScalingPolicyConfiguration;
  expect([TargetValue, CustomizedMetricSpecification.Metrics[0].Expression]).toEqual([20, '(waiting + FILL(working, 0)) / tasks']);
  expect(CustomizedMetricSpecification.Metrics.slice(1).map(({ Id, ReturnData, MetricStat: { Metric: { Namespace, MetricName } } }: any) => [Id, ReturnData, Namespace, MetricName])).toEqual([
    ['waiting', false, 'AWS/SQS', 'ApproximateNumberOfMessagesVisible'],
    ['working', false, 'AWS/SQS', 'ApproximateNumberOfMessagesNotVisible'],
    ['tasks', false, 'ECS/ContainerInsights', 'RunningTaskCount'],
  ]);
});

test('the number of tasks is measured without the paved road, too, and no deployment sets it anew', () => {
  const app = new App({ analyticsReporting: false });
  const template: any = Template.fromStack(addTo(app, {}).queue.stack).toJSON();
  expect(only(template, 'AWS::ECS::Cluster')[1].ClusterSettings).toEqual([{ Name: 'containerInsights', Value: 'enabled' }]);
  expect(only(template, 'AWS::ECS::Service')[1].DesiredCount).toBeUndefined();
});

test.each<[string, Partial<ContainerQueueWorkerProps>, number]>([
  ['by default', {}, 3],
  ['of an hour each', { handledIn: Duration.hours(1), handledWithin: Duration.hours(4) }, 4],
  ['that take all the time there is', { handledIn: Duration.minutes(15) }, 1],
])('messages for each task, %s: as many as it gets through in time', (_, props, expected) => {
  const template = worker({ ...props, maxTasks: 7 });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy')[1].TargetTrackingScalingPolicyConfiguration.TargetValue).toBe(expected);
  expect(alarm(template, 'busy-ticket')[1]).toMatchObject({ Threshold: 7 * expected, EvaluationPeriods: 3, ComparisonOperator: 'GreaterThanThreshold' });
});

describe('with no tasks while there is nothing to do', () => {
  const template = worker({ minTasks: 0 });
  const [, waiting] = ofType(template, 'AWS::CloudWatch::Alarm').find(([id]) => /Waiting/.test(id))!;

  test('a message that nobody works on starts the first one, which adds one and never takes any away', () => {
    expect(only(template, 'AWS::ApplicationAutoScaling::ScalableTarget')[1].MinCapacity).toBe(0);
    const [start, { StepScalingPolicyConfiguration }] = ofType(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').find(([, { PolicyType }]) => PolicyType === 'StepScaling')!;
    expect(StepScalingPolicyConfiguration).toMatchObject({ AdjustmentType: 'ChangeInCapacity', Cooldown: 300, StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }] });
    expect(waiting).toMatchObject({ AlarmActions: [{ Ref: start }], Threshold: 0, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' });
    expect([waiting.Metrics[0].Expression, waiting.AlarmName]).toEqual(['IF(FILL(working, 0) == 0, waiting, 0)', undefined]);
  });

  test('no check finds anything', () => {
    expect(violations((app) => {
      PavedRoad.apply(app, PRODUCT);
      addTo(app, { minTasks: 0 });
    })).toEqual([]);
  });
});

test('a version that does not start, takes no messages or lets them get too old is rolled back', () => {
  const { DeploymentCircuitBreaker, Alarms, MinimumHealthyPercent } = only(sample, 'AWS::ECS::Service')[1].DeploymentConfiguration;
  expect([DeploymentCircuitBreaker, MinimumHealthyPercent]).toEqual([{ Enable: true, Rollback: true }, 100]);
  expect(Alarms).toEqual({ Enable: true, Rollback: true, AlarmNames: [{ Ref: alarm(sample, 'freshness-fast-short')[0] }, { Ref: alarm(sample, 'stuck-page')[0] }] });
});

test('people hear of messages that wait too long by an objective, of those that nobody works on by a page, and of those that were put aside', () => {
  const template = worker({ handledWithin: Duration.minutes(20) });
  const age = alarm(template, 'freshness-fast-short')[1].Metrics.find(({ MetricStat }: any) => /^TC/.test(MetricStat?.Stat));
  expect([age.MetricStat.Metric.MetricName, age.MetricStat.Stat]).toEqual(['ApproximateAgeOfOldestMessage', 'TC(:1200)']);
  expect(alarm(template, 'stuck-page')[1]).toMatchObject({ EvaluationPeriods: 3, Threshold: 0, Metrics: [{ Expression: 'IF(FILL(working, 0) == 0, waiting, 0)' }, {}, {}] });
  expect(alarm(template, 'deadletters-ticket')[1]).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 });
});

test('mistakes, all at once', () => {
  const mistaken = () => worker({ handledIn: Duration.hours(13), attempts: 0, minTasks: -1, maxTasks: 0, messagesPerTask: 0 });
  expect(mistaken).toThrow(/^ContainerQueueWorker Videos\/Videos has 6 problems\n {2}handledIn in seconds is 46800: a whole number of 1 to 43200 is expected\n {2}handledIn is 13 hours, and handledWithin 15 minutes/);
  for (const problem of ['attempts is 0', 'minTasks is -1', 'maxTasks is 0: a whole number of 1 or more', 'messagesPerTask is 0']) expect(mistaken).toThrow(`\n  ${problem}`);
  expect(() => worker({ minTasks: 5, maxTasks: 4 })).toThrow('maxTasks is 4: a whole number of 5 or more is expected');
});

test('as a small snapshot', () => {
  expect(Object.fromEntries(Object.entries<any>(sample.Resources).map(([id, { Type }]) => [id, Type]))).toMatchSnapshot();
});
