import { existsSync, mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { AccountDefinition, OrganizationDefinition, PolicyReference, UnitDefinition, unitsOf } from '../../../src/model/organization-definition';
import { parseOrganizationFile, readOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
import { organizationFiles, writeOrganizationFile } from '../../../src/model/organization-file/write-organization-file';
import { POLICY_TYPES } from '../../../src/model/policy-types';

const OPTIONS = { controlIds: ['LZ.S3.1', 'LZ.ORG.1'], controlSets: ['foundational', 'workload'] };
const place = { file: 'x' };

/** A document that readers of the type take. */
function contentOf(type: string, variant: number): any {
  const statement = { Sid: `V${variant}`, Effect: 'Deny', Action: 's3:*', Resource: '*' };
  if (type === 'SERVICE_CONTROL_POLICY') return { Version: '2012-10-17', Statement: [statement] };
  if (type === 'RESOURCE_CONTROL_POLICY') return { Version: '2012-10-17', Statement: [{ ...statement, Principal: '*' }] };
  return { variant };
}

const key = fc.oneof(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _.+=@-]{0,12}$/), fc.nat(999).map(String), fc.constantFrom('true', 'null', '1e3', '0x1F', 'yes', 'constructor', 'toString'))
  .filter((text) => !['Root', 'Resource', 'Default'].includes(text));
const tagText = fc.stringMatching(/^[A-Za-zé0-9 _.:\/=+@-]{0,10}$/);
const tags = fc.dictionary(fc.stringMatching(/^[A-Zb-zé0-9_.:\/=+@-][A-Za-z0-9 ]{0,8}$/), tagText, { maxKeys: 3 });
const policy = fc.record({ facts: fc.constantFrom(...POLICY_TYPES), variant: fc.nat(3), folder: fc.constantFrom('', 'policies/', 'a b/c/'), description: fc.option(fc.stringMatching(/^[ -~]{0,40}$/), { nil: undefined }) })
  .map(({ facts: { type }, variant, folder, description }): PolicyReference => ({
    type, name: variant === 0 ? 'plain' : `variant: ${variant}`, file: variant === 0 ? `${folder}plain.json` : `${folder}v${variant}.json`, content: contentOf(type, variant), place,
    // One description a policy: what differs is refused when it is read.
    ...(description !== undefined && variant === 1 ? { description: 'The one' } : {}),
  }));
const target = fc.record({
  controlSets: fc.subarray(OPTIONS.controlSets), controls: fc.subarray(OPTIONS.controlIds), tags,
  policies: fc.uniqueArray(policy, { maxLength: 3, selector: ({ type, name }) => `${type}/${name}` }),
});
const displayName = fc.option(fc.stringMatching(/^[!-~][ -~]{0,30}$/), { nil: undefined });

interface Shape { name?: string; key: string; target: any; units: Shape[]; accounts: { key: string; name?: string; target: any }[] }

const shape = fc.letrec<{ unit: Shape }>((tie) => ({
  unit: fc.record({
    key, name: displayName, target,
    units: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant([]), fc.array(tie('unit'), { maxLength: 3 })),
    accounts: fc.array(fc.record({ key, name: displayName, target }), { maxLength: 3 }),
  }) as fc.Arbitrary<Shape>,
})).unit;

/** Makes what was drawn a tree that AWS takes: keys, names and e-mails unique, at most five levels. */
function definitionOf(root: Shape, extra: Partial<OrganizationDefinition>): OrganizationDefinition {
  const used = new Set(['management']);
  const unit = (drawn: Shape, path: string, level: number): UnitDefinition => {
    const siblings = new Set<string>();
    const names = new Set<string>();
    return {
      ...drawn.target, key: drawn.key, name: drawn.name ?? drawn.key, path, place,
      units: level === 5 ? [] : drawn.units.filter((child) => {
        const name = child.name ?? child.key;
        if (siblings.has(child.key) || names.has(name)) return false;
        siblings.add(child.key);
        names.add(name);
        return true;
      }).map((child) => unit(child, `${path}/${child.key}`, level + 1)),
      accounts: drawn.accounts.filter((account) => !used.has(account.key) && used.add(account.key)).map((account): AccountDefinition => ({ ...account.target, key: account.key, name: account.name ?? account.key, email: '', place })),
    };
  };
  const tree = unit({ ...root, key: 'Root', name: 'Root', target: { ...root.target, tags: {} } }, 'Root', 0);
  let serial = 0;
  const numbered = (node: UnitDefinition): UnitDefinition => ({ ...node, accounts: node.accounts.map((account) => ({ ...account, email: `aws+${serial++}@acme.example` })), units: node.units.map(numbered) });
  return {
    file: 'organization.yaml', root: numbered(tree),
    managementAccount: { key: 'management', name: 'boss', email: 'boss@acme.example', controlSets: [], controls: [], policies: [], tags: root.target.tags, place }, ...extra,
  };
}

const settings = { controlTower: fc.option(fc.boolean(), { nil: undefined }), accountStacks: fc.option(fc.integer({ min: 1, max: 128 }), { nil: undefined }), regions: fc.boolean() };
const definition = fc.record({ root: shape, ...settings })
  .map(({ root, controlTower, accountStacks, regions }) => definitionOf(root, {
    ...(controlTower !== undefined ? { controlTower } : {}), ...(accountStacks !== undefined ? { accountStacks } : {}),
    ...(regions ? { regions: { home: 'eu-west-1', allowed: ['us-east-1', 'eu-west-1'] } } : {}),
  }));

/** What the law is about: places differ, files may move, and the file groups policies by type. */
function meaning(value: OrganizationDefinition): unknown {
  const grouped = JSON.parse(JSON.stringify(value, (name, item) => (name === 'place' || name === 'file' ? undefined : item)));
  const visit = (node: any) => {
    node.policies = POLICY_TYPES.flatMap(({ type }) => node.policies.filter((item: any) => item.type === type));
    [...node.units ?? [], ...node.accounts ?? []].forEach(visit);
  };
  visit(grouped.root);
  return grouped;
}

function readBack(files: Map<string, string>) {
  return parseOrganizationFile(files.get('organization.yaml')!, 'organization.yaml', OPTIONS, (path) => (files.has(path) ? { file: path, text: files.get(path)! } : undefined));
}

describe('law: what is written is read again', () => {
  test('for any tree, and the same tree gives the same bytes', () => {
    fc.assert(fc.property(definition, (written) => {
      const files = organizationFiles(written);
      const { definition: again, problems } = readBack(files);
      expect(problems).toEqual([]);
      expect(meaning(again!)).toEqual(meaning(written));
      expect([...organizationFiles(written)]).toEqual([...files]);
      expect([...organizationFiles(again!)].sort()).toEqual([...files].sort());
    }), { numRuns: 200 });
  });

  test('the trees reach all levels, numbers as keys and policies of several types', () => {
    const sample = fc.sample(definition, { numRuns: 200, seed: 1 });
    const units = sample.flatMap(({ root }) => [...unitsOf(root)]);
    expect(Math.max(...units.map(({ path }) => path.split('/').length))).toBeGreaterThanOrEqual(4);
    expect(units.some(({ key: name }) => /^[0-9]+$/.test(name))).toBe(true);
    expect(new Set(units.flatMap(({ policies }) => policies.map(({ type }) => type))).size).toBe(POLICY_TYPES.length);
  });
});

/** A definition with policies at the root only. */
function withPolicies(...policies: Partial<PolicyReference>[]): OrganizationDefinition {
  const whole = policies.map((part): PolicyReference => ({ name: 'p', type: 'TAG_POLICY', file: 'p.json', content: {}, place, ...part }));
  return definitionOf({ key: 'Root', units: [], accounts: [{ key: 'constructor', target: { controlSets: [], controls: [], policies: [], tags: {} } }], target: { controlSets: [], controls: [], policies: whole, tags: {} } }, {});
}

describe('policy files', () => {
  test('never leave the folder', () => {
    const files = organizationFiles(withPolicies({ name: 'a', file: '../../a.json' }, { name: 'b', file: '/tmp/b.json' }, { name: '../c', file: 'x/../../c.json' }, { name: 'd', file: './sub/../d.json' }));
    expect([...files.keys()]).toEqual(['organization.yaml', 'policies/tag/a.json', 'policies/tag/b.json', 'policies/tag/-c.json', 'd.json']);
    expect(readBack(files).problems).toEqual([]);
  });

  test('two documents never share a file, and never replace organization.yaml', () => {
    const files = organizationFiles(withPolicies({ name: 'a', content: { a: 1 } }, { name: 'b', content: { b: 1 } }, { name: 'c d', content: { c: 1 } }, { name: 'c/d', content: { d: 1 } }, { name: 'e', file: 'organization.yaml' }));
    const { definition: again, problems } = readBack(files);
    expect(problems).toEqual([]);
    expect(again!.root.policies.map(({ name, content }) => [name, content])).toEqual([['a', { a: 1 }], ['b', { b: 1 }], ['c d', { c: 1 }], ['c/d', { d: 1 }], ['e', {}]]);
  });
});

test('remarks become comments above what they are about; nobody else has any', () => {
  const remarks = { accounts: new Map([['management', 'TODO one\ntwo']]), policies: new Map([['TAG_POLICY/a', 'TODO a']]) };
  const text = organizationFiles(withPolicies({ name: 'a', file: 'a.json' }, { name: 'b', file: 'b.json' }), remarks).get('organization.yaml')!;
  expect(text.split('\n').filter((line) => line.includes('#'))).toEqual(['  # TODO one two', '      # TODO a']);
  expect(text).toMatch(/# TODO one two\n +managementAccount:/);
  expect(text).toMatch(/# TODO a\n +- a.json/);
});

test('on disk', () => {
  const dir = mkdtempSync(join(tmpdir(), 'organization-'));
  const [sample] = fc.sample(definition.filter(({ root }) => root.policies.length > 0), { numRuns: 1, seed: 3 });
  const paths = writeOrganizationFile(sample!, dir);
  expect(paths.every((path) => existsSync(join(dir, path)))).toBe(true);
  expect(meaning(readOrganizationFile(join(dir, 'organization.yaml'), OPTIONS).definition!)).toEqual(meaning(sample!));
});
