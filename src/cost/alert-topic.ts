import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SlackChannel } from './cost-alerts';

/** Properties of a topic for costs. */
export interface AlertTopicProps {
  readonly topicName: string;
  /** Account of the topic, which is the one of the budgets. */
  readonly account: string;
  readonly partition: string;
}

/** Who publishes: budgets, and the detection of anomalies. https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html (read 2026-11-23) */
const PUBLISHERS = ['budgets.amazonaws.com', 'costalerts.amazonaws.com'];

/**
 * A topic that budgets and anomalies reach, with a key of its own: AWS's key of SNS lets no service use it.
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html (read 2026-11-23)
 */
export class AlertTopic extends Construct {
  public readonly resource: CfnTopic;

  public constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const { account, partition, topicName } = props;
    const ofAccount = { StringEquals: { 'aws:SourceAccount': account } };
    const key = new CfnKey(this, 'Key', {
      description: 'Alerts about costs',
      enableKeyRotation: true,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
          { Sid: 'Publish', Effect: 'Allow', Principal: { Service: PUBLISHERS }, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*', Condition: ofAccount },
        ],
      },
    });
    this.resource = new CfnTopic(this, 'Topic', { topicName, displayName: 'Costs', kmsMasterKeyId: key.attrArn });
    new CfnTopicPolicy(this, 'Policy', {
      topics: [this.resource.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Publish', Effect: 'Allow', Principal: { Service: PUBLISHERS }, Action: 'sns:Publish', Resource: this.resource.ref, Condition: ofAccount },
          { Sid: 'EncryptedOnly', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: this.resource.ref, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  }

  /** Forwards this topic and others, of any Region, to a channel of Slack, from which nobody can do anything: the role has no permissions, and the channel's guardrail denies all. */
  public forwardTo({ workspaceId, channelId }: SlackChannel, partition: string, furtherTopics: readonly string[] = []): void {
    const role = new CfnRole(this, 'SlackRole', {
      description: 'Forwards alerts about costs to Slack, and may do nothing',
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    });
    new CfnSlackChannelConfiguration(this, 'Slack', {
      configurationName: this.resource.topicName!,
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      iamRoleArn: role.attrArn,
      guardrailPolicies: [`arn:${partition}:iam::aws:policy/AWSDenyAll`],
      snsTopicArns: [this.resource.ref, ...furtherTopics],
    });
  }
}
