import { Duration } from 'aws-cdk-lib';
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, QueryLanguage, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { ServiceHealth } from './service-health';
import { ServiceLevelObjective } from './service-level-objective';
import { InputError } from '../model/input-error';

/** Properties of what follows when the error budget is gone. */
export interface ErrorBudgetPolicyProps {
  /** The service: the objectives that it has by now count. */
  readonly health: ServiceHealth;
  /** Share of an objective's whole budget, 0.05 to 1, that may be gone within seven days before its service is frozen. @default - the share of seven days: 7/30 of a budget of 30 days */
  readonly budgetShare?: number;
}

/** CloudWatch looks no further back (PutMetricAlarm, API reference, read 2026-11-23). */
const WINDOW = Duration.days(7);

/**
 * While the error budget is gone, nothing new is deployed: a parameter of Systems Manager, `/landing-zone/v1/freeze/<service>`, says `frozen`, else `open`, and pipelines read it before they deploy.
 *
 * Gone means: within the last seven days, more than its share. CloudWatch's alarms look no further back, so a budget that goes slowly over a month freezes nothing by itself; where nothing else is said, a service is frozen whenever the
 * last seven days were worse than its objective. It is open again when they are better, since bad days drop out of them. CloudWatch looks each hour.
 *
 * No code of ours runs: a rule of EventBridge starts a state machine whose role may put this one parameter. When that fails, the service's alarm `freeze-failed` says so.
 *
 * @example
 * const dimensionsMap = { ApiId: 'a1b2c3' };
 * const health = new ServiceHealth(stack, 'Health', { serviceName: 'orders', runbook: 'https://runbooks.acme.example/orders' });
 * health.addObjective('Availability', {
 *   target: 99.9,
 *   indicator: ServiceLevelIndicator.availability({
 *     requests: new Metric({ namespace: 'AWS/ApiGateway', metricName: 'Count', dimensionsMap }),
 *     failures: new Metric({ namespace: 'AWS/ApiGateway', metricName: '5xx', dimensionsMap }),
 *   }),
 * });
 * new ErrorBudgetPolicy(stack, 'Freeze', { health });
 */
export class ErrorBudgetPolicy extends Construct {
  /** Says `open` or `frozen`: let pipelines read it by `parameter.grantRead(role)`. */
  public readonly parameter: StringParameter;
  /** On while the service is frozen. It tells nobody: people heard of the budget before, by the alarms of the objectives. */
  public readonly alarm: CompositeAlarm;

  public constructor(scope: Construct, id: string, private readonly props: ErrorBudgetPolicyProps) {
    super(scope, id);
    this.check();
    const { health } = props;
    this.alarm = new CompositeAlarm(this, 'Frozen', {
      compositeAlarmName: `${health.serviceName}-frozen`,
      alarmDescription: `${health.serviceName} is frozen: of an error budget, more than its share went in seven days. It tells nobody by itself.`,
      alarmRule: AlarmRule.anyOf(...health.objectives.map((objective) => this.budgetAlarm(objective))),
    });
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: `/landing-zone/v1/freeze/${health.serviceName}`, stringValue: 'open', description: `frozen while the error budget of ${health.serviceName} is gone; an alarm writes it`,
    });
    const machine = this.writer();
    health.addAlarm('Freeze-Failed', { meaning: 'Whether the service is frozen could not be written: look at the alarm that ends in -frozen', metric: machine.metricFailed({ period: Duration.minutes(5) }), threshold: 0 });
    new Rule(this, 'Changed', {
      description: `Writes whether ${health.serviceName} is frozen`,
      eventPattern: { source: ['aws.cloudwatch'], detailType: ['CloudWatch Alarm State Change'], resources: [this.alarm.alarmArn], detail: { state: { value: ['ALARM', 'OK'] } } },
      targets: [new SfnStateMachine(machine)],
    });
  }

  private budgetAlarm({ objectiveName, indicator, target, days }: ServiceLevelObjective): Alarm {
    return new Alarm(this, `Budget-${objectiveName}`, {
      alarmName: `${objectiveName}-budget`,
      alarmDescription: `Of the error budget of ${objectiveName}, more than ${round(100 * this.shareOf(days))} % went in seven days. Part of a composite alarm: it tells nobody by itself.`,
      metric: indicator.badRequests(WINDOW),
      threshold: round(this.shareOf(days) * days / WINDOW.toDays() * (100 - target) / 100),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private shareOf(days: number): number {
    return this.props.budgetShare ?? WINDOW.toDays() / days;
  }

  /** Writes what the event says, tried again for some minutes where Systems Manager does not answer. */
  private writer(): StateMachine {
    const write = CallAwsService.jsonata(this, 'Write', {
      service: 'ssm', action: 'putParameter', iamAction: 'ssm:PutParameter', iamResources: [this.parameter.parameterArn],
      parameters: { Name: this.parameter.parameterName, Value: '{% $states.input.detail.state.value = "ALARM" ? "frozen" : "open" %}', Overwrite: true },
    });
    write.addRetry({ interval: Duration.seconds(2), backoffRate: 2, maxAttempts: 6 });
    return new StateMachine(this, 'Writer', { stateMachineType: StateMachineType.EXPRESS, queryLanguage: QueryLanguage.JSONATA, definitionBody: DefinitionBody.fromChainable(write), timeout: Duration.minutes(5) });
  }

  private check(): void {
    const { health, budgetShare } = this.props;
    const tooMuch = health.objectives.filter(({ days, target }) => this.shareOf(days) * days / WINDOW.toDays() * (100 - target) / 100 >= 1);
    const problems = [
      ...(health.objectives.length === 0 ? ['health has no objectives: add them before'] : []),
      ...(budgetShare === undefined || (budgetShare >= 0.05 && budgetShare <= 1) ? [] : [`budgetShare is ${budgetShare}: 0.05 to 1 is expected`]),
      ...tooMuch.map(({ objectiveName }) => `${objectiveName} would never be frozen: more requests would have to be bad than there are`),
    ];
    if (problems.length > 0) throw new InputError(`ErrorBudgetPolicy ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

/** Without the dust of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}
