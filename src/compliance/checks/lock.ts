import { CheckResult, Finding } from './check-result';
import { PlaceholderIds } from '../../model/lock-file';
import { OrganizationModel } from '../../model/organization-model';

/** How many accounts the message names; the details name all. */
const NAMED = 10;

/**
 * Accounts whose id no lock file knows. A warning: a new account has no id before it is created, and stacks in it refuse deployment until then.
 * A zone without any lock file is a trial, and is only counted.
 */
export function lock(model: OrganizationModel): CheckResult {
  const missing = model.accounts.filter(({ isPlaceholder }) => isPlaceholder);
  const isTrial = model.data.organizationId === PlaceholderIds.ORGANIZATION;
  const keys = missing.map(({ key }) => key);
  const some = keys.length > NAMED ? `${keys.slice(0, NAMED).join(', ')} and ${keys.length - NAMED} more` : keys.join(', ');
  const findings: Finding[] = isTrial || missing.length === 0 ? [] : [{
    rule: 'LZ.LOCK',
    severity: 'warning',
    message: `organization.lock.json lacks ${some}: stacks in ${missing.length === 1 ? 'this account' : 'these accounts'} refuse deployment`,
    hint: 'Deploy the organization\'s stack, which creates them, then run "npx landing-zone pull".',
    origins: missing.map(({ origin }) => origin),
    ...(keys.length > NAMED ? { details: [`lacks ${keys.join(', ')}`] } : {}),
  }];
  return {
    id: 'LZ.LOCK',
    title: 'Lock file',
    proved: model.accounts.length - missing.length,
    findings,
    summary: isTrial ? 'none: placeholder account ids' : `${model.accounts.length - missing.length} of ${model.accounts.length} accounts known`,
  };
}
