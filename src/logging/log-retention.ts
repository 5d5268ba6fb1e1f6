import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { LogLock } from './log-lock';
import { LogPurpose } from './log-purpose';
import { InputError } from '../model/input-error';

/** How long logs of a purpose are kept, and where. */
export interface LogRetention {
  /** Days until they expire; an object is locked for as long. */
  readonly days: number;
  /** Whether Object Lock keeps them for those days. @default - governance for the trail; none where AWS does not say that the service delivers under a lock */
  readonly lock?: LogLock;
  /** Days after which they move to S3 Glacier Instant Retrieval; 0 is never. @default 90, where 90 days are left after it */
  readonly instantRetrievalAfterDays?: number;
  /** Days after which they move to S3 Glacier Deep Archive, which takes hours to read; 0 is never. @default 365, where 180 days are left after it */
  readonly deepArchiveAfterDays?: number;
}

/** Retention of each purpose. */
export interface LogRetentions {
  /** @default - 2557 days, 7 years, under governance */
  readonly trail?: LogRetention;
  /** @default - 2557 days, 7 years */
  readonly config?: LogRetention;
  /** @default - 365 days */
  readonly flow?: LogRetention;
  /** @default - 365 days */
  readonly dns?: LogRetention;
  /** @default - 365 days */
  readonly firewall?: LogRetention;
  /** @default - 365 days */
  readonly webFirewall?: LogRetention;
  /** @default - 365 days */
  readonly access?: LogRetention;
}

/** A retention with all of its choices made. */
export interface ChosenRetention {
  readonly days: number;
  readonly lock: LogLock;
  readonly transitions: CfnBucket.TransitionProperty[];
}

/** Days for which AWS bills an object of a storage class at least (Amazon S3 User Guide, "Understanding and managing Amazon S3 storage classes", read 2026-11-23). */
const MINIMUM_DAYS = { GLACIER_IR: 90, DEEP_ARCHIVE: 180 } as const;

const YEAR = 365;
const SEVEN_YEARS = 2557;

/** Of AWS Config a bucket with a default retention gets nothing ("Managing the Delivery Channel", read 2026-11-23); S3 delivers access logs to no bucket with Object Lock. */
const NEVER_LOCKED: readonly LogPurpose[] = [LogPurpose.CONFIG, LogPurpose.ACCESS];

/** The retention of a purpose. Fails with all that is wrong of it. */
export function retentionOf(purpose: LogPurpose, retentions: LogRetentions): ChosenRetention {
  const isLong = purpose === LogPurpose.TRAIL || purpose === LogPurpose.CONFIG;
  const asked = chosen(purpose, retentions) ?? { days: isLong ? SEVEN_YEARS : YEAR };
  const { days, instantRetrievalAfterDays, deepArchiveAfterDays } = asked;
  const lock = asked.lock ?? (purpose === LogPurpose.TRAIL ? LogLock.governance() : LogLock.none('AWS does not say that the service delivers under a default retention'));
  const after = (given: number | undefined, usual: number, least: number) => given ?? (days - usual >= least ? usual : 0);
  const instant = after(instantRetrievalAfterDays, 90, MINIMUM_DAYS.GLACIER_IR);
  const deep = after(deepArchiveAfterDays, YEAR, MINIMUM_DAYS.DEEP_ARCHIVE);
  const problems = [
    ...(Number.isInteger(days) && days >= 1 && days <= 36_500 ? [] : [`days is ${days}, whole days from 1 to 36500 are expected`]),
    ...[instant, deep].filter((one) => !Number.isInteger(one) || one < 0 || one >= days).map((one) => `a move after ${one} days is not before they expire, after ${days}`),
    ...(instant > 0 && deep > 0 && deep - instant < MINIMUM_DAYS.GLACIER_IR ? [`Deep Archive after ${deep} days is less than ${MINIMUM_DAYS.GLACIER_IR} after Instant Retrieval, for which AWS bills at least that`] : []),
    ...(lock.mode !== undefined && NEVER_LOCKED.includes(purpose) ? ['it cannot be locked: AWS would deliver nothing to the bucket'] : []),
  ];
  if (problems.length > 0) throw new InputError(`Retention of ${purpose.key} logs: ${problems.join('; ')}`);
  return {
    days,
    lock,
    transitions: [
      ...(instant > 0 ? [{ storageClass: 'GLACIER_IR', transitionInDays: instant }] : []),
      ...(deep > 0 ? [{ storageClass: 'DEEP_ARCHIVE', transitionInDays: deep }] : []),
    ],
  };
}

function chosen(purpose: LogPurpose, { trail, config, flow, dns, firewall, webFirewall, access }: LogRetentions): LogRetention | undefined {
  return { trail, config, flow, dns, firewall, waf: webFirewall, access }[purpose.key];
}
