import { readFileSync } from 'fs';
import { join } from 'path';
import { CostExplorerClient, ListCostAllocationTagsCommand } from '@aws-sdk/client-cost-explorer';
import { CreateVpcCommand, DescribeSecurityGroupsCommand, DescribeVpcsCommand, EC2Client, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import { GuardDutyClient, ListOrganizationAdminAccountsCommand } from '@aws-sdk/client-guardduty';
import { GetAccountPasswordPolicyCommand, IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { Inspector2Client, ListDelegatedAdminAccountsCommand } from '@aws-sdk/client-inspector2';
import { ListOrganizationAdminAccountsCommand as ListMacieAdministratorsCommand, Macie2Client } from '@aws-sdk/client-macie2';
import {
  CreateAccountCommand, CreateOrganizationCommand, EnableAWSServiceAccessCommand, ListAccountsCommand, ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { GetServiceSettingCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, DefaultStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { TemplateDeployment } from './template-deployment';
import { AccountSettings, CostAllocationTags } from '../../src';
import { DetectionSettings } from '../../src/detection/settings/detection-settings';
import { NetworkSettings } from '../../src/network/settings/network-settings';
import { PUBLIC_SHARING } from '../../src/organization/account-settings/systems-manager-names';
import { OrganizationSettings } from '../../src/organization/settings/organization-settings';

const REGION = 'us-east-1';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

/** Custom resources of one function, what they set, and how it is seen. */
interface Subject {
  /** What is there before, and ids of it. */
  readonly before: () => Promise<{ readonly [name: string]: string }>;
  /** What is declared at first, then declared instead. */
  readonly versions: readonly ((stack: Stack, ids: { readonly [name: string]: string }) => void)[];
  /** What AWS itself says. */
  readonly state: (ids: { readonly [name: string]: string }) => Promise<unknown>;
  /** What was set before, and must not be lost whatever happens. */
  readonly keeps?: (state: any) => boolean;
  /** The bundled code. */
  readonly assets: string;
}

const sorted = (names: (string | undefined)[] = []) => [...names].sort();
const options = async (region = REGION) => ({ ...await emulator.clientOptions(), region });

async function organizationWithTwoAccounts(): Promise<{ [name: string]: string }> {
  const client = await emulator.organizations();
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  for (const AccountName of ['first', 'second']) await client.send(new CreateAccountCommand({ AccountName, Email: `aws+${AccountName}@acme.example` }));
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'sso.amazonaws.com' }));
  const { Accounts } = await client.send(new ListAccountsCommand({}));
  return {
    root: (await client.send(new ListRootsCommand({}))).Roots![0]!.Id!,
    ...Object.fromEntries(Accounts!.map(({ Name, Id }) => [Name!, Id!])),
  };
}

function organizationSettings(types: string[], services: string[], administrator: string, central: boolean): Subject['versions'][number] {
  return (stack, ids) => {
    const settings = new OrganizationSettings(stack, 'Settings', { rootId: ids.root! });
    for (const type of types) settings.addPolicyType(type);
    for (const service of services) settings.trustService(service);
    const delegated = settings.delegate({ key: 'security', servicePrincipal: 'guardduty.amazonaws.com', accountId: ids[administrator]! });
    delegated.node.addDependency(settings.trustService('guardduty.amazonaws.com'));
    settings.shareWithOrganization();
    if (central) settings.allowBackupCopies();
    if (central) for (const feature of settings.centralizeRootAccess()) feature.node.addDependency(settings.trustService('iam.amazonaws.com'));
  };
}

const SUBJECTS: { readonly [name: string]: Subject } = {
  'settings of the organization': {
    assets: 'organization-settings',
    before: organizationWithTwoAccounts,
    versions: [
      organizationSettings(['TAG_POLICY'], ['sso.amazonaws.com', 'config.amazonaws.com'], 'first', true),
      organizationSettings(['BACKUP_POLICY'], ['sso.amazonaws.com', 'access-analyzer.amazonaws.com'], 'second', false),
    ],
    state: async () => {
      const client = await emulator.organizations();
      return {
        services: sorted((await client.send(new ListAWSServiceAccessForOrganizationCommand({}))).EnabledServicePrincipals!.map(({ ServicePrincipal }) => ServicePrincipal)),
        administrators: sorted((await client.send(new ListDelegatedAdministratorsCommand({}))).DelegatedAdministrators!.map(({ Name }) => Name)),
        types: sorted((await client.send(new ListRootsCommand({}))).Roots![0]!.PolicyTypes!.map(({ Type }) => Type)),
        root: sorted((await new IAMClient(await options()).send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures),
      };
    },
    keeps: ({ services, types }) => services.includes('sso.amazonaws.com') && types.includes('SERVICE_CONTROL_POLICY'),
  },
  'settings of an account': {
    assets: 'account-settings',
    before: async () => ({}),
    versions: [
      (stack) => { new AccountSettings(stack, 'Settings', { homeRegion: REGION, passwordPolicy: { minimumLength: 20 } }); },
      (stack) => { new AccountSettings(stack, 'Settings', { homeRegion: REGION, passwordPolicy: { minimumLength: 24 } }); },
    ],
    state: async () => {
      const policy = await new IAMClient(await options()).send(new GetAccountPasswordPolicyCommand({})).catch(() => undefined);
      const ec2 = new EC2Client(await options());
      return {
        length: policy?.PasswordPolicy?.MinimumPasswordLength,
        encrypted: (await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault,
        vpcs: (await ec2.send(new DescribeVpcsCommand({}))).Vpcs!.length,
        sharing: (await new SSMClient(await options()).send(new GetServiceSettingCommand({ SettingId: PUBLIC_SHARING }))).ServiceSetting!.SettingValue,
      };
    },
  },
  'tags that costs are told apart by': {
    assets: 'cost-settings',
    before: async () => ({}),
    versions: [
      (stack) => { new CostAllocationTags(stack, 'Tags', { keys: ['owner'] }); },
      (stack) => { new CostAllocationTags(stack, 'Tags', { keys: ['owner', 'cost-center'] }); },
    ],
    state: async () => sorted((await new CostExplorerClient(await options()).send(new ListCostAllocationTagsCommand({ Status: 'Active' }))).CostAllocationTags!.map(({ TagKey }) => TagKey)),
  },
  'settings of the network': {
    assets: 'network-settings',
    before: async () => {
      const ec2 = new EC2Client(await options());
      const groups = await Promise.all(['10.0.0.0/16', '10.1.0.0/16'].map(async (CidrBlock) => {
        const { VpcId } = (await ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc!;
        return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId!] }, { Name: 'group-name', Values: ['default'] }] }))).SecurityGroups![0]!.GroupId!;
      }));
      return { first: groups[0]!, second: groups[1]! };
    },
    versions: [
      (stack, ids) => { NetworkSettings.of(stack).closeDefaultSecurityGroup('Spoke', ids.first!); },
      (stack, ids) => { NetworkSettings.of(stack).closeDefaultSecurityGroup('Spoke', ids.second!); },
    ],
    state: async (ids) => {
      const { SecurityGroups } = await new EC2Client(await options()).send(new DescribeSecurityGroupsCommand({ GroupIds: [ids.first!, ids.second!] }));
      const closed = SecurityGroups!.filter(({ IpPermissions, IpPermissionsEgress }) => IpPermissions!.length + IpPermissionsEgress!.length === 0);
      return sorted(closed.map(({ GroupId }) => (GroupId === ids.first ? 'first' : 'second')));
    },
  },
  'administrators of what detects': {
    assets: 'detection-settings',
    before: organizationWithTwoAccounts,
    versions: [
      (stack, ids) => {
        const settings = DetectionSettings.of(stack);
        settings.serviceLinkedRole('access-analyzer.amazonaws.com');
        settings.guardDutyAdministrator(REGION, ids.first!);
        settings.inspectorAdministrator(REGION, ids.first!);
        settings.macieAdministrator(REGION, ids.first!);
      },
    ],
    state: async (ids) => {
      const name = (id?: string) => Object.keys(ids).find((key) => ids[key] === id);
      return {
        guardDuty: (await new GuardDutyClient(await options()).send(new ListOrganizationAdminAccountsCommand({}))).AdminAccounts!.map(({ AdminAccountId }) => name(AdminAccountId)),
        inspector: (await new Inspector2Client(await options()).send(new ListDelegatedAdminAccountsCommand({}))).delegatedAdminAccounts!.map(({ accountId }) => name(accountId)),
        macie: (await new Macie2Client(await options()).send(new ListMacieAdministratorsCommand({}))).adminAccounts!.map(({ accountId }) => name(accountId)),
      };
    },
  },
};

/** Synthesized once, with `@first@` for the id of what is called `first`. */
const synthesized = new Map<Subject['versions'][number], string>();

/** With the code in the template, so that nothing is uploaded. */
function template({ assets }: Subject, version: Subject['versions'][number], ids: { readonly [name: string]: string }): object {
  const known = synthesized.get(version) ?? synthesize(assets, version, Object.keys(ids));
  synthesized.set(version, known);
  return JSON.parse(known.replace(/@(\w+)@/g, (_, name: string) => ids[name]!));
}

function synthesize(assets: string, version: Subject['versions'][number], names: string[]): string {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Subject', {
    env: { account: MANAGEMENT_ACCOUNT, region: REGION }, synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  for (const key of ['owner', 'cost-center']) Tags.of(stack).add(key, 'used');
  version(stack, Object.fromEntries(names.map((name) => [name, `@${name}@`])));
  const made = (stack.node.root as App).synth().getStackArtifact(stack.artifactId).template;
  for (const { Type, Properties } of Object.values<any>(made.Resources)) {
    if (Type === 'AWS::Lambda::Function') Properties.Code = { ZipFile: readFileSync(join(__dirname, '..', '..', 'assets', assets, 'index.js'), 'utf8') };
  }
  return JSON.stringify(made);
}

/** A fresh AWS, with the subject deployed up to a version. */
async function fresh(subject: Subject, upTo: number) {
  await emulator.reset();
  const ids = await subject.before();
  const stack = new TemplateDeployment(emulator, 'Subject', REGION);
  const templates = subject.versions.map((version) => template(subject, version, ids));
  for (const one of templates.slice(0, upTo)) expect(await stack.deploy(one)).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  return { stack, templates, state: async () => subject.state(ids) };
}

type Place = Awaited<ReturnType<typeof fresh>>;

/** Whether all that was there is there. */
function covers(state: any, wanted: any): boolean {
  if (Array.isArray(wanted)) return wanted.every((one) => state.includes(one));
  if (wanted !== null && typeof wanted === 'object') return Object.keys(wanted).every((key) => covers(state[key], wanted[key]));
  return state === wanted;
}

const isRead = (call: string) => / (Get|List|Describe)| GET |\/list$/.test(call);

/** Lets each call of a step meet each fault, each time in a fresh AWS; then the step is done again. A call that only looks is refused alone: whether it was made makes no difference. */
async function withEachFault(subject: Subject, done: number, step: (place: Place) => Promise<string | undefined>): Promise<string[]> {
  const faultless = await fresh(subject, done);
  const before = await faultless.state();
  await emulator.fault(0, 'refused');
  const ending = await step(faultless);
  const [calls, wanted] = [await emulator.calls(), await faultless.state()];
  const met: string[] = [];
  // Of a run of the same call, the first and the last.
  for (const [index, call] of [...calls.entries()].filter(([at, name]) => name !== calls[at - 1] || name !== calls[at + 1])) {
    for (const kind of isRead(call) ? ['refused'] as const : ['refused', 'ended'] as const) {
      const place = await fresh(subject, done);
      await emulator.fault(index + 1, kind);
      const faulty = await step(place);
      if ((await emulator.calls()).length > index) met.push(`${call} ${kind}`);
      const between = await place.state();
      const rolledBack = /ROLLBACK/.test(faulty ?? '');
      const lost = (rolledBack && done > 0 && !covers(between, before)) || !(subject.keeps?.(between) ?? true);
      await emulator.fault(0, 'refused');
      const again = faulty === ending ? ending : await step(place);
      const state = await place.state();
      // What CloudFormation fails to delete after an update it leaves, and says so in its events.
      expect({ call, kind, faulty, lost, again, isThere: covers(state, wanted), state: faulty === 'UPDATE_COMPLETE' ? wanted : state })
        .toEqual({ call, kind, faulty, lost: false, again: ending, isThere: true, state: wanted });
    }
  }
  expect(met.length).toBeGreaterThan(0);
  return met;
}

describe.each(Object.entries(SUBJECTS))('%s', (_, subject) => {
  test('whichever call fails when they are created, the deployment fails and the next one has everything', async () => {
    const met = await withEachFault(subject, 0, async ({ stack, templates }) => stack.deploy(templates[0]!));
    expect(met.some((call) => call.endsWith('ended'))).toBe(true);
  }, 300_000);
});

describe.each(Object.entries(SUBJECTS).filter(([, { versions }]) => versions.length > 1))('%s', (_, subject) => {
  test('whichever call fails when they change, what was there is there, and the next deployment has everything', async () => {
    await withEachFault(subject, 1, async ({ stack, templates }) => stack.deploy(templates[1]!));
  }, 300_000);
});

test('whichever call fails when settings of the organization are let go, the next attempt has everything back as it was', async () => {
  const met = await withEachFault(SUBJECTS['settings of the organization']!, 1, async ({ stack }) => stack.delete());
  expect(met.some((call) => call.endsWith('ended'))).toBe(true);
}, 300_000);
