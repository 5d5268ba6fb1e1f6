import { existsSync, readFileSync } from 'fs';
import { costJson, costMarkdown, costText } from './cost-views';
import { EXIT, Terminal } from './terminal';
import { CostChange, costChanges } from '../analysis/cost/cost-groups';
import { Estimate, estimateCosts } from '../analysis/cost/estimate';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { costedResources } from '../model/cost/costed-resources';
import { priceTable, readAssumptions } from '../model/cost/read-prices';
import { InputError } from '../model/input-error';

/** Options of `landing-zone cost`. */
export interface CostOptions {
  readonly assembly?: string;
  /** Assembly to compare with. @default - none */
  readonly base?: string;
  /** File of assumptions. @default - none */
  readonly assumptions?: string;
  /** Amount a month above which the exit code is 1. @default - any will do */
  readonly max?: number;
  /** Amount a month that may be added since the base. @default - any will do */
  readonly maxIncrease?: number;
  readonly format: string;
}

/** An estimate, for any view. */
export interface CostReport {
  readonly source: string;
  readonly estimate: Estimate;
  readonly base?: { readonly source: string; readonly estimate: Estimate; readonly changes: readonly CostChange[] };
  /** Limits that are exceeded, in words. */
  readonly exceeded: readonly string[];
}

/** Says what an assembly costs a month while nobody uses it, and what is not known. Exit 1 where a limit is exceeded. */
export function cost(options: CostOptions, terminal: Terminal): number {
  const { assembly, base, max, maxIncrease } = options;
  if (assembly === undefined) throw new InputError('Expected a source: --assembly DIR (such as cdk.out)');
  if (maxIncrease !== undefined && base === undefined) throw new InputError('--max-increase compares with an assembly: give --base DIR');
  if (options.assumptions !== undefined && !existsSync(options.assumptions)) throw new InputError(`${options.assumptions} does not exist. A file of assumptions has them below "assumptions"`);
  const { assumptions, prices } = options.assumptions === undefined ? { assumptions: [], prices: [] } : readAssumptions(readFileSync(options.assumptions, 'utf8'), options.assumptions);
  const table = priceTable(prices);
  const estimateOf = (dir: string) => estimateCosts(resourcesOf(dir, terminal), table, assumptions);
  const estimate = estimateOf(assembly);
  const before = base === undefined ? undefined : estimateOf(base);
  const increase = before && estimate.monthly - before.monthly;
  const words = (amount: number) => `${amount.toFixed(2)} ${estimate.currency}`;
  const report: CostReport = {
    source: assembly,
    estimate,
    ...(before && { base: { source: base!, estimate: before, changes: costChanges(before, estimate) } }),
    exceeded: [
      ...(max !== undefined && estimate.monthly > max ? [`${words(estimate.monthly)} a month is more than --max ${max}`] : []),
      ...(maxIncrease !== undefined && increase! > maxIncrease ? [`${words(increase!)} a month more than ${base} is above --max-increase ${maxIncrease}`] : []),
    ],
  };
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(costJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(costMarkdown(report)); break;
    default: terminal.print(costText(report, terminal));
  }
  return report.exceeded.length > 0 ? EXIT.violations : EXIT.clean;
}

function resourcesOf(dir: string, terminal: Terminal): ReturnType<typeof costedResources> {
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    return costedResources(assembly, organizationFromAssembly(assembly).model);
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}
