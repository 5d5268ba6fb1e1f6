import { InputError } from '../../model/input-error';

/**
 * Which lines of the bill a rule of a cost category is for.
 *
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_CostCategoryRule.html and API_Expression.html (read 2026-11-23)
 *
 * @example
 * const shared = CostMatch.any(CostMatch.accounts('network', 'log-archive'), CostMatch.recordTypes('Tax'), CostMatch.tag('owner', 'platform'));
 */
export class CostMatch {
  /** Accounts, by key; `management` is the management account. */
  public static accounts(...keys: string[]): CostMatch {
    return new CostMatch({ accounts: several('accounts', keys) });
  }

  /** All accounts of units and of the units below them, by path: `Workloads/Prod`. */
  public static units(...paths: string[]): CostMatch {
    return new CostMatch({ units: several('units', paths).map(fullPath) });
  }

  /** Resources with one of these values of a cost allocation tag. */
  public static tag(key: string, ...values: string[]): CostMatch {
    return new CostMatch({ tagKey: key, tagValues: several(`tag ${key}`, values), expression: { Tags: { Key: key, Values: values } } });
  }

  /** What does not have a cost allocation tag. */
  public static withoutTag(key: string): CostMatch {
    several('a tag', [key]);
    return new CostMatch({ tagKey: key, expression: { Tags: { Key: key, MatchOptions: ['ABSENT'] } } });
  }

  /** Services, by the code that the bill has: `AmazonEC2`. */
  public static services(...codes: string[]): CostMatch {
    return new CostMatch(dimension('SERVICE_CODE', codes));
  }

  /** Regions: `eu-west-1`. */
  public static regions(...regions: string[]): CostMatch {
    return new CostMatch(dimension('REGION', regions));
  }

  /** Kinds of charges: `Tax`, `Credit`, `Refund`, `Fee`, `Usage`, `DiscountedUsage`, `RIFee`, `SavingsPlanCoveredUsage`. */
  public static recordTypes(...types: string[]): CostMatch {
    return new CostMatch(dimension('RECORD_TYPE', types));
  }

  /** Kinds of usage that begin so: `EU-DataTransfer-Out`. */
  public static usageTypes(...prefixes: string[]): CostMatch {
    return new CostMatch({ expression: { Dimensions: { Key: 'USAGE_TYPE', Values: several('usage types', prefixes), MatchOptions: ['STARTS_WITH'] } } });
  }

  /** What another cost category has given these values; it stands before this one. */
  public static category(name: string, ...values: string[]): CostMatch {
    return new CostMatch({ category: name, expression: { CostCategories: { Key: name, Values: several(`cost category ${name}`, values) } } });
  }

  /** What all of them are for: two or more. */
  public static all(...matches: CostMatch[]): CostMatch {
    return new CostMatch({ all: two('all', matches) });
  }

  /** What one of them is for: two or more. */
  public static any(...matches: CostMatch[]): CostMatch {
    return new CostMatch({ any: two('any', matches) });
  }

  /** What it is not for. */
  public static not(match: CostMatch): CostMatch {
    return new CostMatch({ not: match });
  }

  private constructor(
    /** @internal */
    public readonly _terms: MatchTerms,
  ) {}

  /** This and all that it is made of. @internal */
  public _parts(): CostMatch[] {
    const { all = [], any = [], not } = this._terms;
    return [this, ...[...all, ...any, ...(not ? [not] : [])].flatMap((part) => part._parts())];
  }
}

/** @internal */
export interface MatchTerms {
  /** Keys. */
  readonly accounts?: readonly string[];
  /** Full paths. */
  readonly units?: readonly string[];
  /** What needs no ids. */
  readonly expression?: object;
  readonly tagKey?: string;
  readonly tagValues?: readonly string[];
  readonly category?: string;
  readonly all?: readonly CostMatch[];
  readonly any?: readonly CostMatch[];
  readonly not?: CostMatch;
}

/** The path from the root on. @internal */
export function fullPath(path: string): string {
  return path === 'Root' || path.startsWith('Root/') ? path : `Root/${path}`;
}

function dimension(key: string, values: readonly string[]): MatchTerms {
  return { expression: { Dimensions: { Key: key, Values: several(key, values) } } };
}

function several(what: string, values: readonly string[]): readonly string[] {
  if (values.length === 0 || new Set(values).size < values.length || values.some((value) => value.trim() === '')) throw new InputError(`A match of ${what} with ${JSON.stringify(values)}: expected values, each once`);
  return values;
}

function two(what: string, matches: readonly CostMatch[]): readonly CostMatch[] {
  if (matches.length < 2) throw new InputError(`CostMatch.${what} of ${matches.length}: expected two or more`);
  return matches;
}
