import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Alias, Function } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BatchFunction } from './batch-function';
import { BatchFunctionOptions } from './batch-function-options';
import { GoldenPath } from './golden-path';
import { failOnProblems, notWithin, tooLongForLambda } from './option-problems';
import { SafeFunctionDeployment } from './safe-function-deployment';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a queue and the function that works on its messages. */
export interface QueueWorkerProps extends BatchFunctionOptions {
  /** Messages of a batch, 1 to 10. @default 10 */
  readonly batchSize?: number;
  /** Batches that are worked on at a time, 2 to 1000: what is behind the function is not run over. @default 10 */
  readonly maxConcurrency?: number;
  /** How often a message is tried before it is put aside, 1 to 1000; AWS recommends at least five. @default 5 */
  readonly attempts?: number;
  /** How soon a message should be worked on. @default Duration.minutes(15) */
  readonly handledWithin?: Duration;
  /** Share of minutes, of those with messages, in which none waits longer, in percent. @default 99 */
  readonly freshnessTarget?: number;
}

/**
 * A queue and a function that works on its messages: in batches of which single messages may fail, a bounded number at a time, what fails for good being put aside and told of. A new version works on a tenth of the batches first
 * and is rolled back when it fails.
 *
 * Its objective is that messages do not wait: SQS counts no messages that it puts aside, so nobody can tell the share that failed. Send messages again by `aws sqs start-message-move-task` with the ARN of `deadLetters`.
 *
 * @example
 * const worker = new QueueWorker(stack, 'Shipping', {
 *   serviceName: 'orders-shipping', runbook: 'https://runbooks.acme.example/orders-shipping',
 *   code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
 * });
 */
export class QueueWorker extends GoldenPath {
  /** Where work is put: `worker.queue.grantSendMessages(api.function)`. */
  public readonly queue: Queue;
  /** Where messages are that failed too often. */
  public readonly deadLetters: Queue;
  /** The function: grant it what it needs. */
  public readonly function: Function;
  /** The version that works. */
  public readonly alias: Alias;

  public constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id, props);
    const { batchSize = 10, maxConcurrency = 10, attempts = 5, handledWithin = Duration.minutes(15) } = props;
    failOnProblems(this, [...tooLongForLambda(props.timeout), ...notWithin('batchSize', batchSize, 1, 10), ...notWithin('maxConcurrency', maxConcurrency, 2, 1000), ...notWithin('attempts', attempts, 1, 1000)]);
    const worker = new BatchFunction(this, props);
    this.function = worker.function;
    this.alias = worker.alias;
    this.deadLetters = new Queue(this, 'DeadLetters', { retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      // Six times as long as a batch may take, or messages come again while they are worked on: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html (read 2026-11-23).
      visibilityTimeout: Duration.seconds(6 * worker.timeout.toSeconds()),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: attempts },
    });
    this.alias.addEventSource(new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
    this.watch(handledWithin, props.freshnessTarget ?? 99);
  }

  private watch(handledWithin: Duration, target: number): void {
    const period = Duration.minutes(5);
    this.health.addObjective('Freshness', { indicator: ServiceLevelIndicator.latency({ latency: this.queue.metricApproximateAgeOfOldestMessage(), threshold: handledWithin.toSeconds() }), target });
    this.health.addAlarm('DeadLetters', {
      meaning: 'Messages failed too often and were put aside', metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }), threshold: 0,
    });
    const failing = this.health.addAlarm('Failing', { meaning: 'Whole batches fail', metric: this.alias.metricErrors({ period: Duration.minutes(1), statistic: Stats.SUM }), threshold: 0, periods: 3 });
    this.health.addGraph('Messages', [this.queue.metricNumberOfMessagesSent({ period }), this.queue.metricNumberOfMessagesDeleted({ period }), this.queue.metricApproximateNumberOfMessagesVisible({ period })]);
    this.health.addGraph('Longest wait', [this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM })]);
    new SafeFunctionDeployment(this, 'Deployment', { alias: this.alias, rollbackAlarm: failing });
  }
}
