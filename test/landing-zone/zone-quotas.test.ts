import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Control, LandingZone, PlatformPrincipals, PreventiveMechanism, RegionStandard, Severity } from '../../src';
import { QuotaIncrease } from '../../src/organization/quotas/quota-increase';
import { stackSets } from '../delivery/baseline-fixture';

const LAMBDA: QuotaIncrease = { serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000, atCreation: true };
const ROLES: QuotaIncrease = { serviceCode: 'iam', quotaCode: 'L-FE177D64', value: 3000, regions: ['us-east-1'] };

const NO_REQUESTS = new Control({
  id: 'ACME.QUOTA.1', title: 'The platform asks for quotas', description: 'Nobody else does.', severity: Severity.LOW, frameworks: [], sources: ['The company'],
  preventive: [PreventiveMechanism.serviceControl({ actions: ['servicequotas:RequestServiceQuotaIncrease'], resources: ['*'] })],
  proof: { denies: [{ action: 'servicequotas:RequestServiceQuotaIncrease' }], allows: [{ action: 'servicequotas:GetServiceQuota' }] },
});

function zone(quotas: QuotaIncrease[], { setsAccounts = false, partition = 'aws', controls = [] as Control[] } = {}) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'eu-central-1'] }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ setsAccounts }), partition,
  });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  made.enable('Workloads', ...controls);
  made.addQuotas({ quotas });
  return { app, made };
}

test('every account asks in all Regions, and in those of global services besides', () => {
  const set = stackSets(zone([LAMBDA, ROLES], { setsAccounts: true }).app)['Acme-Quotas-Root'];
  expect(set.Properties).toMatchObject({ AutoDeployment: { Enabled: true }, StackInstancesGroup: [{ Regions: ['eu-west-1', 'eu-central-1', 'us-east-1'] }] });
  const resources = Object.values<any>(JSON.parse(set.Properties.TemplateBody).Resources).filter(({ Type }) => Type === 'Custom::ServiceQuota');
  const asked = resources.map(({ Properties }) => `${Properties.ServiceCode} ${Properties.Value}`);
  expect(asked).toEqual(['lambda 5000', 'lambda 5000', 'iam 3000']);
  expect(resources.every(({ Condition }) => Condition !== undefined)).toBe(true);
});

test('new accounts ask from the start by the request template, where that is said', () => {
  const { made } = zone([LAMBDA, ROLES], { setsAccounts: true });
  const template = Template.fromStack(made.organizationStack);
  const requests = Object.values<any>(template.findResources('Custom::OrganizationQuotaRequest')).map(({ Properties }) => [Properties.QuotaCode, Properties.Region, Properties.Value]);
  expect(requests).toEqual([['L-B99A9384', 'eu-west-1', '5000'], ['L-B99A9384', 'eu-central-1', '5000']]);
  template.hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'servicequotas.amazonaws.com' });
  Template.fromStack(zone([ROLES], { setsAccounts: true }).made.organizationStack).resourcePropertiesCountIs('Custom::OrganizationQuotaTemplate', Match.anyValue(), 0);
});

test('more than the template has room for, and a partition without one, are told', () => {
  const many = Array.from({ length: 6 }, (_, at) => ({ serviceCode: 'ec2', quotaCode: `L-${at}`, value: 100, atCreation: true }));
  expect(() => zone(many)).toThrow('atCreation asks for 12 quotas in Regions, and the organization\'s request template has room for 10');
  expect(() => zone([LAMBDA], { partition: 'aws-us-gov' })).toThrow('partition aws-us-gov has no request template: lambda L-B99A9384');
  expect(() => zone([])).toThrow('quotas is empty');
});

test('controls that deny asking are told, with the way out', () => {
  expect(() => zone([LAMBDA], { controls: [NO_REQUESTS] }).app.synth()).toThrow(/Quotas: .* denies servicequotas:RequestServiceQuotaIncrease to the role that sets accounts such as payments-prod.*setsAccounts: true/);
  expect(() => zone([LAMBDA], { controls: [NO_REQUESTS], setsAccounts: true }).app.synth()).not.toThrow();
});

test('the Region lock denies asking where accounts may not work, which is told too', () => {
  expect(() => zone([ROLES]).app.synth()).toThrow(/LZREGION1.* denies servicequotas:RequestServiceQuotaIncrease/);
  expect(() => zone([LAMBDA]).app.synth()).not.toThrow();
});

test('quotas are added once', () => {
  const { made } = zone([LAMBDA]);
  expect(() => made.addQuotas({ quotas: [ROLES] })).toThrow('asks for quotas already');
});
