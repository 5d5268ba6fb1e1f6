import { App } from 'aws-cdk-lib';
import { DetectionStacks } from './detection-stacks';
import { stackReader } from './stack-reader';
import { ZoneLoggingFacts } from './zone-logging-facts';
import { readIn } from '../delivery/read-in';
import { DetectionSettings } from '../detection/settings/detection-settings';
import { CentralLogKey } from '../logging/central-log-key';
import { LogCentralization, LogCentralizationOptions } from '../logging/log-centralization';
import { InputError } from '../model/input-error';

/** Properties of the centralization of logs in a landing zone. */
export interface ZoneLogCentralizationProps extends LogCentralizationOptions {
  /** Key of the account that has the copies. @default 'security' */
  readonly account?: string;
  /** Key of the account that administers CloudWatch for the organization, which has the rule. @default - the account that has the copies */
  readonly administrator?: string;
  /** Region of the copies, of those that the zone allows. @default - the home Region */
  readonly region?: string;
  /** Region of a second copy in the same account, of those that the zone allows; AWS bills it by the gigabyte. @default - none */
  readonly backupRegion?: string;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudwatch.html (read 2026-11-23) */
export const CLOUDWATCH_ADMINISTRATION = 'observabilityadmin.amazonaws.com';

/**
 * Roles that AWS makes where the organization begins to trust CloudWatch in its console, and otherwise not: they "need to be created separately".
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs_Centralization.html (read 2026-11-23)
 */
export const CENTRALIZATION_ROLES = [CLOUDWATCH_ADMINISTRATION, 'logs-centralization.observabilityadmin.amazonaws.com'] as const;

/** Roles in the management account and the account of the copies, which also has the keys; then the rule, of the account that administers CloudWatch. */
export function addLogCentralization(app: App, facts: ZoneLoggingFacts, props: ZoneLogCentralizationProps): LogCentralization {
  const { organization, homeRegion, name } = facts;
  const stacks = new DetectionStacks(app, facts);
  const { account: key = 'security', administrator: administratorKey = key, region = homeRegion, backupRegion, logGroups, withoutEncrypted, prefix } = props;
  const unknown = [region, backupRegion].filter((one): one is string => one !== undefined && !stacks.regions.includes(one));
  if (unknown.length > 0) throw new InputError(`zone.logging.centralizeLogs names ${unknown.join(', ')}, which the zone does not allow. It allows ${stacks.regions.join(', ')}`);
  const [account, administrator] = [organization.account(key), organization.account(administratorKey)];
  organization.delegate(CLOUDWATCH_ADMINISTRATION, administrator);
  const management = stacks.inManagement('LogCentralization-Management', homeRegion, 'What the centralization of logs needs of the management account');
  const keys = (backupRegion === undefined || backupRegion === region ? [region] : [region, backupRegion]).map((one) => {
    const stack = stacks.in(account, 'CentralLogs', one, 'Central logs of all accounts', management);
    return { stack, region: one, key: new CentralLogKey(stack, 'Key', { keyName: name.toLowerCase() }) };
  });
  for (const stack of [management, keys[0]!.stack]) for (const service of CENTRALIZATION_ROLES) DetectionSettings.of(stack).serviceLinkedRole(service);
  const stack = stacks.in(administrator, 'LogCentralization', homeRegion, 'Which logs of all accounts are copied', ...keys.map((one) => one.stack));
  if (administrator !== account) stack.addStackDependency(stackReader(app, facts, account.accountId));
  const [copies, backup] = keys.map((one) => readIn(stack, one.key.keyArn, `Key of ${one.region}`));
  return new LogCentralization(stack, 'Centralization', {
    logGroups, withoutEncrypted, prefix, backupRegion, ruleName: `landing-zone-${name.toLowerCase()}`, organizationId: organization._literalId, sourceRegions: stacks.regions, accountId: account.accountId,
    region, keyArn: copies!, backupKeyArn: backupRegion === region ? copies : backup,
  });
}
