import { Clause } from './condition';
import { Outcomes, outcomes } from './decide';
import { and, Expression, FALSE, leaves, not, or, TRUE } from './expression';
import { AccountPolicies, NamedPolicy, PolicyDocument, PolicyLevel } from './policy-document';
import { opaque } from './principal-element';
import { AccessRequest, Explanation, Reason } from './request';
import { readRequest, RequestFacts, requestProblems } from './request-facts';
import { ask, AskedStatement, statementsOf } from './statement';

/** A statement where it is attached, with what decides whether it counts. */
interface Voice {
  readonly reason: Reason;
  readonly counts: Expression;
  readonly can: Outcomes;
}

/** One place where an Allow is needed. */
interface Gate {
  readonly level: string;
  readonly isOpen: Expression;
  readonly allows: readonly Voice[];
}

const IDENTITY = 'identity';
const BOUNDARY = 'boundary';
const RESOURCE_POLICY = 'resource';

/**
 * Decides a request to or from one account, as far as it is known: `allowed` and `denied` hold whatever the open keys are, else the answer `depends`.
 * It may depend where a deeper look at how keys hang together would decide; it is never allowed or denied wrongly.
 *
 * - Service control policies: an Allow at every level, no Deny at any. They bind the principals of the account, but not those of the management
 *   account, service-linked roles, AWS services, or principals of another account (whose own organization policies are not known here).
 * - Resource control policies: no Deny at any level. They bind whoever asks for a resource of the account, but not service-linked roles, and not
 *   for resources of the management account. Keys that AWS manages, which they do not bind either, are not told from others.
 * - Identity policies that are not given are assumed to allow, and so is a resource policy: the answer is then about the guardrails.
 * - A request without a principal is one of any principal that organization policies apply to.
 * - Policies are taken as `validatePolicyDocument` accepts them; a reader counts what it refuses among what it could not resolve.
 * - What the reader of the organization could not resolve (`account.unknown`) is never taken for an allow.
 *
 * Sources (read 2026-11-22): https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html,
 * .../orgs_manage_policies_rcps.html, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
 *
 * @throws Error with the words of `requestProblems` when the request cannot be read
 */
export function evaluate(request: AccessRequest, account: AccountPolicies): Explanation {
  const problems = requestProblems(request);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  const facts = readRequest(request, account, setKeysOf(request, account));
  const scope = scopeOf(facts, account);
  const denies: Voice[] = [];
  const gates: Gate[] = [];
  const attached = (levels: readonly PolicyLevel[], applies: Clause, isGate: boolean): void => levels.forEach(({ level, policies }) => {
    const { deny, allow } = voices(level, policies, facts, applies);
    denies.push(...deny);
    if (isGate && applies.expression !== FALSE) {
      gates.push({ level, allows: allow, isOpen: or(not(applies.expression), ...allow.map(({ counts }) => counts)) });
    }
  });
  const always: Clause = { expression: TRUE, words: '' };
  attached(account.serviceControl, scope.serviceControl, true);
  attached(account.resourceControl, scope.resourceControl, false);
  if (request.identityPolicies) {
    attached([{ level: IDENTITY, policies: request.identityPolicies }], always, false);
  }
  if (request.permissionsBoundary) {
    attached([{ level: BOUNDARY, policies: [request.permissionsBoundary] }], always, false);
  }
  if (request.resourcePolicy) {
    attached([{ level: RESOURCE_POLICY, policies: [request.resourcePolicy] }], always, false);
  }
  gates.push(...grantGates(request, facts));
  const denied = or(...denies.map(({ counts }) => counts));
  const allowed = and(not(denied), ...gates.map(({ isOpen }) => isOpen));
  return explain(allowed, denies, gates, scope.exempt, account.unknown);
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
    ask(policy.document, facts).map((asked) => voice(level, policy, asked, applies))
  ));
  return {
    deny: all.filter(({ reason, can }) => reason.effect === 'Deny' && can.canBeTrue),
    allow: all.filter(({ reason, can }) => reason.effect === 'Allow' && can.canBeTrue),
  };
}

function voice(level: string, policy: NamedPolicy, asked: AskedStatement, applies: Clause): Voice {
  const expression = asked.effect === 'Deny' ? and(applies.expression, asked.applies) : asked.applies;
  const can = outcomes(expression);
  const counts = can.canBeFalse ? expression : TRUE;
  const words = [asked.when, asked.effect === 'Deny' && applies.expression !== TRUE ? applies.words : undefined].filter((text) => text);
  const when = counts === TRUE || words.length === 0 ? undefined : words.join(' and ');
  return { reason: { policy: policy.name, statement: asked.name, level, effect: asked.effect, ...(when && { when }) }, counts, can };
}

/** Where identity policies, the permission boundary and the policy of the resource must allow. */
function grantGates(request: AccessRequest, facts: RequestFacts): Gate[] {
  const always: Clause = { expression: TRUE, words: '' };
  const allows = (level: string, policies: readonly NamedPolicy[] | undefined): { gate: Expression; allow: Voice[] } => {
    const allow = policies ? voices(level, policies, facts, always).allow : [];
    return { gate: policies ? or(...allow.map(({ counts }) => counts)) : TRUE, allow };
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

function explain(
  allowed: Expression, denies: readonly Voice[], gates: readonly Gate[], exempt: readonly Reason[], unknown: readonly string[],
): Explanation {
  const can = outcomes(allowed);
  const unresolved = unknown.map((name): Reason => ({ policy: name, statement: '-', level: '-', effect: 'Unknown', when: 'its content could be resolved' }));
  const closed = gates.filter(({ isOpen }) => !outcomes(isOpen).canBeTrue)
    .map(({ level }): Reason => ({ policy: '-', statement: '-', level, effect: 'NoAllow' }));
  const allowing = gates.flatMap(({ allows }) => {
    const certain = allows.find(({ counts }) => counts === TRUE);
    return (certain ? [certain] : allows).map(({ reason }) => reason);
  });
  const denying = denies.map(({ reason }) => reason);
  if (!can.canBeTrue) {
    const certain = [...denies.filter(({ counts }) => counts === TRUE).map(({ reason }) => reason), ...closed];
    return { decision: 'denied', reasons: certain.length > 0 ? certain : together(denies, gates), dependsOn: [] };
  }
  if (!can.canBeFalse && unknown.length === 0) {
    return { decision: 'allowed', reasons: [...exempt, ...allowing], dependsOn: [] };
  }
  const keys = can.canBeFalse ? distinct(leaves(allowed).flatMap(({ dependsOn }) => dependsOn)) : [];
  return {
    decision: 'depends',
    reasons: [...denying, ...closed, ...unresolved, ...exempt, ...allowing],
    dependsOn: unknown.length > 0 ? [...keys, 'unknown'] : keys,
  };
}

/** Where no single statement denies whatever the open keys are: a smallest set of them, and of levels, that does. */
function together(denies: readonly Voice[], gates: readonly Gate[]): Reason[] {
  let parts = [
    ...gates.map(({ isOpen, allows }) => ({ lets: isOpen, reasons: allows.filter(({ counts }) => counts !== TRUE).map(({ reason }) => reason) })),
    ...denies.map(({ counts, reason }) => ({ lets: not(counts), reasons: [reason] })),
  ];
  for (const part of parts) {
    const rest = parts.filter((other) => other !== part);
    if (!outcomes(and(...rest.map(({ lets }) => lets))).canBeTrue) {
      parts = rest;
    }
  }
  return parts.flatMap(({ reasons }) => reasons);
}

/** Each key once, in its first spelling: keys are the same in any case. */
function distinct(keys: readonly string[]): string[] {
  return [...new Map([...keys].reverse().map((key) => [key.toLowerCase(), key])).values()].reverse();
}

/** The keys that any policy tests with a set operator: they may have several values. */
function setKeysOf(request: AccessRequest, account: AccountPolicies): Set<string> {
  const levels = [...account.serviceControl, ...account.resourceControl].flatMap(({ policies }) => policies);
  const own = [...request.identityPolicies ?? [], request.permissionsBoundary, request.resourcePolicy].filter((policy) => policy !== undefined);
  return new Set([...levels, ...own].flatMap(({ document }) => setKeysIn(document)));
}

const setKeysByDocument = new WeakMap<PolicyDocument, readonly string[]>();

function setKeysIn(document: PolicyDocument): readonly string[] {
  let keys = setKeysByDocument.get(document);
  if (!keys) {
    keys = statementsOf(document).flatMap(({ Condition }) => Object.entries(Condition ?? {}))
      .filter(([operator]) => /^ForA(ll|ny)Value/.test(operator))
      .flatMap(([, tested]) => Object.keys(tested).map((key) => key.toLowerCase()));
    setKeysByDocument.set(document, keys);
  }
  return keys;
}
