import { CostDimension, UNALLOCATED } from './cost-dimension';

/** A query that is kept in a workgroup. */
export interface CostQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Tables that queries are about. */
export interface QueryTables {
  readonly database: string;
  readonly report: string;
  /** What was made, by month and customer. */
  readonly metrics: string;
  /** Whether the report has lines of containers beside those of their instances. @default false */
  readonly hasSplitCosts?: boolean;
}

/** What is divided by what. */
export interface UnitCost {
  readonly name: string;
  readonly dimension: CostDimension;
  readonly metric: string;
}

/** Months back to which queries look: this one and twelve full ones. */
const SINCE = 'substr(CAST(date_trunc(\'month\', current_date) - INTERVAL \'12\' MONTH AS varchar), 1, 7)';

/**
 * Cost of a line with what was paid in advance spread over what it covers: covered use at its effective rate, fees as far as they cover nothing, so that all lines together are the bill again over the
 * term. "CUR Query Library", AWS Well-Architected Labs (read 2026-11-23)
 */
const AMORTIZED = `CASE
      WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' THEN coalesce(savings_plan_savings_plan_effective_cost, 0)
      WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' THEN coalesce(savings_plan_total_commitment_to_date, 0) - coalesce(savings_plan_used_commitment, 0)
      WHEN line_item_line_item_type IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee') THEN 0
      WHEN line_item_line_item_type = 'DiscountedUsage' THEN coalesce(reservation_effective_cost, 0)
      WHEN line_item_line_item_type = 'RIFee' THEN coalesce(reservation_unused_amortized_upfront_fee_for_billing_period, 0) + coalesce(reservation_unused_recurring_fee, 0)
      WHEN line_item_line_item_type = 'Fee' AND coalesce(reservation_reservation_a_r_n, '') <> '' THEN 0
      ELSE coalesce(line_item_unblended_cost, 0)
    END`;

/** What each value of a dimension cost, by month: `billed` adds up to the invoices, `amortized` has what was paid in advance where it was used. */
export function showback(dimension: CostDimension, tables: QueryTables): CostQuery {
  return {
    name: `showback-by-${dimension.name}`,
    description: `Costs of 13 months by ${inWords(dimension)}. Nothing is left out: what has no value is ${UNALLOCATED}.`,
    sql: `WITH ${linesOf(dimension, tables)}
SELECT billing_period, allocated_to, sum(billed) AS billed, sum(amortized) AS amortized,
  sum(amortized) / nullif(sum(sum(amortized)) OVER (PARTITION BY billing_period), 0) AS share
FROM lines
GROUP BY billing_period, allocated_to
ORDER BY billing_period DESC, amortized DESC`,
  };
}

/** What each value of a dimension is charged: its own, and of what is nobody's a share in proportion. Where there is nobody to charge it stays unallocated. */
export function chargeback(dimension: CostDimension, tables: QueryTables): CostQuery {
  return {
    name: `chargeback-by-${dimension.name}`,
    description: `Costs of 13 months by ${inWords(dimension)}, with what is ${UNALLOCATED} (taxes and support too) shared out in proportion. Charged adds up to amortized.`,
    sql: `WITH ${linesOf(dimension, tables)},
owned AS (
  SELECT billing_period, allocated_to, sum(amortized) AS direct
  FROM lines
  GROUP BY billing_period, allocated_to
),
months AS (
  SELECT billing_period,
    sum(direct) FILTER (WHERE allocated_to <> '${UNALLOCATED}' AND direct > 0) AS base,
    coalesce(sum(direct) FILTER (WHERE allocated_to = '${UNALLOCATED}'), 0) AS shared
  FROM owned
  GROUP BY billing_period
),
charges AS (
  SELECT owned.billing_period, allocated_to, direct,
    CASE
      WHEN base IS NULL THEN 0
      WHEN allocated_to = '${UNALLOCATED}' THEN -direct
      WHEN direct > 0 THEN shared * direct / base
      ELSE 0
    END AS shared
  FROM owned JOIN months ON owned.billing_period = months.billing_period
)
SELECT billing_period, allocated_to, direct, shared, direct + shared AS charged
FROM charges
ORDER BY billing_period DESC, charged DESC`,
  };
}

/** What one of something costs, by month. Costs without a quantity, and quantities without costs, stay in it. */
export function unitCost({ name, dimension, metric }: UnitCost, tables: QueryTables): CostQuery {
  return {
    name: `unit-cost-${name}`,
    description: `Cost of one of ${metric} by ${inWords(dimension)} and month.`,
    sql: `WITH ${linesOf(dimension, tables)},
costs AS (
  SELECT billing_period, allocated_to, sum(amortized) AS cost
  FROM lines
  GROUP BY billing_period, allocated_to
),
quantities AS (
  SELECT billing_period, allocated_to, sum(quantity) AS quantity
  FROM "${tables.database}"."${tables.metrics}"
  WHERE metric = '${metric}' AND billing_period >= ${SINCE}
  GROUP BY billing_period, allocated_to
)
SELECT coalesce(costs.billing_period, quantities.billing_period) AS billing_period, coalesce(costs.allocated_to, quantities.allocated_to) AS allocated_to,
  coalesce(cost, 0) AS cost, quantity, coalesce(cost, 0) / nullif(quantity, 0) AS unit_cost
FROM costs FULL OUTER JOIN quantities ON costs.billing_period = quantities.billing_period AND costs.allocated_to = quantities.allocated_to
ORDER BY 1 DESC, 3 DESC`,
  };
}

/**
 * Lines of containers repeat what the line of their instance costs, and say which it is; those of Fargate, which have none, do not.
 * https://docs.aws.amazon.com/cur/latest/userguide/split-line-item-columns.html (read 2026-11-23)
 */
const WITHOUT_SPLITS = 'coalesce(split_line_item_parent_resource_id, \'\') = \'\'';

function linesOf(dimension: CostDimension, { database, report, hasSplitCosts = false }: QueryTables): string {
  return `lines AS (
  SELECT billing_period,
    ${dimension._sql} AS allocated_to,
    coalesce(line_item_unblended_cost, 0) AS billed,
    ${AMORTIZED} AS amortized
  FROM "${database}"."${report}"
  WHERE billing_period >= ${SINCE}${hasSplitCosts ? `\n    AND ${WITHOUT_SPLITS}` : ''}
)`;
}

function inWords({ kind, name }: CostDimension): string {
  return kind === 'account' ? 'account' : `${kind} ${name}`;
}
