import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { landingZone } from './command';
import { LandingZone, OrganizationFile } from '../../src';

const work = mkdtempSync(join(tmpdir(), 'lifecycle-'));
let made = 0;

/** Accounts by unit; a line each. */
interface Version {
  readonly prod?: readonly string[];
  readonly sandbox?: readonly string[];
  readonly suspended?: readonly string[];
}

/** A file beside a lock file that knows the accounts it names; without any it is a trial. */
function version({ prod = [], sandbox = [], suspended = [] }: Version, known?: readonly string[]): string {
  const dir = join(work, String(made++));
  mkdirSync(dir);
  const accounts = (lines: readonly string[]) => (lines.length > 0 ? `\n      accounts:\n${lines.map((line) => `        ${line}`).join('\n')}` : '');
  const file = join(dir, 'organization.yaml');
  writeFileSync(file, `organization:
  managementAccount: { email: aws@acme.example }
  regions: { home: eu-west-1 }
  controlSets: [foundational]
  units:
    Prod:
      controls: [LZ.S3.1]${accounts(prod)}
    Sandbox:
      tags: { purpose: trying }${accounts(sandbox)}
    Suspended:
      controlSets: [quarantine]${accounts(suspended)}
`);
  if (known) {
    writeFileSync(join(dir, 'organization.lock.json'), JSON.stringify({
      version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '999999999999', units: {},
      accounts: Object.fromEntries(known.map((key, index) => [`${key}@acme.example`, String(111111111111 + index)])),
    }));
  }
  return file;
}

const entry = (key: string, more = '') => `${key}: { email: ${key}@acme.example${more === '' ? '' : `, ${more}`} }`;

async function check(base: string, head: string, today = '2026-11-23') {
  const { exit, out, err } = await landingZone('check', '--organization', head, '--base', base, '--today', today, '--format', 'json');
  const findings: any[] = err === '' ? JSON.parse(out).findings.filter(({ rule }: any) => rule === 'LZ.LIFECYCLE.CHANGE') : [];
  return { exit, err, findings: findings.map(({ severity, message, hint }) => `${severity}: ${message} | ${hint}`), details: findings.flatMap(({ details = [] }) => details) };
}

const KNOWN = ['shop', 'web'];
const WEB = entry('web');

describe('steps of a life', () => {
  test.each<[string, Version, Version, string[], string[]]>([
    ['vended', { prod: [WEB] }, { prod: [WEB], suspended: [entry('shop', 'state: vending')] }, ['web'], ['web']],
    ['withdrawn before AWS made it', { prod: [WEB], suspended: [entry('shop', 'state: vending')] }, { prod: [WEB] }, ['web'], ['web']],
    ['at work', { prod: [WEB], suspended: [entry('shop', 'state: vending')] }, { prod: [entry('shop'), WEB] }, KNOWN, KNOWN],
    ['suspended', { prod: [entry('shop'), WEB] }, { prod: [WEB], suspended: [entry('shop', 'state: suspended')] }, KNOWN, KNOWN],
    ['resumed', { prod: [WEB], suspended: [entry('shop', 'state: suspended')] }, { prod: [WEB, entry('shop')] }, KNOWN, KNOWN],
    ['closed', { prod: [WEB], suspended: [entry('shop', 'state: suspended')] }, { prod: [WEB], suspended: [entry('shop', 'state: closed, closedOn: 2026-11-23')] }, KNOWN, KNOWN],
    ['gone after 90 days', { prod: [WEB], suspended: [entry('shop', 'state: closed, closedOn: 2026-08-24')] }, { prod: [WEB] }, KNOWN, KNOWN],
    ['taken over as it is', { prod: [WEB] }, { prod: [WEB, entry('shop')] }, ['web'], KNOWN],
    ['renamed in capital letters', { prod: [WEB] }, { prod: [entry('web', 'name: WEB')] }, KNOWN, KNOWN],
  ])('%s', async (_, before, after, knownBefore, knownAfter) => {
    expect(await check(version(before, knownBefore), version(after, knownAfter))).toMatchObject({ exit: 0, findings: [], err: '' });
  });
});

describe('what is no step of it', () => {
  const suspended = (...lines: string[]): Version => ({ prod: [WEB], suspended: lines });

  test.each<[string, Version, Version, string]>([
    ['a new account at work', { prod: [WEB] }, { prod: [WEB, entry('new')] }, 'new is new and active | A new account begins with state: vending'],
    ['vanished', { prod: [WEB, entry('shop')] }, { prod: [WEB] }, 'shop vanishes while it is active | The account would go on without anybody knowing of it'],
    ['vanished in suspension', suspended(entry('shop', 'state: suspended')), { prod: [WEB] }, 'shop vanishes while it is suspended'],
    ['vanished too early', suspended(entry('shop', 'state: closed, closedOn: 2026-08-25')), { prod: [WEB] }, 'shop vanishes while AWS still keeps it | Leave its entry for 90 days after it was closed: until 2026-11-23'],
    ['closed while at work', { prod: [WEB, entry('shop')] }, suspended(entry('shop', 'state: closed, closedOn: 2026-11-23')), 'shop is closed while it is active | Suspend it first'],
    ['alive again', suspended(entry('shop', 'state: closed, closedOn: 2026-11-01')), { prod: [WEB, entry('shop')] }, 'shop is active again after it was closed | Nobody opens it but AWS Support'],
    ['opened too late', suspended(entry('shop', 'state: closed, closedOn: 2026-08-01')), suspended(entry('shop', 'state: suspended')), 'shop is suspended again more than 90 days after it was closed'],
    ['back to the beginning', { prod: [WEB, entry('shop')] }, suspended(entry('shop', 'state: vending')), 'shop goes back from active to vending'],
    ['another name', { prod: [WEB] }, { prod: [entry('web', 'name: website')] }, 'the name of web changes from web to website | CloudFormation refuses that'],
    ['another e-mail', { prod: [WEB] }, { prod: ['web: { email: website@acme.example }'] }, 'the e-mail of web changes from web@acme.example to website@acme.example'],
    ['another key', { prod: [WEB, entry('shop')] }, { prod: [WEB, 'store: { email: shop@acme.example }'] }, 'shop vanishes while it is active | store has its e-mail: keep the key shop and give the other name as name'],
  ])('%s', async (_, before, after, expected) => {
    const { exit, findings } = await check(version(before, KNOWN), version(after, KNOWN));
    expect(exit).toBe(1);
    expect(findings).toEqual([expect.stringContaining(`error: ${expected}`)]);
  });

  test('at work before AWS made it', async () => {
    const { findings } = await check(version(suspended(entry('shop', 'state: vending')), ['web']), version({ prod: [WEB, entry('shop')] }, ['web']));
    expect(findings).toEqual([expect.stringContaining('shop is active before AWS made it | Deploy the organization\'s stack and run "npx landing-zone pull"')]);
  });

  test('another day of closing is a warning', async () => {
    const { exit, findings } = await check(version(suspended(entry('shop', 'state: closed, closedOn: 2026-11-01')), KNOWN), version(suspended(entry('shop', 'state: closed, closedOn: 2026-10-01')), KNOWN));
    expect({ exit, findings }).toEqual({ exit: 0, findings: [expect.stringContaining('warning: shop was closed on 2026-11-01, and now on 2026-10-01')] });
  });
});

describe('a move', () => {
  test('that loses guardrails is an error with what it newly allows and who denied it', async () => {
    const { exit, findings, details } = await check(version({ prod: [WEB] }, KNOWN), version({ sandbox: [WEB] }, KNOWN));
    expect(exit).toBe(1);
    expect(findings).toEqual([expect.stringMatching(/^error: the move of web from Root\/Prod to Root\/Sandbox newly allows s3:.* \| Give Root\/Sandbox the controls that it loses, or say why it may lose them: moved: \{ from: Prod, reason: … \}/)]);
    expect(details).toEqual([expect.stringMatching(/^denied before by LZS31.* at Root\/Prod$/)]);
  });

  test('with its reason is a warning', async () => {
    const { exit, findings } = await check(version({ prod: [WEB] }, KNOWN), version({ sandbox: [entry('web', 'moved: { from: Prod, reason: CHG-7 }')] }, KNOWN));
    expect(exit).toBe(0);
    expect(findings).toEqual([expect.stringMatching(/^warning: the move of web .*: CHG-7 \|/)]);
  });

  test('with the reason of another move is an error', async () => {
    const { exit } = await check(version({ prod: [WEB] }, KNOWN), version({ sandbox: [entry('web', 'moved: { from: Suspended, reason: CHG-7 }')] }, KNOWN));
    expect(exit).toBe(1);
  });

  test('to where the same or more is denied is none of it', async () => {
    expect(await check(version({ sandbox: [WEB] }, KNOWN), version({ prod: [WEB] }, KNOWN))).toMatchObject({ exit: 0, findings: [] });
  });
});

test('an assembly is compared with a file', async () => {
  const assembly = join(work, 'cdk.out');
  const app = new App({ outdir: assembly });
  new LandingZone(app, 'Acme', { organization: OrganizationFile.load(version({ prod: [WEB] }, KNOWN)) });
  app.synth();
  const { exit, out } = await landingZone('check', '--assembly', assembly, '--base', version({ prod: [WEB, entry('shop')] }, KNOWN), '--today', '2026-11-23');
  expect(exit).toBe(1);
  expect(out).toContain('shop vanishes while it is active');
  expect(out).toMatch(/Since the base +1 proved · 2 accounts in both or one of them, 0 moved, today 2026-11-23/);
});

test('refused: a day of no calendar, a base that is not there', async () => {
  const file = version({ prod: [WEB] });
  expect(await landingZone('check', '--organization', file, '--base', file, '--today', '2026-02-30')).toMatchObject({ exit: 2, err: expect.stringContaining('Expected a day of the calendar') });
  expect(await landingZone('check', '--organization', file, '--base', 'nowhere')).toMatchObject({ exit: 2, err: expect.stringContaining('nowhere does not exist') });
});
