import { ANY_ACCOUNT, asAnyAccount, identitiesOf, isLikeOthers } from './accounts-alike';
import { ActionClass, actionClasses } from './actions/action-classes';
import { ActionIndex } from './actions/action-index';
import { evaluate } from './evaluate';
import { setKeysOf } from './judge';
import { allowsNoMore, meaningOf, resourceControlMeaning } from './meaning';
import { AccountPolicies, ConditionJson, PolicyDocument, PolicyLevel, PolicyStatementJson } from './policy-document';
import { principalsExcept } from './principals-except';
import { supportsResourceControl } from './rcp-services';
import { AccessRequest, Reason, RequestContext } from './request';
import { list, statementsOf } from './statement';
import { findRequest, inAccount } from './witness';

/** Principals whose access is told apart in a comparison. */
export interface PrincipalClass {
  /** `platform principals`, `everyone else`. */
  readonly name: string;
  /** `role/NAME`, `root`, ARN, with wildcards; each is asked about. @default - any principal that is not left out */
  readonly principals?: readonly string[];
  /** Principals that are left out. @default - none */
  readonly except?: readonly string[];
}

/** Requests that two sets of policies decide differently. */
export interface Change {
  readonly direction: 'allowed' | 'denied';
  /** Actions that it is true of, as AWS spells them. */
  readonly actions: readonly string[];
  readonly isFuture: boolean;
  /** Name of the class of principals. */
  readonly principals: string;
  /** One such request: one for each resource that the action names. */
  readonly requests: readonly AccessRequest[];
  /** What denies it on the one side. */
  readonly reasons: readonly Reason[];
}

/** What may have changed but could not be shown. */
export interface PossibleChange {
  readonly direction: 'allowed' | 'denied';
  readonly actions: readonly string[];
  readonly principals: string;
  readonly why: readonly string[];
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly undecided: readonly PossibleChange[];
  /** Actions of AWS that were compared: all of them. */
  readonly actions: number;
}

const ANYONE: PrincipalClass = { name: 'anyone' };

/** Those whom resource control policies bind beside the principals of the account; named as in `Change.principals`. */
export const OTHER_ACCOUNTS = 'principals of other accounts';
export const AWS_SERVICES = 'AWS services';
export const ANONYMOUS = 'anonymous requests';

type Found = Pick<Comparison, 'changes' | 'undecided'>;

/** What comparisons of other accounts found: where the same statements decide, it is found once. */
export class KnownChanges {
  private readonly known = new Map<string, Found>();

  /** The changes of one class of actions in accounts that policies do not tell apart. */
  public of(one: ActionClass, principals: readonly PrincipalClass[], before: AccountPolicies, after: AccountPolicies): Found {
    const multivalued = [...setKeysOf({ action: one.action }, before), ...setKeysOf({ action: one.action }, after)].sort();
    const key = JSON.stringify([one.members, meaningOf(before, one.action), meaningOf(after, one.action), multivalued]);
    const found = this.known.get(key) ?? compareClass(one, principals, asAnyAccount(before), asAnyAccount(after));
    this.known.set(key, found);
    return {
      ...found,
      changes: found.changes.map((change) => {
        const requests = inAccount(change.requests, ANY_ACCOUNT, after.account.id);
        return { ...change, requests, reasons: reasonsOf(requests, change.direction === 'allowed' ? before : after) };
      }),
    };
  }
}

/**
 * What an account may do after a change that it could not before, and the other way round: exact over all actions and contexts. Each change carries a
 * request that `evaluate` decides differently on the two sides. No change and nothing undecided means that the two sides are equal in meaning.
 *
 * Where resource control policies decide, `OTHER_ACCOUNTS`, `AWS_SERVICES` and `ANONYMOUS` are asked about too.
 *
 * @param principals classes that are told apart; together they should be everyone of the account. @default - one class, anyone
 * @param known what comparisons of other accounts with the same classes of principals found. @default - nothing
 */
export function compare(
  before: AccountPolicies, after: AccountPolicies, index: ActionIndex, principals: readonly PrincipalClass[] = [ANYONE], known: KnownChanges = new KnownChanges(),
): Comparison {
  const changes: Change[] = [];
  const undecided: PossibleChange[] = [];
  const documents = [...new Set([...documentsOf(before), ...documentsOf(after)])];
  const isAlike = isLikeOthers(before) && isLikeOthers(after) && !isMoved(before, after);
  for (const one of actionClasses(index, documents, isMoved(before, after) ? ['*'] : changedPatterns(before, after))) {
    const isSame = !isMoved(before, after) && meaningOf(before, one.action) === meaningOf(after, one.action);
    if (!isSame) {
      const found = isAlike ? known.of(one, principals, before, after) : compareClass(one, principals, before, after);
      changes.push(...found.changes);
      undecided.push(...found.undecided);
    }
  }
  return { changes, undecided, actions: index.actions.length };
}

/** Whether the same policies may decide differently, for the account is another one or elsewhere. */
function isMoved(before: AccountPolicies, after: AccountPolicies): boolean {
  return before.organizationPath !== after.organizationPath || before.organizationId !== after.organizationId
    || before.account.id !== after.account.id || before.account.isManagement !== after.account.isManagement;
}

function compareClass(one: ActionClass, principals: readonly PrincipalClass[], before: AccountPolicies, after: AccountPolicies): Found {
  const changes: Change[] = [];
  const undecided: PossibleChange[] = [];
  for (const direction of ['allowed', 'denied'] as const) {
    const [from, to] = direction === 'allowed' ? [before, after] : [after, before];
    if (!isMoved(before, after) && allowsNoMore(from, to, one.action)) {
      continue;
    }
    // Where nobody's requests change, no class of principals is asked about.
    const asked = principals.length === 1 || compareRequests(one, ANYONE, direction, before, after) !== undefined ? principals : [];
    for (const found of [...asked, ...strangersOf(one, before, after)].map((principal) => compareRequests(one, principal, direction, before, after))) {
      if (found && 'requests' in found) {
        changes.push(found);
      } else if (found) {
        undecided.push(found);
      }
    }
  }
  return { changes, undecided };
}

/** A class of principals that is asked about with what is known of their requests. */
interface Stranger extends PrincipalClass {
  readonly contexts: readonly RequestContext[];
  /** Why they are not all who would have to be asked about. @default - they are */
  readonly why?: string;
}

/**
 * Principals of accounts that resource control policies name, and of one that they do not; AWS services; and anonymous requests. None where such policies do not
 * decide. Which keys their requests have: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html (read 2026-11-22); it does not
 * say which account an AWS service has.
 */
function strangersOf({ action }: ActionClass, before: AccountPolicies, after: AccountPolicies): Stranger[] {
  const [old, current] = [before, after].map((account) => (supportsResourceControl(action) ? resourceControlMeaning(account, action) : ''));
  if (old === current && (old === '' || !isMoved(before, after))) {
    return [];
  }
  const named = [before, after].flatMap(({ resourceControl }) => resourceControl.flatMap(({ policies }) => policies.map(({ document }) => identitiesOf(document))));
  const own = [before.account.id, after.account.id];
  const ids = new Set(named.flatMap((some) => (some === 'patterns' ? [] : some)).filter((id) => !own.includes(id)));
  const noOrganization = { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null };
  return [
    {
      name: OTHER_ACCOUNTS,
      contexts: [unnamed([...ids, ...own]), ...ids].map((id) => ({ 'aws:PrincipalAccount': id })),
      ...(named.includes('patterns') && { why: 'aws:PrincipalAccount' }),
    },
    { name: AWS_SERVICES, contexts: [{ 'aws:PrincipalIsAWSService': 'true', ...noOrganization }] },
    { name: ANONYMOUS, contexts: [{ 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalArn': null, 'aws:PrincipalIsAWSService': null, ...noOrganization }] },
  ];
}

/** The id of an account that is none of these. */
function unnamed(ids: readonly string[]): string {
  let id = 999_999_999_999;
  while (ids.includes(String(id))) {
    id -= 1;
  }
  return String(id);
}

function compareRequests(
  one: ActionClass, principal: PrincipalClass | Stranger, direction: Change['direction'], before: AccountPolicies, after: AccountPolicies,
): Change | PossibleChange | undefined {
  const where: ConditionJson | undefined = principalsExcept(principal.except, before);
  const contexts = 'contexts' in principal ? principal.contexts : [undefined];
  const askers = (principal.principals ?? [undefined]).flatMap((name) => contexts.map((context) => ({ ...(name !== undefined && { principal: name }), ...(context && { context }) })));
  const wanted = [
    { account: before, decision: direction === 'allowed' ? 'denied' : 'allowed' },
    { account: after, decision: direction },
  ] as const;
  const why: string[] = 'why' in principal && principal.why !== undefined ? [principal.why] : [];
  let odd: Change | undefined;
  for (const asked of askers) {
    for (const choice of one.choices ?? [undefined]) {
      const found = findRequest({ action: one.action, ...asked }, wanted, { where, choice });
      if (found.kind === 'found') {
        const reasons = reasonsOf(found.requests, direction === 'allowed' ? before : after);
        const change: Change = { direction, actions: one.members, isFuture: one.isFuture, principals: principal.name, requests: found.requests, reasons };
        if (!found.isOdd) {
          return change;
        }
        odd ??= change;
      }
      if (found.kind === 'open') {
        why.push(...found.why);
      }
    }
  }
  return odd ?? (why.length > 0 ? { direction, actions: one.members, principals: principal.name, why: [...new Set(why)] } : undefined);
}

/** What denies a request. */
function reasonsOf(requests: readonly AccessRequest[], denying: AccountPolicies): readonly Reason[] {
  return requests.map((request) => evaluate(request, denying)).find(({ decision }) => decision === 'denied')?.reasons ?? [];
}

function documentsOf({ serviceControl, resourceControl }: AccountPolicies): PolicyDocument[] {
  return [...serviceControl, ...resourceControl].flatMap(({ policies }) => policies.map(({ document }) => document));
}

/** Patterns of the actions that statements of one side only are about; where an Allow stands matters, where a Deny stands does not. */
function changedPatterns(before: AccountPolicies, after: AccountPolicies): readonly string[] {
  const [old, current] = [statementsByText(before), statementsByText(after)];
  const changed = [...[...old].filter(([text]) => !current.has(text)), ...[...current].filter(([text]) => !old.has(text))].map(([, statement]) => statement);
  const isUnknownOfOne = JSON.stringify(before.unknown) !== JSON.stringify(after.unknown);
  return [...new Set([...isUnknownOfOne ? ['*'] : [], ...changed.flatMap(({ Action }) => (Action === undefined ? ['*'] : list(Action)))])];
}

function statementsByText({ serviceControl, resourceControl }: AccountPolicies): Map<string, PolicyStatementJson> {
  const of = (levels: readonly PolicyLevel[], type: string) => levels.flatMap(({ policies }, level) => policies.flatMap(({ document }) => statementsOf(document))
    .map((statement) => [`${type} ${statement.Effect === 'Allow' ? level : ''} ${JSON.stringify({ ...statement, Sid: undefined })}`, statement] as const));
  // A level without any Allow says as much as a Deny of everything.
  const silent = serviceControl.filter(({ policies }) => !policies.some(({ document }) => statementsOf(document).some(({ Effect }) => Effect === 'Allow')));
  return new Map([...of(serviceControl, 'service'), ...of(resourceControl, 'resource'), ...silent.map(() => ['silent', { Effect: 'Deny' }] as const)]);
}
