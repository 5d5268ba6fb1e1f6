import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Organization } from '../../../src';
import { OrganizationSettings } from '../../../src/organization/settings/organization-settings';

function settingsIn(app: App = new App({ analyticsReporting: false })): OrganizationSettings {
  return new OrganizationSettings(new Stack(app, 'Organization'), 'Settings', { rootId: 'r-ab12' });
}

function all(settings: OrganizationSettings): void {
  settings.addPolicyType('SERVICE_CONTROL_POLICY');
  const trusted = settings.trustService('guardduty.amazonaws.com');
  settings.delegate({ key: 'security', servicePrincipal: 'guardduty.amazonaws.com', accountId: '222222222222' }).node.addDependency(trusted);
  settings.shareWithOrganization();
}

function resources(settings: OrganizationSettings): Record<string, any> {
  return Template.fromStack(Stack.of(settings)).toJSON().Resources ?? {};
}

test('without settings there is nothing to deploy', () => {
  expect(resources(settingsIn())).toEqual({});
});

test('each setting is a resource of its own, and one function serves all', () => {
  const settings = settingsIn();
  all(settings);
  const template = Template.fromStack(Stack.of(settings));
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties('Custom::OrganizationPolicyType', { RootId: 'r-ab12', PolicyType: 'SERVICE_CONTROL_POLICY', ServiceTimeout: '360' });
  template.hasResourceProperties('Custom::OrganizationTrustedAccess', { ServicePrincipal: 'guardduty.amazonaws.com' });
  template.hasResource('Custom::OrganizationDelegatedAdministrator', {
    Properties: { ServicePrincipal: 'guardduty.amazonaws.com', AccountId: '222222222222' },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('Trusted')]),
  });
  template.resourceCountIs('Custom::OrganizationRamSharing', 1);
});

test('adding a setting changes nothing that exists, and asking twice is asking once', () => {
  const before = settingsIn();
  all(before);
  const after = settingsIn();
  after.trustService('config.amazonaws.com');
  all(after);
  all(after);
  const more = resources(after);
  expect(more).toMatchObject(resources(before));
  expect(Object.keys(more)).toHaveLength(Object.keys(resources(before)).length + 1);
});

test('a logical id does not depend on the account id', () => {
  const id = (accountId: string) => {
    const settings = settingsIn();
    settings.delegate({ key: 'security', servicePrincipal: 'guardduty.amazonaws.com', accountId });
    return Object.keys(Template.fromStack(Stack.of(settings)).findResources('Custom::OrganizationDelegatedAdministrator'));
  };
  expect(id('111111111111')).toEqual(id('222222222222'));
});

test('the role may do what the handler calls and nothing else', () => {
  const settings = settingsIn();
  all(settings);
  const policies = Object.values(Template.fromStack(Stack.of(settings)).findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(1);
  const statements: any[] = policies[0]!.Properties.PolicyDocument.Statement;
  const role = { StringEquals: { 'iam:AWSServiceName': 'ram.amazonaws.com' } };
  expect(statements.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
    {
      Action: [
        'iam:DisableOrganizationsRootCredentialsManagement', 'iam:DisableOrganizationsRootSessions', 'iam:EnableOrganizationsRootCredentialsManagement', 'iam:EnableOrganizationsRootSessions',
        'iam:ListOrganizationsFeatures', 'organizations:DeregisterDelegatedAdministrator', 'organizations:DescribeOrganization', 'organizations:DisableAWSServiceAccess',
        'organizations:DisablePolicyType', 'organizations:EnableAWSServiceAccess', 'organizations:EnablePolicyType',
        'organizations:ListAWSServiceAccessForOrganization', 'organizations:ListDelegatedAdministrators', 'organizations:ListPolicies', 'organizations:ListRoots',
        'organizations:RegisterDelegatedAdministrator', 'ram:EnableSharingWithAwsOrganization',
      ],
      Condition: undefined,
    },
    { Action: 'iam:CreateServiceLinkedRole', Condition: role },
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Condition: undefined },
  ]);
  expect(JSON.stringify(statements[1].Resource)).toContain('role/aws-service-role/ram.amazonaws.com/');
});

test('every call of the handler is allowed to the role', () => {
  const source = fs.readFileSync(path.join(__dirname, '../../../src/organization/settings/settings.ts'), 'utf8');
  const calls = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => (name!.startsWith('EnableSharing') ? 'ram:' : 'organizations:') + name);
  const ofRoot = fs.readFileSync(path.join(__dirname, '../../../src/organization/settings/central-root-access.ts'), 'utf8');
  calls.push(...[...ofRoot.matchAll(/(?:new|able:) (\w+)Command\b/g)].map(([, name]) => `iam:${name}`));
  const settings = settingsIn();
  all(settings);
  const allowed = Object.values(Template.fromStack(Stack.of(settings)).findResources('AWS::IAM::Policy'))[0]!.Properties.PolicyDocument.Statement[0].Action;
  expect(calls.length).toBeGreaterThan(13);
  expect(calls.filter((call) => !allowed.includes(call))).toEqual([]);
});

test('quotas of new accounts are requests of one template, after the organization trusts Service Quotas; only then the role may do that', () => {
  const settings = settingsIn();
  all(settings);
  const before = resources(settings);
  const other = settingsIn();
  all(other);
  for (const region of ['eu-west-1', 'us-east-1']) other.requestQuota({ serviceCode: 'lambda', quotaCode: 'L-B99A9384', region, value: 5000 });
  const template = Template.fromStack(Stack.of(other));
  template.hasResourceProperties('Custom::OrganizationQuotaRequest', { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', Region: 'us-east-1', Value: '5000' });
  template.allResources('Custom::OrganizationQuotaRequest', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('QuotaTemplateAssociation')]) });
  template.hasResource('Custom::OrganizationQuotaTemplate', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('TrustedServicesservicequotas')]) });
  const source = fs.readFileSync(path.join(__dirname, '../../../src/organization/settings/quota-template.ts'), 'utf8');
  const calls = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `servicequotas:${name}`).sort();
  const statements = Object.values<any>(template.findResources('AWS::IAM::Policy'))[0].Properties.PolicyDocument.Statement;
  expect(statements.find(({ Sid }: any) => Sid === 'QuotaTemplate').Action).toEqual(calls);
  expect(calls).toHaveLength(7);
  expect(JSON.stringify(before)).not.toContain('servicequotas:');
  for (let at = 3; at <= 10; at++) other.requestQuota({ serviceCode: 'ec2', quotaCode: `L-${at}`, region: 'eu-west-1', value: 10 });
  expect(() => other.requestQuota({ serviceCode: 'ec2', quotaCode: 'L-11', region: 'eu-west-1', value: 10 })).toThrow('has room for 10');
});

test('a request is never run twice behind our back, and CloudFormation waits longer than the function runs', () => {
  const settings = settingsIn();
  all(settings);
  const template = Template.fromStack(Stack.of(settings));
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
  expect(Number(fn!.Properties.Timeout)).toBeLessThan(360);
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
});

test('the asset is the same on every synthesis', () => {
  const synthesize = () => {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
    const app = new App({ outdir, analyticsReporting: false });
    all(settingsIn(app));
    app.synth();
    const files = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort();
    const content = files.filter((file) => fs.statSync(path.join(outdir, file)).isFile()).map((file) => [file, fs.readFileSync(path.join(outdir, file), 'utf8')]);
    fs.rmSync(outdir, { recursive: true });
    return content;
  };
  const [first, second] = [1, 2].map(synthesize);
  expect(second).toEqual(first);
});

test('AwsSolutions finds nothing but what is acknowledged with a reason', () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
  const app = new App({ outdir, analyticsReporting: false });
  Validations.of(app).addPlugins(new AwsSolutionsChecks());
  all(settingsIn(app));
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  fs.rmSync(outdir, { recursive: true });
  const { conclusion, violations, suppressedViolations } = report.pluginReports[0];
  expect({ conclusion, violations }).toEqual({ conclusion: 'success', violations: [] });
  expect(suppressedViolations.map(({ ruleName, reason }: any) => ({ ruleName, reason }))).toEqual([
    { ruleName: 'AwsSolutions-IAM5[Resource::*]', reason: expect.stringContaining('take no narrower resource') },
  ]);
});

test('central root access is two features, after IAM is trusted', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Organization', { env: { account: '111111111111', region: 'eu-west-1' } });
  const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
  const security = organization.root.addUnit('Security').addAccount('security', { email: 'aws+security@acme.example' });
  organization.centralizeRootAccess(security);
  const template = Template.fromStack(stack);
  const features = template.findResources('Custom::OrganizationRootAccess');
  expect(Object.values(features).map(({ Properties }) => Properties.Feature)).toEqual(['RootCredentialsManagement', 'RootSessions']);
  for (const { DependsOn } of Object.values(features)) expect(DependsOn).toContainEqual(expect.stringMatching(/Trusted.*iam/i));
  template.hasResourceProperties('Custom::OrganizationDelegatedAdministrator', { ServicePrincipal: 'iam.amazonaws.com' });
});
