import { attachVpc, gateway, route, toGateway, topology, vpc } from './build';
import { hubAndSpokes } from './hub';
import { egressInventory } from '../../../src/analysis/network/egress-inventory';
import { passesInspection, symmetry } from '../../../src/analysis/network/inspection';
import { Network } from '../../../src/analysis/network/network';
import { overlappingRanges } from '../../../src/analysis/network/overlapping-ranges';
import { ReachQuestion } from '../../../src/analysis/network/question';
import { shadowedRoutes } from '../../../src/analysis/network/shadowed-routes';

const SMALL = { segments: [{ name: 'dev', spokes: 1, hasEgress: true }, { name: 'prod', spokes: 1 }], allowed: [{ from: 'dev', to: 'prod', isOneWay: true }] };
const PAIR = { from: { kind: 'segment', name: 'dev' }, to: { kind: 'segment', name: 'prod' } } as const;

describe('egress', () => {
  test('of each VPC and zone: by what, where, inspected by what', () => {
    const shown = egressInventory(new Network(hubAndSpokes(SMALL))).filter(({ vpc: { id } }) => id.startsWith('dev') || id.startsWith('prod'))
      .map(({ vpc: { name }, zone, by, gateway: through, exit, inspectedBy, isCertain }) => [name, zone, by, through, exit, inspectedBy.join(), isCertain]);
    expect(shown).toEqual(['euw1-az1', 'euw1-az1', 'euw1-az2', 'euw1-az2'].map((zone, at) => [
      'dev-0 eu-west-1', zone, 'nat-gateway', `nat ${at % 2} eu-west-1`, 'egress eu-west-1', 'firewall eu-west-1', true,
    ]));
  });

  test('that nothing inspects, by an internet gateway and an egress-only one', () => {
    const web = vpc('web', ['10.9.0.0/16', '2600:1f18::/56'], ['one a 10.9.0.0/24,2600:1f18::/64 public'], {
      public: [route('0.0.0.0/0', { kind: 'internet-gateway', gateway: 'igw' }), route('::/0', { kind: 'egress-only-internet-gateway', gateway: 'eigw' })],
    }, { internetGateway: 'igw' });
    const found = egressInventory(new Network(topology({ vpcs: [{ ...web, subnets: web.subnets.map((subnet) => ({ ...subnet, isPublicAddressPossible: true })) }, vpc('closed', ['10.8.0.0/16'], ['one a 10.8.0.0/24'])] })));
    expect(found.map(({ by, family, inspectedBy, vpc: { id } }) => [by, family, inspectedBy, id])).toEqual([['internet-gateway', 'ipv4', [], 'web'], ['egress-only-internet-gateway', 'ipv6', [], 'web']]);
  });
});

describe('inspection', () => {
  test('always, never, or nothing to inspect', () => {
    const answer = (options: object, question: ReachQuestion, names?: string[]) => passesInspection(new Network(hubAndSpokes({ ...SMALL, ...options })), question, names).verdict;
    expect(answer({}, PAIR)).toBe('always');
    expect(answer({}, PAIR, ['another'])).toBe('never');
    expect(answer({ inspection: 'none' }, PAIR)).toBe('never');
    expect(answer({}, { from: PAIR.to, to: PAIR.from })).toBe('nothing-arrives');
  });

  test('answers take the way of their openings with appliance mode, and others without', () => {
    const good = hubAndSpokes(SMALL);
    expect(symmetry(new Network(good), PAIR)).toEqual({ isSymmetric: true, asymmetric: [] });
    const bad = { ...good, attachments: good.attachments.map((one) => (one.link.kind === 'vpc' ? { ...one, link: { ...one.link, isApplianceMode: false } } : one)) };
    expect(symmetry(new Network(bad), PAIR).asymmetric[0]!.why).toContain('firewall firewall eu-west-1 sees the answer at endpoint');
  });
});

describe('routes that do nothing', () => {
  test('none in a network that is right', () => {
    expect(shadowedRoutes(hubAndSpokes(SMALL))).toEqual([]);
  });

  test('covered by longer ones together, or by static ones of the same length', () => {
    const network = topology({
      vpcs: [vpc('a', ['10.1.0.0/16'], ['one a 10.1.0.0/24 private'], { private: [toGateway('172.16.0.0/15'), toGateway('172.16.0.0/16'), toGateway('172.17.0.0/16')] })],
      gateways: [gateway('hub', { main: { routes: ['10.1.0.0/16 att-a', '10.1.0.0/17 att-a', '10.1.128.0/17 blackhole'], learns: ['att-a'] } })], attachments: [attachVpc('a', 'main', ['one'])],
    });
    expect(shadowedRoutes(network).map(({ table, destination, kind, why }) => [table, destination, kind, why])).toEqual([
      ['a/private', '172.16.0.0/15', 'shadowed', '172.16.0.0/16, 172.17.0.0/16 decide for all of it'], ['main of hub', '10.1.0.0/16', 'shadowed', '10.1.0.0/17, 10.1.128.0/17 decide for all of it'],
    ]);
  });

  test('whose target is not there', () => {
    const own = vpc('a', ['10.1.0.0/16'], ['one a 10.1.0.0/24 private'], { private: [toGateway('0.0.0.0/0'), route('10.2.0.0/16', { kind: 'peering', peering: 'pcx' }), route('10.3.0.0/16', { kind: 'nat-gateway', gateway: 'nat' })] });
    expect(shadowedRoutes(topology({ vpcs: [own], gateways: [gateway('hub', { main: { routes: ['10.0.0.0/8 att-gone'] } })] })).map(({ kind, why }) => `${kind}: ${why}`)).toEqual([
      'broken: VPC a has no attachment to hub', 'broken: VPC a does not have that peering', 'broken: VPC a does not have that NAT gateway', 'broken: its attachment is not in the network: what it takes is dropped',
    ]);
    expect(shadowedRoutes(topology({ vpcs: [own], gateways: [gateway('hub', {})], attachments: [attachVpc('a', undefined, ['one'])] }))[0]!.why).toBe('attachment att-a is associated with no route table of hub');
  });
});

test('overlaps, of what a mesh brings together', () => {
  const parts = { vpcs: [vpc('a', ['10.1.0.0/16'], []), vpc('b', ['10.1.4.0/22'], []), vpc('c', ['10.1.0.0/16'], [])], gateways: [gateway('hub', {}), gateway('far', {})] };
  const peered = ['p1 hub p2', 'p2 far p1'].map((text) => text.split(' ') as [string, string, string]).map(([id, at, peer]) => ({ id, name: id, gateway: at, link: { kind: 'peering' as const, peer } }));
  expect(overlappingRanges(topology({ ...parts, attachments: [attachVpc('a', undefined, []), attachVpc('b', undefined, [])] })).map(({ names, cidr }) => [names, cidr])).toEqual([[['a', 'b'], '10.1.4.0/22']]);
  expect(overlappingRanges(topology({ ...parts, attachments: [attachVpc('a', undefined, []), attachVpc('c', undefined, [], false, 'far')] }))).toEqual([]);
  expect(overlappingRanges(topology({ ...parts, attachments: [attachVpc('a', undefined, []), attachVpc('c', undefined, [], false, 'far'), ...peered] })).map(({ names }) => names)).toEqual([['a', 'c']]);
});

test('overlaps matter where routes lead to both: default routes to exits that look alike do not', () => {
  const attachments = [attachVpc('a', undefined, []), attachVpc('b', undefined, [])];
  const isRouted = (...tables: readonly Parameters<typeof gateway>[1][string][]) => overlappingRanges(topology({
    vpcs: [vpc('a', ['10.1.0.0/16'], []), vpc('b', ['10.1.4.0/22'], [])], attachments, gateways: [gateway('hub', Object.fromEntries(tables.map((table, index) => [`table${index}`, table])))],
  })).map((overlap) => overlap.isRouted);
  expect(isRouted({ learns: ['att-a'] }, { learns: ['att-b'] })).toEqual([true]);
  expect(isRouted({ learns: ['att-a'] }, { routes: ['10.1.4.0/24 att-b'] })).toEqual([true]);
  expect(isRouted({ learns: ['att-a'] }, { routes: ['0.0.0.0/0 att-b'] })).toEqual([false]);
  expect(isRouted({ learns: ['att-a'] }, { routes: ['10.1.0.0/22 att-b', '2001:db8::/32 att-b', '10.1.4.0/22 blackhole'] })).toEqual([false]);
  expect(isRouted({ routes: ['0.0.0.0/0 att-a'] }, { routes: ['0.0.0.0/0 att-b'] })).toEqual([false]);
});
