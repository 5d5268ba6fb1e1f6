import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { budgetActions } from './checks/budget-actions';
import { budgets } from './checks/budgets';
import { Finding } from './checks/check-result';
import { costExports } from './checks/cost-exports';
import { declaredNetwork, networkProofs } from './checks/network-proofs';
import { runChecks } from './checks/run-checks';
import { organizationFromAssembly } from '../model/assembly/organization-from-assembly';
import { readTemplates } from '../model/assembly/read-assembly';
import { declaredActions } from '../model/cost/read-budget-actions';
import { declaredBudgets, declaredCosts } from '../model/cost/read-budgets';
import { exportsOf } from '../model/cost/read-exports';
import { Origin } from '../model/organization-model';

/**
 * Quotas, every control's own proof, "never locked out", tree and lock file, what the network's hubs declare, budgets where a standard wants them, and whether exports of costs are delivered, on the
 * synthesized templates: synthesis fails when one does.
 *
 * A landing zone brings it. Add it yourself when you use `Organization` or `NetworkHub` alone.
 *
 * @example
 * Validations.of(app).addPlugins(new LandingZoneValidation());
 */
export class LandingZoneValidation implements IPolicyValidationPlugin {
  /** Name in the validation report. */
  public readonly name: string = 'LandingZone proofs';

  /** Runs the checks; a warning alone does not fail. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    try {
      return this.report(context);
    } catch (error) {
      return {
        success: false,
        violations: [{ ruleName: 'LZ.INTERNAL', description: `The checks could not be run: ${(error as Error).message}`, severity: 'fatal', violatingResources: [] }],
      };
    }
  }

  private report(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const assembly = readTemplates(context.stackTemplates);
    const { model, problems } = organizationFromAssembly(assembly);
    const network = declaredNetwork(assembly);
    const costs = declaredCosts(assembly);
    const exports = exportsOf(assembly);
    const actions = model ? declaredActions(assembly, model) : [];
    const results = [
      ...model && actions.length > 0 ? [budgetActions(model, actions, declaredBudgets(assembly))] : [],
      ...model ? runChecks(model, problems, assembly) : [], ...network ? [networkProofs(network)] : [], ...model && costs ? [budgets(model, costs)] : [],
      ...exports.length > 0 ? [costExports(exports, model)] : [],
    ];
    const findings = results.flatMap((result) => result.findings);
    return { success: findings.every(({ severity }) => severity !== 'error'), violations: findings.map(toViolation) };
  }
}

function toViolation({ rule, severity, message, hint, origins, details }: Finding): PolicyViolation {
  return {
    ruleName: rule,
    description: [message, ...details ?? []].join('\n'),
    ...(hint !== '' ? { fix: hint } : {}),
    severity,
    violatingResources: origins.flatMap((origin) => resourceOf(origin)),
  };
}

function resourceOf({ logicalId, template }: Origin) {
  return logicalId !== undefined && template !== undefined ? [{ resourceLogicalId: logicalId, templatePath: template, locations: [] }] : [];
}
