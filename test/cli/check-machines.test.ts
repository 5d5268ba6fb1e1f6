import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { landingZone } from './command';

/** An organization whose root policy stops the platform. */
function locked(sid: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'machines-'));
  writeFileSync(join(folder, 'root.json'), JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Deny', Action: 'iam:*', Resource: '*' }] }));
  writeFileSync(join(folder, 'organization.yaml'), [
    'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  policies: { service-control: [root.json] }',
    '  units:', '    Prod:', '      accounts:', '        web: { email: aws+web@acme.example }',
  ].join('\n'));
  return join(folder, 'organization.yaml');
}

const CLEAN = join(__dirname, '..', '..', 'examples', 'quickstart', 'organization.yaml');

test('sarif: each finding with its rule, level and place', async () => {
  const { exit, out } = await landingZone('check', '--organization', locked('Oops'), '--format', 'sarif');
  const { version, runs: [{ tool, results }] } = JSON.parse(out);
  expect(exit).toBe(1);
  expect([version, tool.driver.name]).toEqual(['2.1.0', 'landing-zone']);
  const found = results.find(({ ruleId }: any) => ruleId === 'LZ.LOCKOUT');
  expect(found).toMatchObject({ level: 'error', ruleIndex: tool.driver.rules.findIndex(({ id }: any) => id === 'LZ.LOCKOUT') });
  expect(found.message.text).toContain('statement Oops of policy root');
  expect(found.locations[0].physicalLocation.artifactLocation.uri).toMatch(/root\.json$/);
});

test('sarif of a clean zone has no result', async () => {
  const { exit, out } = await landingZone('check', '--organization', CLEAN, '--format', 'sarif');
  expect([exit, JSON.parse(out).runs[0].results]).toEqual([0, []]);
});

test('junit: a check that found an error is a failed test case, and texts are escaped', async () => {
  const { out } = await landingZone('check', '--organization', locked('Oops'), '--format', 'junit');
  expect(out).toMatch(/<testsuite name="landing-zone check [^"]+" tests="\d+" failures="1" errors="0">/);
  expect(out).toMatch(/<testcase classname="landing-zone" name="Never locked out">\n {6}<failure type="LZ.LOCKOUT" message="[^"<]*statement Oops of policy root/);
  expect(out).toContain('<testcase classname="landing-zone" name="Quotas"/>');
  // Readable by a parser of XML: every tag that opens closes.
  const open: string[] = [];
  for (const [, close, name, own] of out.matchAll(/<(\/?)([a-z-]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!own) open.push(name!);
  }
  expect(open).toEqual([]);
});
