import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv from 'ajv';
import { App } from 'aws-cdk-lib';
import { landingZone } from './command';
import { Inspection, LandingZone, NetworkHub, OrganizationFile } from '../../src';
import { addressPlan, LOGS } from '../network/hub-fixture';

const ORGANIZATION = join(__dirname, '..', '..', 'examples', 'network', 'organization.yaml');

function assembly(change: (hub: NetworkHub, zone: LandingZone) => void = () => {}): string {
  const outdir = mkdtempSync(join(tmpdir(), 'network-diff-'));
  const app = new App({ outdir, analyticsReporting: false });
  const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(ORGANIZATION) });
  const hub = zone.addNetworkHub('Hub', { addressPlan: addressPlan({ regions: { 'eu-west-1': 0 } }), flowLogs: LOGS, zones: 2, inspection: Inspection.networkFirewall({ allowedDomains: ['.example.com'] }) });
  hub.segment('prod').allowTo(hub.segment('shared'));
  for (const [account, segment] of [['payments-prod', 'prod'], ['payments-dev', 'dev'], ['shared-services', 'shared']] as const) zone.network.addSpoke(account, { segment: hub.segment(segment), zones: 2 });
  change(hub, zone);
  app.synth();
  return outdir;
}

const base = assembly();
const open = assembly((hub) => hub.segment('dev').allowTo(hub.segment('prod')));

test('a network that means the same', async () => {
  const { exit, out } = await landingZone('diff', base, base, '--fail-on', 'any');
  expect(out).toMatch(/^Network +everyone who was there reaches whom they reached$/m);
  expect(exit).toBe(0);
});

test('newly reachable, with an example and the path', async () => {
  const { exit, out } = await landingZone('diff', base, open, '--fail-on', 'newly-reachable');
  expect(out).toMatch(/Network +\+ newly REACHABLE +segment:dev@eu-west-1 → segment:prod@eu-west-1 {2}tcp, udp, any\n +such as 10\.[\d.]+ → 10\.[\d.]+\n +path: subnet Acme-Spoke-payments-dev.* → firewall Acme-Hub-eu-west-1\/Hub\/Firewall → /);
  expect(exit).toBe(1);
  expect((await landingZone('diff', base, open, '--fail-on', 'newly-unreachable')).exit).toBe(0);
});

test('newly unreachable, with what stops it', async () => {
  const { exit, out } = await landingZone('diff', open, base, '--fail-on', 'newly-unreachable');
  expect(out).toMatch(/− newly UNREACHABLE +segment:dev@eu-west-1 → segment:prod@eu-west-1 .*\n.*\n +because .*(black hole|drops)/);
  expect(exit).toBe(1);
});

test('a spoke more', async () => {
  const more = assembly((hub, zone) => zone.network.addSpoke('web-prod', { segment: hub.segment('prod'), zones: 2 }));
  const { exit, out } = await landingZone('diff', base, more, '--fail-on', 'newly-reachable');
  expect(out).toMatch(/\+ VPC Acme-Spoke-web-prod\/Network of segment prod in eu-west-1: reaches internet, segment:prod@eu-west-1, segment:shared@eu-west-1; is reached by /);
  expect(exit).toBe(0);
});

test('json follows its schema, markdown is a table, a file has no network', async () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'diff.schema.json'), 'utf8')));
  const json = JSON.parse((await landingZone('diff', base, open, '--format', 'json')).out);
  expect(validate(json) || validate.errors).toBe(true);
  expect(json.network.changes).toHaveLength(1);
  expect((await landingZone('diff', base, open, '--format', 'markdown')).out).toContain('| ➕ newly **reachable** | segment:dev@eu-west-1 | segment:prod@eu-west-1 | tcp, udp, any |');
  const file = await landingZone('diff', ORGANIZATION, base, '--format', 'json');
  expect(JSON.parse(file.out).network).toBeUndefined();
});
