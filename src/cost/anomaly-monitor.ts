import { InputError } from '../model/input-error';

/** Accounts and values that a monitor of your own adds up. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalyMonitor.html (read 2026-11-23) */
const MOST_VALUES = 10;

/**
 * What AWS Cost Anomaly Detection learns the usual costs of. AWS's own monitors watch each value of a dimension by itself, new ones too; monitors of your own add up what they name.
 *
 * An account has one monitor of AWS's for each dimension, and those that use Cost Explorer since 2023 have one by service that AWS made: name it by `existing`, because a second one cannot be created.
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2515 (read 2026-11-23).
 *
 * @example
 * const monitors = [AnomalyMonitor.byAccount(), AnomalyMonitor.tag('team', 'payments', 'billing'), AnomalyMonitor.existing('arn:aws:ce::111122223333:anomalymonitor/4f2ab0a0-4c2d-4ea7-8e2e-000000000000')];
 */
export class AnomalyMonitor {
  /** Each service by itself. AWS has made this one in most accounts: then `existing`. */
  public static byService(): AnomalyMonitor {
    return new AnomalyMonitor('by-service', { dimension: 'SERVICE' });
  }

  /** Each account of the organization by itself, new ones too. */
  public static byAccount(): AnomalyMonitor {
    return new AnomalyMonitor('by-account', { dimension: 'LINKED_ACCOUNT' });
  }

  /** Each value of a cost allocation tag by itself. */
  public static byTag(key: string): AnomalyMonitor {
    return new AnomalyMonitor(`by-tag-${named(key)}`, { dimension: 'TAG', specification: { Tags: { Key: key } } });
  }

  /** Each value of a cost category by itself. */
  public static byCostCategory(name: string): AnomalyMonitor {
    return new AnomalyMonitor(`by-cost-category-${named(name)}`, { dimension: 'COST_CATEGORY', specification: { CostCategories: { Key: name } } });
  }

  /** Some accounts together, by key: ten at most. */
  public static accounts(...keys: string[]): AnomalyMonitor {
    return new AnomalyMonitor(`accounts-${several('accounts', keys).join('-')}`, { accounts: keys });
  }

  /** Some values of a cost allocation tag together: ten at most. */
  public static tag(key: string, ...values: string[]): AnomalyMonitor {
    return new AnomalyMonitor(`tag-${named(key)}-${several(`tag ${key}`, values).join('-')}`, { specification: { Tags: { Key: key, Values: values } } });
  }

  /** One value of a cost category. */
  public static costCategory(name: string, value: string): AnomalyMonitor {
    return new AnomalyMonitor(`cost-category-${named(name)}-${named(value)}`, { specification: { CostCategories: { Key: name, Values: [value] } } });
  }

  /** A monitor of the management account that exists. */
  public static existing(arn: string): AnomalyMonitor {
    if (!/^arn:[a-z-]+:ce::\d{12}:anomalymonitor\/[A-Za-z0-9-]+$/.test(arn)) throw new InputError(`"${arn}" is no ARN of an anomaly monitor, like arn:aws:ce::111122223333:anomalymonitor/4f2ab0a0-4c2d-4ea7-8e2e-000000000000`);
    return new AnomalyMonitor(arn, { arn });
  }

  private constructor(
    /** Stable: from what it watches alone. */
    public readonly key: string,
    /** @internal */
    public readonly _terms: MonitorTerms,
  ) {}
}

/** @internal */
export interface MonitorTerms {
  readonly dimension?: string;
  readonly specification?: object;
  /** Keys of accounts. */
  readonly accounts?: readonly string[];
  readonly arn?: string;
}

function named(text: string): string {
  if (text.trim() === '') throw new InputError('An anomaly monitor of a tag or a cost category without a name: expected its key or value');
  return text;
}

function several(what: string, values: readonly string[]): readonly string[] {
  if (values.length === 0 || values.length > MOST_VALUES || new Set(values).size < values.length) {
    throw new InputError(`An anomaly monitor of ${what} with ${values.length} values: expected 1 to ${MOST_VALUES}, each once`);
  }
  return values.map(named);
}
