import { BudgetAmount } from './budget-amount';
import { BudgetThreshold } from './budget-threshold';
import { CostAlerts } from './cost-alerts';
import { InputError } from '../model/input-error';

/** What a budget may have of its own. */
export interface BudgetOptions {
  /** When it alerts. @default - as the standard says */
  readonly thresholds?: BudgetThreshold[];
  /** Who hears of it. @default - as the standard says */
  readonly alerts?: CostAlerts;
}

/**
 * What may cost how much: an account, a unit, the organization, or a part of the bill across accounts.
 *
 * @example
 * const budgets = [
 *   Budget.account('payments-prod', BudgetAmount.monthly(500)),
 *   Budget.unit('Sandbox', BudgetAmount.quarterly(900)),
 *   Budget.service('Amazon SageMaker', BudgetAmount.averageOf(3)),
 * ];
 */
export class Budget {
  /** One account, by its key; `management` is the management account. */
  public static account(key: string, amount: BudgetAmount, options: BudgetOptions = {}): Budget {
    return new Budget('account', key, amount, options, {});
  }

  /** All accounts of a unit and of the units below it: `Workloads/Prod`. `Root` is the whole bill. */
  public static unit(path: string, amount: BudgetAmount, options: BudgetOptions = {}): Budget {
    const full = path === 'Root' || path.startsWith('Root/') ? path : `Root/${path}`;
    return new Budget('unit', full, amount, options, {});
  }

  /** One value of a cost category, which exists in the management account. */
  public static costCategory(name: string, value: string, amount: BudgetAmount, options: BudgetOptions = {}): Budget {
    return new Budget('cost-category', `${name}=${value}`, amount, options, { CostCategory: [`${name}$${value}`] });
  }

  /** One value of a cost allocation tag, which is activated in the management account. */
  public static tag(key: string, value: string, amount: BudgetAmount, options: BudgetOptions = {}): Budget {
    return new Budget('tag', `${key}=${value}`, amount, options, { TagKeyValue: [`user:${key}$${value}`] });
  }

  /** One service in all accounts, by the name that bills have: `Amazon Elastic Compute Cloud - Compute`. */
  public static service(name: string, amount: BudgetAmount, options: BudgetOptions = {}): Budget {
    return new Budget('service', name, amount, options, { Service: [name] });
  }

  private constructor(
    /** `account`, `unit`, `cost-category`, `tag` or `service`. */
    public readonly kind: string,
    /** Key of an account, path of a unit, name of a service, or a name and its value. */
    public readonly subject: string,
    /** @internal */
    public readonly _amount: BudgetAmount,
    /** @internal */
    public readonly _options: BudgetOptions,
    /** Filters that need no ids. @internal */
    public readonly _filters: { readonly [name: string]: string[] },
  ) {
    if (subject.trim() === '' || /[\\\n\r\t]/.test(subject)) throw new InputError(`A budget of ${kind} "${subject}": expected its name`);
  }

  /** Stable: from keys alone. */
  public get budgetKey(): string {
    return `${this.kind}/${this.subject}`;
  }
}
