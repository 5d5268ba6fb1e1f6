import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Control, Controls, LandingZone, PlatformPrincipals, PreventiveMechanism, RegionStandard, ZoneLogCentralizationProps } from '../../src';

function zone(props?: ZoneLogCentralizationProps, allowed = ['eu-west-1', 'us-east-1'], platformPrincipals?: PlatformPrincipals) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example', platformPrincipals });
  const centralization = made.logging.centralizeLogs(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  const template = (name: string) => Template.fromStack(stack(name));
  const rule = () => Object.entries(template('Acme-LogCentralization-eu-west-1').findResources('AWS::ObservabilityAdmin::OrganizationCentralizationRule'))[0]!;
  const after = (name: string) => stack(name).dependencies.map(({ stackName }) => stackName).sort();
  return { app, made, centralization, stack, template, rule, after };
}

test('the security account administers CloudWatch, has the rule, the copies and their key', () => {
  const { made, centralization, stack, template, rule } = zone();
  const { accountId } = made.account('security');
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'observabilityadmin.amazonaws.com' });
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationDelegatedAdministrator', { ServicePrincipal: 'observabilityadmin.amazonaws.com' });
  for (const name of ['Acme-LogCentralization-eu-west-1', 'Acme-CentralLogs-eu-west-1']) expect([stack(name).account, stack(name).terminationProtection]).toEqual([accountId, true]);
  template('Acme-CentralLogs-eu-west-1').resourceCountIs('AWS::KMS::Key', 1);
  const { Source, Destination } = rule()[1].Properties.Rule;
  expect([Source.Regions, Source.Scope]).toEqual([['eu-west-1', 'us-east-1'], `OrganizationId = '${made.organization._literalId}'`]);
  expect([Destination.Account, Destination.Region]).toEqual([accountId, 'eu-west-1']);
  expect(centralization.prefix).toBe('/central/');
});

test('roles that AWS makes in its console alone are made in the management account and where the copies are, before the rule', () => {
  const { template, after } = zone();
  const services = ['logs-centralization.observabilityadmin.amazonaws.com', 'observabilityadmin.amazonaws.com'];
  for (const name of ['Acme-LogCentralization-Management-eu-west-1', 'Acme-CentralLogs-eu-west-1']) {
    expect(Object.values(template(name).findResources('Custom::ServiceLinkedRole')).map(({ Properties }) => Properties.Service).sort()).toEqual(services);
  }
  expect(after('Acme-LogCentralization-Management-eu-west-1')).toEqual(['Acme-Organization']);
  expect(after('Acme-CentralLogs-eu-west-1')).toEqual(['Acme-LogCentralization-Management-eu-west-1', 'Acme-Organization']);
  expect(after('Acme-LogCentralization-eu-west-1')).toEqual(['Acme-CentralLogs-eu-west-1', 'Acme-Organization']);
});

test('another account administers: the rule reads the key by that account\'s reader', () => {
  const { made, rule, stack, after } = zone({ account: 'log-archive', region: 'us-east-1', administrator: 'security' });
  const { Destination } = rule()[1].Properties.Rule;
  expect([Destination.Account, Destination.Region, stack('Acme-LogCentralization-eu-west-1').account]).toEqual([made.account('log-archive').accountId, 'us-east-1', made.account('security').accountId]);
  expect(Destination.DestinationLogsConfiguration.LogsEncryptionConfiguration.KmsKeyArn['Fn::GetStackOutput']).toMatchObject({
    StackName: 'Acme-CentralLogs-us-east-1', Region: 'us-east-1', RoleArn: `arn:aws:iam::${made.account('log-archive').accountId}:role/landing-zone-stack-reader`,
  });
  expect(after('Acme-LogCentralization-eu-west-1')).toContain('Acme-StackReader-log-archive');
});

test('a second copy has a key in its own Region', () => {
  const { template, rule } = zone({ backupRegion: 'us-east-1' });
  template('Acme-CentralLogs-us-east-1').resourceCountIs('AWS::KMS::Key', 1);
  template('Acme-CentralLogs-us-east-1').resourceCountIs('Custom::ServiceLinkedRole', 0);
  const { BackupConfiguration, LogsEncryptionConfiguration } = rule()[1].Properties.Rule.Destination.DestinationLogsConfiguration;
  expect(BackupConfiguration).toMatchObject({ Region: 'us-east-1', KmsKeyArn: { 'Fn::GetStackOutput': { StackName: 'Acme-CentralLogs-us-east-1', Region: 'us-east-1' } } });
  expect(LogsEncryptionConfiguration.KmsKeyArn['Fn::GetStackOutput']).toMatchObject({ StackName: 'Acme-CentralLogs-eu-west-1' });
});

test('another Region or account changes no logical id', () => {
  const ids = (made: ReturnType<typeof zone>) => ['Acme-LogCentralization-Management-eu-west-1', 'Acme-CentralLogs-eu-west-1', 'Acme-LogCentralization-eu-west-1'].map((name) => Object.keys(made.template(name).toJSON().Resources));
  const more = zone({}, ['eu-west-1', 'us-east-1', 'eu-north-1']);
  more.made.unit('Sandbox').addAccount('play', { email: 'aws+play@acme.example' });
  expect(ids(more)).toEqual(ids(zone()));
});

test('two synths are identical, and it is added once', () => {
  const templates = () => zone({ backupRegion: 'us-east-1' }).app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
  expect(() => zone().made.logging.centralizeLogs()).toThrow('centralizes logs already');
});

test('refused: an account that is not there, a Region that the zone does not allow, a second copy where the first one is', () => {
  expect(() => zone({ account: 'nobody' })).toThrow('There is no account "nobody"');
  expect(() => zone({ region: 'eu-north-1', backupRegion: 'sa-east-1' })).toThrow('names eu-north-1, sa-east-1, which the zone does not allow. It allows eu-west-1, us-east-1');
  expect(() => zone({ backupRegion: 'eu-west-1' })).toThrow('which has the copies already');
});

describe('a control that denies it stops the synthesis', () => {
  const denying = (action: string, exemptPlatform: boolean) => new Control({
    ...Controls.protectLogArchive(), id: 'ACME.DENY.1', preventive: [PreventiveMechanism.serviceControl({ actions: [action], exemptPlatform })], proof: { denies: [{ action }], allows: [{ action: 's3:GetObject' }] },
  });

  test('the rule', () => {
    const { app, made } = zone();
    made.enableOnAccount('security', denying('observabilityadmin:CreateCentralizationRuleForOrganization', false));
    expect(() => app.synth()).toThrow(/Logging: .* denies observabilityadmin:CreateCentralizationRuleForOrganization to role\/cdk-hnb659fds-cfn-exec-role-1 of account security/);
  });

  test('the roles, in the account that has the copies alone', () => {
    const deny = (key: string) => {
      const { app, made } = zone({ account: 'log-archive', administrator: 'security' });
      made.enableOnAccount(key, denying('iam:CreateServiceLinkedRole', true));
      return () => app.synth();
    };
    expect(deny('log-archive')).toThrow(/denies iam:CreateServiceLinkedRole to role\/.*of account log-archive. Keep the control away/);
    expect(deny('security')).not.toThrow();
  });
});
