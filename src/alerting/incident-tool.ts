import { SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { CfnApiDestination, CfnConnection } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AlertTargetFacts } from './alert-facts';

/** An incident tool as EventBridge reaches it: an API destination, whose connection has the key from Secrets Manager and keeps it in a secret of its own. The template names the secret alone. */
export class IncidentTool extends Construct {
  public readonly arn: string;
  public readonly roleArn: string;

  public constructor(scope: Construct, id: string, target: Extract<AlertTargetFacts, { kind: 'pagerDuty' | 'opsgenie' }>) {
    super(scope, id);
    const { kind, endpoint, secretArn, field } = target;
    const key = SecretValue.secretsManager(secretArn, { jsonField: field }).unsafeUnwrap();
    const connection = new CfnConnection(this, 'Connection', {
      description: `Alerts to ${endpoint}`,
      authorizationType: 'API_KEY',
      authParameters: kind === 'opsgenie' ? { apiKeyAuthParameters: { apiKeyName: 'Authorization', apiKeyValue: key } } : {
        // PagerDuty wants the key in the body, a connection wants one in a header.
        apiKeyAuthParameters: { apiKeyName: 'X-Routing-Key', apiKeyValue: key },
        invocationHttpParameters: { bodyParameters: [{ key: 'routing_key', value: key, isValueSecret: true }] },
      },
    });
    const destination = new CfnApiDestination(this, 'Destination', { description: 'Alerts', connectionArn: connection.attrArn, httpMethod: 'POST', invocationEndpoint: endpoint, invocationRateLimitPerSecond: 10 });
    this.arn = destination.attrArn;
    const role = new CfnRole(this, 'Role', {
      description: `Sends alerts to ${endpoint}`,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }],
      },
      policies: [{ policyName: 'Send', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'events:InvokeApiDestination', Resource: destination.attrArn }] } }],
    });
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role.' });
    this.roleArn = role.attrArn;
  }
}
