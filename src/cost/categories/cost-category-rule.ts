import { CostMatch } from './cost-match';

/**
 * Which value of a cost category lines of the bill get. The first rule that matches counts.
 *
 * @example
 * const rules = [CostCategoryRule.of('Shared', CostMatch.accounts('network')), CostCategoryRule.inheritTag('owner')];
 */
export class CostCategoryRule {
  /** What matches has the value: up to 50 letters, digits, spaces, `_` and `-`. */
  public static of(value: string, match: CostMatch): CostCategoryRule {
    return new CostCategoryRule({ value, match });
  }

  /** Resources have the value of their cost allocation tag. */
  public static inheritTag(key: string): CostCategoryRule {
    return new CostCategoryRule({ tagKey: key });
  }

  /** Lines have the name of their account. */
  public static inheritAccountName(): CostCategoryRule {
    return new CostCategoryRule({});
  }

  private constructor(
    /** @internal */
    public readonly _terms: RuleTerms,
  ) {}
}

/** With a value and a match, or inherited: from a tag, else from the account's name. @internal */
export interface RuleTerms {
  readonly value?: string;
  readonly match?: CostMatch;
  readonly tagKey?: string;
}
