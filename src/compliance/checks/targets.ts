import { AccountPolicies } from '../../analysis/policy-document';
import { AccountNode, OrganizationModel, UnitNode } from '../../model/organization-model';

/** Accounts (real ones, or one that could be in a unit without any) that the same policies decide on. */
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
 * Groups accounts on which the same policies decide, so that each question is asked once a group. Member accounts only: AWS exempts the management
 * account from organization policies. A unit without accounts, and the root, has one that could be there: a new account begins at the root.
 *
 * Accounts of one unit without policies of their own differ in nothing but their id. Where a text of a policy can tell that id from others, the account
 * is a group of its own.
 */
export function situationsOf(model: OrganizationModel): Situation[] {
  const identities = identitiesIn(model);
  const groups = new Map<string, { policies: AccountPolicies; accounts: AccountNode[]; unit: UnitNode; controls: Set<string> }>();
  for (const unit of model.units) {
    const members = unit.accounts.filter(({ isManagement }) => !isManagement);
    for (const account of members.length > 0 ? members : [hypothetical(unit)]) {
      const isAlone = hasOwnPolicies(model, account.id) || identities === 'patterns' || identities.has(account.id);
      const key = isAlone ? `account ${account.unitPath} ${account.key}` : `unit ${unit.path}`;
      const group = groups.get(key);
      if (group) {
        group.accounts.push(account);
      } else {
        const accounts = members.length > 0 ? [account] : [];
        groups.set(key, { policies: model.policiesOf(account), accounts, unit, controls: controlsOf(model, account) });
      }
    }
  }
  return [...groups.values()];
}

/** `payments-prod`, `payments-prod and 40 more in Root/Workloads/Prod`, `an account in Root/Sandbox`. */
export function describeAccounts({ accounts, unit }: Situation): string {
  if (accounts.length === 0) return `an account in ${unit.path}`;
  if (accounts.length === 1) return accounts[0]!.key;
  return `${accounts[0]!.key} and ${accounts.length - 1} more in ${unit.path}`;
}

/** Each account by name, for the details of a finding. */
export function nameAccounts({ accounts, unit }: Situation): string {
  return accounts.length === 0 ? `an account in ${unit.path}` : accounts.map(({ key }) => key).join(', ');
}

/** How many accounts a fact about a situation is a fact about. */
export function weightOf({ accounts }: Situation): number {
  return Math.max(1, accounts.length);
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

/** The account ids that policies name; `patterns` where one could tell ids apart without naming them. */
function identitiesIn(model: OrganizationModel): ReadonlySet<string> | 'patterns' {
  const named = new Set<string>();
  for (const policy of model.data.policies.filter(({ type }) => IAM_TYPES.includes(type))) {
    if (/"Numeric\w+":\{[^{}]*account"/i.test(JSON.stringify(policy.content ?? null))) return 'patterns';
    for (const text of textsIn(policy.content)) {
      // Digits of an id are matched by a run of digits between two ends of: the text, a wildcard, a colon. A shorter run needs a wildcard to match.
      for (const run of text.match(/(?<![^*?:])\d+(?![^*?:])/g) ?? []) {
        if (run.length === ID_LENGTH) named.add(run);
        else if (/[*?]/.test(text)) return 'patterns';
      }
    }
  }
  return named;
}

const ID_LENGTH = 12;

function* textsIn(json: any): Generator<string> {
  if (typeof json === 'string' || typeof json === 'number') yield String(json);
  else if (typeof json === 'object' && json !== null) for (const value of Object.values(json)) yield* textsIn(value);
}
