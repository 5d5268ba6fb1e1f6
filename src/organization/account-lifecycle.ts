import { InputError } from '../model/input-error';
import { AccountLife, AccountMoveFacts, isDay } from '../model/lifecycle/account-life';

/**
 * Where an account is between its making and its end. `LZ.LIFECYCLE` holds the organization against it at every synthesis, and `landing-zone check --base` what changes.
 *
 * @example
 * declare const organization: Organization;
 * organization.unit('Suspended').addAccount('shop-prod', { email: 'aws+shop-prod@acme.example', lifecycle: AccountLifecycle.suspended() });
 */
export class AccountLifecycle {
  /** New: in a unit with the control set `quarantine`, until its baselines are in. */
  public static vending(): AccountLifecycle {
    return new AccountLifecycle({ state: 'vending' });
  }

  /** At work. */
  public static active(): AccountLifecycle {
    return new AccountLifecycle({ state: 'active' });
  }

  /** At rest, in a unit with the control set `quarantine`: without people and network, and it can come back. */
  public static suspended(): AccountLifecycle {
    return new AccountLifecycle({ state: 'suspended' });
  }

  /** Closed on a day: `2026-11-23`. It stays in the code for the 90 days that AWS keeps it. Fails when the calendar has no such day. */
  public static closed(closedOn: string): AccountLifecycle {
    if (!isDay(closedOn)) throw new InputError(`AccountLifecycle.closed("${closedOn}") names no day of the calendar: expected one like 2026-11-23`);
    return new AccountLifecycle({ state: 'closed', closedOn });
  }

  /** What a data file says. @internal */
  public static _of(life: AccountLife): AccountLifecycle {
    return new AccountLifecycle({ state: life.state, ...(life.closedOn !== undefined && { closedOn: life.closedOn }) }, life.moved);
  }

  private constructor(private readonly said: AccountLife, private readonly moved?: AccountMoveFacts) {}

  /** The same, with the reason for which a move may take guardrails from the account, and the unit that it came from: `Sandbox`. Fails without a reason. */
  public movedFrom(unitPath: string, reason: string): AccountLifecycle {
    if (reason.trim() === '') throw new InputError(`The move from ${unitPath} has no reason: say why the account may lose guardrails`);
    return new AccountLifecycle(this.said, { from: unitPath === 'Root' || unitPath.startsWith('Root/') ? unitPath : `Root/${unitPath}`, reason });
  }

  /** Nothing where nothing has to be said. @internal */
  public get _life(): AccountLife | undefined {
    if (this.said.state === 'active' && !this.moved) return undefined;
    return { ...this.said, ...(this.moved && { moved: this.moved }) };
  }
}
