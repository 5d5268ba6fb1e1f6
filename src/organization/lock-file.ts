import { InputError } from '../model/input-error';
import { OrganizationLock, readLockFile } from '../model/lock-file';
import { formatProblems } from '../model/organization-file/format-problems';

/**
 * `organization.lock.json`: names to ids, written by `landing-zone pull`.
 *
 * @example
 * const lock = LockFile.load('organization.lock.json');
 */
export class LockFile {
  /** Reads the file. Fails with all of its mistakes at once. */
  public static load(file: string): LockFile {
    const { lock, problems } = readLockFile(file);
    if (!lock) throw new InputError(formatProblems(problems, file));
    return new LockFile(file, lock);
  }

  private constructor(
    /** Path as given. */
    public readonly file: string,
    /** @internal */
    public readonly _lock: OrganizationLock,
  ) {}
}
