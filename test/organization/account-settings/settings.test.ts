import { AccountClient, GetAlternateContactCommand, PutAlternateContactCommand } from '@aws-sdk/client-account';
import {
  AttachInternetGatewayCommand, DeleteInternetGatewayCommand, DeleteSubnetCommand, DeleteVpcCommand, DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand, DescribeSecurityGroupsCommand, DescribeSubnetsCommand, DescribeVpcsCommand, DetachInternetGatewayCommand, EC2Client,
  EnableEbsEncryptionByDefaultCommand, GetEbsDefaultKmsKeyIdCommand, GetEbsEncryptionByDefaultCommand, ModifyEbsDefaultKmsKeyIdCommand,
} from '@aws-sdk/client-ec2';
import { GetAccountPasswordPolicyCommand, IAMClient, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetServiceSettingCommand, SSMClient, UpdateServiceSettingCommand } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { ACCOUNT_SETTINGS, isFresh } from '../../../scripts/bundle-handler';
import { CustomResourceEvent, settle } from '../../../src/custom-resource/custom-resource';
import { settingOf } from '../../../src/organization/account-settings/settings';

const [account, ec2, iam, ssm] = [mockClient(AccountClient), mockClient(EC2Client), mockClient(IAMClient), mockClient(SSMClient)];
const clients = { account: new AccountClient({}), ec2: new EC2Client({}), iam: new IAMClient({}), quotas: new ServiceQuotasClient({}), ssm: new SSMClient({}) };
let waits = 0;

interface Resource { readonly type: string; readonly properties: { readonly [name: string]: unknown } }

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const EBS = { type: 'Custom::EbsEncryptionByDefault', properties: {} };
const EBS_WITH_KEY = { type: 'Custom::EbsEncryptionByDefault', properties: { KeyArn: KEY } };
const VPC = { type: 'Custom::NoDefaultVpc', properties: {} };
const DOCUMENTS = { type: 'Custom::PrivateDocuments', properties: {} };
const PASSWORDS = { type: 'Custom::PasswordPolicy', properties: { MinimumLength: '14', Remembered: '24' } };
const CONTACT = { type: 'Custom::AlternateContact', properties: { ContactType: 'SECURITY', Name: 'Security', Title: 'Team', Email: 'security@acme.example', Phone: '+49 30 901820' } };

function named(name: string): Error {
  return Object.assign(new Error(`${name} happened`), { name });
}

/** An account as AWS keeps it: what is written is read. */
class EmulatedAccount {
  public ebs = false;
  public key = 'alias/aws/ebs';
  public vpc: { subnets: string[]; gateways: string[]; attached: boolean; interfaces: string[]; groups: string[]; isThere: boolean } = {
    subnets: ['subnet-1', 'subnet-2'], gateways: ['igw-1'], attached: true, interfaces: [], groups: ['default'], isThere: true,
  };
  public sharing = 'Enable';
  public passwords: any;
  public contact: any;
  public readonly writes: string[] = [];
  /** Errors that the next calls of a command answer with. */
  public readonly faults = new Map<string, string[]>();

  public constructor() {
    for (const mock of [account, ec2, iam, ssm]) mock.reset();
    this.on(ec2, GetEbsEncryptionByDefaultCommand, () => ({ EbsEncryptionByDefault: this.ebs }));
    this.on(ec2, GetEbsDefaultKmsKeyIdCommand, () => ({ KmsKeyId: this.key }));
    this.on(ec2, EnableEbsEncryptionByDefaultCommand, () => { this.ebs = true; });
    this.on(ec2, ModifyEbsDefaultKmsKeyIdCommand, ({ KmsKeyId }) => { this.key = KmsKeyId; });
    this.on(ec2, DescribeVpcsCommand, () => ({ Vpcs: this.vpc.isThere ? [{ VpcId: 'vpc-1' }] : [] }));
    this.on(ec2, DescribeSubnetsCommand, () => ({ Subnets: this.vpc.subnets.map((SubnetId) => ({ SubnetId })) }));
    this.on(ec2, DescribeInternetGatewaysCommand, () => ({ InternetGateways: this.vpc.attached ? this.vpc.gateways.map((InternetGatewayId) => ({ InternetGatewayId })) : [] }));
    this.on(ec2, DescribeNetworkInterfacesCommand, () => ({ NetworkInterfaces: this.vpc.interfaces.map((NetworkInterfaceId) => ({ NetworkInterfaceId })) }));
    this.on(ec2, DescribeSecurityGroupsCommand, () => ({ SecurityGroups: this.vpc.groups.map((GroupName) => ({ GroupName, GroupId: `sg-${GroupName}` })) }));
    this.on(ec2, DeleteSubnetCommand, ({ SubnetId }) => { this.vpc.subnets = this.vpc.subnets.filter((one) => one !== SubnetId); });
    this.on(ec2, AttachInternetGatewayCommand, () => { this.vpc.attached = true; });
    this.on(ec2, DetachInternetGatewayCommand, () => { this.vpc.attached = false; });
    this.on(ec2, DeleteInternetGatewayCommand, ({ InternetGatewayId }) => { this.vpc.gateways = this.vpc.gateways.filter((one) => one !== InternetGatewayId); });
    this.on(ec2, DeleteVpcCommand, () => {
      if (this.vpc.subnets.length > 0 || this.vpc.attached) throw named('DependencyViolation');
      this.vpc.isThere = false;
    });
    this.on(ssm, GetServiceSettingCommand, () => ({ ServiceSetting: { SettingValue: this.sharing } }));
    this.on(ssm, UpdateServiceSettingCommand, ({ SettingValue }) => { this.sharing = SettingValue; });
    this.on(iam, GetAccountPasswordPolicyCommand, () => {
      if (!this.passwords) throw named('NoSuchEntityException');
      return { PasswordPolicy: this.passwords };
    });
    this.on(iam, UpdateAccountPasswordPolicyCommand, (policy) => { this.passwords = { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined }; });
    this.on(account, GetAlternateContactCommand, () => {
      if (!this.contact) throw named('ResourceNotFoundException');
      return { AlternateContact: this.contact };
    });
    this.on(account, PutAlternateContactCommand, (contact) => { this.contact = contact; });
  }

  private on(mock: any, command: any, answer: (input: any) => object | void): void {
    const name = command.name.replace('Command', '');
    mock.on(command).callsFake(async (input: any) => {
      const fault = this.faults.get(name)?.shift();
      if (fault) throw named(fault);
      if (!/^(Get|Describe)/.test(name)) this.writes.push(name);
      return answer(input) ?? {};
    });
  }
}

async function send(RequestType: CustomResourceEvent['RequestType'], { type, properties }: Resource, PhysicalResourceId?: string, patience = 60) {
  const answers: any[] = [];
  waits = 0;
  const sleep = async () => { waits++; };
  const event = { RequestType, ResponseURL: 'https://answer.example', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Setting', ResourceType: type, ResourceProperties: properties, PhysicalResourceId };
  await settle(event, () => settingOf(type, properties, { ...clients, sleep, deadline: () => waits >= patience }), { put: async (_, body) => { answers.push(JSON.parse(body)); }, sleep });
  expect(answers).toHaveLength(1);
  return answers[0];
}

const WRITES: ReadonlyArray<readonly [string, Resource, readonly string[]]> = [
  ['EBS encryption', EBS, ['EnableEbsEncryptionByDefault']],
  ['EBS encryption with a key', EBS_WITH_KEY, ['ModifyEbsDefaultKmsKeyId', 'EnableEbsEncryptionByDefault']],
  ['no default VPC', VPC, ['DeleteSubnet', 'DeleteSubnet', 'DetachInternetGateway', 'DeleteInternetGateway', 'DeleteVpc']],
  ['private documents', DOCUMENTS, ['UpdateServiceSetting']],
  ['the password policy', PASSWORDS, ['UpdateAccountPasswordPolicy']],
  ['a contact', CONTACT, ['PutAlternateContact']],
];

describe.each(WRITES)('%s', (_name, resource, writes) => {
  test('is set once, and is left alone when it is there', async () => {
    const made = new EmulatedAccount();
    const first = await send('Create', resource);
    expect([first.Status, made.writes]).toEqual(['SUCCESS', writes]);
    const second = await send('Create', resource);
    expect([second.Status, made.writes]).toEqual(['SUCCESS', writes]);
    const update = await send('Update', resource, first.PhysicalResourceId);
    expect([update.Status, update.PhysicalResourceId, made.writes]).toEqual(['SUCCESS', first.PhysicalResourceId, writes]);
  });

  test('stays when its resource goes', async () => {
    const made = new EmulatedAccount();
    const { PhysicalResourceId } = await send('Create', resource);
    expect((await send('Delete', resource, PhysicalResourceId)).Status).toBe('SUCCESS');
    expect(made.writes).toEqual(writes);
  });

  test.each(['ThrottlingException', 'Throttling', 'RequestLimitExceeded', 'ServiceUnavailableException', 'AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'])('is set although each call fails once with %s', async (fault) => {
    const made = new EmulatedAccount();
    for (const name of new Set(writes)) made.faults.set(name, [fault]);
    expect((await send('Create', resource)).Status).toBe('SUCCESS');
    expect(made.writes).toEqual(writes);
    expect(waits).toBe(new Set(writes).size);
  });

  test('an error that lasts is told with its name, and a second deployment goes on where the first one stopped', async () => {
    for (const name of new Set(writes)) {
      const made = new EmulatedAccount();
      made.faults.set(name, ['InternalFailure']);
      const failed = await send('Create', resource);
      expect([failed.Status, failed.Reason]).toEqual(['FAILED', `Create of ${resource.type}: InternalFailure: InternalFailure happened`]);
      expect((await send('Create', resource)).Status).toBe('SUCCESS');
      expect((await send('Update', resource)).Status).toBe('SUCCESS');
      expect(made.writes).toEqual(expect.arrayContaining([...writes]));
      expect([made.vpc.isThere && resource === VPC, made.vpc.gateways.length > 0 && resource === VPC]).toEqual([false, false]);
    }
  });

  test('gives up in time', async () => {
    const made = new EmulatedAccount();
    made.faults.set(writes[0]!, Array(100).fill('ThrottlingException'));
    expect(await send('Create', resource, undefined, 3)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ThrottlingException') });
  });
});

describe('the default VPC', () => {
  test('of an account without one is no matter', async () => {
    const made = new EmulatedAccount();
    made.vpc.isThere = false;
    expect((await send('Create', VPC)).Status).toBe('SUCCESS');
    expect(made.writes).toEqual([]);
  });

  test('that is used is left whole, and is told with who uses it', async () => {
    const made = new EmulatedAccount();
    made.vpc.interfaces = ['eni-1', 'eni-2', 'eni-3', 'eni-4', 'eni-5', 'eni-6'];
    made.vpc.groups.push('web');
    const { Status, Reason } = await send('Create', VPC);
    expect([Status, made.writes]).toEqual(['FAILED', []]);
    expect(Reason).toContain('vpc-1 is used by eni-1, eni-2, eni-3, eni-4, eni-5 and 2 more, and nothing of it was touched');
  });

  test('goes although somebody else takes its parts away meanwhile', async () => {
    const made = new EmulatedAccount();
    made.faults.set('DeleteSubnet', ['InvalidSubnetID.NotFound']);
    made.faults.set('DetachInternetGateway', ['Gateway.NotAttached']);
    made.faults.set('DeleteInternetGateway', ['InvalidInternetGatewayID.NotFound']);
    made.faults.set('DeleteVpc', ['InvalidVpcID.NotFound']);
    expect((await send('Create', VPC)).Status).toBe('SUCCESS');
  });
});

test('a key that differs, a policy and a contact that differ are set again', async () => {
  const made = new EmulatedAccount();
  made.ebs = true;
  await send('Create', EBS_WITH_KEY);
  made.passwords = { MinimumPasswordLength: 8 };
  await send('Create', PASSWORDS);
  made.contact = { EmailAddress: 'old@acme.example' };
  await send('Create', CONTACT);
  expect([made.key, made.passwords.MinimumPasswordLength, made.contact.EmailAddress]).toEqual([KEY, 14, 'security@acme.example']);
});

test('passwords that expire where they should not, and the other way round, are set again', async () => {
  const made = new EmulatedAccount();
  await send('Create', { ...PASSWORDS, properties: { ...PASSWORDS.properties, MaximumAge: '90' } });
  expect(made.passwords).toMatchObject({ MaxPasswordAge: 90 });
  await send('Create', PASSWORDS);
  expect(made.passwords).not.toHaveProperty('MaxPasswordAge');
});

test('other values are another setting, whose old one is not taken back', async () => {
  const made = new EmulatedAccount();
  const first = await send('Create', CONTACT);
  const changed = { ...CONTACT, properties: { ...CONTACT.properties, Email: 'soc@acme.example' } };
  const second = await send('Update', changed, first.PhysicalResourceId);
  expect(second.PhysicalResourceId).not.toBe(first.PhysicalResourceId);
  expect((await send('Delete', CONTACT, first.PhysicalResourceId)).Status).toBe('SUCCESS');
  expect(made.contact.EmailAddress).toBe('soc@acme.example');
});

test('wrong properties are told together', async () => {
  new EmulatedAccount();
  expect((await send('Create', { type: 'Custom::AlternateContact', properties: { ContactType: 'PRESS', Name: 'a', Title: 'b', Email: 'c', Phone: 'd' } })).Reason).toMatch(/ContactType.*Email.*Phone/);
  expect((await send('Create', { type: 'Custom::PasswordPolicy', properties: { MinimumLength: 'long' } })).Reason).toMatch(/MinimumLength.*Remembered/);
  expect((await send('Create', { type: 'Custom::Other', properties: {} })).Reason).toContain('Custom::Other is not a setting of an account');
});

test('the bundle is what the source says', () => {
  expect(isFresh(ACCOUNT_SETTINGS)).toBe(true);
});
