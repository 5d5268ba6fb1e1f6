import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { AdjustmentType, CfnScalingPolicy, ScalableTarget, StepScalingAction } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, IAlarm, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AlarmBehavior, CfnService, Cluster, ContainerInsights, FargateService, FargateTaskDefinition, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FargateTaskOptions } from './fargate-task-options';
import { GoldenPath } from './golden-path';
import { LockedTask } from './locked-task';
import { failOnProblems, notWithin } from './option-problems';
import { WorkQueue } from './work-queue';
import { WorkQueueOptions } from './work-queue-options';
import { written } from '../defaults/grant';
import { ProductNetwork } from '../product-network';

/** Properties of a queue and the containers that work on its messages. */
export interface ContainerQueueWorkerProps extends FargateTaskOptions, WorkQueueOptions {
  /** How long the container may take over a message, up to 12 hours and no longer than `handledWithin`; then others get it. A container that does not know beforehand asks for more while it works. @default Duration.minutes(5) */
  readonly handledIn?: Duration;
  /**
   * Tasks at least. With 0 none runs while there is nothing to do; the first message then waits for a task to start, some minutes, and up to 15 more after six hours without any, since the queue is not measured before.
   * @default 1
   */
  readonly minTasks?: number;
  /** Tasks at most: what is behind them is not run over. @default 10 */
  readonly maxTasks?: number;
  /** Messages for each task, waiting or being worked on; more of them start more tasks. @default - as many as a task gets through within `handledWithin` where each takes `handledIn`, one after the other: 3 */
  readonly messagesPerTask?: number;
}

/** Fargate waits no longer for a container that it stops (ContainerDefinition, stopTimeout, in Amazon ECS's API reference, read 2026-11-23). */
const STOP = Duration.seconds(120);

/**
 * A queue and containers on Fargate that work on its messages: as many tasks as the messages take, within bounds; what fails too often is put aside and told of. A new version that does not start, leaves messages waiting or lets
 * them get too old is rolled back.
 *
 * For work that takes longer than 15 minutes or more than AWS Lambda has; else `QueueWorker`. The container finds the queue in `QUEUE_URL`, receives by long polling, and deletes what is done. When it is stopped it gets `SIGTERM`
 * and has two minutes; what takes longer protects its task meanwhile, as its role may
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html, read 2026-11-23), or is done again by another one. It is nobody, writes to `/tmp` alone, is called by nobody and calls by
 * HTTPS; let it call others by `worker.service.connections.allowTo(...)`. Send messages again by `aws sqs start-message-move-task` with the ARN of `deadLetters`.
 *
 * @example
 * const worker = new ContainerQueueWorker(stack, 'Videos', {
 *   serviceName: 'shop-videos', runbook: 'https://runbooks.acme.example/shop-videos', handledIn: Duration.hours(1),
 *   handledWithin: Duration.hours(4), image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4.66'),
 * });
 * new Bucket(stack, 'Finished').grantPut(worker.taskDefinition.taskRole);
 */
export class ContainerQueueWorker extends GoldenPath {
  /** Where work is put: `worker.queue.grantSendMessages(api.function)`. */
  public readonly queue: Queue;
  /** Where messages are that failed too often. */
  public readonly deadLetters: Queue;
  /** What runs: `taskRole` is what the containers may do. */
  public readonly taskDefinition: FargateTaskDefinition;
  /** The tasks. */
  public readonly service: FargateService;
  /** How many there are: add times by `worker.scaling.scaleOnSchedule(...)`. */
  public readonly scaling: ScalableTaskCount;

  public constructor(scope: Construct, id: string, props: ContainerQueueWorkerProps) {
    super(scope, id, props);
    const { handledIn = Duration.minutes(5), attempts = 5, handledWithin = Duration.minutes(15), minTasks = 1, maxTasks = 10 } = props;
    const perTask = props.messagesPerTask ?? Math.max(1, Math.floor(handledWithin.toSeconds() / handledIn.toSeconds()));
    failOnProblems(this, [
      ...notWithin('handledIn in seconds', handledIn.toSeconds(), 1, 43_200),
      ...(handledIn.toSeconds() <= handledWithin.toSeconds() ? []
        : [`handledIn is ${handledIn.toHumanString()}, and handledWithin ${handledWithin.toHumanString()}: as much or more is expected, since a message waits until it is done`]),
      ...notWithin('attempts', attempts, 1, 1000),
      ...notWithin('minTasks', minTasks, 0, 5000),
      ...(Number.isInteger(maxTasks) && maxTasks >= Math.max(1, minTasks) ? [] : [`maxTasks is ${maxTasks}: a whole number of ${Math.max(1, minTasks)} or more is expected`]),
      ...(perTask > 0 ? [] : [`messagesPerTask is ${perTask}: more than 0 is expected`]),
    ]);
    const work = new WorkQueue(this, handledIn, props);
    this.queue = work.queue;
    this.deadLetters = work.deadLetters;
    const cluster = this.addCluster(props.vpc ?? ProductNetwork.vpcOf(this));
    this.taskDefinition = this.addTask(props, cluster);
    const { rollbackAlarm } = work.addObjective(this.health);
    const rollbackAlarms = [rollbackAlarm, this.addStuckAlarm()];
    this.service = this.addService(cluster, rollbackAlarms);
    this.scaling = this.service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
    const target = this.scaling.node.findChild('Target') as ScalableTarget;
    this.scaleByBacklog(target, perTask);
    if (minTasks === 0) this.wake(target);
    this.health.addAlarm('Busy', {
      meaning: `More messages wait than ${maxTasks} tasks, as many as there may be, get through in time`, metric: this.messages(Duration.minutes(5), 'FILL(waiting, 0) + FILL(working, 0)', 'messages'), threshold: maxTasks * perTask,
      periods: 3,
    });
    work.addGraphs(this.health);
    this.health.addGraph('Load', [this.service.metricCpuUtilization(), this.service.metricMemoryUtilization()]);
  }

  /** Scaling goes by the number of tasks that run, which is a metric of Container Insights. */
  private addCluster(vpc: IVpc): Cluster {
    return new Cluster(this, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
  }

  private addTask(props: ContainerQueueWorkerProps, cluster: Cluster): FargateTaskDefinition {
    const task = new LockedTask(this, 'Task', { ...props, environment: { ...props.environment, QUEUE_URL: this.queue.queueUrl } }, { stopTimeout: STOP });
    task.addToTaskRolePolicy(new PolicyStatement({ actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'], resources: [this.queue.queueArn] }));
    const tasks = Stack.of(this).formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
    task.addToTaskRolePolicy(new PolicyStatement({ actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'], resources: [tasks] }));
    Validations.of(task).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${written(Stack.of(this).resolve(tasks))}]`, reason: 'A task protects itself while it works; which of the tasks of its own cluster it is, is known when it runs.',
    });
    return task;
  }

  private addService(cluster: Cluster, rollbackAlarms: readonly IAlarm[]): FargateService {
    const { vpc } = cluster;
    const securityGroup = new SecurityGroup(this, 'Group', { vpc, description: 'Tasks that work on messages', allowAllOutbound: false });
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS');
    const service = new FargateService(this, 'Service', {
      cluster, taskDefinition: this.taskDefinition, assignPublicIp: false, vpcSubnets: { subnets: vpc.privateSubnets }, securityGroups: [securityGroup],
      circuitBreaker: { rollback: true }, minHealthyPercent: 100, maxHealthyPercent: 200,
    });
    service.enableDeploymentAlarms(rollbackAlarms.map(({ alarmName }) => alarmName), { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
    // Said, each deployment would set it anew; left out, it is 1 for a new service and stays as it is for others (CloudFormation, AWS::ECS::Service, read 2026-11-23).
    (service.node.defaultChild as CfnService).desiredCount = undefined;
    return service;
  }

  /**
   * AWS's backlog for each task (https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html, read 2026-11-23), with messages that are being worked on: who works on them
   * is not stopped for it. Without tasks it has no value, and nothing is scaled by it.
   */
  private scaleByBacklog(target: ScalableTarget, perTask: number): void {
    const stat = (id: string, { namespace, metricName, dimensions = {} }: Metric) => ({
      id, returnData: false,
      metricStat: { stat: Stats.AVERAGE, metric: { namespace, metricName, dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value: String(value) })) } },
    });
    const { cluster, serviceName } = this.service;
    new CfnScalingPolicy(this, 'Backlog', {
      policyName: 'backlog', policyType: 'TargetTrackingScaling', scalingTargetId: target.scalableTargetId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: perTask, scaleInCooldown: 300, scaleOutCooldown: 60,
        customizedMetricSpecification: {
          metrics: [
            { id: 'backlog', expression: '(waiting + FILL(working, 0)) / tasks', label: 'Messages for each task', returnData: true },
            stat('waiting', this.queue.metricApproximateNumberOfMessagesVisible()),
            stat('working', this.queue.metricApproximateNumberOfMessagesNotVisible()),
            stat('tasks', new Metric({ namespace: 'ECS/ContainerInsights', metricName: 'RunningTaskCount', dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: serviceName } })),
          ],
        },
      },
    });
  }

  /** Of no tasks, a policy that goes by messages for each makes none: the first one starts by itself. */
  private wake(scalingTarget: ScalableTarget): void {
    const start = new StepScalingAction(this, 'Start', { scalingTarget, adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY, cooldown: Duration.minutes(5) });
    start.addAdjustment({ adjustment: 1, lowerBound: 0 });
    new Alarm(this, 'Waiting', {
      alarmDescription: 'Starts a task. It tells nobody.', metric: this.messages(Duration.minutes(1), 'IF(FILL(working, 0) == 0, waiting, 0)', 'nobody works on'), threshold: 0, evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new ApplicationScalingAction(start));
  }

  private addStuckAlarm(): Alarm {
    return this.health.addAlarm('Stuck', {
      meaning: 'Messages wait, and nobody works on any: no task runs, or tasks take none', isUrgent: true, threshold: 0, periods: 3, metric: this.messages(Duration.minutes(5), 'IF(FILL(working, 0) == 0, waiting, 0)', 'nobody works on'),
    });
  }

  /** The queue says how many are worked on where there are some (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html, read 2026-11-23). */
  private messages(period: Duration, expression: string, label: string): MathExpression {
    const options = { period, statistic: Stats.MAXIMUM };
    return new MathExpression({
      expression, label, period,
      usingMetrics: { waiting: this.queue.metricApproximateNumberOfMessagesVisible(options), working: this.queue.metricApproximateNumberOfMessagesNotVisible(options) },
    });
  }
}
