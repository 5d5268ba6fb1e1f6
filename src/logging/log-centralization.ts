import { Token } from 'aws-cdk-lib';
import { CfnOrganizationCentralizationRule } from 'aws-cdk-lib/aws-observabilityadmin';
import { Construct } from 'constructs';
import { LogGroupFilter } from './log-group-filter';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** What can be chosen of the centralization of logs. */
export interface LogCentralizationOptions {
  /** Which log groups of all accounts are copied. @default LogGroupFilter.all() */
  readonly logGroups?: LogGroupFilter;
  /** Why log groups that are encrypted with keys of their accounts are not copied. @default - they are, too, and their copies are encrypted with the central key */
  readonly withoutEncrypted?: string;
  /** What names of copies begin with, before the account's id, the Region and the name of the original: no log group that is not a copy begins with it. @default '/central/' */
  readonly prefix?: string;
}

/** Properties of the centralization of logs. */
export interface LogCentralizationProps extends LogCentralizationOptions {
  /** Name of the rule, one an organization: letters, digits and hyphens. */
  readonly ruleName: string;
  /** Id of the organization whose accounts are copied from, `o-abcdefghij`. */
  readonly organizationId: string;
  /** Regions that are copied from. */
  readonly sourceRegions: string[];
  /** Id of the account that has the copies. */
  readonly accountId: string;
  /** Region of the copies. */
  readonly region: string;
  /** ARN of the key of new copies, of the account and Region that has them; see `CentralLogKey`. */
  readonly keyArn: string;
  /** Region of a second copy, in the same account, which AWS bills by the gigabyte. @default - none */
  readonly backupRegion?: string;
  /** ARN of the key of second copies. @default - none; needed with `backupRegion` */
  readonly backupKeyArn?: string;
}

/**
 * Copies of log groups of all accounts and Regions in one account, by a rule of the organization: what arrives after the rule is there, also in accounts and log groups that come later. For the management
 * account or the account that administers CloudWatch. AWS's roles for it have to be there before: see `zone.logging.centralizeLogs`, which makes them.
 *
 * A copy's name says where it is from: `/central/111122223333/eu-west-1/aws/lambda/shop`. All new copies are encrypted with the key; a log group of such a name without it gets nothing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs_Centralization.html (read 2026-11-23)
 *
 * @example
 * const key = new CentralLogKey(stack, 'Key', { keyName: 'acme' });
 * new LogCentralization(stack, 'Central', {
 *   ruleName: 'acme', organizationId: 'o-abcdefghij', sourceRegions: ['eu-west-1', 'us-east-1'], accountId: '333344445555', region: 'eu-west-1', keyArn: key.keyArn,
 *   logGroups: LogGroupFilter.startingWith('/aws/lambda/'),
 * });
 */
export class LogCentralization extends Construct {
  /** ARN of the rule. */
  public readonly ruleArn: string;
  /** What names of copies begin with. */
  public readonly prefix: string;

  public constructor(scope: Construct, id: string, private readonly props: LogCentralizationProps) {
    super(scope, id);
    this.prefix = props.prefix ?? '/central/';
    this.check();
    const { logGroups = LogGroupFilter.all(), withoutEncrypted, backupRegion, backupKeyArn } = props;
    const rule = new CfnOrganizationCentralizationRule(this, 'Resource', {
      ruleName: props.ruleName,
      rule: {
        source: {
          regions: props.sourceRegions,
          scope: `OrganizationId = '${props.organizationId}'`,
          sourceLogsConfiguration: { logGroupSelectionCriteria: logGroups._expression(this.prefix), encryptedLogGroupStrategy: withoutEncrypted === undefined ? 'ALLOW' : 'SKIP' },
        },
        destination: {
          account: props.accountId,
          region: props.region,
          destinationLogsConfiguration: {
            // https://docs.aws.amazon.com/cloudwatch/latest/observabilityadmin/API_LogsEncryptionConfiguration.html (read 2026-11-23): without a scope, copies of what AWS's own key encrypts have AWS's own key.
            logsEncryptionConfiguration: {
              encryptionStrategy: 'CUSTOMER_MANAGED', kmsKeyArn: props.keyArn, encryptionScope: 'NEW_DESTINATION_LOG_GROUPS', encryptionConflictResolutionStrategy: 'SKIP',
            },
            logGroupNameConfiguration: { logGroupNamePattern: `${this.prefix}\${source.accountId}/\${source.region}\${source.logGroup}` },
            ...(backupRegion === undefined ? {} : { backupConfiguration: { region: backupRegion, kmsKeyArn: backupKeyArn } }),
          },
        },
      },
    });
    if (withoutEncrypted !== undefined) rule.addMetadata(METADATA_KEY, { withoutEncrypted });
    this.ruleArn = rule.attrRuleArn;
  }

  private check(): void {
    const { ruleName, organizationId, sourceRegions, accountId, region, backupRegion, backupKeyArn, withoutEncrypted } = this.props;
    const problems = [
      ...(/^[0-9A-Za-z-]{1,100}$/.test(ruleName) ? [] : [`ruleName is "${ruleName}": up to 100 letters, digits and hyphens are expected`]),
      ...(/^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": an id like o-abcdefghij is expected`]),
      ...(Token.isUnresolved(accountId) || /^\d{12}$/.test(accountId) ? [] : [`accountId is "${accountId}": twelve digits are expected`]),
      ...(sourceRegions.length === 0 ? ['sourceRegions is empty'] : []),
      ...[...new Set(sourceRegions.filter((one, at) => sourceRegions.indexOf(one) !== at))].map((one) => `source Region ${one} is named twice`),
      ...(backupRegion === region ? [`backupRegion is ${backupRegion}, which has the copies already`] : []),
      ...((backupRegion === undefined) === (backupKeyArn === undefined) ? [] : ['backupRegion and backupKeyArn go together']),
      ...(/^\/[A-Za-z0-9_.#-]+\/$/.test(this.prefix) ? [] : [`prefix is "${this.prefix}": one word between slashes is expected, like /central/`]),
      ...(withoutEncrypted?.trim() === '' ? ['withoutEncrypted is empty: say why such log groups are not copied'] : []),
    ];
    if (problems.length > 0) throw new InputError(`LogCentralization ${this.node.path}: ${problems.join('; ')}`);
  }
}
