import { Flow } from './flow';
import { Flows, Network, resultOf, verdictOf } from './network';
import { FlowResult, NetworkPlace, ReachQuestion, Step } from './question';
import { AllowedTraffic, NetworkIntent, NetworkOrigin } from './topology';

/** Something that the network does and its makers did not mean, or the other way round. */
export interface IntentFinding {
  /** `LZ.NET.PROOF.1` to `LZ.NET.PROOF.7`. */
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly path: readonly Step[];
  readonly origins: readonly NetworkOrigin[];
}

/** What was shown of the declared intents. */
export interface IntentProof {
  /** Statements that were shown: one a pair of places and direction. */
  readonly proved: number;
  readonly findings: readonly IntentFinding[];
}

/** The segment of networks on premises, as hubs declare it. */
const ON_PREMISES = 'on-premises';
const INTERNET: NetworkPlace = { kind: 'internet' };
const HTTPS = { protocol: 6, port: 443, family: 'ipv4' } as const;
const PAST = { reach: 'inspected', rule: 'LZ.NET.PROOF.7', hint: 'Everything that is to be inspected must pass a firewall, in every zone. Take the shorter way away.' } as const;

/** What is expected between two places. */
interface Expectation {
  readonly from: NetworkPlace;
  readonly to: NetworkPlace;
  /** `inspected`: whatever arrives passes a firewall. */
  readonly reach: 'all' | 'none' | 'inspected';
  readonly rule: string;
  readonly hint: string;
  /** Protocol, port and family. @default - any */
  readonly traffic?: Pick<ReachQuestion, 'protocol' | 'port' | 'family'>;
}

/**
 * Holds a network against what its hubs declare: what is allowed is reachable both there and back, everything else between segments, the internet and networks on premises is not, and
 * what is to be inspected passes a firewall, in every zone. Egress is shown for TCP 443 of IPv4: a firewall may keep the rest. That something is reachable is shown of the families
 * in which segments have addresses, that it is not of all.
 */
export function proveIntents(network: Network): IntentProof {
  const expectations = expectationsOf(network);
  const asked = new Map<string, Flows>();
  const flowsOf = (question: ReachQuestion) => {
    const key = JSON.stringify(question);
    const flows = asked.get(key) ?? network.flows(question);
    asked.clear();
    asked.set(key, flows);
    return flows;
  };
  const findings = expectations.flatMap((expectation) => findingsOf(flowsOf, expectation));
  return { proved: expectations.length - findings.length, findings };
}

function expectationsOf(network: Network): Expectation[] {
  const { intents, vpcs, outsides } = network.topology;
  const inhabited = new Set(vpcs.flatMap(({ segment }) => segment ?? []));
  const names = [...new Set(intents.flatMap(({ segments }) => segments.map(({ name }) => name)))].filter((name) => inhabited.has(name)).sort();
  const places = [...names, ...(outsides.length > 0 ? [ON_PREMISES] : [])];
  const allowed = intents.flatMap((intent) => intent.allowed);
  const isolated = new Set(intents.flatMap(({ segments }) => segments.filter(({ isIsolated }) => isIsolated).map(({ name }) => name)));
  const inspected = intents.length > 0 && intents.every(({ inspectsEastWest }) => inspectsEastWest);
  const declares = (name: string) => intents.some(({ segments }) => segments.some((segment) => segment.name === name && segment.ranges.some((cidr) => cidr.includes(':'))));
  const familyOf = (from: string, to: string) => ([from, to].every((name) => name === ON_PREMISES || declares(name)) ? {} : { traffic: { family: 'ipv4' as const } });
  return [
    ...places.flatMap((from) => places.filter((to) => from !== ON_PREMISES || to !== ON_PREMISES)
      .flatMap((to) => between(from, to, allowed, isolated, inspected).map((one) => (one.reach === 'all' ? { ...one, ...familyOf(from, to) } : one)))),
    ...intents.flatMap((intent) => withInternet(intent, names, vpcs)),
  ];
}

function between(from: string, to: string, allowed: readonly AllowedTraffic[], isolated: ReadonlySet<string>, isInspected: boolean): Expectation[] {
  const places = { from: placeOf(from), to: placeOf(to) };
  if (from === to) {
    return [isolated.has(from)
      ? { ...places, reach: 'none', rule: 'LZ.NET.PROOF.2', hint: `${from} is isolated: its VPCs must not reach each other. Take away the route, or do not isolate it.` }
      : { ...places, reach: 'all', rule: 'LZ.NET.PROOF.1', hint: `VPCs of ${from} are to reach each other. Add what is missing, or isolate the segment.` }];
  }
  if (allowed.some((one) => one.from === from && one.to === to)) {
    return [
      { ...places, reach: 'all', rule: 'LZ.NET.PROOF.1', hint: `${from} is allowed to reach ${to}. Add what is missing on the way there or back.` },
      ...(isInspected ? [{ ...places, ...PAST }] : []),
    ];
  }
  // Routes carry both directions: without a firewall nothing tells who opens a connection.
  if (allowed.some((one) => one.from === to && one.to === from && !one.isOneWay)) return [];
  return [{ ...places, reach: 'none', rule: 'LZ.NET.PROOF.2', hint: `Nothing allows ${from} to reach ${to}. Take away the route, or say segment("${from}").allowTo(segment("${to}")).` }];
}

function withInternet({ region, segments, inspectsEgress }: NetworkIntent, names: readonly string[], vpcs: readonly { readonly segment?: string; readonly region: string }[]): Expectation[] {
  return segments.filter(({ name }) => names.includes(name) && vpcs.some((vpc) => vpc.segment === name && vpc.region === region)).flatMap(({ name, hasEgress }): Expectation[] => {
    const place: NetworkPlace = { kind: 'segment', name, region };
    return [
      hasEgress
        ? { from: place, to: INTERNET, reach: 'all', rule: 'LZ.NET.PROOF.3', hint: `${name} has egress by the hub. Add what is missing on the way there or back.`, traffic: HTTPS }
        : { from: place, to: INTERNET, reach: 'none', rule: 'LZ.NET.PROOF.4', hint: `${name} has no egress. Take away the route to the internet.` },
      ...(hasEgress && inspectsEgress ? [{ from: place, to: INTERNET, ...PAST }] : []),
      { from: INTERNET, to: place, reach: 'none', rule: 'LZ.NET.PROOF.5', hint: `Nobody on the internet may open connections to ${name}. Take away the internet gateway or its route, or public addresses.` },
    ];
  });
}

function placeOf(name: string): NetworkPlace {
  return name === ON_PREMISES ? { kind: 'outside' } : { kind: 'segment', name };
}

function findingsOf(flowsOf: (question: ReachQuestion) => Flows, { from, to, reach, rule, hint, traffic }: Expectation): IntentFinding[] {
  const all = flowsOf({ from, to, ...traffic });
  const { network: compiled, flows } = all;
  const [source, target] = [words(from), words(to)];
  const of = (those: readonly Flow[]) => resultOf(compiled, [those[0]!]);
  const verdict = verdictOf(all);
  const unknown = flows.filter(({ kind }) => kind === 'unknown');
  const reached = flows.filter(({ kind }) => kind === 'reached');
  const blocked = flows.filter(({ kind }) => kind === 'blocked');
  if (reach === 'inspected') {
    const around = reached.filter(({ leaf }) => leaf.packets.inspected.length === 0);
    return around.length > 0 ? [finding(rule, `${source} reaches ${target} around the firewall`, hint, of(around))] : [];
  }
  if (reach === 'none') {
    if (reached.length > 0) return [finding(rule, `${source} reaches ${target}`, hint, of(reached))];
    return unknown.length > 0 ? [finding('LZ.NET.PROOF.6', `whether ${source} reaches ${target} is not known: ${unknown[0]!.why}`, 'Model it, or take it away.', of(unknown))] : [];
  }
  if (blocked.length > 0) return [finding(rule, `${source} ${reached.length > 0 ? 'does not always reach' : 'does not reach'} ${target}`, hint, of(blocked))];
  return verdict === 'unknown' ? [finding('LZ.NET.PROOF.6', `whether ${source} reaches ${target} is not known: ${unknown[0]!.why}`, 'Model it, or take it away.', of(unknown))] : [];
}

function finding(rule: string, what: string, hint: string, flow: FlowResult): IntentFinding {
  const { why, path, back, example, traffic, sources, destinations } = flow;
  const shown = back && !back.arrives ? [...path, ...back.path] : path;
  const message = [
    `${what}: ${traffic} from ${example.from} (${some(sources)}) to ${example.to} (${some(destinations)})`,
    ...(why !== undefined ? [why] : []),
    ...(path.length > 0 ? [`path: ${pathWords(path)}`] : []),
    ...(back && back.why !== undefined ? [`way back: ${pathWords(back.path)}`] : []),
  ].join('\n');
  return { rule, message, hint, path: shown, origins: shown.flatMap(({ origin }) => origin ?? []).slice(-3) };
}

export function pathWords(path: readonly Step[]): string {
  return path.map(({ component, detail }) => (detail === undefined ? component : `${component} (${detail})`)).join(' → ');
}

function some(names: readonly string[]): string {
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}

function words(place: NetworkPlace): string {
  switch (place.kind) {
    case 'segment': return place.region === undefined ? `segment ${place.name}` : `segment ${place.name} in ${place.region}`;
    case 'internet': return 'the internet';
    case 'outside': return 'the network on premises';
    default: return place.kind;
  }
}
