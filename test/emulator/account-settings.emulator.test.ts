import { AccountClient, GetAlternateContactCommand } from '@aws-sdk/client-account';
import { CreateSecurityGroupCommand, DeleteSecurityGroupCommand, DescribeInternetGatewaysCommand, DescribeVpcsCommand, EC2Client, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import { GetAccountPasswordPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetServiceSettingCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, Stack } from 'aws-cdk-lib';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { AccountSettings, AccountSettingsOptions, Baseline, BaselineAdministrator, Organization } from '../../src';
import { PUBLIC_SHARING } from '../../src/organization/account-settings/systems-manager-names';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

beforeEach(async () => {
  await emulator.reset();
  await emulator.bootstrap();
});

afterAll(async () => {
  await emulator.stop();
});

const REGIONS = ['us-east-1', 'eu-west-1'];
const CONTACT = { name: 'Security', title: 'Security operations', email: 'security@acme.example', phone: '+49 30 901820' };

function zone(accounts: readonly string[], options: AccountSettingsOptions = {}) {
  return (app: App) => {
    const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
    const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
    const unit = organization.root.addUnit('Workloads');
    for (const key of accounts) unit.addAccount(key, { email: `aws+${key}@acme.example` });
    new Baseline(app, 'Settings', {
      administrator: BaselineAdministrator.managementAccount(MANAGEMENT_ACCOUNT, 'us-east-1'), regions: REGIONS, waves: [{ name: 'all', units: [unit] }],
      content: { define: (own) => { new AccountSettings(own, 'Settings', { homeRegion: 'us-east-1', contacts: { security: CONTACT }, ...options }); } },
    });
  };
}

async function accountIds(): Promise<Map<string, string>> {
  return new Map((await emulator.records()).filter(({ type }) => type === 'AWS::Organizations::Account').map(({ physicalId, properties }) => [properties.AccountName, physicalId]));
}

/** What AWS itself says of an account. */
async function settingsOf(account: string) {
  const options = await emulator.clientOptions(account);
  const { PasswordPolicy } = await new IAMClient(options).send(new GetAccountPasswordPolicyCommand({}));
  const { AlternateContact } = await new AccountClient(options).send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' }));
  const regional = await Promise.all(REGIONS.map(async (region) => {
    const ec2 = new EC2Client({ ...options, region });
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }));
    const { InternetGateways } = await ec2.send(new DescribeInternetGatewaysCommand({}));
    const { EbsEncryptionByDefault } = await ec2.send(new GetEbsEncryptionByDefaultCommand({}));
    const { ServiceSetting } = await new SSMClient({ ...options, region }).send(new GetServiceSettingCommand({ SettingId: PUBLIC_SHARING }));
    return { region, vpcs: Vpcs!.length, gateways: InternetGateways!.length, encrypted: EbsEncryptionByDefault, sharing: ServiceSetting!.SettingValue };
  }));
  return { length: PasswordPolicy!.MinimumPasswordLength, remembered: PasswordPolicy!.PasswordReusePrevention, contact: AlternateContact!.EmailAddress, regional };
}

const SET = {
  length: 14, remembered: 24, contact: 'security@acme.example', regional: REGIONS.map((region) => ({ region, vpcs: 0, gateways: 0, encrypted: true, sharing: 'Disable' })),
};

test('accounts have what is set, new ones too; a second deployment changes nothing, and what was set stays', async () => {
  await deployed(emulator, zone(['payments']));
  expect(await settingsOf((await accountIds()).get('payments')!)).toEqual(SET);
  const events = await emulator.events();
  await deployed(emulator, zone(['payments']), '--force');
  expect(await emulator.events()).toEqual(events);
  await deployed(emulator, zone(['payments', 'orders']));
  expect(await settingsOf((await accountIds()).get('orders')!)).toEqual(SET);
});

test('a default VPC that is used stops the deployment, and says who uses it; when it is free, deployment resumes', async () => {
  await deployed(emulator, zone(['payments'], { keepDefaultVpc: 'Migration until May' }));
  const account = (await accountIds()).get('payments')!;
  const ec2 = new EC2Client({ ...await emulator.clientOptions(account), region: 'eu-west-1' });
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }));
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId: Vpcs![0]!.VpcId }));
  const failed = await deploy(emulator, zone(['payments']));
  expect([failed.exitCode !== 0, failed.output.includes(`is used by ${GroupId}`)]).toEqual([true, true]);
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  await deployed(emulator, zone(['payments']));
  expect(await settingsOf(account)).toEqual(SET);
});
