import { Aws } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, ComparisonOperator, Dashboard, GraphWidget, IMetric, TextWidget, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { ServiceLevelIndicator } from './service-level-indicator';
import { ServiceLevelObjective } from './service-level-objective';
import { InputError } from '../model/input-error';

/** Properties of what is watched of a service. */
export interface ServiceHealthProps {
  /** `orders-api`, unique in the account and Region: names of its alarms begin with it, and its dashboard has it; letters, digits and hyphens. */
  readonly serviceName: string;
  /** Address of what to do when an alarm goes off; it is in every alarm and on the dashboard. */
  readonly runbook: string;
  /** Who is told. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/** An objective of a service. */
export interface HealthObjective {
  /** What is measured. */
  readonly indicator: ServiceLevelIndicator;
  /** Share of good requests in percent: 99.9. */
  readonly target: number;
}

/** A cause that is worth an alarm beside the objectives: full, stuck or lost, before users notice. */
export interface HealthAlarm {
  /** What it means, for whoever is woken by it: `Messages could not be worked on`. */
  readonly meaning: string;
  /** What is watched, with its statistic and period. */
  readonly metric: IMetric;
  /** Value that is too much (or too little, by `isMinimum`), in the unit of the metric. */
  readonly threshold: number;
  /** Whether values below are bad, in place of those above. @default false */
  readonly isMinimum?: boolean;
  /** Whether somebody has to look at once. @default false */
  readonly isUrgent?: boolean;
  /** Periods in a row. @default 1 */
  readonly periods?: number;
  /** Whether no values are as bad as too many. @default false */
  readonly isBadWhenMissing?: boolean;
}

/**
 * What is watched of a service, in one place: objectives, alarms for what leads to trouble, graphs, and a dashboard of them all.
 *
 * @example
 * const dimensionsMap = { QueueName: 'orders' };
 * const health = new ServiceHealth(stack, 'Health', { serviceName: 'orders', runbook: 'https://runbooks.acme.example/orders' });
 * health.addAlarm('Stuck', { meaning: 'Messages wait too long', metric: new Metric({ namespace: 'AWS/SQS', metricName: 'ApproximateAgeOfOldestMessage', dimensionsMap }), threshold: 900 });
 */
export class ServiceHealth extends Construct {
  /** Shows objectives, alarms and graphs. */
  public readonly dashboard: Dashboard;
  /** Alarms of causes. */
  public readonly alarms: Alarm[] = [];
  /** Objectives. */
  public readonly objectives: ServiceLevelObjective[] = [];
  /** `orders-api`. */
  public readonly serviceName: string;
  private readonly routing: AlarmRouting;

  public constructor(scope: Construct, id: string, private readonly props: ServiceHealthProps) {
    super(scope, id);
    this.check();
    this.serviceName = props.serviceName;
    this.routing = props.routing ?? AlarmRouting.byLandingZone();
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `${props.serviceName}-${Aws.REGION}` });
    this.dashboard.addWidgets(new TextWidget({ markdown: `# ${props.serviceName}\n[What to do](${props.runbook})`, width: 24, height: 2 }));
  }

  /** An objective with its alarms, and a graph of its bad requests an hour. */
  public addObjective(id: string, { indicator, target }: HealthObjective): ServiceLevelObjective {
    const { serviceName, runbook } = this.props;
    const objective = new ServiceLevelObjective(this, id, {
      objectiveName: `${serviceName}-${id.toLowerCase()}`, indicator, target, runbook, pages: this.routing.pages, tickets: this.routing.tickets,
    });
    this.objectives.push(objective);
    this.dashboard.addWidgets(
      new GraphWidget({
        title: `${id}: bad requests of an hour`, width: 18, height: 6, left: [objective.badRequestsOfAnHour], leftYAxis: { min: 0 },
        leftAnnotations: [{ value: (100 - target) / 100, label: `budget of ${target} %` }],
      }),
      new AlarmStatusWidget({ title: id, width: 6, height: 6, alarms: [objective.pageAlarm, objective.ticketAlarm] }),
    );
    return objective;
  }

  /** An alarm that somebody hears of, and a graph with its threshold. */
  public addAlarm(id: string, props: HealthAlarm): Alarm {
    const { serviceName, runbook } = this.props;
    const { meaning, metric, threshold, isMinimum = false, isUrgent = false, periods = 1, isBadWhenMissing = false } = props;
    const alarm = new Alarm(this, id, {
      alarmName: `${serviceName}-${id.toLowerCase()}-${isUrgent ? 'page' : 'ticket'}`,
      alarmDescription: `${meaning}. What to do: ${runbook}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: isMinimum ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: isBadWhenMissing ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...(isUrgent ? this.routing.pages : this.routing.tickets));
    this.alarms.push(alarm);
    this.dashboard.addWidgets(new GraphWidget({ title: meaning, width: 12, height: 5, left: [metric], leftAnnotations: [alarm.toAnnotation()] }));
    return alarm;
  }

  /** A graph of what is worth seeing but waking nobody. */
  public addGraph(title: string, metrics: IMetric[]): void {
    this.dashboard.addWidgets(new GraphWidget({ title, width: 12, height: 5, left: metrics }));
  }

  private check(): void {
    const { serviceName, runbook } = this.props;
    const problems = [
      ...(/^[A-Za-z0-9-]{1,100}$/.test(serviceName) ? [] : [`serviceName is "${serviceName}": at most 100 letters, digits and hyphens are expected`]),
      ...(/^https?:\/\/\S+$/.test(runbook) ? [] : [`runbook is "${runbook}": an address is expected, like https://runbooks.acme.example/orders`]),
    ];
    if (problems.length > 0) throw new InputError(`ServiceHealth ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
