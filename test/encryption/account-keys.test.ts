import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountKeys, CrossAccountUse, EncryptedService, EncryptionKeys, EncryptionStandard } from '../../src';
import { evaluate } from '../../src/analysis/evaluate';
import { RequestContext } from '../../src/analysis/request';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { memberAccount } from '../identity/accounts';
import { validated } from '../network/aws-solutions';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

function keysOf(standard: EncryptionStandard) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Keys', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const keys = new AccountKeys(stack, 'Keys', { standard });
  return { stack, keys, template: Template.fromStack(stack) };
}

/** The policy of a key as it is deployed to an account and Region. */
function policyOf(standard: EncryptionStandard, description = 'Data of the account') {
  const [{ Properties: { KeyPolicy } }] = Object.values(keysOf(standard).template.findResources('AWS::KMS::Key', { Properties: { Description: description } })) as [any];
  const known: { readonly [name: string]: string } = { 'AWS::Partition': 'aws', 'AWS::AccountId': ACCOUNT, 'AWS::Region': 'eu-west-1' };
  const text = JSON.stringify(KeyPolicy, (_key, value) => known[value?.Ref] ?? value?.['Fn::Join']?.[1].map((part: any) => known[part.Ref] ?? part).join('') ?? value);
  return { name: 'key policy', document: JSON.parse(text) };
}

/** What the key's policy says to a role of its account that has no identity policies, or to one of another account that has all permissions there. */
function decide(standard: EncryptionStandard, action: string, principal: string, context: RequestContext, description?: string) {
  const identityPolicies = principal.startsWith('role/') ? [] : [{ name: 'everything', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] } }];
  return evaluate({
    action, principal, resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`, resourcePolicy: policyOf(standard, description), identityPolicies, context,
  }, memberAccount()).decision;
}

const through = (service: string, caller = ACCOUNT) => ({ 'kms:ViaService': `${service}.eu-west-1.amazonaws.com`, 'kms:CallerAccount': caller });
const OWN = new EncryptionStandard();

describe('the keys of an account', () => {
  test('are kept, rotate, wait for their deletion, and are found by alias and parameter', () => {
    const { keys, template } = keysOf(new EncryptionStandard({ rotation: Duration.days(180), deletionWindow: Duration.days(14) }));
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { EnableKeyRotation: true, RotationPeriodInDays: 180, PendingWindowInDays: 14 } });
    template.hasResource('AWS::KMS::Alias', { DeletionPolicy: 'Retain', Properties: { AliasName: 'alias/landing-zone/data' } });
    template.hasResource('AWS::SSM::Parameter', { DeletionPolicy: 'Retain', Properties: { Name: '/landing-zone/keys/data' } });
    expect(keys.keyArn(EncryptedService.S3)).toBe(keys.keyArn(EncryptedService.LOGS));
  });

  test('one of each service has its own name', () => {
    const { keys, template } = keysOf(new EncryptionStandard({ keys: EncryptionKeys.onePerService({ name: 'acme' }) }));
    const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
    expect(names).toEqual(EncryptedService.all().map(({ key }) => `/acme/keys/${key}`));
    expect(new Set(EncryptedService.all().map((service) => keys.keyArn(service))).size).toBe(EncryptedService.all().length);
  });

  test('drift', () => {
    expect(keysOf(OWN).template.toJSON().Resources).toMatchSnapshot();
  });

  test.each([['one', EncryptionKeys.onePerAccount()], ['one of each service', EncryptionKeys.onePerService()]])('%s: pass AwsSolutions, our controls and the validation of CloudFormation', (_name, keys) => {
    const { violations } = validated((stack) => { new AccountKeys(stack, 'Keys', { standard: new EncryptionStandard({ keys }) }); });
    expect(violations).toEqual([]);
  });

  test('are not made where the standard has AWS\'s', () => {
    const standard = new EncryptionStandard({ keys: EncryptionKeys.awsManaged() });
    expect(() => keysOf(standard)).toThrow('Choose EncryptionKeys.onePerAccount or onePerService');
    expect(() => standard.accountKeys()).toThrow('EncryptionStandard.accountKeys: the keys are those of AWS');
  });
});

describe('the policy of a key', () => {
  test('is one that AWS takes, and below its 32 KiB with all uses', () => {
    const all = policyOf(new EncryptionStandard({ crossAccountUse: [{ accounts: [OTHER], organizationId: 'o-example123', write: true }] })).document;
    expect(validatePolicyDocument(all, 'key policy', 'resource').problems).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThan(32_768 / 4);
  });

  test('lets principals of the account use it through its services, and not beside them', () => {
    for (const service of ['s3', 'dynamodb', 'ec2', 'rds', 'secretsmanager']) {
      expect([service, decide(OWN, 'kms:Decrypt', 'role/team', through(service))]).toEqual([service, 'allowed']);
    }
    expect(decide(OWN, 'kms:Decrypt', 'role/team', { 'kms:ViaService': null, 'kms:CallerAccount': ACCOUNT })).toBe('denied');
    expect(decide(OWN, 'kms:Decrypt', 'role/team', through('lambda'))).toBe('denied');
    expect(decide(OWN, 'kms:PutKeyPolicy', 'role/team', through('s3'))).toBe('denied');
    expect(decide(OWN, 'kms:CreateGrant', 'role/team', { ...through('rds'), 'kms:GrantIsForAWSResource': 'true' })).toBe('allowed');
    expect(decide(OWN, 'kms:CreateGrant', 'role/team', { ...through('rds'), 'kms:GrantIsForAWSResource': 'false' })).toBe('denied');
  });

  test('of one service is for its data alone', () => {
    const perService = new EncryptionStandard({ keys: EncryptionKeys.onePerService() });
    expect(decide(perService, 'kms:Decrypt', 'role/team', through('s3'), 'Data of s3')).toBe('allowed');
    expect(decide(perService, 'kms:Decrypt', 'role/team', through('rds'), 'Data of s3')).toBe('denied');
    const named = policyOf(perService, 'Data of dynamodb').document.Statement.map(({ Sid }: any) => Sid);
    expect(named).toEqual(['Account', 'ThroughServices', 'ServicesKeep']);
    expect(policyOf(perService, 'Data of logs').document.Statement.map(({ Sid }: any) => Sid)).toContain('LogGroups');
  });

  const outside = (use: CrossAccountUse | undefined, action: string, context: object = {}) => decide(new EncryptionStandard({ crossAccountUse: use ? [use] : [] }), action, `arn:aws:iam::${OTHER}:role/reader`, {
    ...through('s3', OTHER), 'aws:PrincipalOrgID': 'o-example123', 'aws:PrincipalOrgPaths': ['o-example123/r-ab12/ou-ab12-11111111/'], 'aws:PrincipalAccount': OTHER, ...context,
  });

  test('lets nobody of another account use it, unless it says so', () => {
    expect(outside(undefined, 'kms:Decrypt')).toBe('denied');
    expect(outside({ accounts: [OTHER] }, 'kms:Decrypt')).toBe('allowed');
    expect(outside({ accounts: [OTHER] }, 'kms:Encrypt')).toBe('denied');
    expect(outside({ accounts: [OTHER], write: true }, 'kms:Encrypt')).toBe('allowed');
    expect(outside({ accounts: ['777788889999'] }, 'kms:Decrypt')).toBe('denied');
  });

  test('lets an organization, or some of its units, and through the services that are named', () => {
    const ofUnit = { organizationId: 'o-example123', organizationPaths: ['o-example123/r-ab12/ou-ab12-11111111/*'] };
    expect(outside({ organizationId: 'o-example123' }, 'kms:Decrypt')).toBe('allowed');
    expect(outside({ organizationId: 'o-another123' }, 'kms:Decrypt')).toBe('denied');
    expect(outside(ofUnit, 'kms:Decrypt')).toBe('allowed');
    expect(outside(ofUnit, 'kms:Decrypt', { 'aws:PrincipalOrgPaths': ['o-example123/r-ab12/ou-ab12-22222222/'] })).toBe('denied');
    expect(outside({ organizationId: 'o-example123', services: [EncryptedService.SQS] }, 'kms:Decrypt')).toBe('denied');
  });
});

test('all that is wrong with a standard is said at once', () => {
  expect(() => new EncryptionStandard({
    rotation: Duration.days(30), deletionWindow: Duration.days(31),
    crossAccountUse: [{}, { accounts: ['12'], organizationId: 'acme', organizationPaths: [], services: [] }, { accounts: [OTHER], organizationPaths: ['o-example123/'] }],
  })).toThrow([
    'EncryptionStandard has 8 problems',
    '  rotation is 30 days: 90 to 2560 whole days are expected',
    '  deletionWindow is 31 days: 7 to 30 whole days are expected',
    '  crossAccountUse[0]: neither accounts nor organizationId is given',
    '  crossAccountUse[1]: account "12" is not twelve digits',
    '  crossAccountUse[1]: organizationId is "acme": an id like o-abcdefghij is expected',
    '  crossAccountUse[1]: organizationPaths is empty',
    '  crossAccountUse[1]: services is empty',
    '  crossAccountUse[2]: organizationPaths needs organizationId',
  ].join('\n'));
  expect(() => new EncryptionStandard({ keys: EncryptionKeys.awsManaged(), crossAccountUse: [{ accounts: [OTHER] }] })).toThrow('keys of AWS are not shared with other accounts');
  expect(() => EncryptionKeys.onePerAccount({ name: 'aws-data' })).toThrow('"aws-data" cannot be the name');
});
