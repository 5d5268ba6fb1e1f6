import { CreateDocumentCommand, DescribeDocumentCommand, GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, Stack } from 'aws-cdk-lib';
import { deployed } from './app';
import { Emulator, MANAGEMENT_ACCOUNT, startEmulator } from './emulator';
import { Baseline, BaselineAdministrator, Organization, SystemsManager, SystemsManagerOptions } from '../../src';
import { SESSION_DOCUMENT } from '../../src/organization/account-settings/systems-manager-names';

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

/** What the console makes when somebody looks at the preferences. */
const OF_CONSOLE = { schemaVersion: '1.0', description: 'Document to hold regional settings for Session Manager', sessionType: 'Standard_Stream', inputs: { cloudWatchLogGroupName: '', runAsEnabled: false } };

function zone(options: SystemsManagerOptions = {}, isDelivered = true) {
  return (app: App) => {
    const stack = new Stack(app, 'Organization', { env: { account: MANAGEMENT_ACCOUNT, region: 'us-east-1' } });
    const organization = new Organization(stack, 'Organization', { managementAccount: { email: 'aws+management@acme.example' } });
    const unit = organization.root.addUnit('Workloads');
    unit.addAccount('payments', { email: 'aws+payments@acme.example' });
    if (!isDelivered) return;
    new Baseline(app, 'SystemsManager', {
      administrator: BaselineAdministrator.managementAccount(MANAGEMENT_ACCOUNT, 'us-east-1'), regions: REGIONS, waves: [{ name: 'all', units: [unit] }],
      content: { define: (own) => { new SystemsManager(own, 'SystemsManager', options); } },
    });
  };
}

async function clientsOf(): Promise<SSMClient[]> {
  const account = (await emulator.records()).find(({ type }) => type === 'AWS::Organizations::Account')!.physicalId;
  const options = await emulator.clientOptions(account);
  return REGIONS.map((region) => new SSMClient({ ...options, region }));
}

/** What Session Manager would take. */
async function preferences(ssm: SSMClient) {
  const { Content } = await ssm.send(new GetDocumentCommand({ Name: SESSION_DOCUMENT, DocumentVersion: '$DEFAULT' }));
  const { Document } = await ssm.send(new DescribeDocumentCommand({ Name: SESSION_DOCUMENT }));
  const { idleSessionTimeout, cloudWatchLogGroupName } = JSON.parse(Content!).inputs;
  return { idleSessionTimeout, cloudWatchLogGroupName, versions: Number(Document!.LatestVersion) };
}

test('sessions run as is said in every Region, where the console made preferences too, and as is said later', async () => {
  await deployed(emulator, zone({}, false));
  const clients = await clientsOf();
  await clients[0]!.send(new CreateDocumentCommand({ Name: SESSION_DOCUMENT, DocumentType: 'Session', DocumentFormat: 'JSON', Content: JSON.stringify(OF_CONSOLE) }));
  await deployed(emulator, zone());
  const set = { idleSessionTimeout: '20', cloudWatchLogGroupName: '/landing-zone/sessions' };
  expect(await Promise.all(clients.map(preferences))).toEqual([{ ...set, versions: 2 }, { ...set, versions: 1 }]);
  await deployed(emulator, zone({ sessions: { idleMinutes: 5 } }));
  expect(await Promise.all(clients.map(preferences))).toEqual([{ ...set, idleSessionTimeout: '5', versions: 3 }, { ...set, idleSessionTimeout: '5', versions: 2 }]);
  await deployed(emulator, zone());
  expect(await Promise.all(clients.map(preferences))).toEqual([{ ...set, versions: 3 }, { ...set, versions: 2 }]);
});

test('instances are managed and looked at for patches in each Region', async () => {
  await deployed(emulator, zone());
  const records = (await emulator.records()).filter(({ type }) => type.startsWith('AWS::SSM::'));
  expect(records.filter(({ type }) => type === 'AWS::SSM::ServiceSetting').map(({ properties }) => typeof properties.SettingValue)).toEqual(['string', 'string']);
  expect(records.filter(({ type }) => type === 'AWS::SSM::PatchBaseline').map(({ properties }) => properties.OperatingSystem).sort()).toEqual(
    ['AMAZON_LINUX_2', 'AMAZON_LINUX_2', 'AMAZON_LINUX_2023', 'AMAZON_LINUX_2023', 'REDHAT_ENTERPRISE_LINUX', 'REDHAT_ENTERPRISE_LINUX', 'WINDOWS', 'WINDOWS']);
  expect(records.filter(({ type }) => type === 'AWS::SSM::Association').map(({ properties }) => properties.Parameters)).toEqual([{ Operation: ['Scan'] }, { Operation: ['Scan'] }]);
});
