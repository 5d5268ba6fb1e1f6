import { actionsInWords } from './actions-in-words';
import { table } from './explain';
import type { PackReport } from './pack';
import { Terminal } from './terminal';
import { PossibleChange } from '../analysis/compare';
import { requestInWords } from '../analysis/request-in-words';
import { actionIndex } from '../model/action-index-file';
import { GroupCertificate } from '../model/packing/certify';
import { isPackable } from '../model/packing/draft-policy';
import { amountOf, pathOf, PolicyAmount, TargetPacking } from '../model/packing/target-packing';
import { POLICY_TYPES, policyType } from '../model/policy-types';

const SHOWN_CHANGES = 10;
const NAMED = 4;

/** The report as JSON; `schema/pack.schema.json` documents it. */
export function packJson(report: PackReport): object {
  const { before, packed, certificate, options, files, writtenBytes } = report;
  const paths = new Map([...packed.model.units, ...packed.model.accounts].map((target) => [target.id, pathOf(target)]));
  return {
    version: 1,
    source: before.data.source,
    equivalent: certificate.isEquivalent,
    compared: { groups: certificate.groups.length, actions: certificate.actions },
    repack: options.repack ?? false,
    hoist: options.hoist ?? false,
    targets: packed.targets.map(({ path, type, before: old, after, lowerBound, maxBytes, room }) => ({
      target: path, type: type.name, before: old, after, lowerBound, maxBytes, room,
    })),
    total: { before: totalOf(report, 'before'), after: totalOf(report, 'after'), ...(writtenBytes !== undefined ? { writtenBytes } : {}) },
    policies: packed.model.data.policies.filter(({ type }) => policyType(type)?.iamLanguage).map((policy) => ({
      name: policy.name,
      type: policyType(policy.type)!.name,
      targets: policy.targetIds.map((id) => paths.get(id) ?? id),
      packed: isPackable(policy),
      bytes: amountOf([policy]).bytes,
      statements: amountOf([policy]).statements,
      document: policy.content ?? null,
    })),
    vanished: packed.vanished,
    moved: packed.moved,
    hoistedTo: packed.hoistedTo.map(({ path }) => path),
    problems: packed.problems,
    changes: certificate.groups.flatMap(({ changes, ...places }) => changes.map((change) => ({ ...change, ...placesOf(places) }))),
    undecided: certificate.groups.flatMap(({ undecided, ...places }) => undecided.map((change) => ({ ...change, ...placesOf(places) }))),
    files,
  };
}

function placesOf({ accounts, emptyUnits }: Pick<GroupCertificate, 'accounts' | 'emptyUnits'>): object {
  return { accounts, emptyUnits };
}

/** The report as a person reads it in a terminal. */
export function packText(report: PackReport, terminal: Terminal): string {
  const { packed, certificate, options, files, writtenBytes } = report;
  const { colors } = terminal;
  const isShown = ({ before, after, problems }: TargetPacking) => problems.length > 0 || JSON.stringify(before) !== JSON.stringify(after);
  const shown = packed.targets.filter(isShown);
  const unchanged = packed.targets.length - shown.length;
  const [old, current] = [totalOf(report, 'before'), totalOf(report, 'after')];
  const rows = [
    ['', '', 'policies', 'bytes', 'statements', 'at least', 'room for'],
    ...shown.map(({ path, type, before, after, lowerBound, room }) => [path, type.label, ...changeOf(before, after), n(lowerBound), n(room)]),
    ['all policies', '', ...changeOf(old, current), '', ''],
  ];
  return [
    '',
    ...table(rows),
    ...(unchanged > 0 ? [`${count(unchanged, 'target')} as before`] : []),
    ...(writtenBytes !== undefined ? [`The files have ${n(writtenBytes)} bytes; AWS counts white space.`] : []),
    '',
    ...(certificate.isEquivalent ? [certified(report, terminal)] : notCertified(report, terminal)),
    ...remarks(report).map((remark) => colors.yellow(remark)),
    ...packed.problems.map((problem) => `${colors.red('does not fit')}  ${problem}`),
    ...(files.length > 0 ? ['', `Wrote ${count(files.length, 'file')} to ${options.out}${files.includes('organization.yaml') ? '; its comments are not carried over' : ''}.`] : []),
    ...next(report),
  ].join('\n');
}

function certified({ certificate }: PackReport, { colors }: Terminal): string {
  const where = `${n(certificate.actions)} actions, and those that AWS may add, in ${count(certificate.groups.length, 'account group')}`;
  return `${colors.green('Certified equivalent')} over ${where}, in every context.`;
}

function remarks({ packed, options }: PackReport): string[] {
  const isMoved = `${count(packed.moved, 'statement')} ${packed.moved === 1 ? 'is' : 'are'} in another policy than before.`;
  return [
    ...(packed.vanished.length > 0 && packed.moved === 0 ? [`Not needed any more, others of the same targets say it all: ${packed.vanished.join(', ')}`] : []),
    ...(packed.moved > 0 ? [`${isMoved} AWS changes one policy after the other, so such a statement can be missing for a moment: `
      + 'change what grows before what shrinks, and detach last.'] : []),
    ...packed.hoistedTo.map(({ path }) => `What all children of ${path} have is in ${path} now: accounts and units that come below it later are denied it too, `
      + `and so is an account that comes into ${path} itself.`),
    ...(options.hoist === true && packed.hoistedTo.length === 0 ? ['No unit has children that all have a statement in common.'] : []),
  ];
}

function next({ certificate, packed, options, files }: PackReport): string[] {
  const isMore = packed.targets.some(({ after, lowerBound }) => after.policies > lowerBound);
  return [
    ...(certificate.isEquivalent && isMore && options.repack !== true ? ['', 'Fewer policies may be enough where statements move between them: --repack'] : []),
    ...(files.includes('organization.yaml') ? ['', `Next: npx landing-zone diff ${options.organization} ${options.out}/organization.yaml`] : []),
  ];
}

function notCertified({ certificate, before, options }: PackReport, { colors }: Terminal): string[] {
  const changed = certificate.groups.flatMap((group) => group.changes.map((found) => ({ ...found, group })));
  const open = certificate.groups.flatMap((group) => group.undecided.map((found) => ({ ...found, group })));
  const lines = [
    ...changed.map(({ direction, actions, isFuture, requests, group }) => {
      const account = group.accounts[0] ?? `an account in ${group.emptyUnits[0]}`;
      const words = isFuture ? `actions that AWS may add, like ${actions[0]}` : actionsInWords(actions, actionIndex());
      return `  ${direction === 'allowed' ? colors.red('+ newly ALLOWED') : colors.yellow('− newly DENIED ')}  ${words} in ${placesInWords(group)}, `
        + `for example ${requests[0]!.action} by ${requestInWords(requests[0]!, before.account(account)?.id ?? '000000000000')}`;
    }),
    ...open.map((found) => `  ${colors.yellow('? undecided')}      ${undecidedInWords(found)} in ${placesInWords(found.group)}`),
  ];
  return [
    `${colors.red('Not certified')}: the packed policies would not mean the same, or that could not be shown.${options.out !== undefined ? ' Nothing is written.' : ''}`,
    ...lines.slice(0, SHOWN_CHANGES),
    ...(lines.length > SHOWN_CHANGES ? [`  … and ${n(lines.length - SHOWN_CHANGES)} more`] : []),
  ];
}

function undecidedInWords({ direction, actions, why }: PossibleChange): string {
  return `newly ${direction}? ${actionsInWords(actions, actionIndex())}: it hangs on ${why.join(', ')}`;
}

function placesInWords({ accounts, emptyUnits }: GroupCertificate): string {
  const names = [...accounts, ...emptyUnits.map((path) => `future accounts of ${path}`)];
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');
}

/** Each policy once, however many targets it has. */
function totalOf({ before, packed }: PackReport, side: 'before' | 'after'): PolicyAmount {
  const types = new Set(POLICY_TYPES.filter(({ iamLanguage }) => iamLanguage).map(({ type }) => type));
  return amountOf((side === 'before' ? before : packed.model).data.policies.filter(({ type }) => types.has(type)));
}

function changeOf(before: PolicyAmount, after: PolicyAmount): string[] {
  return (['policies', 'bytes', 'statements'] as const).map((what) => (before[what] === after[what] ? n(after[what]) : `${n(before[what])} → ${n(after[what])}`));
}

function count(number: number, noun: string): string {
  return `${n(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function n(number: number): string {
  return number.toLocaleString('en-US');
}
