import { Duration } from 'aws-cdk-lib';
import { IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Attribute, Billing, ContributorInsightsMode, Operation, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a table of items that are found by their key. */
export interface KeyValueTableProps extends GoldenPathOptions {
  /** What an item is found by. Another one is another table: it cannot be changed. */
  readonly partitionKey: Attribute;
  /** What items of the same partition are told apart and sorted by. It cannot be changed either. @default - none */
  readonly sortKey?: Attribute;
  /** Attribute with the time, in seconds since 1970, from which DynamoDB deletes an item by itself. @default - items stay */
  readonly timeToLiveAttribute?: string;
  /** What of each change others may read. @default - nothing; with replicas, items before and after */
  readonly stream?: StreamViewType;
  /** Regions that hold a copy each, which is written to as well; not that of the stack, which must be known, as in `env`. The landing zone's key must be there. @default - none */
  readonly replicaRegions?: string[];
  /** Read units a second at most, so that a mistake has a price: what is more is refused. @default - as the account allows, 40,000 a table where nobody asked for more */
  readonly maxReadRequestUnits?: number;
  /** Write units a second at most. @default - as the account allows, 40,000 a table where nobody asked for more */
  readonly maxWriteRequestUnits?: number;
  /** Whether CloudWatch shows which keys are refused most; it charges by events. @default false */
  readonly contributorInsights?: boolean;
  /** Operations that count for objective and alarms, 1 to 5, since DynamoDB counts each by itself; each is charged as 13 metrics of alarms. @default - GetItem, Query, PutItem, UpdateItem */
  readonly watchedOperations?: Operation[];
  /** Share of requests in percent that DynamoDB answers without a fault of its own. @default 99.99 */
  readonly availabilityTarget?: number;
}

const USUAL = [Operation.GET_ITEM, Operation.QUERY, Operation.PUT_ITEM, Operation.UPDATE_ITEM];

const FIVE_MINUTES = Duration.minutes(5);

/** Changes that take longer to arrive than this are heard of: usually it is a second. */
const REPLICATION_LATE = Duration.minutes(1);

/**
 * A DynamoDB table: paid by request, with a bound if you like, copies in other Regions, and people who hear when requests fail, are refused, or changes do not arrive.
 *
 * Encryption, point-in-time recovery and protection against deletion come from the paved road. Grant by `table.grants`.
 *
 * What DynamoDB counts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (read 2026-11-23)
 *
 * @example
 * const orders = new KeyValueTable(stack, 'Orders', {
 *   serviceName: 'orders-table', runbook: 'https://runbooks.acme.example/orders-table',
 *   partitionKey: { name: 'customer', type: AttributeType.STRING }, sortKey: { name: 'placedAt', type: AttributeType.STRING },
 *   maxReadRequestUnits: 4000, maxWriteRequestUnits: 1000,
 * });
 */
export class KeyValueTable extends GoldenPath {
  /** The table: add indexes, and grant by `table.grants`. */
  public readonly table: TableV2;

  public constructor(scope: Construct, id: string, props: KeyValueTableProps) {
    super(scope, id, props);
    const { replicaRegions = [], watchedOperations = USUAL } = props;
    this.check(replicaRegions, watchedOperations);
    this.table = new TableV2(this, 'Table', {
      partitionKey: props.partitionKey, sortKey: props.sortKey, timeToLiveAttribute: props.timeToLiveAttribute, dynamoStream: props.stream,
      billing: Billing.onDemand({ maxReadRequestUnits: props.maxReadRequestUnits, maxWriteRequestUnits: props.maxWriteRequestUnits }),
      contributorInsightsSpecification: props.contributorInsights === true ? { enabled: true, mode: ContributorInsightsMode.THROTTLED_KEYS } : undefined,
      replicas: replicaRegions.map((region) => ({ region })),
    });
    this.watch(replicaRegions, watchedOperations, props.availabilityTarget ?? 99.99);
  }

  private watch(replicaRegions: readonly string[], operations: readonly Operation[], target: number): void {
    const of = (metricName: string, operation: Operation, statistic: string) => this.metric(metricName, { Operation: operation }, statistic);
    this.health.addObjective('Availability', {
      target,
      indicator: ServiceLevelIndicator.availabilityOfOperations(operations.map((operation) => ({
        successes: of('SuccessfulRequestLatency', operation, 'SampleCount'), failures: of('SystemErrors', operation, 'Sum'),
      }))),
    });
    // A request that an index of the table refuses counts here too, which it does not in events of the table.
    const throttled = new MathExpression({
      expression: operations.map((_, index) => `FILL(refused${index}, 0)`).join(' + '), period: FIVE_MINUTES, label: 'Refused',
      usingMetrics: Object.fromEntries(operations.map((operation, index) => [`refused${index}`, of('ThrottledRequests', operation, 'Sum')])),
    });
    this.health.addAlarm('Throttled', { meaning: 'Requests are refused: more come than a partition, the bound of the table or the account take', metric: throttled, threshold: 0, periods: 3 });
    for (const region of replicaRegions) {
      this.health.addAlarm(`Replication-${region}`, {
        meaning: `Changes take more than a minute to ${region}`, metric: this.metric('ReplicationLatency', { ReceivingRegion: region }, 'Average'), threshold: REPLICATION_LATE.toMilliseconds(), periods: 3,
      });
    }
    this.health.addGraph('Latency in milliseconds', operations.map((operation) => of('SuccessfulRequestLatency', operation, 'Average')));
    this.health.addGraph('Units', (['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'] as const).map((name): IMetric => this.metric(name, {}, 'Sum')));
  }

  private metric(metricName: string, dimensions: { readonly [name: string]: string }, statistic: string): Metric {
    return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: this.table.tableName, ...dimensions }, statistic, period: FIVE_MINUTES });
  }

  private check(replicaRegions: readonly string[], operations: readonly Operation[]): void {
    const problems = [
      ...(operations.length >= 1 && operations.length <= 5 ? [] : [`watchedOperations has ${operations.length} operations: 1 to 5 are expected`]),
      ...(new Set(operations).size === operations.length ? [] : ['watchedOperations has an operation twice: it would count twice']),
      ...(new Set(replicaRegions).size === replicaRegions.length ? [] : ['replicaRegions has a Region twice']),
    ];
    if (problems.length > 0) throw new InputError(`KeyValueTable ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
