import { readFileSync } from 'fs';
import { join } from 'path';
import { Assumption } from '../../analysis/cost/estimate';
import { Price, PriceTable } from '../../analysis/cost/price-table';
import { InputError } from '../input-error';
import { formatProblems } from '../organization-file/format-problems';
import { schemaProblems } from '../organization-file/schema-problems';
import { YamlSource } from '../organization-file/yaml-source';

const FILE = join(__dirname, '..', '..', '..', 'assets', 'prices', 'prices.json');

/** The price table of this version, with prices that override or complete it. */
export function priceTable(own: readonly Price[] = []): PriceTable {
  const { currency, prices } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly currency: string; readonly prices: readonly Price[] };
  return new PriceTable(currency, [...prices, ...own]);
}

/** What a file says of use and of prices; `schema/cost-assumptions.schema.json` describes it. Fails with all of its mistakes at once. */
export function readAssumptions(text: string, file: string): { readonly assumptions: readonly Assumption[]; readonly prices: readonly Price[] } {
  const { source, problems } = YamlSource.parse(text, file);
  if (!source) throw new InputError(formatProblems(problems, file));
  const wrong = schemaProblems('cost-assumptions.schema.json', source.data, source);
  if (wrong.length > 0) throw new InputError(formatProblems(wrong, file));
  const { assumptions = [], prices = [] } = source.data as { readonly assumptions?: readonly Assumption[]; readonly prices?: readonly Price[] };
  return { assumptions, prices };
}
