import { Stack, Token } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { onlyByTls, withTls } from './only-by-tls';
import { isRefOf } from './reference';
import { isGiven } from '../../controls/template-rule';
import { ContractValue } from '../contract-value';
import { RoadDefault } from '../road-default';
import { Survey } from '../survey';

const TYPE = 'AWS::S3::Bucket';

/** Days after which what was uploaded in part is taken away. */
const UNFINISHED_DAYS = 7;

/** Days after which what is not read is stored for less. */
const TIERED_AFTER_DAYS = 30;

export const BUCKET_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 's3.public-access',
    type: TYPE,
    control: 'LZ.S3.1',
    why: 'Nobody makes the bucket public by mistake, by an ACL or by a policy.',
    complete: ({ PublicAccessBlockConfiguration }) => (isGiven(PublicAccessBlockConfiguration) ? {} : {
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    }),
  },
  {
    id: 's3.tls',
    type: TYPE,
    control: 'LZ.PERIMETER.3',
    why: 'Data and signed URLs are not read on the way.',
    complete: (_, resource, { survey }) => {
      requireTls(resource as CfnBucket, survey);
      return {};
    },
  },
  {
    id: 's3.versioning',
    type: TYPE,
    why: 'What is overwritten or deleted can be had back; backups of S3 need it.',
    complete: ({ VersioningConfiguration }, _, { survey }) => (isGiven(VersioningConfiguration) || survey.receivesAccessLogs ? {} : { versioningConfiguration: { status: 'Enabled' } }),
  },
  {
    id: 's3.access-logs',
    type: TYPE,
    why: 'Who read and wrote objects can be looked up.',
    complete: ({ LoggingConfiguration }, resource, road) => (isGiven(LoggingConfiguration) || road.survey.receivesAccessLogs ? {} : {
      loggingConfiguration: {
        destinationBucketName: road.valueOf(Stack.of(resource), ContractValue.ACCESS_LOG_BUCKET), logFilePrefix: 's3/', targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
      },
    }),
  },
  {
    id: 's3.lifecycle',
    type: TYPE,
    control: 'LZ.S3.3',
    why: 'Unfinished uploads are not paid for, and what nobody reads costs less.',
    complete: ({ LifecycleConfiguration }, bucket) => (isGiven(LifecycleConfiguration) ? {} : {
      lifecycleConfiguration: {
        rules: [{
          id: 'Tidy',
          status: 'Enabled',
          abortIncompleteMultipartUpload: { daysAfterInitiation: UNFINISHED_DAYS },
          transitions: [{ storageClass: 'INTELLIGENT_TIERING', transitionInDays: TIERED_AFTER_DAYS }],
          // Given, or by default, which comes before.
          ...((bucket as CfnBucket).versioningConfiguration !== undefined ? { noncurrentVersionExpiration: { noncurrentDays: 90 } } : {}),
        }],
      },
    }),
  },
];

/** In the policy that the bucket has, else in one of its own. */
function requireTls(bucket: CfnBucket, survey: Survey): void {
  const policy = survey.beside(CfnBucketPolicy).find((one) => isOf(one, bucket));
  const statement = onlyByTls('s3:*', [bucket.attrArn, `${bucket.attrArn}/*`]);
  if (policy) policy.policyDocument = withTls(policy.policyDocument, statement);
  else new CfnBucketPolicy(bucket, 'OnlyByTls', { bucket: bucket.ref, policyDocument: { Version: '2012-10-17', Statement: [statement] } });
}

function isOf(policy: CfnBucketPolicy, bucket: CfnBucket): boolean {
  return isRefOf(policy.bucket, bucket) || (typeof bucket.bucketName === 'string' && !Token.isUnresolved(bucket.bucketName) && policy.bucket === bucket.bucketName);
}
