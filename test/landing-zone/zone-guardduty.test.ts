import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Controls, GuardDutyProtection, LandingZone, PlatformPrincipals, RegionStandard, ZoneGuardDutyProps } from '../../src';

const REGIONS = ['eu-west-1', 'us-east-1'];

function zone(props?: ZoneGuardDutyProps, accountStacks?: number, configuresDetection = false) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: REGIONS }), accountEmail: 'aws+{account}@acme.example', accountStacks, platformPrincipals: PlatformPrincipals.standard({ configuresDetection }),
  });
  const detectors = made.detection.addGuardDuty(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  const template = (name: string) => Template.fromStack(stack(name));
  const settings = (name: string, type: string) => Object.values(template(name).findResources(type)).map(({ Properties }) => Properties);
  return { app, made, detectors, stack, template, settings };
}

/** Names of all stacks that are deployed before another, however far. */
function before(stack: Stack): string[] {
  return [...new Set(stack.dependencies.flatMap((one) => [one.stackName, ...before(one)]))];
}

test('the account for security and the management account have a detector in every Region', () => {
  const { made, detectors, stack, settings } = zone();
  expect(detectors).toHaveLength(2);
  for (const region of REGIONS) {
    expect(stack(`Acme-GuardDuty-${region}`).account).toBe(made.account('security').accountId);
    expect(settings(`Acme-GuardDuty-${region}`, 'AWS::GuardDuty::Detector')[0].Features).toHaveLength(6);
    expect(stack(`Acme-GuardDuty-Management-${region}`).account).toBe(made.organization.managementAccountId);
    expect(settings(`Acme-GuardDuty-Management-${region}`, 'AWS::GuardDuty::Detector')).toEqual([{ Enable: true }]);
  }
});

test('the management account names the administrator, one Region after the other, and has the role of malware scans first', () => {
  const { made, stack, template, settings } = zone();
  const name = 'Acme-GuardDuty-Administrator-eu-west-1';
  expect(stack(name).account).toBe(made.organization.managementAccountId);
  expect(settings(name, 'Custom::GuardDutyAdministrator').map(({ Region, AccountId }) => ({ Region, AccountId }))).toEqual(REGIONS.map((Region) => ({ Region, AccountId: made.account('security').accountId })));
  const [first, second] = Object.entries(template(name).findResources('Custom::GuardDutyAdministrator'));
  const [role] = Object.entries(template(name).findResources('Custom::ServiceLinkedRole'));
  expect(role![1].Properties.Service).toBe('malware-protection.guardduty.amazonaws.com');
  expect([first![1].DependsOn, second![1].DependsOn]).toEqual([[role![0]], [first![0]]]);
  for (const principal of ['guardduty.amazonaws.com', 'malware-protection.guardduty.amazonaws.com']) {
    Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: principal });
  }
});

test('all accounts have all protections, the management account among them', () => {
  const { made, settings } = zone();
  const organizations = settings('Acme-GuardDuty-Members-eu-west-1', 'Custom::GuardDutyOrganization');
  expect(organizations.map(({ Region }) => Region)).toEqual(REGIONS);
  for (const { Features, Members } of organizations) {
    expect(Members).toEqual([{ AccountId: made.organization.managementAccountId, Email: 'aws+management@acme.example' }]);
    expect(Features.map(({ Name, AutoEnable }: any) => `${Name} ${AutoEnable}`)).toEqual(
      ['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING'].map((name) => `${name} ALL`),
    );
    expect(Features[5].AdditionalConfiguration).toHaveLength(3);
  }
});

test('what is left out is left out of the administrator\'s detector and of all accounts alike', () => {
  const { settings } = zone({ without: [{ protection: GuardDutyProtection.RUNTIME, reason: 'Another product' }, { protection: GuardDutyProtection.RDS, reason: 'Not there', regions: ['us-east-1'] }] });
  const [home, other] = settings('Acme-GuardDuty-Members-eu-west-1', 'Custom::GuardDutyOrganization').map(({ Features }) => Object.fromEntries(Features.map(({ Name, AutoEnable }: any) => [Name, AutoEnable])));
  expect([home.RUNTIME_MONITORING, other.RUNTIME_MONITORING, home.RDS_LOGIN_EVENTS, other.RDS_LOGIN_EVENTS]).toEqual(['NONE', 'NONE', 'ALL', undefined]);
  const features = (region: string) => settings(`Acme-GuardDuty-${region}`, 'AWS::GuardDuty::Detector')[0].Features.map(({ Name, Status }: any) => `${Name} ${Status}`);
  expect(features('us-east-1')).toEqual(['S3_DATA_EVENTS ENABLED', 'EKS_AUDIT_LOGS ENABLED', 'EBS_MALWARE_PROTECTION ENABLED', 'LAMBDA_NETWORK_LOGS ENABLED', 'RUNTIME_MONITORING DISABLED']);
  expect(features('eu-west-1')).toContain('RDS_LOGIN_EVENTS ENABLED');
  expect(() => zone({ without: [{ protection: GuardDutyProtection.RDS, reason: 'x', regions: ['ap-south-1'] }] })).toThrow('left out of ap-south-1, where GuardDuty is not set up: eu-west-1, us-east-1');
});

test.each([undefined, 2])('detectors come first, then the administrator, then the members, all after the organization', (accountStacks) => {
  const { app, stack, made } = zone(undefined, accountStacks);
  const detectors = ['Acme-GuardDuty-eu-west-1', 'Acme-GuardDuty-us-east-1', 'Acme-GuardDuty-Management-eu-west-1', 'Acme-GuardDuty-Management-us-east-1'];
  const delegating = app.node.findAll().filter((one): one is Stack => Stack.isStack(one)).filter(({ stackName }) => stackName.startsWith('Acme-Organization')).map(({ stackName }) => stackName);
  expect(delegating.length).toBe(accountStacks === undefined ? 1 : 4);
  for (const name of detectors) expect(before(stack(name)).sort()).toEqual(delegating.sort());
  expect(before(stack('Acme-GuardDuty-Administrator-eu-west-1'))).toEqual(expect.arrayContaining(detectors));
  expect(before(stack('Acme-GuardDuty-Members-eu-west-1'))).toEqual(expect.arrayContaining(['Acme-GuardDuty-Administrator-eu-west-1', ...detectors, made.organizationStack.stackName]));
});

test('another Region changes nothing that exists but what comes after what', () => {
  const ids = (allowed: string[]) => {
    const app = new App({ analyticsReporting: false });
    new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example' }).detection.addGuardDuty();
    return Object.keys(Template.fromStack(app.node.findChild('Acme-GuardDuty-Administrator-eu-west-1') as Stack).toJSON().Resources);
  };
  expect(ids(['eu-central-1', ...REGIONS])).toEqual(expect.arrayContaining(ids(REGIONS)));
});

test('a control that denies setting it up is told, with two ways out', () => {
  const denied = zone();
  denied.made.enable('Security', Controls.protectDetections());
  expect(() => denied.app.synth()).toThrow(/denies guardduty:UpdateOrganizationConfiguration to the role that sets it up in account security\. Keep that control away .* or exempt the role, with platformPrincipals: PlatformPrincipals\.standard\({ configuresDetection: true }\)/);
  const exempt = zone(undefined, undefined, true);
  exempt.made.enable('Security', Controls.protectDetections());
  expect(() => exempt.app.synth()).not.toThrow();
  expect(() => zone().app.synth()).not.toThrow();
});

test('two synths are identical, and it is added once', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.detection.addGuardDuty()).toThrow('has GuardDuty already');
});
