import { LintFinding, LintPolicy } from '../../../src/analysis/lint/lint-finding';
import { lintPolicy } from '../../../src/analysis/lint/lint-policy';
import { ConditionJson, PolicyStatementJson } from '../../../src/analysis/policy-document';
import { actionIndex } from '../../../src/model/action-index-file';

export function policyOf(statements: readonly Partial<PolicyStatementJson>[], kind: LintPolicy['kind'] = 'service-control'): LintPolicy {
  const whole = statements.map((statement): PolicyStatementJson => ({
    Effect: 'Deny',
    ...(kind === 'resource-control' && { Principal: '*' }),
    ...(statement.NotAction === undefined && { Action: 's3:*' }),
    ...(statement.NotResource === undefined && { Resource: '*' }),
    ...statement,
  }));
  return { name: 'the-policy', kind, document: { Version: '2012-10-17', Statement: whole } };
}

/** What the lint finds in a statement; a Deny on everything where it does not say. */
export function lint(statement: Partial<PolicyStatementJson>, kind: LintPolicy['kind'] = 'service-control'): LintFinding[] {
  return lintPolicy(policyOf([statement], kind), actionIndex());
}

/** `LZ.LINT.1 s3:GetObjectt matches no action of AWS; what it is to deny stays allowed. Did you mean s3:GetObject?`. */
export function found(statement: Partial<PolicyStatementJson>, kind: LintPolicy['kind'] = 'service-control'): string[] {
  return lint(statement, kind).map(({ rule, what, why, fix }) => `${rule} ${what}; ${why}. ${fix}`);
}

export function rulesOf(statement: Partial<PolicyStatementJson>, kind: LintPolicy['kind'] = 'service-control'): string[] {
  return lint(statement, kind).map(({ rule }) => rule);
}

export function withTests(Action: string | string[], Condition: ConditionJson, more: Partial<PolicyStatementJson> = {}): Partial<PolicyStatementJson> {
  return { Action, Condition, ...more };
}
