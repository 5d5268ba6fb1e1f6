import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AlertSource, AlertTarget, LandingZone, RegionStandard, ZoneAlertsProps } from '../../src';
import { stackSets } from '../delivery/baseline-fixture';

const ROUTES = [{ target: AlertTarget.email('security@acme.example') }];

function zone(props: Partial<ZoneAlertsProps> = {}, allowed = ['eu-west-1', 'eu-central-1']) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example' });
  const routing = made.addAlerts({ routes: ROUTES, ...props });
  return { app, made, routing, template: (name: string) => Template.fromStack(app.node.findChild(name) as Stack) };
}

const rulesIn = (resources: object) => Object.values<any>(resources).filter(({ Type }) => Type === 'AWS::Events::Rule').map(({ Properties }) => [Properties.Description, Properties.Targets[0].Arn]);
const BUS = (made: LandingZone) => `arn:aws:events:eu-west-1:${made.account('security').accountId}:event-bus/landing-zone-alerts`;

test('the security account has the routing in the home Region, and forwards what it has of all accounts from every Region', () => {
  const { app, made, template } = zone();
  expect((app.node.findChild('Acme-Alerts-eu-west-1') as Stack).account).toBe(made.account('security').accountId);
  template('Acme-Alerts-eu-west-1').resourceCountIs('AWS::Events::EventBus', 1);
  template('Acme-Alerts-eu-central-1').resourceCountIs('AWS::Events::EventBus', 0);
  expect(rulesIn(template('Acme-Alerts-eu-central-1').toJSON().Resources)).toEqual(['Security Hub', 'GuardDuty', 'AWS Health'].map((words) => [`Forwards alerts: ${words}`, BUS(made)]));
  template('Acme-Alerts-eu-central-1').hasResourceProperties('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [{ Action: 'events:PutEvents', Resource: BUS(made) }] } }] });
});

test('every account forwards the use of root users and of break-glass, from us-east-1 too, where they sign in', () => {
  const { app, made } = zone();
  const set = stackSets(app)['Acme-Alerts-Root'];
  expect(rulesIn(JSON.parse(set.Properties.TemplateBody).Resources)).toEqual([['Forwards alerts: Root user', BUS(made)], ['Forwards alerts: Role break-glass', BUS(made)]]);
  expect(set.Properties.StackInstancesGroup[0].Regions).toEqual(['eu-west-1', 'eu-central-1', 'us-east-1']);
  const management = app.synth().stacks.filter(({ stackName }) => stackName.startsWith('Acme-Alerts-Management'));
  expect(management.map(({ environment: { account, region } }) => `${account} ${region}`).sort()).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1'].map((region) => `${made.organization.managementAccountId} ${region}`));
});

test('forwarders are deployed after the bus', () => {
  const { app } = zone();
  const stacks = app.synth().stacks.filter(({ stackName }) => stackName.startsWith('Acme-Alerts') && stackName !== 'Acme-Alerts-eu-west-1');
  expect(stacks.length).toBe(5);
  for (const { dependencies } of stacks) expect(dependencies.map(({ id }) => id)).toContain('Acme-Alerts-eu-west-1');
});

test('sources decide what forwards', () => {
  const { app, made } = zone({ sources: [AlertSource.guardDuty()] });
  expect(made.node.tryFindChild('Baselines')).toBeUndefined();
  expect(app.node.tryFindChild('Acme-Alerts-eu-central-1')).toBeDefined();
  expect(zone({ sources: [AlertSource.rootUse()] }).app.node.tryFindChild('Acme-Alerts-eu-central-1')).toBeUndefined();
});

test('another Region changes nothing that is there', () => {
  const [before, after] = [zone(), zone({}, ['eu-west-1', 'eu-central-1', 'eu-north-1'])].map(({ template }) => ['eu-west-1', 'eu-central-1'].map((region) => template(`Acme-Alerts-${region}`).toJSON()));
  expect(after).toEqual(before);
});

test('refused: alerts twice, an account that is not there', () => {
  expect(() => zone().made.addAlerts({ routes: ROUTES })).toThrow('has alerts already');
  expect(() => zone({ account: 'nobody' })).toThrow('nobody');
});
