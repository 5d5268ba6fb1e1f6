import { CheckResult, Finding } from './check-result';
import { neverLockedOut } from './lockout';
import { quotas } from './quotas';
import { ANY_ACCOUNT } from '../../analysis/accounts-alike';
import { evaluate } from '../../analysis/evaluate';
import { AccountPolicies } from '../../analysis/policy-document';
import { principalsExcept } from '../../analysis/principals-except';
import { requestProblems } from '../../analysis/request-facts';
import { statementsOf } from '../../analysis/statement';
import { findRequest } from '../../analysis/witness';
import { BudgetActionFact, ExecutionRole } from '../../model/cost/read-budget-actions';
import { BudgetFact } from '../../model/cost/read-budgets';
import { AccountNode, boundPlatform, FULL_ACCESS, OrganizationModel, OrganizationPolicy, UnitNode } from '../../model/organization-model';
import { partitionOf } from '../../model/partition';
import { situationsOf } from '../../model/situations';

const RULE = 'LZ.BUDGET.ACTION';
const TYPE = 'SERVICE_CONTROL_POLICY';

/**
 * What happens when budgets act: each action that is meant to be denied is denied to everybody but the platform, the platform keeps all that it needs with the policies attached to all of their
 * targets at once, on top of what is attached already, every target has room for it, and the role can attach it.
 *
 * Attached everywhere at once is the worst: a policy that only denies takes nothing away from what another one denies.
 */
export function budgetActions(model: OrganizationModel, actions: readonly BudgetActionFact[], budgets: readonly BudgetFact[]): CheckResult {
  const proof = new BudgetActions(model, budgets);
  const findings = [...actions.flatMap((action) => proof.wiring(action)), ...proof.denials(actions), ...proof.attached(actions)];
  return {
    id: RULE,
    title: 'Budget actions',
    proved: proof.proved,
    findings,
    summary: `${actions.length} on ${new Set(actions.flatMap(({ targetIds }) => targetIds)).size} accounts and units`,
  };
}

class BudgetActions {
  public proved = 0;

  public constructor(private readonly model: OrganizationModel, private readonly budgets: readonly BudgetFact[]) {}

  /** Whether an action can be executed at all, and on what its budget watches. */
  public wiring(action: BudgetActionFact): Finding[] {
    const found = [
      ...action.unresolved.map((what) => this.error(action, `is not known: ${what}`, 'Make it resolvable at synth: a policy and targets of this app, or ids.')),
      ...this.targets(action),
      ...this.role(action),
    ];
    if (found.length === 0) this.proved += 1;
    return found;
  }

  /** What the policy must deny, it denies everybody but the platform, in every context. Its own statements have to: others may change. */
  public denials(actions: readonly BudgetActionFact[]): Finding[] {
    const done = new Set<OrganizationPolicy>();
    return actions.flatMap((action): Finding[] => {
      const { policy } = action;
      if (!policy?.content || done.has(policy)) return [];
      done.add(policy);
      const wanted = action.denies ?? statementsOf(policy.content).filter(({ Effect }) => Effect === 'Deny').flatMap(({ Action }) => [Action ?? []].flat());
      const account = this.alone(policy);
      const where = principalsExcept(boundPlatform(this.model.data.platform), account);
      const left = wanted.filter((name) => requestProblems({ action: name }).length > 0 || findRequest({ action: name }, [{ account, decision: 'allowed' }], { where }).kind !== 'none');
      this.proved += wanted.length - left.length;
      if (wanted.length === 0) return [this.error(action, `attaches policy ${policy.name}, which denies nothing`, 'Give it statements that deny.')];
      if (left.length === 0) return [];
      const message = `attaches policy ${policy.name}, which does not deny ${left.slice(0, 5).join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''} to everybody but the platform`;
      return [this.error(action, message, 'Deny it in every context, and exempt the platform principals alone.', left.length > 5 ? [`not denied: ${left.join(', ')}`] : [])];
    });
  }

  /** Never locked out and within quotas, with all policies attached to all of their targets. What is wrong without them is found elsewhere. */
  public attached(actions: readonly BudgetActionFact[]): Finding[] {
    const targets = new Map<OrganizationPolicy, Set<string>>();
    for (const { policy, targetIds } of actions) if (policy) targets.set(policy, new Set([...targets.get(policy) ?? policy.targetIds, ...targetIds]));
    if (targets.size === 0) return [];
    const policies = this.model.data.policies.map((policy) => (targets.has(policy) ? { ...policy, targetIds: [...targets.get(policy)!] } : policy));
    const after = new OrganizationModel({ ...this.model.data, policies });
    const reached = new Set([...targets.values()].flatMap((ids) => [...ids]));
    const isReached = (account: AccountNode) => [...after.lineage(account).map(({ id }) => id), account.id].some((id) => reached.has(id));
    const situations = situationsOf(after).filter(({ accounts, emptyUnits }) => accounts.some(isReached) || emptyUnits.some((unit) => this.lineageIds(unit).some((id) => reached.has(id))));
    const locked = neverLockedOut(after, situations);
    const full = quotas(after);
    this.proved += locked.proved;
    if (locked.findings.length + full.findings.length === 0) return [];
    const before = new Set([...neverLockedOut(this.model).findings, ...quotas(this.model).findings].map(({ message }) => message));
    return [...locked.findings, ...full.findings].filter(({ message }) => !before.has(message))
      .map((finding): Finding => ({ ...finding, rule: RULE, message: `once budgets have acted: ${finding.message}` }));
  }

  private targets(action: BudgetActionFact): Finding[] {
    const budget = this.budgets.find(({ name }) => name === action.budget);
    if (!budget) return [this.error(action, 'has no such budget', 'Name a budget of this app.')];
    if (action.targetIds.length === 0 && action.unresolved.length === 0) return [this.error(action, 'has no target', 'Name accounts or units.')];
    return action.targetIds.flatMap((id): Finding[] => {
      const { managementAccount, root } = this.model.data;
      if (id === managementAccount.id) return [this.error(action, 'is on the management account, which service control policies do not bind', 'Act on member accounts.')];
      if (id === root.id || /^r-/.test(id)) return [this.error(action, 'is on the root, and AWS Budgets attaches policies to units and accounts', 'Act on units.')];
      const node = this.model.accounts.find((account) => account.id === id) ?? this.model.units.find((unit) => unit.id === id);
      if (!node) return [this.error(action, `is on ${id}, which is not in the organization`, 'Correct the id.')];
      const accounts = node.kind === 'account' ? [node] : below(node);
      const unwatched = budget.isPart ? [] : accounts.filter((account) => budget.accounts && !budget.accounts.includes(account.id));
      const name = node.kind === 'account' ? node.key : node.path;
      if (budget.isPart) return [this.error(action, `is on ${name}, and its budget watches a part of the bill`, 'Let it act by the budget of that account or unit.')];
      if (unwatched.length > 0) return [this.error(action, `is on ${name}, and its budget does not watch ${unwatched.slice(0, 5).map(({ key }) => key).join(', ')}`, 'Let it act by the budget of that account or unit.')];
      return [];
    });
  }

  /** The role can be assumed, and attaches and detaches this policy, to and from each target. */
  private role({ role, policyArn, targetIds, ...action }: BudgetActionFact): Finding[] {
    const problem = (what: string, hint: string) => [this.error(action, `acts by role ${role.name}: ${what}`, hint)];
    if (role.unknown !== undefined) return problem(role.unknown, 'Give it inline policies in this app.');
    if (!role.isTrusted) return problem('its trust policy does not let budgets.amazonaws.com assume it', 'Trust budgets.amazonaws.com.');
    if (policyArn === undefined) return [];
    const prefix = policyArn.replace(/:policy\/.*$/, '');
    const { organizationId } = this.model.data;
    const resources = [policyArn, ...targetIds.map((id) => `${prefix}:${/^\d{12}$/.test(id) ? 'account' : 'ou'}/${organizationId}/${id}`)];
    const account = this.byRole(role);
    const refused = ['organizations:AttachPolicy', 'organizations:DetachPolicy'].flatMap((name) => resources.filter((resource) => evaluate({
      action: name, principal: `role/${role.name}`, resource, context: { 'organizations:PolicyType': [TYPE] },
    }, account).decision !== 'allowed').map((resource) => `${name} on ${resource}`));
    return refused.length === 0 ? [] : problem(`it is not allowed ${refused[0]}${refused.length > 1 ? ` and ${refused.length - 1} more` : ''}`, 'Allow organizations:AttachPolicy and DetachPolicy on the policy and its targets.');
  }

  /** A member account with nothing but one policy. */
  private alone(policy: OrganizationPolicy): AccountPolicies {
    return this.account([{ level: 'Root', policies: [FULL_ACCESS[TYPE]!, { name: policy.name, document: policy.content }] }]);
  }

  /** The role's own policies decide like one level: an Allow, and no Deny. */
  private byRole({ documents, name }: ExecutionRole): AccountPolicies {
    return this.account([{ level: name, policies: documents.map((document, at) => ({ name: `${name} ${at + 1}`, document })) }]);
  }

  private account(serviceControl: AccountPolicies['serviceControl']): AccountPolicies {
    const { organizationId, homeRegion } = this.model.data;
    return {
      account: { id: ANY_ACCOUNT, name: 'any', isManagement: false }, partition: partitionOf(homeRegion), organizationId, organizationPath: `${organizationId}/r-any/`, serviceControl, resourceControl: [], unknown: [],
    };
  }

  private lineageIds(unit: UnitNode): string[] {
    const parts = unit.path.split('/');
    return parts.map((_, at) => this.model.unit(parts.slice(0, at + 1).join('/'))?.id ?? '');
  }

  private error({ budget, origin }: Pick<BudgetActionFact, 'budget' | 'origin'>, message: string, hint: string, details: readonly string[] = []): Finding {
    return { rule: RULE, severity: 'error', message: `the action of budget ${budget} ${message}`, hint, origins: [origin], ...(details.length > 0 && { details }) };
  }
}

function below({ accounts, units }: UnitNode): AccountNode[] {
  return [...accounts, ...units.flatMap(below)];
}
