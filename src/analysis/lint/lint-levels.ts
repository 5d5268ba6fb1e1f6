import { ActionIndex } from '../actions/action-index';
import { AccountPolicies, PolicyDocument, PolicyLevel } from '../policy-document';
import { allowLists, NeededActions } from './allow-list';
import { coveredFindings, CoveredStatement, coveredStatements } from './covered-statement';
import { Coverings } from './coverings';
import { LintFinding, LintPolicy } from './lint-finding';
import { LintLevel } from './lint-level';
import { setKeysOf } from './lint-policy';
import { LintStatement, lintStatements } from './lint-statement';
import { validatePolicyDocument } from '../validate-policy';

/** What is almost certainly a mistake in how the policies of accounts stand to each other. Asked about several accounts, it finds out once what is true of all. */
export class LevelLint {
  private readonly statements = new Map<PolicyDocument, readonly LintStatement[]>();
  private readonly coverings: Coverings;

  /** @param policies all policies of the organization */
  public constructor(private readonly index: ActionIndex, policies: readonly LintPolicy[]) {
    this.coverings = new Coverings(index, [...new Set(policies.filter(isReadable).flatMap((policy) => setKeysOf(policy)))]);
  }

  /** Statements that others cover in one account. */
  public covered(kind: LintPolicy['kind'], account: AccountPolicies): CoveredStatement[] {
    return coveredStatements(this.levels(kind, account), this.coverings);
  }

  /** LZ.LINT.4: statements that others cover in every account that they reach. */
  public coveredEverywhere(kind: LintPolicy['kind'], accounts: readonly AccountPolicies[]): LintFinding[] {
    const found = new Map<LintStatement, CoveredStatement[]>();
    const reached = new Map<LintStatement, number>();
    for (const account of accounts) {
      const own = new Set(this.levels(kind, account).flatMap(({ statements }) => statements));
      own.forEach((statement) => reached.set(statement, (reached.get(statement) ?? 0) + 1));
      const covered = new Map(this.covered(kind, account).map((one) => [one.statement, one]));
      covered.forEach((one, statement) => found.set(statement, [...found.get(statement) ?? [], one]));
    }
    return coveredFindings([...found].filter(([statement, all]) => all.length === reached.get(statement)).map(([, [first]]) => first));
  }

  /** LZ.LINT.6: what the allow lists of an account's levels cut off. @param platform principals that the platform works with */
  public allowLists(account: AccountPolicies, platform: readonly NeededActions[] = []): LintFinding[] {
    return allowLists(this.levels('service-control', account), platform, this.index);
  }

  private levels(kind: LintPolicy['kind'], account: AccountPolicies): LintLevel[] {
    return (kind === 'service-control' ? account.serviceControl : account.resourceControl).map((level) => this.level(kind, level));
  }

  private level(kind: LintPolicy['kind'], { level, policies }: PolicyLevel): LintLevel {
    return { level, statements: policies.flatMap(({ name, document }) => this.statementsOf({ name, kind, document })) };
  }

  private statementsOf(policy: LintPolicy): readonly LintStatement[] {
    let known = this.statements.get(policy.document);
    if (!known) {
      known = isReadable(policy) ? lintStatements(policy, this.index, setKeysOf(policy)) : [];
      this.statements.set(policy.document, known);
    }
    return known;
  }
}

/** Whether AWS takes the policy; others are not looked at. */
export function isReadable({ name, kind, document }: LintPolicy): boolean {
  return validatePolicyDocument(document, name, kind).problems.length === 0;
}
