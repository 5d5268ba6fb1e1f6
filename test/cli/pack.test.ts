import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import Ajv from 'ajv';
import { App } from 'aws-cdk-lib';
import { landingZone } from './command';
import { LandingZone, OrganizationFile, RegionStandard } from '../../src';
import { pack } from '../../src/cli/pack';
import { Terminal } from '../../src/cli/terminal';

const QUICKSTART = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');
const work = mkdtempSync(join(tmpdir(), 'pack-'));
let folders = 0;

function folder(): string {
  folders += 1;
  return join(work, `folder-${folders}`);
}

/** Files in a new folder, by their paths in it. */
function written(files: { readonly [path: string]: unknown }): string {
  const root = folder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  return root;
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(root, path)).isFile()).sort();
}

const deny = (action: string, more: object = {}) => ({ Sid: action.replace(/\W/g, ''), Effect: 'Deny', Action: [action], Resource: '*', ...more });
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const inRegion = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };

const TWO = { 'a.json': policy(deny('s3:PutObject'), deny('s3:GetObject')), 'more/b.json': policy(deny('s3:PutBucketAcl'), deny('sqs:SendMessage', inRegion)) };

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'pack.schema.json'), 'utf8')));

/** The report as JSON, which follows its schema. */
async function report(...args: string[]) {
  const { exit, out, err } = await landingZone('pack', ...args, '--format', 'json');
  expect(err).toBe('');
  const json = JSON.parse(out);
  expect(validate(json) || validate.errors).toBe(true);
  return { exit, ...json };
}

describe('--policies', () => {
  test('figures, what is certified, and what more there is', async () => {
    const { exit, out, err } = await landingZone('pack', '--policies', written(TWO));
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/the target +SCP +2 +\d+ → \d+ +4 → 3 +1 +9\n/);
    expect(out).toMatch(/Certified equivalent over [\d,]+ actions, and those that AWS may add, in 1 account group, in every context\./);
    expect(out).toContain('--repack');
    expect(out).not.toContain('Wrote');
  });

  test('each policy becomes a file without white space, called like the file it comes from', async () => {
    const out = folder();
    const { exit, files, total } = await report('--policies', written(TWO), '--out', out);
    expect(exit).toBe(0);
    expect(files).toEqual(['policies/service-control/a.json', 'policies/service-control/more/b.json']);
    expect(filesIn(out)).toEqual(files);
    expect(readFileSync(join(out, files[0]), 'utf8')).toBe('{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:PutObject","s3:GetObject"],"Resource":"*"}]}');
    expect(files.reduce((sum: number, file: string) => sum + statSync(join(out, file)).size, 0)).toBe(total.after.bytes);
    expect(total.writtenBytes).toBeGreaterThan(total.before.bytes);
  });

  test('fewer policies where statements may move, with the warning what that means', async () => {
    const source = written(TWO);
    const { out } = await landingZone('pack', '--policies', source, '--repack');
    expect(out).toMatch(/the target +SCP +2 → 1/);
    expect(out).toContain('are in another policy than before. AWS changes one policy after the other, so such a statement can be missing for a moment');
    expect(await report('--policies', source, '--repack')).toMatchObject({
      exit: 0, repack: true, equivalent: true, moved: 2, vanished: ['a'], targets: [{ before: { policies: 2 }, after: { policies: 1 }, lowerBound: 1 }],
      policies: [{ name: 'more/b', targets: ['the target'] }],
    });
  });

  test('files beside folders; resource control policies; an account that is named is a group of its own', async () => {
    const all = { Effect: 'Deny', Principal: '*', Resource: '*' };
    const rcp = policy({ ...all, Action: 's3:PutObject' }, { ...all, Action: 's3:GetObject', Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } });
    const source = written({ 'x.json': rcp, 'folder/y.json': rcp });
    const found = await report('--policies', join(source, 'x.json'), join(source, 'folder'), '--type', 'resource-control');
    expect(found).toMatchObject({ exit: 0, compared: { groups: 2 }, vanished: ['y'], policies: [{ name: 'x', type: 'resource-control' }] });
  });

  test('Sids are kept where asked', async () => {
    const source = written(TWO);
    expect(JSON.stringify((await report('--policies', source)).policies)).not.toContain('Sid');
    expect((await report('--policies', source, '--keep-sids')).policies[0].document.Statement).toMatchObject([{ Sid: 's3PutObject' }]);
  });

  test('what does not fit is exit 1', async () => {
    const { exit, out } = await landingZone('pack', '--policies', written(TWO), '--max-count', '1');
    expect(exit).toBe(1);
    expect(out).toContain('does not fit  the target needs 2 SCPs, there is room for 1');
    expect((await report('--policies', written(TWO), '--max-size', '150')).problems).toHaveLength(1);
  });

  test('all mistakes at once, with file, line and column; the other files are read', async () => {
    const broken = '{\n  "Version": "2012-10-17",\n  "Statement": [,]\n}';
    const source = written({ ...TWO, 'broken.json': broken, 'wrong.json': policy({ ...deny('s3:PutObject'), Efect: 'Deny' }, deny('nothing')) });
    const { exit, err } = await landingZone('pack', '--policies', source, join(source, 'none.json'));
    expect(exit).toBe(2);
    expect(err).toContain('4 problems in 4 policy files');
    expect(err).toMatch(/broken\.json:3:17 {2}/);
    expect(err).toMatch(/wrong\.json:\d+:\d+ {2}Statement\[0\]\.Efect: .*did you mean "Effect"/);
    expect(err).toMatch(/wrong\.json:\d+:\d+ {2}Statement\[1\]\.Action/);
    expect(err).toMatch(/none\.json {2}it does not exist/);
  });
});

describe('--organization', () => {
  const shared = deny('organizations:LeaveOrganization');
  const source = written({
    'organization.yaml': [
      '# A comment', 'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  regions: { home: eu-west-1, allowed: [eu-west-1] }',
      '  controlSets: [foundational]', '  units:', '    Prod:',
      '      policies: { service-control: [prod.json, { file: more.json, name: More of it, description: why }], tag: [tags.json] }', '      accounts: { web: { email: aws+web@acme.example } }',
      '    Dev:', '      policies: { service-control: [dev.json] }', '      accounts: { lab: { email: aws+lab@acme.example } }',
    ].join('\n'),
    'prod.json': policy(shared, deny('s3:PutObject'), deny('s3:GetObject')),
    'more.json': policy(deny('sqs:SendMessage', inRegion)),
    'dev.json': policy(shared),
    'tags.json': { tags: { team: { tag_key: { '@@assign': 'team' } } } },
  });
  const file = join(source, 'organization.yaml');

  test('the copy names the packed policies, has everything else, and means the same', async () => {
    const out = folder();
    const { exit, files, policies } = await report('--organization', file, '--out', out);
    expect(exit).toBe(0);
    expect(files.sort()).toEqual(filesIn(out));
    expect(filesIn(out)).toEqual(['organization.yaml', ...['dev', 'More-of-it', 'prod'].map((name) => `policies/service-control/${name}.json`).sort(), 'tags.json']);
    expect(policies.filter(({ packed }: any) => !packed).length).toBeGreaterThan(0);
    const { out: text } = await landingZone('diff', file, join(out, 'organization.yaml'), '--fail-on', 'any');
    expect(text).toContain('Guardrails   mean the same');
    const again = await report('--organization', join(out, 'organization.yaml'));
    expect(again.total.before).toEqual(again.total.after);
    expect(again.policies.map(({ name, targets }: any) => [name, targets])).toEqual(policies.map(({ name, targets }: any) => [name, targets]));
    expect(readFileSync(join(out, 'organization.yaml'), 'utf8')).toContain('description: why');
  });

  test('what control sets become stays as it is, and is counted', async () => {
    const { targets, policies } = await report('--organization', file);
    const root = targets.find(({ target, type }: any) => target === 'Root' && type === 'service-control');
    expect(root.before).toEqual(root.after);
    expect(policies.find(({ name }: any) => name === 'foundational-1')).toMatchObject({ packed: false });
  });

  test('--hoist moves what all children have, and says what comes later gets it too', async () => {
    const out = folder();
    const { exit, out: text } = await landingZone('pack', '--organization', file, '--hoist', '--out', out);
    expect(exit).toBe(0);
    expect(text).toContain('What all children of Root have is in Root now: accounts and units that come below it later are denied it too');
    expect(text).toContain('and so is an account that comes into Root itself.');
    expect(text).toMatch(/Certified equivalent/);
    expect(readFileSync(join(out, 'organization.yaml'), 'utf8')).toContain('policies/service-control/prod-shared.json');
    expect(await report('--organization', join(out, 'organization.yaml'), '--hoist')).toMatchObject({ hoistedTo: [], moved: 0 });
    expect((await landingZone('pack', '--organization', join(out, 'organization.yaml'), '--hoist')).out).toContain('No unit has children that all have a statement in common.');
  });

  test('the lock file goes along', async () => {
    const lock = { version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '999999999999', units: {}, accounts: {} };
    const locked = written({ ...Object.fromEntries(filesIn(source).map((path) => [path, readFileSync(join(source, path), 'utf8')])), 'organization.lock.json': lock });
    const { files } = await report('--organization', join(locked, 'organization.yaml'), '--out', `${locked}-out`);
    expect(files).toContain('organization.lock.json');
    expect(readFileSync(join(`${locked}-out`, 'organization.lock.json'), 'utf8')).toBe(readFileSync(join(locked, 'organization.lock.json'), 'utf8'));
  });

  test('a wrong rewriting is caught: what would change is said, nothing is written, exit 1', () => {
    let text = '';
    const terminal = new Terminal({ out: (line) => { text += line; }, err: () => {}, color: false, interactive: false, clock: () => 0 });
    const out = folder();
    const widened = (all: readonly any[]) => all.map((statement) => ({ ...statement, Action: [statement.Action].flat().map((action: string) => action.replace(/:Put.*/, ':Put*')) }));
    expect(pack({ organization: file, out, format: 'text' }, terminal, widened)).toBe(1);
    expect(text).toContain('Not certified: the packed policies would not mean the same, or that could not be shown. Nothing is written.');
    expect(text).toMatch(/newly DENIED {3}s3: \d+ actions \(.*\) in web, for example s3:Put\w+ by /);
    expect(existsSync(out)).toBe(false);
    text = '';
    expect(pack({ organization: file, out, format: 'json' }, terminal, (all) => all.slice(1))).toBe(1);
    const json = JSON.parse(text);
    expect(validate(json) || validate.errors).toBe(true);
    expect(json).toMatchObject({ equivalent: false, files: [] });
    expect(json.changes).toContainEqual(expect.objectContaining({ direction: 'allowed', actions: ['sqs:SendMessage'], accounts: ['web'] }));
  });
});

test('--assembly: policies of the zone are left alone, others are packed', async () => {
  const outdir = folder();
  const app = new App({ outdir });
  new LandingZone(app, 'Acme', { organization: OrganizationFile.load(QUICKSTART), regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }) });
  app.synth();
  const out = folder();
  const found = await report('--assembly', outdir, '--out', out);
  expect(found).toMatchObject({ exit: 0, equivalent: true });
  expect(found.policies.filter(({ packed }: any) => !packed).length).toBeGreaterThan(0);
  expect(found.files).toEqual(found.policies.filter(({ packed }: any) => packed).map(({ name, type }: any) => `policies/${type}/${name}.json`));
  expect(filesIn(out)).toEqual(found.files);
});

test.each<[string, () => string[], string]>([
  ['no source', () => [], 'Expected one source'],
  ['two sources', () => ['--policies', work, '--organization', QUICKSTART], 'Expected one source'],
  ['a type of a source that knows its types', () => ['--organization', QUICKSTART, '--type', 'resource-control'], '--type says what --policies holds'],
  ['a type that is not packed', () => ['--policies', work, '--type', 'tag'], 'Expected service-control or resource-control'],
  ['no number', () => ['--policies', work, '--max-size', 'many'], 'Expected a number of at least 100'],
  ['a folder without policies', () => ['--policies', mkdtempSync(join(work, 'empty-'))], 'no .json file is in it'],
  ['one name twice', () => ['--policies', join(written(TWO), 'a.json'), join(written(TWO), 'a.json')], 'there is another policy a'],
  ['a folder that is not empty', () => ['--policies', written(TWO), '--out', written(TWO)], 'is no empty folder, and nothing is overwritten'],
  ['a file for a folder', () => ['--policies', written(TWO), '--out', join(written(TWO), 'a.json')], 'is no empty folder, and nothing is overwritten'],
])('wrong usage: %s is exit 2', async (_, args, message) => {
  const { exit, err } = await landingZone('pack', ...args());
  expect(exit).toBe(2);
  expect(err).toContain(message);
  expect(err).not.toMatch(/\n {4}at /);
});
