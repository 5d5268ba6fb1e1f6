import { CheckResult, Finding } from './check-result';
import { describeAccounts, nameAccounts, Situation, situationsOf, weightOf } from './targets';
import { evaluate } from '../../analysis/evaluate';
import { Explanation, Reason } from '../../analysis/request';
import { requestProblems } from '../../analysis/request-facts';
import { OrganizationModel, PlatformPrincipalFacts } from '../../model/organization-model';

/** What holds for every request of the platform: CloudFormation, the CDK and the SDKs speak TLS, and none of the principals is an AWS service. */
const PLATFORM_CONTEXT = { 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'false' };

/** A deny that hangs on the resource alone takes some resources away, not the action. */
const OF_THE_RESOURCE = /^(resource|aws:Resource(Tag\/.*|Account|OrgID|OrgPaths))$/i;

/** One reason that stops a principal, with every action and account it does so for. */
interface Lockout {
  readonly finding: Omit<Finding, 'details'>;
  /** Action, with when it is stopped, to the accounts. */
  readonly stopped: Map<string, string[]>;
}

/**
 * Never locked out: in every account each platform principal keeps each action it needs. A deny that may apply, whatever it hangs on, is a finding:
 * so is what could not be resolved. A deny of some resources only is a warning: the platform keeps the action on the others.
 */
export function neverLockedOut(model: OrganizationModel): CheckResult {
  const lockouts = new Map<string, Lockout>();
  const situations = situationsOf(model);
  let facts = 0;
  for (const situation of situations) {
    for (const principal of model.data.platform) {
      for (const action of principal.needs) {
        const request = { action, principal: principal.principal, context: PLATFORM_CONTEXT };
        const unreadable = requestProblems(request);
        const answer = unreadable.length > 0 ? notAsked(unreadable) : evaluate(request, situation.policies);
        if (answer.decision === 'allowed') facts += weightOf(situation);
        else for (const reason of blockersOf(answer)) note(lockouts, model, situation, principal, action, answer, reason);
      }
    }
  }
  const accounts = situations.reduce((sum, situation) => sum + situation.accounts.length, 0);
  return {
    id: 'LZ.LOCKOUT',
    title: 'Never locked out',
    proved: facts,
    findings: [...lockouts.values()].map(({ finding, stopped }) => {
      const details = [...stopped].map(([what, names]) => `${what} in ${[...new Set(names)].join(', ')}`);
      return details.length > 1 || details[0]!.includes(',') ? { ...finding, details } : finding;
    }),
    summary: `${accounts} ${accounts === 1 ? 'account' : 'accounts'} × ${model.data.platform.length} platform principals`,
  };
}

function note(
  lockouts: Map<string, Lockout>, model: OrganizationModel, situation: Situation, { name, principal }: PlatformPrincipalFacts,
  action: string, answer: Explanation, { policy, statement, when, effect, level }: Reason,
): void {
  const isUnknown = effect === 'Unknown';
  const someResources = answer.decision === 'depends' && answer.dependsOn.every((open) => OF_THE_RESOURCE.test(open));
  const severity = someResources ? 'warning' : 'error';
  const stops = `${action}${when !== undefined && !isUnknown ? ` when ${when}` : ''}`;
  // What is unknown is unknown for every principal and action alike: said once.
  const key = isUnknown ? `${effect}|${policy}` : [severity, name, policy, statement, effect === 'NoAllow' ? level : ''].join('|');
  const lockout = lockouts.get(key) ?? {
    finding: {
      rule: 'LZ.LOCKOUT',
      severity,
      origins: model.data.policies.filter((item) => item.name === policy || policy.startsWith(`${item.name}: `)).map(({ origin }) => origin),
      ...wording(),
    },
    stopped: new Map<string, string[]>(),
  };
  const what = isUnknown ? 'what the platform needs' : stops;
  lockout.stopped.set(what, [...lockout.stopped.get(what) ?? [], nameAccounts(situation)]);
  lockouts.set(key, lockout);

  function wording(): Pick<Finding, 'message' | 'hint'> {
    const where = describeAccounts(situation);
    if (isUnknown) {
      return { message: `Whether the platform is locked out of ${where} is not known, because of what is not: ${policy}`, hint: 'Make it resolvable at synth.' };
    }
    const by = effect === 'NoAllow' ? `level ${level}, where no policy allows it` : `statement ${statement} of policy ${policy} at ${level}`;
    return {
      message: `${someResources ? 'The platform cannot reach some resources' : 'The platform would be locked out'}: ${name} (${principal}) `
        + `${answer.decision === 'denied' ? 'is denied' : 'may be denied'} ${stops} in ${where}, because of ${by}`,
      hint: 'Exempt the platform principals: ArnNotLike aws:PrincipalArn, with the patterns of PlatformPrincipals.',
    };
  }
}

/** What stops a request or may stop it; an answer that is not `allowed` is never without one. */
function blockersOf({ reasons, dependsOn }: Explanation): readonly Reason[] {
  const blockers = reasons.filter(({ effect }) => effect === 'Deny' || effect === 'NoAllow' || effect === 'Unknown');
  return blockers.length > 0 ? blockers : [{ policy: `what ${dependsOn.join(', ')} will be`, statement: '-', level: '-', effect: 'Unknown' }];
}

function notAsked(problems: readonly string[]): Explanation {
  return { decision: 'depends', dependsOn: [], reasons: problems.map((policy): Reason => ({ policy, statement: '-', level: '-', effect: 'Unknown' })) };
}
