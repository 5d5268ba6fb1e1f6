import { NetworkTopology, TrafficMatch } from './topology';

/** Traffic that every rule of a topology treats alike: a protocol and, of TCP and UDP, destination ports. */
export interface Traffic {
  /** IANA number. @default - any protocol that no rule names */
  readonly protocol?: number;
  readonly from: number;
  readonly to: number;
}

const TCP = 6;
const UDP = 17;
const PORTED = [TCP, UDP];
const NAMES: { readonly [protocol: number]: string } = { 1: 'icmp', [TCP]: 'tcp', [UDP]: 'udp', 58: 'icmpv6' };
const LAST_PORT = 65_535;
const FIRST_EPHEMERAL = 1_024;

/** Ports where something changes, by protocol. */
type Cuts = Map<number, Set<number>>;

/** Where rules cut protocols and ports apart. */
export class TrafficClasses {
  private readonly cuts: Cuts = new Map();
  /** Those of network ACLs, which alone ask about answers. */
  private readonly answerCuts: Cuts = new Map();

  public constructor(...topologies: readonly NetworkTopology[]) {
    for (const topology of topologies) this.cutBy(topology);
  }

  private cutBy({ vpcs, securityGroups, firewalls }: NetworkTopology): void {
    for (const { networkAcls } of vpcs) for (const { entries } of networkAcls) for (const entry of entries) for (const cuts of [this.cuts, this.answerCuts]) cut(cuts, entry);
    for (const { ingress, egress } of securityGroups) for (const rule of [...ingress, ...egress]) cut(this.cuts, rule);
    for (const { rules } of firewalls) for (const rule of rules ?? []) cut(this.cuts, rule);
  }

  /** Classes of what is asked about. */
  public asked({ protocol, port }: { readonly protocol?: number; readonly port?: number }): Traffic[] {
    if (port !== undefined) return (protocol === undefined ? PORTED : [protocol]).map((one) => ({ protocol: one, from: port, to: port }));
    if (protocol !== undefined) return classesOf(this.cuts, protocol, 0);
    if (this.cuts.size === 0) return [{ from: 0, to: LAST_PORT }];
    return [...[...new Set([...PORTED, ...this.cuts.keys()])].sort((a, b) => a - b).flatMap((one) => classesOf(this.cuts, one, 0)), { from: 0, to: LAST_PORT }];
  }

  /** Classes of the answers: they go to the port that a connection was opened from. */
  public answers({ protocol, from, to }: Traffic): Traffic[] {
    return protocol !== undefined && PORTED.includes(protocol) ? classesOf(this.answerCuts, protocol, FIRST_EPHEMERAL) : [{ ...(protocol !== undefined && { protocol }), from, to }];
  }
}

function classesOf(all: Cuts, protocol: number, first: number): Traffic[] {
  if (!PORTED.includes(protocol)) return [{ protocol, from: 0, to: LAST_PORT }];
  const cuts = [...new Set([first, ...[...all.get(protocol) ?? []].filter((port) => port > first && port <= LAST_PORT)])].sort((a, b) => a - b);
  return cuts.map((from, at) => ({ protocol, from, to: (cuts[at + 1] ?? LAST_PORT + 1) - 1 }));
}

function cut(all: Cuts, { protocol, ports }: TrafficMatch): void {
  if (protocol === undefined) return;
  const known = all.get(protocol) ?? new Set();
  all.set(protocol, known);
  if (!ports || !PORTED.includes(protocol)) return;
  known.add(ports.from);
  known.add(ports.to + 1);
}

/** Whether a rule is about traffic of a class; classes are cut so that it is about all of it or none. */
export function isAbout({ protocol, ports }: TrafficMatch, traffic: Traffic): boolean {
  return protocol === undefined || (protocol === traffic.protocol && (!ports || !PORTED.includes(protocol) || (ports.from <= traffic.from && traffic.to <= ports.to)));
}

/** IANA number of `tcp`, `udp`, `icmp`, `icmpv6` or `0` to `255`; undefined for any other text. */
export function protocolNumber(text: string): number | undefined {
  const named = Object.entries(NAMES).find(([, name]) => name === text.toLowerCase());
  if (named) return Number(named[0]);
  return /^\d{1,3}$/.test(text) && Number(text) < 256 ? Number(text) : undefined;
}

/** `tcp/443`, `udp/53-60`, `icmp`, `any`. */
export function trafficWords({ protocol, from, to }: Traffic): string {
  if (protocol === undefined) return 'any';
  const name = NAMES[protocol] ?? `protocol ${protocol}`;
  if (!PORTED.includes(protocol) || (from === 0 && to === LAST_PORT)) return name;
  return `${name}/${from === to ? from : `${from}-${to}`}`;
}
