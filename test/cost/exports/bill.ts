import { DuckDBInstance } from '@duckdb/node-api';
import { COST_AND_USAGE, ExportColumns, SPLIT_COSTS } from '../../../src/cost/exports/export-columns';

/** A line of the Cost and Usage Report, as far as it is given. */
export interface Line {
  readonly type: string;
  readonly cost: number;
  readonly tags?: { readonly [key: string]: string } | null;
  readonly account?: string;
  /** Month. @default - this one */
  readonly period?: string;
  /** Further columns. */
  readonly more?: { readonly [column: string]: number | string };
}

export interface Quantity {
  readonly period: string;
  readonly value: string;
  readonly metric: string;
  readonly quantity: number;
}

/** With containers. */
export const SPLIT_COLUMNS: ExportColumns = [...COST_AND_USAGE, ...SPLIT_COSTS];

/** Month of today, `back` months ago: the queries look back from today. */
export function month(back = 0): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
}

const DATABASE = '"acme_costs"';
const types: { readonly [type: string]: string } = { 'string': 'VARCHAR', 'double': 'DOUBLE', 'timestamp': 'TIMESTAMP', 'map<string,string>': 'MAP(VARCHAR, VARCHAR)', 'map<string,double>': 'MAP(VARCHAR, DOUBLE)' };
const declared = (columns: ExportColumns) => columns.map(([name, type]) => `${name} ${types[type]}`).join(', ');
const text = (value: string) => `'${value.replaceAll('\'', '\'\'')}'`;

/**
 * Runs a query of Athena on a bill, in DuckDB. The columns are those that are exported, so a query of others fails.
 *
 * Athena speaks Trino's SQL. What our queries use is the same in both, but for `element_at` of a map, which DuckDB answers with a list; a macro answers as Trino does: the value, or null.
 */
export async function run(sql: string, lines: readonly Line[], quantities: readonly Quantity[] = [], columns: ExportColumns = COST_AND_USAGE): Promise<{ [column: string]: any }[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`CREATE SCHEMA ${DATABASE}; CREATE MACRO element_at(m, k) AS m[k]`);
    await connection.run(`CREATE TABLE ${DATABASE}.cur2 (${declared(columns)}, billing_period VARCHAR)`);
    await connection.run(`CREATE TABLE ${DATABASE}.unit_metrics (billing_period VARCHAR, allocated_to VARCHAR, metric VARCHAR, quantity DOUBLE)`);
    for (const { type, cost, tags = {}, account = 'payments', period = month(), more = {} } of lines) {
      const entries = Object.entries(tags ?? {});
      const values: { [column: string]: string } = {
        billing_period: text(period), line_item_line_item_type: text(type), line_item_unblended_cost: String(cost), line_item_usage_account_name: text(account),
        tags: tags === null ? 'NULL' : `MAP([${entries.map(([key]) => text(key)).join()}]::VARCHAR[], [${entries.map(([, value]) => text(value)).join()}]::VARCHAR[])`,
        ...Object.fromEntries(Object.entries(more).map(([column, value]) => [column, typeof value === 'number' ? String(value) : text(value)])),
      };
      await connection.run(`INSERT INTO ${DATABASE}.cur2 (${Object.keys(values).join()}) VALUES (${Object.values(values).join()})`);
    }
    for (const { period, value, metric, quantity } of quantities) await connection.run(`INSERT INTO ${DATABASE}.unit_metrics VALUES (${text(period)}, ${text(value)}, ${text(metric)}, ${quantity})`);
    return (await connection.runAndReadAll(sql)).getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
