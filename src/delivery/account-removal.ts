import { InputError } from '../model/input-error';

/** What happens to a baseline in an account that leaves the unit: for another unit, or for good. */
export class AccountRemoval {
  /** Its stacks stay, on their own. In a unit with the same baseline the account gets new stacks beside them, so content with names of its own collides: let CloudFormation choose names. */
  public static retain(): AccountRemoval {
    return new AccountRemoval(true);
  }

  /** Its stacks and what they hold are deleted, but for what the template retains. The reason reaches the evidence. */
  public static delete(reason: string): AccountRemoval {
    if (reason.trim() === '') throw new InputError('AccountRemoval.delete: say why an account that leaves may lose its baseline');
    return new AccountRemoval(false, reason);
  }

  private constructor(
    /** Whether the stacks stay. */
    public readonly isRetained: boolean,
    /** Why they do not. */
    public readonly reason?: string,
  ) {}
}
