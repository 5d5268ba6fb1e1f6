import { AccountNode, OrganizationModel, UnitNode } from './organization-model';
import { identitiesOf, tellsUnitsApart } from '../analysis/accounts-alike';
import { AccountPolicies } from '../analysis/policy-document';

/** Accounts (real ones, or one that could be in a unit without any) that the same policies decide on. */
export interface Situation {
  /** What decides; of one account, which stands for all. */
  readonly policies: AccountPolicies;
  /** Real accounts. */
  readonly accounts: readonly AccountNode[];
  /** Units without accounts, each for an account that could be there. */
  readonly emptyUnits: readonly UnitNode[];
  /** How many accounts a fact about it is a fact about, those that could be in units without any among them. */
  readonly weight: number;
  /** Ids of the controls that reach it. */
  readonly controls: ReadonlySet<string>;
}

/**
 * Groups accounts on which the same policies decide, so that each question is asked once a group. Member accounts only: AWS exempts the management
 * account from organization policies. A unit without accounts, and the root, has one that could be there: a new account begins at the root.
 *
 * Accounts differ in their id and in their units. Where a text of a policy can tell that id from others, the account is a group of its own; where one tells
 * units apart, each unit is. Else accounts are one group when the same policies are attached to them and above them: AWS's full access at every level takes
 * nothing away.
 */
export function situationsOf(model: OrganizationModel): Situation[] {
  const identities = identitiesIn(model);
  const unitsAreTold = tellsUnits(model);
  const policiesAbove = new Map<UnitNode, readonly number[]>();
  const above = (unit: UnitNode, own: readonly number[]): string => {
    const known = policiesAbove.get(unit) ?? model.lineage(hypothetical(unit)).flatMap(({ id }) => attachedTo(model, id));
    policiesAbove.set(unit, known);
    return [...new Set([...known, ...own])].sort((a, b) => a - b).join();
  };
  const groups = new Map<string, { policies: AccountPolicies; accounts: AccountNode[]; emptyUnits: UnitNode[]; weight: number; controls: Set<string> }>();
  for (const unit of model.units) {
    const members = unit.accounts.filter(({ isManagement }) => !isManagement);
    for (const account of members.length > 0 ? members : [hypothetical(unit)]) {
      const isAlone = identities === 'patterns' || identities.has(account.id);
      const own = attachedTo(model, account.id);
      const key = isAlone ? `account ${account.unitPath} ${account.key}` : `${unitsAreTold ? `${unit.path} ${own.join()}` : above(unit, own)}`;
      const group = groups.get(key) ?? { policies: model.policiesOf(account), accounts: [], emptyUnits: [], weight: 0, controls: controlsOf(model, account) };
      groups.set(key, group);
      group.weight += 1;
      if (members.length > 0) group.accounts.push(account);
      else group.emptyUnits.push(unit);
    }
  }
  return [...groups.values()];
}

/** `payments-prod`, `payments-prod and 40 more in Root/Workloads/Prod`, `payments-prod and 60 more`, `an account in Root/Sandbox`. */
export function describeAccounts({ accounts, emptyUnits }: Situation): string {
  const [first, ...others] = accounts;
  if (!first) return `an account in ${emptyUnits[0]!.path}${emptyUnits.length > 1 ? ` and in ${emptyUnits.length - 1} more` : ''}`;
  if (others.length === 0) return first.key;
  const areTogether = others.every(({ unitPath }) => unitPath === first.unitPath);
  return `${first.key} and ${others.length} more${areTogether ? ` in ${first.unitPath}` : ''}`;
}

/** How many accounts are named one by one. */
const NAMED = 20;

/** Each account by name, for the details of a finding; very many as `describeAccounts` does. */
export function nameAccounts(situation: Situation): string {
  const names = [...situation.accounts.map(({ key }) => key), ...situation.emptyUnits.map(({ path }) => `an account in ${path}`)];
  return names.length > NAMED ? describeAccounts(situation) : names.join(', ');
}

/** An account that could be in a unit. */
export function hypothetical(unit: UnitNode): AccountNode {
  return {
    kind: 'account', key: 'an-account', name: 'an-account', id: '000000000000', email: '', unitPath: unit.path, isManagement: false, isPlaceholder: true, tags: {}, origin: unit.origin,
  };
}

const IAM_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/** The positions of the policies that are attached to a target itself and decide on requests. */
function attachedTo(model: OrganizationModel, id: string): number[] {
  return IAM_TYPES.flatMap((type) => model.attached(id, type)).map((policy) => model.data.policies.indexOf(policy));
}

/** Whether a policy could treat accounts of two units differently by where they are. */
function tellsUnits(model: OrganizationModel): boolean {
  return model.data.policies.some(({ type, content }) => IAM_TYPES.includes(type) && content !== undefined && tellsUnitsApart(content));
}

function controlsOf(model: OrganizationModel, account: AccountNode): Set<string> {
  const targets = [...model.lineage(account).map(({ id }) => id), account.id];
  return new Set(targets.flatMap((id) => IAM_TYPES.flatMap((type) => model.attached(id, type).flatMap(({ controls }) => controls))));
}

/** The account ids that policies name; `patterns` where one could tell ids apart without naming them. */
function identitiesIn(model: OrganizationModel): ReadonlySet<string> | 'patterns' {
  const found = model.data.policies.filter(({ type, content }) => IAM_TYPES.includes(type) && content !== undefined).map(({ content }) => identitiesOf(content));
  return found.includes('patterns') ? 'patterns' : new Set((found as string[][]).flat());
}
