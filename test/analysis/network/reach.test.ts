import { attach, attachVpc, gateway, route, toGateway, topology, vpc } from './build';
import { Network } from '../../../src/analysis/network/network';
import { NetworkPlace, ReachQuestion } from '../../../src/analysis/network/question';
import { NetworkTopology, Vpc } from '../../../src/analysis/network/topology';

const of = (id: string): NetworkPlace => ({ kind: 'vpc', id });
const INTERNET: NetworkPlace = { kind: 'internet' };
const ask = (network: NetworkTopology, from: NetworkPlace, to: NetworkPlace, more: Partial<ReachQuestion> = {}) => new Network(network).reach({ from, to, ...more });
const why = (network: NetworkTopology, from: NetworkPlace, to: NetworkPlace, more: Partial<ReachQuestion> = {}) => ask(network, from, to, more).blocked.map((flow) => flow.why);

const spoke = (name: string, block: string, more: Partial<Vpc> = {}) => vpc(name, [`${block}.0.0/16`], [`one a ${block}.0.0/24 private`, `two b ${block}.1.0/24 private`], { private: [toGateway('0.0.0.0/0')] }, more);
const A = spoke('a', '10.1');
const B = spoke('b', '10.2');
const attachments = [attachVpc('a', 'main', ['one', 'two']), attachVpc('b', 'main', ['one', 'two'])];

describe('a transit gateway', () => {
  test('carries what its tables learn, there and back', () => {
    const network = topology({ vpcs: [A, B], gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments });
    const answer = ask(network, of('a'), of('b'));
    expect(answer.verdict).toBe('all');
    expect(answer.reached[0]!.path.map(({ component }) => component)).toEqual(['subnet a/one', 'route table a/private', 'table main of hub', 'subnet b/one']);
    expect(answer.reached[0]!.back).toMatchObject({ arrives: true, isSymmetric: true });
  });

  test('needs a route back', () => {
    const network = topology({ vpcs: [A, { ...B, routeTables: [{ ...B.routeTables[0]!, id: 'b/private' }] }], gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments });
    expect(why(network, of('a'), of('b'))[0]).toContain('arrives and the answer does not: route table b/main has no route to 10.1.');
  });

  test('drops what an attachment without a table sends, and what a black hole takes', () => {
    const tables = { main: { learns: ['att-a', 'att-b'], routes: ['10.2.0.0/24 blackhole'] } };
    expect(why(topology({ vpcs: [A, B], gateways: [gateway('hub', tables)], attachments: [attachVpc('a', undefined, ['one']), attachments[1]!] }), of('a'), of('b'))[0]).toContain('associated with no route table');
    const partly = ask(topology({ vpcs: [A, B], gateways: [gateway('hub', tables)], attachments }), of('a'), of('b'));
    expect([partly.verdict, partly.blocked[0]!.why]).toEqual(['some', 'table main of hub has a black hole for 10.2.0.0/24']);
  });

  test('a zone without a subnet of the attachment reaches nobody', () => {
    const network = topology({ vpcs: [A, B], gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments: [attachVpc('a', 'main', ['one']), attachments[1]!] });
    expect(why(network, of('a'), of('b'))).toContain('attachment att-a has no subnet in zone b: nobody there reaches the gateway');
  });

  test('static routes beat learnt ones of the same length, longer ones beat both', () => {
    const tables = { main: { learns: ['att-a', 'att-b'], routes: ['10.2.0.0/16 att-a'] } };
    expect(ask(topology({ vpcs: [A, B], gateways: [gateway('hub', tables)], attachments }), of('a'), of('b')).verdict).toBe('none');
    const longer = { main: { learns: ['att-a', 'att-b'], routes: ['10.0.0.0/8 blackhole'] } };
    expect(ask(topology({ vpcs: [A, B], gateways: [gateway('hub', longer)], attachments }), of('a'), of('b')).verdict).toBe('all');
  });

  test('packets that go round end, and are said to', () => {
    const network = topology({ vpcs: [A, B], gateways: [gateway('hub', { main: { routes: ['10.2.0.0/16 att-c'] } })], attachments: [...attachments, attachVpc('c', 'main', ['one'])].map((one) => one), ...{} });
    const withC = { ...network, vpcs: [...network.vpcs, spoke('c', '10.3')] };
    expect(why(withC, of('a'), of('b'))[0]).toContain('goes round in circles');
  });
});

describe('the internet', () => {
  const hub = (nat: Partial<Vpc>, tables = {}) => vpc('egress', ['100.64.0.0/24'], ['in-a a 100.64.0.0/28 in', 'in-b b 100.64.0.16/28 in', 'public-a a 100.64.0.32/28 public'], {
    in: [route('0.0.0.0/0', { kind: 'nat-gateway', gateway: 'nat' })], public: [route('0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw' }), toGateway('10.0.0.0/8')], ...tables,
  }, { internetGateway: 'igw', ...nat });
  const zonal: Partial<Vpc> = { natGateways: [{ id: 'nat', name: 'nat', subnet: 'egress/public-a', isPublic: true }] };
  const gateways = [gateway('hub', { main: { learns: ['att-a'], routes: ['0.0.0.0/0 att-egress'] } })];
  const all = [attachments[0]!, attachVpc('egress', 'main', ['in-a', 'in-b'])];

  test('by a zonal NAT gateway, and the answer by its table', () => {
    expect(ask(topology({ vpcs: [A, hub(zonal)], gateways, attachments: all }), of('a'), INTERNET)).toMatchObject({ verdict: 'all', reached: [{ isTranslated: true }, {}] });
  });

  test('a NAT subnet without a route back loses every answer', () => {
    const broken = hub(zonal, { public: [route('0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw' })] });
    expect(why(topology({ vpcs: [A, broken], gateways, attachments: all }), of('a'), INTERNET)[0]).toContain('arrives and the answer does not');
  });

  test('by a regional NAT gateway with a table of its own, or without one', () => {
    const table = { id: 'nat-table', name: 'nat-table', routes: [route('0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw' }), toGateway('10.0.0.0/8')] };
    const regional = hub({ natGateways: [{ id: 'nat', name: 'nat', isPublic: true, routeTable: 'nat-table' }] });
    expect(ask(topology({ vpcs: [A, { ...regional, routeTables: [...regional.routeTables, table] }], gateways, attachments: all }), of('a'), INTERNET).verdict).toBe('all');
    expect(ask(topology({ vpcs: [A, hub({ natGateways: [{ id: 'nat', name: 'nat', isPublic: true }] })], gateways, attachments: all }), of('a'), INTERNET).verdict).toBe('none');
  });

  test('nobody comes in by NAT', () => {
    expect(ask(topology({ vpcs: [A, hub(zonal)], gateways, attachments: all }), INTERNET, of('a')).verdict).toBe('none');
  });

  test('an internet gateway of its own: with public addresses both ways, blocked by VPC block public access', () => {
    const own = (subnet: object) => {
      const made = vpc('web', ['10.9.0.0/16'], ['one a 10.9.0.0/24 public'], { public: [route('0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw' })] }, { internetGateway: 'igw' });
      return topology({ vpcs: [{ ...made, subnets: [{ ...made.subnets[0]!, ...subnet }] }] });
    };
    expect(ask(own({ isPublicAddressPossible: true }), of('web'), INTERNET).verdict).toBe('all');
    expect(ask(own({ isPublicAddressPossible: true }), INTERNET, of('web')).verdict).toBe('all');
    expect(why(own({}), INTERNET, of('web'))[0]).toContain('has a public address');
    expect(ask(own({ isPublicAddressPossible: true, publicAccess: 'egress' }), of('web'), INTERNET).verdict).toBe('all');
    expect(why(own({ isPublicAddressPossible: true, publicAccess: 'egress' }), INTERNET, of('web'))[0]).toContain('VPC block public access');
    expect(ask(own({ isPublicAddressPossible: true, publicAccess: 'none' }), of('web'), INTERNET).verdict).toBe('none');
  });

  test('IPv6: both ways by an internet gateway, out only by an egress-only one', () => {
    const six = (kind: 'internet-gateway' | 'egress-only-internet-gateway') => topology({
      vpcs: [vpc('six', ['10.9.0.0/16', '2600:1f18::/56'], ['one a 10.9.0.0/24,2600:1f18::/64 out'], { out: [route('::/0', { kind, gateway: 'gw' })] }, kind === 'internet-gateway' ? { internetGateway: 'gw' } : {})],
    });
    expect(ask(six('internet-gateway'), of('six'), INTERNET, { family: 'ipv6' }).verdict).toBe('all');
    expect(ask(six('internet-gateway'), INTERNET, of('six'), { family: 'ipv6' }).verdict).toBe('all');
    expect(ask(six('egress-only-internet-gateway'), of('six'), INTERNET, { family: 'ipv6' }).verdict).toBe('all');
    expect(ask(six('egress-only-internet-gateway'), INTERNET, of('six'), { family: 'ipv6' }).verdict).toBe('none');
    expect(ask(six('internet-gateway'), of('six'), INTERNET, { family: 'ipv4' }).verdict).toBe('none');
  });
});

describe('inspection', () => {
  const inspection = (isApplianceMode: boolean) => {
    const zone = (letter: string, at: number) => ({ [`in-${letter}`]: [route('0.0.0.0/0', { kind: 'appliance-endpoint' as const, endpoint: `vpce-${letter}` })], [`fw-${letter}`]: [toGateway('0.0.0.0/0')], at });
    const made = vpc('inspection', ['100.64.1.0/24'], ['in-a a 100.64.1.0/28 in-a', 'in-b b 100.64.1.16/28 in-b', 'fw-a a 100.64.1.32/28 fw-a', 'fw-b b 100.64.1.48/28 fw-b'],
      { 'in-a': zone('a', 0)['in-a']!, 'in-b': zone('b', 0)['in-b']!, 'fw-a': zone('a', 0)['fw-a']!, 'fw-b': zone('b', 0)['fw-b']! } as never,
      { endpoints: ['a', 'b'].map((letter) => ({ id: `vpce-${letter}`, name: `vpce-${letter}`, kind: 'appliance', subnets: [`inspection/fw-${letter}`], firewall: 'fw' })) });
    return topology({
      vpcs: [A, B, made],
      gateways: [gateway('hub', { spokes: { routes: ['0.0.0.0/0 att-inspection'] }, inspection: { learns: ['att-a', 'att-b'] } })],
      attachments: [attachVpc('a', 'spokes', ['one', 'two']), attachVpc('b', 'spokes', ['one', 'two']), attachVpc('inspection', 'inspection', ['in-a', 'in-b'], isApplianceMode)],
      firewalls: [{ id: 'fw', name: 'fw', kind: 'network-firewall' }],
    });
  };

  test('in a VPC with appliance mode: every flow in one zone, both ways', () => {
    const answer = ask(inspection(true), of('a'), of('b'));
    expect(answer.verdict).toBe('all');
    expect(answer.reached.every(({ inspectedBy }) => inspectedBy.join() === 'fw')).toBe(true);
  });

  test('without appliance mode answers come by another zone, and are dropped', () => {
    const answer = ask(inspection(false), of('a'), of('b'));
    expect(answer.verdict).toBe('some');
    expect(answer.blocked[0]!.why).toContain('asymmetric');
  });

  const native = (rules: object = {}) => topology({
    vpcs: [A, B],
    gateways: [gateway('hub', { spokes: { routes: ['0.0.0.0/0 att-fw'] }, inspection: { learns: ['att-a', 'att-b'] } })],
    attachments: [attachVpc('a', 'spokes', ['one', 'two']), attachVpc('b', 'spokes', ['one', 'two']), attach('att-fw', 'inspection', { kind: 'firewall', firewall: 'fw', zones: ['a', 'b'] })],
    firewalls: [{ id: 'fw', name: 'fw', kind: 'network-firewall', ...rules }],
  });

  test('attached natively', () => {
    expect(ask(native(), of('a'), of('b'))).toMatchObject({ verdict: 'all' });
  });

  test('its rules, in the direction in which connections are opened', () => {
    const one = native({ otherwise: 'drop', rules: [{ action: 'pass', sources: ['10.1.0.0/16'], destinations: ['10.2.0.0/16'], protocol: 6, ports: { from: 443, to: 443 } }] });
    expect(ask(one, of('a'), of('b'), { port: 443, protocol: 6 }).verdict).toBe('all');
    expect(ask(one, of('a'), of('b'), { port: 80, protocol: 6 }).verdict).toBe('none');
    expect(ask(one, of('b'), of('a'), { port: 443, protocol: 6 }).blocked[0]!.why).toContain('firewall fw drops tcp/443 from 10.2.');
    expect(ask(one, of('a'), of('b')).verdict).toBe('some');
  });
});

describe('filters', () => {
  const transit = ['tgw-a a 10.2.9.0/28 main', 'tgw-b b 10.2.9.16/28 main'];
  const C = vpc('b', ['10.2.0.0/16'], ['one a 10.2.0.0/24 private', 'two b 10.2.1.0/24 private', ...transit.map((text) => `${text} transit`)], { private: [toGateway('0.0.0.0/0')] });
  const acl = (entries: object[]) => ({
    networkAcls: [{ id: 'acl', name: 'acl', entries: entries as never }], subnets: C.subnets.map((subnet) => ({ ...subnet, ...(subnet.tier === undefined && { networkAcl: 'acl' }) })),
  });
  const with_ = (more: Partial<Vpc>) => topology({
    vpcs: [A, { ...C, ...more }], gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments: [attachments[0]!, attachVpc('b', 'main', ['tgw-a', 'tgw-b'])],
  });
  const IN = { number: 100, direction: 'in', isAllow: true, cidr: '0.0.0.0/0', protocol: 6, ports: { from: 443, to: 443 } };

  test('a network ACL lets in by port, and answers need a rule of their own', () => {
    const OUT = { number: 100, direction: 'out', isAllow: true, cidr: '0.0.0.0/0', protocol: 6, ports: { from: 1024, to: 65_535 } };
    expect(ask(with_(acl([IN, OUT])), of('a'), of('b'), { port: 443, protocol: 6 }).verdict).toBe('all');
    expect(ask(with_(acl([IN, OUT])), of('a'), of('b'), { port: 80, protocol: 6 }).verdict).toBe('none');
    expect(ask(with_(acl([IN])), of('a'), of('b'), { port: 443, protocol: 6 }).blocked[0]!.why).toContain('arrives and the answer (tcp/1024-65535) does not: network ACL acl lets no tcp/1024-65535 out of subnet b/');
    const half = { ...OUT, ports: { from: 32_768, to: 65_535 } };
    expect(ask(with_(acl([IN, half])), of('a'), of('b'), { port: 443, protocol: 6 }).verdict).toBe('some');
  });

  test('in the subnet of an attachment: nothing is asked on the way in to it, everything on the way out, and to other subnets', () => {
    const same = topology({
      vpcs: [A, { ...B, networkAcls: [{ id: 'acl', name: 'acl', entries: [{ ...IN, direction: 'out', ports: { from: 1024, to: 65_535 } }] }], subnets: [{ ...B.subnets[0]!, networkAcl: 'acl' }] }],
      gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments: [attachments[0]!, attachVpc('b', 'main', ['one'])],
    });
    expect(ask(same, of('a'), of('b'), { port: 443, protocol: 6 }).blocked[0]!.why).toContain('arrives and the answer (tcp/1024-65535) does not: network ACL acl lets no tcp/1024-65535 into subnet b/one');
    expect(why(topology({ ...same, vpcs: [A, { ...B, networkAcls: same.vpcs[1]!.networkAcls, subnets: B.subnets.map((subnet) => ({ ...subnet, networkAcl: 'acl' })) }] }), of('a'), of('b'), { port: 443, protocol: 6 }))
      .toContain('network ACL acl lets no tcp/443 out of subnet b/one');
  });

  test('security groups of an interface: by block and by group', () => {
    const database = { id: 'db', name: 'db', type: 'AWS::RDS::DBInstance', subnets: ['b/one'], securityGroups: ['sg-db'], hasPublicAddress: false };
    const app = { id: 'app', name: 'app', type: 'AWS::EC2::Instance', subnets: ['b/two'], securityGroups: ['sg-app'], hasPublicAddress: false };
    const network = {
      ...with_({ interfaces: [database, app] }),
      securityGroups: [
        { id: 'sg-db', name: 'sg-db', ingress: [{ protocol: 6, ports: { from: 5432, to: 5432 }, group: 'sg-app' }], egress: [] },
        { id: 'sg-app', name: 'sg-app', ingress: [], egress: [{ cidrs: ['0.0.0.0/0'] }] },
      ],
    };
    expect(ask(network, { kind: 'interface', id: 'app' }, { kind: 'interface', id: 'db' }, { protocol: 6, port: 5432 }).verdict).toBe('all');
    expect(ask(network, { kind: 'interface', id: 'app' }, { kind: 'interface', id: 'db' }, { protocol: 6, port: 22 }).blocked[0]!.why).toContain('security groups of db let no tcp/22 in');
    expect(ask(network, { kind: 'interface', id: 'db' }, { kind: 'interface', id: 'app' }).verdict).toBe('none');
    expect(ask({ ...network, securityGroups: [] }, { kind: 'interface', id: 'app' }, { kind: 'interface', id: 'db' }).verdict).toBe('unknown');
  });
});

describe('other ways', () => {
  test('a peering of VPCs carries to the other one and no further', () => {
    const peered = [{ id: 'pcx', name: 'pcx', vpcs: ['a', 'b'] as const }];
    const withRoute = (one: Vpc, destination: string): Vpc => ({ ...one, routeTables: one.routeTables.map((table) => ({ ...table, routes: [...table.routes, route(destination, { kind: 'peering', peering: 'pcx' })] })) });
    const network = topology({ vpcs: [withRoute(A, '10.0.0.0/8'), withRoute(B, '10.0.0.0/8'), spoke('c', '10.3')], peerings: peered, gateways: [gateway('hub', { main: { learns: ['att-b', 'att-c'] } })], attachments: [attachments[1]!, attachVpc('c', 'main', ['one', 'two'])] });
    expect(ask(network, of('a'), of('b')).verdict).toBe('all');
    expect(ask(network, of('a'), of('c')).verdict).toBe('none');
  });

  test('a network on premises, as far as it is declared', () => {
    const network = (mayAnnounceMore: boolean) => topology({
      vpcs: [A], gateways: [gateway('hub', { main: { learns: ['att-a', 'vpn'], routes: ['0.0.0.0/0 vpn'] } })],
      attachments: [attachments[0]!, attach('vpn', 'main', { kind: 'vpn', outside: 'office' })], outsides: [{ id: 'office', name: 'office', ranges: ['192.168.0.0/16'], mayAnnounceMore }],
    });
    expect(ask(network(false), of('a'), { kind: 'outside' }).verdict).toBe('all');
    expect(ask(network(false), { kind: 'outside' }, of('a')).verdict).toBe('all');
    expect(ask(network(false), of('a'), { kind: 'cidr', cidr: '172.16.0.0/12' }).verdict).toBe('none');
    expect(ask(network(true), of('a'), { kind: 'cidr', cidr: '172.16.0.0/12' })).toMatchObject({ verdict: 'unknown', unknown: [{ why: 'office may have addresses that are not declared' }, {}] });
  });

  test('what is not modelled makes "no" unknown, and leaves "yes" alone', () => {
    const parts = { vpcs: [A, B], gateways: [gateway('hub', { main: { learns: ['att-a'] } })], attachments };
    expect(ask(topology(parts), of('a'), of('b')).verdict).toBe('none');
    expect(ask(topology({ ...parts, unknowns: [{ what: 'AWS::VpcLattice::ServiceNetwork mesh', affects: ['b'] }] }), of('a'), of('b'))).toMatchObject({ verdict: 'unknown', unknown: [{ why: 'AWS::VpcLattice::ServiceNetwork mesh is not modelled and could carry it' }, {}] });
    expect(ask(topology({ ...parts, unknowns: [{ what: 'other', affects: ['c'] }] }), of('a'), of('b')).verdict).toBe('none');
  });

  test('what is not modelled may carry packets of subnets that are not expected to reach anybody, and to them', () => {
    const apart = (name: string, octets: string) => vpc(name, [`${octets}.0.0/16`], [`own z ${octets}.1.0/24 main isolated`]);
    const two = { vpcs: [apart('a', '10.1'), apart('b', '10.2')] };
    expect(ask(topology(two), of('a'), of('b')).verdict).toBe('none');
    expect(ask(topology({ ...two, unknowns: [{ what: 'AWS::VpcLattice::ServiceNetwork mesh', affects: ['b'] }] }), of('a'), of('b')).verdict).toBe('unknown');
    expect(ask(topology({ ...two, unknowns: [{ what: 'AWS::VpcLattice::ServiceNetwork mesh', affects: ['b'] }] }), { kind: 'cidr', cidr: '10.1.1.4/32' }, { kind: 'cidr', cidr: '10.2.1.4/32' }).verdict).toBe('unknown');
  });

  test('overlapping addresses: who has them by the table is reached, the other is not', () => {
    const twin = spoke('twin', '10.2');
    const network = topology({ vpcs: [A, B, twin], gateways: [gateway('hub', { main: { learns: ['att-a', 'att-b'] } })], attachments: [...attachments, attachVpc('twin', 'main', ['one', 'two'])] });
    expect(ask(network, of('a'), of('b')).verdict).toBe('all');
    expect(ask(network, of('a'), of('twin')).blocked[0]!.why).toContain('it arrives in VPC b instead, whose addresses overlap');
  });

  test('a place that is not there', () => {
    expect(() => ask(topology({ vpcs: [A] }), { kind: 'segment', name: 'prd' }, of('b'))).toThrow('there is no segment prd. Segments: none\nthere is no VPC b. VPCs: a');
  });
});
