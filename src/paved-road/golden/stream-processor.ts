import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Alias, EventSourceMapping, Function, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BatchFunction } from './batch-function';
import { BatchFunctionOptions } from './batch-function-options';
import { GoldenPath } from './golden-path';
import { failOnProblems, notWithin, tooLongForLambda } from './option-problems';
import { SafeFunctionDeployment } from './safe-function-deployment';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a stream and the function that works on its records. */
export interface StreamProcessorProps extends BatchFunctionOptions {
  /** How long the stream keeps records, 24 hours to 365 days: what nobody worked on by then is lost. More than 24 hours are charged. @default Duration.days(7) */
  readonly retention?: Duration;
  /** Records of a batch, 1 to 10,000. @default 100 */
  readonly batchSize?: number;
  /** Batches of a shard that are worked on at a time, 1 to 10; records of one partition key stay in their order. @default 1 */
  readonly parallelizationFactor?: number;
  /** How often a batch is tried again before it is put aside, 0 to 10,000; the shard waits meanwhile. @default 10 */
  readonly retryAttempts?: number;
  /** How old a record may get before it is put aside, a minute to seven days, and less than `retention`. @default Duration.days(1) */
  readonly maxRecordAge?: Duration;
  /** How soon a record should be worked on. @default Duration.minutes(5) */
  readonly handledWithin?: Duration;
  /** Share of batches whose records waited no longer, in percent. @default 99 */
  readonly freshnessTarget?: number;
}

/** What Lambda reads a stream with (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html, read 2026-11-23), less `SubscribeToShard`, which is of consumers with enhanced fan-out. */
const READS = ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'];

/** Where Lambda puts records aside in a bucket: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html (read 2026-11-23). */
const ASIDE = 'aws/lambda/';

/**
 * A Kinesis stream and a function that works on its records, in the order of their partition keys: in batches that are halved when they fail, of which single records may fail, tried again a bounded number of times, then put aside
 * and told of, so that a bad record does not hold up its shard. A new version works on a tenth of the batches first and is rolled back when it fails.
 *
 * For many records a second, or several that read the same ones; events of single facts are `EventProcessor`'s, work to be done once is `QueueWorker`'s. Records are put aside whole, in a bucket: a queue would hold where they are in
 * the stream, and nothing once the stream has let go of them (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html, read 2026-11-23). The stream is encrypted with AWS's key for Kinesis: each producer and
 * consumer would be charged for asking for another one (https://docs.aws.amazon.com/streams/latest/dev/costs-performance.html, read 2026-11-23), and grant itself its use.
 *
 * @example
 * const processor = new StreamProcessor(stack, 'Clicks', {
 *   serviceName: 'shop-clicks', runbook: 'https://runbooks.acme.example/shop-clicks',
 *   code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
 * });
 * const arn = processor.stream.streamArn;
 */
export class StreamProcessor extends GoldenPath {
  /** Where records are put: `processor.stream.grantWrite(api.function)`. */
  public readonly stream: Stream;
  /** Records that were given up, with what was wrong, for 90 days. */
  public readonly putAside: Bucket;
  /** The function: grant it what it needs. */
  public readonly function: Function;
  /** The version that works. */
  public readonly alias: Alias;

  public constructor(scope: Construct, id: string, props: StreamProcessorProps) {
    super(scope, id, props);
    const { retention = Duration.days(7), maxRecordAge = Duration.days(1), batchSize = 100, parallelizationFactor = 1, retryAttempts = 10, handledWithin = Duration.minutes(5) } = props;
    failOnProblems(this, [
      ...tooLongForLambda(props.timeout),
      ...notWithin('retention in hours', retention.toHours({ integral: false }), 24, 8760),
      ...notWithin('batchSize', batchSize, 1, 10_000),
      ...notWithin('parallelizationFactor', parallelizationFactor, 1, 10),
      ...notWithin('retryAttempts', retryAttempts, 0, 10_000),
      ...notWithin('maxRecordAge in seconds', maxRecordAge.toSeconds({ integral: false }), 60, 604_800),
      ...(maxRecordAge.toSeconds() < retention.toSeconds() ? []
        : [`maxRecordAge is ${maxRecordAge.toHumanString()}, and the stream keeps records for ${retention.toHumanString()}: less is expected, or they are lost before they are put aside`]),
    ]);
    this.stream = new Stream(this, 'Stream', { streamMode: StreamMode.ON_DEMAND, retentionPeriod: retention, encryption: StreamEncryption.MANAGED, removalPolicy: RemovalPolicy.RETAIN });
    this.putAside = new Bucket(this, 'PutAside', {
      lifecycleRules: [{ id: 'PutAside', expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    const { function: works, alias } = new BatchFunction(this, props);
    this.function = works;
    this.alias = alias;
    this.allow();
    const source = new EventSourceMapping(this, 'Source', {
      target: this.alias, eventSourceArn: this.stream.streamArn, startingPosition: StartingPosition.TRIM_HORIZON, batchSize, parallelizationFactor, retryAttempts, maxRecordAge,
      bisectBatchOnError: true, reportBatchItemFailures: true, supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: this.putAside.bucketArn }) }, metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    this.watch(source, handledWithin, props.freshnessTarget ?? 99);
  }

  /** Narrower than CDK's `grantRead` and `S3OnFailureDestination`, which lets the function read and delete what was put aside. */
  private allow(): void {
    this.function.addToRolePolicy(new PolicyStatement({ actions: READS, resources: [this.stream.streamArn] }));
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.putAside.bucketArn] }));
    this.function.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.putAside.arnForObjects(`${ASIDE}*`)] }));
  }

  private watch({ eventSourceMappingId }: EventSourceMapping, handledWithin: Duration, target: number): void {
    const period = Duration.minutes(5);
    const age = this.function.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });
    const ofSource = (metricName: string) => new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId }, period, statistic: Stats.SUM });
    const incoming = this.stream.metricIncomingRecords({ period, statistic: Stats.SUM });
    const calls = this.function.metricInvocations({ period });
    this.health.addObjective('Freshness', { indicator: ServiceLevelIndicator.latency({ latency: age, threshold: handledWithin.toMilliseconds() }), target });
    // Both are counted where the mapping has its metrics: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html#event-source-mapping-metrics (read 2026-11-23).
    this.health.addAlarm('PutAside', {
      meaning: 'Records were given up: they are in the bucket, or could not be put there and are in the stream alone, as long as it keeps them',
      metric: new MathExpression({
        expression: 'FILL(aside, 0) + FILL(dropped, 0)', usingMetrics: { aside: ofSource('OnFailureDestinationDeliveredEventCount'), dropped: ofSource('DroppedEventCount') }, period, label: 'records',
      }),
      threshold: 0,
    });
    // The objective counts batches, and sees nothing where none come to the function.
    this.health.addAlarm('Stuck', {
      meaning: 'Records come, and nobody works on them', isUrgent: true, threshold: 0, periods: 3,
      metric: new MathExpression({ expression: 'IF(FILL(incoming, 0) > 0 AND FILL(calls, 0) == 0, 1, 0)', usingMetrics: { incoming, calls }, period, label: 'stuck' }),
    });
    const failing = this.health.addAlarm('Failing', { meaning: 'Whole batches fail', metric: this.alias.metricErrors({ period: Duration.minutes(1), statistic: Stats.SUM }), threshold: 0, periods: 3 });
    this.health.addAlarm('Throttled', {
      meaning: 'The stream refuses records: more are written than it takes by now, or most have the same partition key', metric: this.stream.metricWriteProvisionedThroughputExceeded({ period, statistic: Stats.SUM }), threshold: 0,
      periods: 3,
    });
    this.health.addGraph('Records', [incoming, ofSource('InvokedEventCount'), ofSource('FailedInvokeEventCount')]);
    this.health.addGraph('Longest wait in milliseconds', [age]);
    new SafeFunctionDeployment(this, 'Deployment', { alias: this.alias, rollbackAlarm: failing });
  }
}
