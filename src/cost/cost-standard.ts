import { Budget } from './budget';
import { BudgetAction } from './budget-action';
import { BudgetAmount } from './budget-amount';
import { BudgetThreshold, thresholdProblems } from './budget-threshold';
import { CostCategory } from './categories/cost-category';
import { CostAlerts } from './cost-alerts';
import { CostAnomalies } from './cost-anomalies';
import { Control } from '../controls/control';
import { Controls } from '../controls/controls';
import { InputError } from '../model/input-error';

/** An account without a budget. */
export interface WithoutBudget {
  /** Key of the account. */
  readonly account: string;
  /** Why; it reaches the evidence. */
  readonly reason: string;
}

/** Properties of a cost standard. */
export interface CostStandardProps {
  /** Who hears of budgets. */
  readonly alerts: CostAlerts;
  /** Currency of the bill, in three letters. @default 'USD' */
  readonly currency?: string;
  /** When budgets alert: five at most, each kind rising. @default - 80 % and 100 % spent, 100 % forecast */
  readonly thresholds?: BudgetThreshold[];
  /** Budgets beside those of the organization file. @default - none */
  readonly budgets?: Budget[];
  /** Budget of each account that has none of its own. @default - each account says its own, or is excused */
  readonly accountDefault?: BudgetAmount;
  /** Accounts that have none, each with the reason. @default - those that the organization file excuses */
  readonly withoutBudget?: WithoutBudget[];
  /** Where new spend is denied when a budget reaches a threshold. @default - nowhere: budgets alert */
  readonly actions?: BudgetAction[];
  /** What those actions deny, `service:Action`. @default BudgetAction.newSpend */
  readonly newSpend?: string[];
  /** Names for what costs belong to. Where there are some, budgets of a category are checked: that it is here, and has the value. @default - none is made, and nothing is checked */
  readonly categories?: CostCategory[];
  /**
   * Unusual costs that AWS finds by itself.
   *
   * @default - each account by itself, told daily by e-mail (by a topic, where there is no address) from 100 and 40 % above what is expected; nothing where the only topic is in another Region than
   * us-east-1, and in partitions other than aws
   */
  readonly anomalies?: CostAnomalies;
  /**
   * Role, with its path, that buys reservations and Savings Plans, in every account whose control set denies it to others: `BuyerOptions.buyerRole`. Say it from the start: LZ.BILLING.1 grows by it, so that
   * statements may move between policies.
   *
   * @default - the platform alone
   */
  readonly buyerRole?: string;
}

/** Quota of a management account: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-limits.html (read 2026-11-23) */
const MAX_CATEGORIES = 50;

/**
 * What may cost how much, and who hears of it. A zone with it has a budget for each account, or the reason for which it has none; amounts come from the organization file or from here.
 *
 * @example
 * const costs = new CostStandard({
 *   alerts: new CostAlerts({ emails: ['finops@acme.example'] }),
 *   accountDefault: BudgetAmount.monthly(100),
 *   budgets: [Budget.unit('Root', BudgetAmount.monthly(20_000))],
 * });
 */
export class CostStandard {
  /** Who hears of budgets. */
  public readonly alerts: CostAlerts;
  /** Currency of the bill. */
  public readonly currency: string;
  /** When budgets alert. */
  public readonly thresholds: BudgetThreshold[];
  /** Budgets that are declared here. */
  public readonly budgets: Budget[];
  /** Accounts that have none, each with the reason. */
  public readonly withoutBudget: WithoutBudget[];
  /** Where new spend is denied when a budget reaches a threshold. */
  public readonly actions: BudgetAction[];
  /** What those actions deny. */
  public readonly newSpend: string[];
  /** Names for what costs belong to. */
  public readonly categories: CostCategory[];
  /** Unusual costs. */
  public readonly anomalies: CostAnomalies;
  /** Controls of the catalogue as this standard configures them. @internal */
  public readonly _controls: Control[];
  /** Whether nobody said anything of unusual costs. @internal */
  public readonly _watchesByDefault: boolean;
  /** @internal */
  public readonly _accountDefault: BudgetAmount | undefined;

  public constructor(props: CostStandardProps) {
    this.alerts = props.alerts;
    this.currency = props.currency ?? 'USD';
    this.thresholds = props.thresholds ?? [BudgetThreshold.actual(80), BudgetThreshold.actual(100), BudgetThreshold.forecast(100)];
    this.budgets = props.budgets ?? [];
    this.withoutBudget = props.withoutBudget ?? [];
    this.actions = props.actions ?? [];
    this.newSpend = props.newSpend ?? BudgetAction.newSpend;
    this.categories = props.categories ?? [];
    this.anomalies = props.anomalies ?? CostAnomalies.watch();
    this._watchesByDefault = props.anomalies === undefined;
    const { buyerRole } = props;
    this._controls = buyerRole === undefined ? [] : [Controls.denyUnapprovedPurchases({ buyerRole }), Controls.denyCommitments({ buyerRole })];
    this._accountDefault = props.accountDefault;
    const problems = this.problems();
    if (problems.length > 0) throw new InputError(`CostStandard:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }

  private problems(): string[] {
    const keys = this.budgets.map(({ budgetKey }) => budgetKey);
    const categories = this.categories.map(({ name }) => name);
    return [
      ...(/^[A-Z]{3}$/.test(this.currency) ? [] : [`currency "${this.currency}": expected three letters, like USD`]),
      ...thresholdProblems(this.thresholds).map((problem) => `it ${problem}`),
      ...this.budgets.flatMap(({ budgetKey, _options: { thresholds } }) => (thresholds ? thresholdProblems(thresholds).map((problem) => `budget ${budgetKey} ${problem}`) : [])),
      ...keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `budget ${key} is declared twice`),
      ...categories.filter((name, at) => categories.indexOf(name) !== at).map((name) => `cost category ${name} is declared twice`),
      ...(categories.length > MAX_CATEGORIES ? [`${categories.length} cost categories: AWS has ${MAX_CATEGORIES} at most`] : []),
      ...this.anomalies._problems(this.alerts),
      ...(this.newSpend.length === 0 ? ['newSpend is empty: budget actions would deny nothing'] : []),
      ...this.newSpend.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)).map((action) => `newSpend "${action}": expected service:Action, like ec2:RunInstances`),
      ...this.withoutBudget.filter(({ reason }) => reason.trim() === '').map(({ account }) => `account ${account} is excused without a reason`),
    ];
  }
}
