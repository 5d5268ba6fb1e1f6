import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  AlarmBehavior, AlternateTarget, Cluster, DeploymentStrategy, FargateService, FargateTaskDefinition, ListenerRuleConfiguration,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener, ApplicationListenerRule, ApplicationLoadBalancer, ApplicationProtocol, ApplicationTargetGroup, HttpCodeElb, HttpCodeTarget, ListenerAction, ListenerCondition, SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { FargateTaskOptions } from './fargate-task-options';
import { GoldenPath } from './golden-path';
import { LockedTask } from './locked-task';
import { InputError } from '../../model/input-error';
import { WebFirewall } from '../../network/web-firewall';
import { WebFirewallLogs } from '../../network/web-firewall-logs';
import { ServiceLevelIndicator } from '../../resilience/service-level-indicator';
import { ServiceLevelObjective } from '../../resilience/service-level-objective';
import { ProductNetwork } from '../product-network';

/** Properties of a web service. */
export interface WebServiceProps extends FargateTaskOptions {
  /** Of the name that callers use. */
  readonly certificate: ICertificate;
  /** Port that the container listens on, above 1023, since nobody in it is root. @default 8080 */
  readonly port?: number;
  /** Path that answers 200 when a task can take requests. @default '/' */
  readonly healthCheckPath?: string;
  /** Tasks at least, 2 or more, so that one may be lost. @default 2 */
  readonly minTasks?: number;
  /** Tasks at most. @default 10 */
  readonly maxTasks?: number;
  /** Requests of one address in five minutes; more are blocked. 0 is no limit. @default 2000 */
  readonly requestsPerAddress?: number;
  /** Share of requests in percent that are not answered by a fault of the service. @default 99.9 */
  readonly availabilityTarget?: number;
  /** Milliseconds in which 99 % of requests are answered. @default 500 */
  readonly latencyMilliseconds?: number;
}

/** Of what tasks have, so much is used before more of them start: the rest is headroom while they do. */
const USED_PERCENT = 60;

/**
 * A web service in the private network: a load balancer with TLS and a web firewall, and containers on Fargate that grow with their load. A new version starts beside the old one, takes over all at once, and is taken back when
 * requests fail within five minutes.
 *
 * Containers run without root, on a file system that they can write to in `/tmp` alone. Callers come from the VPC; let others in by `service.loadBalancer.connections.allowFrom(...)`.
 *
 * @example
 * declare const certificate: ICertificate;
 * const service = new WebService(stack, 'Shop', {
 *   serviceName: 'orders-shop', runbook: 'https://runbooks.acme.example/orders-shop',
 *   image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/httpd:2.4.66'), certificate,
 * });
 * new Bucket(stack, 'Receipts').grantPut(service.taskDefinition.taskRole);
 */
export class WebService extends GoldenPath {
  /** In private subnets. */
  public readonly loadBalancer: ApplicationLoadBalancer;
  /** HTTPS. */
  public readonly listener: ApplicationListener;
  /** What runs: `taskRole` is what the containers may do. */
  public readonly taskDefinition: FargateTaskDefinition;
  /** The tasks. */
  public readonly service: FargateService;

  public constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id, props);
    const { port = 8080, minTasks = 2, maxTasks = 10 } = props;
    this.check(port, minTasks, maxTasks);
    const vpc = props.vpc ?? ProductNetwork.vpcOf(this);
    const groups = ['Blue', 'Green'].map((name) => this.targetGroup(name, vpc, port, props.healthCheckPath ?? '/'));
    this.loadBalancer = this.addLoadBalancer(vpc);
    this.listener = this.loadBalancer.addListener('Https', {
      port: 443, protocol: ApplicationProtocol.HTTPS, certificates: [props.certificate], sslPolicy: SslPolicy.RECOMMENDED_TLS, open: false, defaultAction: ListenerAction.fixedResponse(404),
    });
    this.protect(props.requestsPerAddress ?? 2000);
    this.taskDefinition = new LockedTask(this, 'Task', props, { port, stopTimeout: Duration.seconds(60) });
    const availability = this.addObjectives(props);
    this.service = this.addService(vpc, groups, port, minTasks, availability);
    this.service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks }).scaleOnCpuUtilization('Load', { targetUtilizationPercent: USED_PERCENT });
    this.watch(groups);
  }

  private addLoadBalancer(vpc: IVpc): ApplicationLoadBalancer {
    const securityGroup = new SecurityGroup(this, 'LoadBalancerGroup', { vpc, description: 'Callers of the web service', allowAllOutbound: false });
    Validations.of(securityGroup).acknowledge({ id: 'AwsSolutions::AwsSolutions-EC23', reason: 'Callers come from the addresses of the VPC, which are known when it is deployed.' });
    securityGroup.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(443), 'From the VPC');
    return new ApplicationLoadBalancer(this, 'LoadBalancer', { vpc, vpcSubnets: { subnets: vpc.privateSubnets }, internetFacing: false, securityGroup });
  }

  private targetGroup(name: string, vpc: IVpc, port: number, path: string): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, name, {
      vpc, port, protocol: ApplicationProtocol.HTTP, targetType: TargetType.IP, deregistrationDelay: Duration.seconds(30),
      healthCheck: { path, healthyHttpCodes: '200', interval: Duration.seconds(10), timeout: Duration.seconds(5), healthyThresholdCount: 2, unhealthyThresholdCount: 3 },
    });
  }

  /** Logs of the firewall have the name that AWS WAF asks for. */
  private protect(requestsPerAddress: number): void {
    const logs = new LogGroup(this, 'FirewallLogs', { logGroupName: `aws-waf-logs-${this.serviceName}`, removalPolicy: RemovalPolicy.RETAIN });
    const firewall = new WebFirewall(this, 'Firewall', {
      logs: WebFirewallLogs.toLogGroup(Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logs.logGroupName}` })), requestsPerAddress,
    });
    new CfnWebACLAssociation(this, 'FirewallAssociation', { resourceArn: this.loadBalancer.loadBalancerArn, webAclArn: firewall.webAclArn });
  }

  private addService(vpc: IVpc, [blue, green]: ApplicationTargetGroup[], port: number, minTasks: number, availability: ServiceLevelObjective): FargateService {
    const rule = new ApplicationListenerRule(this, 'Rule', {
      listener: this.listener, priority: 1, conditions: [ListenerCondition.pathPatterns(['/*'])], action: ListenerAction.weightedForward([{ targetGroup: blue!, weight: 100 }, { targetGroup: green!, weight: 0 }]),
    });
    const service = new FargateService(this, 'Service', {
      cluster: new Cluster(this, 'Cluster', { vpc }), taskDefinition: this.taskDefinition, desiredCount: minTasks, assignPublicIp: false, vpcSubnets: { subnets: vpc.privateSubnets },
      deploymentStrategy: DeploymentStrategy.BLUE_GREEN, bakeTime: Duration.minutes(5), healthCheckGracePeriod: Duration.minutes(1), minHealthyPercent: 100, maxHealthyPercent: 200,
    });
    service.enableDeploymentAlarms([availability.rollbackAlarm.alarmName], { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
    blue!.addTarget(service.loadBalancerTarget({
      containerName: 'App', containerPort: port,
      alternateTarget: new AlternateTarget('Alternate', {
        alternateTargetGroup: green!, productionListener: ListenerRuleConfiguration.applicationListenerRule(rule), role: this.shiftingRole([blue!, green!], rule),
      }),
    }));
    return service;
  }

  /** What AmazonECSInfrastructureRolePolicyForLoadBalancers allows on all load balancers (AWS Managed Policy Reference Guide), on this one. */
  private shiftingRole(groups: ApplicationTargetGroup[], rule: ApplicationListenerRule): Role {
    const role = new Role(this, 'ShiftingRole', {
      assumedBy: new ServicePrincipal('ecs.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      inlinePolicies: {
        shift: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeRules', 'elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'], resources: ['*'],
            }),
            new PolicyStatement({ actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], resources: groups.map(({ targetGroupArn }) => targetGroupArn) }),
            new PolicyStatement({ actions: ['elasticloadbalancing:ModifyListener'], resources: [this.listener.listenerArn] }),
            new PolicyStatement({ actions: ['elasticloadbalancing:ModifyRule'], resources: [rule.listenerRuleArn] }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({ id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason: 'Elastic Load Balancing describes all there is: Describe actions take no narrower resource.' });
    return role;
  }

  private addObjectives({ availabilityTarget = 99.9, latencyMilliseconds = 500 }: WebServiceProps): ServiceLevelObjective {
    const { metrics } = this.loadBalancer;
    const availability = this.health.addObjective('Availability', {
      target: availabilityTarget,
      indicator: ServiceLevelIndicator.availability({
        requests: metrics.requestCount(), failures: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT), refused: metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
      }),
    });
    this.health.addObjective('Latency', { target: 99, indicator: ServiceLevelIndicator.latency({ latency: metrics.targetResponseTime(), threshold: latencyMilliseconds / 1000 }) });
    return availability;
  }

  private watch([blue, green]: ApplicationTargetGroup[]): void {
    const period = Duration.minutes(1);
    const healthy = (group: ApplicationTargetGroup) => group.metrics.healthyHostCount({ period, statistic: Stats.MAXIMUM });
    this.health.addAlarm('Down', {
      meaning: 'No task can take requests', isUrgent: true, isMinimum: true, threshold: 1, periods: 3, isBadWhenMissing: true,
      metric: new MathExpression({ expression: 'FILL(blue, 0) + FILL(green, 0)', usingMetrics: { blue: healthy(blue!), green: healthy(green!) }, period, label: 'healthy tasks' }),
    });
    this.health.addAlarm('Busy', {
      meaning: 'Tasks stay busy: there are as many as there may be, or they start too slowly', metric: this.service.metricCpuUtilization({ period: Duration.minutes(5) }), threshold: 85, periods: 3,
    });
    const { metrics } = this.loadBalancer;
    this.health.addGraph('Requests', [
      metrics.requestCount({ period }), metrics.httpCodeTarget(HttpCodeTarget.TARGET_4XX_COUNT, { period }), metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { period }),
    ]);
    this.health.addGraph('Latency in seconds', [50, 90, 99].map((percentile) => metrics.targetResponseTime({ period, statistic: Stats.percentile(percentile) })));
    this.health.addGraph('Load', [this.service.metricCpuUtilization({ period }), this.service.metricMemoryUtilization({ period })]);
  }

  private check(port: number, minTasks: number, maxTasks: number): void {
    const problems = [
      ...(Number.isInteger(port) && port > 1023 && port < 65536 ? [] : [`port is ${port}: 1024 to 65535 is expected, others are for root`]),
      ...(Number.isInteger(minTasks) && minTasks >= 2 ? [] : [`minTasks is ${minTasks}: 2 or more are expected, so that one may be lost`]),
      ...(Number.isInteger(maxTasks) && maxTasks >= minTasks ? [] : [`maxTasks is ${maxTasks}: as many as minTasks, ${minTasks}, or more are expected`]),
    ];
    if (problems.length > 0) throw new InputError(`WebService ${this.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}
