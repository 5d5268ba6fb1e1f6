import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App, CfnOutput, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { landingZone } from './command';
import { DataClassification, PavedRoad, ResilienceTier } from '../../src';

const QUICKSTART = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');

/** Synthesizes a product of one stack; findings do not stop it, as its report is what is asked. */
function product(build: (stack: Stack) => void, { isPaved = true, env = { account: '111122223333', region: 'eu-west-1' } } = {}): string {
  const outdir = join(mkdtempSync(join(tmpdir(), 'product-')), 'cdk.out');
  const app = new App({ outdir, analyticsReporting: false });
  if (isPaved) PavedRoad.apply(app, { product: 'orders', owner: 'team-orders', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.INTERNAL, tier: ResilienceTier.TIER_3, awsSolutions: false });
  build(new Stack(app, 'Orders', { env }));
  try {
    app.synth();
  } catch (error) {
    if (!/validation/i.test((error as Error).message)) throw error;
  }
  return outdir;
}

const table = (stack: Stack, id = 'Table', key = 'id') => new TableV2(stack, id, { partitionKey: { name: key, type: AttributeType.STRING } });
const plain = product((stack) => { table(stack); new Queue(stack, 'Work'); new Bucket(stack, 'Files'); });
const checked = (...args: string[]) => landingZone('check', '--assembly', ...args);
const json = async (...args: string[]) => JSON.parse((await checked(...args, '--format', 'json')).out);

function schemaErrors(report: object): unknown {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'check.schema.json'), 'utf8')));
  return validate(report) ? [] : validate.errors;
}

describe('a product on the paved road', () => {
  test('passes, and hears what to ask next', async () => {
    const { exit, out, err } = await checked(plain);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toContain('a product of 1 stack · to 111122223333 · eu-west-1');
    expect(out).toContain('no violation while synthesizing');
    expect(out).toMatch(/Controls +\d+ proved · \d+ controls on 1 template/);
    expect(out).toContain(`npx landing-zone cost --assembly ${plain}`);
  });

  test('json follows its schema, and has a product in place of an organization', async () => {
    const report = await json(plain);
    expect(schemaErrors(report)).toEqual([]);
    expect(report).toMatchObject({ success: true, product: { accounts: ['111122223333'], regions: ['eu-west-1'], exceptions: [] } });
    expect(report.organization).toBeUndefined();
  });
});

describe('controls', () => {
  const open = (stack: Stack) => new CfnBucket(stack, 'Open', { publicAccessBlockConfiguration: { blockPublicAcls: false } });

  test('are checked on templates whose app checked nothing', async () => {
    const dir = product(open, { isPaved: false });
    const { exit, out } = await checked(dir);
    expect(exit).toBe(1);
    expect(out).toMatch(/error {2}LZ\.S3\.1 .*blockPublicAcls|error {2}LZ\.S3\.1 .*BlockPublicAcls/);
    expect(out).toContain('at Orders/Open');
  });

  test('are told once where synthesis told them', async () => {
    const report = await json(product(open));
    const told = report.synthesis.reports.filter(({ plugin }: any) => plugin === 'LandingZone').flatMap(({ violations }: any) => violations).filter(({ rule }: any) => rule === 'LZ.S3.1');
    expect(told.length).toBeGreaterThan(0);
    expect(report.findings.filter(({ rule }: any) => rule === 'LZ.S3.1')).toEqual([]);
    expect(report.success).toBe(false);
  });

  test('that were acknowledged are exceptions, and pass', async () => {
    const report = await json(product((stack) => Validations.of(open(stack)).acknowledge({ id: 'LandingZone::LZ.S3.1', reason: 'Public downloads' })));
    expect(report.success).toBe(true);
    expect(report.product.exceptions).toMatchObject([{ rule: 'LZ.S3.1', reason: 'Public downloads', origins: [{ constructPath: 'Orders/Open' }] }]);
  });
});

describe('exceptions', () => {
  const reason = 'Files are derived | made again each night';
  const dir = product((stack) => {
    for (const id of ['One', 'Other']) PavedRoad.optOut(new Bucket(stack, id), { rule: 's3.versioning', reason });
  });

  test('are listed once for each rule and reason, in every format, and do not fail', async () => {
    const report = await json(dir);
    expect([report.success, schemaErrors(report)]).toEqual([true, []]);
    const [exception] = report.product.exceptions;
    expect(report.product.exceptions).toHaveLength(1);
    expect(exception).toMatchObject({ rule: 's3.versioning', reason });
    expect(exception.origins.map(({ constructPath }: any) => constructPath)).toEqual(['Orders/One/Resource', 'Orders/Other/Resource']);
    expect((await checked(dir)).out).toContain(`at Orders/One/Resource, Orders/Other/Resource: ${reason}`);
    expect((await checked(dir)).out).toMatch(/Exceptions +1, each with its reason/);
    expect((await checked(dir, '--format', 'markdown')).out).toContain('| Exceptions | 1, each with its reason | 0 |');
    expect((await checked(dir, '--format', 'markdown')).out).toContain('| `s3.versioning` | Files are derived \\| made again each night | 2 |');
    const { runs: [run] } = JSON.parse((await checked(dir, '--format', 'sarif')).out);
    expect([run.results, run.properties.exceptions]).toEqual([[], [expect.objectContaining({ ruleId: 's3.versioning', justification: reason })]]);
    expect((await checked(dir, '--format', 'junit')).out).toMatch(/name="Exceptions">\n {6}<system-out>s3\.versioning/);
  });

  test('without a reason are an error', async () => {
    const silent = product((stack) => { PavedRoad.optOut(new Bucket(stack, 'One'), { rule: 's3.versioning', reason: 'to be taken away' }); });
    const path = join(silent, 'Orders.template.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('to be taken away', ''));
    const { exit, out } = await checked(silent);
    expect(exit).toBe(1);
    expect(out).toContain('s3.versioning is done without, and nothing says why');
  });
});

describe('what a change replaces', () => {
  const base = product((stack) => {
    table(stack);
    new Queue(stack, 'Work', { fifo: true });
    new Bucket(new NestedStack(stack, 'Nested'), 'Files');
  });
  const since = async (head: string, ...args: string[]) => {
    const { findings, success } = await json(head, '--base', base, ...args);
    return { success, found: findings.filter(({ rule }: any) => rule === 'LZ.REPLACEMENT').map(({ severity, message }: any) => `${severity} ${message.replace(/[0-9A-F]{8}/g, '#')}`) };
  };
  const changed = (key = 'id', isNested = true, fifo = true) => product((stack) => {
    if (key !== '') table(stack, 'Table', key);
    new Queue(stack, 'Work', { fifo });
    if (isNested) new Bucket(new NestedStack(stack, 'Nested'), 'Files');
  });

  test('nothing, of the same app', async () => {
    expect(await since(changed())).toEqual({ success: true, found: [] });
  });

  test('a table with another key, a queue of another kind', async () => {
    const { success, found } = await since(changed('other', true, false));
    expect(success).toBe(false);
    expect(found).toEqual(expect.arrayContaining([
      expect.stringMatching(/^error Orders\/Table# \(AWS::DynamoDB::GlobalTable\) is replaced: KeySchema changes/),
      expect.stringMatching(/^error Orders\/Work# \(AWS::SQS::Queue\) is replaced: FifoQueue changes/),
    ]));
  });

  test('a table that is taken away, a bucket with its nested stack', async () => {
    const { found } = await since(changed('', false));
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining('(AWS::DynamoDB::GlobalTable) leaves the stack, and stays behind'), expect.stringMatching(/Files# \(AWS::S3::Bucket\) leaves the stack/)]));
  });

  test('what is meant is a warning; what names nothing is said', async () => {
    const head = changed('other');
    const name = (await json(head, '--base', base)).findings[0].origins[0];
    expect(await since(head, '--replace', `${name.stack}/${name.logicalId}`, '--replace', 'Orders/Nobody')).toEqual({
      success: true, found: [expect.stringMatching(/^warning Orders\/Table# .* as it is meant$/), 'warning --replace Orders/Nobody names nothing that is replaced or deleted'],
    });
    expect((await since(head, '--replace', name.constructPath)).success).toBe(true);
  });

  test('a stack that is gone stays deployed', async () => {
    const other = product((stack) => { new CfnOutput(stack, 'Out', { value: 'x' }); }, { env: { account: '111122223333', region: 'us-east-1' } });
    expect((await since(other)).found).toEqual(expect.arrayContaining([expect.stringMatching(/^warning .*is in no stack of this assembly: Orders stays deployed/)]));
  });

  test('a resource that names a replaced one where that replaces it', async () => {
    const made = (fifo: boolean) => {
      const dir = product((stack) => { new Queue(stack, 'Work', { fifo }); });
      const file = join(dir, 'Orders.template.json');
      const template = JSON.parse(readFileSync(file, 'utf8'));
      const [queue] = Object.keys(template.Resources).filter((id) => id.startsWith('Work'));
      template.Resources.Permission = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: 'x', EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] } } };
      writeFileSync(file, JSON.stringify(template));
      return dir;
    };
    const { findings } = await json(made(true), '--base', made(false));
    expect(findings.map(({ severity, message }: any) => `${severity} ${message}`)).toContainEqual(expect.stringMatching(/^warning Orders\/Permission \(AWS::Lambda::EventSourceMapping\) may be replaced: EventSourceArn names Work/));
  });
});

describe('where it goes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'zone-'));
  const zone = join(dir, 'organization.yaml');
  writeFileSync(zone, ['organization:', '  managementAccount: { email: aws@acme.example }', '  regions: { home: eu-west-1, allowed: [eu-west-1, eu-central-1] }', '  units:',
    '    Prod:', '      accounts:', '        web: { email: web@acme.example }',
    '    Suspended:', '      controlSets: [quarantine]', '      accounts:', '        old: { email: old@acme.example, state: suspended }'].join('\n'));
  writeFileSync(join(dir, 'organization.lock.json'), JSON.stringify({
    version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '999999999999', units: {}, accounts: { 'web@acme.example': '111111111111', 'old@acme.example': '111111111112' },
  }));
  const placed = async (account: string, region: string) => {
    const { findings, checks } = await json(product((stack) => { table(stack); }, { env: { account, region } }), '--zone', zone);
    return { found: findings.map(({ message }: any) => message), proved: checks.find(({ id }: any) => id === 'LZ.PLACE').proved };
  };

  test('an account in use, and a Region that is allowed', async () => {
    expect(await placed('111111111111', 'eu-central-1')).toEqual({ found: [], proved: 2 });
  });

  test('an account of nobody, another Region, an account that is suspended', async () => {
    expect((await placed('222222222222', 'us-east-1')).found).toEqual([expect.stringContaining('stack Orders goes to account 222222222222, which'), 'stack Orders goes to us-east-1, which is not allowed']);
    expect((await placed('111111111112', 'eu-west-1')).found).toEqual(['stack Orders goes to account old, where nobody but the platform may act: it is suspended']);
  });
});

describe('wrong usage is exit 2, and says what to do', () => {
  const zone = QUICKSTART;
  test.each<[string, string[], string]>([
    ['another command', ['explain', '--assembly', plain, '--account', 'a', '--action', 's3:GetObject'], 'An assembly of a product can be asked with check'],
    ['diff of products', ['diff', plain, plain], 'check --base DIR'],
    ['pack', ['pack', '--assembly', plain], 'This asks a landing zone'],
    ['meant without a base', ['check', '--assembly', plain, '--replace', 'Orders/Table'], 'give --base DIR'],
    ['of a landing zone', ['check', '--organization', zone, '--zone', zone], 'are about the assembly of a product'],
    ['a base that is none', ['check', '--assembly', plain, '--base', join(plain, 'nothing')], 'there is no such folder'],
  ])('%s', async (_, args, message) => {
    const { exit, err } = await landingZone(...args);
    expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).not.toMatch(/\n {4}at /);
  });
});

test('cost, tags and waves answer for a product', async () => {
  for (const args of [['cost', '--assembly', plain], ['tags', '--assembly', plain, '--keys', 'owner'], ['waves', '--assembly', plain]]) expect((await landingZone(...args)).exit).toBe(0);
});

afterAll(() => rmSync(plain, { recursive: true, force: true }));
