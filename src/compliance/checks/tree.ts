import { CheckResult } from './check-result';
import { Problem } from '../../model/organization-definition';
import { Origin, OrganizationModel } from '../../model/organization-model';

/** What the reader found wrong with the organization: a broken tree, a policy that AWS would refuse. */
export function tree(model: OrganizationModel, problems: readonly Problem[]): CheckResult {
  return {
    id: 'LZ.TREE',
    title: 'Tree',
    proved: problems.length === 0 ? model.units.length + model.accounts.length : 0,
    findings: problems.map((problem) => ({
      rule: 'LZ.TREE', severity: 'error', message: problem.message, hint: problem.hint ?? '', origins: [originOf(problem)],
    })),
    summary: `${model.units.length - 1} units, ${model.accounts.length} accounts`,
  };
}

/** A resource of a template, where the reader of an assembly says it; else a place in a file. */
function originOf(problem: Problem & { readonly origin?: Origin }): Origin {
  return problem.origin ?? { place: problem.place };
}
