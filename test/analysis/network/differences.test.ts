import * as fc from 'fast-check';
import { HubOptions, hubAndSpokes } from './hub';
import { randomTopology } from './random-topology';
import { isSix } from './simulator';
import { changedPairs, differences } from '../../../src/analysis/network/differences';
import { Network } from '../../../src/analysis/network/network';
import { Rectangle } from '../../../src/analysis/network/relation';
import { NetworkTopology, TransitTable, Vpc } from '../../../src/analysis/network/topology';

const RUNS = Number(process.env.LZ_RUNS ?? 30);
const SEED = Number(process.env.LZ_SEED ?? 20_261_123);
const lines = (before: HubOptions | NetworkTopology, after: HubOptions | NetworkTopology) => {
  const of = (one: HubOptions | NetworkTopology) => ('vpcs' in one ? one : hubAndSpokes(one));
  return differences(of(before), of(after)).changes.map(({ direction, from, to }) => `${direction} ${from} -> ${to}`).filter((line) => !line.includes('vpc:'));
};

describe('of hubs', () => {
  test('a network and itself do not differ', () => {
    expect(differences(hubAndSpokes({ regions: ['eu-west-1', 'us-east-1'] }), hubAndSpokes({ regions: ['eu-west-1', 'us-east-1'] }))).toEqual({ vpcs: { added: [], removed: [] }, changes: [], undecided: [] });
  });

  test('egress that is taken away, from every segment, with what stops it', () => {
    const { changes } = differences(hubAndSpokes({ inspection: 'none' }), hubAndSpokes({ inspection: 'none', egress: 'none' }));
    expect(changes.filter(({ to }) => to === 'internet').map(({ direction, from, why }) => [direction, from, why])).toEqual(
      ['dev', 'prod', 'sandbox', 'shared'].map((name) => ['unreachable', `segment:${name}@eu-west-1`, expect.stringMatching(`table ${name} of hub eu-west-1 has no route to`)]));
  });

  test('a segment that is allowed to another one', () => {
    const allowed = [{ from: 'prod', to: 'shared', isOneWay: true }];
    expect(lines({ inspection: 'none', allowed: [] }, { inspection: 'none', allowed })).toEqual(['reachable segment:prod@eu-west-1 -> segment:shared@eu-west-1', 'reachable segment:shared@eu-west-1 -> segment:prod@eu-west-1']);
    expect(lines({ allowed: [] }, { allowed })).toEqual(['reachable segment:prod@eu-west-1 -> segment:shared@eu-west-1']);
    expect(lines({ allowed }, { allowed: [] })).toEqual(['unreachable segment:prod@eu-west-1 -> segment:shared@eu-west-1']);
  });

  test('a spoke more is told as such, with whom it reaches', () => {
    const segments = (spokes: number) => ({ segments: [{ name: 'prod', spokes: 1, hasEgress: true }, { name: 'shared', spokes }], allowed: [{ from: 'prod', to: 'shared', isOneWay: true }] });
    const { vpcs, changes } = differences(hubAndSpokes(segments(1)), hubAndSpokes(segments(2)));
    expect(changes).toEqual([]);
    expect(vpcs.added.map(({ segment, reaches, reachedBy }) => ({ segment, reaches, reachedBy }))).toEqual([
      { segment: 'shared', reaches: ['segment:shared@eu-west-1'], reachedBy: expect.arrayContaining(['segment:prod@eu-west-1', 'segment:shared@eu-west-1']) },
    ]);
    expect(differences(hubAndSpokes(segments(2)), hubAndSpokes(segments(1)))).toMatchObject({ vpcs: { added: [], removed: [{ segment: 'shared' }] }, changes: [] });
  });

  test('what is no longer modelled is open, not unreachable', () => {
    const hub = hubAndSpokes({});
    const { changes, undecided } = differences(hub, { ...hub, unknowns: [{ what: 'AWS::EC2::CarrierGateway Carrier', affects: [hub.vpcs.find(({ segment }) => segment === 'prod')!.id] }] });
    expect(changes).toEqual([]);
    expect(undecided.map(({ direction, from, to }) => `${direction} ${from} -> ${to}`)).toContain('unreachable segment:prod@eu-west-1 -> internet');
    expect(undecided[0]!.why).toContain('AWS::EC2::CarrierGateway Carrier is not modelled');
  });

  test('one zone whose way is stopped', () => {
    const before = hubAndSpokes({ inspection: 'none', zones: 2 });
    const egress = before.vpcs.find(({ name }) => name.startsWith('egress'))!;
    const [broken] = egress.routeTables.filter(({ routes }) => routes.some(({ target }) => target.kind === 'nat-gateway'));
    const after = { ...before, vpcs: before.vpcs.map((one) => (one === egress ? { ...one, routeTables: one.routeTables.map((table) => (table === broken ? { ...table, routes: table.routes.filter(({ target }) => target.kind !== 'nat-gateway') } : table)) } : one)) };
    const changes = differences(before, after).changes.filter(({ to }) => to === 'internet');
    expect(changes.length).toBeGreaterThan(0);
    for (const { direction, why } of changes) expect([direction, why]).toEqual(['unreachable', expect.stringMatching(/has no route to/)]);
  });
});

/** A change somewhere: a route that is not local, a propagation, an association or a network ACL's entry is gone. */
function mutated(g: fc.GeneratorValue, network: NetworkTopology): NetworkTopology {
  const pick = (length: number) => g(fc.nat, Math.max(0, length - 1));
  const [vpc, gateway, attachment] = [pick(network.vpcs.length), pick(network.gateways.length), pick(network.attachments.length)];
  const dropped = <T>(list: readonly T[]) => { const at = pick(list.length); return list.filter((_, index) => index !== at); };
  const inVpc = (change: (one: Vpc) => Vpc) => ({ ...network, vpcs: network.vpcs.map((one, at) => (at === vpc ? change(one) : one)) });
  const inTables = (change: (table: TransitTable) => TransitTable) => ({
    ...network, gateways: network.gateways.map((one, at) => (at === gateway ? { ...one, tables: one.tables.map(change) } : one)),
  });
  switch (g(fc.nat, 4)) {
    case 0: return inVpc((one) => {
      const at = pick(one.routeTables.length);
      const isLocal = ({ target }: Vpc['routeTables'][number]['routes'][number]) => target.kind === 'local';
      const shorter = (routes: Vpc['routeTables'][number]['routes']) => [...routes.filter(isLocal), ...dropped(routes.filter((each) => !isLocal(each)))];
      return { ...one, routeTables: one.routeTables.map((table, index) => (index === at ? { ...table, routes: shorter(table.routes) } : table)) };
    });
    case 1: return inVpc((one) => ({ ...one, networkAcls: one.networkAcls.map((acl) => ({ ...acl, entries: dropped(acl.entries) })) }));
    case 2: return inTables((table) => ({ ...table, propagations: dropped(table.propagations) }));
    case 3: return inTables((table) => ({ ...table, routes: dropped(table.routes) }));
    default: return { ...network, attachments: network.attachments.map(({ table, ...one }, at) => (at === attachment || table === undefined ? one : { ...one, table })) };
  }
}

test('random networks do not differ from themselves', () => {
  fc.assert(fc.property(fc.gen(), (g) => {
    const network = randomTopology(g);
    const { changes, undecided } = differences(network, network);
    expect([...changes, ...undecided]).toEqual([]);
  }), { numRuns: RUNS, seed: SEED });
});

test('single packets agree: what is said to change does, and nothing else', () => {
  const seen = { gained: 0, lost: 0, same: 0 };
  fc.assert(fc.property(fc.gen(), (g) => {
    const one = randomTopology(g);
    const other = mutated(g, one);
    const [before, after] = g(fc.boolean) ? [one, other] : [other, one];
    const pairs = changedPairs(before, after);
    const named = pairs.head.traffic.asked({}).flatMap(({ protocol }) => protocol ?? []);
    const covers = (rectangles: readonly Rectangle[], src: string, dst: string, protocol: number, port: number) => rectangles.some((each) => {
      const { traffic } = each.flow;
      const about = traffic.protocol === undefined ? !named.includes(protocol) : traffic.protocol === protocol && traffic.from <= port && port <= traffic.to;
      return about && pairs.head.space.has(each.src, src) && pairs.head.space.has(each.dst, dst);
    });
    const [old, now] = [new Network(before), new Network(after)];
    const ends = before.vpcs.flatMap((vpc) => vpc.subnets.flatMap(({ ranges }) => ranges.map((range) => ({ vpc, address: range.split('/')[0]!.replace(/\d+$/, (last) => String(Number(last) + 5)) })))).filter(({ address }) => !isSix(address));
    const isShared = (address: string, vpc: Vpc) => before.vpcs.some((each) => each !== vpc && pairs.base.space.has(pairs.base.space.ofAll(each.ranges), address));
    for (let at = 0; at < 6; at++) {
      const [from, to] = [ends[g(fc.nat, ends.length - 1)]!, ends[g(fc.nat, ends.length - 1)]!];
      if (from.vpc === to.vpc || isShared(from.address, from.vpc) || isShared(to.address, to.vpc)) continue;
      const port = [443, 80, 22][g(fc.nat, 2)]!;
      const kinds = (network: Network) => new Set(network.flows({ from: { kind: 'cidr', cidr: `${from.address}/32` }, to: { kind: 'cidr', cidr: `${to.address}/32` }, protocol: 6, port }).flows.map(({ kind }) => kind));
      const [was, is] = [kinds(old), kinds(now)];
      const open = (set: Set<string>) => set.has('reached') || set.has('unknown');
      const expected = { gained: is.has('reached') && !open(was), lost: was.has('reached') && !open(is) };
      seen[expected.gained ? 'gained' : expected.lost ? 'lost' : 'same'] += 1;
      expect({ gained: covers(pairs.gained, from.address, to.address, 6, port), lost: covers(pairs.lost, from.address, to.address, 6, port) }).toEqual(expected);
    }
  }), { numRuns: RUNS * 2, seed: SEED, endOnFailure: true });
  expect(Math.min(seen.gained, seen.lost)).toBeGreaterThan(2);
  expect(seen.same).toBeGreaterThan(50);
});
