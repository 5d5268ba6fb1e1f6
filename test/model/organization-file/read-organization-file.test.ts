import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { formatProblems, parseOrganizationFile, readOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
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
    ['wrong e-mail', `${HEAD}  accounts: { a: { email: ops@acme } }\n`, '3:27 e-mail "ops@acme" of account a | expected the root user\'s address'],
    ['no e-mail', `${HEAD}  accounts:\n    a: {}\n`, '4:5 account a lacks "email" | add it'],
    ['long account name', `${HEAD}  accounts: { a: { email: a@b.cd, name: ${'x'.repeat(51)} } }\n`, '3:41 name "xxx'],
    ['a list for a map', `${HEAD}  units: []\n`, '3:10 units is a list | expected a map'],
    ['a number for a list', `${HEAD}  controlSets: 3\n`, '3:16 controlSets is the number "3" | expected a list'],
    ['unknown control', `${HEAD}  controls: [LZ.S3.2]\n`, '3:14 unknown control "LZ.S3.2" | did you mean "LZ.S3.1"?'],
    ['unknown control set', `${HEAD}  controlSets: [workloads]\n`, '3:17 unknown control set "workloads" | did you mean "workload"?'],
    ['a key with a slash', `${HEAD}  units: { A/B: {} }\n`, '3:12 "A/B" cannot be a key in units'],
    ['a taken key', `${HEAD}  units: { Root: {} }\n`, '3:12 "Root" cannot be a key'],
    ['an aws: tag', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { 'aws:x': y } } }\n`, '"aws:x" cannot be a key in tags of account a'],
    ['a number for a tag', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { cost: 1042 } } }\n`, 'tag cost of account a is the number "1042" | expected a text'],
    ['an AWS: tag', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { 'AWS:x': y } } }\n`, '"AWS:x" cannot be a key in tags of account a | expected a tag key'],
    ['a tag value AWS refuses', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { owner: a*b } } }\n`, 'tag owner "a*b" of account a | expected a tag value'],
    ['51 tags', `${HEAD}  accounts: { a: { email: a@b.cd, tags: { ${Array.from({ length: 51 }, (_, i) => `t${i}: x`).join(', ')} } } }\n`, 'tags of account a has 51 entries | expected at most 50'],
    ['a key that CDK leaves out of logical ids', `${HEAD}  units: { Default: {} }\n`, '3:12 "Default" cannot be a key'],
    ['a key too long for a name', `${HEAD}  accounts: { ${'k'.repeat(51)}: { email: a@b.cd } }\n`, 'has a key of 51 characters and no name | AWS allows 50'],
    ['an empty account', `${HEAD}  accounts: { a: }\n`, '3:18 account a is empty | expected a map'],
    ['a policy without a file', `${HEAD}  units: { A: { policies: { tag: [{ name: x }] } } }\n`, '3:35 item 1 of tag policies of unit A lacks "file"'],
    ['home Region not allowed', `${HEAD}  regions: { home: eu-west-1, allowed: [us-east-1] }\n`, '3:20 the home Region eu-west-1 is not among the allowed Regions'],
    ['no Region', `${HEAD}  regions: { home: Ireland }\n`, '3:20 home "Ireland" of regions | expected a Region: eu-west-1'],
    ['missing policy', `${HEAD}  policies: { tag: [no.json] }\n`, '3:21 there is no policy file no.json'],
    ['absolute policy path', `${HEAD}  policies: { tag: [/etc/passwd] }\n`, '3:21 policy file /etc/passwd is an absolute path'],
    ['unknown policy type', `${HEAD}  policies: { service-controll: [] }\n`, '3:15 unknown key "service-controll" in policies | did you mean "service-control"?'],
    ['empty file', '', 'the file is empty | expected content'],
    ['not a map', 'hello\n', '1:1 the file is the text "hello" | expected a map'],
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

  test('a name twice among sibling units, though their keys differ; elsewhere it is fine', () => {
    expect(problems(`${HEAD}  units:\n    A: { name: Same }\n    B: { name: Same }\n`)).toEqual(['5:5 two units named Same under Root | first at line 4; AWS wants one name among siblings']);
    expect(problems(`${HEAD}  units:\n    A: { name: Same, units: { B: { name: Same } } }\n`)).toEqual([]);
  });

  test('more than 2,000 units', () => {
    const units = (count: number) => `${HEAD}  units: { ${Array.from({ length: count }, (_, i) => `u${i}: {}`).join(', ')} }\n`;
    expect(problems(units(2_000))).toEqual([]);
    expect(problems(units(2_001))).toEqual([expect.stringContaining('the organization has 2001 units | AWS allows 2000')]);
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

  test('a policy twice at a target, with two descriptions, under a name that AWS has', () => {
    const at = (list: string, below = '[]') => problems(`${HEAD}  policies: { service-control: ${list} }\n  units: { A: { policies: { service-control: ${below} } } }\n`, { 'p.json': SCP, 'q/p.json': SCP });
    expect(at('[p.json, q/p.json]')).toEqual(['3:41 policy "p" is attached twice | first at line 3; keep one']);
    expect(at('[{ file: p.json, description: x }]', '[{ file: p.json, description: y }]')).toEqual(['4:47 policy "p" has two descriptions | first at line 3; say it once']);
    expect(at('[{ file: p.json, description: x }]', '[p.json]')).toEqual([]);
    expect(at('[{ file: p.json, name: FullAWSAccess }]')[0]).toContain('"FullAWSAccess" cannot be a policy\'s name');
  });

  test('a broken file of another type has its place too', () => {
    expect(read(`${HEAD}  policies: { tag: [t.json] }\n`, { 't.json': '{\n  "tags": { "a": 1, "a": 2 }\n}' }).problems).toMatchObject([{ place: { file: 't.json', line: 2 }, message: '"a" is written twice' }]);
    expect(read(`${HEAD}  policies: { tag: [t.json] }\n`, { 't.json': '{' }).problems[0]).toMatchObject({ place: { file: 't.json', line: 1, column: 2 } });
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
    ['a key twice', `${HEAD}  controlTower: true\n  controlTower: false\n`, '4:3 key "controlTower" is written twice | first at line 3'],
  ])('%s', (_, text, expected) => {
    expect(problems(text).join('\n')).toContain(expected);
    expect(read(text).definition).toBeUndefined();
  });
});

describe('nothing in a file can exhaust the reader', () => {
  test.each([
    ['brackets', `organization: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['brackets never closed', '['.repeat(20_000)],
    ['braces', '{a: '.repeat(5_000)],
    ['lists', `${'- '.repeat(20_000)}x`],
    ['complex keys', '? '.repeat(5_000)],
    ['indentation', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('nested %s', (_, text) => {
    expect(problems(text)).toEqual([expect.stringContaining('nested deeper than 64 levels')]);
  });

  test('a file of more than ten megabytes', () => {
    expect(problems('#'.repeat(10_000_001))[0]).toContain('the file has 10,000,001 bytes | expected at most 10,000,000');
  });

  test('thousands of mistakes are told as a hundred and their number', () => {
    const { problems: found } = read(`${HEAD}  accounts: { ${Array.from({ length: 3_000 }, (_, i) => `a${i}: { email: a@b.cd }`).join(', ')} }\n`);
    expect(found).toHaveLength(2_999);
    expect(formatProblems(found, 'f').split('\n').slice(-1)).toEqual(['  and 2899 more']);
  });
});

test('all problems are told at once, in order, as a table', () => {
  const { problems: found } = read(`${HEAD}  unitz: {}\n  accounts:\n    a: { email: x }\n    b: { email: aws+m@acme.example }\n  controls: [LZ.S3.9]\n`);
  expect(formatProblems(found, 'organization.yaml')).toMatchInlineSnapshot(`
"organization.yaml has 4 problems

  organization.yaml:3:3   unknown key "unitz" in organization                   did you mean "units"?
  organization.yaml:5:17  e-mail "x" of account a                               expected the root user's address, unique in all of AWS: name@domain.tld, 6 to 64 characters
  organization.yaml:6:5   e-mail aws+m@acme.example of account b is used twice  first by management (line 2); AWS wants one address an account
  organization.yaml:7:14  unknown control "LZ.S3.9"                             did you mean "LZ.S3.1"?"
`);
});

test('units and accounts keep the order of the file, also when their keys are numbers', () => {
  const { definition } = read(`${HEAD}  units: { B: , 7: , 3: }\n  accounts: { z: { email: z@b.cd }, 10: { email: x@b.cd }, 9: { email: y@b.cd } }\n`);
  expect(definition!.root.units.map(({ key }) => key)).toEqual(['B', '7', '3']);
  expect(definition!.root.accounts.map(({ key }) => key)).toEqual(['z', '10', '9']);
});

test('a folder where a file should be is a problem, not a crash', () => {
  const dir = mkdtempSync(join(tmpdir(), 'organization-'));
  expect(readOrganizationFile(dir, OPTIONS).problems[0]).toMatchObject({ message: 'the file does not exist' });
  mkdirSync(join(dir, 'p.json'));
  writeFileSync(join(dir, 'organization.yaml'), `${HEAD}  policies: { tag: [p.json] }\n`);
  expect(readOrganizationFile(join(dir, 'organization.yaml'), OPTIONS).problems[0]).toMatchObject({ message: 'there is no policy file p.json' });
});

test('a missing file is a problem, not a crash', () => {
  expect(readOrganizationFile('/nowhere/organization.yaml', OPTIONS).problems[0]).toMatchObject({ message: 'the file does not exist' });
});

