import { CheckResult } from './check-result';
import { controlProofs } from './control-proofs';
import { lock } from './lock';
import { neverLockedOut } from './lockout';
import { quotas } from './quotas';
import { tree } from './tree';
import { Problem } from '../../model/organization-definition';
import { OrganizationModel } from '../../model/organization-model';

/** Every built-in check on a model, with what its reader found. */
export function runChecks(model: OrganizationModel, problems: readonly Problem[]): CheckResult[] {
  return [tree(model, problems), controlProofs(model), neverLockedOut(model), quotas(model), lock(model)];
}
