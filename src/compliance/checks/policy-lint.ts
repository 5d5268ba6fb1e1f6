import { CheckResult, Finding } from './check-result';
import { ActionIndex } from '../../analysis/actions/action-index';
import { LintFinding, LintPolicy } from '../../analysis/lint/lint-finding';
import { LevelLint } from '../../analysis/lint/lint-levels';
import { lintPolicy } from '../../analysis/lint/lint-policy';
import { statementsOf } from '../../analysis/statement';
import { Origin, OrganizationModel, OrganizationPolicy } from '../../model/organization-model';
import { situationsOf } from '../../model/situations';

const KINDS: { readonly [type: string]: LintPolicy['kind'] } = { SERVICE_CONTROL_POLICY: 'service-control', RESOURCE_CONTROL_POLICY: 'resource-control' };

/** How many policies of one finding are named. */
const NAMED = 3;

/**
 * What is almost certainly a mistake in the organization's policies of the IAM language. Warnings, never a proof: AWS's reference lists keys and resources
 * incompletely. Not at synthesis: it reads the index of AWS's actions.
 */
export function policyLint(model: OrganizationModel, index: ActionIndex): CheckResult {
  const policies = model.data.policies.flatMap((policy) => asLintPolicy(policy, model.data.managementAccount.id) ?? []);
  const statements = policies.reduce((sum, { document }) => sum + statementsOf(document).length, 0);
  return {
    id: 'LZ.LINT',
    title: 'Lint',
    proved: 0,
    findings: grouped([...policies.flatMap((policy) => lintPolicy(policy, index).map((finding) => ({ finding, kind: policy.kind }))), ...levelFindings(model, policies, index)], model),
    summary: `${policies.length} ${policies.length === 1 ? 'policy' : 'policies'}, ${statements} ${statements === 1 ? 'statement' : 'statements'} looked at`,
  };
}

function asLintPolicy({ name, type, content }: OrganizationPolicy, managementAccountId: string): LintPolicy | undefined {
  const kind = KINDS[type];
  return kind !== undefined && content !== undefined ? { name, kind, document: content, managementAccountId } : undefined;
}

interface Found {
  readonly finding: LintFinding;
  readonly kind: LintPolicy['kind'];
}

/** What levels show together. What controls say is written by nobody, so that they may say it twice. */
function levelFindings(model: OrganizationModel, policies: readonly LintPolicy[], index: ActionIndex): Found[] {
  const lint = new LevelLint(index, policies);
  const accounts = situationsOf(model).map((situation) => situation.policies);
  const generated = new Set(model.data.policies.filter(({ controls }) => controls.length > 0).map(({ name }) => name));
  return [
    ...(['service-control', 'resource-control'] as const).flatMap((kind) => lint.coveredEverywhere(kind, accounts).map((finding) => ({ finding, kind }))).filter(({ finding }) => !generated.has(finding.policy)),
    ...accounts.flatMap((account) => lint.allowLists(account, model.data.platform)).map((finding) => ({ finding, kind: 'service-control' as const })),
  ];
}

/** One finding for all policies that hold the same statement, and for all accounts. */
function grouped(found: readonly Found[], model: OrganizationModel): Finding[] {
  const groups = new Map<string, Map<string, Found>>();
  for (const one of found) {
    const key = JSON.stringify({ ...one.finding, policy: '', kind: one.kind });
    groups.set(key, (groups.get(key) ?? new Map<string, Found>()).set(one.finding.policy, one));
  }
  return [...groups.values()].map((group): Finding => {
    const [first] = group.values();
    const { rule, statement, what, why, fix } = first!.finding;
    const names = [...group.keys()];
    const where = statement === '-' ? '' : ` (statement ${statement} of policy ${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ''})`;
    return {
      rule,
      severity: 'warning',
      message: `${what}: ${why}${where}`,
      hint: fix,
      origins: [...group.values()].flatMap((one) => originsOf(one, model)),
      ...(names.length > NAMED ? { details: [`in ${names.join(', ')}`] } : {}),
    };
  });
}

/** Where a policy, or a level as a whole, was written. */
function originsOf({ finding, kind }: Found, model: OrganizationModel): Origin[] {
  if (finding.statement === '-') {
    const level = model.unit(finding.policy) ?? model.account(finding.policy.split('/').pop()!);
    return level ? [level.origin] : [];
  }
  return model.data.policies.filter(({ name, type }) => name === finding.policy && KINDS[type] === kind).map(({ origin }) => origin);
}
