import { InputError } from '../model/input-error';

/**
 * Who may shorten how long backups are kept, or delete them before. A lock of governance can be taken off by those whom policies let, one of compliance by nobody, AWS included, once its days are over.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html; the days: CloudFormation's page of AWS::Backup::BackupVault LockConfigurationType (read 2026-11-23)
 *
 * @example
 * const lock = VaultLock.compliance(30);
 */
export class VaultLock {
  /** Whoever may change the lock may take it off; LZ.BACKUP.1 lets the platform only. */
  public static governance(): VaultLock {
    return new VaultLock(undefined);
  }

  /** Nobody takes it off, and backups that are there are paid for until they expire. Days in which it can still be changed: 3 at least. */
  public static compliance(changeableDays: number): VaultLock {
    if (!Number.isInteger(changeableDays) || changeableDays < 3 || changeableDays > 36_500) throw new InputError(`VaultLock.compliance(${changeableDays}): a whole number of days, 3 at least, is expected, as AWS takes no less`);
    return new VaultLock(changeableDays);
  }

  private constructor(
    /** Days in which it can still be changed. Undefined: always. */
    public readonly changeableDays: number | undefined,
  ) {}
}
