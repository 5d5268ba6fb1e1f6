import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import * as fc from 'fast-check';
import { readLzaConfiguration } from '../../../src/model/lza/read-lza-configuration';
import { AccountDefinition, unitsOf } from '../../../src/model/organization-definition';
import { parseOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
import { organizationFiles } from '../../../src/model/organization-file/write-organization-file';

const SCP = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"arn:${PARTITION}:s3:::*"}]}';

/** A small right configuration. */
const RIGHT: { readonly [name: string]: string } = {
  'accounts-config.yaml': `mandatoryAccounts:
  - { name: Management, email: m@acme.example, organizationalUnit: Root }
  - { name: LogArchive, email: log@acme.example, organizationalUnit: Security, warm: true }
workloadAccounts:
  - { name: Web, email: web@acme.example, organizationalUnit: Workloads/Prod }
`,
  'organization-config.yaml': `enable: true
organizationalUnits:
  - name: Security
  - name: Workloads/Prod
serviceControlPolicies:
  - { name: "{{ Prefix }}-Deny", description: Denies, policy: scp/deny.json, type: customerManaged, deploymentTargets: { organizationalUnits: [Root, Workloads/Prod], accounts: [Web] } }
`,
  'global-config.yaml': 'homeRegion: eu-west-1\nenabledRegions: [ {{ Regions }} ]\nlogging: {}\n',
  'replacements-config.yaml': `globalReplacements:
  - { key: Prefix, type: String, value: ACME }
  - key: Regions
    type: StringList
    value:
      - us-east-1 # <--- UPDATE
  - { key: Cidr, type: String, value: 10.0.0.0/8 }
`,
  'scp/deny.json': SCP,
};

/** Writes it; `changes` replace files, undefined removes one. */
function configuration(changes: { [name: string]: string | undefined } = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'lza-'));
  for (const [name, text] of Object.entries({ ...RIGHT, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

/** What is said about a configuration, without its folder. */
function said(changes: { [name: string]: string | undefined }) {
  const dir = configuration(changes);
  const { definition, problems, notices, remarks } = readLzaConfiguration(dir);
  rmSync(dir, { recursive: true });
  return {
    definition, remarks,
    problems: problems.map(({ place, message, hint }) => `${place.file.slice(dir.length + 1)}:${place.line ?? '-'} ${message} | ${hint ?? ''}`),
    notices: notices.map(({ kind, subject, message }) => `${kind}: ${subject}: ${message}`),
  };
}

function accounts(...lines: string[]): string {
  return `mandatoryAccounts:\n  - { name: Management, email: m@acme.example }\n${lines.map((line) => `  - ${line}\n`).join('')}`;
}

function policies(entry: string, units = 'organizationalUnits: [{ name: Security }, { name: Workloads/Prod }]'): string {
  return `${units}\nserviceControlPolicies:\n  - ${entry}\n`;
}

test('a right configuration becomes a definition; a policy for several targets is one', () => {
  const { definition, problems } = said({});
  expect(problems).toEqual([]);
  expect(definition).toMatchObject({ managementAccount: { key: 'management', name: 'Management' }, regions: { home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] } });
  const units = [...unitsOf(definition!.root)];
  expect(units.map(({ path, accounts: here }) => [path, here.map(({ key }: AccountDefinition) => key)])).toEqual([
    ['Root', []], ['Root/Security', ['LogArchive']], ['Root/Workloads', []], ['Root/Workloads/Prod', ['Web']],
  ]);
  const references = units.flatMap((unit) => [unit, ...unit.accounts]).flatMap(({ policies: here }) => here);
  expect(references.map(({ name, file }) => [name, file])).toEqual(Array(3).fill(['ACME-Deny', 'policies/service-control/ACME-Deny.json']));
  expect(references[0]!.content.Statement[0].Resource).toBe('arn:aws:s3:::*');
});

test('what is left of it is told by name', () => {
  expect(said({ 'network/hub.yaml': 'vpcs: []\ntransitGateways: []\n', 'other/policy.json': '{}', '.git/config.yaml': 'x: y', 'node_modules/m/m.json': '{}', 'LICENSE.txt': '' }).notices).toEqual([
    'assumed: AcceleratorPrefix: AWSAccelerator, the accelerator\'s default',
    'assumed: managementAccountAccessRole: AWSControlTowerExecution, the accelerator\'s default',
    'not carried over: accounts-config.yaml: warm: of LogArchive: an account has nothing like it here',
    expect.stringContaining('assumed: accounts-config.yaml: name'),
    'assumed: replacements-config.yaml: Regions: us-east-1; its line still asks: UPDATE',
    'not carried over: replacements-config.yaml: Cidr: nothing that is carried over uses them',
    'not carried over: global-config.yaml: logging: there is nothing like it here yet',
    'not carried over: network/hub.yaml: vpcs: there is nothing like it here yet',
    'not carried over: network/hub.yaml: transitGateways: there is nothing like it here yet',
    'not carried over: other/policy.json: nothing that is carried over uses it',
  ]);
});

test.each<[string, { [name: string]: string | undefined }, string]>([
  ['an allow list', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, strategy: allow-list, deploymentTargets: { organizationalUnits: [Root] } }') }, 'to do: serviceControlPolicies: P: it allows by a list'],
  ['an AWS-managed policy', { 'organization-config.yaml': policies('{ name: FullAWSAccess, policy: none.json, type: awsManaged, deploymentTargets: { organizationalUnits: [Root] } }') }, 'not carried over: serviceControlPolicies: FullAWSAccess: AWS manages it'],
  ['an excluded account', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, deploymentTargets: { organizationalUnits: [Root], excludedAccounts: [Web] } }') }, 'not carried over: serviceControlPolicies: P: it excludes account Web'],
  ['no target', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json }') }, 'P: it is attached to nothing; its document stays in scp/deny.json'],
  ['the management account as target', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, deploymentTargets: { accounts: [Management] } }') }, 'P: AWS exempts the management account'],
  ['a long description', { 'organization-config.yaml': policies(`{ name: P, description: ${'x'.repeat(513)}, policy: scp/deny.json, deploymentTargets: { accounts: [Web] } }`) }, 'P: its description beyond 512 characters'],
  ['a key nobody knows', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, novelty: 1, deploymentTargets: { accounts: [Web] } }') }, 'P: "novelty": there is nothing like it here'],
  ['an ignored unit', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json }', 'organizationalUnits: [{ name: Security, ignore: true }, { name: Workloads/Prod }]') }, 'assumed: unit Security: the accelerator ignores it'],
  ['an organization the accelerator does not manage', { 'organization-config.yaml': `enable: false\n${policies('{ name: P, policy: scp/deny.json }')}` }, 'assumed: organization-config.yaml: enable'],
  ['quarantine of new accounts', { 'organization-config.yaml': `${policies('{ name: P, policy: scp/deny.json }')}quarantineNewAccounts: { enable: true, scpPolicyName: Q }\n` }, 'quarantineNewAccounts: Q, which does not exist, was attached'],
  ['no global configuration', { 'global-config.yaml': undefined }, 'assumed: homeRegion: us-east-1, the accelerator\'s default'],
  ['a variable without a value in a policy', { 'scp/deny.json': SCP.replace('PARTITION', 'ACCEL_LOOKUP::CUSTOM:Partition') }, '${ACCEL_LOOKUP::CUSTOM:Partition} has no value (replacements-config.yaml gives it no value)'],
  ['a variable of Parameter Store', {
    'replacements-config.yaml': 'globalReplacements: [{ key: Regions, value: [eu-west-1] }, { key: Prefix, path: /accelerator/prefix }]\n',
  }, 'to do: organization-config.yaml: {{ Prefix }}: its value is in Parameter Store, at /accelerator/prefix'],
  ['a replacement not filled in', { 'replacements-config.yaml': 'globalReplacements: [{ key: Regions, value: [eu-west-1] }, { key: Prefix, value: P }, { key: Budget, value: "<b>@example.com <--- UPDATE" }]\n' }, 'replacements-config.yaml: Budget: still "<b>@example.com <--- UPDATE"'],
])('%s is told', (_, changes, expected) => {
  const { notices, problems } = said(changes);
  expect(problems).toEqual([]);
  expect(notices.filter((notice) => notice.includes(expected))).toHaveLength(1);
});

test('a target named twice gets a policy once', () => {
  const { definition, problems } = said({ 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, deploymentTargets: { organizationalUnits: [Security, Security] } }') });
  expect(problems).toEqual([]);
  expect(definition!.root.units[0]!.policies).toHaveLength(1);
});

test('a replacement that only a policy uses is carried over', () => {
  const { notices } = said({ 'scp/deny.json': SCP.replace('s3:::*', 's3:::${ACCEL_LOOKUP::CUSTOM:Cidr}') });
  expect(notices.filter((notice) => notice.includes('Cidr'))).toEqual([]);
});

test.each([['true', true], ['false', undefined]])('Control Tower enabled: %s', (enable, expected) => {
  expect(said({ 'global-config.yaml': `homeRegion: eu-west-1\ncontrolTower: { enable: ${enable} }\n` }).definition!.controlTower).toBe(expected);
});

test('what has something left to do is marked in the output', () => {
  const { definition, remarks } = said({
    'accounts-config.yaml': accounts('{ name: LogArchive, email: "<log>@example.com <--- UPDATE", organizationalUnit: Security }', '{ name: Web, email: nobody, organizationalUnit: Workloads/Prod }'),
    'scp/deny.json': SCP.replace('s3:::*', 's3:::${LOGARCHIVE_ACCOUNT_ID}-${ORG_ID}-${REGION}'),
  });
  const text = organizationFiles(definition!, remarks).get('organization.yaml')!;
  expect(text).toMatch(/# TODO e-mail of LogArchive: the configuration says "<log>@example.com <--- UPDATE"\n +LogArchive:\n +email: todo\+logarchive@example.com/);
  expect(text).toMatch(/# TODO e-mail of Web: the configuration says "nobody"\n/);
  expect(text.match(/# TODO \$\{REGION\} has no value .*; \$\{LOGARCHIVE_ACCOUNT_ID\}, \$\{ORG_ID\} became placeholder ids/g)).toHaveLength(3);
  expect(text).toMatch(/# TODO check Regions: us-east-1; its line still asks: UPDATE\n +regions:/);
});

test('addresses to be filled in stay unique, and the output can be read', () => {
  const { definition } = said({ 'accounts-config.yaml': accounts('{ name: Web, email: x, organizationalUnit: Security }', '{ name: web, email: y, organizationalUnit: Security }') });
  expect(definition!.root.units[0]!.accounts.map(({ email }) => email)).toEqual(['todo+web@example.com', 'todo+web-2@example.com']);
  const files = organizationFiles(definition!);
  expect(parseOrganizationFile(files.get('organization.yaml')!, 'o', { controlIds: [], controlSets: [] }, (path) => ({ file: path, text: files.get(path)! })).problems).toEqual([]);
});

test.each<[string, { [name: string]: string | undefined }, string]>([
  ['no accounts', { 'accounts-config.yaml': undefined }, 'accounts-config.yaml:- the file does not exist'],
  ['broken YAML', { 'accounts-config.yaml': 'mandatoryAccounts: [\n' }, 'accounts-config.yaml:2 Flow sequence'],
  ['an alias', { 'accounts-config.yaml': 'a: &a x\nb: *a\n' }, 'accounts-config.yaml:1 anchor &a'],
  ['a variable without a value where YAML needs one', { 'organization-config.yaml': 'enable: {{ Nothing }}\n' }, '{{ Nothing }} has no value in replacements-config.yaml'],
  ['no management account', { 'accounts-config.yaml': 'mandatoryAccounts: []\n' }, 'no mandatory account named Management'],
  ['an account twice', { 'accounts-config.yaml': accounts('{ name: Web, email: a@b.cd, organizationalUnit: Security }', '{ name: Web, email: b@b.cd, organizationalUnit: Security }') }, 'accounts-config.yaml:4 account Web is declared twice | first at line 3'],
  ['an e-mail twice', { 'accounts-config.yaml': accounts('{ name: Web, email: M@acme.example, organizationalUnit: Security }') }, 'accounts-config.yaml:3 e-mail M@acme.example of account Web is used twice | first by management (line 2)'],
  ['a name we cannot use', { 'accounts-config.yaml': accounts('{ name: We/b, email: a@b.cd, organizationalUnit: Security }', '{ name: Web, email: b@b.cd, organizationalUnit: Security }') }, '"We/b" cannot be a key in accounts of unit Security'],
  ['an account in no unit', { 'accounts-config.yaml': accounts('{ name: Web, email: a@b.cd, organizationalUnit: Nowhere }') }, 'accounts-config.yaml:3 account Web is in unit "Nowhere", which organization-config.yaml does not have'],
  ['an entry that is none', { 'accounts-config.yaml': accounts('just text') }, 'accounts-config.yaml:3 item 2 of mandatoryAccounts is not a map'],
  ['a policy for nobody', { 'organization-config.yaml': policies('{ name: P, policy: scp/deny.json, deploymentTargets: { accounts: [Nobody] } }') }, 'organization-config.yaml:3 policy P is for account Nobody'],
  ['a policy without its file', { 'scp/deny.json': undefined }, 'organization-config.yaml:6 there is no policy file scp/deny.json for ACME-Deny'],
  ['a policy that is not JSON', { 'scp/deny.json': '{\n  "Version": }' }, 'scp/deny.json:2'],
  ['six levels of units', { 'organization-config.yaml': 'organizationalUnits: [{ name: Security }, { name: Workloads/Prod }, { name: A/B/C/D/E/F }]\n' }, 'is at level 6'],
])('%s is a problem with its place', (_, changes, expected) => {
  const { definition, problems } = said(changes);
  expect(definition).toBeUndefined();
  expect(problems.join('\n')).toContain(expected);
});

test('law: however a file is damaged, the answer is a definition or problems, never a crash', () => {
  const snippet = fc.constantFrom('', '\n', '[', ']', '{', '}', '"', '- ', ': ', '&a ', '*a', '{{ X }}', '${X}', 'null', '~', '#');
  fc.assert(fc.property(fc.constantFrom(...Object.keys(RIGHT)), fc.nat(400), fc.nat(20), snippet, (name, at, length, put) => {
    const text = RIGHT[name]!;
    const place = at % (text.length + 1);
    const { definition, problems } = said({ [name]: text.slice(0, place) + put + text.slice(place + length) });
    expect(definition === undefined).toBe(problems.length > 0);
  }), { numRuns: 200 });
});
