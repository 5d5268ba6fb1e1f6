import { InputError } from '../model/input-error';
import { QuotaIncrease } from '../organization/quotas/quota-increase';
import { quotaName, quotaProblems } from '../organization/quotas/quota-problems';
import { QuotaRequest } from '../organization/settings/organization-settings';
import { MAX_QUOTA_REQUESTS } from '../organization/settings/quota-request-limit';

/** What new accounts ask for by the request template. Fails with all that is wrong with the quotas. */
export function quotaRequests(quotas: readonly QuotaIncrease[], allowedRegions: readonly string[], partition: string): QuotaRequest[] {
  const requests = quotas.filter(({ atCreation }) => atCreation ?? false)
    .flatMap(({ serviceCode, quotaCode, value, regions = allowedRegions }) => regions.map((region) => ({ serviceCode, quotaCode, value, region })));
  const problems = [
    ...quotaProblems(quotas),
    ...(requests.length > MAX_QUOTA_REQUESTS
      ? [`atCreation asks for ${requests.length} quotas in Regions, and the organization's request template has room for ${MAX_QUOTA_REQUESTS}: take it from some, or name the regions that need them`] : []),
    ...(requests.length > 0 && partition !== 'aws' ? [`atCreation is set, and partition ${partition} has no request template: ${[...new Set(quotas.filter(({ atCreation }) => atCreation).map(quotaName))].join(', ')}`] : []),
  ];
  if (problems.length > 0) throw new InputError(`zone.addQuotas:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return requests;
}
