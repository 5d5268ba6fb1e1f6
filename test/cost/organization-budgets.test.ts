import { App, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { ALERTS, budgetsOf, organizationFile, TREE, zoneOf } from './cost-fixture';
import { Budget, BudgetAmount, BudgetThreshold, CostAlerts, CostStandard, LandingZone } from '../../src';

const EMPTY = TREE.split('\n').filter((line) => !line.includes('budget: { none')).join('\n').replace(/,? ?budget: (\{[^}]*\}|[0-9]+)/g, '');

describe('amounts of the file', () => {
  const { app, zone } = zoneOf(TREE);
  const budgets = budgetsOf(app);

  test('each account has its budget, filtered by its id; excused ones and units without accounts have none', () => {
    expect(Object.keys(budgets).sort()).toEqual(['account/management', 'account/payments-prod', 'account/web-prod', 'unit/Root', 'unit/Root/Workloads']);
    expect(budgets['account/web-prod']!.Properties.Budget).toEqual({
      BudgetName: 'account/web-prod', BudgetType: 'COST', TimeUnit: 'QUARTERLY', BudgetLimit: { Amount: 600, Unit: 'USD' }, CostFilters: { LinkedAccount: [zone.account('web-prod').accountId] },
    });
  });

  test('a unit is filtered by its accounts, the root by nothing: it is the whole bill', () => {
    expect(budgets['unit/Root/Workloads']!.Properties.Budget.CostFilters).toEqual({ LinkedAccount: [zone.account('web-prod').accountId, zone.account('payments-prod').accountId] });
    expect(budgets['unit/Root']!.Properties.Budget.CostFilters).toBeUndefined();
    expect(budgets['unit/Root']!.Properties.Budget.TimeUnit).toBe('ANNUALLY');
  });

  test('each tells the standard\'s address at 80 and 100 percent spent and 100 percent forecast', () => {
    for (const { Properties } of Object.values(budgets)) {
      expect(Properties.NotificationsWithSubscribers.map(({ Notification: { NotificationType, Threshold }, Subscribers }: any) => [NotificationType, Threshold, Subscribers])).toEqual(
        [['ACTUAL', 80], ['ACTUAL', 100], ['FORECASTED', 100]].map((one) => [...one, [{ SubscriptionType: 'EMAIL', Address: 'finops@acme.example' }]]),
      );
    }
  });

  test('stacks with placeholder ids refuse deployment', () => {
    for (const name of ['Acme-Costs', 'Acme-Costs-Accounts']) expect(app.synth().getStackByName(name).template.Rules.AccountIdsAreReal).toBeDefined();
  });

  test('budgets of a template, as a small snapshot', () => {
    expect(app.synth().getStackByName('Acme-Costs').template.Resources).toMatchSnapshot();
  });
});

test('parts of the bill, plans and amounts that AWS adjusts', () => {
  const months = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [at < 10 ? `2027-${String(at + 3).padStart(2, '0')}` : `2028-0${at - 9}`, 100 + at]));
  const budgets = budgetsOf(zoneOf(TREE, {
    budgets: [
      Budget.tag('team', 'payments', BudgetAmount.planned(months)), Budget.costCategory('Product', 'Shop', BudgetAmount.averageOf(3)), Budget.service('Amazon SageMaker', BudgetAmount.forecast()),
    ],
  }).app);
  const planned = budgets['tag/team=payments']!.Properties.Budget;
  expect(planned.CostFilters).toEqual({ TagKeyValue: ['user:team$payments'] });
  expect(Object.keys(planned.PlannedBudgetLimits)).toHaveLength(12);
  expect(planned.PlannedBudgetLimits[String(Date.UTC(2027, 2, 1) / 1000)]).toEqual({ Amount: '100', Unit: 'USD' });
  expect(planned.PlannedBudgetLimits[String(Date.UTC(2028, 1, 1) / 1000)]).toEqual({ Amount: '111', Unit: 'USD' });
  expect(planned.BudgetLimit).toBeUndefined();
  expect(budgets['cost-category/Product=Shop']!.Properties.Budget).toMatchObject({ CostFilters: { CostCategory: ['Product$Shop'] }, AutoAdjustData: { AutoAdjustType: 'HISTORICAL', HistoricalOptions: { BudgetAdjustmentPeriod: 3 } } });
  expect(budgets['service/Amazon SageMaker']!.Properties.Budget).toMatchObject({ CostFilters: { Service: ['Amazon SageMaker'] }, AutoAdjustData: { AutoAdjustType: 'FORECAST' } });
});

test('accounts that are added in code have the default; own budgets, thresholds and addresses win', () => {
  const { app, zone } = zoneOf(TREE, {
    accountDefault: BudgetAmount.monthly(10),
    budgets: [Budget.account('late-b', BudgetAmount.monthly(20), { thresholds: [BudgetThreshold.actual(50)], alerts: new CostAlerts({ emails: ['b@acme.example'] }) })],
  });
  for (const key of ['late-a', 'late-b']) zone.unit('Sandbox').addAccount(key, { email: `aws+${key}@acme.example` });
  const budgets = budgetsOf(app);
  expect(budgets['account/late-a']!.Properties.Budget.BudgetLimit.Amount).toBe(10);
  expect(budgets['account/late-b']!.Properties).toMatchObject({ Budget: { BudgetLimit: { Amount: 20 } }, NotificationsWithSubscribers: [{ Notification: { Threshold: 50 }, Subscribers: [{ Address: 'b@acme.example' }] }] });
  expect(budgets['unit/Root/Sandbox']!.Properties.Budget.CostFilters.LinkedAccount).toHaveLength(2);
});

describe('Slack', () => {
  const { app, zone } = zoneOf(TREE, { alerts: new CostAlerts({ slack: { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' } }) });
  const { Resources: resources } = app.synth().getStackByName('Acme-Costs').template as { Resources: { [id: string]: any } };
  const one = (type: string) => Object.values(resources).find(({ Type }) => Type === type).Properties;

  test('a topic of the management account that budgets publish to, by its ARN in other stacks', () => {
    const arn = `arn:aws:sns:eu-west-1:${zone.organization.managementAccountId}:Acme-costs`;
    expect(budgetsOf(app)['account/web-prod']!.Properties.NotificationsWithSubscribers[0].Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: arn }]);
    expect(one('AWS::SNS::TopicPolicy').PolicyDocument.Statement[0]).toMatchObject({ Action: 'sns:Publish', Principal: { Service: ['budgets.amazonaws.com', 'costalerts.amazonaws.com'] } });
    expect(one('AWS::KMS::Key').KeyPolicy.Statement[1].Action).toEqual(['kms:GenerateDataKey*', 'kms:Decrypt']);
  });

  test('the channel hears of it, and may do nothing', () => {
    expect(one('AWS::Chatbot::SlackChannelConfiguration')).toMatchObject({ SlackChannelId: 'C07EZ1ABC23', GuardrailPolicies: ['arn:aws:iam::aws:policy/AWSDenyAll'] });
    expect(one('AWS::IAM::Role').Policies).toBeUndefined();
  });
});

describe('laws', () => {
  const ids = (tree: string, accountStacks?: number) => {
    const { app, zone } = zoneOf(tree, { accountDefault: BudgetAmount.monthly(1) }, { accountStacks });
    for (let at = 0; at < 30; at++) zone.unit('Workloads').addAccount(`a${at}`, { email: `a${at}@acme.example` });
    return Object.fromEntries(Object.entries(budgetsOf(app)).map(([name, { stack, id }]) => [name, `${stack} ${id}`]));
  };
  const more = EMPTY.replace('        web-prod:', '        added: { email: added@acme.example }\n        web-prod:');

  test.each([undefined, 4])('adding an account moves no budget', (accountStacks) => {
    const before = ids(EMPTY, accountStacks);
    const after = ids(more, accountStacks);
    expect(after['account/added']).toBeDefined();
    expect(after).toMatchObject(before);
    expect(new Set(Object.values(before).map((one) => one.split(' ')[0])).size).toBe(accountStacks ?? 1);
  });

  test('moving an account between units keeps its budget', () => {
    const moved = EMPTY.replace(/ {8}web-prod.*\n/, '').replace('    Sandbox: { }', '    Sandbox: { accounts: { web-prod: { email: aws+web@acme.example } } }');
    expect(moved).toMatch(/Sandbox: \{ accounts/);
    expect(ids(moved)['account/web-prod']).toBe(ids(EMPTY)['account/web-prod']);
  });

  test('keys that differ by a hyphen only are two budgets', () => {
    const both = ids(EMPTY.replace('        web-prod:', '        webprod: { email: webprod@acme.example }\n        web-prod:'));
    expect(both['account/webprod']).not.toBe(both['account/web-prod']);
  });

  test('two syntheses are the same', () => {
    const template = () => JSON.stringify(zoneOf(TREE).app.synth().getStackByName('Acme-Costs-Accounts').template);
    expect(template()).toBe(template());
  });
});

describe('what stops synthesis', () => {
  const failing = (tree: string, costs: Parameters<typeof zoneOf>[1] = {}, more: (zone: LandingZone, app: App) => void = () => undefined) => {
    const { app, zone } = zoneOf(tree, costs);
    more(zone, app);
    return () => app.synth();
  };

  test('an account without a budget', () => {
    const tree = TREE.replace(', budget: 500', '');
    expect(failing(tree)).toThrow(/payments-prod has no budget/);
    expect(failing(tree, { withoutBudget: [{ account: 'payments-prod', reason: 'closes in December' }] })).not.toThrow();
  });

  test('budgets that are together above the parent\'s, also those that code adds', () => {
    expect(failing(TREE, {}, (zone) => { zone.unit('Sandbox').addAccount('lab', { email: 'lab@acme.example' }); })).toThrow(/lab has no budget/);
    expect(failing(TREE, { budgets: [Budget.account('lab', BudgetAmount.quarterly(300))] }, (zone) => { zone.unit('Sandbox').addAccount('lab', { email: 'lab@acme.example' }); }))
      .toThrow(/the budget of Root\/Sandbox is 90 USD a month, and those below it are 100 together/);
  });

  test('somebody changed a filter, a subscriber, thresholds or the currency', () => {
    const changed = (name: string, change: (budget: CfnBudget) => void) => failing(TREE, {}, (_, app) => {
      const { node } = app;
      node.addValidation({
        validate: () => {
          const budget = node.findAll().find((one): one is CfnBudget => one instanceof CfnBudget && (one.budget as CfnBudget.BudgetDataProperty).budgetName === name)!;
          change(budget);
          return [];
        },
      });
    });
    expect(changed('unit/Root/Workloads', (budget) => budget.addPropertyDeletionOverride('Budget.CostFilters'))).toThrow(/budget unit\/Root\/Workloads does not watch the accounts of Root\/Workloads/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyOverride('Budget.CostFilters.LinkedAccount.0', '999999999999'))).toThrow(/web-prod has no budget/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyOverride('NotificationsWithSubscribers.0.Subscribers.0.Address', 'nobody'))).toThrow(/tells "nobody", which is no e-mail address/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyOverride('NotificationsWithSubscribers.0.Subscribers', []))).toThrow(/has a threshold of which nobody hears/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyOverride('NotificationsWithSubscribers.1.Notification.Threshold', 8))).toThrow(/thresholds that do not rise: ACTUAL 80, 8/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyDeletionOverride('NotificationsWithSubscribers'))).toThrow(/never alerts/);
    expect(changed('account/web-prod', (budget) => budget.addPropertyOverride('Budget.BudgetLimit.Unit', 'EUR'))).toThrow(/is in EUR, and the bill in USD/);
  });

  test('topics that nobody hears', () => {
    const own = (zone: LandingZone) => `arn:aws:sns:eu-west-1:${zone.organization.managementAccountId}:own`;
    const foreign = new CostAlerts({ topicArn: 'arn:aws:sns:eu-west-1:111122223333:costs' });
    expect(failing(TREE, { alerts: foreign })).toThrow(/AWS publishes to topics of the management account/);
    const managed = zoneOf(TREE).zone;
    const silent = (kmsMasterKeyId?: string) => failing(TREE, { alerts: new CostAlerts({ topicArn: own(managed) }) }, (zone) => {
      new CfnTopic(new Stack(zone, 'Topics', { env: { account: zone.organization.managementAccountId, region: 'eu-west-1' } }), 'Own', { topicName: 'own', kmsMasterKeyId });
    });
    expect(silent()).toThrow(/has no policy that lets budgets.amazonaws.com publish/);
    expect(silent('alias/aws/sns')).toThrow(/encrypted with AWS's key of SNS/);
  });

  test('names that are not there, twice said amounts, currencies', () => {
    expect(failing(TREE, { budgets: [Budget.account('nobody', BudgetAmount.monthly(1)), Budget.unit('Nowhere', BudgetAmount.monthly(1))] })).toThrow(/no account "nobody"[^]*no unit "Root\/Nowhere"/);
    expect(failing(TREE, { budgets: [Budget.account('web-prod', BudgetAmount.monthly(1))] })).toThrow(/The budget of account web-prod is in .*organization.yaml and in code: keep one/);
    expect(failing(TREE, { withoutBudget: [{ account: 'web-prod', reason: 'x' }, { account: 'nobody', reason: 'x' }] })).toThrow(/web-prod has a budget, and is excused[^]*no account "nobody", which is excused/);
    expect(failing(TREE, { currency: 'EUR' })).toThrow(/organization.yaml:\d+: a budget in USD, while the cost standard is in EUR/);
  });

  test('names that AWS does not take', () => {
    expect(failing(TREE, { budgets: [Budget.tag('team', 'a:b', BudgetAmount.monthly(1))] })).toThrow(/Budget "tag\/team=a:b" cannot be named so: AWS takes neither ":" nor "\/action\/"/);
    expect(failing(TREE, { budgets: [Budget.unit('Workloads/action/Prod', BudgetAmount.monthly(1))] }, (zone) => {
      zone.unit('Workloads').addUnit('action').addUnit('Prod').addAccount('late', { email: 'late@acme.example' });
    })).toThrow(/Budget "unit\/Root\/Workloads\/action\/Prod" cannot be named so/);
  });

  test('a file with budgets that nobody watches', () => {
    const app = new App({ analyticsReporting: false });
    new LandingZone(app, 'Acme', { organization: organizationFile(TREE) });
    expect(() => app.synth()).toThrow(/has budgets \(management, Root, Workloads, web-prod, payments-prod, …\), and nobody watches them/);
  });
});

test.each<[string, () => unknown, RegExp]>([
  ['nobody to tell', () => new CostAlerts({}), /nobody is told/],
  ['no address', () => new CostAlerts({ emails: ['finops'] }), /"finops" is no e-mail address/],
  ['too many addresses', () => new CostAlerts({ emails: Array.from({ length: 11 }, (_, at) => `a${at}@b.cd`) }), /11 e-mail addresses, and AWS tells 10/],
  ['a FIFO topic', () => new CostAlerts({ topicArn: 'arn:aws:sns:eu-west-1:111122223333:a.fifo' }), /no ARN of a standard topic/],
  ['no Slack channel', () => new CostAlerts({ slack: { workspaceId: 'T07EA123LEP', channelId: '#costs' } }), /"#costs" is no id of a Slack channel/],
  ['thresholds that fall', () => new CostStandard({ alerts: ALERTS, thresholds: [BudgetThreshold.actual(100), BudgetThreshold.forecast(120), BudgetThreshold.actual(80)] }), /actual threshold 80 % after 100 %/],
  ['six thresholds', () => new CostStandard({ alerts: ALERTS, thresholds: [1, 2, 3, 4, 5, 6].map((percent) => BudgetThreshold.actual(percent)) }), /6 thresholds, and CloudFormation takes 5/],
  ['no threshold', () => new CostStandard({ alerts: ALERTS, thresholds: [] }), /it never alerts/],
  ['a threshold of nothing', () => BudgetThreshold.actual(0), /A threshold of 0 %/],
  ['a budget twice', () => new CostStandard({ alerts: ALERTS, budgets: [Budget.unit('A', BudgetAmount.monthly(1)), Budget.unit('Root/A', BudgetAmount.monthly(2))] }), /budget unit\/Root\/A is declared twice/],
  ['no reason', () => new CostStandard({ alerts: ALERTS, withoutBudget: [{ account: 'a', reason: ' ' }] }), /excused without a reason/],
  ['no amount', () => BudgetAmount.monthly(0), /expected an amount above zero/],
  ['a plan with a gap', () => BudgetAmount.planned({ '2027-01': 1, '2027-03': 1 }), /Expected twelve months that follow one another/],
  ['an average of a fraction', () => BudgetAmount.averageOf(1.5), /whole number of months from 1 to 12/],
  ['a currency', () => new CostStandard({ alerts: ALERTS, currency: 'Dollar' }), /expected three letters/],
])('refused: %s', (_, make, message) => expect(make).toThrow(message));
