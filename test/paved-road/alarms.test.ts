import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PRODUCT } from './golden/samples';
import { violations } from './violations';
import { httpApiFunction } from '../../examples/golden-paths/http-api-function';
import { PavedRoad, PavedRoadProps } from '../../src';

const WATCHED: PavedRoadProps = { ...PRODUCT, awsSolutions: false, runbook: 'https://runbooks.acme.example/orders' };

function everything(stack: Stack): void {
  new Queue(stack, 'Work');
  new Function(stack, 'Worker', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};') });
  new TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  new StateMachine(stack, 'Shipping', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
  new rds.DatabaseInstance(stack, 'Invoices', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }), allocatedStorage: 200,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Network', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
  });
}

function alarms(props: PavedRoadProps, build: (stack: Stack) => void = everything): any[] {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
  build(stack);
  PavedRoad.apply(app, props);
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
}

test('with a runbook, plain resources are watched for what leads to trouble; each alarm says what it means and what to do', () => {
  const made = alarms(WATCHED);
  expect(made.map(({ AlarmName, MetricName, Threshold }) => [AlarmName.replace(/-[0-9a-f]{8}-/, '-'), MetricName, Threshold]).sort()).toEqual([
    ['orders-DeadLetters-dead-letters-ticket', 'ApproximateNumberOfMessagesVisible', 0],
    ['orders-Invoices-storage-ticket', 'FreeStorageSpace', 20 * 1024 ** 3],
    ['orders-Orders-throttled-ticket', 'WriteThrottleEvents', 0],
    ['orders-Shipping-failed-ticket', 'ExecutionsFailed', 0],
    ['orders-Worker-errors-ticket', 'Errors', 0],
  ]);
  for (const { AlarmDescription, TreatMissingData } of made) expect([AlarmDescription, TreatMissingData]).toEqual([expect.stringMatching(/\. What to do: https:\/\/runbooks\.acme\.example\/orders$/), 'notBreaching']);
});

test('without one there are none', () => {
  expect(alarms({ ...WATCHED, runbook: undefined })).toEqual([]);
});

test('names are each resource\'s own, and stay when others come', () => {
  const two = (stack: Stack) => { new Queue(stack, 'First'); new Queue(stack, 'Second'); };
  const names = alarms(WATCHED, two).map(({ AlarmName }) => AlarmName);
  expect(new Set(names).size).toBe(2);
  expect(alarms(WATCHED, (stack) => { new Queue(stack, 'Before'); two(stack); }).map(({ AlarmName }) => AlarmName)).toEqual(expect.arrayContaining(names));
});

test('topics are told where there are some', () => {
  const arn = 'arn:aws:sns:eu-west-1:111122223333:on-call';
  for (const { AlarmActions } of alarms({ ...WATCHED, alarmTopicArns: [arn] })) expect(AlarmActions).toEqual([arn]);
});

test('a golden path is left to its own alarms', () => {
  const names = (props: PavedRoadProps) => alarms(props, (stack) => { httpApiFunction(stack); }).map(({ AlarmName }) => AlarmName).filter((name) => !/-Orders-/.test(name));
  expect(names(WATCHED)).toEqual(names({ ...WATCHED, runbook: undefined }));
});

test('an alarm can be done without', () => {
  const made = alarms(WATCHED, (stack) => {
    everything(stack);
    PavedRoad.optOut(stack, { rule: 'lambda.alarm', reason: 'Failures are told by the queue of dead letters' });
  });
  expect(made.filter(({ MetricName }) => MetricName === 'Errors')).toEqual([]);
  expect(made).toHaveLength(4);
});

test('no check finds anything', () => {
  const found = violations((app) => {
    PavedRoad.apply(app, { ...WATCHED, awsSolutions: true });
    const stack = new Stack(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
    new Queue(stack, 'Work');
    new TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  });
  expect(found).toEqual([]);
}, 60_000);

test('mistakes are told', () => {
  expect(() => alarms({ ...WATCHED, runbook: 'ask Jane' })).toThrow('runbook is "ask Jane": an address is expected');
  expect(() => alarms({ ...WATCHED, runbook: undefined, alarmTopicArns: ['arn:aws:sns:eu-west-1:111122223333:on-call'] })).toThrow('alarmTopicArns are given, and no runbook');
});
