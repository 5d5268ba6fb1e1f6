import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { TREE, zoneOf } from './cost-fixture';
import { CostDashboard, CostDashboardProps } from '../../src';
import { validated } from '../network/aws-solutions';

function dashboard(props: Partial<CostDashboardProps> = {}, region = 'us-east-1') {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Costs', { env: { account: '111122223333', region } });
  new CostDashboard(stack, 'Dashboard', { dashboardName: 'acme-costs', ...props });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')) as [any];
  return { name: Properties.DashboardName, body: JSON.parse(Properties.DashboardBody) };
}

test('the whole bill beside its budget, and who costs most, found by search so that new accounts are in it', () => {
  const { name, body } = dashboard({ monthlyBudget: 60_000, currency: 'EUR', most: 5 });
  expect(name).toBe('acme-costs');
  const [month, now, accounts, services] = body.widgets.map(({ properties }: any) => properties);
  expect(month).toMatchObject({ region: 'us-east-1', metrics: [['AWS/Billing', 'EstimatedCharges', 'Currency', 'EUR', {}]].map((one) => expect.arrayContaining(one.slice(0, 4))), annotations: { horizontal: [{ value: 60_000 }] } });
  expect(now.view).toBe('singleValue');
  expect(accounts.metrics[0][0].expression).toBe('SORT(SEARCH(\'{AWS/Billing,Currency,LinkedAccount} MetricName="EstimatedCharges" Currency="EUR"\', \'Maximum\', 21600), MAX, DESC, 5)');
  expect(services.metrics[0][0].expression).toContain('{AWS/Billing,Currency,ServiceName}');
});

test('graphs do not lie over each other', () => {
  const taken = new Set<string>();
  for (const { x, y, width, height } of dashboard().body.widgets) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column++) {
      for (let row = y; row < y + height; row++) {
        expect(taken.has(`${column} ${row}`)).toBe(false);
        taken.add(`${column} ${row}`);
      }
    }
  }
});

test('without a budget there is no line', () => {
  expect(dashboard().body.widgets[0].properties).not.toHaveProperty('annotations');
});

test('another Region, in which it would show nothing, and other mistakes are told together', () => {
  expect(() => dashboard({ dashboardName: 'acme costs', currency: 'dollars', monthlyBudget: 0, most: 0 }, 'eu-west-1'))
    .toThrow(/its stack is in eu-west-1, and CloudWatch has charges in us-east-1 alone.*\n.*dashboardName is "acme costs".*\n.*currency is "dollars".*\n.*monthlyBudget is 0.*\n.*most is 0/);
});

test('drift, and it passes AwsSolutions and the validation of CloudFormation', () => {
  expect(dashboard()).toMatchSnapshot();
  const { violations } = validated((stack) => {
    new CfnParameter(stack, 'Other', { type: 'String', value: 'other' });
    new CostDashboard(new Stack(stack.node.root as App, 'Virginia', { env: { account: '111122223333', region: 'us-east-1' } }), 'Dashboard', { dashboardName: 'acme-costs' });
  });
  expect(violations).toEqual([]);
});

test('the zone has one in the management account, once, in its currency', () => {
  const { app, zone } = zoneOf(TREE);
  zone.addCostDashboard({ monthlyBudget: 10 });
  expect(() => zone.addCostDashboard()).toThrow('already');
  const stack = app.synth().getStackByName('Acme-Costs-Dashboard');
  expect([stack.environment.account, stack.environment.region]).toEqual([zone.organization.managementAccountId, 'us-east-1']);
  expect(JSON.stringify(stack.template)).toContain('USD');
});
