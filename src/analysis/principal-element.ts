import { and, constant, Expression, FALSE, or, TRUE } from './expression';
import { globOf, hasWildcard, relate } from './glob';
import { PrincipalJson } from './policy-document';
import { PRINCIPAL, RequestFacts } from './request-facts';

/** How a Principal element names the principal of a request: itself, or only by its account. */
export interface PrincipalMatch {
  readonly direct: Expression;
  readonly byAccount: Expression;
}

/** Whether a Principal (or NotPrincipal) element names the principal of the request. Everyone is named directly by `*`. */
export function principalMatch(element: PrincipalJson, facts: RequestFacts): PrincipalMatch {
  const entries = typeof element === 'string' ? [['AWS', element]] as const : Object.entries(element);
  const matches = entries.flatMap(([kind, values]) => (typeof values === 'string' ? [values] : values).map((value) => entryMatch(kind, value, facts)));
  return { direct: or(...matches.map(({ direct }) => direct)), byAccount: or(...matches.map(({ byAccount }) => byAccount)) };
}

function entryMatch(kind: string, entry: string, facts: RequestFacts): PrincipalMatch {
  const open = opaque(`${kind}|${entry}`);
  const { principal, isAwsService } = facts;
  if (entry === '*' && kind === 'AWS') {
    return { direct: TRUE, byAccount: FALSE };
  }
  if (kind === 'Service') {
    const service = facts.principal !== undefined && !facts.principal.startsWith('arn:');
    const named = service ? constant(facts.principal === entry || entry === '*') : isAwsService.kind === 'constant' && !isAwsService.value ? FALSE : open;
    return { direct: named, byAccount: FALSE };
  }
  if (kind !== 'AWS') {
    return { direct: open, byAccount: FALSE };
  }
  if (principal !== undefined && !principal.startsWith('arn:')) {
    return { direct: FALSE, byAccount: FALSE };
  }
  const accountId = /^\d{12}$/.exec(entry)?.[0] ?? /^arn:[^:]+:iam::(\d{12}):root$/.exec(entry)?.[1];
  const owner = facts.context.state('aws:PrincipalAccount');
  if (accountId !== undefined) {
    const same = owner.kind === 'values' ? constant(owner.values[0] === accountId) : opaque(`account|${accountId}`);
    const isRoot = principal !== undefined && /^arn:[^:]+:iam::\d{12}:root$/.test(principal);
    return { direct: isRoot ? same : FALSE, byAccount: same };
  }
  if (principal === undefined) {
    const foreign = owner.kind === 'values' && owner.values.length === 1 && owner.values[0] !== entry.split(':')[4] && entry.startsWith('arn:');
    return { direct: foreign ? FALSE : open, byAccount: FALSE };
  }
  if (!hasWildcard(globOf(principal)) && principal === entry) {
    return { direct: TRUE, byAccount: FALSE };
  }
  // The sessions of a role count as the role; its path is not part of their ARN.
  const arn = facts.context.state('aws:PrincipalArn');
  const glob = arn.kind === 'pattern' ? arn.glob : globOf(arn.kind === 'values' ? arn.values[0] : '*');
  const relation = relate(glob, [...entry]);
  return { direct: relation === 'inside' ? TRUE : relation === 'disjoint' && !entry.includes(':sts:') ? FALSE : open, byAccount: FALSE };
}

/**
 * Whether a NotPrincipal element spares the principal. AWS wants the account and, for a role, the session listed too; where only a part is,
 * what happens hangs on the kind of principal, so it stays open.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html (read 2026-11-22).
 */
export function isSpared(element: PrincipalJson, facts: RequestFacts): Expression {
  if (element === '*' || [element.AWS].flat().includes('*')) {
    return TRUE;
  }
  const { direct, byAccount } = principalMatch(element, facts);
  if (facts.principal !== undefined && !facts.principal.startsWith('arn:')) {
    return direct;
  }
  const hasNoSession = facts.principal !== undefined && /^arn:[^:]+:iam::\d{12}:(user\/.*|root)$/.test(facts.principal);
  const certain = hasNoSession ? and(direct, byAccount) : FALSE;
  return and(or(direct, byAccount), or(certain, opaque(`NotPrincipal|${JSON.stringify(element)}`)));
}

export function opaque(id: string): Expression {
  return { kind: 'leaf', id: `principal|${id}`, key: `principal|${id}`, dependsOn: [PRINCIPAL] };
}
