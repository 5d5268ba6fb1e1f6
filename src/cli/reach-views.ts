import type { ReachReport } from './reach';
import { Terminal } from './terminal';
import { FlowResult, ReachVerdict, Step } from '../analysis/network/question';

const SHOWN = 4;
const NAMED = 3;
/** What differs between flows that meet the same fate. */
const ADDRESSES = /[\da-f.:]+\/\d+(, (…|[\da-f.:]+\/\d+))*/g;
const TRAFFIC = /\b(tcp|udp|icmp|icmpv6|any|protocol \d+)\b(\/[\d-]+)?/g;
/** Zones by id and by name: `euw1-az1`, `eu-west-1a`. */
const ZONE = /[a-z]{2,4}\d-az\d|[a-z]{2}(-[a-z]+)+-\d[a-f]/g;
const WORDS: { readonly [verdict in ReachVerdict]: string } = { all: 'REACHED', some: 'REACHED IN PART', none: 'NOT REACHED', unknown: 'NOT KNOWN' };

/** The answer as JSON; `schema/reach.schema.json` documents it. */
export function reachJson({ source, from, to, traffic, answer, isExpected }: ReachReport): object {
  return { version: 1, source, from, to, traffic, ...answer, ...(isExpected !== undefined && { expected: isExpected }) };
}

/** The answer as a person reads it in a terminal. */
export function reachText(report: ReachReport, { colors }: Terminal): string {
  const { answer: { verdict, reached, blocked, unknown }, from, to, traffic } = report;
  const paint = { all: colors.green, some: colors.yellow, none: colors.red, unknown: colors.yellow }[verdict];
  return [
    `${paint(WORDS[verdict])}  ${from} → ${to}, ${traffic}`,
    ...flowsText('arrives', reached, report),
    ...flowsText('is stopped', verdict === 'all' ? [] : blocked, report),
    ...flowsText('is not known', unknown, report),
    ...(verdict === 'none' && blocked.length + unknown.length === 0 ? ['', '  Nobody is there to be reached, or nothing goes there.'] : []),
    ...(report.isExpected === false ? ['', colors.red('Another answer was expected. Exit 1.')] : []),
  ].join('\n');
}

/** Flows that take the same way in different zones. */
interface Ways {
  readonly shown: FlowResult;
  readonly all: readonly FlowResult[];
}

function flowsText(what: string, flows: readonly FlowResult[], report: ReachReport): string[] {
  const ways = waysOf(flows);
  const more = ways.length > SHOWN ? ['', `  … and ${ways.length - SHOWN} more ways of which the same is true`] : [];
  return [...ways.slice(0, SHOWN).flatMap((way) => ['', ...wayText(what, way, report)]), ...more];
}

function waysOf(flows: readonly FlowResult[]): Ways[] {
  const ways = new Map<string, FlowResult[]>();
  for (const flow of flows) {
    const steps = [...flow.path, ...flow.back && !flow.back.arrives ? flow.back.path : []].filter(({ component }) => !component.startsWith('subnet ')).map(beyondZones);
    const key = [...steps, flow.why ?? '', ...flow.inspectedBy].join('\n').replace(ZONE, '*').replace(ADDRESSES, '*').replace(TRAFFIC, '*');
    ways.set(key, [...ways.get(key) ?? [], flow]);
  }
  return [...ways.values()].map((all) => ({ shown: all[0]!, all }));
}

/** Route tables of one VPC that say the same are those of its zones, whatever they are called. */
function beyondZones({ component, detail }: Step): string {
  return component.startsWith('route table ') ? `${component.split('/')[0]} ${(detail ?? '').split('/')[0]}` : component.startsWith('NAT gateway ') ? component.split('/')[0]! : component;
}

function wayText(what: string, { shown, all }: Ways, { firewalls }: ReachReport): string[] {
  const { example, why, path, inspectedBy, isTranslated, back } = shown;
  const inspected = inspectedBy.map((id) => firewalls.get(id) ?? id);
  const zones = new Set(all.map((flow) => flow.path.map(({ component }) => component).join())).size;
  const notes = [
    ...(inspected.length > 0 ? [`inspected by ${inspected.join(', ')}`] : what === 'arrives' ? ['not inspected'] : []),
    ...(isTranslated ? ['addresses are translated'] : []),
    ...(back?.arrives ? [back.isSymmetric ? 'answers come back by the same firewalls' : 'answers come back another way'] : []),
    ...(zones > 1 ? [`the same by ${zones - 1} more ${zones === 2 ? 'choice' : 'choices'} of zones`] : []),
  ];
  return [
    `  ${trafficOf(all)} ${what}: ${named(all.flatMap(({ sources }) => sources))} → ${named(all.flatMap(({ destinations }) => destinations))}`,
    `    such as ${example.from} → ${example.to}`,
    ...(why !== undefined ? [`    because ${why}`] : []),
    ...pathText(path),
    ...(back && !back.arrives && back.path.length > 0 ? ['    way back', ...pathText(back.path)] : []),
    ...(notes.length > 0 ? [`    ${notes.join(' · ')}`] : []),
  ];
}

function pathText(path: readonly Step[]): string[] {
  return path.map(({ component, detail }, index) => `    ${index === 0 ? ' ' : '→'} ${component}${detail !== undefined ? `  ${detail}` : ''}`);
}

/** `tcp, udp and everything else`. */
function trafficOf(flows: readonly FlowResult[]): string {
  const all = [...new Set(flows.map(({ traffic }) => traffic))];
  const known = all.filter((traffic) => traffic !== 'any');
  if (known.length === all.length) return all.join(', ');
  return known.length === 0 ? 'any traffic' : `${known.join(', ')} and everything else`;
}

function named(all: readonly string[]): string {
  const names = [...new Set(all)];
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');
}
