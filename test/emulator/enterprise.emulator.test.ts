import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AthenaClient, ListNamedQueriesCommand } from '@aws-sdk/client-athena';
import { BackupClient, DescribeGlobalSettingsCommand } from '@aws-sdk/client-backup';
import { BudgetsClient, DescribeBudgetsCommand, DescribeNotificationsForBudgetCommand } from '@aws-sdk/client-budgets';
import { CostExplorerClient, DescribeCostCategoryDefinitionCommand, ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import { GetEbsEncryptionByDefaultCommand, EC2Client } from '@aws-sdk/client-ec2';
import { Inspector2Client, ListDelegatedAdminAccountsCommand } from '@aws-sdk/client-inspector2';
import { ListOrganizationAdminAccountsCommand, Macie2Client } from '@aws-sdk/client-macie2';
import { App } from 'aws-cdk-lib';
import { CommandResult, Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { enterpriseZone } from '../../examples/enterprise/zone';
import { LockFile } from '../../src';
import { formatLock } from '../../src/model/lock-file';
import { LiveOrganization, pullOrganization } from '../../src/organization/live/pull';

const REGIONS = ['eu-west-1', 'us-east-1'] as const;
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'enterprise-example-'));

let emulator: Emulator;
let live: LiveOrganization;
let accounts: { readonly [name: string]: string };

/** Deploys the example with the ids that are known, and with further accounts in the unit of development. */
async function deployExample(known: LiveOrganization, name: string, more: readonly string[], ...args: string[]): Promise<CommandResult> {
  const file = path.join(directory, `${name}.lock.json`);
  const { organizationId, rootId, managementAccountId } = known;
  fs.writeFileSync(file, formatLock({
    version: 1, organizationId, rootId, managementAccountId,
    units: Object.fromEntries(known.units.map((unit) => [unit.path, unit.id])), accounts: Object.fromEntries(known.accounts.map(({ email, id }) => [email.toLowerCase(), id])),
  }));
  const app = new App({ outdir: path.join(directory, name), analyticsReporting: false });
  enterpriseZone(app, LockFile.load(file), more);
  const done = await emulator.cdk(['deploy', '--app', app.synth().directory, ...args], { cwd: directory });
  if (done.exitCode !== 0) throw new Error(done.output);
  return done;
}

beforeAll(async () => {
  emulator = await startEmulator();
  for (const region of REGIONS) await emulator.bootstrap(MANAGEMENT_ACCOUNT, region);
  // Accounts come first: their ids are in the other stacks.
  await deployExample({ organizationId: 'o-a1b2c3d4e5', rootId: 'r-a1b2', managementAccountId: MANAGEMENT_ACCOUNT, units: [], accounts: [] }, 'organization', [], 'Acme/Organization');
  live = await pullOrganization(await emulator.organizations());
  accounts = Object.fromEntries(live.accounts.map(({ name, id }) => [name, id]));
  const trust = ['--trust', MANAGEMENT_ACCOUNT, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess'];
  const places = ['log-archive', 'security', 'network', 'finops', 'shared-services', 'payments-prod', 'payments-dev'].flatMap((name) => REGIONS.map((region) => [accounts[name]!, region] as const));
  for (let at = 0; at < places.length; at += 4) await Promise.all(places.slice(at, at + 4).map(async ([account, region]) => emulator.bootstrap(account, region, ...trust)));
  await deployExample(live, 'zone', [], '--all', '--concurrency', '4');
}, 600_000);

afterAll(async () => {
  await emulator.stop();
  fs.rmSync(directory, { recursive: true });
});

const ofType = async (type: string) => (await emulator.records()).filter((record) => record.type === type);

test('every account has the baselines in both Regions, by stack sets; the management account by plain stacks', async () => {
  const places = live.accounts.flatMap(({ id }) => REGIONS.map((region) => `${id} ${region}`)).sort();
  for (const type of ['AWS::Config::ConfigurationRecorder', 'Custom::EbsEncryptionByDefault', 'Custom::NoDefaultVpc']) {
    expect([type, (await ofType(type)).map(({ account, region }) => `${account} ${region}`).sort()]).toEqual([type, places]);
  }
  const keys = (await ofType('AWS::KMS::Alias')).filter(({ properties }) => properties.AliasName === 'alias/landing-zone/data');
  expect(keys.map(({ account, region }) => `${account} ${region}`).sort()).toEqual(places);
  const ec2 = new EC2Client({ ...await emulator.clientOptions(accounts['mobile-dev']), region: 'us-east-1' });
  expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(true);
});

test('people are assigned by team: developers where they develop, and nobody but viewers in production', async () => {
  const sets = new Map((await ofType('AWS::SSO::PermissionSet')).map(({ attributes, properties }) => [attributes.PermissionSetArn, properties.Name as string]));
  const of = (name: string) => ofType('AWS::SSO::Assignment').then((all) => all.filter(({ properties }) => properties.TargetId === accounts[name]).map(({ properties }) => sets.get(properties.PermissionSetArn)).sort());
  expect(await of('payments-prod')).toEqual(['Auditor', 'Viewer', 'Viewer']);
  expect(await of('payments-dev')).toEqual(['Auditor', 'Developer', 'Viewer', 'Viewer']);
});

test('every account has a budget that somebody hears of, by AWS\'s own answer, and costs can be asked', async () => {
  const budgets = new BudgetsClient(await emulator.clientOptions());
  const { Budgets } = await budgets.send(new DescribeBudgetsCommand({ AccountId: MANAGEMENT_ACCOUNT }));
  const watched = Budgets!.flatMap(({ CostFilters }) => (CostFilters?.LinkedAccount?.length === 1 ? CostFilters.LinkedAccount : []));
  expect(live.accounts.filter(({ id }) => !watched.includes(id)).map(({ name }) => name)).toEqual([]);
  for (const { BudgetName } of Budgets!) {
    const { Notifications } = await budgets.send(new DescribeNotificationsForBudgetCommand({ AccountId: MANAGEMENT_ACCOUNT, BudgetName }));
    expect([BudgetName, Notifications!.map(({ NotificationType, Threshold }) => `${NotificationType} ${Threshold}`).sort()]).toEqual([BudgetName, ['ACTUAL 100', 'ACTUAL 80', 'FORECASTED 110']]);
  }
  expect((await ofType('AWS::CE::AnomalyMonitor')).length).toBeGreaterThan(0);
  expect((await ofType('AWS::BCMDataExports::Export')).map(({ account }) => account)).toEqual([MANAGEMENT_ACCOUNT, MANAGEMENT_ACCOUNT]);
  const explorer = new CostExplorerClient({ ...await emulator.clientOptions(), region: 'us-east-1' });
  const { CostAllocationTags } = await explorer.send(new ListCostAllocationTagsCommand({ Status: 'Active' }));
  expect(CostAllocationTags!.map(({ TagKey }) => TagKey)).toEqual(['cost-center', 'environment', 'owner']);
  const [unit] = (await ofType('AWS::CE::CostCategory')).filter(({ properties }) => properties.Name === 'Unit');
  const { CostCategory } = await explorer.send(new DescribeCostCategoryDefinitionCommand({ CostCategoryArn: unit!.physicalId }));
  const production = CostCategory!.Rules!.find(({ Value }) => Value === 'Workloads')!;
  expect(JSON.stringify(production)).toContain(accounts['payments-prod']);
  expect(CostCategory!.SplitChargeRules).toEqual([expect.objectContaining({ Source: 'Infrastructure', Method: 'PROPORTIONAL' })]);
  const athena = new AthenaClient({ ...await emulator.clientOptions(accounts.finops), region: 'eu-west-1' });
  const [workgroup] = await ofType('AWS::Athena::WorkGroup');
  expect((await athena.send(new ListNamedQueriesCommand({ WorkGroup: workgroup!.properties.Name }))).NamedQueryIds!.length).toBeGreaterThan(5);
});

test('the account for security administers what detects, in both Regions, and has all accounts', async () => {
  for (const region of REGIONS) {
    const options = { ...await emulator.clientOptions(), region };
    const { delegatedAdminAccounts } = await new Inspector2Client(options).send(new ListDelegatedAdminAccountsCommand({}));
    const { adminAccounts } = await new Macie2Client(options).send(new ListOrganizationAdminAccountsCommand({}));
    expect([delegatedAdminAccounts!.map(({ accountId }) => accountId), adminAccounts!.map(({ accountId }) => accountId)]).toEqual([[accounts.security], [accounts.security]]);
  }
  const members = (await ofType('AWS::Detective::MemberInvitation')).filter(({ region }) => region === 'eu-west-1');
  expect(members.map(({ properties }) => properties.MemberId).sort()).toEqual(Object.entries(accounts).filter(([name]) => name !== 'security').map(([, id]) => id).sort());
});

test('the account of the log archive has a data lake in each Region, which its sources are collected in', async () => {
  const lakes = await ofType('AWS::SecurityLake::DataLake');
  expect(lakes.map(({ account, region }) => [account, region]).sort()).toEqual(REGIONS.map((region) => [accounts['log-archive'], region]));
  const sources = await ofType('AWS::SecurityLake::AwsLogSource');
  expect(new Set(sources.map(({ region }) => region))).toEqual(new Set(REGIONS));
});

test('every account has a vault in each Region that backups go to by tier, copies go to the log archive, and AWS Backup may copy between accounts', async () => {
  const places = live.accounts.flatMap(({ id }) => REGIONS.map((region) => `${id} ${region}`)).sort();
  const vaults = await ofType('AWS::Backup::BackupVault');
  expect([...new Set(vaults.map(({ account, region }) => `${account} ${region}`))].sort()).toEqual(places);
  const backup = new BackupClient({ ...await emulator.clientOptions(), region: 'eu-west-1' });
  expect((await backup.send(new DescribeGlobalSettingsCommand({}))).GlobalSettings).toMatchObject({ isCrossAccountBackupEnabled: 'true' });
  const policies = (await ofType('AWS::Organizations::Policy')).filter(({ properties }) => properties.Type === 'BACKUP_POLICY');
  expect(policies.map(({ properties }) => properties.Name).sort()).toEqual([1, 2, 3, 4].map((tier) => `LandingZone-Backups-Tier${tier}`));
  // What a policy names is there: vaults of the accounts that it is for, and those that copies go to.
  const named = JSON.stringify(policies.map(({ properties }) => properties.Content));
  const central = vaults.filter(({ account }) => account === accounts['log-archive']).map(({ properties }) => properties.BackupVaultName as string);
  const copied = [...named.matchAll(/arn:aws:backup:([a-z0-9-]+):(\d{12}):backup-vault:([\w-]+)/g)].map(([, region, account, name]) => ({ region, account, name: name! }));
  expect(copied.length).toBeGreaterThan(0);
  expect(copied.filter(({ account, name }) => account === accounts['log-archive'] && !central.includes(name))).toEqual([]);
  const events = await emulator.events();
  const at = (predicate: (type: string, index: number) => boolean) => events.map(({ type }, index) => (predicate(type, index) ? index : -1)).filter((index) => index >= 0);
  expect(Math.min(...at((type, index) => type === 'AWS::Organizations::Policy' && policies.some(({ physicalId }) => physicalId === events[index]!.physicalId))))
    .toBeGreaterThan(Math.max(...at((type) => type === 'AWS::Backup::BackupVault')));
});

test('the log archive has its buckets before anything writes to them', async () => {
  const events = await emulator.events();
  const first = (match: (event: { type: string; stack: string }) => boolean) => events.findIndex(match);
  const archived = first(({ type, stack }) => type === 'AWS::S3::Bucket' && stack.startsWith('Acme-LogArchive'));
  expect(archived).toBeGreaterThan(-1);
  for (const type of ['AWS::CloudTrail::Trail', 'AWS::Config::DeliveryChannel', 'AWS::EC2::FlowLog']) expect([type, first((event) => event.type === type) > archived]).toEqual([type, true]);
});

test('a second deployment changes nothing', async () => {
  const before = await emulator.events();
  await deployExample(live, 'again', [], '--all', '--concurrency', '4', '--force');
  expect(await emulator.events()).toEqual(before);
}, 300_000);

test('an account that comes is born with the baselines, before its own stacks know of it; then it has people and a budget', async () => {
  await deployExample(live, 'vended', ['orders-lab'], 'Acme/Organization');
  live = await pullOrganization(await emulator.organizations());
  const id = live.accounts.find(({ name }) => name === 'orders-lab')!.id;
  for (const type of ['AWS::Config::ConfigurationRecorder', 'Custom::NoDefaultVpc', 'AWS::KMS::Key', 'AWS::Oam::Link', 'AWS::SSM::PatchBaseline']) {
    expect([type, [...new Set((await ofType(type)).filter(({ account }) => account === id).map(({ region }) => region))].sort()]).toEqual([type, [...REGIONS]]);
  }
  await deployExample(live, 'joined', ['orders-lab'], '--all', '--concurrency', '4');
  const assigned = (await ofType('AWS::SSO::Assignment')).filter(({ properties }) => properties.TargetId === id);
  expect(assigned).toHaveLength(4);
}, 300_000);
