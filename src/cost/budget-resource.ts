import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import { Budget } from './budget';
import { BudgetAmount } from './budget-amount';
import { BudgetThreshold } from './budget-threshold';
import { mark } from '../organization/metadata';

/** What a budget is made with. */
export interface BudgetFacts {
  readonly currency: string;
  readonly thresholds: readonly BudgetThreshold[];
  readonly emails: readonly string[];
  readonly topicArn?: string;
  /** Filters of AWS Budgets: name to values; none is the whole bill. */
  readonly filters: { readonly [name: string]: readonly string[] };
}

/** Longest name of a budget. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html (read 2026-11-23) */
export const MAX_NAME = 100;

/** One budget of the management account. Its name, by which CloudFormation would replace it, comes from keys alone. */
export function budgetResource(scope: Construct, budget: Budget, facts: BudgetFacts): CfnBudget {
  const filtered = Object.keys(facts.filters).length > 0;
  const resource = new CfnBudget(scope, budget.budgetKey, {
    budget: {
      budgetName: budget.budgetKey,
      budgetType: 'COST',
      timeUnit: budget._amount._period,
      ...amountOf(budget._amount, facts.currency),
      ...(filtered && { costFilters: facts.filters }),
    },
    notificationsWithSubscribers: facts.thresholds.map(({ kind, value, unit }) => ({
      notification: { notificationType: kind, comparisonOperator: 'GREATER_THAN', threshold: value, thresholdType: unit },
      subscribers: subscribersOf(facts),
    })),
  });
  mark(resource, { kind: 'budget', of: budget.kind, subject: budget.subject });
  return resource;
}

/** Whom a notification or an action tells. */
export function subscribersOf({ emails, topicArn }: Pick<BudgetFacts, 'emails' | 'topicArn'>): { readonly subscriptionType: string; readonly address: string }[] {
  return [
    ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ...(topicArn === undefined ? [] : [{ subscriptionType: 'SNS', address: topicArn }]),
  ];
}

function amountOf({ _terms: { value, planned, averageOf } }: BudgetAmount, unit: string): Partial<CfnBudget.BudgetDataProperty> {
  if (value !== undefined) return { budgetLimit: { amount: value, unit } };
  if (planned) return { plannedBudgetLimits: Object.fromEntries(planned.map((one) => [startOf(one.month), { Amount: String(one.value), Unit: unit }])) };
  if (averageOf !== undefined) return { autoAdjustData: { autoAdjustType: 'HISTORICAL', historicalOptions: { budgetAdjustmentPeriod: averageOf } } };
  return { autoAdjustData: { autoAdjustType: 'FORECAST' } };
}

/** Seconds from 1970 to the start of a month in UTC. */
function startOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return String(Date.UTC(year, number - 1, 1) / 1000);
}
