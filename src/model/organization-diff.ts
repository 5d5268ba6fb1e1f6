import { AccountNode, boundPlatform, OrganizationModel, PlatformPrincipalFacts } from './organization-model';
import { Situation, situationsOf } from './situations';
import { ActionIndex } from '../analysis/actions/action-index';
import { ANONYMOUS, AWS_SERVICES, Change, compare, Comparison, KnownChanges, OTHER_ACCOUNTS, PossibleChange, PrincipalClass } from '../analysis/compare';
import { AccountPolicies, PolicyLevel } from '../analysis/policy-document';
import { AccessRequest, Reason } from '../analysis/request';

/** Where a change holds: accounts by key, and units without accounts whose future ones it holds for. */
export interface Places {
  readonly accounts: readonly string[];
  readonly emptyUnits: readonly string[];
}

/** Actions that the same principals may or may not do any more, in the same places and for the same reason. */
export interface GuardrailChange extends Places {
  /** What they are now. */
  readonly direction: 'allowed' | 'denied';
  readonly actions: readonly string[];
  /** Whether it also holds of actions that AWS may add. */
  readonly withFuture: boolean;
  /** Those of the account, `platform principals`, `root user`, `everyone else`; or others, `principals of other accounts`, `AWS services`, `anonymous requests`. */
  readonly principals: readonly string[];
  /** What denied before, or denies now. */
  readonly reasons: readonly Reason[];
  /** One request that the two sides decide differently; one for each resource that the action names. */
  readonly example: { readonly account: string; readonly requests: readonly AccessRequest[] };
}

/** What may have changed but could not be shown. */
export interface UndecidedChange extends PossibleChange, Places {}

/** A control that one side has on a target, and the other has not. */
export interface ControlChange {
  readonly control: string;
  readonly title: string;
  readonly target: string;
}

/** What a change of an organization means. */
export interface OrganizationDiff {
  readonly accounts: {
    readonly added: readonly AccountNode[];
    readonly removed: readonly AccountNode[];
    readonly moved: readonly { readonly account: AccountNode; readonly from: string }[];
  };
  readonly controls: { readonly added: readonly ControlChange[]; readonly removed: readonly ControlChange[] };
  readonly guardrails: readonly GuardrailChange[];
  readonly undecided: readonly UndecidedChange[];
  /** Accounts of both sides, groups of equal ones, actions of AWS. */
  readonly compared: { readonly accounts: number; readonly groups: number; readonly actions: number };
}

export const PLATFORM = 'platform principals';
export const ROOT_USER = 'root user';
export const EVERYONE_ELSE = 'everyone else';

/** Compares two organizations, account by account as their keys say; equal accounts are compared once. Accounts of one side only are listed. */
export function diffOrganizations(base: OrganizationModel, head: OrganizationModel, index: ActionIndex): OrganizationDiff {
  const before = membersOf(base);
  const after = membersOf(head);
  const pairs = pairsOf(before, after);
  const principals = principalClasses([...base.data.platform, ...head.data.platform]);
  const changes: (Change & Places & { readonly example: string })[] = [];
  const undecided: UndecidedChange[] = [];
  const known = new KnownChanges();
  for (const pair of pairs) {
    const places = { accounts: pair.accounts.map(({ key }) => key), emptyUnits: pair.emptyUnits };
    const found = compareOnce(pair, base, head, index, principals, known);
    const example = places.accounts[0] ?? `an account in ${places.emptyUnits[0]}`;
    changes.push(...found.changes.map((change) => ({ ...change, ...places, example })));
    undecided.push(...found.undecided.map((change) => ({ ...change, ...places })));
  }
  return {
    accounts: accountChanges(base, head),
    controls: controlChanges(base, head),
    guardrails: grouped(changes),
    undecided,
    compared: { accounts: pairs.reduce((sum, { accounts }) => sum + accounts.length, 0), groups: pairs.length, actions: index.actions.length },
  };
}

/** Accounts of both sides that are equal to each other on each side. */
interface Pair {
  readonly before: Situation;
  readonly after: Situation;
  readonly accounts: AccountNode[];
  readonly emptyUnits: string[];
}

function membersOf(model: OrganizationModel): Map<string, Situation> {
  return new Map(situationsOf(model).flatMap((situation) => [
    ...situation.accounts.map(({ key }) => [`account ${key}`, situation] as const),
    ...situation.emptyUnits.map(({ path }) => [`unit ${path}`, situation] as const),
  ]));
}

function pairsOf(before: Map<string, Situation>, after: Map<string, Situation>): Pair[] {
  const pairs = new Map<Situation, Map<Situation, Pair>>();
  for (const [member, situation] of after) {
    const old = before.get(member);
    if (!old) continue;
    const others = pairs.get(situation) ?? new Map<Situation, Pair>();
    pairs.set(situation, others);
    const pair = others.get(old) ?? { before: old, after: situation, accounts: [], emptyUnits: [] };
    others.set(old, pair);
    const account = situation.accounts.find(({ key }) => member === `account ${key}`);
    if (account) pair.accounts.push(account);
    else pair.emptyUnits.push(member.slice('unit '.length));
  }
  return [...pairs.values()].flatMap((others) => [...others.values()]);
}

function compareOnce(pair: Pair, base: OrganizationModel, head: OrganizationModel, index: ActionIndex, principals: readonly PrincipalClass[], known: KnownChanges): Comparison {
  const [account] = pair.accounts;
  const after = account ? head.policiesOf(account) : pair.after.policies;
  const old = account ? base.policiesOf(base.account(account.key)!) : pair.before.policies;
  // Placeholder ids differ from real ones: the same account is asked about on both sides.
  const before: AccountPolicies = old.account.id === after.account.id ? old
    : { ...old, account: after.account, organizationId: after.organizationId, organizationPath: after.organizationPath };
  if (textOf(before) === textOf(after)) return { changes: [], undecided: [], actions: index.actions.length };
  return compare(before, after, index, principals, known);
}

function textOf({ serviceControl, resourceControl, organizationPath, account, unknown }: AccountPolicies): string {
  const documents = (levels: readonly PolicyLevel[]) => levels.map(({ policies }) => policies.map(({ document }) => document));
  return JSON.stringify([documents(serviceControl), documents(resourceControl), organizationPath, account.isManagement, unknown]);
}

/** Who is told apart: the platform, the root user, and everyone else. */
function principalClasses(platform: readonly PlatformPrincipalFacts[]): PrincipalClass[] {
  const patterns = boundPlatform(platform);
  return [
    ...(patterns.length > 0 ? [{ name: PLATFORM, principals: patterns }] : []),
    { name: ROOT_USER, principals: ['root'] },
    { name: EVERYONE_ELSE, except: ['root', ...patterns] },
  ];
}

/** Changes of the same direction, principals, places and reasons are one; so a reviewer reads ten lines, not ten thousand. */
function grouped(changes: readonly (Change & Places & { readonly example: string })[]): GuardrailChange[] {
  const byActions = merged(changes.map((change) => ({
    direction: change.direction,
    actions: change.isFuture ? [] : change.actions,
    withFuture: change.isFuture,
    principals: [change.principals],
    reasons: change.reasons,
    accounts: change.accounts,
    emptyUnits: change.emptyUnits,
    example: { account: change.example, requests: change.requests },
  })), ({ direction, principals, reasons, accounts, emptyUnits }) => [direction, principals, reasonsText(reasons), accounts, emptyUnits], ['actions']);
  const byPrincipals = merged(byActions, ({ direction, actions, withFuture, principals, accounts, emptyUnits }) => (
    [direction, actions, withFuture, areOfAccount(principals), accounts, emptyUnits]
  ), ['principals']);
  return merged(byPrincipals, ({ direction, actions, withFuture, principals, reasons }) => [direction, actions, withFuture, principals, reasonsText(reasons)], ['accounts', 'emptyUnits'])
    .sort((a, b) => (a.direction === b.direction ? b.actions.length - a.actions.length : a.direction === 'allowed' ? -1 : 1));
}

/** Whether they belong to the account that is asked about. */
function areOfAccount(principals: readonly string[]): boolean {
  return !principals.some((name) => [OTHER_ACCOUNTS, AWS_SERVICES, ANONYMOUS].includes(name));
}

type Joined = 'actions' | 'principals' | 'accounts' | 'emptyUnits';

/** Joins the changes of one key; what they differ in is put together. */
function merged(changes: readonly GuardrailChange[], keyOf: (change: GuardrailChange) => unknown, joined: readonly Joined[]): GuardrailChange[] {
  const groups = new Map<string, GuardrailChange[]>();
  for (const change of changes) {
    const key = JSON.stringify(keyOf(change));
    groups.set(key, [...groups.get(key) ?? [], change]);
  }
  return [...groups.values()].map((group) => ({
    ...bestExample(group),
    withFuture: group.some(({ withFuture }) => withFuture),
    ...Object.fromEntries(joined.map((name) => [name, [...new Set(group.flatMap((change) => change[name]))]])),
  }));
}

/** The example of an action that AWS has, in an account that there is, by someone who is nobody in particular. */
function bestExample(group: readonly GuardrailChange[]): GuardrailChange {
  const worth = ({ actions, accounts, principals }: GuardrailChange) => (
    (actions.length > 0 ? 4 : 0) + (accounts.length > 0 ? 2 : 0) + (principals.includes(EVERYONE_ELSE) ? 1 : 0)
  );
  return group.reduce((best, change) => (worth(change) > worth(best) ? change : best));
}

/** The same changes with less detail: one for each reason, whose actions need not be quite the same in all of its accounts and for all of its principals. */
export function condensed(changes: readonly GuardrailChange[]): GuardrailChange[] {
  const byPlace = merged(changes, ({ direction, principals, reasons }) => [direction, principals, reasonsText(reasons)], ['actions', 'accounts', 'emptyUnits']);
  const result: GuardrailChange[] = [];
  for (const change of byPlace) {
    const at = result.findIndex((other) => other.direction === change.direction && reasonsText(other.reasons) === reasonsText(change.reasons)
      && areOfAccount(other.principals) === areOfAccount(change.principals) && areAlike(other.actions, change.actions));
    if (at < 0) result.push(change);
    else result[at] = merged([result[at]!, change], () => '', ['actions', 'principals', 'accounts', 'emptyUnits'])[0]!;
  }
  return result;
}

const ALIKE = 0.9;

/** Whether two lists have nine tenths of their actions in common. */
function areAlike(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(some);
  const common = others.filter((action) => known.has(action)).length;
  return common >= ALIKE * (some.length + others.length - common);
}

/** Without the condition: it hangs on the request that happens to be the example. */
function reasonsText(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map(({ policy, statement, level, effect }) => [effect, policy, statement, level].join('|')))].sort().join(' ');
}

function accountChanges(base: OrganizationModel, head: OrganizationModel): OrganizationDiff['accounts'] {
  const old = new Map(base.accounts.map((account) => [account.key, account]));
  const current = new Map(head.accounts.map((account) => [account.key, account]));
  return {
    added: head.accounts.filter(({ key }) => !old.has(key)),
    removed: base.accounts.filter(({ key }) => !current.has(key)),
    moved: head.accounts.flatMap((account) => {
      const from = old.get(account.key)?.unitPath;
      return from !== undefined && from !== account.unitPath ? [{ account, from }] : [];
    }),
  };
}

function controlChanges(base: OrganizationModel, head: OrganizationModel): OrganizationDiff['controls'] {
  const old = controlsOn(base);
  const current = controlsOn(head);
  const missing = (from: typeof old, to: typeof old) => [...from].filter(([key]) => !to.has(key)).map(([, change]) => change);
  return { added: missing(current, old), removed: missing(old, current) };
}

/** Controls by target, as the policies they are packed into are attached. */
function controlsOn(model: OrganizationModel): Map<string, ControlChange> {
  const names = new Map([...model.units.map(({ id, path }) => [id, path] as const), ...model.accounts.map(({ id, unitPath, key }) => [id, `${unitPath}/${key}`] as const)]);
  const titles = new Map(model.data.controls.map(({ id, title }) => [id, title]));
  return new Map(model.data.policies.flatMap(({ controls, targetIds }) => targetIds.flatMap((id) => controls.map((control) => {
    const target = names.get(id) ?? id;
    return [`${control} ${target}`, { control, title: titles.get(control) ?? control, target }] as const;
  }))));
}
