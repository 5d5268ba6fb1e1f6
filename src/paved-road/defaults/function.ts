import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogRetention } from 'aws-cdk-lib/aws-logs';
import { logGroupOf, writesLogs } from './log-group';
import { allow, allowTraces, keepManagedPolicies, roleOf, withoutManagedPolicy } from './role';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const TYPE = 'AWS::Lambda::Function';

/** Lets a function write to every log group of its account. */
const BASIC_EXECUTION = 'service-role/AWSLambdaBasicExecutionRole';

/** Functions whose log group is one of the paved road. */
const completedBefore = new WeakSet<CfnResource>();

export const FUNCTION_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'lambda.logs',
    type: TYPE,
    why: 'Logs are kept as long as the classification of the data says, encrypted, and the function writes to its own alone.',
    complete: ({ LoggingConfig }, resource, { logRetentionDays }) => {
      // A second paved road, that of its stack, finds what the first has said.
      if (completedBefore.has(resource)) return {};
      const role = roleOf(resource, (resource as CfnFunction).role);
      const isLeft = isGiven(LoggingConfig?.LogGroup) || isNamedLogGroupUsed(resource);
      // A role of another stack is not added to: what it gives is what the function has.
      if (isLeft || !role) keepPermissions(resource);
      if (isLeft) return {};
      completedBefore.add(resource);
      const logGroup = logGroupOf(resource, logRetentionDays);
      if (role) {
        allow(role, 'write-logs', writesLogs(logGroup));
        withoutManagedPolicy(role, BASIC_EXECUTION);
      }
      return { loggingConfig: { ...(resource as CfnFunction).loggingConfig, logGroup: logGroup.ref } };
    },
    leave: keepPermissions,
  },
  {
    id: 'lambda.tracing',
    type: TYPE,
    why: 'Where a request spends its time is seen by AWS X-Ray, a sample of them at no charge worth mentioning.',
    complete: ({ TracingConfig }, resource) => {
      if (isGiven(TracingConfig)) return {};
      const role = roleOf(resource, (resource as CfnFunction).role);
      // Without a role that is known here, X-Ray would refuse the traces.
      if (!role) return {};
      allowTraces(role);
      return { tracingConfig: { mode: 'Active' } };
    },
  },
];

/** Whether the team said how long the log group is kept that AWS Lambda makes by its name, or reads it: CDK has a resource for it then. */
function isNamedLogGroupUsed(resource: CfnResource): boolean {
  return resource.node.scope?.node.children.some((one) => one instanceof LogRetention) === true;
}

/** Another function with the same role could be one that writes to its own log group alone. */
function keepPermissions(resource: CfnResource): void {
  keepManagedPolicies((resource as CfnFunction).role);
}
