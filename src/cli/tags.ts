import { tagsJson, tagsText } from './tags-views';
import { EXIT, Terminal } from './terminal';
import { Coverage, coverageOf, findingsOf, TaggedResource, together } from '../analysis/tags/tag-coverage';
import { TagFinding } from '../analysis/tags/tag-findings';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { AssemblyError, readAssembly } from '../model/assembly/read-assembly';
import { InputError } from '../model/input-error';
import { taggedResources } from '../model/tags/tagged-resources';
import { TaggingStandard } from '../tagging/tagging-standard';

/** Options of `landing-zone tags`. */
export interface TagsOptions {
  readonly assembly?: string;
  /** Assembly to compare with. @default - none */
  readonly base?: string;
  readonly standard?: string;
  readonly keys?: readonly string[];
  /** Percent of each key below which the exit code is 1. @default - any share will do */
  readonly min?: number;
  readonly format: string;
}

/** Coverage of one account, or of resources that belong to none. */
export interface AccountCoverage extends Coverage {
  readonly account: string;
  /** Path of its unit. @default - not known */
  readonly unit?: string;
}

/** Coverage of the accounts of a unit and of the units below it. */
export interface UnitCoverage extends Coverage {
  /** Its path. */
  readonly unit: string;
}

/** Tags of an assembly, for any view. */
export interface TagsReport {
  readonly source: string;
  /** Resources of all types. */
  readonly all: number;
  readonly total: Coverage;
  /** Of the assembly to compare with. */
  readonly base?: Coverage;
  readonly units: readonly UnitCoverage[];
  readonly accounts: readonly AccountCoverage[];
  readonly findings: readonly { readonly resource: TaggedResource; readonly finding: TagFinding }[];
  /** Keys whose share is below the demanded one. */
  readonly below: readonly string[];
  readonly min?: number;
}

/** Says which share of the resources that take tags carries each key. Exit 1 where a share is below `--min`. */
export function tags(options: TagsOptions, terminal: Terminal): number {
  const keys = standardOf(options)._declared();
  if (options.assembly === undefined) throw new InputError('Expected a source: --assembly DIR (such as cdk.out)');
  const read = readTags(options.assembly, terminal);
  const base = options.base === undefined ? undefined : coverageOf(readTags(options.base, terminal).tagged, keys);
  const total = coverageOf(read.tagged, keys);
  const { min } = options;
  const accounts = byAccount(read, keys);
  const report: TagsReport = {
    source: options.assembly,
    all: read.all,
    total,
    ...(base && { base }),
    units: byUnit(accounts, keys),
    accounts,
    findings: findingsOf(read.tagged, keys),
    below: min === undefined ? [] : total.keys.filter(({ percent }) => percent < min).map(({ key }) => key),
    ...(min !== undefined && { min }),
  };
  terminal.print(options.format === 'json' ? JSON.stringify(tagsJson(report), undefined, 2) : tagsText(report, terminal));
  return report.below.length > 0 ? EXIT.violations : EXIT.clean;
}

function standardOf({ standard, keys }: TagsOptions): TaggingStandard {
  if ((standard === undefined) === (keys === undefined)) throw new InputError('Expected what to look for: --standard FILE (such as tags.yaml) or --keys owner,environment');
  return standard !== undefined ? TaggingStandard.load(standard) : new TaggingStandard({ tags: keys!.map((key) => ({ key })) });
}

function readTags(dir: string, terminal: Terminal): ReturnType<typeof taggedResources> & { readonly organization: ReturnType<typeof organizationFromAssembly>['model'] } {
  terminal.progress(`Reading ${dir}`);
  try {
    const assembly = readAssembly(dir);
    return { ...taggedResources(assembly), organization: organizationFromAssembly(assembly).model };
  } catch (error) {
    if (error instanceof AssemblyError) throw new InputError(error.message);
    throw error;
  }
}

/** Units that accounts are in, and those above them up to the root. */
function byUnit(accounts: readonly AccountCoverage[], keys: Parameters<typeof coverageOf>[1]): UnitCoverage[] {
  const above = (path: string) => path.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'));
  const paths = [...new Set(accounts.flatMap(({ unit }) => (unit === undefined ? [] : above(unit))))].sort();
  return paths.map((unit) => ({ unit, ...together(accounts.filter((account) => `${account.unit}/`.startsWith(`${unit}/`)), keys) }));
}

function byAccount({ tagged, organization }: ReturnType<typeof readTags>, keys: Parameters<typeof coverageOf>[1]): AccountCoverage[] {
  const groups = new Map<string, TaggedResource[]>();
  for (const resource of tagged) {
    const id = resource.account ?? 'any account';
    const known = groups.get(id);
    if (known) known.push(resource);
    else groups.set(id, [resource]);
  }
  return [...groups].map(([id, resources]) => {
    const account = organization?.account(id);
    return { account: account?.key ?? id, ...(account && { unit: account.unitPath }), ...coverageOf(resources, keys) };
  }).sort((one, other) => (`${one.unit} ${one.account}` < `${other.unit} ${other.account}` ? -1 : 1));
}
