import { Duration, Size, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { CfnDatabase } from 'aws-cdk-lib/aws-glue';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { DeadLetters } from './dead-letters';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a pipeline of files. */
export interface DataPipelineProps extends GoldenPathOptions {
  /** The function's code. It gets `{ bucket, key }` of a file that has come, reads it, and writes what comes of it below `CURATED_PREFIX` in `CURATED_BUCKET`; it may get a file twice. */
  readonly code: Code;
  /** File and function that AWS Lambda calls. @default 'index.handler' */
  readonly handler?: string;
  /** Language. @default Runtime.PYTHON_3_14 */
  readonly runtime?: Runtime;
  /** Variables of its environment, beside `CURATED_BUCKET` and `CURATED_PREFIX`; no secrets. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Memory in MiB; processors come with it. @default 2048 */
  readonly memorySize?: number;
  /** How long a file may take, at most 15 minutes. @default Duration.minutes(10) */
  readonly timeout?: Duration;
  /** How long files are kept as they came. @default Duration.days(90) */
  readonly keepLanded?: Duration;
  /** What a query may read at most, so that a mistake has a price. @default Size.gibibytes(100) */
  readonly scanLimit?: Size;
  /** Share of files in percent that are worked on without failing. @default 99 */
  readonly successTarget?: number;
}

/**
 * Files that come are worked on one by one, and what comes of them can be asked in SQL: a bucket that files land in, a state machine that starts a function for each and tries again, a bucket of what came of them, and a database
 * and workgroup of Amazon Athena.
 *
 * For files that take longer than 15 minutes, put a job of AWS Glue into the state machine. Tables of the database are the team's to declare: they are its contract with those who ask.
 *
 * @example
 * const pipeline = new DataPipeline(stack, 'Sales', {
 *   serviceName: 'orders-sales', runbook: 'https://runbooks.acme.example/orders-sales', code: Code.fromInline('def handler(event, context): pass'),
 * });
 * const arn = pipeline.landing.bucketArn;
 */
export class DataPipeline extends GoldenPath {
  /** Where files come to. */
  public readonly landing: Bucket;
  /** What came of them. */
  public readonly curated: Bucket;
  /** The function: grant it what else it needs. */
  public readonly function: Function;
  /** What is done with each file. */
  public readonly stateMachine: StateMachine;
  /** Files whose work could not be started. */
  public readonly undelivered: Queue;
  /** Name of the database, for tables and queries. */
  public readonly databaseName: string;
  /** Name of the workgroup, for queries. */
  public readonly workgroupName: string;

  public constructor(scope: Construct, id: string, props: DataPipelineProps) {
    super(scope, id, props);
    const { timeout = Duration.minutes(10), scanLimit = Size.gibibytes(100) } = props;
    this.check(timeout, scanLimit);
    this.landing = new Bucket(this, 'Landing', { lifecycleRules: [{ id: 'Landed', expiration: props.keepLanded ?? Duration.days(90), noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }] });
    // By the resource's own property: CDK's L2 construct has a function with a role of its own set it.
    (this.landing.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    this.curated = new Bucket(this, 'Curated');
    this.function = new Function(this, 'Function', {
      code: props.code, handler: props.handler ?? 'index.handler', runtime: props.runtime ?? Runtime.PYTHON_3_14, architecture: Architecture.ARM_64, memorySize: props.memorySize ?? 2048, timeout,
      environment: { ...props.environment, CURATED_BUCKET: this.curated.bucketName, CURATED_PREFIX: 'curated/' },
    });
    this.landing.grantRead(this.function);
    this.curated.grantPut(this.function, 'curated/*');
    this.stateMachine = this.addStateMachine(timeout);
    this.undelivered = new DeadLetters(this, 'Undelivered');
    this.addRule();
    this.databaseName = this.serviceName.toLowerCase().replace(/-/g, '_');
    this.workgroupName = this.serviceName;
    this.addQueries(scanLimit);
    this.watch(props.successTarget ?? 99);
  }

  private addStateMachine(timeout: Duration): StateMachine {
    const work = new LambdaInvoke(this, 'Work', {
      lambdaFunction: this.function, payload: TaskInput.fromObject({ 'bucket.$': '$.detail.bucket.name', 'key.$': '$.detail.object.key' }), payloadResponseOnly: true, retryOnServiceExceptions: true,
    });
    work.addRetry({ errors: ['States.TaskFailed'], interval: Duration.seconds(30), backoffRate: 2, maxAttempts: 2 });
    return new StateMachine(this, 'StateMachine', { definitionBody: DefinitionBody.fromChainable(work), timeout: Duration.seconds(4 * timeout.toSeconds()) });
  }

  private addRule(): void {
    new Rule(this, 'Landed', {
      description: `Files for ${this.serviceName}`,
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [this.landing.bucketName] } } },
      targets: [new SfnStateMachine(this.stateMachine, { deadLetterQueue: this.undelivered, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
  }

  /** Athena keeps results for a day by itself: https://docs.aws.amazon.com/athena/latest/ug/managed-results.html. */
  private addQueries(scanLimit: Size): void {
    new CfnDatabase(this, 'Database', { catalogId: Stack.of(this).account, databaseInput: { name: this.databaseName, description: `What came of files: ${this.serviceName}`, locationUri: this.curated.s3UrlForObject('curated/') } });
    new CfnWorkGroup(this, 'Workgroup', {
      name: this.workgroupName,
      description: `Questions about ${this.serviceName}`,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true, publishCloudWatchMetricsEnabled: true, bytesScannedCutoffPerQuery: scanLimit.toBytes(), engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        managedQueryResultsConfiguration: { enabled: true },
      },
    });
  }

  private watch(target: number): void {
    const period = Duration.minutes(5);
    this.health.addObjective('Success', { indicator: ServiceLevelIndicator.availability({ requests: this.stateMachine.metricStarted(), failures: this.stateMachine.metricFailed() }), target });
    this.health.addAlarm('Undelivered', {
      meaning: 'Work on files could not be started', metric: this.undelivered.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }), threshold: 0,
    });
    this.health.addAlarm('TimedOut', { meaning: 'Work on a file took too long and was stopped', metric: this.stateMachine.metricTimedOut({ period }), threshold: 0 });
    this.health.addGraph('Files', [this.stateMachine.metricStarted({ period }), this.stateMachine.metricSucceeded({ period }), this.stateMachine.metricFailed({ period })]);
  }

  private check(timeout: Duration, scanLimit: Size): void {
    const problems = [
      ...(timeout.toSeconds() <= 900 ? [] : [`timeout is ${timeout.toHumanString()}: AWS Lambda cuts off after 15 minutes; longer work is a job of AWS Glue`]),
      // Athena takes no lower limit: API_WorkGroupConfiguration (read 2026-11-23).
      ...(scanLimit.toBytes() >= 10_000_000 ? [] : [`scanLimit is ${scanLimit.toBytes()} bytes: 10 MB or more are expected`]),
    ];
    if (problems.length > 0) throw new InputError(`DataPipeline ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
