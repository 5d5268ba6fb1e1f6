import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { WebFirewallLogs } from './web-firewall-logs';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/**
 * A group of rules that AWS keeps. Each has its place, so that none moves when others come.
 *
 * AWS WAF, "AWS Managed Rules rule groups list" (read 2026-11-23).
 *
 * @example
 * const rules = [ManagedWebRules.COMMON.counting('SizeRestrictions_BODY'), ManagedWebRules.SQL];
 */
export class ManagedWebRules {
  /** Addresses that Amazon knows for attacks and bots. */
  public static readonly REPUTATION = new ManagedWebRules('AWSManagedRulesAmazonIpReputationList', 100, 25);
  /** Addresses of proxies and hosting providers that hide who asks. */
  public static readonly ANONYMOUS = new ManagedWebRules('AWSManagedRulesAnonymousIpList', 110, 50);
  /** What is wrong in any web application: OWASP's usual suspects. It blocks bodies above 8 KB, unless `SizeRestrictions_BODY` counts. */
  public static readonly COMMON = new ManagedWebRules('AWSManagedRulesCommonRuleSet', 120, 700);
  /** Requests that are known to exploit holes, Log4j's for example. */
  public static readonly KNOWN_BAD_INPUTS = new ManagedWebRules('AWSManagedRulesKnownBadInputsRuleSet', 130, 200);
  /** Administration pages that are open by mistake. */
  public static readonly ADMIN = new ManagedWebRules('AWSManagedRulesAdminProtectionRuleSet', 140, 100);
  /** SQL injection. */
  public static readonly SQL = new ManagedWebRules('AWSManagedRulesSQLiRuleSet', 150, 200);
  /** What exploits Linux. */
  public static readonly LINUX = new ManagedWebRules('AWSManagedRulesLinuxRuleSet', 160, 200);
  /** What exploits Windows. */
  public static readonly WINDOWS = new ManagedWebRules('AWSManagedRulesWindowsRuleSet', 170, 200);
  /** What exploits PHP. */
  public static readonly PHP = new ManagedWebRules('AWSManagedRulesPHPRuleSet', 180, 100);

  /** What most applications need. */
  public static recommended(): ManagedWebRules[] {
    return [ManagedWebRules.REPUTATION, ManagedWebRules.COMMON, ManagedWebRules.KNOWN_BAD_INPUTS];
  }

  private constructor(
    /** AWS's name. */
    public readonly name: string,
    /** @internal */
    public readonly _priority: number,
    /** Capacity units that it takes. */
    public readonly capacity: number,
    /** @internal */
    public readonly _counting: readonly string[] = [],
  ) {}

  /** The same, but these of its rules only count what they find. */
  public counting(...rules: string[]): ManagedWebRules {
    return new ManagedWebRules(this.name, this._priority, this.capacity, [...this._counting, ...rules]);
  }
}

/** Properties of a web firewall. */
export interface WebFirewallProps {
  /** Where its logs go. */
  readonly logs: WebFirewallLogs;
  /** Groups of AWS's rules. @default ManagedWebRules.recommended() */
  readonly rules?: ManagedWebRules[];
  /** Requests of one address in five minutes; more are blocked. 0 is no limit. @default 2000 */
  readonly requestsPerAddress?: number;
  /** Counts what it would block and lets it pass, to begin with. @default false */
  readonly countOnly?: boolean;
  /** Whether it is for distributions of CloudFront, in a stack in us-east-1. @default false */
  readonly isForCloudFront?: boolean;
}

/** What a web ACL takes, in capacity units, for the basic price: AWS WAF, "Web ACL capacity units (WCUs)" (read 2026-11-23). */
const CAPACITY = 1_500;
const RATE_LIMIT_CAPACITY = 2;

/**
 * What web requests may hold: a web ACL with AWS's managed rules, a limit of requests by address, and logs. For load balancers of its account and Region, or for distributions of CloudFront.
 *
 * @example
 * const firewall = new WebFirewall(stack, 'WebFirewall', { logs: WebFirewallLogs.toBucket('arn:aws:s3:::aws-waf-logs-acme') });
 */
export class WebFirewall extends Construct {
  /** ARN of the web ACL. */
  public readonly webAclArn: string;

  public constructor(scope: Construct, id: string, props: WebFirewallProps) {
    super(scope, id);
    const { rules = ManagedWebRules.recommended(), requestsPerAddress = 2_000, countOnly = false, logs } = props;
    this.check(rules, requestsPerAddress);
    const acl = new CfnWebACL(this, 'Resource', {
      scope: props.isForCloudFront ? 'CLOUDFRONT' : 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: measured('all'),
      rules: [
        ...(requestsPerAddress > 0 ? [{
          name: 'requests-per-address', priority: 0, action: countOnly ? { count: {} } : { block: {} }, visibilityConfig: measured('requests-per-address'),
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress, evaluationWindowSec: 300 } },
        }] : []),
        ...[...rules].sort((one, other) => one._priority - other._priority).map(({ name, _priority, _counting }) => ({
          name, priority: _priority, overrideAction: countOnly ? { count: {} } : { none: {} }, visibilityConfig: measured(name),
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: _counting.length > 0 ? _counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })) : undefined } },
        })),
      ],
    });
    this.webAclArn = acl.attrArn;
    if (logs.destinationArn === undefined) {
      acl.addMetadata(METADATA_KEY, { noLogs: logs.reason });
      return;
    }
    new CfnLoggingConfiguration(this, 'Logs', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [logs.destinationArn],
      redactedFields: ['authorization', 'cookie'].map((Name) => ({ singleHeader: { Name } })),
    });
  }

  private check(rules: ManagedWebRules[], requestsPerAddress: number): void {
    const capacity = rules.reduce((sum, rule) => sum + rule.capacity, 0) + (requestsPerAddress > 0 ? RATE_LIMIT_CAPACITY : 0);
    const names = rules.map(({ name }) => name);
    const problems = [
      ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} is given twice`),
      ...(capacity > CAPACITY ? [`its rules take ${capacity} capacity units, ${CAPACITY} are included: leave some out`] : []),
      // AWS WAF API Reference, RateBasedStatement (read 2026-11-23).
      ...(requestsPerAddress !== 0 && (!Number.isInteger(requestsPerAddress) || requestsPerAddress < 10) ? [`requestsPerAddress is ${requestsPerAddress}, AWS takes 10 or more, and 0 is no limit here`] : []),
      ...(rules.length === 0 && requestsPerAddress === 0 ? ['it stops nothing: give rules or requestsPerAddress'] : []),
    ];
    if (problems.length > 0) throw new InputError(`WebFirewall ${this.node.path}: ${problems.join('; ')}`);
  }
}

function measured(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
