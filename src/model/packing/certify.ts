import { ActionIndex } from '../../analysis/actions/action-index';
import { Change, Comparison, PossibleChange } from '../../analysis/compare';
import { differences, KnownParts } from '../../analysis/equivalence';
import { AccountPolicies, PolicyLevel } from '../../analysis/policy-document';
import { statementsOf } from '../../analysis/statement';
import { AccountNode, OrganizationModel, UnitNode } from '../organization-model';
import { POLICY_TYPES } from '../policy-types';
import { hypothetical, situationsOf } from '../situations';

/** Accounts on which the same policies decide, and what changed for them. */
export interface GroupCertificate {
  /** Keys of accounts. */
  readonly accounts: readonly string[];
  /** Paths of units without accounts, for accounts that could be there. */
  readonly emptyUnits: readonly string[];
  readonly changes: readonly Change[];
  readonly undecided: readonly PossibleChange[];
}

/** Whether two organizations of the same tree mean the same. */
export interface Certificate {
  /** Nothing changed, and nothing is undecided. */
  readonly isEquivalent: boolean;
  readonly groups: readonly GroupCertificate[];
  /** Actions of AWS that were compared; those that it may add are, too. */
  readonly actions: number;
}

/**
 * Compares what decides on each account, equal accounts once: exact over all actions and contexts. Where a level has an Allow of its own, the comparison is
 * made with and without AWS's full access beside it, for nobody has to attach that.
 *
 * @param except units that are meant to get more: the accounts that could come into them are not compared
 */
export function certify(before: OrganizationModel, after: OrganizationModel, index: ActionIndex, except: readonly UnitNode[] = []): Certificate {
  const known = new KnownParts();
  const groups = groupsOf(before, after, new Set(except.map(({ id }) => id))).map(({ accounts, emptyUnits, member }): GroupCertificate => {
    const [old, current] = [before.policiesOf(member), after.policiesOf(member)];
    const comparisons = [[old, current] as const, ...withoutFullAccess(old, current)].map((pair) => differences(...pair, index, known));
    const all = <K extends 'changes' | 'undecided'>(what: K): Comparison[K] => comparisons.flatMap((comparison) => comparison[what] as any[]);
    return { accounts, emptyUnits, changes: all('changes'), undecided: all('undecided') };
  });
  return { isEquivalent: groups.every(({ changes, undecided }) => changes.length + undecided.length === 0), groups, actions: index.actions.length };
}

interface Group {
  readonly accounts: string[];
  readonly emptyUnits: string[];
  /** One that stands for all. */
  readonly member: AccountNode;
}

/** Accounts that are of one group before and of one group after. */
function groupsOf(before: OrganizationModel, after: OrganizationModel, except: ReadonlySet<string>): Group[] {
  const old = situationsOf(before);
  const groups = new Map<string, Group>();
  const add = (number: number, isIn: (situation: typeof old[number]) => boolean, member: AccountNode): Group => {
    const key = `${old.findIndex(isIn)} ${number}`;
    const group = groups.get(key) ?? { accounts: [], emptyUnits: [], member };
    groups.set(key, group);
    return group;
  };
  situationsOf(after).forEach(({ accounts, emptyUnits }, number) => {
    for (const account of accounts) add(number, (situation) => situation.accounts.some(({ id }) => id === account.id), account).accounts.push(account.key);
    for (const unit of emptyUnits.filter(({ id }) => !except.has(id))) {
      add(number, (situation) => situation.emptyUnits.some(({ id }) => id === unit.id), hypothetical(unit)).emptyUnits.push(unit.path);
    }
  });
  return [...groups.values()];
}

const FULL_ACCESS = new Set(POLICY_TYPES.map(({ awsManaged }) => awsManaged));

/** The same without AWS's full access at levels where another policy allows something; nothing where there is none. */
function withoutFullAccess(before: AccountPolicies, after: AccountPolicies): Array<readonly [AccountPolicies, AccountPolicies]> {
  const isAllowing = (level: PolicyLevel | undefined): boolean => (level?.policies ?? []).some(({ name, document }) => (
    !FULL_ACCESS.has(name) && statementsOf(document).some(({ Effect }) => Effect === 'Allow')
  ));
  const gates = before.serviceControl.map((level, at) => isAllowing(level) || isAllowing(after.serviceControl[at]));
  const strip = (account: AccountPolicies): AccountPolicies => ({
    ...account,
    serviceControl: account.serviceControl.map((level, at) => (gates[at] ? { ...level, policies: level.policies.filter(({ name }) => !FULL_ACCESS.has(name)) } : level)),
  });
  return gates.includes(true) ? [[strip(before), strip(after)]] : [];
}
