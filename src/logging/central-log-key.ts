import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { partitionOf } from '../model/partition';

/** Properties of the key of central log groups. */
export interface CentralLogKeyProps {
  /** Part of the alias, short: lower-case letters, digits and hyphens. */
  readonly keyName: string;
}

/**
 * The key that copies of log groups are encrypted with, in the account and Region that has them. It carries the tag without which centralization cannot use it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs_Centralization.html (read 2026-11-23).
 *
 * @example
 * const key = new CentralLogKey(stack, 'Key', { keyName: 'acme' });
 */
export class CentralLogKey extends Construct {
  /** ARN of the key; log groups take no alias. */
  public readonly keyArn: string;

  public constructor(scope: Construct, id: string, { keyName }: CentralLogKeyProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    const partition = partitionOf(region);
    const key = new CfnKey(this, 'Resource', {
      description: `Log groups of all accounts: ${keyName}`,
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      tags: [{ key: 'LogsManaged', value: 'true' }],
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          // The role of centralization is allowed by its own policy, for keys with the tag.
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
          // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html (read 2026-11-23): with the log group as encryption context
          {
            Sid: 'LogGroups',
            Effect: 'Allow',
            Principal: { Service: `logs.${region}.amazonaws.com` },
            Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
            Resource: '*',
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` } },
          },
        ],
      },
    });
    const alias = new CfnAlias(this, 'Alias', { aliasName: `alias/landing-zone/${keyName}-central-logs`, targetKeyId: key.ref });
    for (const resource of [key, alias]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.keyArn = key.attrArn;
  }
}
