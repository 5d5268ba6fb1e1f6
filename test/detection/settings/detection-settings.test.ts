import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PLATFORM_NEEDS } from '../../../src/controls/platform-needs';
import { DetectionSettings } from '../../../src/detection/settings/detection-settings';
import { validated } from '../../network/aws-solutions';

type Use = (settings: DetectionSettings) => unknown;

const role: Use = (settings) => settings.serviceLinkedRole('access-analyzer.amazonaws.com');
const administrator: Use = (settings) => settings.guardDutyAdministrator('eu-west-1', '222222222222');
const organization: Use = (settings) => settings.guardDutyOrganization('eu-west-1', [{ Name: 'S3_DATA_EVENTS', AutoEnable: 'ALL' }], [{ AccountId: '111111111111', Email: 'aws+management@acme.example' }]);
const macieAdministrator: Use = (settings) => settings.macieAdministrator('eu-west-1', '222222222222');
const macieOrganization: Use = (settings) => settings.macieOrganization('eu-west-1', '222222222222', true);
const inspectorAdministrator: Use = (settings) => settings.inspectorAdministrator('eu-west-1', '222222222222');
const securityLakeAdministrator: Use = (settings) => settings.securityLakeAdministrator('eu-west-1', '222222222222');
const securityLakeOrganization: Use = (settings) => settings.securityLakeOrganization('eu-west-1', ['eu-west-1', 'us-east-1'], [{ SourceName: 'ROUTE53', SourceVersion: '2.0' }]);
const ALL = [role, administrator, organization, inspectorAdministrator, macieAdministrator, macieOrganization, securityLakeAdministrator, securityLakeOrganization];

function stackWith(...uses: Use[]): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env: { account: '444455556666', region: 'eu-west-1' } });
  for (const use of uses) use(DetectionSettings.of(stack));
  return Template.fromStack(stack);
}

function statementsOf(template: Template): any[] {
  const [one] = Object.values(template.findResources('AWS::IAM::Role'));
  expect(one!.Properties.Path).toBe('/landing-zone-detection/');
  return one!.Properties.Policies[0].PolicyDocument.Statement;
}

const actionsOf = (template: Template) => statementsOf(template).flatMap(({ Action }) => Action).sort();

test('one function a stack serves all, longer than it runs', () => {
  const template = stackWith(...ALL);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900, Runtime: 'nodejs24.x' });
  template.hasResourceProperties('Custom::GuardDutyAdministrator', { Region: 'eu-west-1', AccountId: '222222222222', ServiceTimeout: '960' });
  template.hasResourceProperties('Custom::GuardDutyOrganization', { Region: 'eu-west-1', Features: [{ Name: 'S3_DATA_EVENTS', AutoEnable: 'ALL' }], Members: [{ AccountId: '111111111111' }] });
  template.hasResourceProperties('Custom::MacieOrganization', { Region: 'eu-west-1', AccountId: '222222222222', AutomatedDiscovery: 'ENABLED' });
  template.hasResourceProperties('Custom::SecurityLakeOrganization', { Region: 'eu-west-1', Regions: ['eu-west-1', 'us-east-1'], Sources: [{ SourceName: 'ROUTE53', SourceVersion: '2.0' }] });
  template.hasResourceProperties('Custom::ServiceLinkedRole', { Service: 'access-analyzer.amazonaws.com' });
});

test('the role may do what the stack uses and nothing else', () => {
  const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  expect(actionsOf(stackWith(role))).toEqual(['iam:CreateServiceLinkedRole', 'iam:GetRole', ...log]);
  expect(actionsOf(stackWith(organization))).toEqual([...PLATFORM_NEEDS.detectionSettings.filter((action) => action.startsWith('guardduty:')), ...log].sort());
  expect(actionsOf(stackWith(organization, macieOrganization, securityLakeOrganization))).toEqual([...PLATFORM_NEEDS.detectionSettings, ...log].sort());
  expect(actionsOf(stackWith(macieAdministrator)).filter((action) => action.startsWith('macie2:'))).toEqual(['macie2:EnableOrganizationAdminAccount', 'macie2:ListOrganizationAdminAccounts']);
  expect(actionsOf(stackWith(securityLakeAdministrator))).toEqual([
    'iam:CreateServiceLinkedRole', ...log,
    'organizations:DescribeAccount', 'organizations:DescribeOrganization', 'organizations:DescribeOrganizationalUnit', 'organizations:EnableAWSServiceAccess', 'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListAccounts', 'organizations:ListDelegatedAdministrators', 'organizations:RegisterDelegatedAdministrator', 'securitylake:RegisterDataLakeDelegatedAdministrator',
  ]);
  expect(actionsOf(stackWith(administrator))).toEqual([
    'guardduty:EnableOrganizationAdminAccount', 'guardduty:ListOrganizationAdminAccounts', ...log,
    'organizations:DescribeAccount', 'organizations:DescribeOrganization', 'organizations:DescribeOrganizationalUnit', 'organizations:EnableAWSServiceAccess', 'organizations:ListAWSServiceAccessForOrganization',
    'organizations:ListAccounts', 'organizations:ListDelegatedAdministrators', 'organizations:RegisterDelegatedAdministrator',
  ]);
});

test('it makes a role of the one service, and changes the organization for the one service', () => {
  const statements = statementsOf(stackWith(role, administrator, inspectorAdministrator, macieAdministrator, securityLakeAdministrator));
  const inWords = (arn: any) => arn['Fn::Join'][1].map((part: any) => (part.Ref === undefined ? part : `<${part.Ref}>`)).join('');
  const roles = statements.filter(({ Action }) => JSON.stringify(Action).includes('"iam:'));
  const path = 'arn:<AWS::Partition>:iam::<AWS::AccountId>:role/aws-service-role';
  const analyzer = `${path}/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer`;
  expect(roles.map(({ Resource }) => inWords(Resource)).sort()).toEqual([analyzer, analyzer, `${path}/securitylake.amazonaws.com/AWSServiceRoleForSecurityLake`]);
  expect(roles.find(({ Sid }) => Sid === 'SecurityLakeRole').Condition).toEqual({ StringEquals: { 'iam:AWSServiceName': 'securitylake.amazonaws.com' } });
  expect(roles[0].Condition).toEqual({ StringEquals: { 'iam:AWSServiceName': 'access-analyzer.amazonaws.com' } });
  const changing = statements.filter(({ Action }) => JSON.stringify(Action).includes('RegisterDelegatedAdministrator'));
  expect(changing.map(({ Condition }) => Condition)).toEqual(['guardduty', 'inspector2', 'macie', 'securitylake'].map((service) => ({ StringEquals: { 'organizations:ServicePrincipal': `${service}.amazonaws.com` } })));
});

test('every call of the handler is allowed to the role', () => {
  const folder = join(__dirname, '../../../src/detection/settings');
  const calls = readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const services = new Map([...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-(\w+)'/g)].flatMap(([, names, service]) => names!.split(',').map((name) => [name.trim(), service] as const)));
    return [...text.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `${services.get(`${name}Command`)}:${name}`);
  });
  // What AWS looks up at AWS Organizations in the caller's name is not a call of the handler.
  const allowed = actionsOf(stackWith(...ALL)).filter((action) => /^(iam|guardduty|inspector2|macie2|securitylake):/.test(action) || ['organizations:ListAccounts', 'organizations:ListDelegatedAdministrators'].includes(action));
  expect(calls.length).toBeGreaterThan(15);
  expect([...new Set(calls)].sort()).toEqual([...new Set(allowed)]);
});

test('another setting changes nothing that exists but what the role may do, in whatever order they come', () => {
  const resourcesOf = (...uses: Use[]) => {
    const { Resources } = stackWith(...uses).toJSON();
    for (const { Type, Properties } of Object.values<any>(Resources)) if (Type === 'AWS::IAM::Role') delete Properties.Policies;
    return Resources;
  };
  const before = resourcesOf(administrator);
  const after = resourcesOf((settings) => settings.guardDutyAdministrator('ap-south-1', '222222222222'), role, administrator);
  expect(after).toMatchObject(before);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 2);
  expect(statementsOf(stackWith(...ALL))).toEqual(statementsOf(stackWith(...[...ALL].reverse())));
});

test('a logical id does not depend on the account', () => {
  const ids = (account: string) => Object.keys(stackWith((settings) => settings.guardDutyAdministrator('eu-west-1', account)).findResources('Custom::GuardDutyAdministrator'));
  expect(ids('222222222222')).toEqual(ids('333333333333'));
});

test('CloudFormation, AwsSolutions and our own controls find nothing but what is acknowledged', () => {
  const { violations, acknowledged } = validated((stack) => ALL.forEach((use) => use(DetectionSettings.of(stack))));
  expect(violations).toEqual([]);
  expect(acknowledged).toEqual([expect.stringContaining('concern the organization as a whole')]);
});
