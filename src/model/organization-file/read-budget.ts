import { YamlSource } from './yaml-source';
import { BudgetDefinition, BudgetPeriod, Problem } from '../organization-definition';

/** Keys of an amount in the file, and the periods of AWS Budgets. */
export const PERIODS: { readonly [key: string]: BudgetPeriod } = { monthly: 'MONTHLY', quarterly: 'QUARTERLY', annual: 'ANNUALLY' };

/** The budget of a unit or an account: `500`, `{ monthly: 500, currency: USD }` or `{ none: reason }`. Nothing where its shape is wrong, which the schema reports. */
export function readBudget(data: any, source: YamlSource, path: readonly (string | number)[], problems: Problem[]): { readonly budget?: BudgetDefinition } {
  const place = source.valueAt(path);
  if (typeof data === 'number') return data > 0 ? { budget: { amount: { period: 'MONTHLY', value: data }, place } } : {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
  const given = ['none', ...Object.keys(PERIODS)].filter((key) => data[key] !== undefined);
  if (given.length !== 1) {
    problems.push({ place, message: given.length === 0 ? 'a budget without an amount' : `a budget with ${given.join(' and ')}`, hint: 'expected one of monthly, quarterly, annual, or none with the reason' });
    return {};
  }
  if (typeof data.none === 'string') {
    if (data.currency !== undefined) problems.push({ place, message: 'a currency without an amount', hint: 'leave it out' });
    return { budget: { amount: { none: data.none }, place } };
  }
  const value = data[given[0]!];
  if (typeof value !== 'number' || value <= 0) return {};
  return { budget: { amount: { period: PERIODS[given[0]!]!, value }, ...(typeof data.currency === 'string' && { currency: data.currency }), place } };
}
