import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LandingZone, RegionStandard, ZoneInspectorProps } from '../../src';

const REGIONS = ['eu-west-1', 'us-east-1'];

function zone(props?: ZoneInspectorProps) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: REGIONS }), accountEmail: 'aws+{account}@acme.example' });
  made.detection.addInspector(props);
  const stack = app.node.findChild('Acme-Inspector-Administrator-eu-west-1') as Stack;
  const policies = () => Object.values(Template.fromStack(made.organizationStack).findResources('AWS::Organizations::Policy')).map(({ Properties }) => Properties.Type);
  return { app, made, stack, policies, administrators: () => Object.entries(Template.fromStack(stack).findResources('Custom::InspectorAdministrator')) };
}

test('the management account names the administrator, one Region after the other, after the organization trusts Inspector', () => {
  const { made, stack, administrators } = zone();
  const [first, second] = administrators();
  expect([first![1].Properties, second![1].Properties]).toMatchObject(REGIONS.map((Region) => ({ Region, AccountId: made.account('security').accountId })));
  expect([first![1].DependsOn, second![1].DependsOn]).toEqual([undefined, [first![0]]]);
  expect(stack.account).toBe(made.organization.managementAccountId);
  expect(stack.dependencies).toEqual([made.organizationStack]);
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'inspector2.amazonaws.com' });
});

test('all accounts are scanned by an organization policy, unless there is a reason, which is in the template', () => {
  expect(zone().policies()).toContain('INSPECTOR_POLICY');
  const without = zone({ withoutPolicy: 'The administrator first' });
  expect(without.policies()).not.toContain('INSPECTOR_POLICY');
  for (const [, { Metadata }] of without.administrators()) expect(Metadata['cdk-landing-zone']).toEqual({ withoutPolicy: 'The administrator first' });
  expect(() => zone({ withoutPolicy: ' ' })).toThrow('withoutPolicy is empty');
});

test('two synths are identical, and it is added once', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.detection.addInspector()).toThrow('has Inspector already');
});

test('snapshot of the administrators', () => {
  expect(zone().administrators().map(([id, { Properties: { ServiceToken, ...properties }, DependsOn }]) => ({ id, properties, DependsOn, ServiceToken }))).toMatchSnapshot();
});
