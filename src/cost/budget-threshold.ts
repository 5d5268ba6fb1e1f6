import { InputError } from '../model/input-error';

/** "The maximum limit for your threshold": https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notification.html (read 2026-11-23) */
const MOST = 1_000_000;

/**
 * When a budget alerts: at a share of its amount, spent or forecast.
 *
 * @example
 * const thresholds = [BudgetThreshold.actual(80), BudgetThreshold.actual(100), BudgetThreshold.forecast(110)];
 */
export class BudgetThreshold {
  /** So many percent of the amount are spent. */
  public static actual(percent: number): BudgetThreshold {
    return new BudgetThreshold('ACTUAL', percent);
  }

  /** AWS expects so many percent of the amount to be spent when the time is over. It forecasts after some five weeks of usage. */
  public static forecast(percent: number): BudgetThreshold {
    return new BudgetThreshold('FORECASTED', percent);
  }

  private constructor(
    /** `ACTUAL` or `FORECASTED`. */
    public readonly kind: string,
    /** Percent of the amount. */
    public readonly percent: number,
  ) {
    if (!Number.isFinite(percent) || percent <= 0 || percent > MOST) throw new InputError(`A threshold of ${percent} %: expected more than 0 and at most 1,000,000`);
  }
}

/**
 * What is wrong with the thresholds of a budget, for people: each kind rises in the order in which it is written, so that nobody reads 100 where 10 is meant.
 * @internal
 */
export function thresholdProblems(thresholds: readonly BudgetThreshold[]): string[] {
  const kinds = [...new Set(thresholds.map(({ kind }) => kind))];
  return [
    ...(thresholds.length === 0 ? ['has no threshold, so it never alerts'] : []),
    ...(thresholds.length > MAX_NOTIFICATIONS ? [`has ${thresholds.length} thresholds, and CloudFormation takes ${MAX_NOTIFICATIONS}`] : []),
    ...kinds.flatMap((kind) => {
      const own = thresholds.filter((threshold) => threshold.kind === kind).map(({ percent }) => percent);
      return own.flatMap((percent, at) => (at > 0 && percent <= own[at - 1]! ? [`has the ${kind === 'ACTUAL' ? 'actual' : 'forecast'} threshold ${percent} % after ${own[at - 1]} %: each is above the one before it`] : []));
    }),
  ];
}

/**
 * Notifications of a budget. CloudFormation's page of the resource says five (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-budgets-budget.html, read 2026-11-23);
 * the API takes ten.
 */
const MAX_NOTIFICATIONS = 5;
