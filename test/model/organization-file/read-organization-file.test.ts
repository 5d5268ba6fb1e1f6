import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { AccountDefinition, OrganizationDefinition, UnitDefinition, unitsOf } from '../../../src/model/organization-definition';
import { formatProblems, parseOrganizationFile, readOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
import { organizationFiles, writeOrganizationFile } from '../../../src/model/organization-file/write-organization-file';
import { POLICY_TYPES } from '../../../src/model/policy-types';

const OPTIONS = { controlIds: ['LZ.S3.1', 'LZ.ORG.1'], controlSets: ['foundational', 'workload'] };
const SCP = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}';

function read(text: string, policies: { [path: string]: string } = {}) {
  return parseOrganizationFile(text, 'organization.yaml', OPTIONS, (path) => (path in policies ? { file: path, text: policies[path]! } : undefined));
}

/** Problems as `line:column message | hint`. */
function problems(text: string, policies?: { [path: string]: string }): string[] {
  return read(text, policies).problems.map(({ place, message, hint }) => `${place.line ?? '-'}:${place.column ?? '-'} ${message} | ${hint ?? ''}`);
}

const HEAD = 'organization:\n  managementAccount: { email: aws+m@acme.example }\n';

describe('a right file', () => {
  test('becomes a definition, with keys, names, controls, policies and places', () => {
    const { definition, problems: none } = read(`${HEAD}  regions: { home: eu-west-1, allowed: [eu-west-1, us-east-1] }
  controlSets: [foundational]
  controlTower: true
  accountStacks: 4
  units:
    Workloads:
      name: All workloads
      controls: [LZ.S3.1]
      policies: { service-control: [policies/a.json, { file: policies/b.json, name: bee, description: The B }] }
      units:
        Prod:
          accounts:
            payments-prod: { email: aws+p@acme.example, name: Payments, tags: { owner: payments } }
    Empty:
`, { 'policies/a.json': SCP, 'policies/b.json': SCP.replace('s3', 'sqs') });
    expect(none).toEqual([]);
    expect(definition).toMatchObject({
      controlTower: true, accountStacks: 4, regions: { home: 'eu-west-1' }, managementAccount: { key: 'management', email: 'aws+m@acme.example' },
      root: { controlSets: ['foundational'], units: [{ key: 'Workloads', name: 'All workloads', path: 'Root/Workloads', controls: ['LZ.S3.1'] }, { key: 'Empty', units: [] }] },
    });
    const workloads = definition!.root.units[0]!;
    expect(workloads.policies.map(({ name, type, description }) => [name, type, description])).toEqual([['a', 'SERVICE_CONTROL_POLICY', undefined], ['bee', 'SERVICE_CONTROL_POLICY', 'The B']]);
    expect(workloads.units[0]!.accounts[0]).toMatchObject({ key: 'payments-prod', name: 'Payments', tags: { owner: 'payments' }, place: { line: 15, column: 13 } });
  });

  test('all policy types have a name in the schema', () => {
    const schema = JSON.parse(readFileSync(join(__dirname, '../../../schema/organization.schema.json'), 'utf8'));
    expect(Object.keys(schema.definitions.policies.properties).sort()).toEqual(POLICY_TYPES.map(({ name }) => name).sort());
    expect(POLICY_TYPES).toHaveLength(13);
  });
});

describe('each mistake has its place, and what to do', () => {
  test.each<[string, string, string]>([
    ['unknown key', `${HEAD}  unitz: {}\n`, '3:3 unknown key "unitz" in organization | did you mean "units"?'],
    ['unknown key far from any', `${HEAD}  zzzzzzzzz: {}\n`, '3:3 unknown key "zzzzzzzzz" in organization | expected managementAccount'],
    ['no management account', 'organization:\n  units: {}\n', '1:1 organization lacks "managementAccount" | add it'],
    ['wrong e-mail', `${HEAD}  accounts: { a: { email: ops@acme } }\n`, '3:27 email "ops@acme" | expected root user\'s address'],
    ['no e-mail', `${HEAD}  accounts:\n    a: {}\n`, '4:5 a lacks "email" | add it'],
    ['long account name', `${HEAD}  accounts: { a: { email: a@b.cd, name: ${'x'.repeat(51)} } }\n`, '3:41 name "xxx'],
    ['a list for a map', `${HEAD}  units: []\n`, '3:10 units is a list | expected object'],
    ['a number for a list', `${HEAD}  controlSets: 3\n`, '3:16 controlSets is the number "3" | expected array'],
    ['unknown control', `${HEAD}  controls: [LZ.S3.2]\n`, '3:14 unknown control "LZ.S3.2" | did you mean "LZ.S3.1"?'],
    ['unknown control set', `${HEAD}  controlSets: [workloads]\n`, '3:17 unknown control set "workloads" | did you mean "workload"?'],
    ['a key with a slash', `${HEAD}  units: { A/B: {} }\n`, '3:12 "A/B" cannot be a key in units'],
    ['a taken key', `${HEAD}  units: { Root: {} }\n`, '3:12 "Root" cannot be a key'],
    ['an aws: tag', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { 'aws:x': y } } }\n`, '"aws:x" cannot be a key in tags'],
    ['a number for a tag', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { cost: 1042 } } }\n`, 'cost is the number "1042" | expected string'],
    ['home Region not allowed', `${HEAD}  regions: { home: eu-west-1, allowed: [us-east-1] }\n`, '3:20 the home Region eu-west-1 is not among the allowed Regions'],
    ['no Region', `${HEAD}  regions: { home: Ireland }\n`, '3:20 home "Ireland" | expected a Region: eu-west-1'],
    ['missing policy', `${HEAD}  policies: { tag: [no.json] }\n`, '3:21 policy file no.json does not exist'],
    ['absolute policy path', `${HEAD}  policies: { tag: [/etc/passwd] }\n`, '3:21 policy file /etc/passwd is an absolute path'],
    ['unknown policy type', `${HEAD}  policies: { service-controll: [] }\n`, '3:15 unknown key "service-controll" in policies | did you mean "service-control"?'],
    ['empty file', '', 'the file is empty | expected a map with the key "organization"'],
    ['not a map', 'hello\n', '1:1 the file is the string "hello" | expected object'],
    ['broken YAML', 'organization: {\n', 'expected YAML 1.2'],
  ])('%s', (_, text, expected) => {
    expect(problems(text, {}).join('\n')).toContain(expected);
  });

  test('an account key and an e-mail twice, with both places', () => {
    const text = `${HEAD}  units:\n    A: { accounts: { web: { email: aws+w@acme.example } } }\n    B:\n      accounts:\n        web: { email: AWS+W@acme.example }\n`;
    expect(problems(text)).toEqual([
      '7:9 account web is declared twice | first at line 4; keys are unique in the whole organization',
      '7:9 e-mail AWS+W@acme.example of account web is used twice | first by web (line 4); AWS wants one address an account',
    ]);
  });

  test('a sixth level of units', () => {
    const nested = (levels: number): string => (levels === 0 ? '{}' : `{ units: { L${levels}: ${nested(levels - 1)} } }`);
    expect(problems(`${HEAD}  units: { Top: ${nested(4)} }\n`)).toEqual([]);
    expect(problems(`${HEAD}  units: { Top: ${nested(5)} }\n`)[0]).toContain('is at level 6 | AWS allows 5 levels');
  });

  test.each([
    ['{"Version": "2012-10-17", "Statement": [}', 'p.json:1:41'],
    ['{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEqals":{"aws:x":"y"}}}]}', 'StringEqals'],
    ['[]', 'p.json'],
  ])('a policy that AWS would refuse: %s', (text, expected) => {
    const { problems: found } = read(`${HEAD}  policies: { service-control: [p.json] }\n`, { 'p.json': text });
    expect(formatProblems(found, 'organization.yaml')).toContain(expected);
  });

  test('one name for two documents', () => {
    const text = `${HEAD}  policies: { tag: [a/p.json] }\n  units: { A: { policies: { tag: [b/p.json] } } }\n`;
    expect(problems(text, { 'a/p.json': '{"tags":{}}', 'b/p.json': '{"tags":{"x":{}}}' })[0]).toContain('two different policies named "p" | first a/p.json');
    expect(problems(text, { 'a/p.json': '{"tags":{}}', 'b/p.json': '{"tags":{}}' })).toEqual([]);
  });
});

describe('YAML that executes or expands is refused', () => {
  test.each([
    ['an alias bomb', 'a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n', 'alias *a'],
    ['a cycle', 'organization: &o\n  units: *o\n', 'alias *o'],
    ['a merge key', 'a: { x: 1 }\n<<: { y: 2 }\n', 'merge key <<'],
    ['a custom tag', 'organization: !!js/function "x"\n', 'tag tag:yaml.org,2002:js/function'],
    ['a local tag', 'organization: !include other.yaml\n', 'tag !include'],
    ['two documents', `${HEAD}---\n${HEAD}`, 'a second document'],
    ['a key twice', `${HEAD}  controlTower: true\n  controlTower: false\n`, '4:3 the same key twice'],
  ])('%s', (_, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
    expect(read(text).definition).toBeUndefined();
  });
});

test('all problems are told at once, in order, as a table', () => {
  const { problems: found } = read(`${HEAD}  unitz: {}\n  accounts:\n    a: { email: x }\n    b: { email: aws+m@acme.example }\n  controls: [LZ.S3.9]\n`);
  expect(formatProblems(found, 'organization.yaml')).toMatchInlineSnapshot(`
"organization.yaml has 4 problems

  organization.yaml:3:3   unknown key "unitz" in organization                   did you mean "units"?
  organization.yaml:5:17  email "x"                                             expected root user's address, unique in all of AWS: name@domain.tld, 6 to 64 characters
  organization.yaml:6:5   e-mail aws+m@acme.example of account b is used twice  first by management (line 2); AWS wants one address an account
  organization.yaml:7:14  unknown control "LZ.S3.9"                             did you mean "LZ.S3.1"?"
`);
});

test('a missing file is a problem, not a crash', () => {
  expect(readOrganizationFile('/nowhere/organization.yaml', OPTIONS).problems[0]).toMatchObject({ message: 'the file does not exist' });
});

describe('law: what is written is read again', () => {
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _.+=@-]{0,12}[A-Za-z0-9]$/).filter((text) => text !== 'Root' && text !== 'Resource');
  const tags = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ maxLength: 20 }), { maxKeys: 2 });
  const place = { file: 'x' };

  const definition = fc.record({ keys: fc.uniqueArray(key, { minLength: 1, maxLength: 10, selector: (text) => text.toLowerCase() }), tags, depth: fc.integer({ min: 1, max: 4 }), set: fc.boolean() })
    .map(({ keys, tags: common, depth, set }): OrganizationDefinition => {
      let serial = 0;
      const target = (name: string) => ({
        key: name, name: serial % 3 === 0 ? `Name of ${name}` : name, controlSets: set ? ['workload'] : [], controls: serial % 2 === 0 ? ['LZ.S3.1'] : [], tags: common, place,
        policies: serial % 2 === 0 ? [{ name: 'deny', type: 'SERVICE_CONTROL_POLICY', file: 'policies/deny.json', content: JSON.parse(SCP), place }] : [],
      });
      const account = (name: string): AccountDefinition => ({ ...target(name), email: `aws+${serial++}@acme.example` });
      const unit = (names: readonly string[], path: string, level: number): UnitDefinition => {
        const [own, ...rest] = names;
        const name = path.split('/').at(-1)!;
        const below = level < depth && rest.length > 0 ? [unit(rest, `${path}/${rest[0]} u`, level + 1)] : [];
        return { ...target(name), path, units: below, accounts: own !== undefined ? [account(own)] : [] };
      };
      const root = { ...unit(keys, 'Root', 0), name: 'Root', tags: {} };
      return { file: 'organization.yaml', managementAccount: { key: 'management', name: 'boss', email: 'boss@acme.example', controlSets: [], controls: [], policies: [], tags: common, place }, root };
    });

  const withoutPlaces = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (name, item) => (name === 'place' || name === 'file' ? undefined : item)));

  test('for any tree', () => {
    fc.assert(fc.property(definition, (written) => {
      const files = organizationFiles(written);
      const { definition: again, problems: found } = parseOrganizationFile(files.get('organization.yaml')!, 'organization.yaml', OPTIONS, (path) => ({ file: path, text: files.get(path)! }));
      expect(found).toEqual([]);
      expect(withoutPlaces(again)).toEqual(withoutPlaces(written));
      expect(organizationFiles(written)).toEqual(files);
    }), { numRuns: 100 });
  });

  test('also on disk', () => {
    const dir = mkdtempSync(join(tmpdir(), 'organization-'));
    const [sample] = fc.sample(definition, { numRuns: 1, seed: 3 });
    writeOrganizationFile(sample!, dir);
    const { definition: again } = readOrganizationFile(join(dir, 'organization.yaml'), OPTIONS);
    expect([...unitsOf(again!.root)]).toHaveLength([...unitsOf(sample!.root)].length);
  });
});
