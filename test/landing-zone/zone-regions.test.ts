import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { LandingZone, RegionStandard, RegionStandardProps } from '../../src';

const ZURICH = ['eu-central-1', 'eu-central-2'];

function zone(regions: Partial<RegionStandardProps> = {}, accountStacks?: number) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-central-1', allowed: ZURICH, ...regions }), accountEmail: 'aws+{account}@acme.example', accountStacks });
  return { app, made };
}

const before = (app: App, name: string) => app.synth().stacks.find(({ stackName }) => stackName === name)!.dependencies.flatMap((one) => ('stackName' in one ? [one.stackName as string] : [])).sort();

test('an allowed Region that nobody enables stops synthesis, with the ways out', () => {
  expect(() => zone().app.synth()).toThrow('Accounts have to opt in to eu-central-2 before anything is deployed there, and nobody lets them. Call zone.enableOptInRegions(), or say who does');
  expect(() => zone({ openedElsewhere: 'Account vending opts in' }).app.synth()).not.toThrow();
  expect(() => zone({ allowed: ['eu-central-1'] }).app.synth()).not.toThrow();
  const { app, made } = zone();
  made.enableOptInRegions();
  expect(() => app.synth()).not.toThrow();
  expect(() => zone({ openedElsewhere: ' ' })).toThrow('openedElsewhere is empty');
});

test('accounts of the organization opt in, those that are added later too, after the organization trusts Account Management', () => {
  const { app, made } = zone();
  const stack = Stack.of(made.enableOptInRegions());
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::OptInRegions', { Regions: ['eu-central-2'], Accounts: ['log-archive', 'network', 'payments-prod', 'security'] });
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'account.amazonaws.com' });
  expect(before(app, 'Acme-Regions')).toEqual(['Acme-Organization']);
});

test('stacks and baselines in such Regions wait, also those that were there before; the others do not', () => {
  const { app, made } = zone();
  const content = { define: (stack: Stack) => { new CfnParameter(stack, 'Owner', { type: 'String', value: 'platform' }); } };
  made.addBaseline('Everywhere', { waves: [{ name: 'all', units: [made.organization.root] }], content });
  new CfnParameter(new Stack(app, 'Zurich', { env: { account: '111122223333', region: 'eu-central-2' } }), 'Owner', { type: 'String', value: 'platform' });
  new CfnParameter(new Stack(app, 'Frankfurt', { env: { account: '111122223333', region: 'eu-central-1' } }), 'Owner', { type: 'String', value: 'platform' });
  new CfnParameter(new Stack(app, 'Anywhere'), 'Owner', { type: 'String', value: 'platform' });
  made.enableOptInRegions();
  made.addBaseline('Home', { waves: [{ name: 'all', units: [made.organization.root] }], regions: ['eu-central-1'], content });
  const waiting = app.synth().stacks.filter((one) => one.dependencies.some((other) => 'stackName' in other && other.stackName === 'Acme-Regions')).map(({ stackName }) => stackName);
  expect(waiting.sort()).toEqual(['Acme-Everywhere-Root', 'Zurich']);
});

test('a home Region that is opt-in makes no circle, and spread accounts are there first', () => {
  const { app, made } = zone({ home: 'eu-central-2' }, 2);
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  made.enableOptInRegions();
  expect(before(app, 'Acme-Regions')).toEqual(expect.arrayContaining(['Acme-Organization', expect.stringMatching(/^Acme-Organization-/)]));
});

test('what opts nobody in is refused', () => {
  expect(() => zone({ allowed: ['eu-central-1'] }).made.enableOptInRegions()).toThrow('No allowed Region is one that accounts have to opt in to: eu-central-1');
  const { made } = zone();
  made.enableOptInRegions();
  expect(() => made.enableOptInRegions()).toThrow('opts its accounts in already');
});
