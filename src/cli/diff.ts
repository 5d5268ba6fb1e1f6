import { diffJson, diffMarkdown, diffText } from './diff-views';
import { readAny, Source } from './source';
import { EXIT, Terminal } from './terminal';
import { differences, NetworkDifferences } from '../analysis/network/differences';
import { NetworkTopology } from '../analysis/network/topology';
import { actionIndex } from '../model/action-index-file';
import { InputError } from '../model/input-error';
import { networkFromAssembly } from '../model/network/network-from-assembly';
import { condensed, diffOrganizations, OrganizationDiff } from '../model/organization-diff';
import { OrganizationModel } from '../model/organization-model';

/** What `--fail-on` takes. */
export const FAIL_ON = ['newly-allowed', 'newly-denied', 'newly-reachable', 'newly-unreachable', 'any'] as const;

/** Options of `landing-zone diff`. */
export interface DiffOptions {
  readonly format: string;
  /** Changes that make the exit code 1. @default - none */
  readonly failOn?: string;
}

/** Everything a comparison found, for any view. */
export interface DiffReport {
  readonly base: OrganizationModel;
  readonly head: OrganizationModel;
  readonly diff: OrganizationDiff;
  /** @default - not compared: a side has no network, as organization files */
  readonly network?: NetworkDifferences;
  /** Changes that `--fail-on` asks about, what could not be decided among them. */
  readonly failing: number;
}

/** Compares what two sources mean. Exit 1 when there are changes of the kind that `--fail-on` names, or some that could not be excluded. */
export function diff(base: string, head: string, options: DiffOptions, terminal: Terminal): number {
  const mistakes: string[] = [];
  const [before, after] = [base, head].map((source) => {
    try {
      return readAny(source, terminal);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(error.message);
      return undefined;
    }
  });
  if (!before || !after) throw new InputError([...new Set(mistakes)].join('\n'));
  terminal.progress(`Comparing ${after.model.accounts.length} accounts`);
  const found = diffOrganizations(before.model, after.model, actionIndex());
  const network = networksOf(before, after, terminal);
  const directions = [...condensed(found.guardrails), ...found.undecided, ...network?.changes ?? [], ...network?.undecided ?? []].map(({ direction }) => `newly-${direction}`);
  const failing = options.failOn === undefined ? 0 : directions.filter((direction) => options.failOn === 'any' || options.failOn === direction).length;
  const report: DiffReport = { base: before.model, head: after.model, diff: found, failing, ...(network && { network }) };
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(diffJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(diffMarkdown(report)); break;
    default: terminal.print(diffText(report, terminal));
  }
  return failing > 0 ? EXIT.violations : EXIT.clean;
}

/** Networks of two assemblies, where one of them has any. */
function networksOf({ assembly: base }: Source, { assembly: head }: Source, terminal: Terminal): NetworkDifferences | undefined {
  if (!base || !head) return undefined;
  const [before, after] = [base, head].map((assembly) => networkFromAssembly(assembly).topology) as [NetworkTopology, NetworkTopology];
  if (before.vpcs.length + after.vpcs.length === 0) return undefined;
  terminal.progress(`Comparing ${after.vpcs.length} VPCs`);
  return differences(before, after);
}
