import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { landingZone } from '../cli/command';

/** What the command says of an organization whose root policy is this text. */
async function check(text: string): Promise<{ exit: number; err: string; seconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bad-'));
  writeFileSync(join(folder, 'root.json'), text);
  writeFileSync(join(folder, 'organization.yaml'), [
    'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  policies: { service-control: [root.json] }',
  ].join('\n'));
  const start = process.hrtime.bigint();
  const { exit, err } = await landingZone('explain', '--organization', join(folder, 'organization.yaml'), '--account', 'management', '--action', 's3:GetObject');
  return { exit, err, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

const statement = (more: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more }] });

test.each([
  ['no JSON', '{\n  "Version": "2012-10-17",\n  "Statement": [,]\n}', /root\.json:3:\d+/],
  ['an unknown operator', statement({ Condition: { StringEqual: { 'aws:username': 'a' } } }), /StringEqual/],
  ['an unknown version', JSON.stringify({ Version: '2020-01-01', Statement: [] }), /Version/],
  ['wrong types', statement({ Action: 7, Resource: { a: 1 } }), /Action/],
  ['a list instead of a document', '[]', /root\.json/],
  ['nothing', '', /root\.json/],
  ['deep nesting', `{"Version":"2012-10-17","Statement":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /root\.json/],
])('%s is refused with its file and place', async (_what, text, place) => {
  const { exit, err } = await check(text);
  expect(exit).toBe(2);
  expect(err).toMatch(/root\.json/);
  expect(err).toMatch(place);
  expect(err).not.toMatch(/\n\s+at .*:\d+:\d+\)/);
});

test('a document of ten megabytes is refused in seconds, with its size', async () => {
  const { exit, err, seconds } = await check(statement({ Action: Array.from({ length: 400_000 }, (_, at) => `s3:Action${at}xxxxxxxxxx`) }));
  expect(exit).toBe(2);
  expect(err).toMatch(/root\.json[^]*bytes long/);
  expect(seconds).toBeLessThan(20);
});
