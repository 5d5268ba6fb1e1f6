import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { InputError } from '../model/input-error';

/** Counts of requests. */
export interface AvailabilityCounts {
  /** All requests: `api.metricCount()`. Its sum is taken. */
  readonly requests: Metric;
  /** Those that failed by a fault of the service: `api.metricServerError()`. Its sum is taken; where it has no values, nothing failed. */
  readonly failures: Metric;
  /** Those that were refused before they were counted as requests, like the errors of a load balancer itself. Its sum is taken. @default - requests are all there are */
  readonly refused?: Metric;
}

/** Counts of one operation, for services that count each by itself. */
export interface OperationCounts {
  /** Requests that succeeded, one value each: how many values there are is taken, so the latency of successful requests will do. */
  readonly successes: Metric;
  /** Those that failed by a fault of the service. Its sum is taken. */
  readonly failures: Metric;
}

/** What passes and what is lost on the way, counted apart. */
export interface LossCounts {
  /** What passed: `PacketsOut` of a transit gateway. The sum of all is taken. */
  readonly passed: Metric[];
  /** What was lost. The sum of all is taken; where they have no values, nothing was lost. */
  readonly lost: Metric[];
}

/** How long requests take. */
export interface LatencyObjective {
  /** Duration of each request: `api.metricLatency()`, in the unit that `threshold` is given in. */
  readonly latency: Metric;
  /** Requests that take no longer are good, in the unit of the metric: 500 for milliseconds of API Gateway, 0.5 for seconds of a load balancer. */
  readonly threshold: number;
}

const MOST_OPERATIONS = 5;

/** An alarm looks at ten metrics at most. */
const MOST_METRICS = 10;

/** What a service is measured by: the share of requests that are good, seen from its users. */
export class ServiceLevelIndicator {
  /** Requests that succeed. */
  public static availability({ requests, failures, refused }: AvailabilityCounts): ServiceLevelIndicator {
    return new ServiceLevelIndicator((period) => new MathExpression({
      expression: refused ? '(FILL(failures, 0) + FILL(refused, 0)) / (FILL(requests, 0) + FILL(refused, 0))' : 'FILL(failures, 0) / requests',
      usingMetrics: {
        failures: failures.with({ statistic: 'Sum', period }), requests: requests.with({ statistic: 'Sum', period }), ...(refused ? { refused: refused.with({ statistic: 'Sum', period }) } : {}),
      },
      period,
    }));
  }

  /**
   * Requests of several operations that succeed, where a service counts each operation by itself. What has no values counts as none. Fails for none and for more than five operations: an alarm looks at ten metrics, and each is charged.
   */
  public static availabilityOfOperations(operations: OperationCounts[]): ServiceLevelIndicator {
    if (operations.length === 0 || operations.length > MOST_OPERATIONS) throw new InputError(`ServiceLevelIndicator.availabilityOfOperations: ${operations.length} operations are given, and 1 to ${MOST_OPERATIONS} are expected`);
    const sum = (name: string) => operations.map((_, index) => `FILL(${name}${index}, 0)`).join(' + ');
    return new ServiceLevelIndicator((period) => new MathExpression({
      expression: `(${sum('failures')}) / (${sum('failures')} + ${sum('successes')})`,
      usingMetrics: Object.fromEntries(operations.flatMap(({ successes, failures }, index) => [
        [`failures${index}`, failures.with({ statistic: 'Sum', period })], [`successes${index}`, successes.with({ statistic: 'SampleCount', period })],
      ])),
      period,
    }));
  }

  /** What comes through, where what is lost is counted beside what passed. Where nothing comes, nothing is lost. Fails for no metrics and for more than ten together. */
  public static losses({ passed, lost }: LossCounts): ServiceLevelIndicator {
    const count = passed.length + lost.length;
    if (passed.length === 0 || lost.length === 0 || count > MOST_METRICS) throw new InputError(`ServiceLevelIndicator.losses: ${passed.length} metrics of what passed and ${lost.length} of what was lost are given; one of each is expected at least, and ${MOST_METRICS} together at most`);
    const sum = (name: string, metrics: readonly Metric[]) => metrics.map((_, index) => `FILL(${name}${index}, 0)`).join(' + ');
    const named = (name: string, metrics: readonly Metric[], period: Duration) => metrics.map((metric, index) => [`${name}${index}`, metric.with({ statistic: 'Sum', period })] as const);
    return new ServiceLevelIndicator((period) => new MathExpression({
      expression: `(${sum('lost', lost)}) / (${sum('lost', lost)} + ${sum('passed', passed)})`,
      usingMetrics: Object.fromEntries([...named('lost', lost, period), ...named('passed', passed, period)]),
      period,
    }));
  }

  /**
   * Time in which one way of several is up at least, by metrics that are 1 when a way is up and 0 when it is not: `VirtualInterfaceBgpStatus` of Direct Connect. In a period, the way counts that was up longest: no outage
   * of all is hidden, and ways that were down one after the other count as if the best had been alone. Fails for none and for more than ten.
   */
  public static uptimeOfAny(states: Metric[]): ServiceLevelIndicator {
    if (states.length === 0 || states.length > MOST_METRICS) throw new InputError(`ServiceLevelIndicator.uptimeOfAny: ${states.length} metrics are given, and 1 to ${MOST_METRICS} are expected`);
    const names = states.map((_, index) => `up${index}`);
    return new ServiceLevelIndicator((period) => new MathExpression({
      expression: `1 - ${names.length === 1 ? names[0] : `MAX([${names.join(', ')}])`}`,
      usingMetrics: Object.fromEntries(states.map((metric, index) => [names[index]!, metric.with({ statistic: 'Average', period })])),
      period,
    }));
  }

  /** Time in which a service is there, by a metric that says in percent whether it is: `AvailabilityPercentage` of an RDS proxy. Its average is taken. Time without requests counts as well. */
  public static uptime(percentage: Metric): ServiceLevelIndicator {
    return new ServiceLevelIndicator((period) => new MathExpression({ expression: '(100 - up) / 100', usingMetrics: { up: percentage.with({ statistic: 'Average', period }) }, period }));
  }

  /** Requests that succeed, where a service counts the share of those that failed by itself, in percent: `distribution.metric5xxErrorRate()` of CloudFront. Its average is taken. */
  public static errorRate(percent: Metric): ServiceLevelIndicator {
    return new ServiceLevelIndicator((period) => new MathExpression({ expression: 'failures / 100', usingMetrics: { failures: percent.with({ statistic: 'Average', period }) }, period }));
  }

  /**
   * Requests that are fast enough, by CloudWatch's trimmed count and count of the values of a metric
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html, read 2026-11-23). Fails for a threshold that is not above zero.
   */
  public static latency({ latency, threshold }: LatencyObjective): ServiceLevelIndicator {
    if (!(threshold > 0)) throw new InputError(`ServiceLevelIndicator.latency: threshold is ${threshold}, and a duration above zero is expected, in the unit of the metric`);
    return new ServiceLevelIndicator((period) => new MathExpression({
      expression: '(requests - fast) / requests',
      usingMetrics: { fast: latency.with({ statistic: `TC(:${threshold})`, period }), requests: latency.with({ statistic: 'SampleCount', period }) },
      period,
    }));
  }

  private constructor(private readonly badRatio: (period: Duration) => MathExpression) {}

  /** Share of requests that are bad in a period, 0 to 1. */
  public badRequests(period: Duration): IMetric {
    return this.badRatio(period);
  }
}
