import { InputError } from '../model/input-error';
import { BudgetPeriod } from '../model/organization-definition';

/** Periods that a moving average may take, by the time of a budget. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-historicaloptions.html (read 2026-11-23) */
const MOST_PERIODS = 12;

/**
 * How much may be spent in which time.
 *
 * @example
 * const amount = BudgetAmount.monthly(500);
 */
export class BudgetAmount {
  /** The same each month. */
  public static monthly(amount: number): BudgetAmount {
    return new BudgetAmount('MONTHLY', { value: positive(amount) });
  }

  /** The same each quarter. */
  public static quarterly(amount: number): BudgetAmount {
    return new BudgetAmount('QUARTERLY', { value: positive(amount) });
  }

  /** The same each year. */
  public static annual(amount: number): BudgetAmount {
    return new BudgetAmount('ANNUALLY', { value: positive(amount) });
  }

  /**
   * Another amount each month: twelve months that follow one another, `{ '2027-01': 400, '2027-02': 450, ... }`. AWS wants the current month first when the budget is made, and goes on with the
   * last amount afterwards.
   */
  public static planned(amounts: { [month: string]: number }): BudgetAmount {
    const months = Object.keys(amounts).sort();
    const first = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(months[0] ?? '');
    const expected = first ? Array.from({ length: 12 }, (_, at) => monthAfter(Number(first[1]), Number(first[2]), at)) : [];
    if (!first || months.join() !== expected.join()) {
      throw new InputError(`BudgetAmount.planned has amounts for ${months.join(', ') || 'no month'}. Expected twelve months that follow one another, like 2027-01 to 2027-12`);
    }
    return new BudgetAmount('MONTHLY', { planned: months.map((month) => ({ month, value: positive(amounts[month]!) })) });
  }

  /** The average of so many months before, 1 to 12: AWS adjusts it each month. Nobody knows it in advance, so it counts in no sum. */
  public static averageOf(months: number): BudgetAmount {
    if (!Number.isInteger(months) || months < 1 || months > MOST_PERIODS) throw new InputError(`BudgetAmount.averageOf(${months}): expected a whole number of months from 1 to ${MOST_PERIODS}`);
    return new BudgetAmount('MONTHLY', { averageOf: months });
  }

  /** What AWS forecasts for each month. Nobody knows it in advance, so it counts in no sum. */
  public static forecast(): BudgetAmount {
    return new BudgetAmount('MONTHLY', {});
  }

  private constructor(
    /** `MONTHLY`, `QUARTERLY` or `ANNUALLY`. @internal */
    public readonly _period: BudgetPeriod,
    /** A value, a plan, an average; none of them is AWS's forecast. @internal */
    public readonly _terms: AmountTerms,
  ) {}
}

/** @internal */
export interface AmountTerms {
  readonly value?: number;
  readonly planned?: readonly { readonly month: string; readonly value: number }[];
  readonly averageOf?: number;
}

function positive(amount: number): number {
  if (!Number.isFinite(amount) || amount <= 0) throw new InputError(`A budget of ${amount}: expected an amount above zero`);
  return amount;
}

function monthAfter(year: number, month: number, months: number): string {
  const at = year * 12 + month - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}
