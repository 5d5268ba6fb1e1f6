import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventPattern, IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { QueueWorker, QueueWorkerProps } from './queue-worker';

/** Properties of a function that works on events. */
export interface EventProcessorProps extends QueueWorkerProps {
  /** Which events: `{ source: ['orders'], detailType: ['OrderPlaced'] }`. */
  readonly eventPattern: EventPattern;
  /** Where they come by. @default - the bus of the account that AWS's own events come by */
  readonly eventBus?: IEventBus;
}

/**
 * A function that works on events of Amazon EventBridge. They wait in a queue, so that none is lost while the function fails, is changed or has too much to do: see `QueueWorker` for what becomes of them there. What EventBridge
 * cannot deliver for a day is put aside as well, and told of. Streams of records, which stay in order and may be read by several, are `StreamProcessor`'s.
 *
 * @example
 * new EventProcessor(stack, 'Invoicing', {
 *   serviceName: 'orders-invoicing', runbook: 'https://runbooks.acme.example/orders-invoicing',
 *   eventPattern: { source: ['orders'], detailType: ['OrderPlaced'] },
 *   code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
 * });
 */
export class EventProcessor extends QueueWorker {
  /** Which events come. */
  public readonly rule: Rule;
  /** Events that EventBridge could not deliver. */
  public readonly undelivered: Queue;

  public constructor(scope: Construct, id: string, props: EventProcessorProps) {
    super(scope, id, props);
    this.undelivered = new DeadLetters(this, 'Undelivered');
    this.rule = new Rule(this, 'Rule', {
      eventPattern: props.eventPattern, eventBus: props.eventBus, description: `Events for ${props.serviceName}`,
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.undelivered, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
    this.health.addAlarm('Undelivered', {
      meaning: 'Events could not be delivered to the queue and were put aside',
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
      threshold: 0,
    });
  }
}
