import { App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { LandingZoneChecks } from '../../src/compliance/landing-zone-checks';

/** What the pack says of one resource beside some others, for the rule in question: its findings, without the id. */
function check(id: string, type: string, properties: object, others: { readonly [id: string]: { readonly type: string; readonly properties: object } } = {}, region = 'us-east-1'): string[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });
  new CfnParameter(stack, 'Choice');
  for (const [name, props] of Object.entries(others)) new CfnResource(stack, name, props);
  new CfnResource(stack, 'Resource', { type, properties });
  return new LandingZoneChecks().validateScope(stack.node.root).violations.filter(({ ruleName }) => ruleName === id).map(({ description }) => description.split(': ').slice(1).join(': '));
}

const EMAIL = { SubscriptionType: 'EMAIL', Address: 'finops@acme.example' };
const at = (Threshold: any, Subscribers: any = [EMAIL], rest: object = {}) => ({ Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold, ...rest }, Subscribers });
const budget = (...NotificationsWithSubscribers: any[]) => ({ Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' }, NotificationsWithSubscribers });
const told = (Address: any) => budget(at(80, [{ SubscriptionType: 'SNS', Address }]));
const allowing = (service: string) => ({ type: 'AWS::SNS::TopicPolicy', properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sns:Publish', Resource: '*' } } } });

describe('budgets', () => {
  test.each<[string, object]>([
    ['rising thresholds of each kind', budget(at(80), at(100), at(50, [EMAIL], { NotificationType: 'FORECASTED' }), at(40, [EMAIL], { ThresholdType: 'ABSOLUTE_VALUE' }), at(60, [EMAIL], { ThresholdType: 'ABSOLUTE_VALUE' }))],
    ['a topic of the account', told('arn:aws:sns:us-east-1:111122223333:costs')],
    ['what a parameter brings', budget(at(80, [{ SubscriptionType: 'EMAIL', Address: { Ref: 'Choice' } }, { SubscriptionType: 'SNS', Address: { Ref: 'Choice' } }]))],
  ])('%s are left alone', (_, properties) => {
    expect(check('LZ.COST.3', 'AWS::Budgets::Budget', properties)).toEqual([]);
  });

  test('a topic whose policy lets budgets publish', () => {
    const topic = { type: 'AWS::SNS::Topic', properties: { KmsMasterKeyId: 'alias/costs' } };
    expect(check('LZ.COST.3', 'AWS::Budgets::Budget', told({ Ref: 'Topic' }), { Topic: topic, Policy: allowing('budgets.amazonaws.com') })).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ Budget: {} }, ['NotificationsWithSubscribers is empty: the budget never alerts']],
    [budget(), ['NotificationsWithSubscribers is empty: the budget never alerts']],
    [budget(at(100), at(80)), ['NotificationsWithSubscribers[1].Notification.Threshold must be above 100, the one before it, and is 80']],
    [budget(at(80), at(80)), ['NotificationsWithSubscribers[1].Notification.Threshold must be above 80, the one before it, and is 80']],
    [budget(at({ Ref: 'Choice' })), ['NotificationsWithSubscribers[0].Notification.Threshold must be readable by synthesis and is {"Ref":"Choice"}']],
    [budget(at(80, [])), ['NotificationsWithSubscribers[0].Subscribers is empty: nobody hears of it']],
    [budget(at(80, [{ ...EMAIL, Address: 'finops' }])), ['NotificationsWithSubscribers[0].Subscribers[0].Address must be an e-mail address and is "finops"']],
    [told('costs'), ['NotificationsWithSubscribers[0].Subscribers[0].Address must be the ARN of a topic and is "costs"']],
    [told('arn:aws:sns:us-east-1:111122223333:costs.fifo'), ['NotificationsWithSubscribers[0].Subscribers[0].Address must not be a FIFO topic, to which AWS Budgets does not publish']],
    [told('arn:aws:sns:us-east-1:444455556666:costs'), ['NotificationsWithSubscribers[0].Subscribers[0].Address must be a topic of the budget\'s own account 111122223333 and is of 444455556666']],
  ])('%j', (properties, findings) => {
    expect(check('LZ.COST.3', 'AWS::Budgets::Budget', properties)).toEqual(findings);
  });

  test.each<[string, object, string, RegExp]>([
    ['of first in, first out', { FifoTopic: true }, 'budgets.amazonaws.com', /must not be a FIFO topic/],
    ['with AWS\'s key', { KmsMasterKeyId: 'alias/aws/sns' }, 'budgets.amazonaws.com', /AWS's key of SNS/],
    ['that lets others publish', {}, 'events.amazonaws.com', /must be a topic whose policy lets budgets.amazonaws.com publish/],
  ])('a topic %s', (_, properties, service, words) => {
    const found = check('LZ.COST.3', 'AWS::Budgets::Budget', told({ Ref: 'Topic' }), { Topic: { type: 'AWS::SNS::Topic', properties }, Policy: allowing(service) });
    expect(found).toEqual([expect.stringMatching(words)]);
  });
});

describe('anomalies', () => {
  const SNS = [{ Type: 'SNS', Address: { Ref: 'Choice' } }];
  const MAIL = [{ Type: 'EMAIL', Address: 'finops@acme.example' }];

  test.each<[string, object]>([
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' }],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL', MonitorDimension: 'TAG', MonitorSpecification: '{}' }],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'CUSTOM', MonitorSpecification: '{}' }],
    ['AWS::CE::AnomalySubscription', { Frequency: 'DAILY', Subscribers: MAIL, ThresholdExpression: '{}' }],
    ['AWS::CE::AnomalySubscription', { Frequency: 'IMMEDIATE', Subscribers: SNS, Threshold: 100 }],
  ])('%s %j is left alone', (type, properties) => {
    expect(check('LZ.COST.4', type, properties)).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL' }, ['MonitorDimension is missing, and AWS\'s own monitors have one']],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL', MonitorDimension: 'TAG' }, ['MonitorSpecification must name the key for dimension TAG']],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE', MonitorSpecification: '{}' }, ['MonitorSpecification must be left out for dimension SERVICE']],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'CUSTOM', MonitorDimension: 'SERVICE', MonitorSpecification: '{}' }, ['MonitorDimension must be left out of a monitor of your own']],
    ['AWS::CE::AnomalyMonitor', { MonitorType: 'CUSTOM' }, ['MonitorSpecification is missing: nothing is watched']],
    ['AWS::CE::AnomalySubscription', { Frequency: 'DAILY', Subscribers: SNS, Threshold: 1 }, ['Subscribers[0].Type must be EMAIL for frequency DAILY and is "SNS"']],
    ['AWS::CE::AnomalySubscription', { Frequency: 'IMMEDIATE', Subscribers: MAIL, Threshold: 1 }, ['Subscribers[0].Type must be SNS for frequency IMMEDIATE and is "EMAIL"']],
    ['AWS::CE::AnomalySubscription', { Frequency: { Ref: 'Choice' }, Subscribers: MAIL, Threshold: 1 }, ['Frequency must be readable by synthesis and is {"Ref":"Choice"}']],
    ['AWS::CE::AnomalySubscription', { Frequency: 'DAILY', Subscribers: [], Threshold: 1 }, ['Subscribers is empty: nobody hears of anomalies']],
    ['AWS::CE::AnomalySubscription', { Frequency: 'DAILY', Subscribers: MAIL }, ['one of Threshold and ThresholdExpression must be there']],
    ['AWS::CE::AnomalySubscription', { Frequency: 'DAILY', Subscribers: MAIL, Threshold: 1, ThresholdExpression: '{}' }, ['only one of Threshold and ThresholdExpression must be there']],
  ])('%s %j', (type, properties, findings) => {
    expect(check('LZ.COST.4', type, properties)).toEqual(findings);
  });

  test('in another Region than us-east-1', () => {
    expect(check('LZ.COST.4', 'AWS::CE::AnomalyMonitor', { MonitorType: 'CUSTOM', MonitorSpecification: '{}' }, {}, 'eu-west-1'))
      .toEqual(['the stack must be in us-east-1, where CloudFormation has AWS::CE::AnomalyMonitor, and is in eu-west-1']);
  });
});
