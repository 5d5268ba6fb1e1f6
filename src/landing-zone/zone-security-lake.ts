import { Lazy, Stack } from 'aws-cdk-lib';
import { DetectionStacks } from './detection-stacks';
import { ZoneDetectionFacts } from './zone-detection-facts';
import { SecurityLake, SecurityLakeOptions } from '../detection/security-lake';
import { SecurityLakeRoles } from '../detection/security-lake-roles';
import { SOURCE_VERSION, sourcesOf } from '../detection/security-lake-sources';
import { DetectionSettings } from '../detection/settings/detection-settings';
import { InputError } from '../model/input-error';
import { Account } from '../organization/account';
import { Organization } from '../organization/organization';

/** Properties of Security Lake in a landing zone. */
export interface ZoneSecurityLakeProps extends SecurityLakeOptions {
  /** Key of the account that administers it and has the data; AWS recommends the one of the log archive. Another one later means another data lake: AWS deletes the first. @default 'log-archive' */
  readonly account?: string;
  /** Region that gets copies of what all others collect, for queries in one place; AWS bills storage and transfer of copies. Data leaves its Region by that. @default - none */
  readonly rollupRegion?: string;
}

/**
 * Security Lake for the organization, in the order that AWS needs: the administrator, which is the same in all Regions; its roles; a data lake in each Region, one after the other, that of the rollup Region first, as others copy to
 * it; then what is collected of accounts that come.
 * https://docs.aws.amazon.com/security-lake/latest/userguide/multi-account-management.html (read 2026-11-23)
 *
 * The organization does not delegate by itself here: AWS does not support that for Security Lake, whose own call makes its role and says it to AWS Organizations.
 */
export function addSecurityLake(stacks: DetectionStacks, { organization, homeRegion, logging }: ZoneDetectionFacts, props: ZoneSecurityLakeProps): SecurityLake[] {
  const { account: key = 'log-archive', rollupRegion } = props;
  const { regions } = stacks;
  const where = 'zone.detection.addSecurityLake';
  if (rollupRegion !== undefined && !regions.includes(rollupRegion)) throw new InputError(`${where}: the rollup Region ${rollupRegion} is none of the zone's: ${regions.join(', ')}`);
  const sources = sourcesOf(props, where);
  const account = organization.account(key);
  const administration = stacks.inManagement('SecurityLake-Administrator', homeRegion, 'Who administers Security Lake');
  DetectionSettings.of(administration).securityLakeAdministrator(homeRegion, account.accountId);
  const roles = stacks.in(account, 'SecurityLake-Roles', homeRegion, 'Roles of Security Lake', administration);
  new SecurityLakeRoles(roles, 'Roles', { regions, rollupRegion });
  // Of the console's making, not of the API's: https://docs.aws.amazon.com/security-lake/latest/userguide/AWSServiceRoleForSecurityLakeResourceManagement.html (read 2026-11-23)
  DetectionSettings.of(roles).serviceLinkedRole('resource-management.securitylake.amazonaws.com');
  const accountIds = Lazy.list({ produce: () => collectedOf(organization, account) });
  let last = [roles, ...logging.trail ? [Stack.of(logging.trail)] : []];
  const made = new Map<string, SecurityLake>();
  for (const region of rollupRegion === undefined ? regions : [rollupRegion, ...regions.filter((one) => one !== rollupRegion)]) {
    const stack = stacks.in(account, 'SecurityLake', region, 'Security Lake of all accounts', ...last);
    made.set(region, new SecurityLake(stack, 'Lake', { ...props, accountIds, rollupRegion: rollupRegion === region ? undefined : rollupRegion }));
    last = [stack];
  }
  const coming = stacks.in(account, 'SecurityLake-Organization', homeRegion, 'Security Lake of accounts that come', ...last);
  DetectionSettings.of(coming).securityLakeOrganization(homeRegion, regions, sources.map((SourceName) => ({ SourceName, SourceVersion: SOURCE_VERSION })));
  return regions.map((region) => made.get(region)!);
}

/**
 * Ids of all accounts, the management account and the administrator among them, when templates are written. Closed accounts are none, and of an account that was just made the id is not known: Security Lake collects of it by
 * itself. Where no id is known, nothing is deployed, so all are shown.
 */
function collectedOf(organization: Organization, administrator: Account): string[] {
  const known = organization.accounts.filter((one) => one._life?.state !== 'closed' && (administrator.hasPlaceholderId || !one.hasPlaceholderId));
  return [organization.managementAccountId, ...known.map(({ accountId }) => accountId)].sort();
}
