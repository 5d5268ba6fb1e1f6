import * as fc from 'fast-check';
import { Cidr } from '../../src/analysis/cidr';
import { HubFacts, HubRoute, hubRoutes, propagationsOf } from '../../src/network/hub-routes';

const REGIONS = ['eu-west-1', 'us-east-1'];
const SEGMENTS = ['prod', 'dev', 'shared'];
const PLAN = Cidr.parse('10.0.0.0/8')!;
const regionBlock = (region: string) => PLAN.part(11, REGIONS.indexOf(region));

function facts(changed: Partial<HubFacts> = {}, allowed: string[] = ['prod shared', 'dev shared']): HubFacts {
  return {
    region: 'eu-west-1',
    plan: {
      cidr: PLAN.toString(),
      onPremises: ['192.168.0.0/16'],
      regionCidr: (region) => regionBlock(region).toString(),
      segmentCidr: (region, segment) => regionBlock(region).part(14, SEGMENTS.indexOf(segment)).toString(),
    },
    segments: SEGMENTS.map((name) => ({ name, isIsolated: false, hasEgress: true })),
    peers: [],
    hasEgress: true,
    inspectsEgress: true,
    inspectsEastWest: true,
    links: [],
    connects: (one, other) => allowed.includes(`${one} ${other}`) || allowed.includes(`${other} ${one}`),
    ...changed,
  };
}

const DUBLIN = { key: 'dublin', ranges: ['192.168.0.0/16'] };
/** Some lie in others, by one bit and more. */
const BLOCKS = ['192.168.0.0/16', '192.168.0.0/17', '192.168.128.0/17', '192.168.64.0/18', '192.168.96.0/19', '192.168.240.0/20'];

const table = (name: string, routes: HubRoute[]) => routes.filter((route) => route.table === name).map(({ destination, target }) => `${destination} ${target.kind === 'peer' ? target.region : target.kind}`).sort();

test('a segment knows what it may reach, by the firewall, and the internet; the rest is a black hole', () => {
  expect(table('prod', hubRoutes(facts()))).toEqual([
    '0.0.0.0/1 inspection', '10.0.0.0/8 blackhole', '10.8.0.0/14 inspection', '128.0.0.0/1 inspection', '192.168.0.0/16 blackhole',
  ]);
  expect(propagationsOf('prod', facts())).toEqual(['prod', 'inspection']);
});

test('without east-west inspection the tables learn each other', () => {
  const plain = facts({ inspectsEastWest: false, inspectsEgress: false });
  expect(table('prod', hubRoutes(plain))).toEqual(['0.0.0.0/0 egress', '10.0.0.0/8 blackhole', '192.168.0.0/16 blackhole']);
  expect(propagationsOf('prod', plain)).toEqual(['prod', 'shared', 'egress']);
  expect(propagationsOf('shared', plain)).toEqual(['shared', 'prod', 'dev', 'egress']);
  expect(table('inspection', hubRoutes(plain))).toEqual([]);
});

test('an isolated segment does not learn itself, one without egress has no default route', () => {
  const lonely = facts({ segments: [{ name: 'prod', isIsolated: true, hasEgress: false }] }, []);
  expect(propagationsOf('prod', lonely)).toEqual(['inspection']);
  expect(table('prod', hubRoutes(lonely))).toEqual(['10.0.0.0/8 blackhole', '192.168.0.0/16 blackhole']);
});

test('both ways between Regions pass both firewalls', () => {
  const peered = hubRoutes(facts({ peers: [{ region: 'us-east-1', onPremises: [] }] }));
  expect(table('prod', peered)).toEqual(expect.arrayContaining(['10.32.0.0/15 inspection', '10.34.0.0/15 inspection', '10.40.0.0/15 inspection', '10.42.0.0/15 inspection']));
  expect(table('inspection', peered)).toContain('10.32.0.0/11 us-east-1');
  expect(table('peering', peered)).toEqual(['10.0.0.0/11 inspection', '10.0.0.0/8 blackhole']);
});

test('on premises: by the firewall, by a peer that has it, or a black hole', () => {
  const allowed = ['prod on-premises'];
  expect(table('prod', hubRoutes(facts({ links: [DUBLIN] }, allowed)))).toEqual(expect.arrayContaining(['192.168.0.0/16 blackhole', '192.168.0.0/19 inspection', '192.168.224.0/19 inspection']));
  expect(table('inspection', hubRoutes(facts({ links: [DUBLIN] }, allowed)))).toEqual(expect.arrayContaining(['192.168.0.0/18 on-premises', '192.168.128.0/18 on-premises']));
  expect(table('inspection', hubRoutes(facts({ peers: [{ region: 'us-east-1', onPremises: ['192.168.0.0/16'] }] }, allowed)))).toContain('192.168.0.0/17 us-east-1');
  expect(table('dev', hubRoutes(facts({ links: [DUBLIN] }, allowed))).filter((route) => route.startsWith('192.168.'))).toEqual(['192.168.0.0/16 blackhole']);
  expect(table('on-premises', hubRoutes(facts({ links: [DUBLIN] }, allowed)))).toEqual(['10.0.0.0/14 inspection', '10.0.0.0/8 blackhole']);
});

const random = fc.record({
  hasEgress: fc.boolean(), egressInspected: fc.boolean(), inspectsEastWest: fc.boolean(), peered: fc.boolean(),
  links: fc.array(fc.subarray(BLOCKS, { minLength: 1 }), { maxLength: 3 }), behindPeer: fc.subarray(BLOCKS),
  allowed: fc.subarray(['prod dev', 'prod shared', 'dev shared', 'prod on-premises', 'dev on-premises']),
  options: fc.array(fc.record({ isIsolated: fc.boolean(), hasEgress: fc.boolean() }), { minLength: 3, maxLength: 3 }),
});
type Random = typeof random extends fc.Arbitrary<infer T> ? T : never;

const factsOf = (one: Random): HubFacts => facts({
  hasEgress: one.hasEgress,
  inspectsEgress: one.hasEgress && one.egressInspected,
  inspectsEastWest: one.inspectsEastWest,
  links: one.links.map((ranges, index) => ({ key: `link-${index}`, ranges })),
  peers: one.peered ? [{ region: 'us-east-1', onPremises: one.behindPeer }] : [],
  segments: SEGMENTS.map((name, index) => ({ name, ...one.options[index]! })),
}, one.allowed);

test('a table has one static route a destination, as AWS wants it', () => {
  fc.assert(fc.property(random, (one) => {
    const keys = hubRoutes(factsOf(one)).map((route) => `${route.table} ${route.destination}`);
    expect(new Set(keys).size).toBe(keys.length);
  }));
});

/** Destinations of both whose target is another one. */
function changedTargets(one: HubFacts, other: HubFacts): string[] {
  const before = new Map(hubRoutes(one).map((route) => [`${route.table} ${route.destination}`, JSON.stringify(route.target)]));
  return hubRoutes(other).flatMap((route) => {
    const known = before.get(`${route.table} ${route.destination}`);
    return known === undefined || known === JSON.stringify(route.target) ? [] : [`${route.table} ${route.destination} ${known} ${JSON.stringify(route.target)}`];
  });
}

test('whatever changes but links and peers, a destination of a table never changes its target: CloudFormation makes the new route before it deletes the old one', () => {
  fc.assert(fc.property(random, random, (one, other) => {
    expect(changedTargets(factsOf(one), factsOf({ ...other, links: one.links, peered: one.peered, behindPeer: one.behindPeer }))).toEqual([]);
  }), { numRuns: 2_000 });
});

test('nor when links and peers come and go as well, each with a block that no other one has a part of', () => {
  const blocks = ['192.168.0.0/17', '192.168.128.0/18', '192.168.192.0/18'];
  const some = fc.tuple(random, fc.subarray(blocks), fc.subarray(blocks));
  const factsWith = ([one, here, there]: [Random, string[], string[]]): HubFacts => ({
    ...factsOf({ ...one, behindPeer: there }), links: here.map((block) => ({ key: block, ranges: [block] })),
  });
  fc.assert(fc.property(some, some, (one, other) => {
    expect(changedTargets(factsWith(one), factsWith(other))).toEqual([]);
  }), { numRuns: 2_000 });
});

test('each address on premises goes to the longest block that has it, by the first link of this hub with it, and where nobody has it into a black hole', () => {
  const plain = (links: HubFacts['links'], behindPeer: string[] = []) => hubRoutes(facts({ inspectsEastWest: false, inspectsEgress: false, links, peers: [{ region: 'us-east-1', onPremises: behindPeer }] }, ['prod on-premises']))
    .filter(({ table: name, destination }) => name === 'prod' && destination.startsWith('192.168.'));
  const way = (routes: HubRoute[], address: string) => {
    const [best] = routes.filter(({ destination }) => Cidr.parse(destination)!.contains(Cidr.parse(`${address}/32`)!)).sort((one, other) => Cidr.parse(other.destination)!.prefix - Cidr.parse(one.destination)!.prefix);
    return best!.target.kind === 'on-premises' ? best!.target.link : best!.target.kind;
  };
  fc.assert(fc.property(fc.array(fc.subarray(BLOCKS, { minLength: 1 }), { maxLength: 3 }), fc.subarray(BLOCKS), fc.nat(65_535), (links, behindPeer, number) => {
    const address = `192.168.${Math.floor(number / 256)}.${number % 256}`;
    const ways = [...links.flatMap((ranges, index) => ranges.map((range) => ({ range, to: `link-${index}` }))), ...behindPeer.map((range) => ({ range, to: 'peer' }))]
      .map((one, order) => ({ ...one, order, block: Cidr.parse(one.range)! })).filter(({ block }) => block.contains(Cidr.parse(`${address}/32`)!));
    const expected = ways.sort((one, other) => other.block.prefix - one.block.prefix || one.order - other.order)[0]?.to ?? 'blackhole';
    expect([address, way(plain(links.map((ranges, index) => ({ key: `link-${index}`, ranges })), behindPeer), address)]).toEqual([address, expected]);
  }), { numRuns: 1_000 });
});

test('allowing more removes no route', () => {
  fc.assert(fc.property(random, (one) => {
    const more = hubRoutes(factsOf({ ...one, allowed: ['prod dev', 'prod shared', 'dev shared', 'prod on-premises', 'dev on-premises'] })).map((route) => JSON.stringify(route));
    for (const route of hubRoutes(factsOf(one))) expect(more).toContain(JSON.stringify(route));
  }));
});
