import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { WorkQueueOptions } from './work-queue-options';
import { ServiceHealth } from '../../resilience/service-health';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';
import { ServiceLevelObjective } from '../../resilience/service-level-objective';

/** How long SQS keeps messages at most. */
const LONGEST = Duration.days(14);

/** A queue and what was put aside of it, as members of a golden path, and what is watched of them. */
export class WorkQueue {
  public readonly queue: Queue;
  public readonly deadLetters: Queue;
  public readonly handledWithin: Duration;
  private readonly target: number;

  /** @param visibilityTimeout how long a message that was taken is not seen by others */
  public constructor(scope: Construct, visibilityTimeout: Duration, { attempts = 5, handledWithin = Duration.minutes(15), freshnessTarget = 99 }: WorkQueueOptions) {
    this.handledWithin = handledWithin;
    this.target = freshnessTarget;
    this.deadLetters = new Queue(scope, 'DeadLetters', { retentionPeriod: LONGEST });
    this.queue = new Queue(scope, 'Queue', { visibilityTimeout, retentionPeriod: LONGEST, deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: attempts } });
  }

  public addObjective(health: ServiceHealth): ServiceLevelObjective {
    const objective = health.addObjective('Freshness', {
      indicator: ServiceLevelIndicator.latency({ latency: this.queue.metricApproximateAgeOfOldestMessage(), threshold: this.handledWithin.toSeconds() }), target: this.target,
    });
    health.addAlarm('DeadLetters', {
      meaning: 'Messages failed too often and were put aside', metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }), threshold: 0,
    });
    return objective;
  }

  public addGraphs(health: ServiceHealth): void {
    const period = Duration.minutes(5);
    health.addGraph('Messages', [this.queue.metricNumberOfMessagesSent({ period }), this.queue.metricNumberOfMessagesDeleted({ period }), this.queue.metricApproximateNumberOfMessagesVisible({ period })]);
    health.addGraph('Longest wait', [this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM })]);
  }
}
