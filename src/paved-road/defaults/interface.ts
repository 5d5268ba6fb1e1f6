import { Stack } from 'aws-cdk-lib';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { logGroupOf } from './log-group';
import { acknowledgeStar, allow, allowTraces, roleOf } from './role';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

/** Who asked for what, and what was answered; AWS's names of API Gateway's variables. */
const REST_FORMAT = JSON.stringify({
  requestId: '$context.requestId', ip: '$context.identity.sourceIp', caller: '$context.identity.caller', time: '$context.requestTime', method: '$context.httpMethod', path: '$context.resourcePath',
  status: '$context.status', length: '$context.responseLength', latency: '$context.responseLatency',
});
const HTTP_FORMAT = JSON.stringify({
  requestId: '$context.requestId', ip: '$context.identity.sourceIp', time: '$context.requestTime', method: '$context.httpMethod', route: '$context.routeKey', status: '$context.status',
  length: '$context.responseLength', latency: '$context.responseLatency',
});

export const INTERFACE_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'apigateway.access-logs',
    type: 'AWS::ApiGateway::Stage',
    why: 'Who asked for what, and what was answered, can be looked up.',
    complete: ({ AccessLogSetting }, resource, { logRetentionDays }) => (isGiven(AccessLogSetting) ? {}
      : { accessLogSetting: { destinationArn: logGroupOf(resource, logRetentionDays).attrArn, format: REST_FORMAT } }),
  },
  {
    id: 'apigateway.execution',
    type: 'AWS::ApiGateway::Stage',
    why: 'Failures of integrations are logged, without the data of requests, and requests are traced.',
    complete: ({ MethodSettings, TracingEnabled }) => ({
      ...(isGiven(MethodSettings) ? {} : { methodSettings: [{ httpMethod: '*', resourcePath: '/*', loggingLevel: 'ERROR', dataTraceEnabled: false, metricsEnabled: true }] }),
      ...(isGiven(TracingEnabled) ? {} : { tracingEnabled: true }),
    }),
  },
  {
    id: 'apigatewayv2.access-logs',
    type: 'AWS::ApiGatewayV2::Stage',
    why: 'Who asked for what, and what was answered, can be looked up.',
    complete: ({ AccessLogSettings }, resource, { logRetentionDays }) => (isGiven(AccessLogSettings) ? {}
      : { accessLogSettings: { destinationArn: logGroupOf(resource, logRetentionDays).attrArn, format: HTTP_FORMAT } }),
  },
  {
    id: 'stepfunctions.logs',
    type: 'AWS::StepFunctions::StateMachine',
    why: 'Each step of an execution can be looked up, without the data that it works on.',
    complete: ({ LoggingConfiguration }, resource, { logRetentionDays }) => {
      const role = roleOf(resource, (resource as CfnStateMachine).roleArn);
      if (isGiven(LoggingConfiguration) || !role) return {};
      // Its prefix keeps the policy of log deliveries small (Step Functions developer guide, "Using CloudWatch Logs", read 2026-11-23).
      const logGroup = logGroupOf(resource, logRetentionDays, `/aws/vendedlogs/states/${Stack.of(resource).stackName}-${resource.node.addr.slice(-8)}`);
      allow(role, 'deliver-logs', {
        Sid: 'DeliverLogs',
        Effect: 'Allow',
        Action: [
          'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
        ],
        Resource: '*',
      });
      acknowledgeStar(role, 'Deliveries of logs and traces take no narrower resource (Step Functions developer guide, "Using CloudWatch Logs", and Service Authorization Reference, read 2026-11-23).');
      return { loggingConfiguration: { level: 'ALL', includeExecutionData: false, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.attrArn } }] } };
    },
  },
  {
    id: 'stepfunctions.tracing',
    type: 'AWS::StepFunctions::StateMachine',
    why: 'Where an execution spends its time is seen by AWS X-Ray.',
    complete: ({ TracingConfiguration }, resource) => {
      const role = roleOf(resource, (resource as CfnStateMachine).roleArn);
      if (isGiven(TracingConfiguration) || !role) return {};
      allowTraces(role);
      return { tracingConfiguration: { enabled: true } };
    },
  },
];
