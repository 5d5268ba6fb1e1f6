import { AlertSourceFacts, EventPattern } from './alert-facts';
import { Severity } from '../controls/severity';
import { InputError } from '../model/input-error';

const BY_CLOUDTRAIL = ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'];

/**
 * What alerts are about. Events of AWS alone: nobody can send some that begin with `aws.`.
 *
 * @example
 * const sources = [AlertSource.securityHub(), AlertSource.guardDuty(), AlertSource.configCompliance()];
 */
export class AlertSource {
  /** Findings of GuardDuty and Security Hub, AWS Health, the use of root users and of the role for emergencies. */
  public static standard(): AlertSource[] {
    return [AlertSource.securityHub(), AlertSource.guardDuty(), AlertSource.health(), AlertSource.rootUse(), AlertSource.breakGlass()];
  }

  /**
   * New findings of Security Hub CSPM that are active, by the severity that it gives them; those of GuardDuty come from there. A finding is told again when it is updated, until its workflow status
   * is not `NEW` any more: set `NOTIFIED`. https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html
   */
  public static securityHub(): AlertSource {
    const findings = { RecordState: ['ACTIVE'], Workflow: { Status: ['NEW'] }, ProductArn: [{ 'anything-but': { suffix: ':product/aws/guardduty' } }] };
    return new AlertSource({
      id: 'SecurityHub', arrives: 'administrator', words: 'Security Hub', titlePath: '$.detail.findings[0].Title', keyPath: '$.detail.findings[0].Id', accountPath: '$.detail.findings[0].AwsAccountId',
      pattern: { 'source': ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'], 'detail': { findings } },
      bySeverity: each((severity) => ({ detail: { findings: { Severity: { Label: [severity.toUpperCase()] } } } })),
    });
  }

  /** Findings of GuardDuty: low below 4, medium below 7, high below 9, else critical (GuardDuty findings severity levels). */
  public static guardDuty(): AlertSource {
    const from: { readonly [severity in Severity]: number } = { low: 0, medium: 4, high: 7, critical: 9 };
    const below: { readonly [severity in Severity]?: number } = { low: 4, medium: 7, high: 9 };
    return new AlertSource({
      id: 'GuardDuty', arrives: 'administrator', words: 'GuardDuty', titlePath: '$.detail.title', keyPath: '$.detail.id', accountPath: '$.detail.accountId',
      pattern: { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { service: { archived: [false, { exists: false }] } } },
      bySeverity: each((severity) => ({ detail: { severity: [{ numeric: ['>=', from[severity], ...(below[severity] === undefined ? [] : ['<', below[severity]])] }] } })),
    });
  }

  /**
   * AWS Health: abuse is critical, issues and investigations are high, scheduled changes medium, notifications low. Events of all accounts come where the organizational view is enabled and the account is
   * its delegated administrator. https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
   */
  public static health(): AlertSource {
    const event = (...categories: string[]) => ({ 'detail-type': ['AWS Health Event'], 'detail': { eventTypeCategory: categories } });
    return new AlertSource({
      id: 'Health', arrives: 'administrator', words: 'AWS Health', titlePath: '$.detail.eventTypeCode', keyPath: '$.detail.eventArn', accountPath: '$.detail.affectedAccount',
      pattern: { 'source': ['aws.health'], 'detail-type': ['AWS Health Event', 'AWS Health Abuse Event'] },
      bySeverity: new Map<Severity, EventPattern>([
        [Severity.CRITICAL, { 'detail-type': ['AWS Health Abuse Event'] }],
        [Severity.HIGH, event('issue', 'investigation')],
        [Severity.MEDIUM, event('scheduledChange')],
        [Severity.LOW, event('accountNotification')],
      ]),
    });
  }

  /** Every call and sign-in of a root user that no service makes for it; critical. */
  public static rootUse(): AlertSource {
    return new AlertSource({
      id: 'RootUse', arrives: 'every account', words: 'Root user', titlePath: '$.detail.eventName', keyPath: '$.detail.eventID', accountPath: '$.account',
      pattern: {
        'source': [{ prefix: 'aws.' }], 'detail-type': BY_CLOUDTRAIL,
        'detail': { userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] }, eventType: [{ 'anything-but': 'AwsServiceEvent' }] },
      },
      bySeverity: new Map<Severity, EventPattern>([[Severity.CRITICAL, {}]]),
    });
  }

  /** Who becomes the role for emergencies, or tries to; critical. The role's name with its path is that of `PlatformPrincipals`. */
  public static breakGlass(roleName: string = 'break-glass'): AlertSource {
    if (!/^[A-Za-z0-9_+=,.@/-]+$/.test(roleName)) throw new InputError(`"${roleName}" is no name of a role: a name with a path or without is expected, like emergency/break-glass`);
    return new AlertSource({
      id: 'BreakGlass', arrives: 'every account', words: `Role ${roleName}`, titlePath: '$.detail.eventName', keyPath: '$.detail.eventID', accountPath: '$.account',
      pattern: {
        'source': ['aws.sts'], 'detail-type': ['AWS API Call via CloudTrail'],
        'detail': { eventName: [{ prefix: 'AssumeRole' }], requestParameters: { roleArn: [{ suffix: `:role/${roleName}` }] } },
      },
      bySeverity: new Map<Severity, EventPattern>([[Severity.CRITICAL, {}]]),
    });
  }

  /** Resources that a rule of AWS Config begins to find fault with, but for those of Security Hub; medium. Many in a large organization: for those who want each. */
  public static configCompliance(): AlertSource {
    return new AlertSource({
      id: 'Config', arrives: 'every account', words: 'AWS Config', titlePath: '$.detail.configRuleName', keyPath: '$.detail.resourceId', accountPath: '$.detail.awsAccountId',
      pattern: {
        'source': ['aws.config'], 'detail-type': ['Config Rules Compliance Change'],
        'detail': { messageType: ['ComplianceChangeNotification'], configRuleName: [{ 'anything-but': { prefix: 'securityhub-' } }], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
      },
      bySeverity: new Map<Severity, EventPattern>([[Severity.MEDIUM, {}]]),
    });
  }

  /**
   * Alarms of CloudWatch that go off, by their names: those that end in `-page` are high, in `-ticket` medium, and others tell nobody. Objectives and golden paths name theirs so.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
   */
  public static alarms(): AlertSource {
    const named = (suffix: string): EventPattern => ({ detail: { alarmName: [{ suffix }] } });
    return new AlertSource({
      id: 'Alarms', arrives: 'every account', words: 'Alarm', titlePath: '$.detail.alarmName', keyPath: '$.resources[0]', accountPath: '$.account',
      pattern: { 'source': ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], 'detail': { state: { value: ['ALARM'] } } },
      bySeverity: new Map<Severity, EventPattern>([[Severity.HIGH, named('-page')], [Severity.MEDIUM, named('-ticket')]]),
    });
  }

  private constructor(
    /** @internal */
    public readonly _facts: AlertSourceFacts,
  ) {}

  /** The pattern of a severity; undefined where it has no such events. @internal */
  public _patternOf(severity: Severity): EventPattern | undefined {
    const { pattern, bySeverity } = this._facts;
    const more = bySeverity.get(severity);
    return more && merged(pattern, more);
  }
}

function each(pattern: (severity: Severity) => EventPattern): ReadonlyMap<Severity, EventPattern> {
  return new Map(Object.values(Severity).map((severity) => [severity, pattern(severity)]));
}

/** The second over the first; maps are merged, lists are taken whole. */
function merged(one: any, other: any): any {
  const isMap = (value: any) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(one) || !isMap(other)) return other;
  return Object.fromEntries([...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => {
    const value = key in one && key in other ? merged(one[key], other[key]) : key in other ? other[key] : one[key];
    return [key, value];
  }));
}
