import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App, CfnResource, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import { landingZone } from './command';

const schema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'dr.schema.json'), 'utf8')));
const folder = () => mkdtempSync(join(tmpdir(), 'dr-'));

interface Data { readonly id: string; readonly type: string; readonly tier?: string; readonly product?: string; readonly properties?: object; readonly nested?: boolean }

function assembly(...all: readonly Data[]): string {
  const app = new App({ analyticsReporting: false, outdir: folder() });
  const stack = new Stack(app, 'Orders', { env: { account: '111122223333', region: 'eu-west-1' } });
  for (const { id, type, tier, product, properties, nested } of all) {
    const tags = Object.entries({ 'resilience-tier': tier, product, 'owner': product && `team-${product}` }).flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));
    new CfnResource(nested ? new NestedStack(stack, 'Inner') : stack, id, { type, properties: { ...properties, Tags: tags } });
  }
  return app.synth().directory;
}

const VERSIONED = { VersioningConfiguration: { Status: 'Enabled' } };
const TABLE: Data = { id: 'Table', type: 'AWS::DynamoDB::Table', tier: '2', product: 'orders', properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } } };
const BUCKET: Data = { id: 'Bucket', type: 'AWS::S3::Bucket', tier: '3', product: 'orders', properties: VERSIONED };
const VOLUME: Data = { id: 'Volume', type: 'AWS::EC2::Volume', tier: '1', product: 'search' };

test('what is promised and what follows, by service; kept promises are exit 0', async () => {
  const { exit, out } = await landingZone('dr', assembly(BUCKET, TABLE, { id: 'Topic', type: 'AWS::SNS::Topic' }));
  expect(exit).toBe(0);
  expect(out.replace(/ +/g, ' ').split('\n').slice(2)).toEqual([
    ' SERVICE RESOURCE TIER RTO RPO LOSES UP TO FROM GAPS',
    ' orders Orders Table (DynamoDB::Table) 2 4 hours 8 hours 5 minutes continuous backup –',
    ' orders Orders Bucket (S3::Bucket) 3 24 hours 36 hours 32 hours backup (cron(0 3 ? * * *)) –',
    '',
  ]);
  expect(out).toContain('2 resources that keep data, of 1 service\n');
});

test.each<[string, Data, string]>([
  ['no tier', { ...BUCKET, tier: undefined }, 'Orders Bucket: resilience-tier is missing or not known before deployment: it is not backed up'],
  ['a tier that is none', { ...BUCKET, tier: '5' }, 'resilience-tier is "5", and 1, 2, 3 or 4 is expected'],
  ['a schedule that loses more', VOLUME, 'Orders Volume: it loses up to 4 hours, and tier 1 promises 15 minutes'],
  ['no versions', { ...BUCKET, properties: {} }, 'a bucket without versions is not backed up'],
])('%s is a gap, and exit 1', async (_, data, message) => {
  const { exit, out } = await landingZone('dr', assembly(data, TABLE));
  expect(exit).toBe(1);
  expect(out).toContain(message);
  expect(out).toContain('1 resource without what is promised. Exit 1.');
});

test('json follows its schema, and markdown is a table', async () => {
  const dir = assembly(TABLE, VOLUME, { ...BUCKET, tier: undefined, product: undefined });
  const found = JSON.parse((await landingZone('dr', dir, '--format', 'json')).out);
  expect([schema(found), schema.errors]).toEqual([true, null]);
  expect(found.resources.map(({ service, tier, rpoMinutes, lossMinutes }: any) => [service, tier, rpoMinutes, lossMinutes])).toEqual([['Orders', undefined, undefined, undefined], ['orders', '2', 480, 5], ['search', '1', 15, 240]]);
  const { out } = await landingZone('dr', dir, '--format', 'markdown');
  expect(out).toContain('| search | Orders Volume (EC2::Volume) | 1 | 1 hour | 15 minutes | 4 hours | backup (cron(0 0/1 ? * * *)) | 1 |');
  expect(new Set(out.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split('|').length)).size).toBe(1);
});

test('tiers of a file', async () => {
  const file = join(folder(), 'resilience.yaml');
  writeFileSync(file, 'tiers:\n  tier1: { rpo: PT4H, continuous: false }\n  tier2: { frequency: every 2 hours }\n');
  const { exit, out } = await landingZone('dr', assembly(VOLUME), '--tiers', file);
  expect([exit, /1 hour +4 hours +4 hours/.test(out)]).toEqual([0, true]);
  writeFileSync(file, 'tiers:\n  tier1: { rpo: 4 hours }\n  tier9: {}\n');
  const wrong = await landingZone('dr', assembly(VOLUME), '--tiers', file);
  expect(wrong.exit).toBe(2);
  expect(wrong.err).toMatch(/unknown key "tier9" in tiers[^]*rpo "4 hours"/);
  writeFileSync(file, 'tiers:\n  tier2: { rpo: PT5H }\n');
  expect((await landingZone('dr', assembly(VOLUME), '--tiers', file)).err).toContain('tier 2: rpo is 5 hours, and its backups lose up to 8 hours');
  expect((await landingZone('dr', assembly(VOLUME), '--tiers', 'none.yaml')).err).toContain('none.yaml does not exist');
});

test('a runbook of each service says how each resource comes back, and the checklist names them', async () => {
  const dir = join(folder(), 'runbooks');
  const database: Data = { id: 'Db', type: 'AWS::RDS::DBInstance', tier: '1', product: 'Search / index', properties: { MultiAZ: true } };
  const { out } = await landingZone('dr', assembly(TABLE, BUCKET, database, { ...VOLUME, product: 'search-index' }), '--runbook', dir);
  expect(readdirSync(dir).sort()).toEqual(['game-day.md', 'service-orders.md', 'service-search-index-2.md', 'service-search-index.md']);
  expect(out).toContain(`Wrote ${join(dir, 'game-day.md')}`);
  const read = (name: string) => readFileSync(join(dir, name), 'utf8');
  expect(read('service-orders.md')).toMatchSnapshot();
  expect(read('service-search-index.md')).toContain('aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier "$NAME"');
  expect(read('service-search-index-2.md')).toContain('**Not as promised:** it loses up to 4 hours');
  expect(read('game-day.md')).toContain('| [orders](service-orders.md) | 4 hours | 8 hours | 0 |  |  | [ ] |');
  expect(read('game-day.md')).toContain('| [Search / index](service-search-index.md) | 1 hour | 15 minutes | 0 |');
});

test('what has no tier is told to be gone, and a resource of a nested stack is found through the one it is in', async () => {
  const dir = folder();
  await landingZone('dr', assembly({ ...BUCKET, tier: undefined, nested: true }), '--runbook', dir);
  expect(readFileSync(join(dir, 'service-orders.md'), 'utf8')).toContain('nothing brings its data back');
  await landingZone('dr', assembly({ ...BUCKET, nested: true }), '--runbook', dir);
  expect(readFileSync(join(dir, 'service-orders.md'), 'utf8')).toMatch(/NAME=Orders\nNAME=\$\(aws cloudformation describe-stack-resource --stack-name "\$NAME" --logical-resource-id Inner\w+ .*\nNAME=\$\(aws .* --logical-resource-id Bucket /);
});

test('tags of a stack are enough, an assembly without data is clean, and a folder that is none is wrong input', async () => {
  const app = new App({ analyticsReporting: false, outdir: folder() });
  const stack = new Stack(app, 'Empty');
  Tags.of(stack).add('resilience-tier', '1');
  expect(await landingZone('dr', app.synth().directory)).toMatchObject({ exit: 0, out: expect.stringContaining('0 resources that keep data, of 0 services') });
  expect((await landingZone('dr', folder())).exit).toBe(2);
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(await landingZone('dr', assembly(TABLE), '--runbook', file)).toMatchObject({ exit: 2, err: expect.stringContaining('cannot be written') });
});
