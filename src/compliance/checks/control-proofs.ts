import { CheckResult, Finding } from './check-result';
import { describeAccounts, Situation, situationsOf } from './targets';
import { evaluate } from '../../analysis/evaluate';
import { AccountPolicies, PolicyLevel, PolicyStatementJson } from '../../analysis/policy-document';
import { AccessRequest, Explanation } from '../../analysis/request';
import { isSidOf } from '../../controls/render';
import { ControlFacts, OrganizationModel, ProofRequest } from '../../model/organization-model';

/** Who asks where a proof does not say: a role that nothing exempts. */
const ANY_ROLE = 'role/any';

/**
 * Each control's own proof in every account it reaches: what it must deny is denied in every context, by all policies together; what it must leave
 * alone is not denied by its own statements.
 */
export function controlProofs(model: OrganizationModel): CheckResult {
  const findings: Finding[] = [];
  const proved = new Set<string>();
  const situations = situationsOf(model);
  let facts = 0;
  for (const control of model.data.controls) {
    const reached = situations.filter(({ controls }) => controls.has(control.id));
    const failures = reached.flatMap((situation) => prove(control, situation));
    if (failures.length === 0) {
      if (reached.length > 0) proved.add(control.id);
      facts += reached.reduce((sum, { accounts }) => sum + Math.max(1, accounts.length) * (control.denies.length + control.allows.length), 0);
    }
    if (failures.length > 0) {
      findings.push({
        rule: control.id,
        severity: 'error',
        message: `${control.title}: not proved in ${failures[0]!.where}: ${failures[0]!.what}`,
        hint: failures[0]!.hint,
        origins: model.data.policies.filter(({ controls }) => controls.includes(control.id)).map(({ origin }) => origin),
        ...(failures.length > 1 ? { details: failures.slice(1, 5).map(({ where, what }) => `in ${where}: ${what}`) } : {}),
      });
    }
  }
  return { id: 'LZ.PROOF', title: 'Proved', proved: facts, findings, summary: `${proved.size} of ${model.data.controls.filter((control) => isReached(control, situations)).length} controls` };
}

function isReached({ id, denies, allows }: ControlFacts, situations: readonly Situation[]): boolean {
  return denies.length + allows.length > 0 && situations.some(({ controls }) => controls.has(id));
}

interface Failure {
  readonly where: string;
  readonly what: string;
  readonly hint: string;
}

function prove(control: ControlFacts, situation: Situation): Failure[] {
  const where = describeAccounts(situation);
  const own = ownStatements(situation.policies, control.id);
  return [
    ...control.denies.map((request) => ({ request, answer: evaluate(toAccessRequest(request), situation.policies) })).filter(({ answer }) => answer.decision !== 'denied').map(({ request, answer }) => ({
      where,
      what: `${describe(request)} must be denied, but is ${answer.decision === 'depends' ? `denied or not depending on ${answer.dependsOn.join(', ')}` : 'allowed'}`,
      hint: answer.reasons.some(({ effect }) => effect === 'Unknown') ? 'Make what is unknown resolvable at synth.' : 'A statement of this control was changed, or it does not deny what its proof says.',
    })),
    ...control.allows.map((request) => ({ request, answer: evaluate(toAccessRequest(request), own) })).filter(({ answer }) => answer.decision === 'denied').map(({ request, answer }) => ({
      where,
      what: `${describe(request)} must be left alone, but is denied by ${denying(answer)}`,
      hint: 'Narrow the statement, or correct the proof.',
    })),
  ];
}

/** The request of a proof as the evaluator takes it. */
export function toAccessRequest({ action, principal, resource, context }: ProofRequest): AccessRequest {
  return { action, principal: principal ?? ANY_ROLE, ...(resource !== undefined ? { resource } : {}), ...(context !== undefined ? { context } : {}) };
}

function describe({ action, principal, resource, context }: ProofRequest): string {
  const with_ = Object.entries(context ?? {}).map(([key, values]) => `${key}=${values.join('|')}`);
  return `${action} by ${principal ?? ANY_ROLE}${resource !== undefined ? ` on ${resource}` : ''}${with_.length > 0 ? ` with ${with_.join(', ')}` : ''}`;
}

function denying({ reasons }: Explanation): string {
  return reasons.filter(({ effect }) => effect === 'Deny').map(({ policy, statement }) => `statement ${statement} of ${policy}`).join(', ');
}

/** The account's policies with nothing but full access and one control's statements. */
function ownStatements(policies: AccountPolicies, controlId: string): AccountPolicies {
  const keep = (levels: readonly PolicyLevel[]): PolicyLevel[] => levels.map(({ level, policies: attached }) => ({
    level,
    policies: attached.map(({ name, document }) => ({
      name, document: { ...document, Statement: statementsOf(document.Statement).filter(({ Sid, Effect }) => Effect === 'Allow' || (Sid !== undefined && isSidOf(Sid, controlId))) },
    })).filter(({ document }) => document.Statement.length > 0),
  }));
  return { ...policies, serviceControl: keep(policies.serviceControl), resourceControl: keep(policies.resourceControl), unknown: [] };
}

function statementsOf(statement: PolicyStatementJson | readonly PolicyStatementJson[]): readonly PolicyStatementJson[] {
  return Array.isArray(statement) ? statement : [statement as PolicyStatementJson];
}
