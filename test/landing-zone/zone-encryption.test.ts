import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { EncryptionKeys, EncryptionStandard, LandingZone, OrganizationFile, RegionStandard, TaggingStandard } from '../../src';
import { ZoneEncryptionProps } from '../../src/landing-zone/zone-encryption';
import { stackSets } from '../delivery/baseline-fixture';
import '../../src/testing';

function zone(standard = new EncryptionStandard(), props?: ZoneEncryptionProps) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example' });
  made.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  return { app, made, keys: made.addEncryption(standard, props) };
}

const PARAMETER = 'arn:aws:ssm:eu-west-1:*:parameter/landing-zone/keys/data';

test('every account and Region has the keys, the management account too', () => {
  const { app, made } = zone();
  const set = stackSets(app)['Acme-Encryption-Root'];
  expect(set.Properties.StackInstancesGroup[0].Regions).toEqual(['eu-west-1', 'us-east-1']);
  const types = Object.values<any>(JSON.parse(set.Properties.TemplateBody).Resources).map(({ Type, DeletionPolicy }) => `${Type} ${DeletionPolicy}`);
  expect(types).toEqual(['AWS::KMS::Key Retain', 'AWS::KMS::Alias Retain', 'AWS::SSM::Parameter Retain']);
  const ofManagement = app.node.findAll().filter((one): one is Stack => Stack.isStack(one) && one.stackName.startsWith('Acme-Encryption-Management'));
  expect(ofManagement.map(({ account, region }) => `${account} ${region}`)).toEqual(['eu-west-1', 'us-east-1'].map((region) => `${made.organization.managementAccountId} ${region}`));
});

test('nobody but the platform says which key encrypts, by proof', () => {
  const { made } = zone();
  expect(made.account('payments-prod')).toNeverAllow('ssm:PutParameter', 'ssm:DeleteParameter', { on: PARAMETER });
  expect(made.account('payments-prod')).toAllow('ssm:PutParameter', { as: 'role/stacksets-exec-0123456789abcdef', on: PARAMETER });
});

test('weaker keys are denied where that is asked for', () => {
  const upload = { on: 'arn:aws:s3:::receipts/*', context: { 's3:x-amz-server-side-encryption': 'AES256' } };
  expect(zone(undefined, { denyWeakerKeysIn: ['Workloads'] }).made.account('payments-prod')).toNeverAllow('s3:PutObject', upload);
  expect(zone().made.account('payments-prod')).not.toNeverAllow('s3:PutObject', upload);
});

test('a second standard, and one with AWS\'s keys, are refused', () => {
  const { made } = zone();
  expect(() => made.addEncryption(new EncryptionStandard())).toThrow('accounts have one encryption standard');
  expect(() => zone(new EncryptionStandard({ keys: EncryptionKeys.awsManaged() }))).toThrow('the keys are those of AWS');
});

test('what stack sets deliver has the tags of the management account', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tags-'));
  const file = join(directory, 'organization.yaml');
  writeFileSync(file, `organization:
  managementAccount: { name: management, email: aws@acme.example, tags: { owner: platform } }
  regions: { home: eu-west-1 }
  units: { Workloads: { tags: { owner: nobody }, accounts: { payments: { email: aws+payments@acme.example } } } }
`);
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(file), tagging: new TaggingStandard({ tags: [{ key: 'owner' }] }) });
  rmSync(directory, { recursive: true });
  made.addEncryption(new EncryptionStandard());
  app.synth();
  const { Resources } = JSON.parse(stackSets(app)['Acme-Encryption-Root'].Properties.TemplateBody);
  expect(Object.values<any>(Resources).find(({ Type }) => Type === 'AWS::KMS::Key').Properties.Tags).toEqual([{ Key: 'owner', Value: 'platform' }]);
});
