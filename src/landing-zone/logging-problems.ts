import { Guardrails } from './guardrails';
import { ZoneLogging } from './zone-logging';
import { telemetryProblems } from '../logging/telemetry-limits';
import { Account } from '../organization/account';
import { Organization } from '../organization/organization';

/** What links are made by. */
const STACK_SETS = 'role/stacksets-exec-any';

/** What would let the deployment of logging fail: controls that deny it, and more links than AWS allows. */
export function loggingProblems(logging: ZoneLogging, organization: Organization, guardrails: Guardrails): string[] {
  const found = logging._calls.flatMap(({ account, action, resource, principal, way }) => guardrails.deniers(account, { action, resource, principal })
    .map((denier) => `Logging: ${denier} denies ${action} to ${principal} of account ${account.key}. ${way}`));
  const linked = linkedAccounts(logging, organization);
  const limits = telemetryProblems(new Map([...linked].map(([key, accounts]) => [key, accounts.map((account) => account.key)]))).map((problem) => `Logging: ${problem}`);
  return [...new Set([...found, ...linkProblems([...linked.values()], guardrails), ...limits])];
}

/** Accounts that share telemetry, by the key of the monitoring account. */
function linkedAccounts({ _linked }: ZoneLogging, { accounts }: Organization): Map<string, Account[]> {
  return new Map([..._linked].map(([key, waves]) => [key, accounts.filter((account) => account.key !== key
    && waves.some(({ units }) => units.some((unit) => account.targetPath.startsWith(`${unit.targetPath}/`))))]));
}

/** Controls that deny links, with some of the accounts that would have none. */
function linkProblems(linked: readonly (readonly Account[])[], guardrails: Guardrails): string[] {
  const denied = linked.flatMap((accounts) => guardrails.representatives(accounts).flatMap((account) => guardrails.deniers(account, { action: 'oam:CreateLink', principal: STACK_SETS })
    .map((denier) => ({ denier, account: account.key }))));
  return [...new Set(denied.map(({ denier }) => denier))].map((way) => {
    const accounts = [...new Set(denied.filter(({ denier }) => denier === way).map(({ account }) => account))];
    return `Logging: ${way} denies oam:CreateLink to ${STACK_SETS} of accounts such as ${accounts.slice(0, 3).join(', ')}. Exempt the role, as PlatformPrincipals.standard() does, or leave the units out of waves`;
  });
}
