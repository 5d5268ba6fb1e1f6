import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { hasDeadLetters } from './queue';
import { GoldenPath } from '../golden/golden-path';
import { Road, RoadDefault } from '../road-default';
import { Survey } from '../survey';

/** What is wrong when it goes off, and by which metric. */
interface Cause {
  /** Part of the name: `dead-letters`. */
  readonly name: string;
  readonly meaning: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimension: string;
  readonly statistic: 'Sum' | 'Maximum' | 'Minimum';
  readonly threshold: number;
  readonly isMinimum?: boolean;
  /** Periods of five minutes in a row. */
  readonly periods: number;
}

const FIVE_MINUTES = 300;

/** Share of its storage that a database should have left. */
const STORAGE_LEFT = 0.1;

/** Once, and not in a golden path, which knows better what to watch. */
function watch(resource: CfnResource, road: Road, cause: Cause): void {
  const { alarms } = road;
  if (alarms === undefined || resource.node.tryFindChild('PavedRoadAlarm') !== undefined || resource.node.scopes.some((scope) => scope instanceof GoldenPath)) return;
  const { name, meaning, namespace, metricName, dimension, statistic, threshold, isMinimum = false, periods } = cause;
  const id = resource.node.id === 'Resource' ? resource.node.scope!.node.id : resource.node.id;
  new CfnAlarm(resource, 'PavedRoadAlarm', {
    // Named, because the landing zone's alerts go by names; told from others by its path.
    alarmName: `${alarms.product}-${id}-${resource.node.addr.slice(-8)}-${name}-ticket`,
    alarmDescription: `${meaning}. What to do: ${alarms.runbook}`,
    namespace,
    metricName,
    dimensions: [{ name: dimension, value: resourceName(resource) }],
    statistic,
    period: FIVE_MINUTES,
    evaluationPeriods: periods,
    threshold,
    comparisonOperator: isMinimum ? 'LessThanThreshold' : 'GreaterThanThreshold',
    treatMissingData: 'notBreaching',
    ...(alarms.topicArns.length > 0 ? { alarmActions: [...alarms.topicArns] } : {}),
  });
}

/** As metrics name it: queues are referred to by their address. */
function resourceName(resource: CfnResource): string {
  return resource instanceof CfnQueue ? resource.attrQueueName : resource.ref;
}

interface Watched {
  readonly id: string;
  readonly type: string;
  readonly why: string;
  /** Undefined where there is nothing to watch. */
  causeOf(resource: CfnResource, survey: Survey): Cause | undefined;
}

const throttles = (type: string, id: string): Watched => ({
  id,
  type,
  why: 'Somebody hears when a table refuses requests for a quarter of an hour, where a runbook is said.',
  causeOf: () => ({
    name: 'throttled', meaning: 'A table refuses writes', namespace: 'AWS/DynamoDB', metricName: 'WriteThrottleEvents', dimension: 'TableName', statistic: 'Sum', threshold: 0, periods: 3,
  }),
});

const WATCHED: readonly Watched[] = [
  {
    id: 'sqs.alarm',
    type: 'AWS::SQS::Queue',
    why: 'Somebody hears of messages that could not be handled, where a runbook is said.',
    causeOf: (queue, survey) => (hasDeadLetters(queue as CfnQueue, survey) ? {
      name: 'dead-letters', meaning: 'Messages could not be handled and were put aside', namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimension: 'QueueName', statistic: 'Maximum', threshold: 0, periods: 1,
    } : undefined),
  },
  {
    id: 'lambda.alarm',
    type: 'AWS::Lambda::Function',
    why: 'Somebody hears of a function that goes on to fail for a quarter of an hour, where a runbook is said.',
    causeOf: () => ({ name: 'errors', meaning: 'A function goes on to fail', namespace: 'AWS/Lambda', metricName: 'Errors', dimension: 'FunctionName', statistic: 'Sum', threshold: 0, periods: 3 }),
  },
  throttles('AWS::DynamoDB::Table', 'dynamodb.alarm'),
  throttles('AWS::DynamoDB::GlobalTable', 'dynamodb.global.alarm'),
  {
    id: 'rds.alarm',
    type: 'AWS::RDS::DBInstance',
    why: 'Somebody hears before a database has no storage left, and stops, where a runbook is said.',
    causeOf: (resource) => {
      const gibibytes = Number((resource as CfnDBInstance).allocatedStorage);
      return Number.isFinite(gibibytes) && gibibytes > 0 ? {
        name: 'storage', meaning: `A database has less than a tenth of its ${gibibytes} GiB left`, namespace: 'AWS/RDS', metricName: 'FreeStorageSpace', dimension: 'DBInstanceIdentifier', statistic: 'Minimum',
        threshold: Math.round(gibibytes * STORAGE_LEFT * 1024 ** 3), isMinimum: true, periods: 3,
      } : undefined;
    },
  },
  {
    id: 'stepfunctions.alarm',
    type: 'AWS::StepFunctions::StateMachine',
    why: 'Somebody hears of executions that fail, where a runbook is said.',
    causeOf: () => ({ name: 'failed', meaning: 'Executions fail', namespace: 'AWS/States', metricName: 'ExecutionsFailed', dimension: 'StateMachineArn', statistic: 'Sum', threshold: 0, periods: 1 }),
  },
];

export const ALARM_DEFAULTS: readonly RoadDefault[] = WATCHED.map(({ id, type, why, causeOf }) => ({
  id, type, why,
  complete: (_, resource, road) => {
    const cause = road.alarms && causeOf(resource, road.survey);
    if (cause) watch(resource, road, cause);
    return {};
  },
}));
