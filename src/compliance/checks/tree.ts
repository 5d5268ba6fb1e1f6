import { CheckResult } from './check-result';
import { Problem } from '../../model/organization-definition';
import { OrganizationModel } from '../../model/organization-model';

/** What the reader found wrong with the tree. */
export function tree(model: OrganizationModel, problems: readonly Problem[]): CheckResult {
  return {
    id: 'LZ.TREE',
    title: 'Tree',
    proved: problems.length === 0 ? model.units.length + model.accounts.length : 0,
    findings: problems.map(({ place, message, hint }) => ({ rule: 'LZ.TREE', severity: 'error', message, hint: hint ?? '', origins: [{ place }] })),
    summary: `${model.units.length - 1} units, ${model.accounts.length} accounts`,
  };
}
