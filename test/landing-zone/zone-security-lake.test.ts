import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AccountLifecycle, Control, LandingZone, LockFile, PlatformPrincipals, PreventiveMechanism, RegionStandard, SecurityLakeSource, Severity, ZoneSecurityLakeProps,
} from '../../src';

const REGIONS = ['eu-west-1', 'us-east-1'];

interface Options {
  readonly allowed?: string[];
  readonly configuresDetection?: boolean;
  readonly before?: (made: LandingZone) => void;
  readonly lockFile?: LockFile;
}

function zone(props?: ZoneSecurityLakeProps, { allowed = REGIONS, configuresDetection = false, before = (_: LandingZone) => {}, lockFile }: Options = {}) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example', platformPrincipals: PlatformPrincipals.standard({ configuresDetection }), lockFile,
  });
  before(made);
  const lakes = made.detection.addSecurityLake(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  const find = (name: string, type: string) => Object.entries(Template.fromStack(stack(name)).findResources(type));
  return { app, made, lakes, stack, find, after: (name: string) => stack(name).dependencies.map(({ stackName }) => stackName) };
}

test('the management account names the account of the log archive to Security Lake, and not to AWS Organizations', () => {
  const { made, stack, find } = zone();
  const { accountId } = made.account('log-archive');
  expect(find('Acme-SecurityLake-Administrator-eu-west-1', 'Custom::SecurityLakeAdministrator').map(([, { Properties }]) => Properties)).toMatchObject([{ Region: 'eu-west-1', AccountId: accountId }]);
  expect(stack('Acme-SecurityLake-Administrator-eu-west-1').account).toBe(made.organization.managementAccountId);
  expect(JSON.stringify(Template.fromStack(made.organizationStack).toJSON())).not.toContain('securitylake');
});

test('it has a data lake in every Region, which collects of all accounts, those that are added later and the management account among them', () => {
  const { made, stack, find, lakes } = zone();
  made.unit('Workloads/Prod').addAccount('payments', { email: 'aws+payments@acme.example' });
  const { accountId } = made.account('log-archive');
  const all = [made.organization.managementAccountId, ...made.organization.accounts.map((one) => one.accountId)].sort();
  expect(all).toContain(made.account('payments').accountId);
  for (const region of REGIONS) {
    expect(stack(`Acme-SecurityLake-${region}`).account).toBe(accountId);
    const sources = find(`Acme-SecurityLake-${region}`, 'AWS::SecurityLake::AwsLogSource').map(([, { Properties }]) => Properties);
    expect(sources.map(({ SourceName }) => SourceName)).toEqual(['CLOUD_TRAIL_MGMT', 'ROUTE53', 'SH_FINDINGS', 'VPC_FLOW']);
    for (const { Accounts } of sources) expect(Accounts).toEqual(all);
  }
  expect(lakes.map((lake) => Stack.of(lake).region)).toEqual(REGIONS);
  expect(find('Acme-SecurityLake-Roles-eu-west-1', 'AWS::IAM::Role').map(([, { Properties }]) => Properties.RoleName)).toContain('AmazonSecurityLakeMetaStoreManagerV2');
  expect(find('Acme-SecurityLake-Roles-eu-west-1', 'Custom::ServiceLinkedRole').map(([, { Properties }]) => Properties.Service)).toEqual(['resource-management.securitylake.amazonaws.com']);
});

test('accounts that come are collected of in the same Regions, from the same sources', () => {
  const [, { Properties }] = zone({ also: [SecurityLakeSource.WAF] }).find('Acme-SecurityLake-Organization-eu-west-1', 'Custom::SecurityLakeOrganization')[0]!;
  expect(Properties).toMatchObject({
    Region: 'eu-west-1', Regions: REGIONS, Sources: ['CLOUD_TRAIL_MGMT', 'ROUTE53', 'SH_FINDINGS', 'VPC_FLOW', 'WAF'].map((SourceName) => ({ SourceName, SourceVersion: '2.0' })),
  });
});

test('the administrator comes first, then roles, then one Region after the other, then accounts that come', () => {
  const { after } = zone();
  expect(after('Acme-SecurityLake-Administrator-eu-west-1')).toEqual(['Acme-Organization']);
  expect(after('Acme-SecurityLake-Roles-eu-west-1')).toEqual(['Acme-Organization', 'Acme-SecurityLake-Administrator-eu-west-1']);
  expect(after('Acme-SecurityLake-eu-west-1')).toEqual(['Acme-Organization', 'Acme-SecurityLake-Roles-eu-west-1']);
  expect(after('Acme-SecurityLake-us-east-1')).toEqual(['Acme-Organization', 'Acme-SecurityLake-eu-west-1']);
  expect(after('Acme-SecurityLake-Organization-eu-west-1')).toEqual(['Acme-Organization', 'Acme-SecurityLake-us-east-1']);
});

test('management events are collected after there is a trail', () => {
  const { after } = zone(undefined, {
    before: (made) => {
      made.addLogArchive();
      made.logging.addTrail();
    },
  });
  expect(after('Acme-SecurityLake-eu-west-1')).toContain('Acme-Trail');
});

test('neither a closed account is collected of nor, where others have one, one whose id is not known yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'security-lake-'));
  const file = join(folder, 'organization.lock.json');
  writeFileSync(file, JSON.stringify({
    version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '111111111111', units: {},
    accounts: { 'aws+log-archive@acme.example': '222222222222', 'aws+network@acme.example': '333333333333', 'aws+old@acme.example': '444444444444' },
  }));
  const { made, find } = zone(undefined, { lockFile: LockFile.load(file) });
  rmSync(folder, { recursive: true });
  made.unit('Suspended').addAccount('old', { email: 'aws+old@acme.example', lifecycle: AccountLifecycle.closed('2026-11-01') });
  expect(find('Acme-SecurityLake-us-east-1', 'AWS::SecurityLake::AwsLogSource')[0]![1].Properties.Accounts).toEqual(['111111111111', '222222222222', '333333333333']);
});

test('the rollup Region is made before those that copy to it', () => {
  const { after, find, lakes } = zone({ rollupRegion: 'us-east-1' });
  expect(after('Acme-SecurityLake-us-east-1')).toContain('Acme-SecurityLake-Roles-eu-west-1');
  expect(after('Acme-SecurityLake-eu-west-1')).toContain('Acme-SecurityLake-us-east-1');
  const replication = (region: string) => find(`Acme-SecurityLake-${region}`, 'AWS::SecurityLake::DataLake')[0]![1].Properties.ReplicationConfiguration?.Regions;
  expect([replication('eu-west-1'), replication('us-east-1')]).toEqual([['us-east-1'], undefined]);
  expect(lakes.map((lake) => Stack.of(lake).region)).toEqual(REGIONS);
});

test('a Region more changes no logical id, and nothing of other Regions', () => {
  const resources = (allowed: string[]) => Object.fromEntries(REGIONS.map((region) => [region, Template.fromStack(zone(undefined, { allowed }).stack(`Acme-SecurityLake-${region}`)).toJSON().Resources]));
  expect(resources([...REGIONS, 'eu-north-1'])).toEqual(resources(REGIONS));
});

test('what cannot be is said', () => {
  expect(() => zone({ account: 'nobody' })).toThrow(/nobody/);
  expect(() => zone({ rollupRegion: 'eu-north-1' })).toThrow('the rollup Region eu-north-1 is none of the zone\'s: eu-west-1, us-east-1');
  expect(() => zone({ without: [{ source: SecurityLakeSource.ROUTE53, reason: ' ' }] })).toThrow('addSecurityLake: ROUTE53 is left out without a reason');
  expect(() => zone().made.detection.addSecurityLake()).toThrow('has Security Lake already');
});

test('a control that denies setting it up is told, and the role can be exempt', () => {
  const control = new Control({
    id: 'ACME.LAKE.1', title: 'The platform sets up Security Lake', description: 'Nobody else does.', severity: Severity.LOW, frameworks: [], sources: ['The company'],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['securitylake:CreateDataLakeOrganizationConfiguration'], resources: ['*'] })],
    proof: { denies: [{ action: 'securitylake:CreateDataLakeOrganizationConfiguration' }], allows: [{ action: 'securitylake:ListDataLakes' }] },
  });
  const denied = zone();
  denied.made.enable('Security', control);
  expect(() => denied.app.synth()).toThrow(/denies securitylake:CreateDataLakeOrganizationConfiguration to the role that sets it up in account log-archive/);
  const exempt = zone(undefined, { configuresDetection: true });
  exempt.made.enable('Security', control);
  expect(() => exempt.app.synth()).not.toThrow();
});

test('two synths are identical', () => {
  const templates = () => zone({ rollupRegion: 'eu-west-1' }).app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
});

test('snapshot of a data lake', () => {
  expect(zone({ rollupRegion: 'us-east-1', days: 730, transitions: [{ days: 90, storageClass: 'GLACIER_IR' }] }).find('Acme-SecurityLake-eu-west-1', 'AWS::SecurityLake::DataLake')).toMatchSnapshot();
});
