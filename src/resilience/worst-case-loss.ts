/** When backups are made, in minutes. */
export interface BackupTimes {
  /** From one to the next. */
  readonly interval: number;
  /** How late one may begin. */
  readonly startWindow: number;
  /** How long one may take from then on. */
  readonly completionWindow: number;
}

/**
 * Minutes of data that are lost at most where every backup succeeds, and what is there is restored in the Region and account of the data.
 *
 * The last backup that is there holds what was there when it began, at the earliest when it was due. Until the next one is there, its interval passes, it begins as late as it may, and takes as long as it may.
 * The reference of rules counts the completion window from the beginning of a job, that of StartBackupJob from when it was due; the former is longer, so it is taken.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html, API_StartBackupJob.html (read 2026-11-23)
 *
 * A backup that fails adds an interval. A copy adds the time that it takes, which AWS sets no bound to.
 */
export function worstCaseLoss({ interval, startWindow, completionWindow }: BackupTimes): number {
  return interval + startWindow + completionWindow;
}
