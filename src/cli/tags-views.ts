import { table } from './explain';
import type { TagsReport } from './tags';
import { Terminal } from './terminal';
import { Coverage, KeyCoverage } from '../analysis/tags/tag-coverage';

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
export function tagsText({ source, all, total, base, units, accounts, findings, below, min }: TagsReport, { colors }: Terminal): string {
  const row = (name: string, { resources, keys }: Coverage) => [name, String(resources), ...keys.map(({ percent, expected }) => (expected === 0 ? '–' : `${shareOf(percent)}`))];
  const trend = base && ['since base', signed(total.resources - base.resources), ...total.keys.map((now, at) => change(base.keys[at]!, now))];
  const rows = [
    ['', 'RESOURCES', ...total.keys.map(({ key }) => key)], row('all', total), ...trend ? [trend] : [],
    ...units.flatMap((unit) => [row(unit.unit, unit), ...accounts.filter((account) => account.unit === unit.unit).map((account) => row(`  ${account.account}`, account))]),
    ...accounts.filter(({ unit }) => unit === undefined).map((account) => row(account.account, account)),
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

/** Points of percent, to a tenth; where no resource had to carry the key there is none to compare with. */
function change(before: KeyCoverage, now: KeyCoverage): string {
  return before.expected === 0 || now.expected === 0 ? '–' : signed(Math.round((now.percent - before.percent) * 10) / 10);
}

function signed(number: number): string {
  return number > 0 ? `+${number}` : String(number);
}
