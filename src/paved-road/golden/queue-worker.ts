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
import { WorkQueue } from './work-queue';
import { WorkQueueOptions } from './work-queue-options';

/** Properties of a queue and the function that works on its messages. */
export interface QueueWorkerProps extends BatchFunctionOptions, WorkQueueOptions {
  /** Messages of a batch, 1 to 10. @default 10 */
  readonly batchSize?: number;
  /** Batches that are worked on at a time, 2 to 1000: what is behind the function is not run over. @default 10 */
  readonly maxConcurrency?: number;
}

/**
 * A queue and a function that works on its messages: in batches of which single messages may fail, a bounded number at a time, what fails for good being put aside and told of. A new version works on a tenth of the batches first
 * and is rolled back when it fails. Work that takes longer than 15 minutes, or comes as an image, is `ContainerQueueWorker`'s.
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
    const { batchSize = 10, maxConcurrency = 10, attempts = 5 } = props;
    failOnProblems(this, [...tooLongForLambda(props.timeout), ...notWithin('batchSize', batchSize, 1, 10), ...notWithin('maxConcurrency', maxConcurrency, 2, 1000), ...notWithin('attempts', attempts, 1, 1000)]);
    const worker = new BatchFunction(this, props);
    this.function = worker.function;
    this.alias = worker.alias;
    // Six times as long as a batch may take, or messages come again while they are worked on: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html (read 2026-11-23).
    const work = new WorkQueue(this, Duration.seconds(6 * worker.timeout.toSeconds()), props);
    this.queue = work.queue;
    this.deadLetters = work.deadLetters;
    this.alias.addEventSource(new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
    work.addObjective(this.health);
    const failing = this.health.addAlarm('Failing', { meaning: 'Whole batches fail', metric: this.alias.metricErrors({ period: Duration.minutes(1), statistic: Stats.SUM }), threshold: 0, periods: 3 });
    work.addGraphs(this.health);
    new SafeFunctionDeployment(this, 'Deployment', { alias: this.alias, rollbackAlarm: failing });
  }
}
