import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';

/** Properties of work that is done at times. */
export interface ScheduledTaskProps extends GoldenPathOptions {
  /** When: `ScheduleExpression.rate(Duration.hours(1))`, or `ScheduleExpression.cron({ minute: '0', hour: '3', timeZone: TimeZone.EUROPE_DUBLIN })`. */
  readonly schedule: ScheduleExpression;
  /** The function's code. It may be called twice for one time, and has to come to the same. */
  readonly code: Code;
  /** File and function that AWS Lambda calls. @default 'index.handler' */
  readonly handler?: string;
  /** Language. @default Runtime.NODEJS_24_X */
  readonly runtime?: Runtime;
  /** Variables of its environment; no secrets. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Memory in MiB; processors come with it. @default 512 */
  readonly memorySize?: number;
  /** How long a run may take, at most 15 minutes. @default Duration.minutes(5) */
  readonly timeout?: Duration;
  /** How often a run that failed is tried again, 0 to 2. @default 2 */
  readonly retries?: number;
  /** Somebody is told when it has not run for so long; whole minutes, at most seven days. @default - twice the rate; of a cron expression or a rate of more than three days, nobody is told */
  readonly expectedWithin?: Duration;
}

/** CloudWatch looks back no further (PutMetricAlarm, API reference, read 2026-11-23). */
const LONGEST = Duration.days(7);

/**
 * Work that is done at times: a function that EventBridge Scheduler starts. What fails is tried again, then put aside and told of; so is that it did not run, or takes nearly as long as it may.
 *
 * It has no service level objective: runs are too few to speak of a share of them, and each that fails is told of.
 *
 * @example
 * new ScheduledTask(stack, 'Report', {
 *   serviceName: 'orders-report', runbook: 'https://runbooks.acme.example/orders-report',
 *   schedule: ScheduleExpression.rate(Duration.hours(6)),
 *   code: Code.fromInline('exports.handler = async () => {};'),
 * });
 */
export class ScheduledTask extends GoldenPath {
  /** The function: grant it what it needs. */
  public readonly function: Function;
  /** When it runs. */
  public readonly schedule: Schedule;
  /** Runs that failed for good, with what was wrong: start them again by invoking the function. */
  public readonly failedRuns: Queue;

  public constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id, props);
    const { timeout = Duration.minutes(5), retries = 2 } = props;
    const expectedWithin = props.expectedWithin ?? twiceTheRate(props.schedule);
    this.check(timeout, retries, expectedWithin);
    this.failedRuns = new DeadLetters(this, 'FailedRuns');
    this.function = new Function(this, 'Function', {
      code: props.code, handler: props.handler ?? 'index.handler', runtime: props.runtime ?? Runtime.NODEJS_24_X, architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512, timeout, environment: props.environment, retryAttempts: retries, onFailure: new SqsDestination(this.failedRuns),
    });
    this.schedule = new Schedule(this, 'Schedule', {
      schedule: props.schedule,
      description: `Starts ${props.serviceName}`,
      target: new LambdaInvoke(this.function, { deadLetterQueue: this.failedRuns, maxEventAge: Duration.hours(1), retryAttempts: 10 }),
    });
    this.watch(timeout, expectedWithin);
  }

  private watch(timeout: Duration, expectedWithin: Duration | undefined): void {
    const period = Duration.minutes(5);
    this.health.addAlarm('Failed', {
      meaning: 'Runs failed for good and were put aside', metric: this.failedRuns.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }), threshold: 0,
    });
    if (expectedWithin) {
      this.health.addAlarm('Missed', {
        meaning: `It has not run for ${expectedWithin.toHumanString()}`, metric: this.function.metricInvocations({ period: expectedWithin, statistic: Stats.SUM }), threshold: 1, isMinimum: true, isBadWhenMissing: true,
      });
    }
    this.health.addAlarm('Slow', {
      meaning: 'Runs take nearly as long as they may, and will be cut off', metric: this.function.metricDuration({ period, statistic: Stats.MAXIMUM }), threshold: timeout.toMilliseconds() * 0.9,
    });
    this.health.addGraph('Runs', [this.function.metricInvocations({ period }), this.function.metricErrors({ period })]);
  }

  private check(timeout: Duration, retries: number, expectedWithin: Duration | undefined): void {
    const seconds = expectedWithin?.toSeconds() ?? 60;
    const problems = [
      ...(timeout.toSeconds() <= 900 ? [] : [`timeout is ${timeout.toHumanString()}: AWS Lambda cuts off after 15 minutes; longer work is a Fargate task or a state machine`]),
      ...(Number.isInteger(retries) && retries >= 0 && retries <= 2 ? [] : [`retries is ${retries}: 0, 1 or 2 are expected`]),
      ...(seconds % 60 === 0 && seconds <= LONGEST.toSeconds() ? [] : [`expectedWithin is ${expectedWithin!.toHumanString()}: whole minutes, at most seven days, are expected`]),
    ];
    if (problems.length > 0) throw new InputError(`ScheduledTask ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

/** Once missed may be chance; undefined where the expression does not say how often, or CloudWatch cannot look so far back. */
function twiceTheRate({ expressionString }: ScheduleExpression): Duration | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expressionString) ?? [];
  if (count === undefined) return undefined;
  const twice = unit === 'minute' ? Duration.minutes(2 * Number(count)) : unit === 'hour' ? Duration.hours(2 * Number(count)) : Duration.days(2 * Number(count));
  return twice.toSeconds() <= LONGEST.toSeconds() ? twice : undefined;
}
