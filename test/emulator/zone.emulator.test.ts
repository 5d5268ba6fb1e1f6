import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import {
  ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListPoliciesCommand, ListTargetsForPolicyCommand, OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { App } from 'aws-cdk-lib';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { LandingZone, LockFile, RegionStandard } from '../../src';
import { PlaceholderIds } from '../../src/model/lock-file';
import { pullOrganization } from '../../src/organization/live/pull';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.bootstrap();
});

afterAll(async () => {
  await emulator.stop();
});

/** The foundational zone with what a first `pull` knows: the management account alone. */
function zone(lockFile?: LockFile) {
  return (app: App) => {
    const built = new LandingZone(app, 'Acme', {
      regions: new RegionStandard({ home: 'us-east-1', allowed: ['us-east-1'] }),
      accountEmail: 'aws+{account}@acme.example',
      lockFile,
      trustedServices: ['config.amazonaws.com'],
      delegatedAdministrators: [{ service: 'guardduty.amazonaws.com', account: 'security' }],
    });
    built.organization.settings.trustService('access-analyzer.amazonaws.com');
  };
}

test('the foundational zone deploys with its settings, and a second deployment changes nothing', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
  const file = path.join(directory, 'organization.lock.json');
  fs.writeFileSync(file, JSON.stringify({
    version: 1, organizationId: 'o-a1b2c3d4e5', rootId: 'r-a1b2', managementAccountId: MANAGEMENT_ACCOUNT, units: {}, accounts: {},
  }));
  const lockFile = LockFile.load(file);
  fs.rmSync(directory, { recursive: true });

  await deployed(emulator, zone(lockFile));
  const client = await emulator.organizations();
  const live = await pullOrganization(client);
  expect(live.units.map((unit) => unit.path)).toEqual(expect.arrayContaining(['Security', 'Workloads', 'Workloads/Prod', 'Sandbox']));
  expect(live.accounts.map((account) => `${account.unitPath}/${account.name}`)).toEqual(expect.arrayContaining(['Security/security']));
  const services = (await client.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals!.map((service) => service.ServicePrincipal);
  expect(services.sort()).toEqual(['access-analyzer.amazonaws.com', 'config.amazonaws.com', 'guardduty.amazonaws.com', 'ram.amazonaws.com']);
  const administrators = (await client.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: 'guardduty.amazonaws.com' }))).DelegatedAdministrators!;
  expect(administrators.map((account) => account.Name)).toEqual(['security']);

  const events = await emulator.events();
  await deployed(emulator, zone(lockFile), '--force');
  expect(await emulator.events()).toEqual(events);
});

test('placeholder ids are refused with the command to run, even if an account with such an id could be reached', async () => {
  const placeholder = PlaceholderIds.account('management');
  await emulator.bootstrap(placeholder);
  const done = await deploy(emulator, zone());
  expect(done.exitCode).toBe(1);
  expect(done.output.replace(/\s+/g, ' ')).toContain('Run "npx landing-zone pull", then synthesize and deploy again.');
  expect((await emulator.records()).filter(({ account, stack }) => account === placeholder && stack !== 'CDKToolkit')).toEqual([]);
});

/** Names of the targets of each policy of ours. */
async function attachments(client: OrganizationsClient): Promise<{ [policy: string]: string[] }> {
  const { Policies } = await client.send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY' }));
  const own = Policies!.filter(({ AwsManaged }) => !AwsManaged);
  return Object.fromEntries(await Promise.all(own.map(async ({ Id, Name }) => {
    const { Targets } = await client.send(new ListTargetsForPolicyCommand({ PolicyId: Id! }));
    return [Name!, Targets!.map((target) => target.Name!)] as const;
  })));
}

test.each([['one stack', undefined], ['stacks of accounts', 2]])('guardrails are attached, and a moved account moves: %s', async (_, accountStacks) => {
  await emulator.reset();
  await emulator.bootstrap();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
  const file = path.join(directory, 'organization.lock.json');
  fs.writeFileSync(file, JSON.stringify({
    version: 1, organizationId: 'o-a1b2c3d4e5', rootId: 'r-a1b2', managementAccountId: MANAGEMENT_ACCOUNT, units: {}, accounts: {},
  }));
  const lockFile = LockFile.load(file);
  const withPaymentsIn = (unit: string) => (app: App) => {
    const built = new LandingZone(app, 'Acme', {
      regions: new RegionStandard({ home: 'us-east-1' }), accountEmail: 'aws+{account}@acme.example', lockFile, accountStacks, shareWithinOrganization: false,
    });
    built.unit(unit).addAccount('payments', { email: 'aws+payments@acme.example' });
  };

  await deployed(emulator, withPaymentsIn('Workloads/NonProd'));
  const client = await emulator.organizations();
  // One set may need several policies; each is attached where its set is enabled.
  const places = Object.entries(await attachments(client)).map(([name, targets]) => [name.replace(/-\d+$/, ''), targets] as const);
  expect(Object.fromEntries(places)).toEqual({
    'foundational': ['Root'], 'Workloads/workload': ['Workloads'], 'Sandbox/sandbox': ['Sandbox'], 'Suspended/quarantine': ['Suspended'],
  });
  for (const [set, targets] of places) expect([set, targets]).toEqual([set, [set.includes('/') ? set.split('/')[0] : 'Root']]);
  const before = (await pullOrganization(client)).accounts.find(({ name }) => name === 'payments')!;
  expect(before.unitPath).toBe('Workloads/NonProd');

  await deployed(emulator, withPaymentsIn('Workloads/Prod'));
  const after = (await pullOrganization(client)).accounts.filter(({ name }) => name === 'payments');
  expect(after).toEqual([{ ...before, unitPath: 'Workloads/Prod' }]);
});
