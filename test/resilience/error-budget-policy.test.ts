import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import * as fc from 'fast-check';
import { ErrorBudgetPolicy, PavedRoad, ServiceHealth, ServiceLevelIndicator } from '../../src';
import { PRODUCT } from '../paved-road/golden/samples';
import { violations } from '../paved-road/violations';

const metric = (metricName: string) => new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: 'a1b2c3' } });
const AVAILABILITY = ServiceLevelIndicator.availability({ requests: metric('Count'), failures: metric('5xx') });

function healthOf(stack: Stack, targets: Record<string, number>): ServiceHealth {
  const health = new ServiceHealth(stack, 'Health', { serviceName: 'orders', runbook: 'https://runbooks.acme.example/orders' });
  for (const [id, target] of Object.entries(targets)) health.addObjective(id, { indicator: AVAILABILITY, target });
  return health;
}

function made(targets: Record<string, number> = { Availability: 99.9 }, budgetShare?: number) {
  const stack = new Stack();
  const policy = new ErrorBudgetPolicy(stack, 'Freeze', { health: healthOf(stack, targets), budgetShare });
  const template = Template.fromStack(stack);
  const all = (type: string): any[] => Object.values<any>(template.findResources(type)).map(({ Properties }) => Properties);
  return { stack, policy, template, all, budgets: all('AWS::CloudWatch::Alarm').filter(({ AlarmName }) => /-budget$/.test(AlarmName)) };
}

describe('when a service is frozen', () => {
  test('when the last seven days were worse than any of its objectives, where nothing else is said', () => {
    const { budgets, all } = made({ Availability: 99.9, Latency: 99 });
    expect(budgets.map(({ AlarmName, Threshold }) => [AlarmName, Threshold])).toEqual([['orders-availability-budget', 0.001], ['orders-latency-budget', 0.01]]);
    const frozen = all('AWS::CloudWatch::CompositeAlarm').find(({ AlarmName }) => AlarmName === 'orders-frozen');
    expect(JSON.stringify(frozen.AlarmRule)).toMatch(/FreezeBudgetordersavailability.* OR .*FreezeBudgetorderslatency/);
    expect(frozen.AlarmActions).toBeUndefined();
  });

  test('CloudWatch takes the window, and requests that nobody makes freeze nothing', () => {
    for (const { Metrics, EvaluationPeriods, TreatMissingData, ComparisonOperator } of made().budgets) {
      expect(Metrics.find((one: any) => one.MetricStat).MetricStat.Period * EvaluationPeriods).toBe(604_800);
      expect([TreatMissingData, ComparisonOperator]).toEqual(['notBreaching', 'GreaterThanThreshold']);
    }
  });

  test('law: a week that takes the share of the budget freezes, one that takes less does not', () => {
    fc.assert(fc.property(fc.double({ min: 97, max: 99.99, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }), (target, share) => {
      const [{ Threshold }] = made({ Availability: target }, share).budgets;
      // Each day has a thirtieth of a month's requests; so many of them were bad in a week, as a share of the whole month's budget.
      const gone = (badOfWeek: number) => (badOfWeek * 7) / (30 * (100 - target) / 100);
      expect(gone(Threshold * 1.001)).toBeGreaterThan(share);
      expect(gone(Threshold * 0.999)).toBeLessThan(share);
    }), { numRuns: 20 });
  });
});

describe('what is written', () => {
  test('the state of the alarm, by a state machine that may put one parameter and nothing else', () => {
    const { stack, policy, template, all } = made();
    expect(all('AWS::SSM::Parameter')).toEqual([expect.objectContaining({ Name: '/landing-zone/v1/freeze/orders', Type: 'String', Value: 'open' })]);
    const [machine] = all('AWS::StepFunctions::StateMachine');
    const definition = machine.DefinitionString['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : 'REF')).join('');
    expect([machine.StateMachineType, JSON.parse(definition).States.Write]).toEqual(['EXPRESS', expect.objectContaining({
      Arguments: { Name: 'REF', Value: '{% $states.input.detail.state.value = "ALARM" ? "frozen" : "open" %}', Overwrite: true }, Resource: 'arn:REF:states:::aws-sdk:ssm:putParameter',
    })]);
    const statements = all('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action).sort()).toEqual(['ssm:PutParameter', 'states:StartExecution']);
    expect(statements.find(({ Action }) => Action === 'ssm:PutParameter').Resource).toEqual(stack.resolve(policy.parameter.parameterArn));
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('on changes of that alarm alone, to and from', () => {
    const { stack, policy, all } = made();
    expect(all('AWS::Events::Rule')).toEqual([expect.objectContaining({
      EventPattern: { 'source': ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], 'resources': [stack.resolve(policy.alarm.alarmArn)], 'detail': { state: { value: ['ALARM', 'OK'] } } },
    })]);
  });

  test('somebody hears when it could not be written', () => {
    const told = made().all('AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === 'orders-freeze-failed-ticket');
    expect(told).toMatchObject({ MetricName: 'ExecutionsFailed', Threshold: 0, AlarmDescription: expect.stringContaining('What to do: https://runbooks.acme.example/orders') });
  });
});

test('on the paved road it passes all checks', () => {
  expect(violations((app) => {
    PavedRoad.apply(app, PRODUCT);
    const stack = new Stack(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
    new ErrorBudgetPolicy(stack, 'Freeze', { health: healthOf(stack, { Availability: 99.9 }) });
  })).toEqual([]);
}, 120_000);

test('one more objective moves nothing', () => {
  const ids = (targets: Record<string, number>) => Object.keys(made(targets).template.toJSON().Resources);
  expect(ids({ Availability: 99.9, Latency: 99 })).toEqual(expect.arrayContaining(ids({ Availability: 99.9 })));
});

test('mistakes, all at once', () => {
  expect(() => made({}, 2)).toThrow(/has 2 problems\n {2}health has no objectives: add them before\n {2}budgetShare is 2: 0.05 to 1 is expected/);
  const stack = new Stack(new App());
  const health = new ServiceHealth(stack, 'Health', { serviceName: 'orders', runbook: 'https://runbooks.acme.example/orders' });
  expect(() => new ErrorBudgetPolicy(stack, 'Freeze', { health })).toThrow('has 1 problem');
});

test('as a small snapshot', () => {
  const { template } = made();
  expect(Object.keys(template.toJSON().Resources).filter((id) => id.startsWith('Freeze'))).toMatchSnapshot();
});
