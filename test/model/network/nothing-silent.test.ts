import { stackOf } from './reading';
import { ZOO } from './zoo';
import { parseIpRange } from '../../../src/analysis/ip-range';
import { Firewall, NetworkTopology } from '../../../src/analysis/network/topology';
import { networkFromAssembly } from '../../../src/model/network/network-from-assembly';
import { coverageOf } from '../../../src/model/network/type-coverage';
import { assemblyOf } from '../assembly/stacks';

type Path = readonly (string | number)[];

/** A parameter without a default: nobody knows its value before the deployment. */
const MYSTERY = { Ref: 'Mystery' };

/** Properties that count as the value that lets more through, without a word. */
const TAKEN_FOR_OPEN: { readonly [property: string]: string } = {
  MapPublicIpOnLaunch: 'public', AssociatePublicIpAddress: 'public', Scheme: 'public', PubliclyAccessible: 'public', AssignPublicIp: 'public', PrivateIpAddress: 'any address of the subnet',
  IpAddress: 'any address of the subnet', ServiceName: 'a name; appliances may let everything through whatever they are called', Ipv4NetmaskLength: 'the shortest prefix', GeneratedRulesType: 'an allow list',
};

/** Values that a property might have in place of its own, to see whether it matters. */
const OTHERS: readonly any[] = [
  true, false, 'enable', 'disable', 'ANY', -1, 1, 6, 443, 5_000, '10.99.0.0/16', 'deny', 'regional', 'private', 'Interface', 'DEFAULT_ACTION_ORDER', 'aws:pass', 'internal', 'network', 'block-ingress', 'off',
  'allow-bidirectional', 'DISABLED', 'DENYLIST', 'eu-west-1c', [],
];

const ENDS = ['10.0.0.1', '10.2.0.1', '10.5.0.1', '10.6.0.1', '192.0.2.1'];
const CONNECTIONS = ENDS.flatMap((from) => ENDS.flatMap((to) => [{ from, to, protocol: 6, port: 443 }, { from, to, protocol: 17, port: 53 }]));
const VERDICTS = new Map<string, readonly string[]>();

const topologyWith = (logicalId: string, path: Path, value: any) => {
  const [type, properties = {}] = ZOO[logicalId]!;
  return read({ ...ZOO, [logicalId]: [type, changed(properties, path, value)] });
};
const read = (sketch: typeof ZOO) => networkFromAssembly(assemblyOf(stackOf('S', sketch, { template: { Parameters: { Mystery: { Type: 'String' } } } }))).topology;
const BEFORE = read(ZOO);
const PARTS = partsOf(BEFORE);

test('all that is read is in the zoo, and nothing of it is unknown', () => {
  expect(BEFORE.unknowns).toEqual([]);
  expect([BEFORE.vpcs.length, BEFORE.gateways.length, BEFORE.firewalls.length, BEFORE.attachments.length]).toEqual([4, 3, 3, 9]);
});

const CASES = Object.entries(ZOO).flatMap(([logicalId, [type, properties = {}]]) => (coverageOf(`AWS::${type}`) === 'modelled' ? [...pathsIn(properties)].map((path): [string, string, Path] => [`${logicalId}.${path.join('.')}`, logicalId, path]) : []));

/** What the reader neither knows nor tells: one property after the other is what nobody knows. */
test.each(CASES)('%s: what is not known changes nothing, or is told', (_, logicalId, path) => {
  const after = topologyWith(logicalId, path, MYSTERY);
  expect(turnedVerdicts(BEFORE, after)).toEqual([]);
  const differing = differences(after);
  if (differing.length === 0) {
    if (after.unknowns.length > 0 || isTakenForOpen(path) || !isLeaf(logicalId, path)) return;
    const others = OTHERS.map((other) => [other, topologyWith(logicalId, path, other)] as const);
    expect(others.filter(([, other]) => differences(other).length > 0 || turnedVerdicts(other, after).length > 0)).toEqual([]);
    return;
  }
  if (marksOf(after) > marksOf(BEFORE) || isTakenForOpen(path)) return;
  expect(after.unknowns).not.toEqual([]);
  expect(differing.filter((id) => !isCovered(id, after))).toEqual([]);
});

function isTakenForOpen(path: Path): boolean {
  return path.some((step) => TAKEN_FOR_OPEN[step] !== undefined);
}

/** Whether what is told affects a part, or the VPC or gateway that it belongs to. Parts of neither are told of at all. */
function isCovered(id: string, { unknowns }: NetworkTopology): boolean {
  const affected = new Set(unknowns.flatMap(({ affects }) => affects ?? [id]));
  const gateway = BEFORE.gateways.find(({ tables }) => tables.some((table) => table.id === id))?.id ?? id.replace(/#default$/, '');
  const vpc = BEFORE.vpcs.find((one) => one.id === id);
  const attachment = BEFORE.attachments.find((one) => one.id === id);
  const owners = [id, gateway, ...vpc?.routeTables.map((table) => table.id) ?? [], ...attachment ? [attachment.gateway] : []];
  const isRouting = vpc !== undefined || attachment !== undefined || BEFORE.gateways.some((one) => one.id === gateway);
  return !isRouting || owners.some((one) => affected.has(one));
}

function differences(after: NetworkTopology): string[] {
  const parts = partsOf(after);
  return [...new Set([...PARTS.keys(), ...parts.keys()])].filter((id) => PARTS.get(id) !== parts.get(id));
}

/** Parts by id; a VPC without its interfaces, who are parts themselves. Firewalls are held against what they judge. */
function partsOf({ vpcs, gateways, attachments, peerings, securityGroups, outsides }: NetworkTopology): Map<string, string> {
  const tables = gateways.flatMap((gateway) => gateway.tables);
  const all = [
    ...vpcs.map((vpc) => ({ ...vpc, interfaces: [] })), ...vpcs.flatMap(({ interfaces }) => interfaces), ...gateways.map((gateway) => ({ ...gateway, tables: gateway.tables.map(({ id }) => id) })),
    ...tables, ...attachments, ...peerings, ...securityGroups, ...outsides,
  ];
  return new Map(all.map((part) => [part.id, JSON.stringify(part, (key, value) => (key === 'name' || key === 'origin' ? undefined : value))]));
}

/** How often the topology itself says that something is not known. */
function marksOf({ unknowns: _, ...topology }: NetworkTopology): number {
  return JSON.stringify(topology).match(/"kind":"unknown"|"unknown":|"mayAnnounceMore":true/g)?.length ?? 0;
}

/** Connections that a firewall judges in another way than it would if the value were known, and not as what may pass. */
function turnedVerdicts(known: NetworkTopology, { firewalls }: NetworkTopology): string[] {
  return known.firewalls.flatMap((before) => {
    const now = verdictsOf(firewalls.find(({ id }) => id === before.id));
    return CONNECTIONS.filter((_, index) => now[index] !== verdictsOf(before)[index] && now[index] !== 'may-pass').map(({ from, to, protocol }) => `${before.name}: ${from} to ${to} by ${protocol}`);
  });
}

function verdictsOf({ rules, otherwise }: Partial<Firewall> = {}): readonly string[] {
  const key = JSON.stringify([rules, otherwise]);
  const verdicts = VERDICTS.get(key) ?? CONNECTIONS.map(({ from, to, protocol, port }) => rules?.find((rule) => (
    isIn(rule.sources, from) && isIn(rule.destinations, to) && [undefined, protocol].includes(rule.protocol)
    && (rule.ports === undefined || (rule.ports.from <= port && port <= rule.ports.to))
  ))?.action ?? otherwise ?? 'may-pass');
  VERDICTS.set(key, verdicts);
  return verdicts;
}

function isIn(blocks: readonly string[], address: string): boolean {
  return blocks.some((block) => contains(block, address));
}

function contains(block: string, address: string): boolean {
  const [outer, inner] = [parseIpRange(block)!, parseIpRange(address)!];
  if (outer.bits !== inner.bits) return false;
  const size = 2n ** BigInt(outer.bits - outer.prefix);
  return outer.address / size === inner.address / size;
}

function* pathsIn(json: any, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof json !== 'object' || json === null || isFunction(json)) return;
  for (const key of Object.keys(json)) yield* pathsIn(json[key], [...path, Array.isArray(json) ? Number(key) : key]);
}

function isFunction(json: any): boolean {
  const [name, ...others] = Object.keys(json);
  return others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'));
}

function isLeaf(logicalId: string, path: Path): boolean {
  const value = path.reduce<any>((json, step) => json[step], ZOO[logicalId]![1]);
  return typeof value !== 'object' || value === null;
}

function changed(json: any, [step, ...rest]: Path, value: any): any {
  if (step === undefined) return value;
  const copy = Array.isArray(json) ? [...json] : { ...json };
  copy[step] = changed(json[step], rest, value);
  return copy;
}
