import { statSync } from 'fs';
import { diffJson, diffMarkdown, diffText } from './diff-views';
import { readSource } from './source';
import { EXIT, Terminal } from './terminal';
import { actionIndex } from '../model/action-index-file';
import { InputError } from '../model/input-error';
import { condensed, diffOrganizations, OrganizationDiff } from '../model/organization-diff';
import { OrganizationModel } from '../model/organization-model';

/** What `--fail-on` takes. */
export const FAIL_ON = ['newly-allowed', 'newly-denied', 'any'] as const;

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
  /** Changes of the guardrails that `--fail-on` asks about, what could not be decided among them. */
  readonly failing: number;
}

/** Compares what two sources mean. Exit 1 when there are changes of the kind that `--fail-on` names, or some that could not be excluded. */
export function diff(base: string, head: string, options: DiffOptions, terminal: Terminal): number {
  const mistakes: string[] = [];
  const [before, after] = [base, head].map((source) => {
    try {
      return modelOf(source, terminal);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      mistakes.push(error.message);
      return undefined;
    }
  });
  if (!before || !after) throw new InputError(mistakes.join('\n'));
  terminal.progress(`Comparing ${after.accounts.length} accounts`);
  const found = diffOrganizations(before, after, actionIndex());
  const counts = (direction: 'allowed' | 'denied') => [...condensed(found.guardrails), ...found.undecided].filter((change) => change.direction === direction).length;
  const failing = (['newly-allowed', 'any'].includes(options.failOn ?? '') ? counts('allowed') : 0) + (['newly-denied', 'any'].includes(options.failOn ?? '') ? counts('denied') : 0);
  const report: DiffReport = { base: before, head: after, diff: found, failing };
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(diffJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(diffMarkdown(report)); break;
    default: terminal.print(diffText(report, terminal));
  }
  return failing > 0 ? EXIT.violations : EXIT.clean;
}

/** A folder is an assembly, a file is an organization file. */
function modelOf(source: string, terminal: Terminal): OrganizationModel {
  const kind = statSync(source, { throwIfNoEntry: false });
  if (!kind) throw new InputError(`${source} does not exist: expected a cloud assembly, such as cdk.out, or an organization.yaml`);
  return readSource(kind.isDirectory() ? { assembly: source } : { organization: source }, terminal).model;
}
