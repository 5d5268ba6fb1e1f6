import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BudgetThreshold, ProductBudget, ProductBudgetProps } from '../../src';
import { validated } from '../network/aws-solutions';

const PROPS: ProductBudgetProps = { product: 'payments', monthlyAmount: 800, emails: ['team-payments@acme.example'] };

function budget(props: Partial<ProductBudgetProps> = {}): any {
  const stack = new Stack();
  new ProductBudget(stack, 'Budget', { ...PROPS, ...props });
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::Budgets::Budget'))[0].Properties;
}

test('what has the product\'s tag counts, and its team hears at 80 and 100 %, and when so much is expected', () => {
  const { Budget, NotificationsWithSubscribers } = budget();
  expect(Budget).toEqual({ BudgetName: 'product-payments', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 800, Unit: 'USD' }, CostFilters: { TagKeyValue: ['user:product$payments'] } });
  expect(NotificationsWithSubscribers.map(({ Notification, Subscribers }: any) => [Notification.NotificationType, Notification.Threshold, Subscribers])).toEqual([
    ['ACTUAL', 80, [{ SubscriptionType: 'EMAIL', Address: 'team-payments@acme.example' }]], ['ACTUAL', 100, expect.anything()], ['FORECASTED', 100, expect.anything()],
  ]);
});

test('a name of AWS Budgets has neither colon nor slash', () => {
  expect(budget({ product: 'shop:eu/payments' }).Budget).toMatchObject({ BudgetName: 'product-shop-eu-payments', CostFilters: { TagKeyValue: ['user:product$shop:eu/payments'] } });
});

test('no check finds anything', () => {
  expect(validated((stack) => { new ProductBudget(stack, 'Budget', { ...PROPS, thresholds: [BudgetThreshold.actual(90)] }); }).violations).toEqual([]);
}, 60_000);

test('mistakes, all at once', () => {
  expect(() => budget({ product: 'a$b', monthlyAmount: 0, emails: ['nobody'], thresholds: [] })).toThrow(/has 4 problems\n {2}product is "a\$b".*\n {2}monthlyAmount is 0.*\n {2}"nobody" is no e-mail address\n {2}0 thresholds/);
  expect(() => budget({ emails: [] })).toThrow('0 emails are given: 1 to 10 are expected');
});
