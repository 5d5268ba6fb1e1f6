import { Guardrails } from './guardrails';
import { ZoneLogging } from './zone-logging';
import { Organization } from '../organization/organization';

/** What links are made by. */
const STACK_SETS = 'role/stacksets-exec-any';

/** Controls that would let the deployment of logging fail. */
export function loggingProblems(logging: ZoneLogging, organization: Organization, guardrails: Guardrails): string[] {
  const found = logging._calls.flatMap(({ account, action, resource, principal, way }) => guardrails.deniers(account, { action, resource, principal })
    .map((denier) => `Logging: ${denier} denies ${action} to ${principal} of account ${account.key}. ${way}`));
  return [...new Set([...found, ...linkProblems(logging, organization, guardrails)])];
}

/** Controls that deny links, with some of the accounts that would have none. */
function linkProblems(logging: ZoneLogging, organization: Organization, guardrails: Guardrails): string[] {
  const denied = [...logging._linked].flatMap(([key, waves]) => {
    const linked = organization.accounts.filter((account) => account.key !== key && waves.some(({ units }) => units.some((unit) => account.targetPath.startsWith(`${unit.targetPath}/`))));
    return guardrails.representatives(linked).flatMap((account) => guardrails.deniers(account, { action: 'oam:CreateLink', principal: STACK_SETS }).map((denier) => ({ denier, account: account.key })));
  });
  return [...new Set(denied.map(({ denier }) => denier))].map((way) => {
    const accounts = [...new Set(denied.filter(({ denier }) => denier === way).map(({ account }) => account))];
    return `Logging: ${way} denies oam:CreateLink to ${STACK_SETS} of accounts such as ${accounts.slice(0, 3).join(', ')}. Exempt the role, as PlatformPrincipals.standard() does, or leave the units out of waves`;
  });
}
