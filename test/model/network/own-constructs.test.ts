import { Stack } from 'aws-cdk-lib';
import { synthesizedNetwork } from './reading';
import { CoreNetwork, DirectConnect, Inspection, IpamPools, SiteToSiteVpn } from '../../../src';
import { LOGS, NETWORK_ACCOUNT, addressPlan, NetworkFixture, ORGANIZATION } from '../../network/hub-fixture';

describe('a hub', () => {
  const fixture = new NetworkFixture();
  const hub = fixture.hub({ inspection: Inspection.inspectionVpc() });
  const other = fixture.hub({ segments: { dev: { isolated: true } } }, 'us-east-1');
  hub.peerWith(other);
  hub.segment('prod').allowTo(hub.segment('shared'));
  fixture.spoke('payments', { segment: hub.segment('prod') });
  fixture.spoke('directory', { segment: other.segment('shared') });
  const home = Stack.of(hub);
  new SiteToSiteVpn(home, 'Dublin', { hub, deviceIp: '203.0.113.10', bgpAsn: 65_010, ranges: ['192.168.0.0/17'] });
  new DirectConnect(home, 'Sites', { hub });
  const { topology, problems } = synthesizedNetwork(fixture.app);

  test('is read whole: nothing is unknown', () => {
    expect(topology.unknowns).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('has its spokes in segments, its tables by segment, its intents', () => {
    expect(topology.vpcs.filter(({ segment }) => segment !== undefined).map(({ segment, account, region }) => [segment, account, region])).toEqual([
      ['prod', '777788889999', 'eu-west-1'], ['shared', '777788889999', 'us-east-1'],
    ]);
    expect(topology.gateways[0]!.tables.map(({ segment }) => segment)).toEqual(['prod', 'dev', 'shared', 'on-premises', 'inspection', 'egress', 'peering']);
    expect(topology.intents.map(({ hub: path, region, segments }) => [path, region, segments.map(({ name, isIsolated }) => `${name}${isIsolated ? ' isolated' : ''}`)])).toEqual([
      ['Hub-eu-west-1/Hub', 'eu-west-1', ['prod', 'dev', 'shared']], ['Hub-us-east-1/Hub', 'us-east-1', ['prod', 'dev isolated', 'shared']],
    ]);
    expect(topology.intents[0]!.allowed).toEqual([{ from: 'prod', to: 'shared', isOneWay: true }]);
  });

  test('has its networks on premises, whose attachments are asked for', () => {
    expect(topology.outsides.map(({ name, ranges, mayAnnounceMore }) => [name, ranges, mayAnnounceMore])).toEqual([
      ['Hub-eu-west-1/Dublin', ['192.168.0.0/17'], false], ['Hub-eu-west-1/Sites', ['192.168.0.0/16'], false],
    ]);
    const outside = topology.attachments.filter(({ link }) => link.kind === 'vpn' || link.kind === 'direct-connect');
    expect(outside.map(({ table }) => topology.gateways[0]!.tables.find(({ id }) => id === table)?.segment)).toEqual(['on-premises', 'on-premises']);
  });

  test('inspects in each zone by a firewall of its own', () => {
    const inspection = topology.vpcs.find(({ name }) => name.endsWith('/Inspection/Vpc'))!;
    expect(inspection.endpoints.map(({ kind, subnets, firewall }) => [kind, subnets.length, topology.firewalls.some(({ id }) => id === firewall)])).toEqual(Array(3).fill(['appliance', 1, true]));
    expect(topology.firewalls.map(({ otherwise }) => otherwise)).toEqual(Array(4).fill('drop'));
  });
});

test('spokes out of pools have any addresses of their segment', () => {
  const fixture = new NetworkFixture();
  const hub = fixture.hub();
  const pools = new IpamPools(Stack.of(hub), 'Pools', { plan: hub.addressPlan, shareWith: ORGANIZATION });
  fixture.spoke('payments', { segment: hub.segment('prod'), pools });
  const { topology } = synthesizedNetwork(fixture.app);
  const vpc = topology.vpcs.find(({ segment }) => segment === 'prod')!;
  expect(vpc).toMatchObject({ ranges: [hub.addressPlan.segmentCidr('eu-west-1', 'prod')], pooledPrefix: 22 });
  expect(new Set(vpc.subnets.map(({ ranges }) => ranges.join()))).toEqual(new Set(vpc.ranges));
  expect(topology.unknowns).toEqual([]);
});

describe('a core network', () => {
  const fixture = new NetworkFixture();
  const stack = new Stack(fixture.app, 'Core', { env: { account: NETWORK_ACCOUNT, region: 'eu-west-1' } });
  const core = new CoreNetwork(stack, 'Wan', { addressPlan: addressPlan(), shareWith: ORGANIZATION, flowLogs: LOGS });
  core.segment('prod').allowTo(core.segment('shared'));
  const west = fixture.spoke('payments', { segment: core.segment('prod') }, undefined, 'eu-west-1');
  const east = fixture.spoke('directory', { segment: core.segment('shared') }, '222233334444', 'us-east-1');
  const { topology } = synthesizedNetwork(fixture.app);
  const [gateway] = topology.gateways;
  const nameOf = (id: string | undefined) => topology.attachments.find((attachment) => attachment.id === id)?.name ?? 'black hole';
  const routes = (segment: string, edge: string) => gateway!.tables.find((table) => table.segment === segment && table.name.endsWith(` in ${edge}`))!.routes.map(({ destination, attachment }) => `${destination} -> ${nameOf(attachment)}`);

  test('is a gateway without a Region; nothing is unknown', () => {
    expect(gateway).toMatchObject({ kind: 'core-network', account: NETWORK_ACCOUNT });
    expect(gateway!.region).toBeUndefined();
    expect(topology.unknowns).toEqual([]);
  });

  test('sends between segments, and to the internet, by the network functions of a Region', () => {
    expect(routes('prod', 'eu-west-1')).toEqual([
      `${east.cidr} -> Core.eu-west-1/Wan/Vpc/Attachment`, '0.0.0.0/0 -> Core.eu-west-1/Wan/Vpc/Attachment', '::/0 -> Core.eu-west-1/Wan/Vpc/Attachment', '10.0.0.0/8 -> black hole', '192.168.0.0/16 -> black hole',
    ]);
    // Between two Regions those of the lower slot inspect, whoever asks.
    expect(routes('shared', 'us-east-1')).toContain(`${west.cidr} -> Core.eu-west-1/Wan/Vpc/Attachment`);
    expect(routes('shared', 'us-east-1')).toContain('0.0.0.0/0 -> Core.us-east-1/Wan/Vpc/Attachment');
  });

  test('puts attachments into the table of their segment at their edge', () => {
    const places = topology.attachments.map(({ name, table }) => [name, gateway!.tables.find(({ id }) => id === table)?.name.replace(' of Core/Wan', '')]);
    expect(places.sort()).toEqual([
      ['Core.eu-west-1/Wan/Vpc/Attachment', 'network functions functions in eu-west-1'], ['Core.us-east-1/Wan/Vpc/Attachment', 'network functions functions in us-east-1'],
      ['Spoke-directory/Network/Attachment', 'segment shared in us-east-1'], ['Spoke-payments/Network/Attachment', 'segment prod in eu-west-1'],
    ]);
  });
});
