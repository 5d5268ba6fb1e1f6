/**
 * How the costs of one value of a cost category are split between others. AWS shows the result on the page of the category alone, neither in exports nor in Cost Explorer.
 *
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/splitcharge-cost-categories.html (read 2026-11-23)
 *
 * @example
 * const splits = [SplitCharge.proportional('Shared', 'Shop', 'Search'), SplitCharge.fixed('Support', { Shop: 70, Search: 30 })];
 */
export class SplitCharge {
  /** The source that stands for what no rule matches, where the category has no default value. */
  public static readonly UNCATEGORIZED: string = '';

  /** By what the targets cost. */
  public static proportional(source: string, ...targets: string[]): SplitCharge {
    return new SplitCharge({ method: 'PROPORTIONAL', source, targets });
  }

  /** The same to each. */
  public static even(source: string, ...targets: string[]): SplitCharge {
    return new SplitCharge({ method: 'EVEN', source, targets });
  }

  /** By percents, which are 100 together. */
  public static fixed(source: string, percents: { [target: string]: number }): SplitCharge {
    return new SplitCharge({ method: 'FIXED', source, targets: Object.keys(percents), percents: Object.values(percents) });
  }

  private constructor(
    /** @internal */
    public readonly _terms: SplitTerms,
  ) {}
}

/** @internal */
export interface SplitTerms {
  readonly method: string;
  readonly source: string;
  readonly targets: readonly string[];
  /** In the order of the targets. */
  readonly percents?: readonly number[];
}

/** AWS's quota of a category. https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-limits.html (read 2026-11-23) */
const MAX_SPLITS = 10;

/** What AWS does not take, for people. @internal */
export function splitProblems(splits: readonly SplitCharge[]): string[] {
  const terms = splits.map(({ _terms }) => _terms);
  const sources = terms.map(({ source }) => source);
  const targets = new Set(terms.flatMap((one) => one.targets));
  const named = (source: string) => (source === '' ? 'what has no value' : source);
  return [
    ...(splits.length > MAX_SPLITS ? [`has ${splits.length} splits, and AWS takes ${MAX_SPLITS}`] : []),
    ...sources.filter((source, at) => sources.indexOf(source) !== at).map((source) => `splits ${named(source)} twice`),
    ...sources.filter((source) => targets.has(source)).map((source) => `splits ${named(source)}, which also gets a share: AWS takes a value as one of both`),
    ...terms.flatMap(({ source, targets: own, percents = [] }) => [
      ...(own.length === 0 ? [`splits ${named(source)} between none`] : []),
      ...(new Set(own).size < own.length ? [`splits ${named(source)} with a target twice`] : []),
      ...(percents.some((percent) => !(percent > 0)) ? [`splits ${named(source)} by ${percents.join(', ')} %: expected shares above 0`] : []),
      ...(percents.length > 0 && Math.abs(percents.reduce((sum, one) => sum + one, 0) - 100) > 1e-9 ? [`splits ${named(source)} by ${percents.join(' + ')} %: expected 100 together`] : []),
    ]),
  ];
}
