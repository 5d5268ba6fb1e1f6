import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { QuotaUsage } from './quota-usage';
import { InputError } from '../model/input-error';

/** Properties of what watches quotas. */
export interface QuotaAlarmsProps {
  /** Begins names of alarms, unique in the account and Region: letters, digits and hyphens. @default 'quota' */
  readonly name?: string;
  /** Address of what to do; it is in every alarm. */
  readonly runbook: string;
  /** What is watched. @default - processors of Fargate and of EC2 on demand */
  readonly usages?: QuotaUsage[];
  /** Percent of the quota from which somebody is told, 1 to 99. @default 80 */
  readonly percent?: number;
  /** Who is told, as a ticket. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/**
 * Somebody hears before a quota of the account and Region is used up, and growth or a failover stops at it. The quota is whatever the account has when CloudWatch looks: a raised one needs no change here.
 *
 * @example
 * new QuotaAlarms(stack, 'Quotas', { runbook: 'https://runbooks.acme.example/quotas', percent: 70 });
 */
export class QuotaAlarms extends Construct {
  /** An alarm for each usage, in its order. */
  public readonly alarms: Alarm[];

  public constructor(scope: Construct, id: string, props: QuotaAlarmsProps) {
    super(scope, id);
    const { name = 'quota', runbook, usages = [QuotaUsage.fargateOnDemand(), QuotaUsage.ec2OnDemand()], percent = 80, routing = AlarmRouting.byLandingZone() } = props;
    const names = usages.map((usage) => usage.name);
    const problems = [
      ...(/^[A-Za-z0-9-]{1,100}$/.test(name) ? [] : [`name is "${name}": letters, digits and hyphens are expected`]),
      ...(/^https?:\/\/\S+$/.test(runbook) ? [] : [`runbook is "${runbook}": an address is expected, like https://runbooks.acme.example/quotas`]),
      ...(percent >= 1 && percent <= 99 ? [] : [`percent is ${percent}: 1 to 99 is expected`]),
      ...(usages.length > 0 ? [] : ['usages is empty: nothing would be watched']),
      ...[...new Set(names.filter((one, at) => names.indexOf(one) < at))].map((one) => `${one} is watched twice`),
    ];
    if (problems.length > 0) throw new InputError(`QuotaAlarms ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
    this.alarms = usages.map((usage) => {
      const alarm = new Alarm(this, usage.name, {
        alarmName: `${name}-${usage.name}-ticket`,
        alarmDescription: `More than ${percent} % of the quota of ${usage.name} are used. What to do: ${runbook}`,
        metric: new MathExpression({ expression: 'used / SERVICE_QUOTA(used) * 100', usingMetrics: { used: usage.metric }, period: usage.metric.period }),
        threshold: percent,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(...routing.tickets);
      return alarm;
    });
  }
}
