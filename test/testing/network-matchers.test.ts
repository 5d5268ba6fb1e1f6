import { join } from 'path';
import { App, Fn, Stack } from 'aws-cdk-lib';
import { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { CoreNetwork, Egress, Inspection, LandingZone, NetworkHubOptions, OrganizationFile, Spoke } from '../../src';
import { landingZone } from '../../src/testing';
import { addressPlan, LOGS, NETWORK_ACCOUNT, NetworkFixture, ORGANIZATION } from '../network/hub-fixture';

const DIRECTORY = OrganizationFile.load(join(__dirname, '..', '..', 'examples', 'network', 'organization.yaml'));

function acme(options: Partial<NetworkHubOptions> = {}) {
  const zone = new LandingZone(new App({ analyticsReporting: false }), 'Acme', { organization: DIRECTORY });
  const hub = zone.addNetworkHub('Hub', {
    addressPlan: addressPlan({ regions: { 'eu-west-1': 0 } }), flowLogs: LOGS, zones: 2, inspection: Inspection.networkFirewall({ allowedDomains: ['.example.com'] }), ...options,
  });
  hub.segment('prod').allowTo(hub.segment('shared'));
  const spokes = (['payments-prod prod', 'payments-dev dev', 'shared-services shared'] as const).map((text) => {
    const [account, segment] = text.split(' ') as [string, string];
    return zone.network.addSpoke(account, { segment: hub.segment(segment), zones: 2 });
  });
  return { zone, spokes: spokes as [Spoke, Spoke, Spoke] };
}

const { zone, spokes: [payments] } = acme();
const failure = (expectation: () => void): string => {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation was met');
};

describe('what reads like the requirement', () => {
  test('development does not reach production', () => {
    expect(zone.network.segment('dev')).not.toReach('prod');
    expect(zone.network.segment('dev')).not.toReach('shared');
  });

  test('production reaches shared services', () => {
    expect(zone.network.segment('prod')).toReach('shared', { port: 443 });
    expect(zone.network.segment('shared')).not.toReach('prod');
    expect(payments).toReach('account:shared-services', { protocol: 'udp', port: 53 });
    expect(payments).toReach('internet', { port: 443, family: 'ipv4' });
  });

  test('internet egress passes inspection', () => {
    expect(zone.network.internetEgress()).toPassInspection();
    expect(acme({ egress: Egress.none() }).zone.network.internetEgress()).toPassInspection();
    expect(acme({ inspection: Inspection.none('a test') }).zone.network.internetEgress()).not.toPassInspection();
  });

  test('of what was read', () => {
    const { network } = landingZone({ assembly: (zone.node.root as App).synth().directory });
    expect(network.segment('dev')).not.toReach('prod');
    expect(network.account('payments-prod')).toReach('vpc:shared-services', { port: 443 });
    expect(network.place('internet')).not.toReach('prod');
    expect(network.internetEgress()).toPassInspection();
  });

  test('of hubs and core networks that stand alone', () => {
    const fixture = new NetworkFixture();
    const core = new CoreNetwork(new Stack(fixture.app, 'Core', { env: { account: NETWORK_ACCOUNT, region: 'eu-west-1' } }), 'Wan', { addressPlan: addressPlan(), shareWith: ORGANIZATION, flowLogs: LOGS });
    core.segment('prod').allowTo(core.segment('shared'));
    for (const [key, segment] of [['payments', 'prod'], ['trial', 'dev'], ['directory', 'shared']] as const) fixture.spoke(key, { segment: core.segment(segment) }, undefined, 'eu-west-1');
    expect(core.segment('prod')).toReach('shared', { port: 443 });
    expect(core.segment('dev')).not.toReach('prod');
  });
});

describe('a failure', () => {
  test('says who, by which path, and what stops the rest', () => {
    expect(failure(() => expect(zone.network.segment('prod')).not.toReach('shared', { port: 443 }))).toMatch(
      /^expected not: segment:prod to reach segment:shared by tcp\/443\n {2}it does:\n {2}tcp\/443 from 10\.[\d.]+ \(Acme-Spoke-payments-prod\/Network\) to 10\.[\d.]+ \(Acme-Spoke-shared-services\/Network\)\n {4}path: subnet .* → firewall /);
    expect(failure(() => expect(zone.network.segment('dev')).toReach('prod'))).toContain('has a black hole for 10.0.0.0/8');
  });

  test('where some do and some do not, or it is not known: with and without not', () => {
    const both = (expectation: () => jest.JestMatchers<unknown>, target: string) => [failure(() => expectation().toReach(target)), failure(() => expectation().not.toReach(target))];
    const place = landingZone({ assembly: (zone.node.root as App).synth().directory }).network.place('10.0.0.0/8');
    for (const message of both(() => expect(place), 'shared')) expect(message).toMatch(/some do:\n(.*\n)+ {2}and some do not:\n/);

    const fixture = new NetworkFixture();
    const hub = fixture.hub({ zones: 2 });
    const stack = Stack.of(fixture.spoke('payments', { segment: hub.segment('prod'), zones: 2 }));
    new CfnRoute(stack, 'Appliance', { routeTableId: Fn.ref('NetworkprivateTable2A65B83D'), destinationCidrBlock: '8.0.0.0/8', networkInterfaceId: 'eni-0123456789abcdef0' });
    for (const message of both(() => expect(hub.segment('prod')), '8.8.8.8')) expect(message).toMatch(/it is not known:\n.*eni-0123456789abcdef0, which the assembly does not have/);
  });

  test('of egress that goes around, with the VPC, the zone and the path', () => {
    const { zone: other } = acme({ inspection: Inspection.none('a test') });
    expect(failure(() => expect(other.network.internetEgress()).toPassInspection())).toMatch(
      /but 3 of 3 VPCs get there around every firewall:\n {2}Acme-Spoke-[a-z-]+\/Network in euw1-az1, any, by nat-gateway .*\n {4}path: subnet/);
  });
});

describe('a mistake of the test', () => {
  test.each<[string, () => void, RegExp]>([
    ['a segment that does not exist', () => expect(zone.network.segment('dev')).toReach('prd'), /there is no segment prd\. Segments: dev, prod, shared/],
    ['something that has no reach', () => expect(zone).toReach('prod'), /Expected a segment .* got LandingZone/],
    ['something that has no egress', () => expect(zone.network.segment('dev')).toPassInspection(), /Expected zone\.network\.internetEgress\(\).* got Segment/],
    ['a protocol', () => expect(zone.network.segment('dev')).toReach('prod', { protocol: 'quic' }), /expected tcp, udp/],
    ['a port', () => expect(zone.network.segment('dev')).toReach('prod', { port: 70_000 }), /expected a number of 0 to 65535, got 70000/],
    ['a file has no network', () => landingZone({ organization: join(__dirname, '..', '..', 'examples', 'network', 'organization.yaml') }).network, /has no network/],
  ])('%s', (_, expectation, message) => {
    expect(failure(expectation)).toMatch(message);
  });
});
