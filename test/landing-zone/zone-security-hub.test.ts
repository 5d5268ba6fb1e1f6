import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LandingZone, RegionStandard, SecurityHubStandard, ZoneSecurityHubProps } from '../../src';

const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];

function zone(props?: ZoneSecurityHubProps, allowed = REGIONS, existing = false) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example',
    existingOrganization: existing ? { organizationId: 'o-abcdefghij', rootId: 'r-wxyz', managementAccountId: '111111111111' } : undefined,
  });
  const configuration = made.detection.addSecurityHub(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, configuration, stack, template: (name: string) => Template.fromStack(stack(name)) };
}

test('the administrator and the management account have a hub in every Region, and the management account names the administrator there', () => {
  const { made, stack, template } = zone();
  for (const region of REGIONS) {
    expect(stack(`Acme-SecurityHub-${region}`).account).toBe(made.account('security').accountId);
    template(`Acme-SecurityHub-${region}`).hasResource('AWS::SecurityHub::Hub', { Properties: { EnableDefaultStandards: false }, DeletionPolicy: 'RetainExceptOnCreate' });
    const management = template(`Acme-SecurityHub-Management-${region}`);
    expect(stack(`Acme-SecurityHub-Management-${region}`).account).toBe(made.organization.managementAccountId);
    const [hub] = Object.keys(management.findResources('AWS::SecurityHub::Hub'));
    management.hasResource('AWS::SecurityHub::DelegatedAdmin', { Properties: { AdminAccountId: made.account('security').accountId }, DependsOn: [hub], DeletionPolicy: 'RetainExceptOnCreate' });
  }
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'securityhub.amazonaws.com' });
});

test('hubs come first, then administrators one Region after the other, then the configuration of all accounts', () => {
  const { stack } = zone();
  const names = (name: string) => stack(name).dependencies.map(({ stackName }) => stackName);
  for (const [at, region] of REGIONS.entries()) {
    expect(names(`Acme-SecurityHub-Management-${region}`)).toEqual(['Acme-Organization', `Acme-SecurityHub-${region}`, ...REGIONS.slice(Math.max(0, at - 1), at).map((last) => `Acme-SecurityHub-Management-${last}`)]);
  }
  expect(names('Acme-SecurityHub-Configuration-eu-west-1')).toEqual(['Acme-Organization', ...REGIONS.map((region) => `Acme-SecurityHub-Management-${region}`)]);
});

test('the configuration is for the root, with the Regions of the zone and what was chosen', () => {
  const { configuration, template } = zone({ standards: [SecurityHubStandard.PCI_DSS], without: [{ control: 'IAM.6', reason: 'No root credentials' }] }, REGIONS, true);
  const made = template('Acme-SecurityHub-Configuration-eu-west-1');
  made.hasResourceProperties('AWS::SecurityHub::PolicyAssociation', { TargetId: 'r-wxyz', TargetType: 'ROOT' });
  made.hasResourceProperties('AWS::SecurityHub::FindingAggregator', { Regions: ['eu-central-1', 'us-east-1'] });
  made.hasResourceProperties('AWS::SecurityHub::ConfigurationPolicy', { ConfigurationPolicy: { SecurityHub: { SecurityControlsConfiguration: { DisabledSecurityControlIdentifiers: ['IAM.6'] } } } });
  expect(configuration.standardNames).toEqual(['pci-dss/v/4.0.1']);
});

test('the root is a literal, also where CloudFormation makes the organization: another account\'s stack names it', () => {
  const [association] = Object.values(zone().template('Acme-SecurityHub-Configuration-eu-west-1').findResources('AWS::SecurityHub::PolicyAssociation'));
  expect(association!.Properties.TargetId).toMatch(/^r-[0-9a-z]{4,32}$/);
});

test('Security Hub itself is an organization policy, on request', () => {
  const policies = (made: LandingZone) => JSON.stringify(Template.fromStack(made.organizationStack).findResources('AWS::Organizations::Policy'));
  expect(policies(zone().made)).not.toContain('SECURITYHUB_POLICY');
  expect(policies(zone({ unified: true }).made)).toContain('"Type":"SECURITYHUB_POLICY"');
});

test('no control of the default zone denies it, two synths are identical, and it is added once', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.detection.addSecurityHub()).toThrow('has Security Hub already');
  expect(() => zone({}, ['eu-west-1'])).toThrow('Allow a second Region');
});
