import { CheckResult } from './check-result';
import { controlProofs } from './control-proofs';
import { lifecycle } from './lifecycle';
import { lock } from './lock';
import { neverLockedOut } from './lockout';
import { quotas } from './quotas';
import { tree } from './tree';
import { Assembly } from '../../model/assembly/read-assembly';
import { Problem } from '../../model/organization-definition';
import { OrganizationModel } from '../../model/organization-model';

/** Every built-in check on a model, with what its reader found; and on the assembly that it was read from, where it was one. */
export function runChecks(model: OrganizationModel, problems: readonly Problem[], assembly?: Assembly): CheckResult[] {
  return [tree(model, problems), controlProofs(model), neverLockedOut(model), quotas(model), lifecycle(model, assembly), lock(model)];
}
