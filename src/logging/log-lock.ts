import { InputError } from '../model/input-error';

/** Whether S3 Object Lock keeps each new object for as long as its bucket says. */
export class LogLock {
  /** Nobody deletes an object before its time, but who may bypass governance: under LZ.LOGS.4 break-glass alone. */
  public static governance(): LogLock {
    return new LogLock('GOVERNANCE');
  }

  /**
   * Nobody at all deletes an object before its time, not even AWS; a retention that was too long is paid to its end.
   *
   * @param reason the rule that asks for it
   */
  public static compliance(reason: string): LogLock {
    return new LogLock('COMPLIANCE', said(reason, 'compliance: say which rule asks for what nobody can take back'));
  }

  /** Objects are kept by policies alone. The bucket still has Object Lock, so that an object can be put under legal hold. */
  public static none(reason: string): LogLock {
    return new LogLock(undefined, said(reason, 'none: say why objects are not locked'));
  }

  private constructor(
    /** `GOVERNANCE`, `COMPLIANCE`, or undefined for none. */
    public readonly mode?: string,
    /** Why it is not governance. */
    public readonly reason?: string,
  ) {}
}

function said(reason: string, ask: string): string {
  if (reason.trim() === '') throw new InputError(`LogLock.${ask}`);
  return reason;
}
