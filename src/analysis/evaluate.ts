import { isPossible, outcomes } from './decide';
import { and, Expression, Leaf, leaves, not, renameLeaves, TRUE } from './expression';
import { Gate, judge, Judgement, Voice } from './judge';
import { AccountPolicies } from './policy-document';
import { AccessRequest, Decision, Explanation, Reason } from './request';
import { solve } from './solve';

/**
 * Decides a request to or from one account, as far as it is known: `allowed` and `denied` hold whatever the open keys are, else the answer `depends`.
 * Exact over all values of the open keys; where keys hang together in ways that policies do not say, or AWS does not say what it does, it depends.
 * It is never allowed or denied wrongly.
 *
 * - Service control policies: an Allow at every level, no Deny at any. They bind the principals of the account, but not those of the management
 *   account, service-linked roles, AWS services, or principals of another account (whose own organization policies are not known here).
 * - Resource control policies: no Deny at any level. They bind whoever asks for a resource of the account, but not service-linked roles, and not
 *   for resources of the management account, and in the services that AWS lists for them only. Keys that AWS manages, which they do not bind either,
 *   are not told from others.
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
  return explain(judge(request, account), account.unknown);
}

/** The decision of `evaluate` alone, for who asks many questions and needs no reasons. */
export function decide(request: AccessRequest, account: AccountPolicies): Decision {
  const { canBeTrue, canBeFalse } = outcomes(judge(request, account).allowed);
  return !canBeTrue ? 'denied' : canBeFalse ? 'depends' : 'allowed';
}

function explain(judgement: Judgement, unknown: readonly string[]): Explanation {
  const denies = judgement.denies.filter(({ can }) => can.canBeTrue);
  const gates = judgement.gates.map(({ level, isOpen, allows }) => ({ level, isOpen, allows: allows.filter(({ can }) => can.canBeTrue) }));
  const allowed = and(...denies.map(({ counts }) => not(counts)), ...gates.map(({ isOpen }) => isOpen));
  const can = outcomes(allowed);
  const unresolved = unknown.map((name): Reason => ({ policy: name, statement: '-', level: '-', effect: 'Unknown', when: 'its content could be resolved' }));
  const closed = gates.filter(({ isOpen }) => !isPossible(isOpen))
    .map(({ level }): Reason => ({ policy: '-', statement: '-', level, effect: 'NoAllow' }));
  if (!can.canBeTrue) {
    const certain = [...denies.filter(({ counts }) => counts === TRUE).map(({ openReason }) => openReason), ...closed];
    return { decision: 'denied', reasons: certain.length > 0 ? certain : together({ denies, gates }), dependsOn: [] };
  }
  const allowing = gates.flatMap(({ allows }) => {
    const certain = allows.find(({ counts }) => counts === TRUE);
    return (certain ? [certain] : allows).map(({ openReason }) => openReason);
  });
  if (!can.canBeFalse && unknown.length === 0) {
    return { decision: 'allowed', reasons: [...judgement.exempt, ...allowing], dependsOn: [] };
  }
  const keys = can.canBeFalse ? distinct(decidingLeaves(allowed).flatMap(({ dependsOn }) => dependsOn)) : [];
  return {
    decision: 'depends',
    reasons: [...denies.map(({ openReason }) => openReason), ...closed, ...unresolved, ...judgement.exempt, ...allowing],
    dependsOn: unknown.length > 0 ? distinct([...keys, 'unknown']) : keys,
  };
}

/** A smallest set of statements that deny, and of levels that do not allow, that leave no request of those that fit: one statement where one does. */
export function together({ denies, gates }: Pick<Judgement, 'denies' | 'gates'>, fits: Expression = TRUE): Reason[] {
  const lone = [...denies.map(denyPart), ...gates.map(gatePart)].find(({ lets }) => !isPossible(and(fits, lets)));
  let parts = lone ? [lone] : [...gates.map(gatePart), ...denies.map(denyPart)];
  for (const part of lone ? [] : parts) {
    const rest = parts.filter((other) => other !== part);
    if (!isPossible(and(fits, ...rest.map(({ lets }) => lets)))) {
      parts = rest;
    }
  }
  return parts.flatMap(({ reasons }) => reasons());
}

interface Part {
  /** The requests that it leaves. */
  readonly lets: Expression;
  readonly reasons: () => Reason[];
}

function denyPart(voice: Voice): Part {
  return { lets: not(voice.counts), reasons: () => [voice.openReason] };
}

/** A level is said by the statements that allow there, or, where none can, by itself. */
function gatePart({ level, isOpen, allows }: Gate): Part {
  const conditional = allows.filter(({ can }) => can.canBeTrue).filter(({ counts }) => counts !== TRUE);
  return {
    lets: isOpen,
    reasons: () => (conditional.length > 0 ? conditional.map(({ openReason }) => openReason) : [{ policy: '-', statement: '-', level, effect: 'NoAllow' }]),
  };
}

/** What may be spent on whether a key decides; it is named when that does not suffice. */
const DECIDING_WORK = 20_000;

/** Tests of the keys that decide: all else equal, another value of the key gives another answer. */
function decidingLeaves(allowed: Expression): Leaf[] {
  const all = leaves(allowed);
  const decides = new Map<string, boolean>();
  for (const { key } of all) {
    if (!decides.has(key)) {
      const otherwise = not(renameLeaves(allowed, (name) => (name === key ? `${name}'` : name)));
      decides.set(key, solve(and(allowed, otherwise), 'possible', DECIDING_WORK).kind !== 'none');
    }
  }
  const deciding = all.filter(({ key }) => decides.get(key));
  return deciding.length > 0 ? deciding : all;
}

/** Each key once, in its first spelling: keys are the same in any case. */
function distinct(keys: readonly string[]): string[] {
  return [...new Map([...keys].reverse().map((key) => [key.toLowerCase(), key])).values()].reverse();
}

