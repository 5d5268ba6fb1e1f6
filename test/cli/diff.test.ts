import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { landingZone } from './command';

type Statements = readonly object[];

const DENY_TRAIL = { Sid: 'Trail', Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } } };
const REGIONS = { Sid: 'Regions', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } };
const PROD = ['payments-prod', 'web-prod'];

/** An organization file with a policy at the root and one at Prod, and, where given, a resource control policy at the root. */
function organization(root: Statements, prod: Statements, units: { readonly [unit: string]: readonly string[] } = { Prod: PROD, Sandbox: [] }, resources: Statements = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  writeFileSync(join(folder, 'root.json'), JSON.stringify({ Version: '2012-10-17', Statement: root }));
  writeFileSync(join(folder, 'prod.json'), JSON.stringify({ Version: '2012-10-17', Statement: prod }));
  writeFileSync(join(folder, 'resources.json'), JSON.stringify({ Version: '2012-10-17', Statement: resources }));
  writeFileSync(join(folder, 'organization.yaml'), [
    'organization:', '  managementAccount: { name: management, email: aws@acme.example }',
    `  policies: { service-control: [root.json]${resources.length > 0 ? ', resource-control: [resources.json]' : ''} }`, '  units:',
    ...Object.entries(units).flatMap(([unit, accounts]) => [
      `    ${unit}:`, ...(unit === 'Prod' ? ['      policies: { service-control: [prod.json] }'] : []),
      ...(accounts.length > 0 ? ['      accounts:', ...accounts.map((key) => `        ${key}: { email: aws+${key}@acme.example }`)] : ['      tags: {}']),
    ]),
  ].join('\n'));
  return join(folder, 'organization.yaml');
}

const BASE = organization([DENY_TRAIL], [REGIONS]);
const json = async (...args: string[]) => JSON.parse((await landingZone('diff', ...args, '--format', 'json')).out);

test('what was removed is newly allowed, to whom and where, because of what, with an example', async () => {
  const { exit, out, err } = await landingZone('diff', BASE, organization([REGIONS], [REGIONS]), '--fail-on', 'newly-allowed');
  expect({ exit, err }).toEqual({ exit: 1, err: '' });
  expect(out).toContain('+ newly ALLOWED   cloudtrail:StopLogging');
  expect(out).toContain('because statement Trail of policy root at Root no longer denies it');
  expect(out).toMatch(/example {2}cloudtrail:StopLogging by role\/\S+, aws:RequestedRegion = eu-west-1 in payments-prod/);
  expect(out).toContain('Exit 1.');
});

test('what was added is newly denied; principals that stay exempt are told from the others', async () => {
  const head = organization([DENY_TRAIL, { ...DENY_TRAIL, Sid: 'Config', Action: 'config:StopConfigurationRecorder' }], [REGIONS]);
  const { guardrails, undecided, failing } = await json(BASE, head, '--fail-on', 'newly-allowed');
  expect({ undecided, failing }).toEqual({ undecided: [], failing: 0 });
  expect(guardrails).toHaveLength(1);
  expect(guardrails[0]).toMatchObject({
    direction: 'denied', actions: ['config:StopConfigurationRecorder'], accounts: PROD, emptyUnits: ['Root', 'Root/Sandbox'], withFuture: false,
    reasons: [{ policy: 'root', statement: 'Config', level: 'Root', effect: 'Deny' }],
  });
  // Of the platform principals only break-glass is exempt.
  expect(guardrails[0].principals).toEqual(['platform principals', 'root user', 'everyone else']);
});

test('a resource control policy: who outside of the organization is denied is told from its own principals', async () => {
  const outsiders = { Sid: 'Outsiders', Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' } } };
  const sparing = { ...outsiders, Condition: { ...outsiders.Condition, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } };
  const everyone = { ...outsiders, Sid: 'Everyone', Action: 'sqs:DeleteQueue', Condition: undefined };
  const base = organization([DENY_TRAIL], [REGIONS], undefined, [outsiders]);
  const { guardrails, undecided, failing } = await json(base, organization([DENY_TRAIL], [REGIONS], undefined, [sparing, everyone]), '--fail-on', 'newly-allowed');
  expect({ undecided, failing }).toEqual({ undecided: [], failing: 1 });
  expect(guardrails.map(({ direction, principals, actions }: any) => [direction, principals, actions])).toEqual([
    ['allowed', ['AWS services'], ['sqs:SendMessage']],
    ['denied', ['platform principals', 'root user', 'everyone else'], ['sqs:DeleteQueue']],
    ['denied', ['principals of other accounts', 'AWS services', 'anonymous requests'], ['sqs:DeleteQueue']],
  ]);
  expect(guardrails[0].example.requests[0].context).toMatchObject({ 'aws:PrincipalIsAWSService': 'true' });
  const { out } = await landingZone('diff', base, organization([DENY_TRAIL], [REGIONS], undefined, [sparing]));
  expect(out).toContain('to AWS services');
});

test('rewriting, reordering and moving a deny upwards where nothing else is changes no meaning', async () => {
  const rewritten = { ...REGIONS, Sid: 'Other', NotAction: ['STS:*', 'iam:*', 'iam:CreateRole'], Condition: { 'ForAnyValue:StringNotEquals': undefined, 'StringNotLike': { 'AWS:requestedregion': 'eu-west-1' } } };
  const { exit, out } = await landingZone('diff', BASE, organization([DENY_TRAIL], [DENY_TRAIL, JSON.parse(JSON.stringify(rewritten))]), '--fail-on', 'any');
  expect(out).toContain('Guardrails   mean the same');
  expect(exit).toBe(0);
});

test('one Region more is one line, whatever the number of actions and accounts', async () => {
  const head = organization([DENY_TRAIL], [{ ...REGIONS, Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } } }]);
  const { out, exit } = await landingZone('diff', BASE, head);
  expect(out.match(/newly/g)).toHaveLength(1);
  expect(out).toMatch(/newly ALLOWED {3}(up to )?[\d,]+ actions in \d+ services: .*Write.*, and actions that AWS may add/);
  expect(out).toContain('aws:RequestedRegion = eu-north-1');
  expect(exit).toBe(0);
});

test('accounts that come, go and move; a moved account is compared', async () => {
  const head = organization([DENY_TRAIL], [REGIONS], { Prod: ['payments-prod', 'new-prod'], Sandbox: ['web-prod'] });
  const report = await json(organization([DENY_TRAIL], [REGIONS], { Prod: [...PROD, 'old-prod'], Sandbox: [] }), head);
  expect(report.accounts).toEqual({
    added: [{ account: 'new-prod', unit: 'Root/Prod' }],
    removed: [{ account: 'old-prod', unit: 'Root/Prod' }],
    moved: [{ account: 'web-prod', from: 'Root/Prod', to: 'Root/Sandbox' }],
  });
  expect(report.guardrails.map(({ direction, accounts, reasons }: any) => [direction, accounts, reasons[0].statement])).toEqual([
    ['allowed', ['web-prod'], 'Regions'], ['allowed', ['web-prod'], 'Regions'],
  ]);
  expect(report.guardrails.map(({ principals }: any) => principals)).toEqual([['platform principals'], ['root user', 'everyone else']]);
});

test('what cannot be decided is said, and counts when one asks to fail', async () => {
  const odd = (value: string) => organization([DENY_TRAIL, { Sid: 'Odd', Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringLike: { 'aws:TagKeys': value }, StringNotLike: { 'aws:TagKeys': value } } }], [REGIONS]);
  const { exit, out } = await landingZone('diff', odd('a'), odd('b'), '--fail-on', 'newly-allowed');
  expect(out).toContain('? undecided');
  expect(out).toContain('it hangs on aws:TagKeys');
  expect(exit).toBe(1);
});

test('json follows its schema, markdown is a table', async () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'diff.schema.json'), 'utf8')));
  expect(validate(await json(BASE, organization([REGIONS], [DENY_TRAIL]))) || validate.errors).toBe(true);
  const { out } = await landingZone('diff', BASE, organization([REGIONS], [REGIONS]), '--format', 'markdown');
  expect(out).toContain('| | Actions | Who | Where | Because | Example request |');
  expect(out).toContain('newly **allowed**');
});

test('mistakes of both sources at once, exit 2', async () => {
  const { exit, err } = await landingZone('diff', 'no-such-folder', 'no-such-file.yaml');
  expect(exit).toBe(2);
  expect(err).toContain('no-such-folder does not exist');
  expect(err).toContain('no-such-file.yaml does not exist');
  expect((await landingZone('diff', BASE, BASE, '--fail-on', 'newly')).exit).toBe(2);
});
