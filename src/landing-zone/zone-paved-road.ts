import { Aws, Duration } from 'aws-cdk-lib';
import { BaselineWave } from '../delivery/baseline-wave';
import { LogArchive } from '../logging/log-archive';
import { LogPurpose } from '../logging/log-purpose';
import { ProductFoundationProps } from '../paved-road/product-foundation';

/** Properties of what products find in the accounts of a landing zone. */
export interface ZonePavedRoadProps {
  /** Units whose accounts get it, in the order of a change. @default - the root, in one wave */
  readonly waves?: BaselineWave[];
  /** How long access logs of buckets are kept. @default Duration.days(365) */
  readonly accessLogRetention?: Duration;
  /** Whether every image that is pushed is signed; whoever pushes needs `signer:SignPayload` then. @default false */
  readonly signImages?: boolean;
}

/** Buckets of the archive in whatever Region the template is deployed to: their names differ in it alone. */
export function foundationOf(archive: LogArchive, homeRegion: string, { accessLogRetention }: ZonePavedRoadProps): ProductFoundationProps {
  const anywhere = (name: string) => name.replace(`-${homeRegion}-an`, `-${Aws.REGION}-an`);
  return { loadBalancerLogBucket: anywhere(archive.bucketName(LogPurpose.ACCESS)), flowLogBucketArn: anywhere(archive.bucketArn(LogPurpose.FLOW)), accessLogRetention };
}
