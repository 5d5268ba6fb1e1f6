import { InputError } from '../model/input-error';

/** "The maximum limit for your threshold": https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notification.html (read 2026-11-23) */
const MOST = 1_000_000;

/** "NotificationThreshold": https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html (read 2026-11-23) */
const MOST_AMOUNT = 15_000_000_000_000;

/**
 * When a budget alerts or acts: at a share of its amount or at an amount, spent or forecast.
 *
 * @example
 * const thresholds = [BudgetThreshold.actual(80), BudgetThreshold.actual(100), BudgetThreshold.forecast(110)];
 */
export class BudgetThreshold {
  /** So many percent of the amount are spent. */
  public static actual(percent: number): BudgetThreshold {
    return new BudgetThreshold('ACTUAL', percent, 'PERCENTAGE');
  }

  /** So much is spent, in the currency of the budget. */
  public static actualAmount(amount: number): BudgetThreshold {
    return new BudgetThreshold('ACTUAL', amount, 'ABSOLUTE_VALUE');
  }

  /** AWS expects so many percent of the amount to be spent when the time is over. It forecasts after some five weeks of usage. */
  public static forecast(percent: number): BudgetThreshold {
    return new BudgetThreshold('FORECASTED', percent, 'PERCENTAGE');
  }

  /** AWS expects so much to be spent when the time is over, in the currency of the budget. */
  public static forecastAmount(amount: number): BudgetThreshold {
    return new BudgetThreshold('FORECASTED', amount, 'ABSOLUTE_VALUE');
  }

  private constructor(
    /** `ACTUAL` or `FORECASTED`. */
    public readonly kind: string,
    /** Percent of the budget's amount, or an amount. */
    public readonly value: number,
    /** `PERCENTAGE` or `ABSOLUTE_VALUE`. */
    public readonly unit: string,
  ) {
    const isPercent = unit === 'PERCENTAGE';
    const most = isPercent ? MOST : MOST_AMOUNT;
    if (!Number.isFinite(value) || value <= 0 || value > most) {
      throw new InputError(`A threshold of ${value}${isPercent ? ' %' : ''}: expected more than 0 and at most ${most.toLocaleString('en-US')}`);
    }
  }

  /** `80 %`, or `500`. */
  public get text(): string {
    return `${this.value}${this.unit === 'PERCENTAGE' ? ' %' : ''}`;
  }
}

/**
 * What is wrong with the thresholds of a budget, for people: each kind rises in the order in which it is written, so that nobody reads 100 where 10 is meant.
 * @internal
 */
export function thresholdProblems(thresholds: readonly BudgetThreshold[]): string[] {
  const kinds = [...new Set(thresholds.map(({ kind, unit }) => `${kind} ${unit}`))];
  return [
    ...(thresholds.length === 0 ? ['has no threshold, so it never alerts'] : []),
    ...(thresholds.length > MAX_NOTIFICATIONS ? [`has ${thresholds.length} thresholds, and CloudFormation takes ${MAX_NOTIFICATIONS}`] : []),
    ...kinds.flatMap((of) => {
      const own = thresholds.filter(({ kind, unit }) => `${kind} ${unit}` === of);
      return own.flatMap((one, at) => (at > 0 && one.value <= own[at - 1]!.value
        ? [`has the ${one.kind === 'ACTUAL' ? 'actual' : 'forecast'} threshold ${one.text} after ${own[at - 1]!.text}: each is above the one before it`] : []));
    }),
  ];
}

/**
 * Notifications of a budget. CloudFormation's page of the resource says five (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-budgets-budget.html, read 2026-11-23);
 * the API takes ten.
 */
const MAX_NOTIFICATIONS = 5;
