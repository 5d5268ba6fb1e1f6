import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { logGroupOf, writesLogs } from './log-group';
import { allow, allowTraces, roleOf, withoutManagedPolicy } from './role';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const TYPE = 'AWS::Lambda::Function';

/** Lets a function write to every log group of its account. */
const BASIC_EXECUTION = 'service-role/AWSLambdaBasicExecutionRole';

export const FUNCTION_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'lambda.logs',
    type: TYPE,
    why: 'Logs are kept as long as the classification of the data says, encrypted, and the function writes to its own alone.',
    complete: ({ LoggingConfig }, resource, { logRetentionDays }) => {
      if (isGiven(LoggingConfig?.LogGroup)) return {};
      const logGroup = logGroupOf(resource, logRetentionDays);
      const role = roleOf(resource, (resource as CfnFunction).role);
      if (role) {
        allow(role, 'write-logs', writesLogs(logGroup));
        withoutManagedPolicy(role, BASIC_EXECUTION);
      }
      return { loggingConfig: { ...(resource as CfnFunction).loggingConfig, logGroup: logGroup.ref } };
    },
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
