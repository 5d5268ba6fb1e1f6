import { Aws, CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ContractValue } from './contract-value';
import { onlyByTls } from './defaults/only-by-tls';

/** Properties of what products find in an account. */
export interface ProductFoundationProps {
  /** Name of the bucket of the log archive that load balancers of the Region write to. */
  readonly loadBalancerLogBucket: string;
  /** ARN of the bucket of the log archive for flow logs of the Region. */
  readonly flowLogBucketArn: string;
  /** How long access logs of buckets are kept. @default Duration.days(365) */
  readonly accessLogRetention?: Duration;
}

/**
 * What products of an account find there, by the parameters that `PavedRoad.apply` reads: a bucket for access logs of buckets, which S3 writes to no other account, and where other logs go.
 * One for each account and Region; `zone.addPavedRoad()` delivers it to all.
 *
 * @example
 * new ProductFoundation(stack, 'Foundation', {
 *   loadBalancerLogBucket: 'landing-zone-acme-access-111122223333-eu-west-1-an',
 *   flowLogBucketArn: 'arn:aws:s3:::landing-zone-acme-flow-111122223333-eu-west-1-an',
 * });
 */
export class ProductFoundation extends Construct {
  /** Name of the bucket for access logs. */
  public readonly accessLogBucket: string;

  public constructor(scope: Construct, id: string, props: ProductFoundationProps) {
    super(scope, id);
    const bucket = this.addBucket((props.accessLogRetention ?? Duration.days(365)).toDays());
    this.accessLogBucket = bucket.ref;
    this.publish('AccessLogBucket', ContractValue.ACCESS_LOG_BUCKET, bucket.ref);
    this.publish('LoadBalancerLogBucket', ContractValue.LOAD_BALANCER_LOG_BUCKET, props.loadBalancerLogBucket);
    this.publish('FlowLogBucket', ContractValue.FLOW_LOG_BUCKET_ARN, props.flowLogBucketArn);
  }

  /** Its name is the account's alone, and one that LZ.LOGS.3 and LZ.LOGS.4 tell log buckets by. */
  private addBucket(days: number): CfnBucket {
    const bucket = new CfnBucket(this, 'AccessLogs', {
      bucketName: `landing-zone-access-${Aws.ACCOUNT_ID}-${Aws.REGION}-an`,
      bucketNamespace: 'account-regional',
      // S3 writes access logs to no bucket that is encrypted with a key of KMS (Amazon S3 User Guide, "Enabling Amazon S3 server access logging", read 2026-11-23).
      bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }] },
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: {
        rules: [{
          id: 'keep', status: 'Enabled', expirationInDays: days, noncurrentVersionExpiration: { noncurrentDays: 30 }, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        }],
      },
    });
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-S1', reason: 'It holds access logs; those of itself would make more of them without end.' },
      { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason: 'It holds access logs; those of itself would make more of them without end.' },
      { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: 'Access logs say who read; trails of the organization say who changed something, and are kept elsewhere.' },
      { id: 'NIST.800.53.R5::NIST.800.53.R5-S3DefaultEncryptionKMS', reason: 'S3 writes access logs to no bucket with a key of KMS.' },
    );
    const policy = new CfnBucketPolicy(this, 'AccessLogsPolicy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          onlyByTls('s3:*', [bucket.attrArn, `${bucket.attrArn}/*`]),
          {
            Sid: 'BucketsOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: `${bucket.attrArn}/*`,
            Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
          },
        ],
      },
    });
    return kept(bucket, policy);
  }

  private publish(id: string, { parameterName }: ContractValue, value: string): void {
    kept(new CfnParameter(this, id, { name: parameterName, type: 'String', value, description: 'For products of this account: see the paved road of the landing zone' }));
  }
}

/** Products go on to use it when its stack goes. */
function kept<T extends CfnResource>(first: T, ...others: CfnResource[]): T {
  for (const resource of [first, ...others]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return first;
}
