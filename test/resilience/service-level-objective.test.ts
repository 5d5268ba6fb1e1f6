import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { ServiceLevelIndicator, ServiceLevelObjective, ServiceLevelObjectiveProps } from '../../src';
import { validated } from '../network/aws-solutions';

const metric = (metricName: string) => new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: 'a1b2c3' } });
const AVAILABILITY = ServiceLevelIndicator.availability({ requests: metric('Count'), failures: metric('5xx') });
const LATENCY = ServiceLevelIndicator.latency({ latency: metric('Latency'), threshold: 500 });

function objective(props: Partial<ServiceLevelObjectiveProps> = {}) {
  const stack = new Stack();
  new ServiceLevelObjective(stack, 'Objective', { objectiveName: 'orders', target: 99.9, indicator: AVAILABILITY, ...props });
  return Template.fromStack(stack);
}

interface SeenAlarm {
  readonly threshold: number;
  readonly minutes: number;
  readonly metrics: any[];
  readonly name: string;
}

/** Alarms as CloudWatch gets them, by the names that the composite alarms' rules have. */
function alarmsOf(template: Template): Map<string, SeenAlarm> {
  return new Map(Object.entries<any>(template.findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [id, {
    threshold: Properties.Threshold, minutes: Properties.Metrics.find((one: any) => one.MetricStat).MetricStat.Period / 60, metrics: Properties.Metrics, name: Properties.AlarmName,
  }]));
}

/** The rules as CloudWatch evaluates them: pairs of alarms that must both be on, one pair being enough. */
function pairsOf(template: Template, name: string): string[][] {
  const [{ Properties }] = Object.values<any>(template.findResources('AWS::CloudWatch::CompositeAlarm')).filter(({ Properties: { AlarmName } }) => AlarmName === name);
  const parts: any[] = Properties.AlarmRule['Fn::Join'][1];
  const ids = parts.filter((part) => typeof part !== 'string').map((part) => part['Fn::GetAtt'][0] as string);
  return Array.from({ length: ids.length / 2 }, (_, index) => ids.slice(index * 2, index * 2 + 2));
}

/** Slow and obvious: whether a composite alarm is on after a history of bad requests, each minute having as many requests as the others. */
function isOn(template: Template, name: string, badByMinute: readonly number[]): boolean {
  const alarms = alarmsOf(template);
  const share = (minutes: number) => {
    const window = badByMinute.slice(-minutes);
    return window.reduce((sum, bad) => sum + bad, 0) / minutes;
  };
  return pairsOf(template, name).some((pair) => pair.every((id) => share(alarms.get(id)!.minutes) > alarms.get(id)!.threshold));
}

const DAYS = 3;
const quiet = (minutes: number) => Array.from({ length: minutes }, () => 0);
const history = (burning: number, bad: number) => [...quiet(DAYS * 1440 - burning), ...Array.from({ length: burning }, () => bad)];

test('the numbers of the workbook, for a month', () => {
  const seen = [...alarmsOf(objective()).values()].map(({ name, minutes, threshold }) => [name, minutes, threshold]);
  expect(seen).toEqual([
    ['orders-fast-long', 60, 0.0144], ['orders-fast-short', 5, 0.0144],
    ['orders-steady-long', 360, 0.006], ['orders-steady-short', 30, 0.006],
    ['orders-slow-long', 4320, 0.001], ['orders-slow-short', 360, 0.001],
  ]);
});

describe('who hears of what', () => {
  const template = objective();

  test('an outage is heard of within minutes, and the call ends minutes after it does', () => {
    expect(isOn(template, 'orders-page', history(1, 1))).toBe(true);
    expect(isOn(template, 'orders-page', [...history(30, 1), ...quiet(5)].slice(5))).toBe(true); // a twentieth of the budget in half an hour
    expect(isOn(template, 'orders-page', [...history(30, 1), ...quiet(31)].slice(31))).toBe(false);
  });

  test('a blip is not', () => {
    expect(isOn(template, 'orders-page', history(5, 0.1))).toBe(false);
  });

  test('whoever burns less than the budget is never heard of; more than a tenth of it in three days is a ticket', () => {
    expect(isOn(template, 'orders-ticket', history(DAYS * 1440, 0.0009))).toBe(false);
    expect(isOn(template, 'orders-ticket', history(DAYS * 1440, 0.0011))).toBe(true);
    expect(isOn(template, 'orders-page', history(DAYS * 1440, 0.0011))).toBe(false);
  });

  test('law: a budget that burns so fast that a fiftieth of it goes in an hour is a page for every target and every month', () => {
    fc.assert(fc.property(fc.double({ min: 97, max: 99.99, noNaN: true }), fc.integer({ min: 7, max: 30 }), fc.double({ min: 1.01, max: 2, noNaN: true }), (target, days, factor) => {
      const made = objective({ target, days });
      const budget = (100 - target) / 100;
      const rate = 0.02 * days * 24;
      fc.pre(rate * budget * factor <= 1);
      expect(isOn(made, 'orders-page', history(60, rate * budget * factor))).toBe(true);
      expect(isOn(made, 'orders-page', history(DAYS * 1440, budget * 0.99))).toBe(false);
    }), { numRuns: 30 });
  });
});

test('no requests burn nothing, and failures that were never counted are none', () => {
  const template = objective();
  template.allResourcesProperties('AWS::CloudWatch::Alarm', { TreatMissingData: 'notBreaching' });
  const [alarm] = alarmsOf(template).values();
  expect(alarm!.metrics.find(({ Expression }) => Expression).Expression).toBe('FILL(failures, 0) / requests');
});

test('latency: requests that are slower than the threshold', () => {
  const [alarm] = alarmsOf(objective({ indicator: LATENCY })).values();
  expect(alarm!.metrics.map(({ Expression, MetricStat }) => Expression ?? MetricStat.Stat)).toEqual(['(requests - fast) / requests', 'TC(:500)', 'SampleCount']);
});

test('CloudWatch takes every window', () => {
  for (const { minutes } of alarmsOf(objective()).values()) expect(minutes * 60).toBeLessThanOrEqual(604_800);
});

test('who is called and who gets a ticket, with what to do; single alarms tell nobody', () => {
  const { violations } = validated((stack) => {
    const topic = new Topic(stack, 'OnCall', { enforceSSL: true });
    new ServiceLevelObjective(stack, 'Objective', { objectiveName: 'orders', target: 99.9, indicator: AVAILABILITY, pages: [new SnsAction(topic)], runbook: 'https://runbooks.acme.example/orders' });
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::CloudWatch::CompositeAlarm', { AlarmActions: [stack.resolve(topic.topicArn)] }, 1);
    template.allResourcesProperties('AWS::CloudWatch::CompositeAlarm', { AlarmDescription: Match.stringLikeRegexp('What to do: https://runbooks.acme.example/orders$') });
    for (const { Properties } of Object.values<any>(template.findResources('AWS::CloudWatch::Alarm'))) expect(Properties.AlarmActions).toBeUndefined();
  });
  expect(violations).toEqual([]);
}, 60_000);

test('mistakes, all at once', () => {
  expect(() => objective({ objectiveName: 'orders api', target: 90, days: 3.5 })).toThrow(/has 2 problems|has 3 problems/);
  expect(() => objective({ target: 90 })).toThrow('target is 90: above 93.05555556 is expected, or the fast alarm would need more bad requests than there are');
  expect(() => objective({ target: 100 })).toThrow('target is 100: a percentage below 100 is expected, like 99.9');
  expect(() => ServiceLevelIndicator.latency({ latency: metric('Latency'), threshold: 0 })).toThrow('threshold is 0');
});

test('as a small snapshot', () => {
  expect(Object.values<any>(objective().findResources('AWS::CloudWatch::CompositeAlarm')).map(({ Properties }) => Properties)).toMatchSnapshot();
});
