import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * The key of a vault. The account that copies go to may read with it, where backups of others are encrypted with this key and copied there.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html; encryption.html (read 2026-11-23)
 */
export function vaultKey(scope: Construct, description: string, readerAccountId?: string): CfnKey {
  const root = (account: string) => ({ AWS: `arn:${Aws.PARTITION}:iam::${account}:root` });
  const reader = readerAccountId === undefined ? [] : [
    { Sid: 'Copies', Effect: 'Allow', Principal: root(readerAccountId), Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*' },
    { Sid: 'CopiesKeep', Effect: 'Allow', Principal: root(readerAccountId), Action: 'kms:CreateGrant', Resource: '*', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
  const key = new CfnKey(scope, 'Key', {
    description,
    enableKeyRotation: true,
    keyPolicy: { Version: '2012-10-17', Statement: [{ Sid: 'Account', Effect: 'Allow', Principal: root(Aws.ACCOUNT_ID), Action: 'kms:*', Resource: '*' }, ...reader] },
  });
  key.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return key;
}
