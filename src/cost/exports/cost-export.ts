import { CARBON_EMISSIONS, COST_AND_USAGE, ExportColumns, FOCUS, RECOMMENDATIONS, RESOURCES, SPLIT_COSTS } from './export-columns';

/** How finely a report divides time. */
export enum ExportGranularity {
  /** A line for each hour. */
  HOURLY = 'HOURLY',
  /** A line for each day. */
  DAILY = 'DAILY',
  /** A line for each month. */
  MONTHLY = 'MONTHLY',
}

/** What can be chosen of the Cost and Usage Report. */
export interface CostAndUsageOptions {
  /** @default ExportGranularity.HOURLY */
  readonly granularity?: ExportGranularity;
  /** Whether each line says its resource; much larger with it. @default true */
  readonly resources?: boolean;
  /** Whether containers of Amazon ECS and EKS have lines of their own, with what they use of their instances. It is switched on in the cost management preferences too. @default false */
  readonly splitCosts?: boolean;
}

/** What can be chosen of FOCUS. */
export interface FocusOptions {
  /** @default ExportGranularity.HOURLY */
  readonly granularity?: ExportGranularity;
}

/**
 * A table of AWS Data Exports: what is exported, with which columns.
 *
 * @example
 * const exports = [CostExport.costAndUsage({ splitCosts: true }), CostExport.focus(), CostExport.carbonEmissions()];
 */
export class CostExport {
  /** The Cost and Usage Report 2.0: every line of the bill. */
  public static costAndUsage(options: CostAndUsageOptions = {}): CostExport {
    const { granularity = ExportGranularity.HOURLY, resources = true, splitCosts = false } = options;
    const flag = (isOn: boolean) => (isOn ? 'TRUE' : 'FALSE');
    return new CostExport('cur2', 'COST_AND_USAGE_REPORT', [...COST_AND_USAGE, ...resources ? RESOURCES : [], ...splitCosts ? SPLIT_COSTS : []], {
      TIME_GRANULARITY: granularity, INCLUDE_RESOURCES: flag(resources), INCLUDE_SPLIT_COST_ALLOCATION_DATA: flag(splitCosts), INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: 'FALSE',
    });
  }

  /** The bill as the FinOps Foundation's FOCUS 1.2 has it, with AWS's columns: the same of every provider. AWS offers no later version (read 2026-11-23). */
  public static focus(options: FocusOptions = {}): CostExport {
    return new CostExport('focus', 'FOCUS_1_2_AWS', FOCUS, { TIME_GRANULARITY: options.granularity ?? ExportGranularity.HOURLY });
  }

  /**
   * What the Cost Optimization Hub recommends, all of it. The organization must be enrolled there: `aws cost-optimization-hub update-enrollment-status --status Active --include-member-accounts`,
   * for which CloudFormation has no type.
   */
  public static recommendations(): CostExport {
    return new CostExport('recommendations', 'COST_OPTIMIZATION_RECOMMENDATIONS', RECOMMENDATIONS, { FILTER: '{}', INCLUDE_ALL_RECOMMENDATIONS: 'TRUE' });
  }

  /** Estimated carbon emissions by account, Region and service, a month each. */
  public static carbonEmissions(): CostExport {
    return new CostExport('carbon', 'CARBON_EMISSIONS', CARBON_EMISSIONS);
  }

  private constructor(
    /** Part of names: `cur2`, `focus`, `recommendations`, `carbon`. */
    public readonly key: string,
    /** Table of AWS Data Exports: `COST_AND_USAGE_REPORT`. */
    public readonly tableName: string,
    /** @internal */
    public readonly _columns: ExportColumns,
    /** @internal */
    public readonly _configuration?: { readonly [property: string]: string },
  ) {}

  /** SQL of the export; each column is named, because a `*` is refused. */
  public get queryStatement(): string {
    return `SELECT ${this._columns.map(([name]) => name).join(', ')} FROM ${this.tableName}`;
  }

  /** @internal */
  public get _tableConfigurations(): { [table: string]: { [property: string]: string } } | undefined {
    return this._configuration && { [this.tableName]: { ...this._configuration } };
  }
}
