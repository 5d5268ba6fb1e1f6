import { HubOptions, hubAndSpokes } from './hub';
import { Network } from '../../../src/analysis/network/network';
import { pathWords, proveIntents } from '../../../src/analysis/network/prove-intents';
import { Attachment, NetworkTopology, RouteTarget, TransitTable, Vpc } from '../../../src/analysis/network/topology';

const HUB = 'hub eu-west-1';
const of = (name: string) => `${name} eu-west-1`;
const prove = (topology: NetworkTopology) => proveIntents(new Network(topology));
const HYBRID: HubOptions = {
  onPremises: ['192.168.0.0/16'], allowed: [{ from: 'on-premises', to: 'shared', isOneWay: false }, { from: 'shared', to: 'on-premises', isOneWay: false }, { from: 'prod', to: 'shared', isOneWay: true }],
};

describe('no alarm on correct networks', () => {
  const variants: { readonly [name: string]: HubOptions } = {
    'inspected, two zones': {},
    'without inspection': { inspection: 'none' },
    'only egress inspected': { inspectsEastWest: false },
    'a firewall attached natively': { inspection: 'native' },
    'appliances behind a Gateway Load Balancer': { inspection: 'appliances', allowed: [] },
    'a firewall without rules about addresses': { hasRules: false, allowed: [{ from: 'prod', to: 'shared', isOneWay: false }, { from: 'shared', to: 'prod', isOneWay: false }] },
    'a regional NAT gateway': { egress: 'regional' },
    'a regional NAT gateway without inspection': { egress: 'regional', inspection: 'none' },
    'no egress': { egress: 'none' },
    'one zone': { zones: 1 },
    'three zones': { zones: 3 },
    'two Regions': { regions: ['eu-west-1', 'us-east-1'] },
    'two Regions without inspection': { regions: ['eu-west-1', 'us-east-1'], inspection: 'none' },
    'two Regions, native firewalls': { regions: ['eu-west-1', 'us-east-1'], inspection: 'native' },
    'IPv6 between segments': { hasIpv6: true, inspection: 'none' },
    'hybrid, inspected': HYBRID,
    'hybrid in two Regions': { ...HYBRID, regions: ['eu-west-1', 'us-east-1'] },
    'hybrid without inspection': { ...HYBRID, inspection: 'none' },
    'all segments isolated': { segments: [{ name: 'one', spokes: 2, isIsolated: true, hasEgress: true }, { name: 'two', spokes: 2, isIsolated: true }], allowed: [] },
  };
  test.each(Object.entries(variants))('%s', (_, options) => {
    const { proved, findings } = prove(hubAndSpokes(options));
    expect(findings.map(({ message }) => message)).toEqual([]);
    expect(proved).toBeGreaterThan(options.segments ? 7 : 20);
  });
});

/** Changes of single parts. */
const inVpc = (topology: NetworkTopology, id: string, change: (vpc: Vpc) => Vpc): NetworkTopology => ({ ...topology, vpcs: topology.vpcs.map((vpc) => (vpc.id === id ? change(vpc) : vpc)) });
const inTable = (topology: NetworkTopology, name: string, change: (table: TransitTable) => TransitTable, hub = HUB): NetworkTopology =>
  ({ ...topology, gateways: topology.gateways.map((one) => (one.id === hub ? { ...one, tables: one.tables.map((table) => (table.name === name ? change(table) : table)) } : one)) });
const inAttachment = (topology: NetworkTopology, id: string, change: (attachment: Attachment) => Attachment): NetworkTopology =>
  ({ ...topology, attachments: topology.attachments.map((one) => (one.id === id ? change(one) : one)) });
const withRoute = (vpc: Vpc, table: string, destination: string, target: RouteTarget): Vpc =>
  ({ ...vpc, routeTables: vpc.routeTables.map((one) => (one.name === `${vpc.id}/${table}` ? { ...one, routes: [...one.routes.filter(({ destinations }) => !destinations.includes(destination)), { destinations: [destination], target }] } : one)) });
const without = (vpc: Vpc, table: string, destination: string): Vpc =>
  ({ ...vpc, routeTables: vpc.routeTables.map((one) => (one.name === `${vpc.id}/${table}` ? { ...one, routes: one.routes.filter(({ destinations }) => !destinations.includes(destination)) } : one)) });
const TO_HUB: RouteTarget = { kind: 'transit-gateway', gateway: HUB };

/** A mistake, what it is made in, which proof finds it and what its message names. */
interface Mistake {
  readonly in?: HubOptions;
  readonly make: (topology: NetworkTopology) => NetworkTopology;
  readonly rule: string;
  readonly names: readonly string[];
}

const MISTAKES: { readonly [name: string]: Mistake } = {
  'one zone skips the firewall on the way to the hub': {
    make: (topology) => inVpc(topology, of('inspection'), (vpc) => withRoute(vpc, 'in1', '0.0.0.0/0', TO_HUB)), rule: 'LZ.NET.PROOF.7', names: ['around the firewall', 'inspection eu-west-1/in1'],
  },
  'one zone of the inspection VPC sends to the other zone\'s endpoint': {
    make: (topology) => inVpc(topology, of('inspection'), (vpc) => withRoute(vpc, 'in1', '0.0.0.0/0', { kind: 'appliance-endpoint', endpoint: 'endpoint 7 eu-west-1' })), rule: 'LZ.NET.PROOF.6', names: ['endpoint 7'],
  },
  'a missing black hole: one segment comes back by the default route of the firewall': {
    in: { inspectsEastWest: false, hasRules: false }, make: (topology) => inTable(inTable(topology, 'dev', (table) => ({ ...table, routes: table.routes.filter(({ attachment }) => attachment !== undefined) })), 'prod',
      (table) => ({ ...table, routes: table.routes.filter(({ attachment }) => attachment !== undefined) })), rule: 'LZ.NET.PROOF.2', names: ['segment dev reaches segment prod', 'endpoint 0 eu-west-1'],
  },
  'learning into the wrong table': {
    in: { inspection: 'none' }, make: (topology) => inTable(inTable(topology, 'sandbox', (table) => ({ ...table, propagations: ['prod-0 eu-west-1 at hub'] })), 'prod', (table) => ({ ...table, propagations: [...table.propagations, 'sandbox-0 eu-west-1 at hub'] })),
    rule: 'LZ.NET.PROOF.2', names: ['table sandbox', 'prod-0 eu-west-1'],
  },
  'a spoke of an isolated segment learns the others': {
    make: (topology) => inTable(topology, 'sandbox', (table) => ({ ...table, propagations: ['sandbox-0 eu-west-1 at hub', 'sandbox-1 eu-west-1 at hub'] })), rule: 'LZ.NET.PROOF.2', names: ['segment sandbox reaches segment sandbox'],
  },
  'appliance mode is off': {
    make: (topology) => inAttachment(topology, 'inspection eu-west-1 at hub', (one) => ({ ...one, link: { ...one.link, isApplianceMode: false } as never })), rule: 'LZ.NET.PROOF.1', names: ['asymmetric'],
  },
  'a more specific route around inspection': {
    make: (topology) => inTable(inTable(topology, 'prod', (table) => ({ ...table, routes: [...table.routes, { destination: '10.12.0.0/16', attachment: 'shared-0 eu-west-1 at hub' }] })), 'shared',
      (table) => ({ ...table, routes: [...table.routes, { destination: '10.4.0.0/22', attachment: 'prod-0 eu-west-1 at hub' }] })), rule: 'LZ.NET.PROOF.7', names: ['around the firewall', '10.12.0.0/16'],
  },
  'the same route in one direction only': {
    make: (topology) => inTable(topology, 'prod', (table) => ({ ...table, routes: [...table.routes, { destination: '10.12.0.0/16', attachment: 'shared-0 eu-west-1 at hub' }] })), rule: 'LZ.NET.PROOF.1', names: ['did not see the opening', '10.12.0.0/16'],
  },
  'overlapping addresses within a segment': {
    make: (topology) => ({
      ...topology, vpcs: topology.vpcs.map((vpc) => (vpc.id === of('prod-1') ? { ...JSON.parse(JSON.stringify(topology.vpcs.find(({ id }) => id === of('prod-0'))).replaceAll('prod-0', 'prod-1')) as Vpc, account: vpc.account } : vpc)),
    }), rule: 'LZ.NET.PROOF.1', names: ['overlap'],
  },
  'a network ACL blocks answers': {
    make: (topology) => inVpc(topology, of('shared-0'), (vpc) => ({
      ...vpc, subnets: vpc.subnets.map((subnet) => (subnet.tier === 'private' ? { ...subnet, networkAcl: 'closed' } : subnet)),
      networkAcls: [{ id: 'closed', name: 'closed', entries: [{ number: 1, direction: 'in', isAllow: true, cidr: '0.0.0.0/0' }, { number: 1, direction: 'out', isAllow: true, cidr: '0.0.0.0/0', protocol: 6, ports: { from: 0, to: 1023 } }] }],
    })), rule: 'LZ.NET.PROOF.1', names: ['network ACL closed', 'the answer'],
  },
  'a forgotten association': {
    make: (topology) => inAttachment(topology, 'prod-1 eu-west-1 at hub', ({ table: _, ...one }) => one), rule: 'LZ.NET.PROOF.1', names: ['prod-1 eu-west-1 at hub is associated with no route table'],
  },
  'an association with another segment\'s table': {
    make: (topology) => inAttachment(topology, 'prod-1 eu-west-1 at hub', (one) => ({ ...one, table: `${HUB}/sandbox` })), rule: 'LZ.NET.PROOF.1', names: ['table sandbox of hub'],
  },
  'a NAT subnet without a route back': {
    make: (topology) => inVpc(topology, of('egress'), (vpc) => without(vpc, 'public1', '10.0.0.0/8')), rule: 'LZ.NET.PROOF.3', names: ['the answer', 'public1'],
  },
  'a segment\'s block leads to the wrong attachment': {
    make: (topology) => inTable(topology, 'prod', (table) => ({ ...table, routes: table.routes.map((route) => (route.destination === '10.12.0.0/14' ? { ...route, attachment: 'egress eu-west-1 at hub' } : route)) })), rule: 'LZ.NET.PROOF.1', names: ['10.12.0.0/14'],
  },
  'a peering of VPCs around the hub': {
    make: (topology) => {
      const target: RouteTarget = { kind: 'peering', peering: 'pcx' };
      const one = inVpc({ ...topology, peerings: [{ id: 'pcx', name: 'pcx', vpcs: [of('dev-0'), of('prod-0')] }] }, of('dev-0'), (vpc) => withRoute(vpc, 'private', '10.4.0.0/22', target));
      return inVpc(one, of('prod-0'), (vpc) => withRoute(vpc, 'private', '10.0.0.0/22', target));
    }, rule: 'LZ.NET.PROOF.2', names: ['segment dev reaches segment prod', 'peering pcx'],
  },
  'an internet gateway in a spoke, with a public address': {
    make: (topology) => inVpc(topology, of('dev-0'), (vpc) => ({
      ...withRoute(vpc, 'private', '0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw dev' }), internetGateway: 'igw dev', subnets: vpc.subnets.map((subnet) => ({ ...subnet, isPublicAddressPossible: true })),
    })), rule: 'LZ.NET.PROOF.5', names: ['internet gateway of dev-0'],
  },
  'egress around inspection by a NAT gateway of a spoke': {
    make: (topology) => inVpc(topology, of('dev-0'), (vpc) => {
      const made = withRoute(vpc, 'private', '0.0.0.0/0', { kind: 'nat-gateway', gateway: 'own nat' });
      return {
        ...withRoute(made, 'private', '10.0.0.0/8', TO_HUB), internetGateway: 'igw dev', natGateways: [{ id: 'own nat', name: 'own nat', subnet: `${vpc.id}/transit0`, isPublic: true }],
        routeTables: [...withRoute(withRoute(made, 'private', '10.0.0.0/8', TO_HUB), 'main', '0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw dev' }).routeTables],
      };
    }), rule: 'LZ.NET.PROOF.7', names: ['own nat', 'around the firewall'],
  },
  'egress where none is declared': {
    in: { segments: [{ name: 'dev', spokes: 2, hasEgress: true }, { name: 'prod', spokes: 2 }], allowed: [], inspection: 'none' },
    make: (topology) => inTable(inTable(topology, 'prod', (table) => ({ ...table, routes: [...table.routes, { destination: '0.0.0.0/0', attachment: 'egress eu-west-1 at hub' }] })), 'egress', (table) => ({ ...table, propagations: [...table.propagations, 'prod-0 eu-west-1 at hub'] })),
    rule: 'LZ.NET.PROOF.4', names: ['segment prod in eu-west-1 reaches the internet', 'NAT gateway'],
  },
  'no default route where egress is declared': {
    make: (topology) => inTable(topology, 'dev', (table) => ({ ...table, routes: table.routes.filter(({ destination }) => destination !== '128.0.0.0/1') })), rule: 'LZ.NET.PROOF.3', names: ['table dev of hub', 'no route'],
  },
  'a peering route missing in one Region': {
    in: { regions: ['eu-west-1', 'us-east-1'] }, make: (topology) => inTable(topology, 'inspection', (table) => ({ ...table, routes: table.routes.filter(({ destination }) => destination !== '10.64.0.0/10') })), rule: 'LZ.NET.PROOF.1', names: ['table inspection'],
  },
  'a black hole shadows an allowed segment': {
    make: (topology) => inTable(topology, 'inspection', (table) => ({ ...table, routes: [...table.routes, { destination: '10.12.0.0/24' }] })), rule: 'LZ.NET.PROOF.1', names: ['black hole for 10.12.0.0/24'],
  },
  'a firewall rule drops what is allowed': {
    make: (topology) => ({ ...topology, firewalls: topology.firewalls.map((one) => ({ ...one, rules: [{ action: 'drop', sources: ['10.4.0.0/14'], destinations: ['10.12.0.0/14'], protocol: 17 }, ...one.rules ?? []] })) }), rule: 'LZ.NET.PROOF.1', names: ['drops udp'],
  },
  'a firewall rule passes the other way of a one-way connection': {
    make: (topology) => ({ ...topology, firewalls: topology.firewalls.map((one) => ({ ...one, rules: [{ action: 'pass', sources: ['10.12.0.0/14'], destinations: ['0.0.0.0/0'] }, ...one.rules ?? []] })) }), rule: 'LZ.NET.PROOF.2', names: ['segment shared reaches segment dev'],
  },
  'a spoke without a route to the hub in one zone': {
    make: (topology) => inVpc(topology, of('prod-1'), (vpc) => ({ ...vpc, subnets: vpc.subnets.map((subnet) => (subnet.name.endsWith('/private1') ? { ...subnet, routeTable: `${vpc.id}/main` } : subnet)) })), rule: 'LZ.NET.PROOF.1', names: ['prod-1 eu-west-1/main has no route'],
  },
  'a zone that the attachment has no subnet in': {
    make: (topology) => inAttachment(topology, 'prod-1 eu-west-1 at hub', (one) => ({ ...one, link: { ...one.link, subnets: ['prod-1 eu-west-1/transit0'] } as never })), rule: 'LZ.NET.PROOF.1', names: ['has no subnet in zone euw1-az2'],
  },
  'the network on premises learns a segment that it may not reach': {
    in: { ...HYBRID, inspection: 'none' }, make: (topology) => inTable(inTable(topology, 'on-premises', (table) => ({ ...table, propagations: [...table.propagations, 'dev-0 eu-west-1 at hub'] })), 'dev', (table) => ({ ...table, routes: [...table.routes.filter(({ destination }) => destination !== '192.168.0.0/16'), { destination: '192.168.0.0/16', attachment: `office at ${HUB}` }] })),
    rule: 'LZ.NET.PROOF.2', names: ['the network on premises reaches segment dev'],
  },
};

describe('mistakes are found, with the path in the message', () => {
  test.each(Object.entries(MISTAKES))('%s', (_, { in: options = {}, make, rule, names }) => {
    const good = hubAndSpokes(options);
    expect(prove(good).findings).toEqual([]);
    const { findings } = prove(make(good));
    const found = findings.find((finding) => finding.rule === rule && names.every((name) => finding.message.includes(name)));
    expect(found?.message ?? findings.map((finding) => `${finding.rule} ${finding.message}`).join('\n\n')).toContain(names[0]);
    expect(found).toBeDefined();
    expect(found!.path.length).toBeGreaterThan(0);
    expect(found!.message).toContain(pathWords(found!.path.slice(0, 2)));
    expect(found!.hint).not.toBe('');
  });
});
