import { CostCategoryRule } from './cost-category-rule';
import { CostMatch, fullPath } from './cost-match';
import { SplitCharge, splitProblems } from './split-charge';
import { InputError } from '../../model/input-error';

/** What a cost category has beside its rules. */
export interface CostCategoryOptions {
  /** Value of what no rule matches. @default - it has none */
  readonly defaultValue?: string;
  /** How shared costs are split between values; ten at most. @default - they are not */
  readonly splits?: SplitCharge[];
}

/** What a cost category by unit may have. */
export interface CostCategoryByUnitOptions extends CostCategoryOptions {
  /** Units, by path. An account has the value of the nearest of them; `Root` is all that no other has. @default - the units right below the root */
  readonly units?: string[];
}

/** Quota of rules that the API takes, and what names and values are made of: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-limits.html (read 2026-11-23) */
const MAX_RULES = 500;
const NAME = /^(?! )[\p{L}\p{N} _-]{1,50}(?<! )$/u;

/**
 * A name for what costs belong to, that budgets, Cost Explorer and the bill know: a value for each line of the bill, by rules. It is effective from the start of the current month on.
 *
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/manage-cost-categories.html (read 2026-11-23)
 *
 * @example
 * const categories = [
 *   CostCategory.byUnit('Unit', { defaultValue: 'Platform' }),
 *   CostCategory.byAccount('Product', { Shop: ['shop-prod', 'shop-test'], Search: ['search-prod'], Shared: ['network'] }, { splits: [SplitCharge.proportional('Shared', 'Shop', 'Search')] }),
 *   CostCategory.byTag('Owner', 'owner', { defaultValue: 'nobody' }),
 * ];
 */
export class CostCategory {
  /** Accounts by the unit that they are in: `Workloads`, `Workloads-Prod` for `Workloads/Prod`. Units without accounts have no rule yet. */
  public static byUnit(name: string, options: CostCategoryByUnitOptions = {}): CostCategory {
    return new CostCategory(name, { ...options, units: options.units?.map(fullPath), isByUnit: true });
  }

  /** Accounts in groups: keys of accounts by value. */
  public static byAccount(name: string, groups: { [value: string]: string[] }, options: CostCategoryOptions = {}): CostCategory {
    const keys = Object.values(groups).flat();
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    if (twice.length > 0) throw new InputError(`Cost category ${name}: ${twice.join(', ')} in more than one group`);
    return new CostCategory(name, { ...options, rules: Object.entries(groups).map(([value, accounts]) => CostCategoryRule.of(value, CostMatch.accounts(...accounts))) });
  }

  /** Resources by the value of a cost allocation tag: a key of the tagging standard that allocates costs. */
  public static byTag(name: string, key: string, options: CostCategoryOptions = {}): CostCategory {
    return new CostCategory(name, { ...options, rules: [CostCategoryRule.inheritTag(key)] });
  }

  /** By rules of your own, in their order. */
  public static of(name: string, rules: CostCategoryRule[], options: CostCategoryOptions = {}): CostCategory {
    return new CostCategory(name, { ...options, rules });
  }

  /** A category that the management account has and this zone does not make, so that budgets may name it. Without values, any are taken. */
  public static existing(name: string, ...values: string[]): CostCategory {
    return new CostCategory(name, { existing: values });
  }

  private constructor(
    /** As the bill has it. */
    public readonly name: string,
    /** @internal */
    public readonly _terms: CategoryTerms,
  ) {
    const { rules, defaultValue, splits = [], existing, isByUnit } = _terms;
    const values = [...rules?.flatMap(({ _terms: { value } }) => (value === undefined ? [] : [value])) ?? [], ...(defaultValue === undefined ? [] : [defaultValue])];
    const isOpen = existing?.length === 0 || isByUnit || rules?.some(({ _terms: { match } }) => !match);
    const named = splits.flatMap(({ _terms: { source, targets } }) => [...(source === SplitCharge.UNCATEGORIZED ? [] : [source]), ...targets]);
    const problems = [
      ...[name, ...values].filter((one) => !NAME.test(one)).map((one) => `"${one}" is no name or value: expected up to 50 letters, digits, spaces, _ and -`),
      ...(rules?.length === 0 ? ['has no rule'] : []),
      ...((rules?.length ?? 0) > MAX_RULES ? [`has ${rules!.length} rules, and AWS takes ${MAX_RULES}`] : []),
      ...splitProblems(splits),
      ...(isOpen ? [] : [...new Set(named)].filter((value) => !values.includes(value)).map((value) => `splits costs of or to "${value}", which no rule gives. Values: ${values.join(', ')}`)),
      ...(defaultValue !== undefined && splits.some(({ _terms: { source } }) => source === SplitCharge.UNCATEGORIZED) ? [`splits what has no value, which is nothing: its default value is ${defaultValue}`] : []),
    ];
    if (problems.length > 0) throw new InputError(`Cost category ${name}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** @internal */
export interface CategoryTerms extends CostCategoryOptions {
  readonly isByUnit?: boolean;
  /** Full paths. */
  readonly units?: readonly string[];
  readonly rules?: readonly CostCategoryRule[];
  /** Values of a category that is not made here. */
  readonly existing?: readonly string[];
}
