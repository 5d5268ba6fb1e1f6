import { CheckResult, Finding } from './check-result';
import { describeAccounts, situationsOf } from './targets';
import { evaluate } from '../../analysis/evaluate';
import { OrganizationModel } from '../../model/organization-model';

/** What holds for every request of the platform: CloudFormation, the CDK and the SDKs speak TLS, and none of the principals is an AWS service. */
const PLATFORM_CONTEXT = { 'aws:SecureTransport': 'true', 'aws:PrincipalIsAWSService': 'false' };

/** A deny that hangs on the resource alone takes some resources away, not the action. */
const OF_THE_RESOURCE = /^(resource|aws:Resource(Tag\/.*|Account|OrgID|OrgPaths))$/i;

/**
 * Never locked out: in every account each platform principal keeps each action it needs. A deny that may apply, whatever it hangs on, is a finding:
 * so is what could not be resolved. A deny of some resources only is a warning: the platform keeps the action on the others.
 */
export function neverLockedOut(model: OrganizationModel): CheckResult {
  const findings = new Map<string, Finding & { details: string[] }>();
  const situations = situationsOf(model);
  let facts = 0;
  for (const situation of situations) {
    for (const { name, principal, needs } of model.data.platform) {
      for (const action of needs) {
        const answer = evaluate({ action, principal, context: PLATFORM_CONTEXT }, situation.policies);
        const blocking = answer.reasons.filter(({ effect }) => effect === 'Deny' || effect === 'NoAllow' || effect === 'Unknown');
        if (answer.decision === 'allowed' || blocking.length === 0) {
          facts += Math.max(1, situation.accounts.length);
          continue;
        }
        const { policy, statement, when, effect } = blocking[0]!;
        const key = `${name}|${policy}|${statement}`;
        const line = `${action} in ${describeAccounts(situation)}${when !== undefined ? ` when ${when}` : ''}`;
        const known = findings.get(key);
        if (known) {
          known.details.push(line);
          continue;
        }
        const someResources = answer.decision === 'depends' && answer.dependsOn.every((open) => OF_THE_RESOURCE.test(open));
        const by = effect === 'Unknown' ? `${policy}, which could not be resolved` : effect === 'NoAllow' ? 'a level at which no policy allows it' : `statement ${statement} of policy ${policy}`;
        findings.set(key, {
          rule: 'LZ.LOCKOUT',
          severity: someResources ? 'warning' : 'error',
          message: `${someResources ? 'The platform cannot reach some resources' : 'The platform would be locked out'}: ${name} (${principal}) `
            + `${answer.decision === 'denied' ? 'is denied' : 'may be denied'} ${line}, because of ${by}`,
          hint: effect === 'Unknown' ? 'Make it resolvable at synth.' : 'Exempt the platform principals: ArnNotLike aws:PrincipalArn, with the patterns of PlatformPrincipals.',
          origins: model.data.policies.filter((item) => item.name === policy).map(({ origin }) => origin),
          details: [],
        });
      }
    }
  }
  const accounts = situations.reduce((sum, situation) => sum + situation.accounts.length, 0);
  return {
    id: 'LZ.LOCKOUT',
    title: 'Never locked out',
    proved: facts,
    findings: [...findings.values()].map(({ details, ...finding }) => ({
      ...finding, ...(details.length > 0 ? { details: [...details.slice(0, 4).map((line) => `also ${line}`), ...(details.length > 4 ? [`and ${details.length - 4} more`] : [])] } : {}),
    })),
    summary: `${accounts} accounts × ${model.data.platform.length} platform principals`,
  };
}
