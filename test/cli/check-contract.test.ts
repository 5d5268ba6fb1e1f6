import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { landingZone } from './command';
import { DataClassification, EncryptionStandard, LandingZone, PavedRoad, ProductNetwork, RegionStandard, ResilienceTier } from '../../src';
import { organizationFromAssembly } from '../../src/model/assembly/organization-from-assembly';
import { readAssembly } from '../../src/model/assembly/read-assembly';

/** A zone in two Regions, whose accounts have what is said; and the id of one of its accounts. */
function zone(build: (made: LandingZone) => void): { readonly dir: string; readonly account: string } {
  const dir = join(mkdtempSync(join(tmpdir(), 'zone-')), 'cdk.out');
  const app = new App({ outdir: dir, analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'eu-central-1'] }), accountEmail: 'aws+{account}@acme.example' });
  made.addLogArchive();
  build(made);
  app.synth();
  return { dir, account: organizationFromAssembly(readAssembly(dir)).model!.accounts.find(({ isManagement }) => !isManagement)!.id };
}

function product(account: string, build: (stack: Stack) => void = (stack) => { new Bucket(stack, 'Files'); }, region = 'eu-west-1'): string {
  const outdir = join(mkdtempSync(join(tmpdir(), 'product-')), 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false });
  PavedRoad.apply(app, { product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.INTERNAL, tier: ResilienceTier.TIER_3, awsSolutions: false });
  build(new Stack(app, 'Orders', { env: { account, region } }));
  app.synth();
  return outdir;
}

async function checked(assembly: string, against: string) {
  const { findings, checks, success } = JSON.parse((await landingZone('check', '--assembly', assembly, '--zone', against, '--format', 'json')).out);
  return { success, proved: checks.find(({ id }: any) => id === 'LZ.CONTRACT')?.proved, found: findings.filter(({ rule }: any) => rule === 'LZ.CONTRACT') };
}

const paved = zone((made) => {
  made.addEncryption(new EncryptionStandard());
  made.addPavedRoad();
});

test('a product whose account has all that it reads passes, and each parameter is counted', async () => {
  expect(await checked(product(paved.account), paved.dir)).toEqual({ success: true, proved: 2, found: [] });
  expect(await checked(product(paved.account, undefined, 'eu-central-1'), paved.dir)).toEqual({ success: true, proved: 2, found: [] });
});

test('what the landing zone does not put there is told by name, with what puts it there', async () => {
  const { dir, account } = zone((made) => { made.addEncryption(new EncryptionStandard()); });
  const { success, found, proved } = await checked(product(account), dir);
  expect({ success, proved }).toEqual({ success: false, proved: 1 });
  expect(found).toMatchObject([{
    severity: 'error', message: `stack Orders reads parameter /landing-zone/v1/logs/access-bucket, which ${dir} does not put into account ${account}, eu-west-1`, hint: 'zone.addPavedRoad(...) puts it into accounts.',
  }]);
});

test('a network that the account has not', async () => {
  const { found } = await checked(product(paved.account, (stack) => { ProductNetwork.vpcOf(stack); }), paved.dir);
  expect(found.map(({ message }: any) => /parameter (\S+),/.exec(message)?.[1])).toContain('/landing-zone/v1/network/vpc-id');
  expect(found.every(({ hint }: any) => hint.startsWith('zone.network.addSpoke(...)'))).toBe(true);
});

test('a Region that has nothing of it', async () => {
  const { found } = await checked(product(paved.account, undefined, 'us-west-2'), paved.dir);
  expect(found).toHaveLength(2);
  expect(found[0].hint).toBe('Other accounts or Regions have it: deploy there, or have the landing zone put it here too.');
});

test('parameters of the product are its own, accounts of others are told of elsewhere', async () => {
  const own = product(paved.account, (stack) => { StringParameter.valueForStringParameter(stack, '/orders/settings'); });
  expect(await checked(own, paved.dir)).toEqual({ success: true, proved: 0, found: [] });
  expect(await checked(product('999988887777'), paved.dir)).toMatchObject({ success: false, proved: 0, found: [] });
});

test('what cannot be told is a warning that says what', async () => {
  const unsure = zone((made) => {
    made.addEncryption(new EncryptionStandard());
    new StringParameter(new Stack(made.node.root as App, 'Elsewhere'), 'Some', { parameterName: '/landing-zone/v1/logs/access-bucket', stringValue: 'x' });
  });
  const { success, found } = await checked(product(unsure.account), unsure.dir);
  expect(success).toBe(true);
  expect(found).toMatchObject([{ severity: 'warning', details: ['Not known: where stack Elsewhere goes, which puts /landing-zone/v1/logs/access-bucket'] }]);
});

test('an organization file says nothing of parameters: they are not asked for', async () => {
  const file = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');
  const { out } = await landingZone('check', '--assembly', product(paved.account), '--zone', file, '--format', 'json');
  expect(JSON.parse(out).checks.map(({ id }: any) => id)).not.toContain('LZ.CONTRACT');
});
