import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Controls, LandingZone, PlatformPrincipals, RegionStandard, ZoneMacieProps } from '../../src';

const REGIONS = ['eu-west-1', 'us-east-1'];

function zone(props?: ZoneMacieProps, configuresDetection = false) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: REGIONS }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ configuresDetection }),
  });
  made.detection.addMacie(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, stack, find: (name: string, type: string) => Object.entries(Template.fromStack(stack(name)).findResources(type)) };
}

test('the administrator and the management account have a session in every Region', () => {
  const { made, stack, find } = zone();
  for (const region of REGIONS) {
    for (const [name, account] of [[`Acme-Macie-${region}`, made.account('security').accountId], [`Acme-Macie-Management-${region}`, made.organization.managementAccountId]] as const) {
      expect(stack(name).account).toBe(account);
      expect(find(name, 'AWS::Macie::Session').map(([, { Properties, DeletionPolicy }]) => [Properties, DeletionPolicy])).toEqual([[{ Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' }, 'RetainExceptOnCreate']]);
    }
  }
});

test('the management account names the administrator, one Region after the other, and the administrator makes all accounts members', () => {
  const { made, stack, find } = zone();
  const security = made.account('security').accountId;
  const [first, second] = find('Acme-Macie-Administrator-eu-west-1', 'Custom::MacieAdministrator');
  expect([first![1].Properties, second![1].Properties]).toMatchObject(REGIONS.map((Region) => ({ Region, AccountId: security })));
  expect([first![1].DependsOn, second![1].DependsOn]).toEqual([undefined, [first![0]]]);
  expect(find('Acme-Macie-Members-eu-west-1', 'Custom::MacieOrganization').map(([, { Properties }]) => Properties)).toMatchObject(REGIONS.map((Region) => ({ Region, AccountId: security, AutomatedDiscovery: 'ENABLED' })));
  expect([stack('Acme-Macie-Administrator-eu-west-1').account, stack('Acme-Macie-Members-eu-west-1').account]).toEqual([made.organization.managementAccountId, security]);
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationDelegatedAdministrator', { ServicePrincipal: 'macie.amazonaws.com' });
});

test('sessions come first, then the administrator, then the members, all after the organization', () => {
  const { stack } = zone();
  const names = (name: string) => stack(name).dependencies.map(({ stackName }) => stackName).sort();
  const sessions = REGIONS.flatMap((region) => [`Acme-Macie-${region}`, `Acme-Macie-Management-${region}`]);
  for (const name of sessions) expect(names(name)).toEqual(['Acme-Organization']);
  expect(names('Acme-Macie-Administrator-eu-west-1')).toEqual(['Acme-Organization', ...sessions].sort());
  expect(names('Acme-Macie-Members-eu-west-1')).toEqual(['Acme-Macie-Administrator-eu-west-1', 'Acme-Organization']);
});

test('sampling is left out for a reason, which is in the template', () => {
  for (const [, { Properties, Metadata }] of zone({ withoutDiscovery: 'Another product' }).find('Acme-Macie-Members-eu-west-1', 'Custom::MacieOrganization')) {
    expect([Properties.AutomatedDiscovery, Metadata['cdk-landing-zone']]).toEqual(['DISABLED', { withoutDiscovery: 'Another product' }]);
  }
  expect(() => zone({ withoutDiscovery: ' ' })).toThrow('withoutDiscovery is empty');
});

test('a control that denies setting it up is told', () => {
  const denied = zone();
  denied.made.enable('Security', Controls.protectDetections());
  expect(() => denied.app.synth()).toThrow(/denies macie2:UpdateAutomatedDiscoveryConfiguration to the role that sets it up in account security/);
  const exempt = zone(undefined, true);
  exempt.made.enable('Security', Controls.protectDetections());
  expect(() => exempt.app.synth()).not.toThrow();
});

test('two synths are identical, and it is added once', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.detection.addMacie()).toThrow('has Macie already');
});

test('snapshot of the administrator\'s session', () => {
  expect(zone().find('Acme-Macie-eu-west-1', 'AWS::Macie::Session')).toMatchSnapshot();
});
