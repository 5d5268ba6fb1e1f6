import { InputError } from '../model/input-error';

/** The account and the Region that stack sets are managed from. */
export class BaselineAdministrator {
  /** The management account. Trusted access of StackSets must be on. */
  public static managementAccount(accountId: string, region: string): BaselineAdministrator {
    return new BaselineAdministrator(accountId, region, accountId);
  }

  /** A member account that the management account made an administrator of StackSets. The stack sets themselves belong to the management account. */
  public static delegated(accountId: string, region: string, managementAccountId: string): BaselineAdministrator {
    if (accountId === managementAccountId) throw new InputError('BaselineAdministrator.delegated: the account is the management account. Use BaselineAdministrator.managementAccount');
    return new BaselineAdministrator(accountId, region, managementAccountId);
  }

  private constructor(
    /** Twelve digits. */
    public readonly accountId: string,
    /** Region of the stack sets. */
    public readonly region: string,
    /** Twelve digits of the management account. */
    public readonly managementAccountId: string,
  ) {
    for (const id of [accountId, managementAccountId]) {
      if (!/^[0-9]{12}$/.test(id)) throw new InputError(`BaselineAdministrator: "${id}" is no account id; twelve digits are expected`);
    }
    if (!/^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(region)) throw new InputError(`BaselineAdministrator: "${region}" is no Region; expected one like eu-west-1`);
  }

  /** Whether a member account administers. */
  public get isDelegated(): boolean {
    return this.accountId !== this.managementAccountId;
  }
}
