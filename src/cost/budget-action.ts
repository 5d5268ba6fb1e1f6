import { BudgetThreshold } from './budget-threshold';
import { CostAlerts } from './cost-alerts';
import { NEW_SPEND } from './new-spend';
import { InputError } from '../model/input-error';

/** What differs from action to action. */
export interface BudgetActionOptions {
  /** Whether somebody approves it first, in the console of AWS Budgets. @default false: AWS acts by itself */
  readonly byApproval?: boolean;
  /** Who hears of it. @default - who hears of the standard's budgets */
  readonly alerts?: CostAlerts;
}

/**
 * New spend is denied when a budget reaches a threshold: AWS Budgets attaches a service control policy to the account or the unit, and takes it away when the next period of the budget begins. Nobody
 * but the platform then creates, starts or buys there. What runs goes on, and AWS's own services go on to scale it: service control policies do not bind their service-linked roles.
 *
 * Instances are not stopped: AWS stops those of the budget's own account only, which is the management account.
 * https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html (read 2026-11-23),
 * https://aws.amazon.com/about-aws/whats-new/2020/10/announcing-aws-budgets-actions (what is taken away when, read 2026-11-23).
 *
 * @example
 * const actions = [
 *   BudgetAction.onEachAccountOf('Sandbox', BudgetThreshold.actual(100)),
 *   BudgetAction.onUnit('Sandbox', BudgetThreshold.forecast(120), { byApproval: true }),
 * ];
 */
export class BudgetAction {
  /** The actions that are denied unless the standard says others: all create, start, order or buy. What only changes stays allowed, because it also makes things smaller. */
  public static get newSpend(): string[] {
    return [...NEW_SPEND];
  }

  /** By an account's budget, on the account. */
  public static onAccount(key: string, threshold: BudgetThreshold, options: BudgetActionOptions = {}): BudgetAction {
    return new BudgetAction('account', key, threshold, options);
  }

  /** By the budget of each account below a unit that has one, on that account alone. What is said of an account or of a unit nearer to it wins. */
  public static onEachAccountOf(unitPath: string, threshold: BudgetThreshold, options: BudgetActionOptions = {}): BudgetAction {
    return new BudgetAction('each-account', fullPath(unitPath), threshold, options);
  }

  /** By a unit's budget, on the unit with all below it. Not the root: AWS Budgets attaches policies to units and accounts. */
  public static onUnit(unitPath: string, threshold: BudgetThreshold, options: BudgetActionOptions = {}): BudgetAction {
    const path = fullPath(unitPath);
    if (path === 'Root') throw new InputError('BudgetAction.onUnit(Root): AWS Budgets attaches policies to units and accounts, not to the root. Name the units');
    return new BudgetAction('unit', path, threshold, options);
  }

  private constructor(
    /** `account`, `each-account` or `unit`. */
    public readonly kind: string,
    /** Key of the account, or path of the unit. */
    public readonly subject: string,
    /** When it acts. */
    public readonly threshold: BudgetThreshold,
    /** @internal */
    public readonly _options: BudgetActionOptions,
  ) {
    if (subject.trim() === '') throw new InputError(`A budget action on ${kind} "${subject}": expected its name`);
  }
}

function fullPath(path: string): string {
  return path === 'Root' || path.startsWith('Root/') ? path : `Root/${path}`;
}
