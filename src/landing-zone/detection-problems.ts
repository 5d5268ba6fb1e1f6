import { Guardrails } from './guardrails';
import { ZoneDetection } from './zone-detection';
import { DETECTION_ROLE_PATH } from '../controls/detection-role';

/** Controls that would let the deployment of what detects fail: a function sets it up, whose role they deny that. */
export function detectionProblems(detection: ZoneDetection, guardrails: Guardrails): string[] {
  const found = detection._calls.flatMap(({ account, action }) => guardrails.deniers(account, { action, principal: `role/${DETECTION_ROLE_PATH}any` })
    .map((denier) => `Detection: ${denier} denies ${action} to the role that sets it up in account ${account.key}. `
      + 'Keep that control away from the account that administers security services, or exempt the role, with platformPrincipals: PlatformPrincipals.standard({ configuresDetection: true })'));
  return [...new Set(found)];
}
