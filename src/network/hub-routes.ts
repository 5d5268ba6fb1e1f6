import { Cidr } from '../analysis/cidr';

/** What the routes of a hub follow from. */
export interface HubFacts {
  readonly region: string;
  readonly plan: { readonly cidr: string; readonly onPremises: readonly string[]; regionCidr(region: string): string; segmentCidr(region: string, segment: string): string };
  readonly segments: readonly SegmentFacts[];
  /** Regions of hubs that this one is peered with. */
  readonly peers: readonly PeerFacts[];
  readonly hasEgress: boolean;
  readonly inspectsEgress: boolean;
  readonly inspectsEastWest: boolean;
  /** Links of this hub to networks on premises, in the order in which they were made. */
  readonly links: readonly LinkFacts[];
  /** Whether connections between two segments are allowed, in one direction or both. */
  connects(one: string, other: string): boolean;
}

/** A segment, as far as routes hang on it. */
export interface SegmentFacts {
  readonly name: string;
  readonly isIsolated: boolean;
  readonly hasEgress: boolean;
}

/** A VPN or Direct Connect. */
export interface LinkFacts {
  readonly key: string;
  /** Blocks that are behind it. */
  readonly ranges: readonly string[];
}

/** A peered hub. */
export interface PeerFacts {
  readonly region: string;
  /** Blocks on premises that its own links lead to. */
  readonly onPremises: readonly string[];
}

/** Tables that are no segment's. */
export const INSPECTION = 'inspection';
export const EGRESS = 'egress';
export const PEERING = 'peering';
/** The segment of networks on premises. */
export const ON_PREMISES = 'on-premises';

/** Where a static route of a hub leads. */
export type HubTarget =
  | { readonly kind: 'blackhole' | 'inspection' | 'egress' }
  | { readonly kind: 'on-premises'; readonly link: string }
  | { readonly kind: 'peer'; readonly region: string };

/** A static route of a hub. */
export interface HubRoute {
  readonly table: string;
  readonly destination: string;
  readonly target: HubTarget;
}

/**
 * The static routes of all tables of a hub. Whatever is not allowed ends in a black hole of the whole plan, or of a network on premises: without it a default
 * route would carry it to the firewall, and the firewall back to where it must not go.
 *
 * No two kinds of target share a destination: CloudFormation creates a new route before it deletes an old one, and a table has one static route a destination.
 * So each kind of target takes the block in halves, quarters or eighths: the longer prefix takes over at once, and nothing is down in between (ADR 10).
 */
export function hubRoutes(facts: HubFacts): HubRoute[] {
  return [
    ...facts.segments.flatMap((segment) => segmentRoutes(segment, facts)),
    ...(facts.plan.onPremises.length > 0 ? onPremisesRoutes(facts) : []),
    ...(facts.inspectsEgress || facts.inspectsEastWest ? inspectionRoutes(facts) : []),
    ...(facts.hasEgress ? egressRoutes(facts) : []),
    ...(facts.peers.length > 0 ? peeringRoutes(facts) : []),
  ];
}

/** Tables that learn the addresses of a segment's VPCs. */
export function propagationsOf(name: string, facts: HubFacts): string[] {
  const own = facts.segments.find((segment) => segment.name === name)!;
  const inspects = facts.inspectsEgress || facts.inspectsEastWest;
  const connected = [...facts.segments.map((segment) => segment.name), ...(facts.plan.onPremises.length > 0 ? [ON_PREMISES] : [])]
    .filter((other) => other !== name && facts.connects(name, other));
  return [
    ...(own.isIsolated ? [] : [name]),
    ...(facts.inspectsEastWest ? [] : connected),
    ...(inspects ? [INSPECTION] : []),
    ...(facts.hasEgress && !facts.inspectsEgress && own.hasEgress ? [EGRESS] : []),
    ...(facts.peers.length > 0 && !facts.inspectsEastWest ? [PEERING] : []),
  ];
}

function segmentRoutes(segment: SegmentFacts, facts: HubFacts): HubRoute[] {
  const { name: table } = segment;
  return [
    blackhole(table, facts.plan.cidr),
    ...facts.plan.onPremises.map((cidr) => blackhole(table, cidr)),
    ...(facts.connects(table, ON_PREMISES) ? toOnPremises(table, facts) : []),
    ...toSegments(table, facts, (other) => (other.name === table ? !segment.isIsolated : facts.connects(table, other.name))),
    ...(facts.hasEgress && segment.hasEgress ? everything(table, facts) : []),
  ];
}

/** The default route: inspected in halves, so that inspection can come and go. */
function everything(table: string, { inspectsEgress }: HubFacts): HubRoute[] {
  return inspectsEgress ? parts('0.0.0.0/0', 1).map((destination) => ({ table, destination, target: { kind: 'inspection' } })) : [{ table, destination: '0.0.0.0/0', target: { kind: 'egress' } }];
}

/** Segments of this Region by the firewall only, their VPCs are known by propagation otherwise; of other Regions by their one block. */
function toSegments(table: string, facts: HubFacts, isConnected: (segment: SegmentFacts) => boolean): HubRoute[] {
  return facts.segments.filter(isConnected).flatMap((segment): HubRoute[] => {
    const here = facts.inspectsEastWest && segment.name !== table
      ? [{ table, destination: facts.plan.segmentCidr(facts.region, segment.name), target: { kind: 'inspection' as const } }] : [];
    return [...here, ...facts.peers.flatMap(({ region }) => toRemote(table, facts.plan.segmentCidr(region, segment.name), region, facts))];
  });
}

function toRemote(table: string, cidr: string, region: string, { inspectsEastWest }: HubFacts): HubRoute[] {
  return inspectsEastWest ? parts(cidr, 1).map((destination) => ({ table, destination, target: { kind: 'inspection' } })) : [{ table, destination: cidr, target: { kind: 'peer', region } }];
}

/**
 * An address goes to the longest block that has it, by the first link with that block, of this hub before those of others. Each way has its own number of parts of a block, so that one
 * can take the place of another; parts that lie within a longer block are that one's.
 */
function toOnPremises(table: string, facts: HubFacts): HubRoute[] {
  const ways = waysOnPremises(facts);
  const isInspected = facts.inspectsEastWest && table !== INSPECTION;
  return ways.flatMap(({ block, target }) => {
    const bits = isInspected ? 3 : target.kind === 'on-premises' ? 2 : 1;
    const longer = ways.map((way) => Cidr.parse(way.block)!).filter(({ prefix }) => prefix > Cidr.parse(block)!.prefix);
    return parts(block, bits).filter((part) => !longer.some((other) => other.contains(Cidr.parse(part)!)))
      .map((destination): HubRoute => ({ table, destination, target: isInspected ? { kind: 'inspection' } : target }));
  });
}

function waysOnPremises({ links, peers }: HubFacts): { readonly block: string; readonly target: HubTarget }[] {
  const all = [
    ...links.flatMap(({ key, ranges }) => ranges.map((block) => ({ block, target: { kind: 'on-premises' as const, link: key } }))),
    ...peers.flatMap(({ region, onPremises }) => onPremises.map((block) => ({ block, target: { kind: 'peer' as const, region } }))),
  ];
  return all.filter(({ block }, index) => all.findIndex((before) => before.block === block) === index);
}

function onPremisesRoutes(facts: HubFacts): HubRoute[] {
  const table = ON_PREMISES;
  return [blackhole(table, facts.plan.cidr), ...toSegments(table, facts, ({ name }) => facts.connects(ON_PREMISES, name))];
}

/** What the firewall lets through. */
function inspectionRoutes(facts: HubFacts): HubRoute[] {
  const table = INSPECTION;
  return [
    blackhole(table, facts.plan.cidr),
    ...facts.plan.onPremises.map((cidr) => blackhole(table, cidr)),
    ...(facts.inspectsEastWest ? toOnPremises(table, facts) : []),
    ...(facts.inspectsEastWest ? facts.peers.map(({ region }): HubRoute => ({ table, destination: facts.plan.regionCidr(region), target: { kind: 'peer', region } })) : []),
    ...(facts.hasEgress && facts.inspectsEgress ? [{ table, destination: '0.0.0.0/0', target: { kind: 'egress' as const } }] : []),
  ];
}

/** Answers from the internet. */
function egressRoutes(facts: HubFacts): HubRoute[] {
  const table = EGRESS;
  return [
    blackhole(table, facts.plan.cidr),
    ...(facts.inspectsEgress ? [{ table, destination: facts.plan.regionCidr(facts.region), target: { kind: 'inspection' as const } }] : []),
  ];
}

/** What comes from other Regions. */
function peeringRoutes(facts: HubFacts): HubRoute[] {
  const table = PEERING;
  return [
    blackhole(table, facts.plan.cidr),
    ...(facts.inspectsEastWest ? [{ table, destination: facts.plan.regionCidr(facts.region), target: { kind: 'inspection' as const } }] : []),
    ...toOnPremises(table, { ...facts, peers: [] }),
  ];
}

function blackhole(table: string, destination: string): HubRoute {
  return { table, destination, target: { kind: 'blackhole' } };
}

/** A block in 2^bits parts. */
function parts(cidr: string, bits: number): string[] {
  const block = Cidr.parse(cidr)!;
  const prefix = Math.min(32, block.prefix + bits);
  return Array.from({ length: block.count(prefix) }, (_, index) => block.part(prefix, index).toString());
}
