import { Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** Properties of what keeps a copy of a bucket in another Region. */
export interface BucketReplicationProps {
  /** What is copied; it has versions from then on. In the same stack. */
  readonly source: Bucket;
  /** Name of the bucket of the same account that copies go to; it has versions, and is deployed first. */
  readonly destinationBucketName: string;
  /** Region of that bucket. */
  readonly destinationRegion: string;
  /** ARN of the key that copies are encrypted with there, or of its alias. @default - the account's key for data, which the landing zone has put into that Region */
  readonly destinationKeyArn?: string;
  /** Whether deletions are copied, too: an object is gone in both Regions then, its versions are not. @default false */
  readonly deletions?: boolean;
}

/**
 * What is written to a bucket is in another Region within 15 minutes, by S3 Replication Time Control; what was there before is not: copy it by a job of S3 Batch Replication.
 *
 * Keys of the landing zone let roles of the account use them through S3, in each Region; for a key of your own, allow `replicationRole` to encrypt with it. The other bucket has a name that is said, since stacks of two Regions tell each other nothing.
 *
 * Sources (read 2026-11-23): CloudFormation's page of AWS::S3::Bucket ReplicationConfiguration; https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_EncryptionConfiguration.html (a key or its alias). Permissions as CDK's own L2 construct has them.
 *
 * @example
 * const source = new Bucket(stack, 'Receipts');
 * new BucketReplication(stack, 'Replication', { source, destinationBucketName: 'acme-receipts-replica', destinationRegion: 'eu-central-1' });
 */
export class BucketReplication extends Construct {
  /** What S3 copies as: it reads this bucket and writes that one. */
  public readonly replicationRole: Role;

  public constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    const { source, destinationBucketName, destinationRegion, deletions = false } = props;
    const stack = Stack.of(this);
    this.check(props);
    const destinationArn = `arn:${stack.partition}:s3:::${destinationBucketName}`;
    // S3 takes a role of the bucket's own account alone.
    this.replicationRole = new Role(this, 'Role', { assumedBy: new ServicePrincipal('s3.amazonaws.com'), description: `Copies objects to ${destinationRegion}` });
    this.allow(source.bucketArn, destinationArn);
    const bucket = source.node.defaultChild as CfnBucket;
    bucket.versioningConfiguration = { status: 'Enabled' };
    const minutes = 15;
    bucket.replicationConfiguration = {
      role: this.replicationRole.roleArn,
      rules: [{
        id: destinationRegion,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: deletions ? 'Enabled' : 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: destinationArn,
          encryptionConfiguration: { replicaKmsKeyId: props.destinationKeyArn ?? `arn:${stack.partition}:kms:${destinationRegion}:${stack.account}:alias/landing-zone/data` },
          metrics: { status: 'Enabled', eventThreshold: { minutes } },
          replicationTime: { status: 'Enabled', time: { minutes } },
        },
      }],
    };
  }

  private allow(sourceArn: string, destinationArn: string): void {
    this.replicationRole.addToPolicy(new PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [sourceArn] }));
    this.replicationRole.addToPolicy(new PolicyStatement({ actions: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'], resources: [`${sourceArn}/*`] }));
    this.replicationRole.addToPolicy(new PolicyStatement({ actions: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], resources: [`${destinationArn}/*`] }));
    const reason = 'All objects of the two buckets are copied.';
    for (const arn of [sourceArn, destinationArn]) {
      const written = JSON.stringify(Stack.of(this).resolve(`${arn}/*`));
      const name = /"Fn::GetAtt":\["(\w+)"/.exec(written)?.[1];
      Validations.of(this.replicationRole).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${name === undefined ? arn.replace(/^arn:.*?:s3/, 'arn:<AWS::Partition>:s3') : `<${name}.Arn>`}/*]`, reason });
    }
  }

  private check({ source, destinationBucketName, destinationRegion }: BucketReplicationProps): void {
    const { region } = Stack.of(this);
    const problems = [
      ...(Stack.of(source) === Stack.of(this) ? [] : ['source is in another stack: make the replication in the stack of the bucket']),
      ...(Token.isUnresolved(destinationBucketName) || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(destinationBucketName) ? [] : [`destinationBucketName is "${destinationBucketName}": the name of a bucket is expected, 3 to 63 lower-case letters, digits, dots and hyphens`]),
      ...(/^[a-z]{2}(-[a-z]+)+-\d$/.test(destinationRegion) ? [] : [`destinationRegion is "${destinationRegion}": a Region is expected, like eu-central-1`]),
      ...(destinationRegion === region ? [`destinationRegion is ${region}, where the bucket is: a copy in the same Region is lost with it`] : []),
    ];
    if (problems.length > 0) throw new InputError(`BucketReplication ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
