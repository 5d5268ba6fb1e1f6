import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DeregisterDelegatedAdministratorCommand, EnableAWSServiceAccessCommand, ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand, ListRootsCommand, OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAccount, CfnOrganization, CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { deploy, deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { OrganizationSettings } from '../../src/organization/settings/organization-settings';

const GUARDDUTY = 'guardduty.amazonaws.com';

let emulator: Emulator;
let client: OrganizationsClient;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

beforeEach(async () => {
  await emulator.reset();
  await emulator.bootstrap();
  client = await emulator.organizations();
});

/** The organization in one stack with two accounts; the settings in another, so that they can go while it stays. */
function app(options: { administrator?: 'first' | 'second'; services?: string[]; policyTypes?: string[]; failing?: boolean; policy?: boolean; rootAccess?: boolean }) {
  return (root: App) => {
    const env = { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' };
    const organization = new Stack(root, 'Organization', { env });
    const rootId = new CfnOrganization(organization, 'Organization').attrRootId;
    const first = new CfnAccount(organization, 'First', { accountName: 'first', email: 'aws+first@acme.example' });
    const second = new CfnAccount(organization, 'Second', { accountName: 'second', email: 'aws+second@acme.example' });
    second.addResourceDependency(first);
    organization.exportValue(first.ref);
    organization.exportValue(second.ref);
    organization.exportValue(rootId);

    const stack = new Stack(root, 'Settings', { env });
    stack.addStackDependency(organization);
    new CfnResource(stack, 'Marker', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: 'marker', Name: '/marker' } });
    const settings = new OrganizationSettings(stack, 'Settings', { rootId });
    for (const type of options.policyTypes ?? []) {
      const enabled = settings.addPolicyType(type);
      if (options.policy) {
        new CfnPolicy(stack, `Policy${type}`, {
          name: type, type, content: type === 'TAG_POLICY' ? { tags: {} } : { plans: {} }, targetIds: [rootId],
        }).node.addDependency(enabled);
      }
    }
    for (const service of options.services ?? []) settings.trustService(service);
    if (options.rootAccess) {
      const trusted = settings.trustService('iam.amazonaws.com');
      for (const feature of settings.centralizeRootAccess()) feature.node.addDependency(trusted);
    }
    if (options.administrator) {
      const trusted = settings.trustService(GUARDDUTY);
      const accountId = { first, second }[options.administrator].ref;
      const delegated = settings.delegate({ key: 'security', servicePrincipal: GUARDDUTY, accountId });
      delegated.node.addDependency(trusted);
      if (options.failing) {
        new CfnResource(stack, 'Failing', { type: 'AWS::SNS::Subscription', properties: {} }).node.addDependency(delegated);
      }
    }
  };
}

const services = async () => (await client.send(new ListAWSServiceAccessForOrganizationCommand({})))
  .EnabledServicePrincipals!.map(({ ServicePrincipal }) => ServicePrincipal).sort();
const administrators = async () => (await client.send(new ListDelegatedAdministratorsCommand({}))).DelegatedAdministrators!.map(({ Name }) => Name);
const policyTypes = async () => (await client.send(new ListRootsCommand({}))).Roots![0]!.PolicyTypes!.map(({ Type }) => Type).sort();

test('settings are on after a deployment, in order, and those it found stay when it lets go of them', async () => {
  await deployed(emulator, app({}));
  await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: 'sso.amazonaws.com' }));

  await deployed(emulator, app({
    services: ['sso.amazonaws.com', 'config.amazonaws.com'], administrator: 'first', policyTypes: ['SERVICE_CONTROL_POLICY', 'TAG_POLICY'],
  }));
  expect(await services()).toEqual(['config.amazonaws.com', GUARDDUTY, 'sso.amazonaws.com']);
  expect(await administrators()).toEqual(['first']);
  expect(await policyTypes()).toEqual(['SERVICE_CONTROL_POLICY', 'TAG_POLICY']);

  await deployed(emulator, app({}));
  expect(await services()).toEqual(['sso.amazonaws.com']);
  expect(await administrators()).toEqual([]);
  expect(await policyTypes()).toEqual(['SERVICE_CONTROL_POLICY']); // AWS enables it with the organization
});

test('policies of a type follow its enabling', async () => {
  await deployed(emulator, app({ policyTypes: ['TAG_POLICY', 'BACKUP_POLICY'], policy: true }));
  expect(await policyTypes()).toEqual(['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY', 'TAG_POLICY']);
});

test('another administrator replaces the first; a failed replacement leaves the first, still as created here', async () => {
  await deployed(emulator, app({ administrator: 'first' }));

  const failed = await deploy(emulator, app({ administrator: 'second', failing: true }));
  expect(failed.exitCode).toBe(1);
  expect(failed.output).toContain('required key [TopicArn] not found');
  expect(await administrators()).toEqual(['first']);
  expect((await emulator.records()).find(({ type }) => type === 'Custom::OrganizationDelegatedAdministrator')!.physicalId)
    .toMatch(/^delegated-administrator:guardduty\.amazonaws\.com:\d{12}:created$/);

  await deployed(emulator, app({ administrator: 'second' }));
  expect(await administrators()).toEqual(['second']);
  await deployed(emulator, app({}));
  expect(await administrators()).toEqual([]);
  expect(await services()).toEqual([]);
});

test('a setting that was turned off by hand in the meantime is no obstacle', async () => {
  await deployed(emulator, app({ administrator: 'first' }));
  const id = (await client.send(new ListDelegatedAdministratorsCommand({}))).DelegatedAdministrators![0]!.Id;
  await client.send(new DeregisterDelegatedAdministratorCommand({ AccountId: id, ServicePrincipal: GUARDDUTY }));
  await deployed(emulator, app({}));
  expect(await services()).toEqual([]);
});

test('central root access is on, and off again when it is taken out', async () => {
  const features = async () => (await new IAMClient(await emulator.clientOptions()).send(new ListOrganizationsFeaturesCommand({}))).EnabledFeatures;
  await deployed(emulator, app({ rootAccess: true }));
  expect(await features()).toEqual(['RootCredentialsManagement', 'RootSessions']);
  await deployed(emulator, app({}));
  expect(await features()).toEqual([]);
});
