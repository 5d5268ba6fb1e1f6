import { Terminal } from './terminal';
import { NetworkDifferences, ReachChange, VpcChange } from '../analysis/network/differences';
import { pathWords } from '../analysis/network/prove-intents';

const SHOWN = 10;
const NAMED = 3;

/** Changes that differ in their destination alone. */
interface Row extends Omit<ReachChange, 'to'> {
  readonly to: readonly string[];
}

/** What a change of the network means, as a person reads it in a terminal. */
export function networkLines({ vpcs, changes, undecided }: NetworkDifferences, { colors }: Terminal): string[] {
  const title = 'Network'.padEnd(12);
  const rows = rowsOf(changes);
  const open = rowsOf(undecided);
  return [
    ...rows.slice(0, SHOWN).flatMap((row) => [
      `${title} ${row.direction === 'reachable' ? colors.red('+ newly REACHABLE  ') : colors.yellow('− newly UNREACHABLE')}  ${wordsOf(row)}  ${row.traffic.join(', ')}`,
      ...detailsOf(row).map((line) => `${' '.repeat(20)}${line}`),
    ]),
    ...(rows.length > SHOWN ? [`${title} … and ${rows.length - SHOWN} more changes of who reaches whom`] : []),
    ...open.slice(0, SHOWN).map((row) => `${title} ${colors.yellow('? undecided')}  newly ${row.direction}? ${wordsOf(row)}: ${row.why}`),
    ...(open.length > SHOWN ? [`${title} … and ${open.length - SHOWN} more that are undecided`] : []),
    ...[...vpcs.removed.map((vpc) => `− VPC ${vpcWords(vpc, 'reached')}`), ...vpcs.added.map((vpc) => `+ VPC ${vpcWords(vpc, 'reaches')}`)].map((line) => `${title} ${line}`),
    ...(rows.length + open.length === 0 ? [`${title} everyone who was there reaches whom they reached`] : []),
  ];
}

/** The same for a pull request. */
export function networkMarkdown({ vpcs, changes, undecided }: NetworkDifferences): string[] {
  const rows = rowsOf(changes).map((row) => {
    const [example, because] = detailsOf(row);
    return `| ${row.direction === 'reachable' ? '➕ newly **reachable**' : '➖ newly **unreachable**'} | ${row.from} | ${row.to.join(', ')} | ${row.traffic.join(', ')} | ${example!.replace(/^such as /, '')} | ${because ?? ''} |`;
  });
  const lines = [
    ...rowsOf(undecided).map((row) => `- ❔ undecided: newly ${row.direction}? ${wordsOf(row)}: ${row.why}`),
    ...vpcs.removed.map((vpc) => `- VPC − ${vpcWords(vpc, 'reached')}`),
    ...vpcs.added.map((vpc) => `- VPC + ${vpcWords(vpc, 'reaches')}`),
  ];
  return [
    `**Network**: ${rows.length === 0 ? 'everyone who was there reaches whom they reached' : `${rows.length} change${rows.length === 1 ? '' : 's'} of who reaches whom`}`,
    '',
    ...(rows.length > 0 ? ['| | From | To | Traffic | Example | Why |', '|---|---|---|---|---|---|', ...rows, ''] : []),
    ...(lines.length > 0 ? [...lines, ''] : []),
  ];
}

function rowsOf(changes: readonly ReachChange[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { to, ...change } of changes) {
    const key = JSON.stringify([change.direction, change.from, change.traffic]);
    const known = rows.get(key);
    rows.set(key, { ...known ?? change, to: [...known?.to ?? [], to] });
  }
  return [...rows.values()];
}

function detailsOf({ direction, example, why, path }: Row): string[] {
  const because = direction === 'unreachable' ? (why === undefined ? [] : [`because ${why}`]) : [`path: ${pathWords(path)}`];
  return [`such as ${example.from} → ${example.to}`, ...because];
}

function wordsOf({ from, to }: Row): string {
  return `${from} → ${some(to)}`;
}

function vpcWords({ name, segment, region, reaches, reachedBy }: VpcChange, verb: string): string {
  const by = verb === 'reaches' ? 'is reached by' : 'was reached by';
  return `${name}${segment !== undefined ? ` of segment ${segment}` : ''} in ${region}: ${verb} ${some(reaches)}; ${by} ${some(reachedBy)}`;
}

function some(names: readonly string[]): string {
  return names.length === 0 ? 'nobody' : names.length > NAMED + 2 ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');
}
