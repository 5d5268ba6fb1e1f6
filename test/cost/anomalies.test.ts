import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ALERTS, TREE, zoneOf } from './cost-fixture';
import { AnomalyAlert, AnomalyMonitor, AnomalyThreshold, CostAlerts, CostAnomalies, CostStandard } from '../../src';

const ARN = 'arn:aws:ce::111122223333:anomalymonitor/4f2ab0a0-4c2d-4ea7-8e2e-000000000000';
const SLACK = new CostAlerts({ emails: ['finops@acme.example'], slack: { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' } });

interface Named {
  readonly [name: string]: any;
}

function made(app: App): { readonly monitors: Named; readonly subscriptions: Named; readonly template: any } {
  const stack = app.synth().getStackByName('Acme-Costs-Anomalies');
  expect(stack.environment.region).toBe('us-east-1');
  const resources = Object.values<any>(stack.template.Resources);
  const of = (type: string, name: string) => Object.fromEntries(resources.filter(({ Type }) => Type === type).map(({ Properties }) => [Properties[name], Properties]));
  return { monitors: of('AWS::CE::AnomalyMonitor', 'MonitorName'), subscriptions: of('AWS::CE::AnomalySubscription', 'SubscriptionName'), template: stack.template };
}

describe('by default', () => {
  const { app } = zoneOf(TREE);
  const { monitors, subscriptions, template } = made(app);

  test('each account by itself, told daily by e-mail from 100 and 40 % above what is expected', () => {
    expect(monitors).toEqual({ 'Acme-by-account': { MonitorName: 'Acme-by-account', MonitorType: 'DIMENSIONAL', MonitorDimension: 'LINKED_ACCOUNT' } });
    expect(subscriptions['Acme-daily']).toMatchObject({ Frequency: 'DAILY', Subscribers: [{ Type: 'EMAIL', Address: 'finops@acme.example' }], MonitorArnList: [{ 'Fn::GetAtt': [expect.any(String), 'MonitorArn'] }] });
    expect(JSON.parse(subscriptions['Acme-daily'].ThresholdExpression)).toEqual({
      And: [
        { Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: ['100'] } },
        { Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_PERCENTAGE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: ['40'] } },
      ],
    });
  });

  test('a template as a small snapshot', () => {
    expect(template.Resources).toMatchSnapshot();
  });

  test('by a topic where there is no address, and not at all where the only topic is in another Region', () => {
    const topic = (region: string) => new CostAlerts({ topicArn: `arn:aws:sns:${region}:${zoneOf(TREE).zone.organization.managementAccountId}:own` });
    expect(Object.keys(made(zoneOf(TREE, { alerts: topic('us-east-1') }).app).subscriptions)).toEqual(['Acme-immediate']);
    expect(zoneOf(TREE, { alerts: topic('eu-west-1') }).app.synth().stacks.map(({ stackName }) => stackName)).not.toContain('Acme-Costs-Anomalies');
  });

  test('another account, another order and another threshold change no id', () => {
    const ids = (anomalies: CostAnomalies) => Object.keys(made(zoneOf(TREE, { anomalies }).app).template.Resources).sort();
    const two = [AnomalyMonitor.byAccount(), AnomalyMonitor.tag('team', 'a', 'b')];
    expect(ids(CostAnomalies.watch({ monitors: [...two].reverse(), alerts: [AnomalyAlert.daily({ threshold: AnomalyThreshold.amount(5) })] }))).toEqual(ids(CostAnomalies.watch({ monitors: two })));
  });

  test('nag-clean', () => {
    const { app: other } = zoneOf(TREE, { alerts: SLACK, anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.immediate()] }) });
    other.synth();
    const violations = new AwsSolutionsChecks(other).validateScope(other.node.findChild('Acme').node.findChild('CostManagement')).violations;
    expect(violations.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('what is watched', () => {
  const all = [
    AnomalyMonitor.byService(), AnomalyMonitor.byTag('team'), AnomalyMonitor.byCostCategory('Product'), AnomalyMonitor.accounts('web-prod', 'payments-prod'), AnomalyMonitor.tag('team', 'a', 'b'),
    AnomalyMonitor.costCategory('Product', 'Shop'),
  ];
  const { app, zone } = zoneOf(TREE, { anomalies: CostAnomalies.watch({ monitors: all }) });
  const { monitors, subscriptions, template } = made(app);
  const specification = (name: string) => [monitors[name].MonitorType, monitors[name].MonitorDimension, monitors[name].MonitorSpecification && JSON.parse(monitors[name].MonitorSpecification)];

  test('AWS\'s own monitors have a dimension, others a specification', () => {
    expect(specification('Acme-by-service')).toEqual(['DIMENSIONAL', 'SERVICE', undefined]);
    expect(specification('Acme-by-tag-team')).toEqual(['DIMENSIONAL', 'TAG', { Tags: { Key: 'team' } }]);
    expect(specification('Acme-by-cost-category-Product')).toEqual(['DIMENSIONAL', 'COST_CATEGORY', { CostCategories: { Key: 'Product' } }]);
    expect(specification('Acme-accounts-web-prod-payments-prod')).toEqual(
      ['CUSTOM', undefined, { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['web-prod', 'payments-prod'].map((key) => zone.account(key).accountId) } }]);
    expect(specification('Acme-tag-team-a-b')).toEqual(['CUSTOM', undefined, { Tags: { Key: 'team', Values: ['a', 'b'] } }]);
    expect(specification('Acme-cost-category-Product-Shop')).toEqual(['CUSTOM', undefined, { CostCategories: { Key: 'Product', Values: ['Shop'] } }]);
  });

  test('all of them are told; placeholder ids refuse deployment', () => {
    expect(subscriptions['Acme-daily'].MonitorArnList).toHaveLength(all.length);
    expect(JSON.stringify(template.Rules.AccountIdsAreReal)).toMatch(/placeholder account id/);
  });

  test('a monitor that exists is told and not made', () => {
    const { zone: any } = zoneOf(TREE);
    const existing = ARN.replace('111122223333', any.organization.managementAccountId);
    const alerts = [AnomalyAlert.weekly({ threshold: AnomalyThreshold.either(10, 5) })];
    const found = made(zoneOf(TREE, { anomalies: CostAnomalies.watch({ monitors: [AnomalyMonitor.existing(existing)], alerts }) }).app);
    expect(found.monitors).toEqual({});
    expect(found.subscriptions['Acme-weekly']).toMatchObject({ Frequency: 'WEEKLY', MonitorArnList: [existing] });
    expect(JSON.parse(found.subscriptions['Acme-weekly'].ThresholdExpression).Or).toHaveLength(2);
  });
});

describe('how it is told', () => {
  test('each anomaly by a topic of us-east-1, which goes to the same Slack channel', () => {
    const { app, zone } = zoneOf(TREE, { alerts: SLACK, anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.immediate(), AnomalyAlert.weekly(), AnomalyAlert.weekly({ alerts: ALERTS })] }) });
    const { subscriptions, template } = made(app);
    const topic = `arn:aws:sns:us-east-1:${zone.organization.managementAccountId}:Acme-anomalies`;
    expect(Object.keys(subscriptions).sort()).toEqual(['Acme-immediate', 'Acme-weekly', 'Acme-weekly2']);
    expect(subscriptions['Acme-immediate'].Subscribers).toEqual([{ Type: 'SNS', Address: topic }]);
    const policy = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;
    expect(policy.Statement[0].Principal.Service).toContain('costalerts.amazonaws.com');
    const home = app.synth().getStackByName('Acme-Costs');
    const slack = Object.values<any>(home.template.Resources).find(({ Type }) => Type === 'AWS::Chatbot::SlackChannelConfiguration').Properties;
    expect(slack.SnsTopicArns).toEqual([expect.anything(), topic]);
    expect(home.dependencies.map(({ id }) => id)).toContain(app.synth().getStackByName('Acme-Costs-Anomalies').id);
  });

  test('where the home is us-east-1, by the topic of budgets', () => {
    const { app, zone } = zoneOf(TREE.replace(/eu-west-1/g, 'us-east-1'), { alerts: SLACK, anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.immediate()] }) });
    expect(made(app).subscriptions['Acme-immediate'].Subscribers).toEqual([{ Type: 'SNS', Address: `arn:aws:sns:us-east-1:${zone.organization.managementAccountId}:Acme-costs` }]);
  });

  test('not at all, for a reason that the template keeps', () => {
    const { app } = zoneOf(TREE, { anomalies: CostAnomalies.none('our broker watches') });
    const names = app.synth().stacks.map(({ stackName }) => stackName);
    expect(names).not.toContain('Acme-Costs-Anomalies');
    expect(app.synth().getStackByName('Acme-Costs').template.Metadata['cdk-landing-zone'].costs.withoutAnomalies).toBe('our broker watches');
  });
});

test.each<[string, () => unknown, RegExp]>([
  ['summaries without an address', () => new CostStandard({ alerts: new CostAlerts({ createTopic: true }), anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.daily()] }) }), /told daily, which AWS does by e-mail alone, and there is no address/],
  ['single anomalies without a topic', () => new CostStandard({ alerts: ALERTS, anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.immediate()] }) }), /told immediately, which AWS does by a topic alone/],
  ['own alerts that do not fit', () => AnomalyAlert.weekly({ alerts: new CostAlerts({ createTopic: true }) }), /AWS sends summaries by e-mail alone/],
  ['own topics that are to be made', () => AnomalyAlert.immediate({ alerts: ALERTS }), /without topicArn/],
  ['two by account', () => new CostStandard({ alerts: ALERTS, anomalies: CostAnomalies.watch({ monitors: [AnomalyMonitor.byAccount(), AnomalyMonitor.byAccount()] }) }), /monitor by-account is declared twice/],
  ['a monitor of nobody', () => new CostStandard({ alerts: ALERTS, anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.daily({ monitors: [AnomalyMonitor.byService()] })] }) }), /names monitor by-service, which the anomalies do not have/],
  ['nobody who hears', () => new CostStandard({ alerts: ALERTS, anomalies: CostAnomalies.watch({ alerts: [] }) }), /nobody hears of them/],
  ['nothing watched', () => new CostStandard({ alerts: ALERTS, anomalies: CostAnomalies.watch({ monitors: [] }) }), /no monitor: use CostAnomalies.none/],
  ['no reason', () => CostAnomalies.none(' '), /without a reason/],
  ['eleven accounts', () => AnomalyMonitor.accounts(...Array.from({ length: 11 }, (_, at) => `a${at}`)), /11 values: expected 1 to 10/],
  ['no ARN', () => AnomalyMonitor.existing('arn:aws:ce::1:anomalymonitor/x'), /is no ARN of an anomaly monitor/],
  ['a threshold below nothing', () => AnomalyThreshold.amount(-1), /expected 0 to 10,000,000,000/],
])('%s is refused', (_, make, words) => {
  expect(make).toThrow(words);
});

test.each<[string, Parameters<typeof zoneOf>[1], RegExp]>([
  ['an account that is not there', { anomalies: CostAnomalies.watch({ monitors: [AnomalyMonitor.accounts('nobody')] }) }, /watches account "nobody", which is not there/],
  ['a monitor of another account', { anomalies: CostAnomalies.watch({ monitors: [AnomalyMonitor.existing(ARN)] }) }, /is of account 111122223333, and subscriptions are made in the management account/],
  ['a topic of another Region', { anomalies: CostAnomalies.watch({ alerts: [AnomalyAlert.immediate({ alerts: new CostAlerts({ topicArn: 'arn:aws:sns:eu-west-1:111122223333:costs' }) })] }) }, /expected one of the management account .* in us-east-1/],
])('%s stops synthesis', (_, costs, words) => {
  expect(() => zoneOf(TREE, costs).app.synth()).toThrow(words);
});
