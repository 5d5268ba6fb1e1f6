import { App } from 'aws-cdk-lib';
import { Controls, LandingZone, PlatformPrincipals, RegionStandard } from '../../src';
import { ZoneAccountSettingsProps } from '../../src/landing-zone/zone-account-settings';
import { stackSets } from '../delivery/baseline-fixture';
import '../../src/testing';

const CONTACTS = { security: { name: 'Security', title: 'Security operations', email: 'security@acme.example', phone: '+49 30 901820' } };

function zone(props: ZoneAccountSettingsProps = {}, setsAccounts = false, controls = [Controls.protectContacts(), Controls.protectSignIn()]) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ setsAccounts }),
  });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  made.enable('Workloads', ...controls);
  made.addAccountSettings(props);
  return { app, made };
}

test('every account and Region gets them, new ones too', () => {
  const { app, made } = zone({ contacts: CONTACTS }, true);
  app.synth();
  const set = stackSets(app)['Acme-AccountSettings-Root'];
  expect(set.Properties).toMatchObject({ AutoDeployment: { Enabled: true }, StackInstancesGroup: [{ Regions: ['eu-west-1', 'us-east-1'] }] });
  const types = Object.values<any>(JSON.parse(set.Properties.TemplateBody).Resources).map(({ Type }) => Type).filter((type) => type.startsWith('Custom::'));
  expect(types).toContain('Custom::AlternateContact');
  expect(made.account('payments-prod')).toAllow('account:PutAlternateContact', { as: 'role/landing-zone-account/any' });
  expect(made.account('payments-prod')).toNeverAllow('account:PutAlternateContact', { except: ['role/landing-zone-account/*', 'role/cdk-hnb659fds-*', 'role/stacksets-exec-*', 'role/OrganizationAccountAccessRole', 'role/AWSControlTowerExecution', 'role/break-glass'] });
});

test('nobody else makes a role that is exempt', () => {
  const { made } = zone({}, true, [Controls.protectPlatformRoles()]);
  expect(made.account('payments-prod')).toNeverAllow('iam:CreateRole', 'iam:UpdateAssumeRolePolicy', { on: 'arn:aws:iam::*:role/landing-zone-account/x' });
});

test('controls that deny what is set are told, with the way out', () => {
  expect(() => zone({ contacts: CONTACTS }).app.synth()).toThrow(/denies account:PutAlternateContact to the role that sets accounts such as payments-prod\. Exempt it, with platformPrincipals: PlatformPrincipals\.standard\({ setsAccounts: true }\)/);
  expect(() => zone().app.synth()).toThrow('denies iam:UpdateAccountPasswordPolicy');
  expect(() => zone().app.synth()).toThrow('foundational-3 at Root (statement LZSSM1) denies ssm:UpdateServiceSetting to the role that sets accounts such as log-archive');
  expect(() => zone({ withoutPasswordPolicy: 'No IAM users', publicDocuments: 'Runbooks are published' }).app.synth()).not.toThrow();
});

test('an account that a control names is asked by itself, the others by one of their unit', () => {
  const { app, made } = zone({ withoutPasswordPolicy: 'No IAM users', publicDocuments: 'Runbooks are published' }, false, []);
  made.unit('Workloads/Prod').addAccount('orders-prod', { email: 'aws+orders-prod@acme.example' });
  made.enableOnAccount('orders-prod', Controls.denyDefaultVpc(), Controls.protectContacts());
  expect(() => app.synth()).not.toThrow();
  const other = zone({ withoutPasswordPolicy: 'No IAM users', publicDocuments: 'Runbooks are published', contacts: CONTACTS }, false, []);
  other.made.unit('Workloads/Prod').addAccount('orders-prod', { email: 'aws+orders-prod@acme.example' });
  other.made.enableOnAccount('orders-prod', Controls.protectContacts());
  expect(() => other.app.synth()).toThrow('denies account:PutAlternateContact to the role that sets accounts such as orders-prod');
});

test('they are added once', () => {
  const { made } = zone();
  expect(() => made.addAccountSettings()).toThrow('sets its accounts already');
});
