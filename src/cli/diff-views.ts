import { actionsInWords } from './actions-in-words';
import type { DiffReport } from './diff';
import { networkLines, networkMarkdown } from './network-diff-views';
import { Terminal } from './terminal';
import { Reason } from '../analysis/request';
import { placeOf, requestInWords } from '../analysis/request-in-words';
import { isSidOf } from '../controls/render';
import { actionIndex } from '../model/action-index-file';
import { condensed, ControlChange, EVERYONE_ELSE, GuardrailChange, Places, PLATFORM, ROOT_USER, UndecidedChange } from '../model/organization-diff';
import { OrganizationModel } from '../model/organization-model';

const NAMED_ACCOUNTS = 4;
const SHOWN_UNDECIDED = 10;

/** The report as JSON; `schema/diff.schema.json` documents it. */
export function diffJson({ base, head, diff, network, failing }: DiffReport): object {
  return {
    version: 1,
    base: base.data.source,
    head: head.data.source,
    failing,
    compared: diff.compared,
    accounts: {
      added: diff.accounts.added.map(({ key, unitPath }) => ({ account: key, unit: unitPath })),
      removed: diff.accounts.removed.map(({ key, unitPath }) => ({ account: key, unit: unitPath })),
      moved: diff.accounts.moved.map(({ account, from }) => ({ account: account.key, from, to: account.unitPath })),
    },
    controls: diff.controls,
    guardrails: diff.guardrails,
    undecided: diff.undecided,
    ...(network && { network }),
  };
}

/** The report as a person reads it in a terminal. */
export function diffText(report: DiffReport, terminal: Terminal): string {
  const { colors } = terminal;
  const { diff, failing } = report;
  const lines: string[] = [''];
  for (const change of condensed(diff.guardrails)) {
    const mark = change.direction === 'allowed' ? colors.red('+ newly ALLOWED') : colors.yellow('− newly DENIED ');
    lines.push(`${'Guardrails'.padEnd(12)} ${placesInWords(change)}`);
    lines.push(`  ${mark}   ${actionsOf(change, diff.guardrails)}`);
    for (const line of detailsOf(change, report)) lines.push(`${' '.repeat(20)}${line}`);
  }
  if (diff.guardrails.length === 0) lines.push(`${'Guardrails'.padEnd(12)} ${diff.undecided.length === 0 ? 'mean the same' : 'no change that can be shown'}`);
  for (const line of undecidedLines(diff.undecided)) lines.push(`  ${colors.yellow('? undecided')}       ${line}`);
  for (const line of controlLines(report)) lines.push(`${'Controls'.padEnd(12)} ${line}`);
  for (const line of accountLines(report)) lines.push(`${'Accounts'.padEnd(12)} ${line}`);
  if (report.network) lines.push(...networkLines(report.network, terminal));
  const { accounts, groups, actions } = diff.compared;
  lines.push(`${'Compared'.padEnd(12)} ${count(accounts, 'account')} in ${count(groups, 'group')} of equal ones, all ${actions.toLocaleString('en-US')} actions of AWS and those it may add, in every context`);
  lines.push(...(failing > 0 ? ['', colors.red(`${count(failing, 'finding')} to decide. Exit 1.`)] : []));
  return lines.join('\n');
}

/** The report for a pull request. */
export function diffMarkdown(report: DiffReport): string {
  const { diff, failing } = report;
  const changes = condensed(diff.guardrails);
  const rows = changes.map((change) => {
    const [because, example] = detailsOf(change, report).slice(1);
    return `| ${change.direction === 'allowed' ? '➕ newly **allowed**' : '➖ newly **denied**'} | ${actionsOf(change, diff.guardrails)} | ${principalsInWords(change.principals)} | ${placesInWords(change)} | ${because!.replace(/^because /, '')} | ${example!.replace(/^example {2}/, '')} |`;
  });
  const { accounts, groups, actions } = diff.compared;
  return [
    `### ${failing > 0 ? '❌' : diff.guardrails.length > 0 ? '⚠️' : '✅'} Guardrails: ${diff.guardrails.length === 0 ? 'no change of meaning' : count(changes.length, 'change')}`,
    '',
    ...(rows.length > 0 ? ['| | Actions | Who | Where | Because | Example request |', '|---|---|---|---|---|---|', ...rows, ''] : []),
    ...undecidedLines(diff.undecided).map((line) => `- ❔ undecided: ${line}`),
    ...controlLines(report).map((line) => `- Control ${line}`),
    ...accountLines(report).map((line) => `- Account ${line}`),
    ...(diff.undecided.length > 0 || controlLines(report).length + accountLines(report).length > 0 ? [''] : []),
    ...(report.network ? networkMarkdown(report.network) : []),
    `Compared ${count(accounts, 'account')} in ${count(groups, 'group')} of equal ones, all ${actions.toLocaleString('en-US')} actions of AWS and those it may add, in every context.`,
  ].join('\n');
}

function actionsOf(change: GuardrailChange, all: readonly GuardrailChange[]): string {
  const { actions, withFuture } = change;
  const isWhole = (one: GuardrailChange) => one.actions.length === actions.length && one.accounts.length === change.accounts.length && one.emptyUnits.length === change.emptyUnits.length;
  const isUneven = actions.length > 0 && !all.some(isWhole);
  const words = actions.length > 0 ? [`${isUneven ? 'up to ' : ''}${actionsInWords(actions, actionIndex())}`] : [];
  return [...words, ...(withFuture ? ['actions that AWS may add'] : [])].join(', and ');
}

/** Who, why, and an example. */
function detailsOf(change: GuardrailChange, { base, head, diff }: DiffReport): string[] {
  const { example, direction, principals, reasons } = change;
  const causes = [...new Set(reasons.map((reason) => (direction === 'allowed' ? goneReason(reason, base, diff.controls.removed) : newReason(reason, head, diff.controls.added))))];
  const account = head.account(example.account);
  return [
    `to ${principalsInWords(principals)}`,
    `because ${causes.length > 0 ? causes.join('; ') : 'no statement denies it any more'}`,
    `example  ${example.requests[0]!.action} by ${requestInWords(example.requests[0]!, account?.id ?? '000000000000')} in ${example.account}`
      + `${example.requests.length > 1 ? `, and ${example.requests.length - 1} more resources that the action names` : ''}`,
  ];
}

function goneReason(reason: Reason, base: OrganizationModel, removed: readonly ControlChange[]): string {
  const control = controlOf(reason, base);
  if (reason.effect === 'NoAllow') return `a policy at ${reason.level} allows it now`;
  if (control === undefined) return `${placeOf(reason)} no longer denies it`;
  return removed.some((change) => change.control === control && change.target === reason.level) ? `${control} was removed from ${reason.level}`
    : `${control} at ${reason.level} no longer denies it (${placeOf(reason)})`;
}

function newReason(reason: Reason, head: OrganizationModel, added: readonly ControlChange[]): string {
  const control = controlOf(reason, head);
  if (reason.effect === 'NoAllow') return `no policy at ${reason.level} allows it any more`;
  if (control === undefined) return `${placeOf(reason)} denies it`;
  return added.some((change) => change.control === control && change.target === reason.level) ? `${control} was added to ${reason.level}`
    : `${control} at ${reason.level} denies it now (${placeOf(reason)})`;
}

function controlOf(reason: Reason, model: OrganizationModel): string | undefined {
  return model.data.controls.find(({ id }) => isSidOf(reason.statement, id))?.id;
}

function principalsInWords(principals: readonly string[]): string {
  const has = (name: string) => principals.includes(name);
  if (has(ROOT_USER) && has(EVERYONE_ELSE)) return has(PLATFORM) ? 'everyone' : `everyone but ${PLATFORM}`;
  return principals.map((name) => (name === ROOT_USER ? 'the root user' : name === EVERYONE_ELSE ? `everyone but ${PLATFORM} and the root user` : name)).join(' and ');
}

function placesInWords({ accounts, emptyUnits }: Places): string {
  const named = accounts.length > NAMED_ACCOUNTS ? `${accounts.slice(0, NAMED_ACCOUNTS).join(', ')} and ${accounts.length - NAMED_ACCOUNTS} more accounts` : accounts.join(', ');
  const future = emptyUnits.length === 0 ? '' : `future accounts of ${emptyUnits.slice(0, 2).join(', ')}${emptyUnits.length > 2 ? ` and ${emptyUnits.length - 2} more units` : ''}`;
  return [named, future].filter((part) => part !== '').join('; ');
}

function undecidedLines(undecided: readonly UndecidedChange[]): string[] {
  const lines = undecided.map((change) => `newly ${change.direction}? ${actionsInWords(change.actions, actionIndex())} to ${principalsInWords([change.principals])} in ${placesInWords(change)}: `
    + `it hangs on ${change.why.join(', ')}`);
  return lines.length > SHOWN_UNDECIDED ? [...lines.slice(0, SHOWN_UNDECIDED), `… and ${lines.length - SHOWN_UNDECIDED} more`] : lines;
}

function controlLines({ diff }: DiffReport): string[] {
  return [
    ...diff.controls.removed.map(({ control, title, target }) => `− ${control} ${title}, removed from ${target}`),
    ...diff.controls.added.map(({ control, title, target }) => `+ ${control} ${title}, added to ${target}`),
  ];
}

function accountLines({ diff }: DiffReport): string[] {
  return [
    ...diff.accounts.removed.map(({ key, unitPath }) => `− ${key}, was in ${unitPath}`),
    ...diff.accounts.added.map(({ key, unitPath }) => `+ ${key} in ${unitPath}`),
    ...diff.accounts.moved.map(({ account, from }) => `→ ${account.key} moved from ${from} to ${account.unitPath}`),
  ];
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
