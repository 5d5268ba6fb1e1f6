import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App, CfnCondition, CfnParameter, CfnStackSet, Fn, Stack } from 'aws-cdk-lib';
import { CfnNatGateway, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { landingZone } from './command';
import { LandingZone } from '../../src';
import { organizationFile } from '../cost/cost-fixture';

const folder = mkdtempSync(join(tmpdir(), 'cost-'));

function assembly(build: (stack: Stack) => void): string {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'cost-')) });
  build(new Stack(app, 'App', { env: { account: '111122223333', region: 'eu-west-1' } }));
  return app.synth().directory;
}

const nat = (stack: Stack, id: string) => new CfnNatGateway(stack, id, { subnetId: 'subnet-1' });
const endpoint = (stack: Stack, id: string, zones: number) => new CfnVPCEndpoint(stack, id, { vpcId: 'vpc-1', serviceName: 's', vpcEndpointType: 'Interface', subnetIds: Array.from({ length: zones }, (_, at) => `subnet-${at}`) });
const before = assembly((stack) => { nat(stack, 'Nat'); });
const after = assembly((stack) => {
  nat(stack, 'Nat');
  endpoint(stack, 'One', 3);
  endpoint(stack, 'Two', 3);
  new CfnBucket(stack, 'Bucket');
});

test('the sum by item, account and stack, and what is not in it', async () => {
  const { exit, out } = await landingZone('cost', '--assembly', after);
  expect(exit).toBe(0);
  expect(out).toContain('$83.22 a month for 4 resources');
  expect(out).toMatch(/interface-endpoint-zone +2 +\$48\.18/);
  expect(out).toMatch(/111122223333 +3 +\$83\.22/);
  expect(out).toMatch(/App +3 +\$83\.22/);
  expect(out).toMatch(/1 × +AWS::S3::Bucket +charged by use/);
});

test('the difference for a pull request, in words', async () => {
  const { out } = await landingZone('cost', '--assembly', after, '--base', before, '--format', 'markdown');
  expect(out).toContain('**+ $48.18 a month** ($83.22 in all)');
  expect(out).toContain('- + $48.18: 2 interface-endpoint-zone × 3 zones × $8.03 in eu-west-1');
  expect((await landingZone('cost', '--assembly', before, '--base', after)).out).toMatch(/- \$48\.18 +2 interface-endpoint-zone less × 3 zones/);
  expect((await landingZone('cost', '--assembly', after, '--base', after)).out).toContain('nothing that is charged by the hour or month changes');
});

test('limits', async () => {
  expect((await landingZone('cost', '--assembly', after, '--max', '84')).exit).toBe(0);
  const much = await landingZone('cost', '--assembly', after, '--max', '83');
  expect(much.exit).toBe(1);
  expect(much.out).toContain('83.22 USD a month is more than --max 83. Exit 1.');
  expect((await landingZone('cost', '--assembly', after, '--base', before, '--max-increase', '48')).exit).toBe(1);
  expect((await landingZone('cost', '--assembly', after, '--base', before, '--max-increase', '49')).exit).toBe(0);
});

test('assumptions and missing prices come from a file', async () => {
  const file = join(folder, 'assumptions.yaml');
  writeFileSync(file, 'assumptions:\n  - { type: "AWS::S3::Bucket", monthly: 1.5, reason: 65 GB }\nprices:\n  - { item: nat-gateway, region: eu-west-1, amount: 0.1, per: hour, source: contract, said: 2026-11-01 }\n');
  const { out } = await landingZone('cost', '--assembly', after, '--assumptions', file);
  expect(out).toContain(`$${(48.18 + 73 + 1.5).toFixed(2)} a month for 4 resources before discounts, traffic and taxes, $1.50 of it assumed for use`);
  expect(out).not.toContain('Not in the sum');
});

test('json follows its schema', async () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'cost.schema.json'), 'utf8')));
  for (const more of [[], ['--base', before, '--max', '1']]) {
    const { out } = await landingZone('cost', '--assembly', after, '--format', 'json', ...more);
    expect(validate(JSON.parse(out)) || validate.errors).toBe(true);
    expect(JSON.parse(out).monthly).toBe(83.22);
  }
});

test('a condition that does not hold takes a resource out; one that nobody knows does not', async () => {
  const conditional = assembly((stack) => {
    const open = new CfnParameter(stack, 'Wanted', { type: 'String' });
    nat(stack, 'Never').cfnOptions.condition = new CfnCondition(stack, 'No', { expression: Fn.conditionEquals('a', 'b') });
    nat(stack, 'Perhaps').cfnOptions.condition = new CfnCondition(stack, 'Maybe', { expression: Fn.conditionEquals(open.valueAsString, 'yes') });
  });
  expect((await landingZone('cost', '--assembly', conditional)).out).toContain('$35.04 a month for 1 resources');
});

describe('a zone', () => {
  const tree = 'organization:\n  managementAccount: { name: management, email: aws@acme.example }\n  regions: { home: eu-west-1, allowed: [eu-west-1] }\n  units:\n    Workloads:\n      accounts:\n        a: { email: a@acme.example }\n        b: { email: b@acme.example }\n';
  const zoneOf = (build: (zone: LandingZone, app: App) => void) => {
    const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'cost-zone-')) });
    build(new LandingZone(app, 'Acme', { organization: organizationFile(tree) }), app);
    return app.synth().directory;
  };

  test('what a baseline has is counted in each account of its unit', async () => {
    const dir = zoneOf((zone) => {
      zone.addBaseline('Keys', { waves: [{ name: 'all', units: [zone.unit('Workloads')] }], content: { define: (stack) => { new CfnKey(stack, 'Key', { keyPolicy: {}, enableKeyRotation: true }); } } });
    });
    const { out } = await landingZone('cost', '--assembly', dir, '--format', 'json');
    const { items, accounts, units } = JSON.parse(out);
    expect(items).toContainEqual({ name: 'kms-key', count: 2, monthly: 2 });
    expect(accounts).toEqual([{ name: 'a', count: 1, monthly: 1 }, { name: 'b', count: 1, monthly: 1 }]);
    expect(units).toEqual([{ name: 'Root/Workloads', count: 2, monthly: 2 }]);
  });

  test('so is what all accounts below the root have; the management account is none of them', async () => {
    const dir = zoneOf((zone) => {
      zone.addBaseline('Keys', { waves: [{ name: 'all', units: [zone.organization.root] }], content: { define: (stack) => { new CfnKey(stack, 'Key', { keyPolicy: {}, enableKeyRotation: true }); } } });
    });
    const { items, unknown } = JSON.parse((await landingZone('cost', '--assembly', dir, '--format', 'json')).out);
    expect(items).toContainEqual({ name: 'kms-key', count: 2, monthly: 2 });
    expect(unknown.filter(({ name }: { name: string }) => name === 'AWS::CloudFormation::StackSet')).toEqual([]);
  });

  test('a stack set of somebody else, whose units are not known, is listed', async () => {
    const dir = zoneOf((zone) => new CfnStackSet(zone.organizationStack, 'Set', {
      stackSetName: 'x', permissionModel: 'SERVICE_MANAGED', templateBody: '{"Resources":{"K":{"Type":"AWS::KMS::Key"}}}', stackInstancesGroup: [{ regions: ['eu-west-1'], deploymentTargets: { organizationalUnitIds: ['ou-abcd-12345678'] } }],
    }));
    expect((await landingZone('cost', '--assembly', dir)).out).toMatch(/AWS::CloudFormation::StackSet +not known: in which accounts and Regions its instances are/);
  });

  test('every type that the library\'s own zone has is judged', async () => {
    const { unknown } = JSON.parse((await landingZone('cost', '--assembly', zoneOf(() => undefined), '--format', 'json')).out);
    expect(unknown.filter(({ kind }: { kind: string }) => kind === 'unknown type')).toEqual([]);
  });
});

test.each<[string, string[], string]>([
  ['no source', [], 'Expected a source'],
  ['an increase of nothing', ['--assembly', after, '--max-increase', '1'], 'give --base DIR'],
  ['a file that is missing', ['--assembly', after, '--assumptions', 'nothing.yaml'], 'nothing.yaml does not exist'],
  ['a folder that is no assembly', ['--assembly', folder], 'manifest.json'],
  ['a limit in words', ['--assembly', after, '--max', 'much'], 'Expected a number'],
])('wrong input: %s', async (_, args, message) => {
  const { exit, err } = await landingZone('cost', ...args);
  expect(exit).toBe(2);
  expect(err).toContain(message);
});

test('mistakes in a file of assumptions, all at once with their places', async () => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, 'assumptions:\n  - { type: bucket, monthly: 1, reason: x }\n  - { type: "AWS::S3::Bucket", montly: 1, reason: x }\n');
  const { exit, err } = await landingZone('cost', '--assembly', after, '--assumptions', file);
  expect(exit).toBe(2);
  expect(err).toContain('expected a CloudFormation type: AWS::S3::Bucket');
  expect(err).toContain('unknown key "montly"');
});
