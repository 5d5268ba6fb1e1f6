import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import { BudgetThreshold } from '../cost/budget-threshold';
import { InputError } from '../model/input-error';

/** Properties of what a product may cost. */
export interface ProductBudgetProps {
  /** As it was said to `PavedRoad.apply`: costs with the tag `product` of this value count. */
  readonly product: string;
  /** What it may cost in a month, in the currency. */
  readonly monthlyAmount: number;
  /** Who hears of it, 1 to 10 addresses. */
  readonly emails: string[];
  /** Currency of the bill. @default 'USD' */
  readonly currency?: string;
  /** When they do, at most 5. @default - at 80 % and 100 % spent, and when 100 % are expected */
  readonly thresholds?: BudgetThreshold[];
}

/** Of a budget: https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html */
const MOST_EMAILS = 10;
const MOST_NOTIFICATIONS = 5;

/**
 * What a product may cost in its account, beside the account's budget that the landing zone has: for accounts with several products. One for each product and account. The tag `product` must be active as a cost allocation tag, which the
 * organization's `TaggingStandard` does.
 *
 * @example
 * new ProductBudget(stack, 'Budget', { product: 'payments', monthlyAmount: 800, emails: ['team-payments@acme.example'] });
 */
export class ProductBudget extends Construct {
  public constructor(scope: Construct, id: string, props: ProductBudgetProps) {
    super(scope, id);
    const { product, monthlyAmount, emails, currency = 'USD', thresholds = [BudgetThreshold.actual(80), BudgetThreshold.actual(100), BudgetThreshold.forecast(100)] } = props;
    const problems = [
      ...(/^[\w .:/=+@-]{1,80}$/.test(product) ? [] : [`product is "${product}": 1 to 80 letters, digits, spaces and _ . : / = + - @ are expected`]),
      ...(Number.isFinite(monthlyAmount) && monthlyAmount > 0 ? [] : [`monthlyAmount is ${monthlyAmount}: more than 0 is expected`]),
      ...(emails.length >= 1 && emails.length <= MOST_EMAILS ? [] : [`${emails.length} emails are given: 1 to ${MOST_EMAILS} are expected`]),
      ...emails.filter((email) => !/^[^@\s]+@[^@\s]+$/.test(email)).map((email) => `"${email}" is no e-mail address`),
      ...(thresholds.length >= 1 && thresholds.length <= MOST_NOTIFICATIONS ? [] : [`${thresholds.length} thresholds are given: 1 to ${MOST_NOTIFICATIONS} are expected`]),
    ];
    if (problems.length > 0) throw new InputError(`ProductBudget ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
    new CfnBudget(this, 'Resource', {
      budget: {
        budgetName: `product-${product.replace(/[:/]/g, '-')}`, budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: monthlyAmount, unit: currency }, costFilters: { TagKeyValue: [`user:product$${product}`] },
      },
      notificationsWithSubscribers: thresholds.map(({ kind, value, unit }) => ({
        notification: { notificationType: kind, comparisonOperator: 'GREATER_THAN', threshold: value, thresholdType: unit },
        subscribers: emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
      })),
    });
  }
}
