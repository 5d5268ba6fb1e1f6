import { Duration } from 'aws-cdk-lib';
import { BackupFrequency } from './backup-frequency';
import { ResilienceTier } from './resilience-tier';

/** What a tier of resilience promises and has, where that is not the usual. */
export interface TierOptions {
  /** The tier that is meant. */
  readonly tier: ResilienceTier;
  /** How soon a service is back: the recovery time objective. @default - 1 hour, 4 hours, 24 hours, 72 hours */
  readonly rto?: Duration;
  /** How much of the latest data may be lost: the recovery point objective. @default - 15 minutes, 8 hours, 36 hours, 8 days */
  readonly rpo?: Duration;
  /** How often there is a backup. @default - each hour, every 4 hours, daily, weekly */
  readonly frequency?: BackupFrequency;
  /** How late a backup may begin; AWS takes 60 minutes at least. @default - 1 hour, in the last tier 2 hours */
  readonly startWindow?: Duration;
  /** How long it may take; an hour more than `startWindow` at least. @default - 2, 3, 7, 8 hours */
  readonly completionWindow?: Duration;
  /** Whether RDS, Aurora and S3 are backed up continuously, for 35 days at most, and DynamoDB has point-in-time recovery. @default - in the first tier only */
  readonly continuous?: boolean;
  /** How long backups and their copies are kept, in whole days. @default Duration.days(35) */
  readonly retention?: Duration;
  /** Whether there is a copy in another Region of the same account. @default - in the first two tiers */
  readonly copyToRegion?: boolean;
  /** Whether there is a copy in an account that workloads cannot reach. @default - in all but the last */
  readonly copyToAccount?: boolean;
  /** Whether databases go on when a zone fails. @default - in all but the last */
  readonly multiAz?: boolean;
  /** Whether data is replicated to another Region while it is written. @default - in the first tier only */
  readonly replicated?: boolean;
  /** Whether restoring is tried by itself, each week. @default - in the first two tiers */
  readonly restoreTested?: boolean;
}

/** What a tier promises and has. */
export interface TierPromise {
  /** The tier. */
  readonly tier: ResilienceTier;
  /** How soon a service is back. */
  readonly rto: Duration;
  /** How much of the latest data may be lost. */
  readonly rpo: Duration;
  /** How often there is a backup. */
  readonly frequency: BackupFrequency;
  /** How late a backup may begin. */
  readonly startWindow: Duration;
  /** How long it may take. */
  readonly completionWindow: Duration;
  /** Whether what can be is backed up continuously. */
  readonly continuous: boolean;
  /** How long backups and their copies are kept. */
  readonly retention: Duration;
  /** Whether there is a copy in another Region. */
  readonly copyToRegion: boolean;
  /** Whether there is a copy in another account. */
  readonly copyToAccount: boolean;
  /** Whether databases go on when a zone fails. */
  readonly multiAz: boolean;
  /** Whether data is replicated to another Region. */
  readonly replicated: boolean;
  /** Whether restoring is tried by itself. */
  readonly restoreTested: boolean;
  /** How much is lost at most by the schedule: interval, start window and completion window. */
  readonly worstCaseLoss: Duration;
}
