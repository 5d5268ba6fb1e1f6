import { AccountPolicies } from '../../analysis/policy-document';
import { AccountNode, OrganizationModel, UnitNode } from '../../model/organization-model';

/** Accounts (real ones, and one that could be in a unit without any) that the same policies decide on. */
export interface Situation {
  /** What decides; of one account, which stands for all. */
  readonly policies: AccountPolicies;
  /** Real accounts; empty for a unit without accounts. */
  readonly accounts: readonly AccountNode[];
  /** The unit of the first account. */
  readonly unit: UnitNode;
  /** Ids of the controls that reach it. */
  readonly controls: ReadonlySet<string>;
}

/**
 * Groups accounts whose effective policies are equal, so that each question is asked once a group. Member accounts only: AWS exempts the
 * management account from organization policies.
 *
 * Accounts of one unit without policies of their own differ in their id only, which no policy of a unit can tell apart from another id of the unit
 * unless it names it; one that names an account's id keeps that account in a group of its own.
 */
export function situationsOf(model: OrganizationModel): Situation[] {
  const named = JSON.stringify(model.data.policies.map(({ content }) => content ?? null));
  const groups = new Map<string, { policies: AccountPolicies; accounts: AccountNode[]; unit: UnitNode; controls: Set<string> }>();
  for (const unit of model.units) {
    const members = unit.accounts.filter(({ isManagement }) => !isManagement);
    for (const account of members.length > 0 ? members : unit.units.length === 0 ? [hypothetical(unit)] : []) {
      const own = model.data.policies.length > 0 && hasOwnPolicies(model, account.id);
      const key = own || named.includes(account.id) ? `account ${account.key}` : `unit ${unit.path}`;
      const group = groups.get(key);
      if (group) {
        group.accounts.push(account);
      } else {
        groups.set(key, { policies: model.policiesOf(account), accounts: members.length > 0 ? [account] : [], unit, controls: controlsOf(model, account) });
      }
    }
  }
  return [...groups.values()];
}

/** `payments-prod`, `payments-prod and 40 others in Root/Workloads/Prod`, `an account in Root/Sandbox`. */
export function describeAccounts({ accounts, unit }: Situation): string {
  if (accounts.length === 0) return `an account in ${unit.path}`;
  if (accounts.length === 1) return accounts[0]!.key;
  return `${accounts[0]!.key} and ${accounts.length - 1} more in ${unit.path}`;
}

function hypothetical(unit: UnitNode): AccountNode {
  return {
    kind: 'account', key: 'an-account', name: 'an-account', id: '000000000000', email: '', unitPath: unit.path, isManagement: false, isPlaceholder: true, tags: {}, origin: unit.origin,
  };
}

function hasOwnPolicies(model: OrganizationModel, id: string): boolean {
  return IAM_TYPES.some((type) => model.attached(id, type).length > 0);
}

const IAM_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

function controlsOf(model: OrganizationModel, account: AccountNode): Set<string> {
  const targets = [...model.lineage(account).map(({ id }) => id), account.id];
  return new Set(targets.flatMap((id) => IAM_TYPES.flatMap((type) => model.attached(id, type).flatMap(({ controls }) => controls))));
}
