import { CheckResult, Finding } from './check-result';
import { isLikeOthers } from '../../analysis/accounts-alike';
import { decide, evaluate } from '../../analysis/evaluate';
import { setKeysOf } from '../../analysis/judge';
import { meaningOf } from '../../analysis/meaning';
import { AccountPolicies, PolicyDocument, PolicyLevel } from '../../analysis/policy-document';
import { AccessRequest, Explanation } from '../../analysis/request';
import { requestProblems } from '../../analysis/request-facts';
import { statementsOf } from '../../analysis/statement';
import { isSidOf } from '../../controls/render';
import { ControlFacts, OrganizationModel, ProofRequest } from '../../model/organization-model';
import { describeAccounts, nameAccounts, Situation, situationsOf } from '../../model/situations';

/** Who asks where a proof does not say: a role that nothing exempts. */
const ANY_ROLE = 'role/any';

/**
 * Each control's own proof in every account it reaches: what it must deny is denied in every context, by all policies together; what it must leave
 * alone is denied by none of its own statements in any context.
 */
export function controlProofs(model: OrganizationModel): CheckResult {
  const findings: Finding[] = [];
  const situations = situationsOf(model);
  const controls = model.data.controls.filter(({ denies, allows }) => denies.length + allows.length > 0);
  const proofs = new Proofs();
  let proved = 0;
  let facts = 0;
  for (const control of controls) {
    const origins = model.data.policies.filter((policy) => policy.controls.includes(control.id)).map(({ origin }) => origin);
    const reached = situations.filter((situation) => situation.controls.has(control.id));
    if (reached.length === 0) {
      findings.push({
        rule: control.id,
        severity: 'error',
        message: `${control.title}: enabled, but ${origins.length === 0 ? 'no policy holds it' : 'its policies are attached to no unit or account of the organization'}`,
        hint: 'Attach the policy that the control was packed into, or do not enable the control.',
        origins,
      });
      continue;
    }
    const failures: Failure[] = [];
    for (const situation of reached) {
      const own = ownStatements(situation.policies, control.id);
      for (const { request, isDenial } of requestsOf(control)) {
        const failure = proofs.failureOf(request, isDenial, situation.policies, own);
        if (failure) failures.push({ ...failure, situation });
        else facts += situation.weight;
      }
    }
    if (failures.length === 0) proved += 1;
    else findings.push({ rule: control.id, severity: 'error', origins, ...report(control, failures) });
  }
  return { id: 'LZ.PROOF', title: 'Proved', proved: facts, findings, summary: `${proved} of ${controls.length} controls` };
}

/** What is proved of statements that treat accounts alike holds wherever the same statements decide. */
class Proofs {
  private readonly known = new Map<ProofRequest, Set<string>>();

  /** Why a request is not proved; a control's own statements nearly always deny what it must, where they do not, the others may. */
  public failureOf(request: ProofRequest, isDenial: boolean, all: AccountPolicies, own: AccountPolicies): Omit<Failure, 'situation'> | undefined {
    const proved = this.known.get(request) ?? new Set();
    this.known.set(request, proved);
    const meaning = isLikeOthers(own) ? `${meaningOf(own, request.action)} ${[...setKeysOf(request, own)].sort().join()}` : undefined;
    if (meaning !== undefined && proved.has(meaning)) return undefined;
    const failure = failureOf(request, isDenial, own);
    if (failure !== undefined) return isDenial ? failureOf(request, isDenial, all) : failure;
    if (meaning !== undefined) proved.add(meaning);
    return undefined;
  }
}

interface Failure {
  readonly situation: Situation;
  readonly what: string;
  readonly hint: string;
}

function requestsOf({ denies, allows }: ControlFacts): { request: ProofRequest; isDenial: boolean }[] {
  return [...denies.map((request) => ({ request, isDenial: true })), ...allows.map((request) => ({ request, isDenial: false }))];
}

function failureOf(request: ProofRequest, isDenial: boolean, policies: AccountPolicies): Omit<Failure, 'situation'> | undefined {
  const asked = toAccessRequest(request);
  const unreadable = requestProblems(asked);
  if (unreadable.length > 0) return { what: `the proof asks what nobody can: ${unreadable.join('; ')}`, hint: 'Correct the proof of the control.' };
  if (decide(asked, policies) === (isDenial ? 'denied' : 'allowed')) return undefined;
  const answer = evaluate(asked, policies);
  const wording = answer.decision === 'depends' ? `hangs on ${answer.dependsOn.join(', ')}${cause(answer)}` : `is ${answer.decision}${cause(answer)}`;
  if (isDenial) {
    const isUnknown = answer.reasons.some(({ effect }) => effect === 'Unknown');
    return {
      what: `${describe(request)} must be denied, but ${wording}`,
      hint: isUnknown ? 'Make what is unknown resolvable at synth.' : 'A statement of this control was changed, or it does not deny what its proof says.',
    };
  }
  return { what: `${describe(request)} must be left alone, but ${wording}`, hint: 'Narrow the statement, or correct the proof.' };
}

/** The first failure in the message; then each failed request with all accounts. */
function report(control: ControlFacts, failures: readonly Failure[]): Pick<Finding, 'message' | 'hint' | 'details'> {
  const first = failures[0]!;
  const places = new Map<string, string[]>();
  for (const { what, situation } of failures) places.set(what, [...places.get(what) ?? [], nameAccounts(situation)]);
  const more = failures.length > 1 || first.situation.weight > 1;
  return {
    message: `${control.title}: not proved in ${describeAccounts(first.situation)}: ${first.what}`,
    hint: first.hint,
    ...(more ? { details: [...places].map(([what, names]) => `in ${names.join(', ')}: ${what}`) } : {}),
  };
}

/** The request of a proof as the evaluator takes it. */
export function toAccessRequest({ action, principal, resource, context }: ProofRequest): AccessRequest {
  return { action, principal: principal ?? ANY_ROLE, ...(resource !== undefined ? { resource } : {}), ...(context !== undefined ? { context } : {}) };
}

function describe({ action, principal, resource, context }: ProofRequest): string {
  const given = Object.entries(context ?? {}).map(([key, values]) => `${key}=${values.join('|')}`);
  return `${action} by ${principal ?? ANY_ROLE}${resource !== undefined ? ` on ${resource}` : ''}${given.length > 0 ? ` with ${given.join(', ')}` : ''}`;
}

function cause({ reasons }: Explanation): string {
  const words = [
    ...reasons.filter(({ effect }) => effect === 'Deny').map(({ policy, statement }) => `statement ${statement} of policy ${policy}`),
    ...reasons.filter(({ effect }) => effect === 'Unknown').map(({ policy }) => policy),
  ];
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** The account's policies with nothing but full access and one control's statements. */
function ownStatements(policies: AccountPolicies, controlId: string): AccountPolicies {
  const keep = (levels: readonly PolicyLevel[]): PolicyLevel[] => levels.map(({ level, policies: attached }) => ({
    level,
    policies: attached.map(({ name, document }) => ({ name, document: ownPart(document, controlId) })).filter(({ document }) => statementsOf(document).length > 0),
  }));
  return { ...policies, serviceControl: keep(policies.serviceControl), resourceControl: keep(policies.resourceControl), unknown: [] };
}

/** One part a document and control, so that what is known of a document is found once. */
const ownParts = new WeakMap<PolicyDocument, Map<string, PolicyDocument>>();

function ownPart(document: PolicyDocument, controlId: string): PolicyDocument {
  const parts = ownParts.get(document) ?? new Map<string, PolicyDocument>();
  ownParts.set(document, parts);
  let part = parts.get(controlId);
  if (!part) {
    const all = statementsOf(document);
    const own = all.filter(({ Sid, Effect }) => Effect === 'Allow' || (Sid !== undefined && isSidOf(Sid, controlId)));
    part = own.length === all.length ? document : { ...document, Statement: own };
    parts.set(controlId, part);
  }
  return part;
}
