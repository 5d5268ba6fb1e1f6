import { checkJunit, checkSarif } from './check-machines';
import { checkJson, checkMarkdown, checkText } from './check-views';
import { readAny, readSource, SourceOptions } from './source';
import { synthesisOf, SynthesisFacts } from './synthesis';
import { EXIT, Terminal } from './terminal';
import { budgetActions } from '../compliance/checks/budget-actions';
import { budgets } from '../compliance/checks/budgets';
import { CheckResult } from '../compliance/checks/check-result';
import { costExports } from '../compliance/checks/cost-exports';
import { lifecycleChanges } from '../compliance/checks/lifecycle-changes';
import { declaredNetwork, networkProofs } from '../compliance/checks/network-proofs';
import { policyLint } from '../compliance/checks/policy-lint';
import { runChecks } from '../compliance/checks/run-checks';
import { actionIndex } from '../model/action-index-file';
import { declaredActions } from '../model/cost/read-budget-actions';
import { declaredBudgets, declaredCosts } from '../model/cost/read-budgets';
import { exportsOf } from '../model/cost/read-exports';
import { OrganizationModel } from '../model/organization-model';

/** Options of `landing-zone check`. */
export interface CheckOptions extends SourceOptions {
  readonly format: string;
  /** Assembly or organization file before the change. @default - what changes is not looked at */
  readonly base?: string;
  /** The day it is: `2026-11-23`. @default - the clock's */
  readonly today?: string;
}

/** Everything one check found, for any view. */
export interface CheckReport {
  readonly model: OrganizationModel;
  readonly results: readonly CheckResult[];
  /** What synthesis reported; only an assembly has it. */
  readonly synthesis?: SynthesisFacts;
  /** How the source was named, for the next command: `--assembly cdk.out`. */
  readonly source: string;
  readonly success: boolean;
}

/** Runs every check on the source. Exit 1 when one finds an error. */
export function check(options: CheckOptions, terminal: Terminal): number {
  const { model, problems, assembly } = readSource(options, terminal);
  terminal.progress(`Proving ${model.data.controls.length} controls over ${model.accounts.length} accounts`);
  const results: CheckResult[] = [...runChecks(model, problems, assembly), policyLint(model, actionIndex())];
  if (options.base !== undefined) {
    terminal.progress(`Comparing with ${options.base}`);
    results.push(lifecycleChanges({ base: readAny(options.base, terminal).model, head: model, today: options.today ?? new Date().toISOString().slice(0, 10), index: actionIndex() }));
  }
  const network = assembly && declaredNetwork(assembly);
  if (network) {
    terminal.progress(`Proving the network of ${network.topology.vpcs.length} VPCs`);
    results.push(networkProofs(network));
  }
  const costs = assembly && declaredCosts(assembly);
  if (costs) results.push(budgets(model, costs));
  const actions = assembly ? declaredActions(assembly, model) : [];
  if (assembly && actions.length > 0) results.push(budgetActions(model, actions, declaredBudgets(assembly)));
  const exports = assembly ? exportsOf(assembly) : [];
  if (exports.length > 0) results.push(costExports(exports, model));
  const synthesis = assembly && synthesisOf(assembly.source);
  const failed = results.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) || (synthesis?.reports.some((report) => report.errors > 0) ?? false);
  const report: CheckReport = {
    model,
    results,
    ...(synthesis ? { synthesis } : {}),
    source: options.assembly !== undefined ? `--assembly ${options.assembly}` : `--organization ${options.organization}`,
    success: !failed,
  };
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(checkJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(checkMarkdown(report)); break;
    case 'sarif': terminal.print(JSON.stringify(checkSarif(report), undefined, 2)); break;
    case 'junit': terminal.print(checkJunit(report)); break;
    default: terminal.print(checkText(report, terminal));
  }
  return failed ? EXIT.violations : EXIT.clean;
}
