import { Stack } from 'aws-cdk-lib';
import { CfnMicrosoftTeamsChannelConfiguration, CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlertTargetFacts } from './alert-facts';

/** Key of the topics. EventBridge's statement has no condition, which AWS rules out for topics: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
export class AlertKey extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const use = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
    this.arn = new CfnKey(this, 'Resource', {
      description: 'Topics of alerts',
      enableKeyRotation: true,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
          { Sid: 'Events', Principal: { Service: 'events.amazonaws.com' }, ...use },
          { Sid: 'Alarms', Principal: { Service: 'cloudwatch.amazonaws.com' }, ...use, Condition: { StringEquals: { 'aws:SourceAccount': account } } },
        ],
      },
    }).attrArn;
  }
}

/** A topic that rules publish to, and an alarm of the same account. */
export class AlertTopic extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, topicName: string, key: AlertKey) {
    super(scope, id);
    const topic = new CfnTopic(this, 'Resource', { topicName, displayName: 'Alerts', kmsMasterKeyId: key.arn });
    this.arn = topic.ref;
    const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: topic.ref };
    new CfnTopicPolicy(this, 'Policy', {
      topics: [topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Events', Principal: { Service: 'events.amazonaws.com' }, ...publish },
          { Sid: 'Alarms', Principal: { Service: 'cloudwatch.amazonaws.com' }, ...publish, Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } },
          { Sid: 'EncryptedOnly', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: topic.ref, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  }

  /** Tells an address of what is published. */
  public mailTo(id: string, address: string): void {
    new CfnSubscription(this, id, { topicArn: this.arn, protocol: 'email', endpoint: address });
  }
}

/** Tells a channel of what a topic has. From there nobody can do anything: the role has no permissions, and the guardrail denies all. */
export function addChannel(scope: Construct, id: string, target: Extract<AlertTargetFacts, { kind: 'slack' | 'teams' }>, topicArn: string, configurationName: string): void {
  const { partition } = Stack.of(scope);
  const channel = new Construct(scope, id);
  const role = new CfnRole(channel, 'Role', {
    description: 'Tells a channel of alerts, and may do nothing',
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  });
  const shared = { configurationName, iamRoleArn: role.attrArn, guardrailPolicies: [`arn:${partition}:iam::aws:policy/AWSDenyAll`], snsTopicArns: [topicArn] };
  if (target.kind === 'slack') new CfnSlackChannelConfiguration(channel, 'Resource', { ...shared, slackWorkspaceId: target.workspaceId, slackChannelId: target.channelId });
  else new CfnMicrosoftTeamsChannelConfiguration(channel, 'Resource', { ...shared, teamId: target.teamId, teamsTenantId: target.tenantId, teamsChannelId: target.channelId });
}
