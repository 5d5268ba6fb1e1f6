import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { withoutCode } from './without-code';
import { AccountSettings, AccountSettingsProps } from '../../../src';
import { AccountQuotas } from '../../../src/organization/quotas/account-quotas';
import { SystemsManager } from '../../../src/organization/systems-manager/systems-manager';
import { validated } from '../../network/aws-solutions';

const CONTACT = { name: 'Security', title: 'Security operations', email: 'security@acme.example', phone: '+49 30 901820' };
const ALL = { ebsKeyArn: '{{resolve:ssm:/landing-zone/keys/data}}', passwordPolicy: { maximumDays: 365 }, contacts: { billing: CONTACT, operations: CONTACT, security: CONTACT } };

function settings(props: Partial<AccountSettingsProps> = {}): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Account', { env: { account: '444455556666', region: 'eu-west-1' } });
  new AccountSettings(stack, 'Settings', { homeRegion: 'eu-west-1', ...props });
  return Template.fromStack(stack);
}

const customOf = (template: Template) => Object.values<any>(template.toJSON().Resources).filter(({ Type }) => Type.startsWith('Custom::'));

function actionsOf(template: Template): string[] {
  const [role] = Object.values<any>(template.findResources('AWS::IAM::Role'));
  return role.Properties.Policies[0].PolicyDocument.Statement.flatMap(({ Action }: any) => [Action].flat());
}

test('what is set where nothing is said; what an account has once, in the home Region alone', () => {
  const made = customOf(settings());
  expect(made.map(({ Type, Condition }) => [Type, Condition !== undefined])).toEqual([
    ['Custom::EbsEncryptionByDefault', false], ['Custom::NoDefaultVpc', false], ['Custom::PrivateDocuments', false], ['Custom::PasswordPolicy', true],
  ]);
  expect(Object.values(settings().toJSON().Conditions)).toContainEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] });
  expect(made.find(({ Type }) => Type === 'Custom::PasswordPolicy').Properties).toMatchObject({ MinimumLength: '14', Remembered: '24' });
});

test('all of it', () => {
  const made = customOf(settings(ALL));
  expect(made.filter(({ Type }) => Type === 'Custom::AlternateContact').map(({ Properties }) => Properties.ContactType)).toEqual(['BILLING', 'OPERATIONS', 'SECURITY']);
  expect(made[0].Properties.KeyArn).toBe('{{resolve:ssm:/landing-zone/keys/data}}');
  expect(withoutCode(settings(ALL))).toMatchSnapshot();
});

test('what is left out has a reason, which the template keeps, and no permission', () => {
  const template = settings({ keepDefaultVpc: 'Migration until May', withoutPasswordPolicy: 'No IAM users', withoutEbsEncryption: 'No volumes' });
  template.hasResource('AWS::Lambda::Function', { Metadata: { 'landing-zone:account-settings': { reasons: { ebsEncryption: 'No volumes', defaultVpc: 'Migration until May', passwordPolicy: 'No IAM users' } } } });
  expect(actionsOf(template)).toEqual(['ssm:GetServiceSetting', 'ssm:UpdateServiceSetting', 'logs:CreateLogStream', 'logs:PutLogEvents']);
});

test('roles may do what the function calls for them, and nothing else', () => {
  const folder = join(__dirname, '../../../src/organization/account-settings');
  const services: { readonly [client: string]: string } = { '@aws-sdk/client-account': 'account', '@aws-sdk/client-ec2': 'ec2', '@aws-sdk/client-iam': 'iam', '@aws-sdk/client-service-quotas': 'servicequotas', '@aws-sdk/client-ssm': 'ssm' };
  const calls = readdirSync(folder).flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    const service = services[/from '(@aws-sdk\/client-[a-z0-9-]+)'/.exec(source)?.[1] ?? ''];
    return [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `${service}:${name}`);
  });
  expect(calls.length).toBeGreaterThan(15);
  const of = (make: (stack: Stack) => void) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Account');
    make(stack);
    return actionsOf(Template.fromStack(stack));
  };
  const granted = [
    ...actionsOf(settings(ALL)),
    ...of((stack) => new SystemsManager(stack, 'SystemsManager', { withoutHostManagement: 'Its role is not the function\'s' })),
    ...of((stack) => new AccountQuotas(stack, 'Quotas', { quotas: [{ serviceCode: 'lambda', quotaCode: 'L-B99A9384', value: 5000 }] })),
  ];
  // Service Quotas makes its role with the first request.
  expect(granted.filter((action) => !action.startsWith('logs:') && action !== 'iam:CreateServiceLinkedRole').sort()).toEqual([...new Set(calls)].sort());
});

test('the code is in the template, so that a stack set delivers it', () => {
  settings().hasResourceProperties('AWS::Lambda::Function', { Code: { ZipFile: readFileSync(join(__dirname, '../../../assets/account-settings/index.js'), 'utf8') } });
});

test('all mistakes are told together', () => {
  expect(() => settings({
    withoutEbsEncryption: ' ', ebsKeyArn: 'alias/data', passwordPolicy: { minimumLength: 6, remembered: 25, maximumDays: 0.5 }, withoutPasswordPolicy: 'x',
    contacts: { security: { name: '', title: 'T'.repeat(51), email: 'security', phone: 'call me' } },
  })).toThrow([
    '  withoutEbsEncryption asks for the reason',
    '  ebsKeyArn is the key of EBS encryption, which withoutEbsEncryption leaves out',
    '  ebsKeyArn is "alias/data": the ARN of a key is expected, not of an alias',
    '  passwordPolicy.minimumLength is 6: 8 to 128 is expected',
    '  passwordPolicy.remembered is 25: 1 to 24 is expected',
    '  passwordPolicy.maximumDays is 0.5: 1 to 1095 is expected',
    '  passwordPolicy is set, and withoutPasswordPolicy leaves it out',
    '  contacts.security.name is "": 1 to 64 characters are expected',
    `  contacts.security.title is "${'T'.repeat(51)}": 1 to 50 characters are expected`,
    '  contacts.security.email is "security": an address like security@acme.example is expected',
    '  contacts.security.phone is "call me": digits, blanks and ( ) + - are expected, 25 at most',
  ].join('\n'));
  expect(() => settings({ withoutEbsEncryption: 'a', keepDefaultVpc: 'b', publicDocuments: 'c', withoutPasswordPolicy: 'd' })).toThrow('everything is left out');
});

test('passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  const { violations } = validated((stack) => { new AccountSettings(stack, 'Settings', { homeRegion: 'eu-west-1', ...ALL, ebsKeyArn: undefined }); });
  expect(violations).toEqual([]);
});
