import { ANY_ACCOUNT, asAnyAccount, isLikeOthers, treatsAccountsAlike } from './accounts-alike';
import { ActionClass, actionClasses } from './actions/action-classes';
import { ActionIndex } from './actions/action-index';
import { leastChoices, ResourceChoice } from './actions/resource-shape';
import { relate, globOf } from './glob';
import { setKeysOf } from './judge';
import { meaningOf } from './meaning';
import { AccountPolicies, ConditionJson, NamedPolicy } from './policy-document';
import { principalsExcept } from './principals-except';
import { AccessRequest, Reason, RequestContext } from './request';
import { findRequest, inAccount, reasonsAgainst, representatives, Search, Wanted } from './witness';

/** What may be asked about accounts: some actions, by some principals, in all contexts or in those that pass a test. */
export interface Question {
  /** `cloudtrail:StopLogging`, `s3:Put*`, `*`: actions that AWS has, and those of the pattern that it may add. */
  readonly actions: readonly string[];
  /** `role/NAME`, `user/NAME`, `root`, or an ARN; with wildcards. @default - any principal of the account that organization policies apply to */
  readonly principals?: readonly string[];
  /** Principals that are left out, in the same forms. @default - none */
  readonly except?: readonly string[];
  /** ARN, with wildcards; only actions that work on such a resource are asked about. @default - any resource of each action */
  readonly resource?: string;
  /** Keys whose values are known. @default - every key may have any value, or be absent */
  readonly context?: RequestContext;
  /** Tests that the context passes, in the policy language: `{ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }`. @default - none */
  readonly where?: ConditionJson;
  /** Identity policies of the principal. @default - not given: assumed to allow */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** Permission boundary of the principal. @default - none */
  readonly permissionsBoundary?: NamedPolicy;
  /** Policy of the resource. @default - not given */
  readonly resourcePolicy?: NamedPolicy;
}

/** Requests of one class of actions that contradict what was asked, confirmed by `evaluate`. */
export interface Counterexample {
  readonly account: AccountPolicies;
  /** Every action that it shows the same of. */
  readonly actions: readonly string[];
  /** One request for each resource that the action names. */
  readonly requests: readonly AccessRequest[];
  /** Whether the action is one that AWS does not have yet. */
  readonly isFuture: boolean;
}

/** Actions that are denied in every context, and why. */
export interface Denial {
  readonly account: AccountPolicies;
  readonly actions: readonly string[];
  readonly principal?: string;
  readonly isFuture: boolean;
  /** The statements that together deny, found when read. */
  readonly reasons: readonly Reason[];
}

/** What could be neither shown nor refuted, and what it hangs on. */
export interface Undecided {
  readonly account: AccountPolicies;
  readonly actions: readonly string[];
  readonly isFuture: boolean;
  readonly why: readonly string[];
}

export interface Answer {
  /** Whether it holds of every account and of every action that AWS has; undefined when that is not known. */
  readonly holds: boolean | undefined;
  /** Whether it also holds of actions that AWS may add. */
  readonly holdsOfFuture: boolean | undefined;
  /** Single facts: account times action times principal. */
  readonly facts: number;
  readonly counterexamples: readonly Counterexample[];
  /** What denies. */
  readonly denials: readonly Denial[];
  readonly undecided: readonly Undecided[];
}

/** Nobody, in any context, in any of the accounts. A counterexample is a request that is allowed. */
export function neverAllowed(question: Question, accounts: readonly AccountPolicies[], index: ActionIndex): Answer {
  const answer = new Findings();
  const known = new KnownSearches();
  for (const one of inquiries(question, accounts, index)) {
    const searches = known.of(one, 'allowed');
    const found = searches.find(({ kind }) => kind === 'found');
    const open = searches.filter(({ kind }) => kind === 'open');
    if (found) {
      answer.refuted(one, found);
    } else if (open.length > 0) {
      answer.open(one, open);
    } else {
      answer.denied(one, true);
    }
  }
  return answer;
}

/** Each action, by each of the principals (each of those that a pattern stands for), in some context. What is denied in every context refutes it. */
export function everAllowed(question: Question, accounts: readonly AccountPolicies[], index: ActionIndex): Answer {
  const answer = new Findings();
  const known = new KnownSearches();
  for (const inquiry of inquiries(question, accounts, index)) {
    for (const one of eachPrincipal(inquiry)) {
      const searches = known.of(one, 'allowed');
      if (searches.some(({ kind }) => kind === 'found')) {
        answer.proved(one);
      } else if (searches.some(({ kind }) => kind === 'open')) {
        answer.open(one, searches);
      } else {
        answer.denied(one, false);
      }
    }
  }
  return answer;
}

/** One inquiry for each principal that policies treat in its own way, of those that a pattern stands for. */
function eachPrincipal(inquiry: Inquiry): Inquiry[] {
  const { request, account, where, choices } = inquiry;
  if (request.principal === undefined || !/[*?]/.test(request.principal)) {
    return [inquiry];
  }
  const principals = leastChoices(choices).flatMap((choice) => representatives(request.principal!, request, account, { where, choice }) ?? [request.principal!]);
  return [...new Set(principals)].map((principal) => ({ ...inquiry, request: { ...request, principal } }));
}

/** Each action, by each of the principals, whatever the context. A counterexample is a request that is denied. */
export function alwaysAllowed(question: Question, accounts: readonly AccountPolicies[], index: ActionIndex): Answer {
  const answer = new Findings();
  const known = new KnownSearches();
  for (const one of inquiries(question, accounts, index)) {
    const searches = known.of(one, 'denied');
    const found = searches.find(({ kind }) => kind === 'found');
    const open = searches.filter(({ kind }) => kind === 'open');
    if (found) {
      answer.refuted(one, found);
    } else if (open.length > 0 || one.account.unknown.length > 0) {
      answer.open(one, open.length > 0 ? open : [{ kind: 'open', why: one.account.unknown }]);
    } else {
      answer.proved(one);
    }
  }
  return answer;
}

/** Searches of one question: where the same statements decide, what was found in one account is true of the others. */
class KnownSearches {
  private readonly known = new Map<string, readonly Search[]>();

  public of({ account, request, where, choices, actions }: Inquiry, decision: Wanted['decision']): readonly Search[] {
    const asked = decision === 'allowed' ? leastChoices(choices) : choices;
    const ask = (policies: AccountPolicies) => asked.map((choice) => findRequest(request, [{ account: policies, decision }], { where, choice }))
      .sort((one, other) => Number(isOdd(one)) - Number(isOdd(other)));
    // A principal, resource, policy or test that is given may say which account it is about.
    if (!isLikeOthers(account) || !treatsAccountsAlike({ ...request, action: '', where })) {
      return ask(account);
    }
    const multivalued = [...setKeysOf(request, account, where)].sort();
    const key = [decision, actions.action, actions.members.length, request.principal, meaningOf(account, actions.action), ...multivalued].join(' ');
    const searches = this.known.get(key) ?? ask(asAnyAccount(account));
    this.known.set(key, searches);
    return searches.map((search) => (search.kind === 'found' ? { ...search, requests: inAccount(search.requests, ANY_ACCOUNT, account.account.id) } : search));
  }
}

function isOdd(search: Search): boolean {
  return search.kind === 'found' && search.isOdd === true;
}

/** One class of actions by one kind of principal in one account. */
interface Inquiry {
  readonly account: AccountPolicies;
  readonly actions: ActionClass;
  readonly request: AccessRequest;
  readonly where?: ConditionJson;
  readonly choices: ReadonlyArray<ResourceChoice | undefined>;
}

function* inquiries(question: Question, accounts: readonly AccountPolicies[], index: ActionIndex): Generator<Inquiry> {
  const { principals, context, identityPolicies, permissionsBoundary, resourcePolicy } = question;
  const resource = question.resource === '*' ? undefined : question.resource;
  const own = [...identityPolicies ?? [], ...permissionsBoundary ? [permissionsBoundary] : [], ...resourcePolicy ? [resourcePolicy] : []];
  for (const account of accounts) {
    const where = principalsExcept(question.except, account, question.where);
    const levels = [...account.serviceControl, ...account.resourceControl].flatMap(({ policies }) => policies);
    for (const actions of actionClasses(index, [...levels, ...own].map(({ document }) => document), question.actions)) {
      const choices = resource === undefined ? actions.choices ?? [undefined] : choicesOf(actions, resource, index);
      for (const principal of choices.length > 0 ? principals ?? [undefined] : []) {
        const request: AccessRequest = {
          action: actions.action,
          ...(principal !== undefined && { principal }),
          ...(resource !== undefined && { resource }),
          ...(context && { context }),
          ...(identityPolicies && { identityPolicies }),
          ...(permissionsBoundary && { permissionsBoundary }),
          ...(resourcePolicy && { resourcePolicy }),
        };
        yield { account, actions, request, choices, ...(where && { where }) };
      }
    }
  }
}

/** Actions that do not work on the resource are not asked about, unless it is the only one. */
function choicesOf({ action, isFuture }: ActionClass, resource: string, index: ActionIndex): ReadonlyArray<ResourceChoice | undefined> {
  const facts = isFuture ? undefined : index.find(action);
  const fits = !facts || facts.resources.length === 0 || facts.resources.some(({ shape }) => relate(globOf(resource), shape.glob) !== 'disjoint');
  return fits ? [undefined] : [];
}

class Findings implements Answer {
  public facts = 0;
  public readonly counterexamples: Counterexample[] = [];
  public readonly denials: Denial[] = [];
  public readonly undecided: Undecided[] = [];
  private readonly refutations: Array<{ readonly isFuture: boolean }> = [];

  public get holds(): boolean | undefined {
    return this.verdict(false);
  }

  public get holdsOfFuture(): boolean | undefined {
    return this.verdict(true);
  }

  public proved({ actions }: Inquiry): void {
    this.facts += actions.isFuture ? 0 : actions.members.length;
  }

  public refuted({ account, actions }: Inquiry, search: Search): void {
    if (search.kind === 'found') {
      this.counterexamples.push({ account, actions: actions.members, requests: search.requests, isFuture: actions.isFuture });
      this.refutations.push(actions);
    }
  }

  /** Denied in every context: as it should be, or not. */
  public denied(inquiry: Inquiry, isWanted: boolean): void {
    const { account, actions, request, where, choices } = inquiry;
    let known: readonly Reason[] | undefined;
    const denial: Denial = {
      account,
      actions: actions.members,
      ...(request.principal !== undefined && { principal: request.principal }),
      isFuture: actions.isFuture,
      get reasons() {
        known ??= leastChoices(choices).flatMap((choice) => reasonsAgainst(request, account, { where, choice }));
        return known;
      },
    };
    this.denials.push(denial);
    if (isWanted) {
      this.proved(inquiry);
    } else {
      this.refutations.push(actions);
    }
  }

  public open({ account, actions }: Inquiry, searches: readonly Search[]): void {
    const why = [...new Set(searches.flatMap((search) => (search.kind === 'open' ? search.why : [])))];
    this.undecided.push({ account, actions: actions.members, isFuture: actions.isFuture, why });
  }

  private verdict(isFuture: boolean): boolean | undefined {
    const isOf = (one: { readonly isFuture: boolean }): boolean => one.isFuture === isFuture;
    return this.refutations.some(isOf) ? false : this.undecided.some(isOf) ? undefined : true;
  }
}
