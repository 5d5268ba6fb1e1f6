import { CheckResult, Finding } from './check-result';
import { ActionIndex } from '../../analysis/actions/action-index';
import { isQuarantined, stateOf } from '../../model/lifecycle/quarantine';
import { AccountVersion, Existence, illegalChange } from '../../model/lifecycle/transition';
import { PlaceholderIds } from '../../model/lock-file';
import { diffOrganizations, GuardrailChange, OrganizationDiff } from '../../model/organization-diff';
import { AccountNode, OrganizationModel } from '../../model/organization-model';

const RULE = 'LZ.LIFECYCLE.CHANGE';
const NAMED = 6;

/** What changed since another version of the organization, and the day it is. */
export interface LifecycleChange {
  readonly base: OrganizationModel;
  readonly head: OrganizationModel;
  /** `2026-11-23`. */
  readonly today: string;
  readonly index: ActionIndex;
}

/** Accounts come from one version to the next as their life has it: none vanishes, none gets another name, none is moved to where it may do more without a reason. */
export function lifecycleChanges(change: LifecycleChange): CheckResult {
  const { base, head, today } = change;
  const keys = [...new Set([...membersOf(base).keys(), ...membersOf(head).keys()])];
  const [before, after] = [membersOf(base), membersOf(head)];
  const findings = keys.flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    return [...stateFinding(old, now, change), ...old && now ? identityFindings(old, now, base) : []];
  });
  const moved = [...after.values()].flatMap((now) => {
    const old = before.get(now.key);
    return old && old.unitPath !== now.unitPath ? [{ old, now }] : [];
  });
  const all = [...findings, ...moveFindings(moved, change)];
  return {
    id: RULE,
    title: 'Since the base',
    proved: Math.max(0, keys.length - all.length),
    findings: all,
    summary: [`${keys.length} accounts in both or one of them`, `${moved.length} moved`, `today ${today}`].join(', '),
  };
}

function membersOf(model: OrganizationModel): Map<string, AccountNode> {
  return new Map(model.accounts.filter(({ isManagement }) => !isManagement).map((account) => [account.key, account]));
}

/** Without a lock file every id is a placeholder, and none says that AWS lacks the account. */
function existenceIn(model: OrganizationModel, account: AccountNode): Existence {
  if (!account.isPlaceholder) return 'exists';
  return model.data.organizationId === PlaceholderIds.ORGANIZATION ? 'unknown' : 'not yet';
}

function versionIn(model: OrganizationModel, account: AccountNode | undefined): AccountVersion | undefined {
  return account && { state: stateOf(account), closedOn: account.life?.closedOn, existence: existenceIn(model, account) };
}

function stateFinding(old: AccountNode | undefined, now: AccountNode | undefined, { base, head, today }: LifecycleChange): Finding[] {
  const illegal = illegalChange(versionIn(base, old), versionIn(head, now), today);
  const { key, origin } = (now ?? old)!;
  if (illegal) {
    const heir = now ? undefined : heirOf(old!, base, head);
    const instead = heir ? `${heir.key} has its e-mail: keep the key ${key} and give the other name as name, or AWS is asked for a second account.` : illegal.instead;
    return [{ rule: RULE, severity: 'error', message: `${key} ${illegal.why}`, hint: instead, origins: [origin] }];
  }
  const [before, after] = [old?.life?.closedOn, now?.life?.closedOn];
  return before !== undefined && after !== undefined && before !== after ? [{
    rule: RULE, severity: 'warning', message: `${key} was closed on ${before}, and now on ${after}`, hint: 'The 90 days count from this day: take what AWS Organizations says.', origins: [origin],
  }] : [];
}

/** The new account that has the e-mail of one that vanishes. */
function heirOf(old: AccountNode, base: OrganizationModel, head: OrganizationModel): AccountNode | undefined {
  const known = membersOf(base);
  return [...membersOf(head).values()].find(({ key, email }) => !known.has(key) && email !== '' && email.toLowerCase() === old.email.toLowerCase());
}

/** CloudFormation refuses another name or e-mail, but for upper and lower case (the type's update handler, read 2026-11-23). */
function identityFindings(old: AccountNode, now: AccountNode, base: OrganizationModel): Finding[] {
  if (existenceIn(base, old) === 'not yet') return [];
  return ([['name', old.name, now.name], ['e-mail', old.email, now.email]] as const).filter(([, was, is]) => was.toLowerCase() !== is.toLowerCase()).map(([what, was, is]): Finding => ({
    rule: RULE,
    severity: 'error',
    message: `the ${what} of ${now.key} changes from ${was} to ${is}`,
    hint: 'CloudFormation refuses that for an account that is there. Keep what it was made with.',
    origins: [now.origin],
  }));
}

/** What those may do that were moved and may do more. Who leaves quarantine is meant to. */
function moveFindings(moved: readonly { readonly old: AccountNode; readonly now: AccountNode }[], { base, head, index }: LifecycleChange): Finding[] {
  const judged = moved.filter(({ old, now }) => !isQuarantined(old, base) || isQuarantined(now, head));
  if (judged.length === 0) return [];
  const diff = diffOrganizations(base, head, index);
  return judged.flatMap(({ old: { unitPath: from }, now }): Finding[] => {
    const [gained, undecided] = [newlyAllowed(now, diff.guardrails), newlyAllowed(now, diff.undecided)];
    if (gained.length + undecided.length === 0) return [];
    const reason = now.life?.moved?.from === from ? now.life.moved.reason : undefined;
    const shown = gained.length > 0 ? `newly allows ${actionsInWords(gained)}` : `may newly allow ${actionsInWords(undecided)}`;
    return [{
      rule: RULE,
      severity: reason === undefined ? 'error' : 'warning',
      message: `the move of ${now.key} from ${from} to ${now.unitPath} ${shown}${reason === undefined ? '' : `: ${reason}`}`,
      hint: reason === undefined ? `Give ${now.unitPath} the controls that it loses, or say why it may lose them: moved: { from: ${from.replace(/^Root\//, '')}, reason: … }. "npx landing-zone diff" names all of them.`
        : 'The reason stands in its entry.',
      origins: [now.origin],
      details: causesOf(now, diff),
    }];
  });
}

function newlyAllowed<T extends { readonly direction: string; readonly accounts: readonly string[] }>({ key }: AccountNode, changes: readonly T[]): T[] {
  return changes.filter(({ direction, accounts }) => direction === 'allowed' && accounts.includes(key));
}

function actionsInWords(changes: readonly { readonly actions: readonly string[]; readonly withFuture?: boolean }[]): string {
  const actions = [...new Set(changes.flatMap((change) => change.actions))].sort();
  const future = changes.some(({ withFuture }) => withFuture) ? ['actions that AWS may add'] : [];
  const named = actions.length > NAMED ? [...actions.slice(0, NAMED), `${(actions.length - NAMED).toLocaleString('en-US')} more actions`] : actions;
  return [...named, ...future].join(', ');
}

/** Statements that denied before, each once. */
function causesOf(account: AccountNode, { guardrails }: OrganizationDiff): string[] {
  const reasons = newlyAllowed<GuardrailChange>(account, guardrails).flatMap((change) => change.reasons);
  return [...new Set(reasons.map(({ level, policy, statement, effect }) => (effect === 'NoAllow' ? `not allowed before at ${level}` : `denied before by ${statement} of ${policy} at ${level}`)))].slice(0, NAMED);
}
