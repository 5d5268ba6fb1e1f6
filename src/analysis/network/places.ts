import { Cells, intersect, union } from './cells';
import { AttachmentGroup, CompiledNetwork, SubnetGroup, VpcGroup } from './compiled-network';
import { Leaf } from './packets';
import { NetworkPlace } from './question';
import { NetworkInterface, NetworkTopology } from './topology';

/** Where packets start. */
export interface Start {
  readonly cells: Cells;
  readonly subnet?: SubnetGroup;
  readonly attachment?: AttachmentGroup;
  /** VPC whose gateway they enter by. */
  readonly gateway?: { readonly vpc: VpcGroup; readonly kind: 'internet' | 'vpn' };
  readonly interface?: NetworkInterface;
  /** Whether someone there is expected to reach others. */
  readonly isExpected: boolean;
}

/** Where packets are to arrive. */
export interface Goal {
  readonly cells: Cells;
  /** Of them, those that are expected to be reached. */
  readonly expected: Cells;
  readonly interface?: NetworkInterface;
  /** VPCs that they are in, and which of the expected addresses are each one's. */
  readonly parts: ReadonlyMap<VpcGroup, Cells>;
  readonly isInternet: boolean;
  accepts(leaf: Leaf): boolean;
}

/** Uses of subnets whose hosts are not expected to speak with other networks. */
const APART = ['transit', 'firewall', 'isolated'];
const isExpected = ({ subnet }: SubnetGroup) => subnet.tier === undefined || !APART.includes(subnet.tier);

/** VPCs that a question is about by themselves, rather than as one of many. */
export function singledOut(topology: NetworkTopology, places: readonly NetworkPlace[]): Set<string> {
  return new Set(places.flatMap((place) => topology.vpcs.filter((vpc) => {
    switch (place.kind) {
      case 'account': return vpc.account === place.id;
      case 'vpc': return vpc.id === place.id;
      case 'subnet': return vpc.subnets.some(({ id }) => id === place.id);
      case 'interface': return vpc.interfaces.some(({ id }) => id === place.id);
      case 'cidr': return true;
      default: return false;
    }
  }).map(({ id }) => id)));
}

/** What is wrong with a place; undefined where it is one of the topology. */
export function missingPlace(topology: NetworkTopology, place: NetworkPlace): string | undefined {
  const list = (names: readonly string[]) => [...new Set(names)].sort().slice(0, 12).join(', ') || 'none';
  switch (place.kind) {
    case 'segment': {
      const names = [...topology.vpcs.flatMap(({ segment }) => segment ?? []), ...topology.intents.flatMap(({ segments }) => segments.map(({ name }) => name))];
      return names.includes(place.name) ? undefined : `there is no segment ${place.name}. Segments: ${list(names)}`;
    }
    case 'account':
      return topology.vpcs.some(({ account }) => account === place.id) ? undefined : `account ${place.id} has no VPC. Accounts with VPCs: ${list(topology.vpcs.map(({ account }) => account))}`;
    case 'vpc': return topology.vpcs.some(({ id }) => id === place.id) ? undefined : `there is no VPC ${place.id}. VPCs: ${list(topology.vpcs.map(({ name }) => name))}`;
    case 'subnet': return topology.vpcs.some(({ subnets }) => subnets.some(({ id }) => id === place.id)) ? undefined : `there is no subnet ${place.id}`;
    case 'interface': return topology.vpcs.some(({ interfaces }) => interfaces.some(({ id }) => id === place.id)) ? undefined : `there is no interface ${place.id}`;
    case 'outside': return topology.outsides.some(({ id }) => place.id === undefined || id === place.id) ? undefined : 'there is no network on premises';
    default: return undefined;
  }
}

export function startsOf(network: CompiledNetwork, place: NetworkPlace): Start[] {
  const { topology } = network;
  switch (place.kind) {
    case 'internet': return network.groups.filter(({ vpc }) => vpc.internetGateway !== undefined)
      .map((vpc) => ({ cells: network.internet, gateway: { vpc, kind: 'internet' as const }, isExpected: true }));
    case 'outside': return topology.outsides.filter(({ id }) => place.id === undefined || id === place.id).flatMap(({ id, ranges, mayAnnounceMore }) => [
      ...outsideStarts(network, id, network.space.ofAll(ranges), true),
      ...(mayAnnounceMore ? outsideStarts(network, id, network.undeclared, false) : []),
    ]);
    case 'interface': {
      const found = topology.vpcs.flatMap(({ interfaces }) => interfaces).find(({ id }) => id === place.id)!;
      const cellsOf = (subnet: SubnetGroup) => (found.address === undefined ? subnet.cells : intersect(subnet.cells, network.space.of(found.address)));
      return subnetsOf(network, place).map((subnet) => ({ cells: cellsOf(subnet), subnet, interface: found, isExpected: true }))
        .filter(({ cells }) => cells.length > 0);
    }
    case 'cidr': {
      const asked = network.space.of(place.cidr);
      const inside = network.groups.flatMap(({ subnets }) => subnets).map((subnet) => ({ cells: intersect(subnet.cells, asked), subnet, isExpected: true }));
      const beyond = topology.outsides.flatMap(({ id, ranges }) => outsideStarts(network, id, intersect(asked, network.space.ofAll(ranges)), true));
      const internet = startsOf(network, { kind: 'internet' }).map((start) => ({ ...start, cells: intersect(asked, network.internet) }));
      return [...inside, ...beyond, ...internet].filter(({ cells }) => cells.length > 0);
    }
    default: return subnetsOf(network, place).map((subnet) => ({ cells: subnet.cells, subnet, isExpected: isExpected(subnet) || place.kind === 'subnet' }));
  }
}

export function goalOf(network: CompiledNetwork, place: NetworkPlace): Goal {
  const { topology, space } = network;
  switch (place.kind) {
    case 'internet': return { cells: network.internet, expected: network.internet, parts: new Map(), isInternet: true, accepts: ({ kind }) => kind === 'internet' };
    case 'outside': {
      const cells = space.ofAll(topology.outsides.filter(({ id }) => place.id === undefined || id === place.id).flatMap(({ ranges }) => ranges));
      return { cells, expected: cells, parts: new Map(), isInternet: false, accepts: ({ kind, outside }) => kind === 'outside' && (place.id === undefined || outside === place.id) };
    }
    case 'cidr': {
      const cells = space.of(place.cidr);
      return { cells, expected: cells, parts: new Map(), isInternet: false, accepts: ({ kind }) => ['vpc', 'internet', 'outside', 'service'].includes(kind) };
    }
    default: {
      const subnets = subnetsOf(network, place);
      const found = place.kind === 'interface' ? topology.vpcs.flatMap(({ interfaces }) => interfaces).find(({ id }) => id === place.id)! : undefined;
      const all = union(...subnets.map(({ cells }) => cells));
      const cells = found?.address === undefined ? all : intersect(all, space.of(found.address));
      const named = place.kind === 'subnet' || place.kind === 'interface';
      const expected = subnets.filter((subnet) => named || isExpected(subnet));
      const partOf = (vpc: VpcGroup) => intersect(cells, union(...expected.filter((subnet) => subnet.vpc === vpc).map((subnet) => subnet.cells)));
      const parts = new Map([...new Set(expected.map(({ vpc }) => vpc))].map((vpc) => [vpc, partOf(vpc)]));
      return {
        cells,
        expected: union(...parts.values()),
        ...(found && { interface: found }),
        parts,
        isInternet: false,
        accepts: ({ kind, subnet }) => kind === 'vpc' && subnets.includes(subnet!),
      };
    }
  }
}

/** Whether both sides are within one VPC that the question names. */
export function isWithin(from: NetworkPlace, to: NetworkPlace): boolean {
  const narrow = ['vpc', 'subnet', 'interface', 'cidr'];
  return narrow.includes(from.kind) && narrow.includes(to.kind);
}

function outsideStarts(network: CompiledNetwork, id: string, cells: Cells, expected: boolean): Start[] {
  if (cells.length === 0) return [];
  const attachments = network.topology.attachments.filter(({ link }) => 'outside' in link && link.outside === id);
  const gateways = network.groups.filter(({ vpc }) => vpc.routeTables.some(({ routes }) => routes.some(({ target }) => target.kind === 'vpn-gateway' && target.outside === id)));
  return [
    ...attachments.map((attachment) => ({ cells, attachment: network.attachmentGroup(attachment), isExpected: expected })),
    ...gateways.map((vpc) => ({ cells, gateway: { vpc, kind: 'vpn' as const }, isExpected: expected })),
  ];
}

function subnetsOf(network: CompiledNetwork, place: NetworkPlace): SubnetGroup[] {
  const of = (wanted: (group: VpcGroup) => boolean) => network.groups.filter(wanted).flatMap(({ subnets }) => subnets);
  switch (place.kind) {
    case 'segment': return of(({ vpc }) => vpc.segment === place.name && (place.region === undefined || vpc.region === place.region));
    case 'account': return of(({ vpc }) => vpc.account === place.id);
    case 'vpc': return of(({ vpc }) => vpc.id === place.id);
    case 'subnet': return of(() => true).filter(({ ids }) => ids.has(place.id));
    case 'interface': return of(({ vpc }) => vpc.interfaces.some(({ id }) => id === place.id))
      .filter(({ subnet, vpc }) => vpc.vpc.interfaces.find(({ id }) => id === place.id)!.subnets.includes(subnet.id));
    default: return [];
  }
}

