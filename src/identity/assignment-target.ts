import { InputError } from '../model/input-error';

/** @internal */
export type TargetKind = 'everyAccount' | 'unit' | 'account' | 'tag' | 'managementAccount';

/**
 * Accounts that a permission set is assigned in. Units and tags stand for the accounts that they have when the app is synthesized.
 */
export class AssignmentTarget {
  /** All member accounts. */
  public static everyAccount(): AssignmentTarget {
    return new AssignmentTarget('everyAccount', 'every account');
  }

  /** All accounts below a unit, those of its units too: `Workloads/Prod`. */
  public static unit(path: string): AssignmentTarget {
    return new AssignmentTarget('unit', `unit ${path}`, path);
  }

  /** One account by its key. */
  public static account(key: string): AssignmentTarget {
    return new AssignmentTarget('account', `account ${key}`, key);
  }

  /** All accounts that carry a tag with this value: `team`, `payments`. */
  public static tag(key: string, value: string): AssignmentTarget {
    return new AssignmentTarget('tag', `tag ${key}=${value}`, key, value);
  }

  /** The management account, which no guardrail binds. @param reason why people work there; it stands in the template */
  public static managementAccount(reason: string): AssignmentTarget {
    if (reason.trim().length < 10) throw new InputError('An assignment in the management account needs a reason of ten characters or more: guardrails do not bind that account');
    return new AssignmentTarget('managementAccount', 'the management account', reason);
  }

  private constructor(
    /** @internal */
    public readonly _kind: TargetKind,
    /** In words. */
    public readonly words: string,
    /** Path, key of the account or of the tag, or reason. @internal */
    public readonly _subject: string = '',
    /** @internal */
    public readonly _value: string = '',
  ) {}
}
