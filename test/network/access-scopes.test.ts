import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { CfnTransitGatewayRoute, CfnTransitGatewayRouteTableAssociation, CfnTransitGatewayRouteTablePropagation } from 'aws-cdk-lib/aws-ec2';
import { validated } from './aws-solutions';
import { addressPlan, LOGS, NetworkFixture, ORGANIZATION } from './hub-fixture';
import { Egress, Inspection, NetworkHub, NetworkHubProps, SiteToSiteVpn } from '../../src';
import { Network } from '../../src/analysis/network/network';
import { NetworkPlace } from '../../src/analysis/network/question';
import { valueFrom } from '../../src/delivery/stack-output';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { networkFromAssembly } from '../../src/model/network/network-from-assembly';

const SPOKES = [['payments', 'prod'], ['web', 'prod'], ['trial', 'dev'], ['other-trial', 'dev'], ['directory', 'shared']] as const;

interface Path { readonly from: string; readonly to: string; readonly sources: string[]; readonly destinations: string[] }

/** A hub with two spokes in most segments and a data centre, synthesized: its scopes, and what the analysis says of it. */
function deployed(props: Partial<NetworkHubProps> = {}, wrong: (hub: NetworkHub) => void = () => undefined) {
  const fixture = new NetworkFixture(addressPlan({ regions: { 'eu-west-1': 0 } }));
  const hub = fixture.hub({ networkAccessScopes: true, segments: { dev: { isolated: true }, shared: { egress: false } }, zones: 2, ...props });
  for (const [key, segment] of SPOKES) fixture.spoke(key, { segment: hub.segment(segment), zones: 2 });
  new SiteToSiteVpn(Stack.of(hub), 'Dublin', { hub, deviceIp: '203.0.113.10', bgpAsn: 65_010 });
  hub.segment('prod').allowTo(hub.segment('shared')).allowTo(hub.onPremises!);
  wrong(hub);
  const outdir = fixture.app.synth().directory;
  const network = new Network(networkFromAssembly(readAssembly(outdir)).topology);
  const scopes = Object.fromEntries(readdirSync(outdir).filter((name) => name.endsWith('.template.json')).flatMap((name) => Object.values<any>(JSON.parse(readFileSync(join(outdir, name), 'utf8')).Resources))
    .filter(({ Type }) => Type === 'AWS::EC2::NetworkInsightsAccessScope').map(({ Properties }) => [Properties.Tags[0].Value.split('/').pop(), Properties]));
  return { network, scopes, hub };
}

const pathsOf = (scope: any): Path[] => scope.MatchPaths.map(({ Source, Destination }: any) => ({
  from: Source.ResourceStatement.ResourceTypes[0],
  to: Destination.ResourceStatement.ResourceTypes[0],
  sources: Source.PacketHeaderStatement?.SourceAddresses ?? [],
  destinations: Source.PacketHeaderStatement?.DestinationAddresses ?? [],
}));

const INTERNET: NetworkPlace = { kind: 'internet' };
const ends = (addresses: readonly string[]): NetworkPlace[] => (addresses.length === 0 ? [INTERNET] : addresses.map((cidr) => ({ kind: 'cidr', cidr })));
const DEV: NetworkPlace = { kind: 'segment', name: 'dev' };
/** Questions to the analysis that a match of a scope stands for. Of an isolated segment with itself: between its VPCs, not within one. */
const questionsOf = (scope: any) => pathsOf(scope).flatMap(({ sources, destinations }) => ends(sources).flatMap((from) => ends(destinations).map((to) => (
  JSON.stringify([from, to]) === JSON.stringify([{ kind: 'cidr', cidr: '10.4.0.0/14' }, { kind: 'cidr', cidr: '10.4.0.0/14' }]) ? { from: DEV, to: DEV } : { from, to }
))));

/** What the scope would show, by the analysis. */
function shownBy(network: Network, scope: any, isExcluded: (inspected: boolean) => boolean = () => false): string[] {
  return questionsOf(scope).flatMap((question) => {
    const { flows } = network.flows(question);
    return flows.filter(({ kind, leaf }) => kind === 'reached' && !isExcluded(leaf.packets.inspected.length > 0)).map(() => JSON.stringify(question));
  });
}

describe.each([
  ['a firewall at the gateway', {}],
  ['a firewall in a VPC', { inspection: Inspection.inspectionVpc() }],
  ['appliances', { inspection: Inspection.gatewayLoadBalancer({ serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }) }],
  ['a firewall for egress alone', { inspection: Inspection.networkFirewall({ eastWest: false }) }],
  ['no firewall', { inspection: Inspection.none('a test') }],
  ['no egress', { egress: Egress.none() }],
] as [string, Partial<NetworkHubProps>][])('with %s', (_, props) => {
  const { network, scopes, hub } = deployed(props);
  const facts = hub._facts;

  test('nothing that a scope shows is in the network, by our own analysis', () => {
    expect(shownBy(network, scopes.Isolation)).toEqual([]);
    expect(pathsOf(scopes.Internet)).toEqual([{ from: 'AWS::EC2::InternetGateway', to: 'AWS::EC2::TransitGatewayAttachment', sources: [], destinations: [] }]);
    if (scopes.Inspection) expect(shownBy(network, scopes.Inspection, (inspected) => inspected)).toEqual([]);
  });

  test('every pair of segments is in one scope: kept apart, or connected and past the firewall', () => {
    const blocks: Record<string, string> = { 'prod': '10.0.0.0/14', 'dev': '10.4.0.0/14', 'shared': '10.8.0.0/14', 'on-premises': '192.168.0.0/16' };
    const covers = (scope: any, one: string, other: string) => scope !== undefined
      && pathsOf(scope).some(({ sources, destinations }) => sources.includes(blocks[one]!) && destinations.includes(blocks[other]!));
    const connected = [['prod', 'shared'], ['prod', 'on-premises']].flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]);
    for (const one of Object.keys(blocks)) {
      for (const other of Object.keys(blocks)) {
        const isConnected = connected.includes(`${one} ${other}`) || (one === other && ['prod', 'shared'].includes(one));
        expect([one, other, covers(scopes.Isolation, one, other)]).toEqual([one, other, !isConnected]);
        expect([one, other, covers(scopes.Inspection, one, other)]).toEqual([one, other, isConnected && one !== other && facts.inspectsEastWest]);
      }
    }
  });

  test('every segment\'s way to the internet is in one scope, or open', () => {
    const out = (scope: any) => (scope ? pathsOf(scope).filter(({ to }) => to === 'AWS::EC2::InternetGateway').flatMap(({ sources }) => sources) : []);
    const [withEgress, without] = facts.hasEgress ? [['10.0.0.0/14', '10.4.0.0/14'], ['10.8.0.0/14', '192.168.0.0/16']] : [[], ['10.0.0.0/14', '10.4.0.0/14', '10.8.0.0/14', '192.168.0.0/16']];
    expect(out(scopes.Isolation)).toEqual(without);
    expect(out(scopes.Inspection)).toEqual(facts.inspectsEgress ? withEgress : []);
  });
});

test('what passes the firewall is left out: its ARN and its attachment, each zone\'s firewall, or the endpoints of appliances', () => {
  const excluded = (props: Partial<NetworkHubProps>) => deployed(props).scopes.Inspection.ExcludePaths.map(({ ThroughResources: [{ ResourceStatement: { Resources: [resource] } }] }: any) => resource['Fn::GetAtt']?.[1] ?? Object.keys(resource)[0]);
  expect(excluded({})).toEqual(['FirewallArn', 'TransitGatewayAttachmentId']);
  expect(excluded({ inspection: Inspection.inspectionVpc() })).toEqual(['FirewallArn', 'FirewallArn']);
  expect(excluded({ inspection: Inspection.gatewayLoadBalancer({ serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }) })).toEqual(['Ref', 'Ref']);
});

test('a way to the internet that nobody declared is in a scope, and the analysis finds it there', () => {
  const { network, scopes } = deployed({ inspection: Inspection.none('a test') }, (hub) => {
    const routes = hub.node.findAll().filter((one): one is CfnTransitGatewayRoute => one instanceof CfnTransitGatewayRoute);
    const known = (beginning: string) => routes.find(({ node }) => node.id.startsWith(beginning))!;
    new CfnTransitGatewayRoute(hub, 'Wrong', {
      transitGatewayRouteTableId: known('shared.').transitGatewayRouteTableId, destinationCidrBlock: '0.0.0.0/0', transitGatewayAttachmentId: known('prod.0.0.0.0-0.egress').transitGatewayAttachmentId!,
    });
    const spokes = hub.node.root.node.findChild('Hub-eu-west-1.Spokes') as Stack;
    const { transitGatewayAttachmentId } = spokes.node.findChild('directory').node.findChild('Association') as CfnTransitGatewayRouteTableAssociation;
    new CfnTransitGatewayRouteTablePropagation(spokes, 'Wrong', { transitGatewayAttachmentId, transitGatewayRouteTableId: valueFrom(Stack.of(hub), 'Table.egress', hub._tableId('egress'), spokes) });
  });
  expect([...new Set(shownBy(network, scopes.Isolation))]).toEqual([JSON.stringify({ from: { kind: 'cidr', cidr: '10.8.0.0/14' }, to: INTERNET })]);
});

test('of a spoke: ways into its VPC and out of it beside the hub', () => {
  const { scopes } = deployed();
  const around = { ResourceStatement: { ResourceTypes: ['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway', 'AWS::EC2::VPCPeeringConnection'] } };
  const vpc = { ResourceStatement: { Resources: [{ Ref: expect.stringMatching(/^Network/) }] } };
  for (const [key] of SPOKES) expect(scopes[key]).toMatchObject({ MatchPaths: [{ Source: around, Destination: vpc }, { Source: vpc, Destination: around }] });
  expect(Object.keys(scopes).sort()).toEqual([...SPOKES.map(([key]) => key), 'Inspection', 'Internet', 'Isolation'].sort());
});

test('there are none unless they are asked for', () => {
  const { scopes } = deployed({ networkAccessScopes: false });
  expect(scopes).toEqual({});
});

test('AwsSolutions and CloudFormation find nothing in them', () => {
  expect(validated((stack) => {
    const hub = new NetworkHub(stack, 'Hub', { addressPlan: addressPlan(), shareWith: ORGANIZATION, flowLogs: LOGS, networkAccessScopes: true });
    hub.segment('prod').allowTo(hub.segment('shared'));
  }).violations).toEqual([]);
});
