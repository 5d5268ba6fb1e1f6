import { Duration } from 'aws-cdk-lib';
import { CfnHealthCheck, CfnRecordSet, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { spoken } from './spoken';
import { InputError } from '../model/input-error';

/** Where a service is in a Region: a load balancer, a distribution or an API, as alias records name it. */
export interface FailoverPlace {
  /** Its own name in DNS: `loadBalancerDnsName`. */
  readonly dnsName: string;
  /** Hosted zone of that name, AWS's own: `loadBalancerCanonicalHostedZoneId`. */
  readonly hostedZoneId: string;
}

/** How Route 53 tells that the first Region is down. */
export interface FailoverCheck {
  /** Host that answers in the first Region alone and from the internet: `orders.eu-west-1.acme.example`. @default - an alarm says it */
  readonly endpoint?: string;
  /** Path that answers 200 to 399 while the service works. @default '/' */
  readonly path?: string;
  /** Seconds between checks, 10 or 30; 10 costs more. @default 30 */
  readonly interval?: number;
  /** Checks in a row that decide, 1 to 10. @default 3 */
  readonly failures?: number;
  /** Name of an alarm in place of an endpoint, for services that the internet does not reach: of one metric, not of an expression, with a plain statistic. @default - an endpoint is asked */
  readonly alarmName?: string;
  /** Region of the alarm: the first one. @default - there is no alarm */
  readonly alarmRegion?: string;
  /** How long the alarm takes until it goes off: its period times its periods. @default Duration.minutes(3) */
  readonly alarmTakes?: Duration;
}

/** Properties of a name that follows its service to another Region. */
export interface RegionFailoverProps {
  /** Zone of the name. */
  readonly zone: IHostedZone;
  /** The name, fully: `orders.acme.example`. */
  readonly recordName: string;
  /** Where the service usually is. */
  readonly primary: FailoverPlace;
  /** Where it is when that is down. */
  readonly secondary: FailoverPlace;
  /** How that is told. */
  readonly check: FailoverCheck;
  /** What the service's tier promises. @default - it is not held to one */
  readonly rto?: Duration;
}

/** What resolvers keep of an alias to a load balancer: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html */
const KEPT = Duration.seconds(60);

/**
 * A name that goes to another Region while the service is down in the first one, and back when it works again. The service and its data have to be there already: this moves callers, nothing else.
 *
 * The other Region is not checked: when both are down, its answer is as good as none. Where going over loses data, let people decide: give an alarm that they set.
 *
 * Properties of records and checks: CloudFormation's pages of AWS::Route53::RecordSet and AWS::Route53::HealthCheck; what alarms may be: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html
 * (read 2026-11-23).
 *
 * @example
 * declare const zone: IHostedZone;
 * const failover = new RegionFailover(stack, 'Failover', {
 *   zone, recordName: 'orders.acme.example',
 *   primary: { dnsName: 'orders-1.eu-west-1.elb.amazonaws.com', hostedZoneId: 'Z32O12XQLNTSW2' },
 *   secondary: { dnsName: 'orders-1.eu-central-1.elb.amazonaws.com', hostedZoneId: 'Z215JYRZR1TBD5' },
 *   check: { endpoint: 'orders.eu-west-1.acme.example', path: '/health' },
 *   rto: new ResilienceStandard().of(ResilienceTier.TIER_1).rto,
 * });
 * failover.detectionTime; // 150 seconds
 */
export class RegionFailover extends Construct {
  /** Says whether the first Region is up. */
  public readonly healthCheck: CfnHealthCheck;
  /** From the first failure until callers ask the other Region, at worst: checks or the alarm, and what resolvers keep. */
  public readonly detectionTime: Duration;

  public constructor(scope: Construct, id: string, props: RegionFailoverProps) {
    super(scope, id);
    const { zone, recordName, primary, secondary, check } = props;
    const { interval = 30, failures = 3, alarmTakes = Duration.minutes(3) } = check;
    this.detectionTime = (check.endpoint === undefined ? alarmTakes : Duration.seconds(interval * failures)).plus(KEPT);
    this.check(props, interval, failures);
    this.healthCheck = new CfnHealthCheck(this, 'Check', {
      healthCheckConfig: check.endpoint === undefined
        ? { type: 'CLOUDWATCH_METRIC', alarmIdentifier: { name: check.alarmName!, region: check.alarmRegion! }, insufficientDataHealthStatus: 'LastKnownStatus' }
        : { type: 'HTTPS', fullyQualifiedDomainName: check.endpoint, port: 443, resourcePath: check.path ?? '/', requestInterval: interval, failureThreshold: failures, enableSni: true },
      healthCheckTags: [{ key: 'Name', value: `${recordName} in its first Region` }],
    });
    this.record('Primary', zone, recordName, primary, this.healthCheck.attrHealthCheckId);
    this.record('Secondary', zone, recordName, secondary);
  }

  private record(id: string, zone: IHostedZone, name: string, { dnsName, hostedZoneId }: FailoverPlace, healthCheckId?: string): void {
    new CfnRecordSet(this, id, {
      hostedZoneId: zone.hostedZoneId, name, type: 'A', setIdentifier: id.toLowerCase(), failover: id.toUpperCase(), healthCheckId, aliasTarget: { dnsName, hostedZoneId, evaluateTargetHealth: id === 'Primary' },
    });
  }

  private check({ recordName, primary, secondary, check, rto }: RegionFailoverProps, interval: number, failures: number): void {
    const { endpoint, alarmName, alarmRegion } = check;
    const [took, promised] = [this.detectionTime.toMinutes({ integral: false }), rto?.toMinutes({ integral: false }) ?? Infinity];
    const problems = [
      ...(endpoint === undefined && (alarmName === undefined || alarmRegion === undefined) ? ['check says neither an endpoint nor an alarm with its Region: one of them tells that the first Region is down'] : []),
      ...(endpoint !== undefined && alarmName !== undefined ? ['check says an endpoint and an alarm: one of them decides'] : []),
      ...(endpoint === recordName ? [`check.endpoint is ${recordName}, the name that moves: give one that stays in the first Region`] : []),
      ...([10, 30].includes(interval) ? [] : [`check.interval is ${interval}: Route 53 checks every 10 or 30 seconds`]),
      ...(Number.isInteger(failures) && failures >= 1 && failures <= 10 ? [] : [`check.failures is ${failures}: 1 to 10 are expected`]),
      ...(primary.dnsName === secondary.dnsName ? ['primary and secondary are the same place'] : []),
      ...(took <= promised ? [] : [`rto is ${spoken(promised)}, and it takes ${took} minutes until callers ask the other Region: check more often, or promise more`]),
    ];
    if (problems.length > 0) throw new InputError(`RegionFailover ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
