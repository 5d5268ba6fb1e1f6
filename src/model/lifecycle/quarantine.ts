import { AccountState } from './account-life';
import { AccountNode, OrganizationModel } from '../organization-model';

/** The control that lets nobody but the platform act. */
export const QUARANTINE = 'LZ.QUARANTINE.1';

/** The state of an account; active where nothing is said. */
export function stateOf({ life }: AccountNode): AccountState {
  return life?.state ?? 'active';
}

/** Whether a unit above the account has a policy with the quarantine: one on the account itself comes after the account is there. */
export function isQuarantined(account: AccountNode, model: OrganizationModel): boolean {
  return model.lineage(account).some((unit) => model.attached(unit.id, 'SERVICE_CONTROL_POLICY').some(({ controls }) => controls.includes(QUARANTINE)));
}
