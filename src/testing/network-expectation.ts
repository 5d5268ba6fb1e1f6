import { EgressUnderTest, PlaceUnderTest } from './network-subject';
import { InternetEgress } from '../analysis/network/egress-inventory';
import { pathWords } from '../analysis/network/prove-intents';
import { FlowResult, ReachQuestion } from '../analysis/network/question';
import { protocolNumber } from '../analysis/network/traffic';

/** What is expected to get there. */
export interface TrafficOptions {
  /** Destination port. @default - any port */
  readonly port?: number;
  /** `tcp`, `udp`, `icmp`, `icmpv6` or an IANA number. @default - tcp where a port is given, else any */
  readonly protocol?: string | number;
  /** @default - both */
  readonly family?: 'ipv4' | 'ipv6';
}

/** What was found; it fails with and without `not` where `holds` is undefined. */
export interface NetworkVerdict {
  readonly holds: boolean | undefined;
  readonly message: string;
}

const SHOWN = 3;
const TCP = 6;
/** Forms of places other than segments, whose names stand alone. */
const PLACE = /^(internet$|on-premises|[a-z-]+:)|[./]/;

/** Everyone there reaches everyone at the target, and answers come back. Neither this nor its opposite holds where some do. */
export function reachVerdict({ network, place }: PlaceUnderTest, target: string, options: TrafficOptions): NetworkVerdict {
  const to = PLACE.test(target) ? target : `segment:${target}`;
  const { verdict, reached, blocked, unknown } = network.reach(place, to, trafficOf(options));
  const asked = `${place} to reach ${to}${wordsOf(options)}`;
  const found = { all: ['it does:', ...flows(reached)], none: ['it does not:', ...flows(blocked)], some: ['some do:', ...flows(reached), 'and some do not:', ...flows(blocked)], unknown: ['it is not known:', ...flows(unknown)] }[verdict];
  return { holds: verdict === 'all' ? true : verdict === 'none' ? false : undefined, message: [`expected ${asked}`, ...found.map((line) => `  ${line}`)].join('\n') };
}

/** Everything that leaves for the internet passes a firewall, from every VPC and zone. */
export function inspectionVerdict({ network }: EgressUnderTest): NetworkVerdict {
  const { verdict, ways, around, unknown } = network.egress();
  const found = {
    'always': [`it does: ${ways.length} ways`],
    'nothing-leaves': ['nothing leaves'],
    'not-always': [`but ${count(around)} of ${count(ways)} VPCs get there around every firewall:`, ...waysOf(around)],
    'unknown': ['it is not known:', ...waysOf(around), ...flows(unknown)],
  }[verdict];
  return { holds: verdict === 'unknown' ? undefined : verdict !== 'not-always', message: ['expected internet egress to pass inspection', ...found.map((line) => `  ${line}`)].join('\n') };
}

function trafficOf({ port, protocol, family }: TrafficOptions): Omit<ReachQuestion, 'from' | 'to'> {
  const number = protocol === undefined ? (port === undefined ? undefined : TCP) : protocolNumber(String(protocol));
  if (protocol !== undefined && number === undefined) throw new Error(`protocol: expected tcp, udp, icmp, icmpv6 or a number of 0 to 255, got ${protocol}`);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) throw new Error(`port: expected a number of 0 to 65535, got ${port}`);
  return { ...(number !== undefined && { protocol: number }), ...(port !== undefined && { port }), ...(family && { family }) };
}

function wordsOf({ port, protocol, family }: TrafficOptions): string {
  const words = [...(port !== undefined || protocol !== undefined ? [`${protocol ?? 'tcp'}${port !== undefined ? `/${port}` : ''}`] : []), ...(family ? [family] : [])];
  return words.length > 0 ? ` by ${words.join(', ')}` : '';
}

function flows(all: readonly FlowResult[]): string[] {
  const shown = all.slice(0, SHOWN).flatMap(({ traffic, example, sources, destinations, why, path }) => [
    `${traffic === 'any' ? 'any traffic' : traffic} from ${example.from} (${named(sources)}) to ${example.to} (${named(destinations)})${why !== undefined ? `: ${why}` : ''}`, `  path: ${pathWords(path)}`,
  ]);
  return all.length > SHOWN ? [...shown, `… and ${all.length - SHOWN} more ways`] : shown;
}

function waysOf(all: readonly InternetEgress[]): string[] {
  const shown = all.slice(0, SHOWN).flatMap(({ vpc, zone, by, gateway, isCertain, traffic, path }) => [
    `${vpc.name} in ${zone}, ${traffic.slice(0, 3).join(', ')}, by ${by} ${gateway}${isCertain ? '' : ', if it carries packets on'}`, `  path: ${pathWords(path)}`,
  ]);
  return all.length > SHOWN ? [...shown, `… and ${all.length - SHOWN} more ways`] : shown;
}

function count(ways: readonly InternetEgress[]): number {
  return new Set(ways.map(({ vpc }) => vpc.id)).size;
}

function named(names: readonly string[]): string {
  return names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ');
}
