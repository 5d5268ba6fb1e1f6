import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Bucket, CfnBucket, LifecycleRule, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { GoldenPath, GoldenPathOptions } from './golden-path';
import { InputError } from '../../model/input-error';
import { BucketReplication } from '../../resilience/bucket-replication';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';

/** Properties of a store of objects. */
export interface ObjectStoreProps extends GoldenPathOptions {
  /** How long objects are there, in whole days; then they are deleted, and kept as old versions for as long as those are. @default - until somebody deletes them */
  readonly deleteAfter?: Duration;
  /** How long what was overwritten or deleted can be had back, in whole days. @default Duration.days(90) */
  readonly keepOldVersionsFor?: Duration;
  /** How long nobody can delete or overwrite a version, by `ObjectLockRetention.governance` or `compliance`. It cannot be taken from a bucket again. @default - no lock */
  readonly objectLock?: ObjectLockRetention;
  /** Whether Amazon EventBridge is told what happens to objects. Do not use `bucket.addEventNotification` beside it, which says it anew. @default false */
  readonly sendEvents?: boolean;
  /** Share of requests in percent that S3 answers without a fault of its own. @default 99.9 */
  readonly availabilityTarget?: number;
}

/** What the paved road does of its own where no time is said: the same, since a bucket's lifecycle is said whole. */
const UNFINISHED = Duration.days(7);
const TIERED_AFTER_DAYS = 30;
const OLD_VERSIONS = Duration.days(90);

/** Share of requests that S3 refuses, beyond which a permission or a key is missing rather than a file that somebody looks for. */
const MANY = 0.5;

const FILTER = 'EntireBucket';
const FIVE_MINUTES = Duration.minutes(5);

/**
 * An S3 bucket for the files of a service, watched by what its requests get: an objective for faults of S3, and an alarm for requests that are refused.
 *
 * Encryption, privacy, versions, access logs, TLS and cheaper storage for what nobody reads come from the paved road. This path is for buckets that users wait for: S3 counts requests where it is asked to, and charges for it as for custom
 * metrics of CloudWatch (https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-configurations.html, read 2026-11-23), some dollars a month. A plain `Bucket` is right for all others.
 *
 * @example
 * const receipts = new ObjectStore(stack, 'Receipts', {
 *   serviceName: 'receipts', runbook: 'https://runbooks.acme.example/receipts', deleteAfter: Duration.days(3650), sendEvents: true,
 * });
 */
export class ObjectStore extends GoldenPath {
  /** The bucket: grant by `bucket.grantRead` and the like. */
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id, props);
    this.check(props);
    this.bucket = new Bucket(this, 'Bucket', {
      metrics: [{ id: FILTER }], lifecycleRules: lifecycleOf(props), objectLockEnabled: props.objectLock !== undefined ? true : undefined, objectLockDefaultRetention: props.objectLock,
    });
    // By the resource's own property: CDK's L2 construct has a function with a role of its own set it.
    if (props.sendEvents === true) (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    this.watch(props.availabilityTarget ?? 99.9);
  }

  /** Keeps a copy in a bucket of another Region, as the first tier wants it: by the bucket's name and Region. See `BucketReplication`. */
  public replicateTo(bucketName: string, region: string): BucketReplication {
    return new BucketReplication(this, 'Replication', { source: this.bucket, destinationBucketName: bucketName, destinationRegion: region });
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html (read 2026-11-23): the average of errors is their share of requests. */
  private watch(target: number): void {
    this.health.addObjective('Availability', { indicator: ServiceLevelIndicator.availability({ requests: this.metric('AllRequests', 'Sum'), failures: this.metric('5xxErrors', 'Sum') }), target });
    this.health.addAlarm('Refused', { meaning: 'More than half of the requests are refused: a permission or a key is missing, or names are wrong', metric: this.metric('4xxErrors', 'Average'), threshold: MANY, periods: 3 });
    this.health.addGraph('Requests', ['AllRequests', '4xxErrors', '5xxErrors'].map((name) => this.metric(name, 'Sum')));
    this.health.addGraph('Milliseconds to the first byte', [50, 99].map((percentile) => this.metric('FirstByteLatency', Stats.percentile(percentile))));
  }

  private metric(metricName: string, statistic: string): Metric {
    return new Metric({ namespace: 'AWS/S3', metricName, dimensionsMap: { BucketName: this.bucket.bucketName, FilterId: FILTER }, statistic, period: FIVE_MINUTES });
  }

  private check(props: ObjectStoreProps): void {
    const days = (name: 'deleteAfter' | 'keepOldVersionsFor') => {
      const given = props[name]?.toDays({ integral: false });
      return given === undefined || (Number.isInteger(given) && given >= 1) ? [] : [`${name} is ${given} days: 1 or more whole days are expected`];
    };
    const problems = [...days('deleteAfter'), ...days('keepOldVersionsFor')];
    if (problems.length > 0) throw new InputError(`ObjectStore ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

/** Undefined where nothing is said: the paved road's. */
function lifecycleOf({ deleteAfter, keepOldVersionsFor }: ObjectStoreProps): LifecycleRule[] | undefined {
  if (deleteAfter === undefined && keepOldVersionsFor === undefined) return undefined;
  const isTiered = deleteAfter === undefined || deleteAfter.toDays() > TIERED_AFTER_DAYS;
  return [
    {
      id: 'Tidy',
      abortIncompleteMultipartUploadAfter: UNFINISHED,
      transitions: isTiered ? [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(TIERED_AFTER_DAYS) }] : undefined,
      noncurrentVersionExpiration: keepOldVersionsFor ?? OLD_VERSIONS,
      expiration: deleteAfter,
    },
    // What says that an object was deleted goes when no version is left; S3 does so by itself where objects are deleted by age.
    ...(deleteAfter === undefined ? [{ id: 'Emptied', expiredObjectDeleteMarker: true }] : []),
  ];
}
