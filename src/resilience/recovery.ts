import { CONTINUOUS_MINUTES } from './continuous-recovery';
import { spoken } from './spoken';
import { TierPromise } from './tier-options';

/** What a resource can be brought back to. */
export interface Recovery {
  /** Minutes of data that are lost at most. */
  readonly lossMinutes: number;
  /** What it is brought back from, in words. */
  readonly by: string;
  /** What a tier promises and the resource does not have, in words. */
  readonly gaps: readonly string[];
}

/** What a template says of a type: how it is brought back, and what it lacks. */
interface Reading {
  /** Another way than by the schedule of the tier. @default - by schedule alone */
  readonly own?: { readonly minutes: number; readonly by: string };
  /** What would make it lose less. @default - nothing in its template */
  readonly remedy?: string;
  readonly gaps?: readonly string[];
}

type Properties = { readonly [name: string]: any };

const isTrue = (value: unknown) => value === true || value === 'true';
const continuously = (type: string) => ({ minutes: CONTINUOUS_MINUTES[type]!, by: 'continuous backup' });

/** Types that keep data and that AWS Backup backs up: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html. */
const READINGS: { readonly [type: string]: (properties: Properties, promise: TierPromise) => Reading } = {
  'AWS::S3::Bucket': ({ VersioningConfiguration, ReplicationConfiguration }, { continuous, replicated }) => ({
    ...(continuous ? { own: continuously('AWS::S3::Bucket') } : {}),
    gaps: [
      // AWS Backup backs up no bucket without versions (https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html).
      ...(VersioningConfiguration?.Status === 'Enabled' ? [] : ['VersioningConfiguration.Status must be "Enabled": a bucket without versions is not backed up']),
      ...(replicated && ReplicationConfiguration === undefined ? ['ReplicationConfiguration must be there: the tier promises that data is in another Region'] : []),
    ],
  }),
  'AWS::DynamoDB::Table': ({ PointInTimeRecoverySpecification }, { replicated }) => ({
    ...(isTrue(PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled) ? { own: continuously('AWS::DynamoDB::Table') } : {}),
    remedy: 'set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    gaps: replicated ? ['it is in one Region, and the tier promises that data is in another one: make it a global table'] : [],
  }),
  'AWS::DynamoDB::GlobalTable': ({ Replicas = [] }, { replicated }) => ({
    ...(Array.isArray(Replicas) && Replicas.length > 0 && Replicas.every((replica: any) => isTrue(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled)) ? { own: continuously('AWS::DynamoDB::GlobalTable') } : {}),
    remedy: 'set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled of each replica',
    gaps: replicated && !(Array.isArray(Replicas) && Replicas.length > 1) ? ['Replicas must be two or more: the tier promises that data is in another Region'] : [],
  }),
  'AWS::RDS::DBInstance': ({ MultiAZ, BackupRetentionPeriod }, { continuous, multiAz }) => ({
    ...(continuous && Number(BackupRetentionPeriod ?? 1) !== 0 ? { own: continuously('AWS::RDS::DBInstance') } : {}),
    remedy: 'let BackupRetentionPeriod be more than 0',
    gaps: multiAz && !isTrue(MultiAZ) ? ['MultiAZ must be true: the tier promises that it goes on when a zone fails'] : [],
  }),
  // Aurora, DocumentDB and Neptune back up continuously by themselves, and that cannot be turned off (Aurora, DocumentDB and Neptune user guides, "Backing up", read 2026-11-23).
  'AWS::RDS::DBCluster': ({ Engine }, { continuous }) => (
    continuous || String(Engine).startsWith('aurora') ? { own: continuously('AWS::RDS::DBCluster') } : {}),
  'AWS::DocDB::DBCluster': () => ({ own: continuously('AWS::RDS::DBCluster') }),
  'AWS::Neptune::DBCluster': () => ({ own: continuously('AWS::RDS::DBCluster') }),
  'AWS::EFS::FileSystem': ({ ReplicationConfiguration, AvailabilityZoneName }, { replicated, multiAz }) => ({
    // 15 minutes for most file systems: https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html
    ...(ReplicationConfiguration === undefined ? {} : { own: { minutes: 15, by: 'its replica' } }),
    remedy: 'give it a ReplicationConfiguration',
    gaps: [
      ...(replicated && ReplicationConfiguration === undefined ? ['ReplicationConfiguration must be there: the tier promises that data is in another Region'] : []),
      ...(multiAz && AvailabilityZoneName !== undefined ? ['AvailabilityZoneName must not be there: the tier promises that it goes on when a zone fails'] : []),
    ],
  }),
  'AWS::EC2::Volume': () => ({}),
  'AWS::FSx::FileSystem': () => ({}),
  'AWS::Redshift::Cluster': () => ({}),
};

/** CloudFormation types that keep data. */
export const STATEFUL_TYPES: readonly string[] = Object.keys(READINGS);

/** What a resource of a tier can be brought back to, as far as its template says. Undefined for types that keep no data, and for instances of clusters, which keep none of their own. */
export function recoveryOf(type: string, properties: Properties, promise: TierPromise): Recovery | undefined {
  const reading = READINGS[type]?.(properties, promise);
  if (reading === undefined || isOfCluster(type, properties)) return undefined;
  const scheduled = { minutes: promise.worstCaseLoss.toMinutes(), by: `backup (${promise.frequency.expression})` };
  const { minutes, by } = reading.own !== undefined && reading.own.minutes < scheduled.minutes ? reading.own : scheduled;
  const rpo = promise.rpo.toMinutes({ integral: false });
  const remedy = reading.remedy === undefined ? 'Keep its data in a service with continuous backups, or choose another tier' : `To lose less, ${reading.remedy}`;
  return {
    lossMinutes: minutes,
    by,
    gaps: [...(minutes > rpo ? [`it loses up to ${spoken(minutes)}, and tier ${promise.tier} promises ${spoken(rpo)}. ${remedy}`] : []), ...reading.gaps ?? []],
  };
}

/** Whether it keeps no data of its own, as instances of clusters. */
export function isOfCluster(type: string, { DBClusterIdentifier }: Properties): boolean {
  return type === 'AWS::RDS::DBInstance' && DBClusterIdentifier !== undefined;
}
