import { App } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { LandingZone, RegionStandard } from '../../src';
import { stackSets } from '../delivery/baseline-fixture';

function zone(accountStacks?: number) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', accountStacks });
  const baseline = made.addBaseline('Owner', {
    waves: [{ name: 'sandbox', units: [made.unit('Sandbox')] }, { name: 'production', units: [made.unit('Workloads/Prod')] }], managementAccountIn: 'production',
    content: { define: (stack) => { new CfnParameter(stack, 'Owner', { type: 'String', value: 'platform' }); } },
  });
  return { app, made, baseline };
}

test.each([undefined, 2])('a baseline of the zone: in all its Regions, from the management account, and synthesis has nothing against it', (accountStacks) => {
  const { app, made, baseline } = zone(accountStacks);
  const sets = stackSets(app);
  expect(Object.keys(sets)).toEqual(['Acme-Owner-Sandbox', 'Acme-Owner-Workloads-Prod']);
  expect(sets['Acme-Owner-Sandbox'].Properties.StackInstancesGroup).toEqual([{
    Regions: ['eu-west-1', 'us-east-1'], DeploymentTargets: { OrganizationalUnitIds: [{ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Acme-Organization' }) }] },
  }]);
  expect(new Set(baseline.stacks.map(({ account }) => account))).toEqual(new Set([made.organization.managementAccountId]));
  expect(baseline.stacks.map(({ stackName, region }) => `${stackName} ${region}`)).toEqual([
    'Acme-Owner-Sandbox eu-west-1', 'Acme-Owner-Workloads-Prod eu-west-1', 'Acme-Owner-Management-eu-west-1 eu-west-1', 'Acme-Owner-Management-us-east-1 us-east-1',
  ]);
});

test('with placeholder ids it refuses to be deployed; nobody in the accounts has to know', () => {
  const { app } = zone();
  const { template } = app.synth().getStackByName('Acme-Owner-Sandbox');
  expect(template.Rules.AccountIdsAreReal).toBeDefined();
  expect(JSON.parse(template.Resources.StackSet.Properties.TemplateBody).Rules).toBeUndefined();
});
