import { RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PolicyStatementJson } from '../../analysis/policy-document';
import { exportRegion } from '../../model/cost/export-region';
import { InputError } from '../../model/input-error';
import { partitionOf } from '../../model/partition';

/** What can be chosen of a bucket for exports. */
export interface CostExportBucketOptions {
  /** Days until a file expires. @default 2557, 7 years */
  readonly days?: number;
  /** Whether a key of its own encrypts it; without, S3's. @default true */
  readonly ownKey?: boolean;
  /** Bucket of the same account and Region for the records of who asked for what. @default - none; the organization trail records it where data events are asked for */
  readonly accessLogsBucket?: string;
}

/** Properties of a bucket for exports. */
export interface CostExportBucketProps extends CostExportBucketOptions {
  /** Part of the names of bucket and key: lower-case letters, digits and hyphens, short. */
  readonly exportName: string;
  /** Id of the account whose exports are delivered: the management account. */
  readonly sourceAccountId: string;
}

/** Characters of a bucket's name (Amazon S3 User Guide, "General purpose bucket naming rules", read 2026-11-23). */
const LONGEST = 63;

const SEVEN_YEARS = 2557;

/**
 * Where AWS Data Exports delivers: one account's exports, and nobody else writes. Encrypted, private, over TLS 1.2 or newer, kept when it leaves the template. Its name follows from `exportName`,
 * account and Region, and begins as `LZ.LOGS.3` keeps it.
 *
 * Goes into a stack with a known account and Region: an account for people who look at costs, in the Region where they query. AWS delivers to other accounts and Regions than the export's.
 *
 * @example
 * const bucket = new CostExportBucket(stack, 'CostData', { exportName: 'acme', sourceAccountId: '111122223333' });
 */
export class CostExportBucket extends Construct {
  /** Name. */
  public readonly bucketName: string;
  /** ARN. */
  public readonly bucketArn: string;
  /** Account that has it. */
  public readonly account: string;
  /** Region that it is in. */
  public readonly region: string;
  /** Account whose exports it takes. */
  public readonly sourceAccountId: string;
  /** Part of its name, and of what is made for it. */
  public readonly exportName: string;
  /** Key that encrypts it, within its stack; undefined where S3's does. */
  public readonly keyArn?: string;

  public constructor(scope: Construct, id: string, props: CostExportBucketProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.account = account;
    this.region = region;
    this.sourceAccountId = props.sourceAccountId;
    this.exportName = props.exportName;
    this.bucketName = `landing-zone-${props.exportName}-costs-${account}-${region}-an`;
    this.bucketArn = `arn:${partitionOf(region)}:s3:::${this.bucketName}`;
    this.check(props);
    this.keyArn = props.ownKey ?? true ? this.addKey() : undefined;
    this.addBucket(props);
  }

  private check({ days = SEVEN_YEARS, exportName, sourceAccountId }: CostExportBucketProps): void {
    const problems = [
      ...(Token.isUnresolved(this.account) || Token.isUnresolved(this.region) ? ['its stack has no account and Region of its own, and its name follows from them: give env'] : []),
      ...(/^[a-z0-9][a-z0-9-]*$/.test(exportName) ? [] : [`exportName is "${exportName}": lower-case letters, digits and hyphens are expected`]),
      ...(/^\d{12}$/.test(sourceAccountId) ? [] : [`sourceAccountId is "${sourceAccountId}": twelve digits are expected`]),
      ...(Number.isInteger(days) && days >= 1 && days <= 36_500 ? [] : [`days is ${days}, whole days from 1 to 36500 are expected`]),
      ...(this.bucketName.length <= LONGEST ? [] : [`the name ${this.bucketName} has ${this.bucketName.length} characters, ${LONGEST} are allowed: give an exportName of at most ${exportName.length - this.bucketName.length + LONGEST}`]),
    ];
    if (problems.length > 0) throw new InputError(`CostExportBucket ${this.node.path}: ${problems.join('; ')}`);
  }

  private addKey(): string {
    const key = new CfnKey(this, 'Key', {
      description: `Costs of the organization: ${this.exportName}`,
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partitionOf(this.region)}:iam::${this.account}:root` }, Action: 'kms:*', Resource: '*' },
          // S3 gives the bucket's ARN as the context of a key that a bucket uses (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys", read 2026-11-23); who writes to it says its policy.
          {
            Sid: 'DataExportsEncrypts', Effect: 'Allow', Principal: { Service: 'bcm-data-exports.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*',
            Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': [this.bucketArn, `${this.bucketArn}/*`] } },
          },
        ],
      },
    });
    const alias = new CfnAlias(this, 'KeyAlias', { aliasName: `alias/landing-zone/${this.exportName}-costs`, targetKeyId: key.ref });
    for (const resource of [key, alias]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return key.attrArn;
  }

  private addBucket({ accessLogsBucket, days = SEVEN_YEARS }: CostExportBucketProps): void {
    const bucket = new CfnBucket(this, 'Resource', {
      bucketName: this.bucketName,
      bucketNamespace: 'account-regional',
      bucketEncryption: {
        serverSideEncryptionConfiguration: [this.keyArn === undefined ? { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : { bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: this.keyArn } }],
      },
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: {
        rules: [{
          id: 'keep',
          status: 'Enabled',
          expirationInDays: days,
          // Exports overwrite their files up to three times a day, so what is not current is worth nothing after a day.
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        }],
      },
      ...(accessLogsBucket === undefined ? {} : { loggingConfiguration: { destinationBucketName: accessLogsBucket, logFilePrefix: `s3/${this.exportName}-costs/` } }),
    });
    if (accessLogsBucket === undefined) {
      const reason = 'Only AWS Data Exports writes to it; who reads costs is recorded by the organization trail where data events are asked for.';
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason }, { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason });
    }
    Validations.of(bucket).acknowledge({ id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: 'AWS exports the bill again where files are lost.' });
    const policy = new CfnBucketPolicy(this, 'Policy', { bucket: this.bucketName, policyDocument: { Version: '2012-10-17', Statement: this.statements() } });
    policy.addResourceDependency(bucket);
    for (const resource of [bucket, policy]) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private statements(): PolicyStatementJson[] {
    const partition = partitionOf(this.region);
    const objects = `${this.bucketArn}/*`;
    const deny = (Sid: string, Action: string, Condition: PolicyStatementJson['Condition']): PolicyStatementJson => ({ Sid, Effect: 'Deny', Principal: '*', Action, Resource: [this.bucketArn, objects], Condition });
    return [
      deny('PlainHttp', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('OldTls', 's3:*', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
      deny('AllButServices', 's3:PutObject', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
      // https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html (read 2026-11-23): the same for a bucket of another account.
      {
        Sid: 'DataExportsWrites', Effect: 'Allow', Principal: { Service: 'bcm-data-exports.amazonaws.com' }, Action: 's3:PutObject', Resource: objects,
        Condition: {
          StringEquals: { 'aws:SourceAccount': this.sourceAccountId },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:bcm-data-exports:${exportRegion(this.region) ?? '*'}:${this.sourceAccountId}:export/*` },
        },
      },
    ];
  }
}
