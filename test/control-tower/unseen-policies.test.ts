import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App } from 'aws-cdk-lib';
import { zoneWith } from './towers';
import { ControlTower, OrganizationFile } from '../../src';
import { landingZone } from '../cli/command';

/** A folder with the assembly of a zone. */
function assembly(controlTower?: ControlTower): string {
  const outdir = mkdtempSync(join(tmpdir(), 'unseen-'));
  zoneWith(controlTower, {}, new App({ outdir, analyticsReporting: false })).app.synth();
  return outdir;
}

const WORDS = 'policies that AWS Control Tower attaches to units it governs';
const governed = assembly(ControlTower.existing({ units: ['Infrastructure'] }));
const alone = assembly();
const explain = async (source: string, action: string, account = 'network', ...more: string[]) => (await landingZone('explain', '--assembly', source, '--account', account, '--action', action, ...more)).out;

test('what is allowed may be stopped by policies that nobody here knows, and that is said; what is denied is denied', async () => {
  expect(await explain(governed, 'sqs:CreateQueue', 'network', '--principal', 'role/app', '--context', 'aws:RequestedRegion=eu-west-1')).toContain(`Not known here, and may stop it: ${WORDS}.`);
  expect(await explain(governed, 'organizations:LeaveOrganization', 'network', '--principal', 'role/app')).not.toContain('Not known here');
  expect(await explain(governed, 'sqs:CreateQueue', 'management')).not.toContain('Not known here');
  expect(await explain(alone, 'sqs:CreateQueue')).not.toContain('Not known here');
});

test('to machines too, by the schema', async () => {
  const isOfSchema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'explain.schema.json'), 'utf8')));
  const answers = await Promise.all([governed, alone].map(async (source) => JSON.parse(await explain(source, 'sqs:CreateQueue', 'network', '--format', 'json'))));
  expect(answers.map((answer) => isOfSchema(answer))).toEqual([true, true]);
  expect(answers.map(({ notKnown }) => notKnown)).toEqual([[WORDS], undefined]);
});

test('"never locked out" says of which policies it is not', async () => {
  expect((await landingZone('check', '--assembly', governed)).out).toContain(`platform principals, without ${WORDS}`);
  expect((await landingZone('check', '--assembly', alone)).out).not.toContain('Control Tower attaches');
});

test('a file that says there is none stops the option', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'unseen-')), 'organization.yaml');
  const write = (controlTower: string) => writeFileSync(file, `organization:\n  managementAccount: { name: management, email: aws+m@acme.example }\n${controlTower}  units:\n    Security:\n      accounts:\n`
    + '        log-archive: { email: aws+l@acme.example }\n        security: { email: aws+s@acme.example }\n');
  const zone = () => zoneWith(ControlTower.existing(), { organization: OrganizationFile.load(file), accountEmail: undefined });
  write('  controlTower: false\n');
  expect(zone).toThrow(/organization.yaml says controlTower: false/);
  for (const one of ['', '  controlTower: true\n']) {
    write(one);
    expect(zone).not.toThrow();
  }
});
