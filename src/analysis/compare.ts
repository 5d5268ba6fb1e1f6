import { ActionClass, actionClasses, isAbout } from './actions/action-classes';
import { ActionIndex } from './actions/action-index';
import { evaluate } from './evaluate';
import { AccountPolicies, ConditionJson, PolicyDocument, PolicyLevel, PolicyStatementJson } from './policy-document';
import { principalsExcept } from './principals-except';
import { AccessRequest, Reason } from './request';
import { list, statementsOf } from './statement';
import { findRequest } from './witness';

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

/**
 * What an account may do after a change that it could not before, and the other way round: exact over all actions and contexts. Each change carries a
 * request that `evaluate` decides differently on the two sides. No change and nothing undecided means that the two sides are equal in meaning.
 *
 * @param principals classes that are told apart; together they should be everyone. @default - one class, anyone
 */
export function compare(before: AccountPolicies, after: AccountPolicies, index: ActionIndex, principals: readonly PrincipalClass[] = [ANYONE]): Comparison {
  const changes: Change[] = [];
  const undecided: PossibleChange[] = [];
  const documents = [...new Set([...documentsOf(before), ...documentsOf(after)])];
  const isMoved = before.organizationPath !== after.organizationPath || before.organizationId !== after.organizationId || before.account.id !== after.account.id;
  for (const one of actionClasses(index, documents, isMoved ? ['*'] : changedPatterns(before, after))) {
    if (!isMoved && before.account.isManagement === after.account.isManagement && meaningOf(before, one.action) === meaningOf(after, one.action)) {
      continue;
    }
    for (const direction of ['allowed', 'denied'] as const) {
      // Where nobody's requests change, no class of principals is asked about.
      if (principals.length === 1 || canChange(one, direction, before, after)) {
        principals.forEach((principal) => compareClass(one, principal, direction, before, after, changes, undecided));
      }
    }
  }
  return { changes, undecided, actions: index.actions.length };
}

function canChange(one: ActionClass, direction: Change['direction'], before: AccountPolicies, after: AccountPolicies): boolean {
  const changes: Change[] = [];
  const undecided: PossibleChange[] = [];
  compareClass(one, ANYONE, direction, before, after, changes, undecided);
  return changes.length + undecided.length > 0;
}

function compareClass(
  one: ActionClass, principal: PrincipalClass, direction: Change['direction'], before: AccountPolicies, after: AccountPolicies, changes: Change[], undecided: PossibleChange[],
): void {
  const where: ConditionJson | undefined = principalsExcept(principal.except, before);
  const wanted = [
    { account: before, decision: direction === 'allowed' ? 'denied' : 'allowed' },
    { account: after, decision: direction },
  ] as const;
  const why: string[] = [];
  for (const asked of principal.principals ?? [undefined]) {
    for (const choice of one.choices ?? [undefined]) {
      const found = findRequest({ action: one.action, ...(asked !== undefined && { principal: asked }) }, wanted, { where, choice });
      if (found.kind === 'found') {
        const denying = direction === 'allowed' ? before : after;
        const reasons = found.requests.flatMap((request) => evaluate(request, denying)).find(({ decision }) => decision === 'denied')?.reasons ?? [];
        changes.push({ direction, actions: one.members, isFuture: one.isFuture, principals: principal.name, requests: found.requests, reasons });
        return;
      }
      if (found.kind === 'open') {
        why.push(...found.why);
      }
    }
  }
  if (why.length > 0) {
    undecided.push({ direction, actions: one.members, principals: principal.name, why: [...new Set(why)] });
  }
}

function documentsOf({ serviceControl, resourceControl }: AccountPolicies): PolicyDocument[] {
  return [...serviceControl, ...resourceControl].flatMap(({ policies }) => policies.map(({ document }) => document));
}

/** Patterns of the actions that statements of one side only are about; where an Allow stands matters, where a Deny stands does not. */
function changedPatterns(before: AccountPolicies, after: AccountPolicies): readonly string[] {
  const [old, current] = [statementsByText(before), statementsByText(after)];
  const changed = [...[...old].filter(([text]) => !current.has(text)), ...[...current].filter(([text]) => !old.has(text))].map(([, statement]) => statement);
  return [...new Set(changed.flatMap(({ Action }) => (Action === undefined ? ['*'] : list(Action))))];
}

function statementsByText({ serviceControl, resourceControl }: AccountPolicies): Map<string, PolicyStatementJson> {
  const of = (levels: readonly PolicyLevel[], type: string) => levels.flatMap(({ policies }, level) => policies.flatMap(({ document }) => statementsOf(document))
    .map((statement) => [`${type} ${statement.Effect === 'Allow' ? level : ''} ${JSON.stringify({ ...statement, Sid: undefined })}`, statement] as const));
  return new Map([...of(serviceControl, 'service'), ...of(resourceControl, 'resource')]);
}

/** The statements about an action, without what does not matter: names, order, and where a Deny stands. */
function meaningOf(account: AccountPolicies, action: string): string {
  const about = (levels: readonly PolicyLevel[]): Array<readonly PolicyStatementJson[]> => levels.map(({ policies }) => policies.flatMap(({ document }) => (
    statementsOf(document).filter((statement) => isAbout(statement, action))
  )));
  const service = about(account.serviceControl);
  const denies = [...service, ...about(account.resourceControl)].flat().filter(({ Effect }) => Effect === 'Deny').map(withoutAction);
  const gates = service.map((statements) => [...new Set(statements.filter(({ Effect }) => Effect === 'Allow').map(withoutAction))].sort())
    .map((gate) => (gate.includes(ALLOW_ALL) ? ALLOW_ALL : gate.join('\n'))).filter((gate) => gate !== ALLOW_ALL);
  return JSON.stringify([[...new Set(denies)].sort(), [...new Set(gates)].sort(), account.unknown]);
}

const ALLOW_ALL = JSON.stringify({ Effect: 'Allow', Resource: '*' });

function withoutAction({ Sid: _sid, Action: _action, NotAction: _notAction, ...rest }: PolicyStatementJson): string {
  const resource = Array.isArray(rest.Resource) && rest.Resource.length === 1 ? { Resource: rest.Resource[0] as string } : {};
  return JSON.stringify({ ...rest, ...resource });
}
