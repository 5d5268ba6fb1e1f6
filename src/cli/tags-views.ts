import { table } from './explain';
import type { TagsReport } from './tags';
import { Terminal } from './terminal';
import { Coverage } from '../analysis/tags/tag-coverage';

const SHOWN = 10;

/** The report as JSON; `schema/tag-coverage.schema.json` documents it. */
export function tagsJson({ findings, ...report }: TagsReport): object {
  return {
    version: 1,
    ...report,
    findings: findings.map(({ resource: { account, stack, logicalId, type }, finding }) => ({ ...(account !== undefined && { account }), stack, logicalId, type, ...finding })),
  };
}

/** The report as a person reads it in a terminal. */
export function tagsText({ source, all, total, base, accounts, findings, below, min }: TagsReport, { colors }: Terminal): string {
  const row = (name: string, { resources, keys }: Coverage) => [name, String(resources), ...keys.map(({ percent, expected }) => (expected === 0 ? '–' : `${shareOf(percent)}`))];
  const trend = base && ['since base', signed(total.resources - base.resources), ...total.keys.map(({ percent }, at) => `${signed(Math.round((percent - base.keys[at]!.percent) * 10) / 10)}`)];
  const units = [...new Set(accounts.flatMap(({ unit }) => unit ?? []))];
  const rows = [
    ['', 'RESOURCES', ...total.keys.map(({ key }) => key)], row('all', total), ...trend ? [trend] : [],
    ...[...units, undefined].flatMap((unit) => {
      const own = accounts.filter((account) => account.unit === unit);
      return own.length === 0 ? [] : [...unit === undefined ? [] : [[unit, '', ...total.keys.map(() => '')]], ...own.map((account) => row(unit === undefined ? account.account : `  ${account.account}`, account))];
    }),
  ];
  const grouped = new Map<string, string[]>();
  for (const { resource, finding } of findings) grouped.set(finding.message, [...grouped.get(finding.message) ?? [], `${resource.stack} ${resource.logicalId}`]);
  const worst = [...grouped].sort(([, one], [, other]) => other.length - one.length);
  return [
    `${source}: ${total.resources} resources that take tags, of ${all}`, '',
    ...table(rows).map((line) => `  ${line}`),
    ...(worst.length > 0 ? ['', ...worst.slice(0, SHOWN).map(([message, places]) => `  ${String(places.length).padStart(5)} × ${message}: ${places.slice(0, 2).join(', ')}${places.length > 2 ? ', …' : ''}`)] : []),
    ...(worst.length > SHOWN ? [`  … and ${worst.length - SHOWN} more findings`] : []),
    ...(below.length > 0 ? ['', colors.red(`Below ${min} %: ${below.join(', ')}. Exit 1.`)] : []),
  ].join('\n');
}

/** Never a hundred where one is missing. */
function shareOf(percent: number): string {
  return `${percent < 100 ? Math.min(99.9, Math.floor(percent * 10) / 10) : 100} %`;
}

function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change);
}
