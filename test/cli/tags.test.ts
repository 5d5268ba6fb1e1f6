import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { landingZone } from './command';
import { LandingZone, OrganizationFile, TaggingStandard } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'tags-'));
const standard = join(folder, 'tags.yaml');
writeFileSync(standard, 'tags:\n  owner: { description: team that answers for it }\n  environment: { values: [prod, nonprod], requiredFor: ["AWS::S3::*"] }\n');

function assembly(...owners: readonly (string | undefined)[]): string {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'tags-')) });
  const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'eu-west-1' } });
  owners.forEach((owner, at) => new CfnBucket(stack, `Bucket${at}`, { tags: [...owner === undefined ? [] : [{ key: 'owner', value: owner }], { key: 'environment', value: at === 0 ? 'prd' : 'prod' }] }));
  new CfnPolicy(stack, 'Policy', { policyName: 'p', policyDocument: {}, roles: ['r'] });
  return app.synth().directory;
}

const three = assembly('a', 'b', undefined);

test('the share of each key among resources that take tags, by account, with what is wrong', async () => {
  const { exit, out } = await landingZone('tags', '--assembly', three, '--standard', standard);
  expect(exit).toBe(0);
  expect(out).toContain('3 resources that take tags, of 4');
  expect(out).toMatch(/all +3 +66\.6 % +66\.6 %/);
  expect(out).toMatch(/111122223333 +3 +66\.6 % +66\.6 %/);
  expect(out).toContain('1 × it lacks the tag owner (team that answers for it): App Bucket2');
  expect(out).toContain('1 × its tag environment is "prd", and one of prod, nonprod is expected: did you mean "prod"?: App Bucket0');
});

test('a share that is too low is exit 1; a hundred is said of all only', async () => {
  expect((await landingZone('tags', '--assembly', three, '--keys', 'owner', '--min', '66')).exit).toBe(0);
  const { exit, out } = await landingZone('tags', '--assembly', three, '--keys', 'owner', '--min', '67');
  expect(exit).toBe(1);
  expect(out).toContain('Below 67 %: owner. Exit 1.');
  expect((await landingZone('tags', '--assembly', assembly(...Array(450).fill('a'), undefined), '--keys', 'owner')).out).toMatch(/all +451 +99\.7 %/);
});

test('the trend since a base', async () => {
  const { out } = await landingZone('tags', '--assembly', three, '--base', assembly('a', undefined), '--keys', 'owner');
  expect(out).toMatch(/since base +\+1 +\+16\.7/);
});

test.each<[string, readonly (string | undefined)[], RegExp]>([
  ['down', ['a', 'b', undefined, undefined, undefined, undefined], /since base +-3 +\+33\.3/],
  ['up', ['a', 'b', 'c', 'd'], /since base +-1 +-33\.3/],
  ['as it was', ['x', undefined, 'y'], /since base +0 +0\n/],
  ['by less than a tenth', ['a', 'b', undefined, 'c', 'd', undefined], /since base +-3 +0\n/],
  ['nothing to compare with', [], /since base +\+3 +–/],
])('the trend where the base is %s', async (_name, base, expected) => {
  expect((await landingZone('tags', '--assembly', three, '--base', assembly(...base), '--keys', 'owner')).out).toMatch(expected);
});

test('the base is compared by the same standard, and does not decide the exit', async () => {
  const { exit, out } = await landingZone('tags', '--assembly', assembly('a', 'b'), '--base', three, '--standard', standard, '--min', '50', '--format', 'json');
  expect(exit).toBe(0);
  const { base, total, below } = JSON.parse(out);
  expect(base.keys.map(({ covered, expected }: any) => [covered, expected])).toEqual([[2, 3], [2, 3]]);
  expect(total.keys.map(({ percent }: any) => percent)).toEqual([100, 50]);
  expect(below).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
  ['0', 'owner', []], ['66.6', 'owner', []], ['66.7', 'owner', ['owner']], ['100', 'owner,absent', ['owner', 'absent']],
])('a share of %s for %s', async (min, keys, below) => {
  const { exit, out } = await landingZone('tags', '--assembly', three, '--keys', keys, '--min', min, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ below, min: Number(min) });
  expect(exit).toBe(below.length > 0 ? 1 : 0);
});

test('a key that no resource must carry, and none does, is below no share', async () => {
  const { exit, out } = await landingZone('tags', '--assembly', assembly(), '--keys', 'owner', '--min', '100');
  expect(exit).toBe(0);
  expect(out).toMatch(/all +0 +–/);
});

test('json follows its schema', async () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'tag-coverage.schema.json'), 'utf8')));
  for (const more of [[], ['--base', three, '--min', '90']]) {
    const { out } = await landingZone('tags', '--assembly', three, '--standard', standard, '--format', 'json', ...more);
    expect(validate(JSON.parse(out)) || validate.errors).toBe(true);
  }
});

describe('a zone with a standard', () => {
  const zoneOf = (tags: { [key: string]: string }, tagging = new TaggingStandard({ tags: [{ key: 'owner', default: 'platform' }, { key: 'environment', values: ['prod', 'shared'], default: 'shared' }] })) => {
    const file = join(mkdtempSync(join(tmpdir(), 'zone-tags-')), 'organization.yaml');
    writeFileSync(file, [
      'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  regions: { home: eu-west-1, allowed: [eu-west-1] }', '  units:', '    Prod:', '      accounts:',
      `        web: { email: aws+web@acme.example, tags: ${JSON.stringify(tags)} }`,
    ].join('\n'));
    const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'zone-tags-')) });
    return { app, zone: new LandingZone(app, 'Acme', { organization: OrganizationFile.load(file), tagging }) };
  };

  test('gives stacks the tags of their accounts, and is covered whole', async () => {
    const { app, zone } = zoneOf({ owner: 'web-team', environment: 'prod', own: 'x' });
    const stack = new Stack(app, 'Web', { env: { account: zone.account('web').accountId, region: 'eu-west-1' } });
    const bucket = new CfnBucket(stack, 'Bucket', { publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true } });
    expect(bucket).toBeDefined();
    app.synth({ errorOnDuplicateSynth: false } as never);
    const { out } = await landingZone('tags', '--assembly', app.outdir, '--keys', 'owner,environment');
    expect(out).toMatch(/all +\d+ +100 % +100 %/);
    expect(out).toMatch(/Root +\d+ +100 %.*\n(.*\n)* +Root\/Prod +1 +100 % +100 %\n +web +1 +100 %/);
    const template = JSON.parse(readFileSync(join(app.outdir, 'Web.template.json'), 'utf8'));
    expect(template.Resources.Bucket.Properties.Tags).toEqual([{ Key: 'environment', Value: 'prod' }, { Key: 'owner', Value: 'web-team' }]);
  });

  test('the nearest says a tag: resource, account, its unit, the unit above, the standard; keys that are not inherited stay with their resource', () => {
    const dir = mkdtempSync(join(tmpdir(), 'zone-tags-'));
    const VALUES = ['resource', 'account', 'unit', 'above', 'default'];
    fc.assert(fc.property(fc.subarray(VALUES, { minLength: 1 }), (said) => {
      const tagsWhere = (level: string, more: object = {}) => JSON.stringify(said.includes(level) ? { owner: level, class: 'secret', ...more } : more);
      writeFileSync(join(dir, 'organization.yaml'), [
        'organization:', `  managementAccount: { name: management, email: aws@acme.example, tags: ${tagsWhere('account')} }`, '  regions: { home: eu-west-1, allowed: [eu-west-1] }', '  units:',
        '    Above:', `      tags: ${tagsWhere('above')}`, '      units:', '        Unit:', `          tags: ${tagsWhere('unit')}`, '          accounts:',
        `            web: { email: aws+web@acme.example, tags: ${tagsWhere('account', { own: 'x' })} }`, '    Aside:', '      tags: { owner: aside }',
      ].join('\n'));
      const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'zone-tags-')) });
      const tagging = new TaggingStandard({ tags: [{ key: 'owner', required: false, ...(said.includes('default') && { default: 'default' }) }, { key: 'class', required: false, inherited: false }] });
      const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(join(dir, 'organization.yaml')), tagging });
      const tagsOf = (account: string, tags?: { key: string; value: string }[]) => {
        const stack = new Stack(app, `In${account}`, { env: { account, region: 'eu-west-1' } });
        new CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: 1, encrypted: true, tags });
        return Object.values<any>(Template.fromStack(stack).findResources('AWS::EC2::Volume'))[0].Properties.Tags;
      };
      const own = said.includes('resource') ? [{ key: 'owner', value: 'resource' }] : undefined;
      expect(tagsOf(zone.account('web').accountId, own)).toEqual([{ Key: 'owner', Value: VALUES.find((level) => said.includes(level)) }]);
    }), { numRuns: 31, examples: VALUES.map((level) => [[level]]) });
  });

  test('the management account has its own tags, and no unit\'s', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zone-tags-')), 'organization.yaml');
    writeFileSync(file, [
      'organization:', '  managementAccount: { name: management, email: aws@acme.example, tags: { owner: platform } }', '  regions: { home: eu-west-1, allowed: [eu-west-1] }', '  units:', '    Prod: { tags: { owner: web } }',
    ].join('\n'));
    const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'zone-tags-')) });
    const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(file), tagging: new TaggingStandard({ tags: [{ key: 'owner' }] }) });
    const stack = new Stack(app, 'Queue', { env: { account: zone.organization.managementAccountId, region: 'eu-west-1' } });
    new CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: 1, encrypted: true });
    expect(Object.values<any>(Template.fromStack(stack).findResources('AWS::EC2::Volume'))[0].Properties.Tags).toEqual([{ Key: 'owner', Value: 'platform' }]);
  });

  test('a unit or the management account with a value that it may not have stops synthesis', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zone-tags-')), 'organization.yaml');
    writeFileSync(file, [
      'organization:', '  managementAccount: { name: management, email: aws@acme.example, tags: { environment: Shared } }', '  regions: { home: eu-west-1, allowed: [eu-west-1] }', '  units:', '    Prod: { tags: { environment: prd } }',
    ].join('\n'));
    const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'zone-tags-')) });
    expect(new LandingZone(app, 'Acme', { organization: OrganizationFile.load(file), tagging: new TaggingStandard({ tags: [{ key: 'environment', values: ['prod', 'shared'] }] }) })).toBeDefined();
    const message = (() => { try { app.synth(); } catch (error) { return (error as Error).message; } return ''; })();
    expect(message).toContain('The management account: its tag environment may not be "Shared"');
    expect(message).toContain('Unit Root/Prod: its tag environment may not be "prd". Expected: prod, shared');
  });

  test('stops where an account has a value that it may not, or nobody gives one', () => {
    expect(() => zoneOf({ environment: 'prd' }).app.synth()).toThrow(/Account web: its tag environment may not be "prd"\. Expected: prod, shared/);
    expect(() => zoneOf({}, new TaggingStandard({ tags: [{ key: 'owner' }] })).app.synth()).toThrow(/LZ\.TAG\.4|it lacks the tag owner/);
  });
});

test.each<[string, string[], string]>([
  ['no source', ['--keys', 'owner'], 'Expected a source'],
  ['nothing to look for', ['--assembly', three], 'Expected what to look for'],
  ['two things to look for', ['--assembly', three, '--keys', 'owner', '--standard', standard], 'Expected what to look for'],
  ['a key that is none', ['--assembly', three, '--keys', 'owner,aws:x'], 'tag aws:x: begins with aws:'],
  ['a missing standard', ['--assembly', three, '--standard', 'nothing.yaml'], 'nothing.yaml does not exist'],
  ['a percent beyond', ['--assembly', three, '--keys', 'owner', '--min', '101'], 'Expected a number of 0 to 100'],
  ['a percent that is none', ['--assembly', three, '--keys', 'owner', '--min', '9,5'], 'Expected a number of 0 to 100, such as 99.5'],
  ['a percent a little beyond', ['--assembly', three, '--keys', 'owner', '--min', '100.1'], 'Expected a number of 0 to 100'],
  ['a folder that is no assembly', ['--assembly', folder, '--keys', 'owner'], 'manifest.json'],
  ['a base that is none', ['--assembly', three, '--base', folder, '--keys', 'owner'], 'manifest.json'],
])('wrong input: %s', async (_, args, message) => {
  const { exit, err } = await landingZone('tags', ...args);
  expect(exit).toBe(2);
  expect(err).toContain(message);
  expect(err).not.toMatch(/\n {4}at /);
});
