import { checkJunit, checkSarif } from './check-machines';
import { checkProduct } from './check-product';
import { checkJson, checkMarkdown, checkText } from './check-views';
import { readAny, readZoneOrProduct, Source, SourceOptions } from './source';
import { synthesisOf, SynthesisFacts } from './synthesis';
import { EXIT, Terminal } from './terminal';
import { budgetActions } from '../compliance/checks/budget-actions';
import { budgets } from '../compliance/checks/budgets';
import { CheckResult } from '../compliance/checks/check-result';
import { costExports } from '../compliance/checks/cost-exports';
import { Exception } from '../compliance/checks/exceptions';
import { lifecycleChanges } from '../compliance/checks/lifecycle-changes';
import { declaredNetwork, networkProofs } from '../compliance/checks/network-proofs';
import { policyLint } from '../compliance/checks/policy-lint';
import { runChecks } from '../compliance/checks/run-checks';
import { actionIndex } from '../model/action-index-file';
import { declaredActions } from '../model/cost/read-budget-actions';
import { declaredBudgets, declaredCosts } from '../model/cost/read-budgets';
import { exportsOf } from '../model/cost/read-exports';
import { InputError } from '../model/input-error';
import { OrganizationModel } from '../model/organization-model';

/** Options of `landing-zone check`. */
export interface CheckOptions extends SourceOptions {
  readonly format: string;
  /** Assembly or organization file before the change. @default - what changes is not looked at */
  readonly base?: string;
  /** The day it is: `2026-11-23`. @default - the clock's */
  readonly today?: string;
  /** Landing zone that a product is deployed to: an assembly or an organization file. @default - where stacks go is not looked at */
  readonly zone?: string;
  /** Resources of a product that hold data and may be replaced or deleted. @default - none */
  readonly replace?: readonly string[];
}

/** What is checked of an assembly without an organization. */
export interface ProductFacts {
  /** Accounts and Regions that its stacks name. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly exceptions: readonly Exception[];
}

/** Everything one check found, for any view. */
export interface CheckReport {
  /** The organization. @default - the source is the assembly of a product, which has none */
  readonly model?: OrganizationModel;
  /** What a product is. @default - the source has an organization */
  readonly product?: ProductFacts;
  /** What was read. */
  readonly name: string;
  readonly results: readonly CheckResult[];
  /** What synthesis reported; only an assembly has it. */
  readonly synthesis?: SynthesisFacts;
  /** How the source was named, for the next command: `--assembly cdk.out`. */
  readonly source: string;
  readonly success: boolean;
}

/** Runs every check on the source: those of a landing zone, or those of a product where an assembly has no organization. Exit 1 when one finds an error. */
export function check(options: CheckOptions, terminal: Terminal): number {
  const { model, problems, assembly } = readZoneOrProduct(options, terminal);
  const report = model ? checkZone({ model, problems, assembly }, options, terminal) : checkProduct(assembly!, options, terminal);
  switch (options.format) {
    case 'json': terminal.print(JSON.stringify(checkJson(report), undefined, 2)); break;
    case 'markdown': terminal.print(checkMarkdown(report)); break;
    case 'sarif': terminal.print(JSON.stringify(checkSarif(report), undefined, 2)); break;
    case 'junit': terminal.print(checkJunit(report)); break;
    default: terminal.print(checkText(report, terminal));
  }
  return report.success ? EXIT.clean : EXIT.violations;
}

/** Whether a check or synthesis found an error. */
export function hasFailed(results: readonly CheckResult[], synthesis?: SynthesisFacts): boolean {
  return results.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) || (synthesis?.reports.some((report) => report.errors > 0) ?? false);
}

function checkZone({ model, problems, assembly }: Source, options: CheckOptions, terminal: Terminal): CheckReport {
  if (options.zone !== undefined || (options.replace ?? []).length > 0) throw new InputError('--zone and --replace are about the assembly of a product, and this source has an organization');
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
  return {
    model,
    name: model.data.source,
    results,
    ...(synthesis ? { synthesis } : {}),
    source: options.assembly !== undefined ? `--assembly ${options.assembly}` : `--organization ${options.organization}`,
    success: !hasFailed(results, synthesis),
  };
}
