import { Clause, conditionClauses } from './condition';
import { Context } from './context';
import { Outcomes, outcomes } from './decide';
import { and, Expression, FALSE, not, or, TRUE } from './expression';
import { AccountPolicies, ConditionJson, NamedPolicy, PolicyDocument, PolicyLevel } from './policy-document';
import { opaque } from './principal-element';
import { supportsResourceControl } from './rcp-services';
import { rememberOf } from './remember';
import { AccessRequest, Reason } from './request';
import { knowingOwnResource, readRequest, RequestFacts, requestProblems } from './request-facts';
import { ask, AskedStatement, statementsOf } from './statement';

/** A statement where it is attached, with what decides whether it counts. */
export class Voice {
  private known?: Outcomes;

  public constructor(
    public readonly reason: Reason,
    public readonly expression: Expression,
    private readonly words: () => readonly string[],
  ) {}

  /** Whether it can count at all, and whether it can be silent. */
  public get can(): Outcomes {
    this.known ??= outcomes(this.expression);
    return this.known;
  }

  /** Whether it counts, without what always holds. */
  public get counts(): Expression {
    return this.can.canBeFalse ? this.expression : TRUE;
  }

  /** With the condition that is left open, in words. */
  public get openReason(): Reason {
    const words = this.counts === TRUE ? [] : this.words();
    return words.length === 0 ? this.reason : { ...this.reason, when: words.join(' and ') };
  }
}

/** One place where an Allow is needed. */
export interface Gate {
  readonly level: string;
  readonly isOpen: Expression;
  readonly allows: readonly Voice[];
}

/** What decides a request: it is allowed when no Deny counts and every gate is open. */
export interface Judgement {
  readonly facts: RequestFacts;
  readonly allowed: Expression;
  readonly denies: readonly Voice[];
  readonly gates: readonly Gate[];
  /** Why the organization's policies do not bind the request, or not all of them. */
  readonly exempt: readonly Reason[];
}

/** What is known of a request beside what it says. */
export interface Assumptions {
  /** Tests in the policy language that the request's keys pass. @default - none */
  readonly where?: ConditionJson;
  /** Keys that may have several values, beside those that the policies take for such. @default - none */
  readonly multivalued?: readonly string[];
}

const IDENTITY = 'identity';
const BOUNDARY = 'boundary';
const RESOURCE_POLICY = 'resource';
const ALWAYS: Clause = { expression: TRUE, words: '' };

/**
 * Everything in the policies that bears on a request, as one expression over its open keys.
 *
 * @throws Error with the words of `requestProblems` when the request cannot be read
 */
export function judge(request: AccessRequest, account: AccountPolicies, assumptions: Assumptions = {}): Judgement {
  const facts = factsOf(request, account, assumptions);
  const scope = scopeOf(facts, account);
  const denies: Voice[] = [];
  const gates: Gate[] = [];
  // What could not be resolved may deny, and may be the Allow that a level lacks.
  const unknown = (what: string): Expression => (account.unknown.length === 0 ? FALSE : opaqueUnknown(what, account.unknown));
  const attached = (levels: readonly PolicyLevel[], applies: Clause, isGate: boolean, known = facts): void => levels.forEach(({ level, policies }) => {
    const { deny, allow } = voices(level, policies, known, applies);
    denies.push(...deny);
    if (isGate && applies.expression !== FALSE) {
      gates.push({ level, allows: allow, isOpen: or(not(applies.expression), ...allow.map(({ expression }) => expression), unknown(`allow|${level}`)) });
    }
  });
  attached(account.serviceControl, scope.serviceControl, true);
  const isResourceControlled = supportsResourceControl(request.action) && account.resourceControl.length > 0 && scope.resourceControl.expression !== FALSE;
  attached(isResourceControlled ? account.resourceControl : [], scope.resourceControl, false, isResourceControlled ? ownResourceFacts(facts, account) : facts);
  if (request.identityPolicies) {
    attached([{ level: IDENTITY, policies: request.identityPolicies }], ALWAYS, false);
  }
  if (request.permissionsBoundary) {
    attached([{ level: BOUNDARY, policies: [request.permissionsBoundary] }], ALWAYS, false);
  }
  if (request.resourcePolicy) {
    attached([{ level: RESOURCE_POLICY, policies: [request.resourcePolicy] }], ALWAYS, false);
  }
  gates.push(...grantGates(request, facts));
  const allowed = and(...denies.map(({ expression }) => not(expression)), ...gates.map(({ isOpen }) => isOpen), not(unknown('deny')));
  return { facts, denies, gates, exempt: scope.exempt, allowed };
}

function opaqueUnknown(what: string, unknown: readonly string[]): Expression {
  const id = `unknown|${what}|${JSON.stringify(unknown)}`;
  return { kind: 'leaf', id, key: id, dependsOn: ['unknown'] };
}

const MAX_FACTS = 2_000;
const knownFacts = new Map<string, RequestFacts>();
/** The same without the action: most of what follows from a request is the same for all actions. */
const knownOfAnyAction = new Map<string, RequestFacts>();

/** What follows from a request, the same object for the same request in accounts that do not differ: what documents say about it is then kept too. */
function factsOf(request: AccessRequest, account: AccountPolicies, { where, multivalued }: Assumptions): RequestFacts {
  const setKeys = [...setKeysOf(request, account, where), ...multivalued ?? []];
  const key = `${JSON.stringify([request.principal, request.resource, request.context])} ${placeOf(account)} ${setKeys.join()}`;
  return kept(knownFacts, `${request.action} ${key}`, () => {
    const problems = requestProblems(request);
    if (problems.length > 0) {
      throw new Error(problems.join('\n'));
    }
    return { ...kept(knownOfAnyAction, key, () => readRequest(request, account, setKeys)), action: request.action };
  });
}

/** What follows from an account, as a text. */
const placeOf = rememberOf(({ account, partition, organizationId, organizationPath }: AccountPolicies) => (
  JSON.stringify([account.id, account.isManagement, partition, organizationId, organizationPath])
));

/** What is known by a text, or made and kept; so many at most. */
function kept<T>(known: Map<string, T>, key: string, make: () => T): T {
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MAX_FACTS) {
      known.clear();
    }
    found = make();
    known.set(key, found);
  }
  return found;
}

const ownResource = new WeakMap<RequestFacts, RequestFacts>();
const ownContext = new WeakMap<Context, Context>();

/** The same object for the same facts, too: they are of one account. */
function ownResourceFacts(facts: RequestFacts, account: AccountPolicies): RequestFacts {
  let own = ownResource.get(facts);
  if (!own) {
    const context = ownContext.get(facts.context) ?? knowingOwnResource(facts.context, account);
    ownContext.set(facts.context, context);
    own = { ...facts, context };
    ownResource.set(facts, own);
  }
  return own;
}

const askedOf = rememberOf((_facts: RequestFacts) => new Map<PolicyDocument, AskedStatement[]>());

function askOnce(document: PolicyDocument, facts: RequestFacts): AskedStatement[] {
  const known = askedOf(facts);
  const asked = known.get(document) ?? ask(document, facts);
  known.set(document, asked);
  return asked;
}

/** The tests that a request's keys are assumed to pass. */
export function assumed(where: ConditionJson | undefined, facts: RequestFacts): Expression {
  return and(...conditionClauses(where, facts.context, true).map(({ expression }) => expression));
}

interface Scope {
  readonly serviceControl: Clause;
  readonly resourceControl: Clause;
  readonly exempt: readonly Reason[];
}

/** Whom the organization's policies bind in this request. */
function scopeOf(facts: RequestFacts, { account, resourceControl }: AccountPolicies): Scope {
  const bound = account.isManagement ? FALSE : not(facts.isServiceLinkedRole);
  const serviceControl = and(bound, facts.isOwnPrincipal, not(facts.isAwsService));
  const resources = and(bound, facts.isOwnResource);
  const why = facts.isServiceLinkedRole === TRUE ? 'service-linked role' : account.isManagement ? 'management account'
    : facts.isAwsService === TRUE ? 'AWS service' : 'principal of another account';
  const exempt = (statement: string, level: string, when?: string): Reason => ({
    policy: '-', statement, level, effect: 'Exempt', ...(when && { when }),
  });
  const reasons: Reason[] = [];
  if (serviceControl === FALSE) {
    reasons.push(exempt(why, 'service-control'));
  } else if (serviceControl !== TRUE) {
    reasons.push(facts.isOwnPrincipal === TRUE
      ? exempt('service-linked role', 'service-control', 'the principal is a service-linked role')
      : exempt('principal of another account', 'service-control', `the principal is not one of account ${account.id}`));
  }
  if (resources === FALSE && resourceControl.some(({ policies }) => policies.some(({ document }) => hasDenyFor(document, facts)))) {
    reasons.push(exempt(bound === FALSE ? why : 'resource of another account', 'resource-control'));
  }
  return {
    serviceControl: {
      expression: serviceControl,
      words: facts.isOwnPrincipal === TRUE ? 'the principal is no service-linked role' : `the principal is one of account ${account.id}`,
    },
    resourceControl: { expression: resources, words: `the resource is one of account ${account.id}` },
    exempt: reasons,
  };
}

function hasDenyFor(document: PolicyDocument, facts: RequestFacts): boolean {
  return ask(document, facts).some(({ effect }) => effect === 'Deny');
}

function voices(level: string, policies: readonly NamedPolicy[], facts: RequestFacts, applies: Clause): { deny: Voice[]; allow: Voice[] } {
  const all = applies.expression === FALSE ? [] : policies.flatMap((policy) => (
    askOnce(policy.document, facts).map((asked) => voice(level, policy, asked, applies))
  ));
  return { deny: all.filter(({ reason }) => reason.effect === 'Deny'), allow: all.filter(({ reason }) => reason.effect === 'Allow') };
}

function voice(level: string, policy: NamedPolicy, asked: AskedStatement, applies: Clause): Voice {
  const expression = asked.effect === 'Deny' ? and(applies.expression, asked.applies) : asked.applies;
  const reason: Reason = { policy: policy.name, statement: asked.name, level, effect: asked.effect };
  return new Voice(reason, expression, () => [asked.when ?? '', asked.effect === 'Deny' && applies.expression !== TRUE ? applies.words : ''].filter((text) => text !== ''));
}

/** Where identity policies, the permission boundary and the policy of the resource must allow. */
function grantGates(request: AccessRequest, facts: RequestFacts): Gate[] {
  const allows = (level: string, policies: readonly NamedPolicy[] | undefined): { gate: Expression; allow: Voice[] } => {
    const allow = policies ? voices(level, policies, facts, ALWAYS).allow : [];
    return { gate: policies ? or(...allow.map(({ expression }) => expression)) : TRUE, allow };
  };
  const identity = allows(IDENTITY, request.identityPolicies);
  const boundary = allows(BOUNDARY, request.permissionsBoundary && [request.permissionsBoundary]);
  const own = and(identity.gate, boundary.gate);
  if (!request.resourcePolicy) {
    return [
      ...(request.identityPolicies ? [{ level: IDENTITY, isOpen: identity.gate, allows: identity.allow }] : []),
      ...(request.permissionsBoundary ? [{ level: BOUNDARY, isOpen: boundary.gate, allows: boundary.allow }] : []),
    ];
  }
  const asked = ask(request.resourcePolicy.document, facts).filter(({ effect }) => effect === 'Allow');
  const direct = or(...asked.map(({ applies }) => applies));
  const byAccount = or(...asked.map(({ appliesByAccount }) => appliesByAccount));
  const resource = allows(RESOURCE_POLICY, [request.resourcePolicy]);
  return [{
    level: request.identityPolicies ? `${IDENTITY} or ${RESOURCE_POLICY}` : RESOURCE_POLICY,
    isOpen: granted(request.action, facts, own, boundary.gate, direct, byAccount),
    allows: [...identity.allow, ...boundary.allow, ...resource.allow],
  }];
}

/**
 * In one account either side may grant; across accounts both must. A key policy and a role's trust policy must always grant. Whether a boundary limits
 * what a resource policy grants, and what naming only the account grants, hangs on the kind of principal and session: open where that decides.
 */
function granted(action: string, facts: RequestFacts, own: Expression, boundary: Expression, direct: Expression, byAccount: Expression): Expression {
  if (facts.isAwsService === TRUE) {
    return direct;
  }
  const sameAccount = and(facts.isOwnPrincipal, facts.isOwnResource);
  const mustGrant = /^(kms:|sts:assumerole)/i.test(action);
  const alone = and(direct, or(boundary, opaque('boundary')));
  const same = mustGrant ? or(alone, and(byAccount, own)) : or(alone, own, and(byAccount, opaque('account')));
  return and(or(not(sameAccount), same), or(sameAccount, and(own, or(direct, byAccount))));
}

/** The keys that any policy tests with a set operator: they may have several values. */
export function setKeysOf({ identityPolicies, permissionsBoundary, resourcePolicy }: AccessRequest, account: AccountPolicies, where?: ConditionJson): Iterable<string> {
  const own = [...identityPolicies ?? [], permissionsBoundary, resourcePolicy].filter((policy) => policy !== undefined);
  const organization = setKeysOfAccount(account);
  return own.length === 0 && where === undefined ? organization : new Set([...organization, ...own.flatMap(({ document }) => setKeysIn(document)), ...setKeysOfCondition(where)]);
}

const setKeysOfAccount = rememberOf(({ serviceControl, resourceControl }: AccountPolicies): ReadonlySet<string> => (
  new Set([...serviceControl, ...resourceControl].flatMap(({ policies }) => policies.flatMap(({ document }) => setKeysIn(document))))
));

function setKeysOfCondition(condition: ConditionJson | undefined): string[] {
  return Object.entries(condition ?? {}).filter(([operator]) => /^ForA(ll|ny)Value/.test(operator))
    .flatMap(([, tested]) => Object.keys(tested).map((key) => key.toLowerCase()));
}

const setKeysIn = rememberOf((document: PolicyDocument): readonly string[] => statementsOf(document).flatMap(({ Condition }) => setKeysOfCondition(Condition)));
