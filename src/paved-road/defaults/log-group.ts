import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const BESIDE = 'PavedRoadLogs';

export const LOG_GROUP_DEFAULTS: readonly RoadDefault[] = [{
  id: 'logs.retention',
  type: 'AWS::Logs::LogGroup',
  why: 'Logs are kept as long as the classification of the data says, and not forever.',
  complete: ({ RetentionInDays }, _, { logRetentionDays }) => (isGiven(RetentionInDays) ? {} : { retentionInDays: logRetentionDays }),
}];

/**
 * A log group of a resource, made once. Beside it, not below it: constructs depend on their roles with all that is in them, and these roles name the log group. Logs outlive what wrote them.
 */
export function logGroupOf(resource: CfnResource, retentionInDays: number, logGroupName?: string): CfnLogGroup {
  const stack = Stack.of(resource);
  const scope = stack.node.tryFindChild(BESIDE) as Construct | undefined ?? new Construct(stack, BESIDE);
  const id = resource.node.scopes.slice(stack.node.scopes.length).map((one) => one.node.id).join('.');
  const known = scope.node.tryFindChild(id) as CfnLogGroup | undefined;
  if (known) return known;
  const made = new CfnLogGroup(scope, id, { retentionInDays, logGroupName });
  made.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return made;
}

/** What writing to a log group takes, and no more. */
export function writesLogs(logGroup: CfnLogGroup): { readonly Sid: string; readonly [part: string]: unknown } {
  return { Sid: `Write${logGroup.node.addr.slice(-8)}`, Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logGroup.attrArn };
}
