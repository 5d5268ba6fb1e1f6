import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AlertSource } from './alert-source';

/** Properties of what forwards alerts. */
export interface AlertForwardingProps {
  /** ARN of the bus of `AlertRouting`, of any account and Region. */
  readonly busArn: string;
  /** What is forwarded. */
  readonly sources: AlertSource[];
}

/**
 * Forwards events of this account and Region to the bus of alerts. Calls that CloudTrail counts as reading are among them, as AssumeRole is:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 *
 * @example
 * new AlertForwarding(stack, 'Forwarding', { busArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/landing-zone-alerts', sources: [AlertSource.rootUse()] });
 */
export class AlertForwarding extends Construct {
  public constructor(scope: Construct, id: string, props: AlertForwardingProps) {
    super(scope, id);
    const { busArn, sources } = props;
    // Buses of other accounts and Regions are reached by a role alone: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    const role = new CfnRole(this, 'Role', {
      description: 'Forwards events to the bus of alerts',
      path: '/landing-zone/',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }],
      },
      policies: [{ policyName: 'Forward', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: busArn }] } }],
    });
    Validations.of(role).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy', reason: 'The policy is written for this one role.' });
    for (const { _facts: { id: source, pattern, words } } of sources) {
      new CfnRule(this, source, {
        description: `Forwards alerts: ${words}`,
        eventPattern: pattern,
        state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
        targets: [{ id: 'Alerts', arn: busArn, roleArn: role.attrArn }],
      });
    }
  }
}
