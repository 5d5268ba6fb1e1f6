import * as fc from 'fast-check';
import { LinuxNetwork, obstacle } from './linux-network';
import { Network } from '../../../../src/analysis/network/network';
import { Attachment, NetworkTopology, Route, VpcPeering } from '../../../../src/analysis/network/topology';
import { attach, attachVpc, gateway, topology, vpc } from '../build';

const RUNS = Number(process.env.LZ_RUNS ?? 15);
const SEED = Number(process.env.LZ_SEED ?? 20_261_123);
const BLOCKS = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.4.0.0/16'];
const why = obstacle();
if (why !== undefined) process.stderr.write(`Packets in network namespaces are not sent here: ${why}\n`);
const whereNamespacesAre = why === undefined ? test : test.skip;

/** What Linux can carry: routes, tables, associations, propagations, black holes and peerings; one zone, no filters. */
function routed(g: fc.GeneratorValue): NetworkTopology {
  const pick = <T>(values: readonly T[]): T => values[g(fc.nat, values.length - 1)]!;
  const chance = (percent: number) => g(fc.nat, 99) < percent;
  const count = 2 + g(fc.nat, 2);
  const hubs = chance(40) ? ['hub', 'far'] : ['hub'];
  const hubOf = (at: number) => hubs[at % hubs.length]!;
  const peerings: VpcPeering[] = chance(40) ? [{ id: 'pcx', name: 'pcx', vpcs: ['s0', 's1'] }] : [];
  const vpcs = BLOCKS.slice(0, count).map((block, at) => {
    const octets = block.split('.').slice(0, 2).join('.');
    const others = ['10.0.0.0/8', ...BLOCKS.filter((one) => one !== block), ...[1, 2, 3, 4].filter((one) => one !== at + 1).map((one) => `10.${one}.0.0/24`)];
    const toHub = (destination: string): Route => ({ destinations: [destination], target: { kind: 'transit-gateway', gateway: hubOf(at) } });
    const toPeer = (destination: string): Route => ({ destinations: [destination], target: { kind: 'peering', peering: 'pcx' } });
    const routes = () => {
      const found = [...chance(85) ? [toHub('0.0.0.0/0')] : [], ...chance(50) ? [toHub(pick(others))] : [], ...(at < 2 && peerings.length > 0 ? [toPeer(chance(80) ? BLOCKS[1 - at]! : pick(others))] : [])];
      return found.filter(({ destinations: [own] }, index) => found.findIndex(({ destinations: [other] }) => own === other) === index);
    };
    return vpc(`s${at}`, [block], ['n0 z ' + octets + '.0.0/24 t0', ...chance(50) ? [`n1 z ${octets}.1.0/24 t1`] : [], `x0 z ${octets}.200.0/28 ${chance(70) ? 'main' : 'x'}`], {
      t0: routes(), t1: routes(), x: chance(50) ? [toHub('0.0.0.0/0')] : [],
    });
  });
  const attachments: Attachment[] = vpcs.map(({ name }, at) => attachVpc(name, chance(92) ? pick(['one', 'two']) : undefined, ['x0'], false, hubOf(at)));
  if (hubs.length > 1) attachments.push(attach('p-hub', chance(90) ? 'one' : undefined, { kind: 'peering', peer: 'p-far' }), attach('p-far', chance(90) ? 'two' : undefined, { kind: 'peering', peer: 'p-hub' }, 'far'));
  const gateways = hubs.map((id) => {
    const own = attachments.filter((one) => one.gateway === id).map((one) => one.id);
    const table = () => {
      const routes = ['10.0.0.0/8', '0.0.0.0/0', ...BLOCKS, '10.1.1.0/24', '10.2.0.0/24'].filter(() => chance(30)).map((destination) => `${destination} ${chance(75) ? pick(own) : 'blackhole'}`);
      return { routes: [...routes, ...hubs.length > 1 && chance(70) && !routes.some((one) => one.startsWith('0.0.0.0/0')) ? [`0.0.0.0/0 p-${id}`] : []], learns: own.filter((one) => one.startsWith('att-') && chance(70)) };
    };
    return gateway(id, { one: table(), two: table() });
  });
  return topology({ vpcs, gateways, attachments, peerings });
}

/** Pairs that differ, `10.1.0.5 10.2.0.5: packets arrive, the engine says none`, and how many pairs there were. */
async function disagreements(wired: NetworkTopology, asked = wired): Promise<{ readonly found: string[]; readonly reached: number; readonly pairs: number }> {
  const linux = new LinuxNetwork(wired);
  try {
    await linux.make();
    const answered = await linux.answered();
    const network = new Network(asked);
    const pairs = linux.hosts.flatMap((from) => linux.hosts.filter(({ vpc: other }) => other !== from.vpc).map((to) => ({ from, to })));
    const found = pairs.flatMap(({ from, to }) => {
      const { verdict, blocked } = network.reach({ from: { kind: 'cidr', cidr: `${from.address}/32` }, to: { kind: 'cidr', cidr: `${to.address}/32` }, protocol: 17, port: 4000 });
      const isAnswered = answered.has(`${from.address} ${to.address}`);
      return verdict === (isAnswered ? 'all' : 'none') ? [] : [`${from.address} ${to.address}: ${isAnswered ? 'packets and answers arrive' : 'no answer'}, the engine says ${verdict} ${blocked[0]?.why ?? ''}`];
    });
    return { found, reached: answered.size, pairs: pairs.length };
  } finally {
    linux.remove();
  }
}

whereNamespacesAre('packets of the Linux kernel get where the engine says, and nowhere else', async () => {
  let [reached, pairs] = [0, 0];
  for (const network of fc.sample(fc.gen().map(routed), { numRuns: RUNS, seed: SEED })) {
    const result = await disagreements(network);
    reached += result.reached;
    pairs += result.pairs;
    expect({ found: result.found, network: result.found.length > 0 ? network : undefined }).toEqual({ found: [], network: undefined });
  }
  process.stdout.write(`${RUNS} networks of namespaces, ${pairs} pairs of hosts, ${reached} of them answered\n`);
  expect(reached).toBeGreaterThan(pairs / 20);
  expect(reached).toBeLessThan(pairs / 1.2);
}, 30_000 + RUNS * 3_000);

whereNamespacesAre('an engine that is told of another network disagrees', async () => {
  const toHub: Route = { destinations: ['0.0.0.0/0'], target: { kind: 'transit-gateway', gateway: 'hub' } };
  const spoke = (name: string, octets: string) => vpc(name, [`${octets}.0.0/16`], [`n0 z ${octets}.0.0/24 t0`, `x0 z ${octets}.200.0/28 main`], { t0: [toHub] });
  const wired = (table: string | undefined) => topology({
    vpcs: [spoke('s0', '10.1'), spoke('s1', '10.2')], gateways: [gateway('hub', { one: { learns: ['att-s0', 'att-s1'] } })], attachments: [attachVpc('s0', 'one', ['x0']), attachVpc('s1', table, ['x0'])],
  });
  expect((await disagreements(wired('one'))).found).toEqual([]);
  expect((await disagreements(wired('one'), wired(undefined))).found).toHaveLength(2);
  expect((await disagreements(wired(undefined), wired('one'))).found).toHaveLength(2);
}, 30_000);
