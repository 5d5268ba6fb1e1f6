import { CfnResource, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RoleStatement } from './pipeline-roles';
import { partitionOf } from '../model/partition';

/** Days for which what was deployed can be looked at. */
const DAYS = 90;

/** Where a pipeline of CodePipeline keeps what goes from one action to the next. */
export interface ArtifactStore {
  readonly bucketName: string;
  readonly keyArn: string;
  /** What a role needs to read. */
  readonly reading: readonly RoleStatement[];
  /** What it needs to write. */
  readonly writing: readonly RoleStatement[];
  /** What IAM5 says of these statements, and why that is as it should be. */
  readonly acknowledged: readonly { readonly id: string; readonly reason: string }[];
}

/** The key of the artifacts of all pipelines. It stays when they go. */
export function addArtifactKey(scope: Construct): CfnKey {
  const { account, region } = Stack.of(scope);
  const key = new CfnKey(scope, 'Key', {
    description: 'Artifacts of the pipelines of the landing zone',
    enableKeyRotation: true,
    pendingWindowInDays: 30,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
    },
  });
  key.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return key;
}

/** A bucket of artifacts of one pipeline, so that nothing that runs in another reaches it. It stays when the pipeline goes. */
export function addArtifactStore(scope: Construct, id: string, key: CfnKey, accessLogsBucket?: string): ArtifactStore {
  const bucket = new CfnBucket(scope, id, {
    bucketEncryption: { serverSideEncryptionConfiguration: [{ bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn } }] },
    publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
    lifecycleConfiguration: {
      rules: [{ id: 'expire', status: 'Enabled', expirationInDays: DAYS, noncurrentVersionExpiration: { noncurrentDays: 1 }, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
    },
    ...(accessLogsBucket === undefined ? {} : { loggingConfiguration: { destinationBucketName: accessLogsBucket, logFilePrefix: `s3/landing-zone-pipeline/${id}/` } }),
  });
  acknowledgeBucket(bucket, accessLogsBucket !== undefined);
  const deny = (Sid: string, Condition: object) => ({ Sid, Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucket.attrArn, `${bucket.attrArn}/*`], Condition });
  const policy = new CfnBucketPolicy(scope, `${id}Policy`, {
    bucket: bucket.ref,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [deny('PlainHttp', { Bool: { 'aws:SecureTransport': 'false' } }), deny('OldTls', { NumericLessThan: { 's3:TlsVersion': '1.2' } })],
    },
  });
  for (const resource of [bucket, policy] as CfnResource[]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return { bucketName: bucket.ref, keyArn: key.attrArn, ...statementsOf(bucket, key) };
}

function acknowledgeBucket(bucket: CfnBucket, isLogged: boolean): void {
  if (!isLogged) {
    const reason = 'Roles of the pipeline alone use it; the organization trail records that where data events are asked for.';
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason }, { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason });
  }
  Validations.of(bucket).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: 'The pipeline makes its artifacts again from the repository.' });
}

/**
 * What CodePipeline and CodeBuild ask S3 and KMS for. https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html,
 * https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html (read 2026-11-23)
 */
function statementsOf(bucket: CfnBucket, key: CfnKey): Pick<ArtifactStore, 'reading' | 'writing' | 'acknowledged'> {
  const allow = (Action: string[], Resource: string): RoleStatement => ({ Effect: 'Allow', Action, Resource });
  const objects = `${bucket.attrArn}/*`;
  return {
    reading: [
      allow(['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'], bucket.attrArn),
      allow(['s3:GetObject', 's3:GetObjectVersion'], objects),
      allow(['kms:Decrypt', 'kms:DescribeKey'], key.attrArn),
    ],
    writing: [allow(['s3:PutObject', 's3:PutObjectAcl'], objects), allow(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], key.attrArn)],
    acknowledged: [{ id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${Stack.of(bucket).getLogicalId(bucket)}.Arn>/*]`, reason: 'Artifacts of this pipeline, in a bucket of its own.' }],
  };
}
