import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import Ajv from 'ajv';
import { App, Stack } from 'aws-cdk-lib';
import { landingZone } from './command';
import { Inspection, LandingZone, OrganizationFile } from '../../src';
import { addressPlan, LOGS, NetworkFixture } from '../network/hub-fixture';

const schema = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'reach.schema.json'), 'utf8')));

/** prod may open connections to shared; dev to nobody; inspected, with egress. */
function network(): string {
  const fixture = new NetworkFixture();
  const hub = fixture.hub({ inspection: Inspection.networkFirewall({ allowedDomains: ['.example.com'] }), zones: 2 });
  hub.segment('prod').allowTo(hub.segment('shared'));
  fixture.spoke('payments', { segment: hub.segment('prod'), zones: 2 });
  fixture.spoke('orders', { segment: hub.segment('prod'), zones: 2 }, '777788880000');
  fixture.spoke('trial', { segment: hub.segment('dev'), zones: 2 });
  fixture.spoke('directory', { segment: hub.segment('shared'), zones: 2 });
  return fixture.app.synth().directory;
}

const assembly = network();
const ask = (from: string, to: string, ...more: string[]) => landingZone('reach', '--assembly', assembly, '--from', from, '--to', to, ...more);

describe('answers', () => {
  test('who is reached, by which path, inspected by what', async () => {
    const { exit, out } = await ask('segment:prod', 'segment:shared', '--port', '443');
    expect(exit).toBe(0);
    expect(out).toMatch(/^REACHED {2}segment:prod → segment:shared, tcp\/443\n/);
    expect(out).toMatch(/tcp\/443 arrives: Spoke-orders\/Network, Spoke-payments\/Network → Spoke-directory\/Network\n {4}such as 10\.\d+\.\d+\.\d+ → 10\.\d+\.\d+\.\d+\n/);
    expect(out).toMatch(/→ table Hub-eu-west-1\/Hub\/Table\.prod of Hub-eu-west-1\/Hub {2}10\.8\.0\.0\/14 to attachment Hub-eu-west-1\/Hub\/Firewall/);
    expect(out).toContain('inspected by Hub-eu-west-1/Hub/Firewall · answers come back by the same firewalls');
  });

  test('what stops it', async () => {
    const { exit, out } = await ask('segment:dev', 'segment:prod');
    expect(exit).toBe(0);
    expect(out).toMatch(/^NOT REACHED {2}segment:dev → segment:prod, any traffic\n/);
    expect(out).toContain('because table Hub-eu-west-1/Hub/Table.dev of Hub-eu-west-1/Hub has a black hole for 10.0.0.0/8');
  });

  test('ways that differ by zone only are one', async () => {
    const { out } = await ask('vpc:payments', 'internet', '--port', '443');
    expect(out.match(/arrives/g)).toHaveLength(1);
    expect(out).toMatch(/addresses are translated .* the same by \d+ more choices of zones/);
  });

  test.each([
    ['segment:prod@eu-west-1', 'segment:shared'], ['account:777788880000', 'vpc:directory'], ['vpc:Spoke-orders/Network', 'segment:shared'], ['10.0.0.0/14', 'segment:shared'],
  ])('from %s to %s', async (from, to) => {
    expect((await ask(from, to, '--protocol', 'tcp', '--port', '443')).out).toMatch(/^REACHED/);
  });

  test('the internet reaches nobody', async () => {
    expect((await ask('internet', 'segment:prod')).out).toMatch(/^NOT REACHED/);
  });

  test('json follows its schema', async () => {
    for (const [from, to] of [['segment:prod', 'segment:shared'], ['segment:dev', 'segment:prod'], ['segment:dev', 'internet']] as const) {
      const { out } = await ask(from, to, '--format', 'json');
      expect(schema(JSON.parse(out)) || schema.errors).toBe(true);
    }
  });

  test('accounts go by name where there is an organization', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'reach-'));
    const app = new App({ analyticsReporting: false, outdir });
    const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load(join(__dirname, '..', '..', 'examples', 'network', 'organization.yaml')) });
    const hub = zone.addNetworkHub('Hub', { addressPlan: addressPlan({ regions: { 'eu-west-1': 0 } }), flowLogs: LOGS, inspection: Inspection.none('a test') });
    zone.network.addSpoke('payments-prod', { segment: hub.segment('prod') });
    app.synth();
    const by = (name: string) => landingZone('reach', '--assembly', outdir, '--from', `account:${name}`, '--to', 'internet', '--port', '443');
    expect((await by('payments-prod')).out).toMatch(/^REACHED/);
    expect((await by('payments-prd')).err).toContain('Did you mean payments-prod?');
    expect((await by('web-prod')).err).toContain('the account has no VPC. Accounts with VPCs: network, payments-prod');
  });
});

describe('expectations', () => {
  test.each([
    ['segment:prod', 'segment:shared', 'reached', 0], ['segment:prod', 'segment:shared', 'not-reached', 1],
    ['segment:dev', 'segment:prod', 'reached', 1], ['segment:dev', 'segment:prod', 'not-reached', 0],
  ] as const)('%s to %s is %s: exit %i', async (from, to, expected, exit) => {
    const answer = await ask(from, to, '--port', '443', '--expect', expected);
    expect(answer.exit).toBe(exit);
    expect(answer.out.includes('Exit 1')).toBe(exit === 1);
  });

  test('what is reached in part is neither', async () => {
    for (const expected of ['reached', 'not-reached']) expect((await ask('10.0.0.0/8', 'segment:shared', '--expect', expected)).exit).toBe(1);
  });
});

describe('a Landing Zone Accelerator configuration', () => {
  const vpc = (name: string, cidr: string) => [
    `  - name: ${name}`, '    account: Network', '    region: eu-west-1', `    cidrs: [${cidr}]`, '    routeTables:', `      - name: ${name}-rt`,
    '        routes: [{ name: out, destination: 0.0.0.0/0, type: transitGateway, target: hub }]',
    `    subnets: [{ name: ${name}-a, availabilityZone: a, routeTable: ${name}-rt, ipv4CidrBlock: ${cidr.replace('/20', '/24')} }]`,
    `    transitGatewayAttachments: [{ name: ${name}, transitGateway: { name: hub, account: Network }, routeTableAssociations: [main], routeTablePropagations: [main], subnets: [${name}-a] }]`,
  ].join('\n');
  const configuration = (...files: string[]) => {
    const dir = mkdtempSync(join(tmpdir(), 'lza-'));
    const accounts = '[{ name: Management, email: m@acme.example, organizationalUnit: Root }, { name: LogArchive, email: l@acme.example, organizationalUnit: Security }, { name: Audit, email: a@acme.example, organizationalUnit: Security }]';
    writeFileSync(join(dir, 'accounts-config.yaml'), `mandatoryAccounts: ${accounts}\nworkloadAccounts: [{ name: Network, email: n@acme.example, organizationalUnit: Security }]\n`);
    writeFileSync(join(dir, 'organization-config.yaml'), 'enable: true\norganizationalUnits: [{ name: Security }]\nserviceControlPolicies: []\ntaggingPolicies: []\nbackupPolicies: []\n');
    const text = ['transitGateways:', '  - { name: hub, account: Network, region: eu-west-1, asn: 64512, routeTables: [{ name: main, routes: [] }] }', 'vpcs:', vpc('one', '10.1.0.0/20'), vpc('two', '10.2.0.0/20')].join('\n');
    for (const file of files) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    return dir;
  };
  const two = ['--from', 'vpc:one', '--to', 'account:Network', '--port', '443'];

  test('is asked by the names that it gives', async () => {
    for (const path of [configuration('network-config.yaml'), configuration('network/hub.yaml'), join(configuration('network/hub.yaml', 'network/flat.yaml'), 'network', 'flat.yaml')]) {
      const { out, err } = await landingZone('reach', '--lza', path, ...two);
      expect(err).toBe('');
      expect(out).toMatch(/^REACHED {2}vpc:one → account:Network, tcp\/443/);
    }
  });

  test('several networks, none, and no folder', async () => {
    const several = configuration('network/hub.yaml', 'network/flat.yaml');
    const messages = await Promise.all([several, configuration(), join(several, 'nothing')].map(async (path) => (await landingZone('reach', '--lza', path, ...two)).err));
    expect(messages).toEqual([expect.stringMatching(/2 networks to choose from. Name one:\n {2}--lza .*network\/flat.yaml\n/), expect.stringContaining('has no network: expected network-config.yaml'), expect.stringContaining('does not exist')]);
  });
});

describe('wrong input is exit 2, with what there is', () => {
  test.each<[string, string[], string[]]>([
    ['a segment and a VPC that do not exist, both at once', ['--from', 'segment:prd', '--to', 'vpc:paymnts'], ['segment:prd: there is no segment prd. Segments: dev, prod, shared', 'vpc:paymnts: there is no such VPC. There are: ']],
    ['several VPCs of that name', ['--from', 'vpc:Network', '--to', 'internet'], ['this is 4 of them. Which one: Spoke-directory/Network']],
    ['a misspelt kind', ['--from', 'segmnt:prod', '--to', 'internet'], ['did you mean segment:prod?']],
    ['no place', ['--from', 'somewhere', '--to', 'internet'], ['expected segment:NAME']],
    ['a Region without it', ['--from', 'segment:prod@us-east-1', '--to', 'internet'], ['segment prod has no VPC in us-east-1. Regions: eu-west-1']],
    ['an account without a VPC', ['--from', 'account:999999999999', '--to', 'internet'], ['account 999999999999 has no VPC']],
    ['an account by name without an organization', ['--from', 'account:payments', '--to', 'internet'], ['accounts go by their 12 digits here']],
    ['nothing on premises', ['--from', 'on-premises', '--to', 'internet'], ['there is no network on premises']],
    ['a port of a protocol without', ['--from', 'internet', '--to', 'internet', '--protocol', 'icmp', '--port', '80'], ['only tcp and udp have ports']],
    ['an unknown protocol', ['--from', 'internet', '--to', 'internet', '--protocol', 'quic'], ['expected tcp, udp, icmp']],
    ['a port too large', ['--from', 'internet', '--to', 'internet', '--port', '70000'], ['Expected a number of 0 to 65535']],
  ])('%s', async (_, args, messages) => {
    const { exit, err } = await landingZone('reach', '--assembly', assembly, ...args);
    expect(exit).toBe(2);
    for (const message of messages) expect(err).toContain(message);
    expect(err).not.toMatch(/\n {4}at /);
  });

  test('an organization file, no source, and an assembly without VPCs', async () => {
    const app = new App({ analyticsReporting: false });
    new Stack(app, 'Plain');
    const where = ['--from', 'internet', '--to', 'internet'];
    expect(await landingZone('reach', '--organization', 'organization.yaml', ...where)).toMatchObject({ exit: 2, err: expect.stringContaining('an organization file knows accounts only') });
    expect(await landingZone('reach', ...where)).toMatchObject({ exit: 2, err: expect.stringContaining('Expected one source') });
    expect(await landingZone('reach', '--assembly', app.synth().directory, ...where)).toMatchObject({ exit: 2, err: expect.stringContaining('holds no network') });
  });
});
