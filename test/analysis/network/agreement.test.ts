import * as fc from 'fast-check';
import { randomTopology } from './random-topology';
import { has, isSix, outcomes, Try } from './simulator';
import { Flow } from '../../../src/analysis/network/flow';
import { Network } from '../../../src/analysis/network/network';
import { NetworkPlace } from '../../../src/analysis/network/question';
import { NetworkTopology, Vpc } from '../../../src/analysis/network/topology';

const RUNS = Number(process.env.LZ_RUNS ?? 200);
const SEED = Number(process.env.LZ_SEED ?? 20_261_122);
const INTERNET = ['8.8.8.8', '9.9.9.9', '2a00:1450::5'];
const OUTSIDES: { readonly [id: string]: string } = { office: '192.168.3.4', branch: '10.99.1.1' };

/** How the pairs came out, so that nobody agrees about nothing. */
const tally = new Map<string, number>();

/** One question and single packets of it. */
interface Sample {
  readonly from: NetworkPlace;
  readonly to: NetworkPlace;
  readonly tries: readonly Try[];
}

function addressIn(cidr: string, place: number): string {
  const base = cidr.split('/')[0]!;
  return isSix(base) ? `${base}${(place + 5).toString(16)}` : base.replace(/\d+$/, (last) => String(Number(last) + place));
}

function samples(g: fc.GeneratorValue, topology: NetworkTopology): Sample[] {
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, values.length - 1)]!;
  const ends = (vpc: Vpc) => vpc.subnets.flatMap((subnet) => subnet.ranges.map((range) => ({ vpc, subnet, address: addressIn(range, pick([4, 5, 11])) })));
  const traffic = () => ({ protocol: pick([6, 6, 6, 17, 1, 47]), port: pick([443, 443, 80, 22, 1023, 33_000]) });
  const spokes = topology.vpcs.filter(({ id }) => id.startsWith('s'));
  const alike = (src: string, dst: string) => isSix(src) === isSix(dst);
  const result: Sample[] = [];
  for (let at = 0; at < 3; at++) {
    const [one, other] = [pick(spokes), pick(at < 2 ? spokes : topology.vpcs)];
    if (one === other) continue;
    const [from, to] = [pick(ends(one)), pick(ends(other))];
    if (alike(from.address, to.address)) {
      result.push({ from: { kind: 'vpc', id: one.id }, to: { kind: 'vpc', id: other.id }, tries: [{ from, to: { vpc: other }, src: from.address, dst: to.address, ...traffic() }] });
      const [source, target] = [one.interfaces[0], other.interfaces[0]];
      if (source && target) {
        const near = (vpc: Vpc, subnet: string) => ends(vpc).find((end) => end.subnet.id === subnet)!;
        const [left, right] = [near(one, source.subnets[0]!), near(other, target.subnets[0]!)];
        result.push({ from: { kind: 'interface', id: source.id }, to: { kind: 'interface', id: target.id }, tries: [{ from: { ...left, interface: source }, to: { vpc: other, interface: target }, src: left.address, dst: right.address, ...traffic() }] });
      }
    }
  }
  const segments = [pick(['seg0', 'seg1']), pick(['seg0', 'seg1'])] as const;
  const [sources, targets] = segments.map((name) => spokes.filter(({ segment }) => segment === name)) as [Vpc[], Vpc[]];
  if (sources.length > 0 && targets.length > 0) {
    const from = pick(ends(pick(sources)));
    const to = pick(ends(pick(targets)));
    const holders = targets.filter((vpc) => vpc !== from.vpc && vpc.subnets.some(({ ranges }) => ranges.some((range) => has(range, to.address))));
    const question = traffic();
    if (alike(from.address, to.address) && holders.length > 0) {
      result.push({ from: { kind: 'segment', name: segments[0] }, to: { kind: 'segment', name: segments[1] }, tries: holders.map((vpc) => ({ from, to: { vpc }, src: from.address, dst: to.address, ...question })) });
    }
  }
  const own = pick(spokes);
  const from = pick(ends(own));
  const far = pick(INTERNET);
  const question = traffic();
  if (alike(from.address, far)) {
    result.push({ from: { kind: 'vpc', id: own.id }, to: { kind: 'internet' }, tries: [{ from, to: 'internet', src: from.address, dst: far, ...question }] });
    // The internet comes to a VPC by its own gateway only.
    if (own.internetGateway !== undefined) result.push({ from: { kind: 'internet' }, to: { kind: 'vpc', id: own.id }, tries: [{ from: { internetBy: own }, to: { vpc: own }, src: far, dst: from.address, ...question }] });
  }
  const vpn = topology.attachments.find(({ link }) => link.kind === 'vpn');
  for (const { id } of topology.outsides) {
    const address = OUTSIDES[id]!;
    if (!alike(from.address, address)) continue;
    result.push({ from: { kind: 'vpc', id: own.id }, to: { kind: 'outside', id }, tries: [{ from, to: { outside: id }, src: from.address, dst: address, ...question }] });
    if (id === 'office' && vpn) result.push({ from: { kind: 'outside', id }, to: { kind: 'vpc', id: own.id }, tries: [{ from: { attachment: vpn }, to: { vpc: own }, src: address, dst: from.address, ...question }] });
  }
  return result;
}

/** What the engine says of one pair of addresses. */
function kindsOf(network: Network, { from, to, tries }: Sample): { readonly kinds: string[]; readonly flows: readonly Flow[] } {
  const { src, dst, protocol, port } = tries[0]!;
  const { network: compiled, flows } = network.flows({ from, to });
  const named = flows.some(({ traffic }) => traffic.protocol === protocol);
  const isOf = ({ traffic }: Flow) => (named ? traffic.protocol === protocol && traffic.from <= port && port <= traffic.to : traffic.protocol === undefined);
  const mine = flows.filter((flow) => compiled.space.has(flow.src, src) && compiled.space.has(flow.dst, dst)
    && (flow.start.subnet === undefined || [...flow.start.subnet.ids].some((id) => 'subnet' in tries[0]!.from && tries[0]!.from.subnet.id === id))
    && isOf(flow));
  return { kinds: [...new Set(mine.map(({ kind }) => kind))].sort(), flows: mine };
}

test(`the engine agrees with single packets of ${RUNS} random networks`, () => {
  fc.assert(fc.property(fc.gen(), (g) => {
    const topology = randomTopology(g);
    const network = new Network(topology);
    for (const sample of samples(g, topology)) {
      const expected = new Set<string>(sample.tries.flatMap((one) => [...outcomes(topology, one)]).filter((kind) => kind !== 'service'));
      const { kinds, flows } = kindsOf(network, sample);
      const said = kinds.length > 0 ? kinds : ['blocked'];
      for (const { kind, leaf } of flows) {
        if (kind !== 'reached') continue;
        for (const [what, list] of Object.entries({ inspected: leaf.packets.inspected, translated: leaf.packets.translated })) if (list.length > 0) tally.set(what, (tally.get(what) ?? 0) + 1);
      }
      tally.set([...expected].sort().join('+'), (tally.get([...expected].sort().join('+')) ?? 0) + 1);
      if (expected.size > 0 && [...expected].sort().join() !== said.join()) {
        throw new Error(JSON.stringify({
          simulated: [...expected].sort(), engine: said, from: sample.from, to: sample.to, ...sample.tries.map(({ src, dst, protocol, port }) => ({ src, dst, protocol, port }))[0],
          flows: flows.map(({ kind, why, leaf, back }) => ({ kind, why, path: leaf.packets.path.map(({ component, detail }) => `${component} ${detail ?? ''}`), back: back?.path.map(({ component, detail }) => `${component} ${detail ?? ''}`) })),
        }, undefined, 1));
      }
    }
  }), { numRuns: RUNS, seed: SEED, endOnFailure: process.env.LZ_SHRINK === undefined });
  if (process.env.LZ_RUNS !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries(tally))}\n`);
}, 3_600_000);

test('random networks are of all kinds', () => {
  for (const kind of ['reached', 'blocked', 'inspected']) expect(tally.get(kind) ?? 0).toBeGreaterThan(RUNS / 4);
  for (const kind of ['unknown', 'translated', 'blocked+reached']) expect(tally.get(kind) ?? 0).toBeGreaterThan(RUNS / 100);
});
