import { Guardrails } from './guardrails';
import { ZoneLogging } from './zone-logging';

/** Controls that would let the deployment of logging fail. */
export function loggingProblems(logging: ZoneLogging, guardrails: Guardrails): string[] {
  const found = logging._calls.flatMap(({ account, action, resource, principal, way }) => guardrails.deniers(account, { action, resource, principal })
    .map((denier) => `Logging: ${denier} denies ${action} to ${principal} of account ${account.key}. ${way}`));
  return [...new Set(found)];
}
