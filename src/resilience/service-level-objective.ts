import { Duration } from 'aws-cdk-lib';
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, IAlarm, IAlarmAction, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { burnRates, BurnRate } from './burn-rates';
import { ServiceLevelIndicator } from './service-level-indicator';
import { InputError } from '../model/input-error';

/** Properties of a service level objective. */
export interface ServiceLevelObjectiveProps {
  /** `payments-availability`: part of the names of its alarms; letters, digits and hyphens. */
  readonly objectiveName: string;
  /** What is measured. */
  readonly indicator: ServiceLevelIndicator;
  /** Share of good requests in percent: 99.9. What is left of 100 is the error budget. */
  readonly target: number;
  /** Days that the budget is for, 7 to 90. @default 30 */
  readonly days?: number;
  /** Who is called when the budget goes fast: a fiftieth of it in an hour, or a twentieth in six. @default - nobody; the alarm is there */
  readonly pages?: IAlarmAction[];
  /** Who gets a ticket when it goes slowly: a tenth in three days. @default - nobody; the alarm is there */
  readonly tickets?: IAlarmAction[];
  /** What to do, by its address; it is in the alarms. @default - none */
  readonly runbook?: string;
}

/**
 * What users of a service can expect, and who hears when they do not get it: multi-window, multi-burn-rate alarms. Nobody is called for a blip, or for what is over: budget must burn in a long window and in a short one.
 *
 * Six alarms on the share of bad requests, and two composite ones that people hear of. Where there are no requests, nothing burns. Fails with all that is wrong, also where the target is so low that an alarm could never go off.
 *
 * @example
 * const dimensionsMap = { ApiId: 'a1b2c3' };
 * new ServiceLevelObjective(stack, 'Availability', {
 *   objectiveName: 'orders-availability',
 *   target: 99.9,
 *   indicator: ServiceLevelIndicator.availability({
 *     requests: new Metric({ namespace: 'AWS/ApiGateway', metricName: 'Count', dimensionsMap }),
 *     failures: new Metric({ namespace: 'AWS/ApiGateway', metricName: '5xx', dimensionsMap }),
 *   }),
 * });
 */
export class ServiceLevelObjective extends Construct {
  /** Goes off when somebody has to look at once. */
  public readonly pageAlarm: CompositeAlarm;
  /** Goes off when somebody has to look in working hours. */
  public readonly ticketAlarm: CompositeAlarm;
  /** Goes off when requests of five minutes are so bad that the budget would go fast: what a deployment is rolled back by. It tells nobody. */
  public readonly rollbackAlarm: IAlarm;
  /** Share of requests that are bad, 0 to 1, over an hour. */
  public readonly badRequestsOfAnHour: IMetric;
  /** `payments-availability`. */
  public readonly objectiveName: string;
  /** What is measured. */
  public readonly indicator: ServiceLevelIndicator;
  /** Share of good requests in percent. */
  public readonly target: number;
  /** Days that the budget is for. */
  public readonly days: number;

  public constructor(scope: Construct, id: string, private readonly props: ServiceLevelObjectiveProps) {
    super(scope, id);
    this.objectiveName = props.objectiveName;
    this.indicator = props.indicator;
    this.target = props.target;
    this.days = props.days ?? 30;
    const rates = burnRates(this.days);
    this.check(rates);
    const pairs = rates.map((rate) => ({ ...rate, alarms: [this.alarm(rate, 'Long', rate.longMinutes), this.alarm(rate, 'Short', rate.shortMinutes)] }));
    this.badRequestsOfAnHour = props.indicator.badRequests(Duration.hours(1));
    this.rollbackAlarm = pairs[0]!.alarms[1]!;
    const told = (name: string, what: string, isUrgent: boolean, actions: IAlarmAction[] = []) => {
      const alarm = new CompositeAlarm(this, name, {
        compositeAlarmName: `${props.objectiveName}-${name.toLowerCase()}`,
        alarmDescription: `${what} of ${props.objectiveName} (${props.target} % good in ${props.days ?? 30} days).${props.runbook === undefined ? '' : ` What to do: ${props.runbook}`}`,
        alarmRule: AlarmRule.anyOf(...pairs.filter((one) => one.isUrgent === isUrgent).map(({ alarms }) => AlarmRule.allOf(...alarms))),
      });
      alarm.addAlarmAction(...actions);
      return alarm;
    };
    this.pageAlarm = told('Page', 'The error budget goes fast', true, props.pages);
    this.ticketAlarm = told('Ticket', 'The error budget goes faster than it should', false, props.tickets);
  }

  /** One period as long as the window: CloudWatch takes up to seven days (PutMetricAlarm, API reference, read 2026-11-23). */
  private alarm({ id, rate }: BurnRate, window: string, minutes: number): Alarm {
    return new Alarm(this, `${id}${window}`, {
      alarmName: `${this.props.objectiveName}-${id.toLowerCase()}-${window.toLowerCase()}`,
      alarmDescription: `The error budget of ${this.props.objectiveName} burns ${round(rate)} times too fast over ${minutes} minutes. Part of a composite alarm: it tells nobody by itself.`,
      metric: this.props.indicator.badRequests(Duration.minutes(minutes)),
      threshold: round(rate * this.budget),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Share of requests that may be bad. */
  private get budget(): number {
    return (100 - this.props.target) / 100;
  }

  private check(rates: readonly BurnRate[]): void {
    const { objectiveName, target, days = 30 } = this.props;
    const fastest = Math.max(...rates.map(({ rate }) => rate));
    const least = round(100 - 100 / fastest);
    const problems = [
      ...(/^[A-Za-z0-9-]{1,200}$/.test(objectiveName) ? [] : [`objectiveName is "${objectiveName}": letters, digits and hyphens are expected`]),
      ...(Number.isInteger(days) && days >= 7 && days <= 90 ? [] : [`days is ${days}: a whole number of 7 to 90 is expected`]),
      ...(target > 0 && target < 100 ? [] : [`target is ${target}: a percentage below 100 is expected, like 99.9`]),
      ...(target > 0 && target <= least ? [`target is ${target}: above ${least} is expected, or the fast alarm would need more bad requests than there are`] : []),
    ];
    if (problems.length > 0) throw new InputError(`ServiceLevelObjective ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

/** Without the dust of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}
