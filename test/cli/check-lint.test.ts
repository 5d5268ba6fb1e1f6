import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { landingZone } from './command';

const folder = mkdtempSync(join(tmpdir(), 'lint-'));
const file = join(folder, 'organization.yaml');
const MESSAGE = 's3:DeleteBuckett matches no action of AWS: what it is to deny stays allowed (statement Buckets of policy guard)';

beforeAll(() => {
  const statement = { Sid: 'Buckets', Effect: 'Deny', Action: 's3:DeleteBuckett', Resource: '*' };
  writeFileSync(join(folder, 'guard.json'), JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  writeFileSync(file, [
    'organization:', '  managementAccount: { name: management, email: aws+management@acme.example }', '  units:', '    Prod:', '      policies: { service-control: [guard.json] }', '      accounts:',
    '        web: { email: aws+web@acme.example }', '        data: { email: aws+data@acme.example }', '',
  ].join('\n'));
});

test('a mistake in a policy is one warning, with its file, and fails nothing', async () => {
  const { exit, out } = await landingZone('check', '--organization', file);
  expect({ exit, out }).toEqual({ exit: 0, out: expect.stringMatching(/Lint +1 policy, 1 statement looked at · 1 warning/) });
  expect(out.split('\n').filter((line) => line.includes('LZ.LINT'))).toEqual([`warning  LZ.LINT.1  ${MESSAGE}`]);
  expect(out).toMatch(/ at .*guard\.json/);
  expect(out).toContain('Did you mean s3:DeleteBucket?');
});

test('json follows its schema; markdown has it too', async () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'check.schema.json'), 'utf8')));
  const json = JSON.parse((await landingZone('check', '--organization', file, '--format', 'json')).out);
  expect(validate(json) || validate.errors).toBe(true);
  expect(json.success).toBe(true);
  expect(json.findings).toMatchObject([{ rule: 'LZ.LINT.1', severity: 'warning', message: MESSAGE }]);
  expect((await landingZone('check', '--organization', file, '--format', 'markdown')).out).toContain(`- **warning** \`LZ.LINT.1\` ${MESSAGE} Did you mean s3:DeleteBucket?`);
});
