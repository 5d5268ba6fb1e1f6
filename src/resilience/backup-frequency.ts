import { Duration } from 'aws-cdk-lib';
import { InputError } from '../model/input-error';

/** Divisors of a day, so that the time between two backups is always the same. */
const HOURS = [1, 2, 3, 4, 6, 8, 12];

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * How often AWS Backup makes a backup: in steps that divide the day, so that what may be lost is known. Times are UTC. AWS Backup makes one an hour at most.
 *
 * @example
 * const often = BackupFrequency.everyHours(4);
 * const rare = BackupFrequency.weekly('SUN', 3);
 */
export class BackupFrequency {
  /** Every 1, 2, 3, 4, 6, 8 or 12 hours, from midnight on. */
  public static everyHours(hours: number): BackupFrequency {
    if (!HOURS.includes(hours)) throw new InputError(`BackupFrequency.everyHours(${hours}): ${HOURS.join(', ')} are expected, which divide a day`);
    return new BackupFrequency(`cron(0 0/${hours} ? * * *)`, Duration.hours(hours));
  }

  /** Once a day, at an hour of 0 to 23. */
  public static daily(hour: number = 3): BackupFrequency {
    return new BackupFrequency(`cron(0 ${checked('daily', hour)} ? * * *)`, Duration.days(1));
  }

  /** Once a week: `SUN`, at an hour of 0 to 23. */
  public static weekly(day: string = 'SUN', hour: number = 3): BackupFrequency {
    if (!DAYS.includes(day)) throw new InputError(`BackupFrequency.weekly: "${day}" is no day. Expected: ${DAYS.join(', ')}`);
    return new BackupFrequency(`cron(0 ${checked('weekly', hour)} ? * ${day} *)`, Duration.days(7));
  }

  private constructor(
    /** As a schedule of AWS Backup: `cron(0 0/4 ? * * *)`. */
    public readonly expression: string,
    /** Time from one to the next. */
    public readonly interval: Duration,
  ) {}
}

function checked(what: string, hour: number): number {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw new InputError(`BackupFrequency.${what}: hour is ${hour}: a whole number of 0 to 23 is expected`);
  return hour;
}
