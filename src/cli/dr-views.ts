import type { DrReport } from './dr';
import { table } from './explain';
import { Terminal } from './terminal';
import { RecoveryRow } from '../resilience/recovery-matrix';
import { spoken } from '../resilience/spoken';

const HEAD = ['SERVICE', 'RESOURCE', 'TIER', 'RTO', 'RPO', 'LOSES UP TO', 'FROM', 'GAPS'];

/** The report as JSON; `schema/dr.schema.json` documents it. Times are in minutes. */
export function drJson({ source, rows, written }: DrReport): object {
  return {
    version: 1,
    source,
    resources: rows.map(({ promise, recovery, ...row }) => ({
      ...row,
      ...(promise && recovery && {
        tier: promise.tier, rtoMinutes: promise.rto.toMinutes({ integral: false }), rpoMinutes: promise.rpo.toMinutes({ integral: false }), lossMinutes: recovery.lossMinutes, from: recovery.by,
      }),
    })),
    written,
  };
}

/** The report as a person reads it in a terminal. */
export function drText({ source, rows, written }: DrReport, { colors }: Terminal): string {
  const lacking = rows.filter(({ gaps }) => gaps.length > 0);
  return [
    `${source}: ${count(rows.length, 'resource')} that keep data, of ${count(services(rows).length, 'service')}`,
    ...(rows.length === 0 ? [] : ['', ...table([HEAD, ...rows.map(cells)]).map((line) => `  ${line}`)]),
    ...(lacking.length === 0 ? [] : ['', ...lacking.flatMap(({ stack, logicalId, gaps }) => gaps.map((gap) => `  ${stack} ${logicalId}: ${gap}`)), '', colors.red(`${count(lacking.length, 'resource')} without what is promised. Exit 1.`)]),
    ...(written.length === 0 ? [] : ['', ...written.map((file) => `Wrote ${file}`)]),
  ].join('\n');
}

/** The report as a comment of a pull request. */
export function drMarkdown({ rows }: DrReport): string {
  const lacking = rows.filter(({ gaps }) => gaps.length > 0);
  return [
    `**${count(rows.length, 'resource')} that keep data, ${lacking.length} without what is promised**`,
    ...(rows.length === 0 ? [] : ['', markdownRow(HEAD.map((name) => `${name[0]}${name.slice(1).toLowerCase()}`)), markdownRow(HEAD.map(() => '---')), ...rows.map((row) => markdownRow(cells(row)))]),
    ...(lacking.length === 0 ? [] : ['', ...lacking.flatMap(({ stack, logicalId, gaps }) => gaps.map((gap) => `- \`${stack}\` \`${logicalId}\`: ${gap}`))]),
  ].join('\n');
}

/** Names of services, each once, in the order of rows. */
export function services(rows: readonly RecoveryRow[]): string[] {
  return [...new Set(rows.map(({ service }) => service))];
}

/** A row of a table in markdown. */
export function markdownRow(cellsOfRow: readonly string[]): string {
  return `| ${cellsOfRow.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}

function cells({ service, stack, logicalId, type, promise, recovery, gaps }: RecoveryRow): string[] {
  const times = promise && recovery ? [promise.tier, spoken(promise.rto.toMinutes({ integral: false })), spoken(promise.rpo.toMinutes({ integral: false })), spoken(recovery.lossMinutes), recovery.by] : ['–', '–', '–', 'everything', 'nothing'];
  return [service, `${stack} ${logicalId} (${type.replace('AWS::', '')})`, ...times, gaps.length === 0 ? '–' : String(gaps.length)];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
