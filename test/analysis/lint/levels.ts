import { policyOf } from './lint';
import { LintFinding, LintPolicy } from '../../../src/analysis/lint/lint-finding';
import { LevelLint } from '../../../src/analysis/lint/lint-levels';
import { AccountPolicies, NamedPolicy, PolicyDocument, PolicyStatementJson } from '../../../src/analysis/policy-document';
import { actionIndex } from '../../../src/model/action-index-file';

/** Statements by policy, by level: `{ Root: { guard: [...] } }`; `full` stands for AWS's own policy. */
export interface LevelsSketch {
  readonly [level: string]: { readonly [policy: string]: ReadonlyArray<Partial<PolicyStatementJson>> | 'full' };
}

const FULL: PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export function accountOf(sketch: LevelsSketch, kind: LintPolicy['kind'] = 'service-control'): AccountPolicies {
  const levels = Object.entries(sketch).map(([level, policies]) => ({
    level, policies: Object.entries(policies).map(([name, statements]): NamedPolicy => ({ name, document: statements === 'full' ? FULL : policyOf(statements, kind).document })),
  }));
  return {
    account: { id: '111122223333', name: 'web', isManagement: false }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/',
    serviceControl: kind === 'service-control' ? levels : [], resourceControl: kind === 'resource-control' ? levels : [], unknown: [],
  };
}

export function policiesIn({ serviceControl, resourceControl }: AccountPolicies): LintPolicy[] {
  const of = (levels: AccountPolicies['serviceControl'], kind: LintPolicy['kind']): LintPolicy[] => levels.flatMap(({ policies }) => policies.map((policy) => ({ ...policy, kind })));
  return [...of(serviceControl, 'service-control'), ...of(resourceControl, 'resource-control')];
}

/** Statements that others cover in all of the accounts. */
export function covered(sketches: readonly LevelsSketch[], kind: LintPolicy['kind'] = 'service-control'): string[] {
  const accounts = sketches.map((sketch) => accountOf(sketch, kind));
  return new LevelLint(actionIndex(), accounts.flatMap(policiesIn)).coveredEverywhere(kind, accounts).map(textOf);
}

/** `guard #2: All that it denies, ...; without it nothing changes. Remove it, or narrow the other one.`. */
export function textOf({ policy, statement, what, why, fix }: LintFinding): string {
  return `${policy} ${statement}: ${what}; ${why}. ${fix}`;
}
