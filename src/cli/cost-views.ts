import type { CostReport } from './cost';
import { table } from './explain';
import { Terminal } from './terminal';
import { inWords } from '../analysis/cost/budget-sums';
import { CostChange, CostGroup, groupCosts } from '../analysis/cost/cost-groups';
import { CostLine, Estimate, UnknownCost } from '../analysis/cost/estimate';

const SHOWN = 15;

/** The report as JSON; `schema/cost.schema.json` documents it. Amounts are of a month. */
export function costJson({ source, estimate, base, exceeded }: CostReport): object {
  const { currency, lines, unknown, free, resources, monthly } = estimate;
  return {
    version: 1, source, currency, monthly: cents(monthly), resources, free,
    items: groups(lines, itemOf), accounts: groups(lines, accountOf), units: groups(lines, unitOf), components: groups(lines, ({ stack }) => stack),
    lines: lines.map((line) => ({ ...line, price: exact(line.price), monthly: exact(line.monthly) })),
    unknown,
    ...(base && {
      base: {
        source: base.source, monthly: cents(base.estimate.monthly), increase: cents(monthly - base.estimate.monthly),
        changes: base.changes.map((change) => ({ ...change, price: exact(change.price), monthly: exact(change.monthly) })),
      },
    }),
    exceeded,
  };
}

/** The report as a person reads it in a terminal. */
export function costText({ source, estimate, base, exceeded }: CostReport, { colors }: Terminal): string {
  const { monthly, lines, resources, free, unknown } = estimate;
  const assumed = lines.filter((line) => line.assumed !== undefined).reduce((sum, line) => sum + line.monthly, 0);
  const section = (title: string, found: readonly CostGroup[]) => [['', title, 'RESOURCES', 'A MONTH'], ...found.slice(0, SHOWN).map(({ name, count, monthly: own }) => ['', name, String(count), money(own, estimate)]),
    ...(found.length > SHOWN ? [['', `… ${found.length - SHOWN} more`, '', money(found.slice(SHOWN).reduce((sum, one) => sum + one.monthly, 0), estimate)]] : [])];
  return [
    `${source}: ${colors.bold(`${money(monthly, estimate)} a month`)} for ${resources} resources before discounts, traffic and taxes${assumed > 0 ? `, ${money(assumed, estimate)} of it assumed for use` : ''}`, '',
    ...(base ? [...changesText(base, estimate), ''] : []),
    ...table(section('ITEM', groupCosts(lines, itemOf))), '',
    ...table(section('ACCOUNT', groupCosts(lines, accountOf))), '',
    ...(lines.some(({ unit }) => unit !== undefined) ? [...table(section('UNIT', groupCosts(lines, unitOf))), ''] : []),
    ...table(section('COMPONENT', groupCosts(lines, ({ stack }) => stack))), '',
    ...unknownText(unknown),
    `${free} resources cost nothing by themselves.`,
    ...(exceeded.length > 0 ? ['', ...exceeded.map((what) => colors.red(`${what}. Exit 1.`))] : []),
  ].join('\n');
}

/** The report for a pull request. */
export function costMarkdown({ estimate, base, exceeded }: CostReport): string {
  const { monthly, lines, unknown } = estimate;
  const title = base ? `**${signed(monthly - base.estimate.monthly, estimate)} a month** (${money(monthly, estimate)} in all)` : `**${money(monthly, estimate)} a month**`;
  return [
    title, '',
    ...(base ? base.changes.length === 0 ? ['Nothing that is charged by the hour or month changes.'] : base.changes.map((change) => `- ${signed(change.monthly, estimate)}: ${changeInWords(change, estimate)}`)
      : ['| Item | Resources | A month |', '|---|---:|---:|', ...groupCosts(lines, itemOf).map(({ name, count, monthly: own }) => `| ${name} | ${count} | ${money(own, estimate)} |`)]),
    ...(unknown.length > 0 ? ['', `Not in the sum: ${unknown.map(({ type, why, count }) => `${count} × ${type} (${why})`).join(', ')}.`] : []),
    ...exceeded.map((what) => `\n**${what}.**`),
  ].join('\n');
}

function changesText(base: NonNullable<CostReport['base']>, estimate: Estimate): string[] {
  const lines = base.changes.map((change) => [`  ${signed(change.monthly, estimate)}`, changeInWords(change, estimate), change.stacks.slice(0, 2).join(', ') + (change.stacks.length > 2 ? ', …' : '')]);
  return [`${signed(estimate.monthly - base.estimate.monthly, estimate)} a month since ${base.source}${lines.length === 0 ? ': nothing that is charged by the hour or month changes' : ''}`, ...table(lines)];
}

/** `2 interface-endpoint-zone × 3 zones × $8.03 in eu-west-1`. */
function changeInWords({ item, region, resources, factor, price }: CostChange, estimate: Estimate): string {
  const count = resources === 0 ? `${item}: other quantities` : `${Math.abs(resources)} ${item}${resources < 0 ? ' less' : ''}`;
  return `${count}${factor === undefined ? '' : ` × ${factor}`} × ${money(price, estimate)}${region === undefined ? '' : ` in ${region}`}`;
}

function unknownText(unknown: readonly UnknownCost[]): string[] {
  if (unknown.length === 0) return [];
  return ['Not in the sum:', ...table(unknown.map(({ type, why, count, places }) => [`  ${count} ×`, type, why, `${places[0]!}${count > 1 ? ', …' : ''}`])), ''];
}

const itemOf = ({ item, type }: CostLine) => (item === 'use' ? `use of ${type} (assumed)` : item);
const accountOf = ({ account }: CostLine) => account ?? 'any account';
const unitOf = ({ unit }: CostLine) => unit ?? 'outside the organization';

function groups(lines: readonly CostLine[], nameOf: (line: CostLine) => string): object[] {
  return groupCosts(lines, nameOf).map((group) => ({ ...group, monthly: cents(group.monthly) }));
}

function money(amount: number, { currency }: Estimate): string {
  return `${amount < 0 ? '-' : ''}${currency === 'USD' ? '$' : `${currency} `}${inWords(Math.abs(amount))}`;
}

function signed(amount: number, estimate: Estimate): string {
  return amount >= 0.005 ? `+ ${money(amount, estimate)}` : amount <= -0.005 ? `- ${money(-amount, estimate)}` : `± ${money(0, estimate)}`;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Without what binary fractions add. */
function exact(amount: number): number {
  return Number(amount.toFixed(6));
}
