import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { addressPlan, LOGS, NetworkFixture, ORGANIZATION } from './hub-fixture';
import { Inspection, NetworkHub } from '../../src';
import { Network } from '../../src/analysis/network/network';
import { proveIntents } from '../../src/analysis/network/prove-intents';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { networkFromAssembly } from '../../src/model/network/network-from-assembly';
import { AddressPlanProps } from '../../src/network/address-plan';
import { DirectConnect, DirectConnectProps, TransitInterfaceProps } from '../../src/network/direct-connect';
import { SiteToSiteVpn, SiteToSiteVpnProps } from '../../src/network/site-to-site-vpn';
import { VpnCryptography } from '../../src/network/vpn-cryptography';

const hubIn = (stack: Stack, plan: Partial<AddressPlanProps> = {}) => new NetworkHub(stack, 'Hub', {
  addressPlan: addressPlan(plan), shareWith: ORGANIZATION, flowLogs: LOGS, inspection: Inspection.none('Tests of links'),
});
const vpn = (stack: Stack, props: Partial<SiteToSiteVpnProps> = {}, id = 'Dublin') => new SiteToSiteVpn(stack, id, { hub: props.hub ?? hubIn(stack), deviceIp: '203.0.113.10', bgpAsn: 65_010, ...props });
const sites = (stack: Stack, props: Partial<DirectConnectProps> = {}) => new DirectConnect(stack, 'Sites', { hub: props.hub ?? hubIn(stack), ...props });
const DUBLIN: TransitInterfaceProps = { connectionId: 'dxcon-abcdefgh', vlan: 101, routerAsn: 65_010 };

function built(build: (stack: Stack) => void): Template {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Network', { env: { account: '444455556666', region: 'eu-west-1' } });
  build(stack);
  return Template.fromStack(stack);
}

/** Resources that are not the hub's own. */
const own = (build: (stack: Stack) => void): [string, any][] => Object.entries<any>(built(build).toJSON().Resources).filter(([id]) => !id.startsWith('Hub'));

describe('a VPN', () => {
  test('has two tunnels with IKE version 2, strong algorithms, logs, and keys that Secrets Manager keeps', () => {
    const [connection] = Object.values(built(vpn).findResources('AWS::EC2::VPNConnection'));
    expect(connection).toMatchObject({ DeletionPolicy: 'Retain', Properties: { StaticRoutesOnly: false, PreSharedKeyStorage: 'SecretsManager', Type: 'ipsec.1' } });
    const [one, two] = connection!.Properties.VpnTunnelOptionsSpecifications;
    expect(two).toEqual(one);
    const values = (name: string) => one[name].map(({ Value }: any) => Value);
    expect(values('IKEVersions')).toEqual(['ikev2']);
    for (const phase of ['Phase1', 'Phase2']) {
      expect(values(`${phase}EncryptionAlgorithms`)).toEqual(['AES256-GCM-16']);
      expect(values(`${phase}IntegrityAlgorithms`)).toEqual(['SHA2-384', 'SHA2-512']);
      expect(values(`${phase}DHGroupNumbers`)).toEqual([19, 20, 21]);
    }
    expect(one.LogOptions.CloudwatchLogOptions).toMatchObject({ LogEnabled: true, LogOutputFormat: 'json', BgpLogEnabled: true });
    built(vpn).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/vpn/Network-Dublin-'), RetentionInDays: 365 });
  });

  test('to older devices leaves out what is broken too', () => {
    for (const { ciphers, hashes, groups } of [VpnCryptography.STRONG, VpnCryptography.COMPATIBLE]) {
      expect(groups.filter((group) => [2, 5, 22, 23, 24].includes(group))).toEqual([]);
      expect(hashes).not.toContain('SHA1');
      expect(ciphers.every((cipher) => cipher.startsWith('AES'))).toBe(true);
    }
    built((stack) => vpn(stack, { cryptography: VpnCryptography.COMPATIBLE })).hasResourceProperties('AWS::EC2::VPNConnection', {
      VpnTunnelOptionsSpecifications: Match.arrayWith([Match.objectLike({ Phase1DHGroupNumbers: Match.arrayWith([{ Value: 14 }]) })]),
    });
  });

  test('without BGP has static routes only; a long number has its own property', () => {
    built((stack) => vpn(stack, { bgpAsn: undefined })).hasResourceProperties('AWS::EC2::VPNConnection', { StaticRoutesOnly: true });
    built((stack) => vpn(stack, { bgpAsn: 4_200_000_000 })).hasResourceProperties('AWS::EC2::CustomerGateway', { BgpAsnExtended: 4_200_000_000, BgpAsn: Match.absent() });
    built(vpn).hasResourceProperties('AWS::EC2::CustomerGateway', { BgpAsn: 65_010, IpAddress: '203.0.113.10', Type: 'ipsec.1' });
  });

  test('says which addresses are behind it', () => {
    built(vpn).hasResource('AWS::EC2::VPNConnection', { Metadata: { 'cdk-landing-zone': { ranges: ['192.168.0.0/16'] } } });
    built((stack) => vpn(stack, { ranges: ['192.168.4.0/22'] })).hasResource('AWS::EC2::VPNConnection', { Metadata: { 'cdk-landing-zone': { ranges: ['192.168.4.0/22'] } } });
  });

  test('is a segment of the hub: its attachment has the table of networks on premises, and routes of who may reach it lead there', () => {
    const template = built((stack) => {
      const hub = hubIn(stack);
      vpn(stack, { hub });
      hub.segment('prod').allowTo(hub.onPremises!);
    });
    const attachment = { 'Fn::GetAtt': [Match.stringLikeRegexp('^DublinAttachment'), 'TransitGatewayAttachments.0.TransitGatewayAttachmentId'] };
    template.hasResourceProperties('AWS::EC2::TransitGatewayRouteTableAssociation', { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: { Ref: Match.stringLikeRegexp('onpremises') } });
    template.hasResourceProperties('AWS::EC2::TransitGatewayRoute', { TransitGatewayAttachmentId: attachment, TransitGatewayRouteTableId: { Ref: Match.stringLikeRegexp('prod') }, DestinationCidrBlock: '192.168.0.0/18' });
    const dev = Object.values(template.findResources('AWS::EC2::TransitGatewayRoute')).filter(({ Properties }) => /dev/i.test(JSON.stringify(Properties.TransitGatewayRouteTableId)));
    expect(dev.filter(({ Properties }) => String(Properties.DestinationCidrBlock).startsWith('192.168.') && !Properties.Blackhole)).toEqual([]);
  });

  test('asks AWS for its attachment, as CloudFormation does not tell', () => {
    const [lookup] = Object.values(built(vpn).findResources('Custom::AWS'));
    const call = JSON.stringify(lookup!.Properties.Create);
    for (const part of ['DescribeTransitGatewayAttachments', 'resource-type', 'vpn', 'transit-gateway-id', 'available']) expect(call).toContain(part);
    expect(lookup!.Properties.Update).toEqual(lookup!.Properties.Create);
    expect(lookup!.Metadata['cdk-landing-zone']).toEqual({ attachmentOf: { Ref: expect.stringMatching(/^Dublin/) } });
    built(vpn).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: Match.objectLike({ Statement: [{ Action: 'ec2:DescribeTransitGatewayAttachments', Effect: 'Allow', Resource: '*' }] }) });
  });

  test('stays when another one comes, before or after', () => {
    const before = own(vpn);
    const after = new Map(own((stack) => {
      const hub = hubIn(stack);
      vpn(stack, { hub }, 'Dublin');
      vpn(stack, { hub, deviceIp: '203.0.113.20' }, 'Cork');
    }));
    for (const [id, resource] of before) expect([id, after.get(id)]).toEqual([id, resource]);
    const others = new Map(own((stack) => {
      const hub = hubIn(stack);
      vpn(stack, { hub, deviceIp: '203.0.113.20' }, 'Cork');
      vpn(stack, { hub }, 'Dublin');
    }));
    for (const [id, resource] of before) expect([id, others.get(id)]).toEqual([id, resource]);
  });

  test('says its mistakes at once', () => {
    expect(() => built((stack) => vpn(stack, { deviceIp: 'vpn.acme.example', bgpAsn: 0, ranges: ['172.16.0.0/12', '192.168.0.1/24'] }))).toThrow(`SiteToSiteVpn Network/Dublin has 4 problems
  range "172.16.0.0/12" is none of the plan's networks on premises: 192.168.0.0/16
  range "192.168.0.1/24" is none of the plan's networks on premises: 192.168.0.0/16
  deviceIp is "vpn.acme.example", the public IPv4 address of the device is expected, like 203.0.113.10
  bgpAsn is 0, 1 to 4294967294 are possible`);
    expect(() => built((stack) => vpn(stack, { hub: hubIn(stack, { onPremises: [] }) }))).toThrow('the address plan names no networks on premises: give their addresses in onPremises');
    const app = new App();
    const hub = hubIn(new Stack(app, 'A', { env: { account: '444455556666', region: 'eu-west-1' } }));
    expect(() => vpn(new Stack(app, 'B', { env: { account: '444455556666', region: 'eu-west-1' } }), { hub })).toThrow('it is in stack B, the hub in A: make it in the hub\'s');
  });
});

describe('Direct Connect', () => {
  test('is a gateway that announces the plan, associated with the hub, and kept', () => {
    const template = built(sites);
    template.hasResource('AWS::DirectConnect::DirectConnectGateway', {
      DeletionPolicy: 'Retain', Metadata: { 'cdk-landing-zone': { ranges: ['192.168.0.0/16'] } }, Properties: { AmazonSideAsn: '64600', DirectConnectGatewayName: 'Network-Sites' },
    });
    template.hasResource('AWS::DirectConnect::DirectConnectGatewayAssociation', {
      DeletionPolicy: 'Retain', Properties: { AllowedPrefixesToDirectConnectGateway: ['10.0.0.0/8'], AssociatedGatewayId: { Ref: Match.stringLikeRegexp('^Hub') } },
    });
    template.hasResource('Custom::AWS', { Metadata: { 'cdk-landing-zone': { attachmentOf: { Ref: Match.stringLikeRegexp('^SitesAssociation') } } }, DependsOn: Match.arrayWith([Match.stringLikeRegexp('^SitesAssociation')]) });
    template.hasResourceProperties('AWS::EC2::TransitGatewayRouteTableAssociation', { TransitGatewayAttachmentId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SitesAttachment'), Match.anyValue()] } });
  });

  test('has an interface a connection, which stays when others come', () => {
    const one = (stack: Stack) => sites(stack).addInterface('dublin-a', DUBLIN);
    const two = (stack: Stack) => {
      const both = sites(stack);
      both.addInterface('dublin-b', { ...DUBLIN, connectionId: 'dxcon-ijklmnop', routerAddress: '169.254.10.2/30', amazonAddress: '169.254.10.1/30', authKey: SecretValue.secretsManager('bgp'), mtu: 8_500 });
      both.addInterface('dublin-a', DUBLIN);
    };
    const after = new Map(own(two));
    for (const [id, resource] of own(one)) expect([id, after.get(id)]).toEqual([id, resource]);
    built(two).hasResource('AWS::DirectConnect::TransitVirtualInterface', {
      DeletionPolicy: 'Retain',
      Properties: {
        ConnectionId: 'dxcon-ijklmnop', Vlan: 101, Mtu: 8_500, VirtualInterfaceName: 'dublin-b',
        BgpPeers: [{ AddressFamily: 'ipv4', Asn: '65010', AmazonAddress: '169.254.10.1/30', CustomerAddress: '169.254.10.2/30', AuthKey: '{{resolve:secretsmanager:bgp:SecretString:::}}' }],
      },
    });
  });

  test('says its mistakes at once', () => {
    expect(() => built((stack) => sites(stack, { amazonSideAsn: 64_512, announced: ['10.0.0.1/8'] }))).toThrow(`DirectConnect Network/Sites has 2 problems
  amazonSideAsn is 64512, which is the hub's: give another one
  announced block "10.0.0.1/8" is none of IPv4 addresses, like 10.0.0.0/8`);
    expect(() => built((stack) => sites(stack, { amazonSideAsn: 1, announced: [] }))).toThrow(/amazonSideAsn is 1, 64512 to 65534[^]*announced is empty/);
    const add = (props: Partial<TransitInterfaceProps>) => () => built((stack) => { const both = sites(stack); both.addInterface('a', DUBLIN); both.addInterface('b', { ...DUBLIN, ...props }); });
    expect(add({})).toThrow('Network/Sites.addInterface(b): VLAN 101 of dxcon-abcdefgh is that of a');
    expect(add({ vlan: 5_000, mtu: 9_001, routerAsn: 0, routerAddress: '169.254.10.2/30' })).toThrow('vlan is 5000, 1 to 4094 are possible; mtu is 9001, a transit virtual interface takes 1500 or 8500; routerAsn is 0, 1 to 4294967294 are possible; routerAddress and amazonAddress belong together');
  });
});

function links(stack: Stack): void {
  const hub = hubIn(stack);
  new DirectConnect(stack, 'Sites', { hub }).addInterface('dublin-a', DUBLIN);
  vpn(stack, { hub });
}

test('readers of the template know the links, their addresses and the table of their attachments, and nothing is unknown', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'hybrid-'));
  const app = new App({ outdir, analyticsReporting: false });
  links(new Stack(app, 'Network', { env: { account: '444455556666', region: 'eu-west-1' } }));
  app.synth();
  const { topology } = networkFromAssembly(readAssembly(outdir));
  rmSync(outdir, { recursive: true });
  expect(topology.unknowns).toEqual([]);
  expect(topology.outsides.map(({ ranges, mayAnnounceMore }) => [ranges, mayAnnounceMore])).toEqual([[['192.168.0.0/16'], false], [['192.168.0.0/16'], false]]);
  const attached = topology.attachments.filter(({ link }) => link.kind !== 'vpc');
  expect(attached.map(({ link, table }) => [link.kind, table])).toEqual(['vpn', 'direct-connect'].map((kind) => [kind, expect.stringContaining('onpremises')]));
});

/** A site by Direct Connect, one by VPN, and one in the other Region. */
function sitesOfTwoRegions(inspection: Inspection) {
  const fixture = new NetworkFixture(addressPlan({ onPremises: [{ cidr: '192.168.0.0/16', purpose: 'sites' }, { cidr: '172.20.0.0/16', purpose: 'site in Virginia' }] }));
  const [ireland, virginia] = [fixture.hub({ inspection, zones: 2 }), fixture.hub({ inspection, zones: 2 }, 'us-east-1')];
  ireland.peerWith(virginia);
  ireland.segment('prod').allowTo(ireland.onPremises!, { mutual: true });
  fixture.spoke('payments', { segment: ireland.segment('prod'), zones: 2 });
  fixture.spoke('trial', { segment: ireland.segment('dev'), zones: 2 });
  fixture.spoke('payments-virginia', { segment: virginia.segment('prod'), zones: 2 });
  new DirectConnect(Stack.of(ireland), 'Dublin', { hub: ireland, ranges: ['192.168.0.0/18'] });
  vpn(Stack.of(ireland), { hub: ireland, ranges: ['192.168.64.0/22'] }, 'Cork');
  vpn(Stack.of(virginia), { hub: virginia, ranges: ['172.20.0.0/16'] }, 'Richmond');
  const assembly = readAssembly(fixture.app.synth().directory);
  return new Network(networkFromAssembly(assembly).topology);
}

describe.each([['with a firewall', Inspection.networkFirewall()], ['without one', Inspection.none('a test')]] as const)('several sites, %s', (_, inspection) => {
  const network = sitesOfTwoRegions(inspection);
  const siteOf = (cidr: string, from = 'payments') => {
    const { vpcs, outsides } = network.topology;
    const { reached, blocked } = network.reach({ from: { kind: 'vpc', id: vpcs.find(({ name }) => name.includes(`Spoke-${from}/`))!.id }, to: { kind: 'cidr', cidr }, protocol: 6, port: 443 });
    const names = reached.map(({ path }) => path[path.length - 1]!.component);
    return blocked.length > 0 ? 'none' : outsides.map(({ name }) => name.split('/').pop()!).filter((name) => names.some((last) => last.includes(name))).join();
  };

  test('each address leads to the site that has it, from both Regions', () => {
    for (const from of ['payments', 'payments-virginia']) {
      expect([siteOf('192.168.1.0/24', from), siteOf('192.168.65.0/24', from), siteOf('172.20.7.0/24', from)]).toEqual(['Dublin', 'Cork', 'Richmond']);
      expect(siteOf('192.168.200.0/24', from)).toBe('none');
    }
    expect(siteOf('192.168.65.0/24', 'trial')).toBe('none');
  });

  test('in both directions, as it is declared', () => {
    expect(proveIntents(network).findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([]);
  });
});

test('AwsSolutions and CloudFormation find nothing in the links but what is acknowledged with a reason', () => {
  const { violations, acknowledged } = validated(links);
  expect(violations).toEqual([]);
  const reasons = acknowledged.filter((line) => line.includes('Describing attachments'));
  expect(reasons).toHaveLength(2);
  for (const reason of reasons) expect(reason).toContain('takes no narrower resource');
});

test('in the template, as a small snapshot', () => {
  expect(own(links).map(([id, { Type }]) => `${id} ${Type}`)).toMatchSnapshot();
});
