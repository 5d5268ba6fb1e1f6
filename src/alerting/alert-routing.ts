import { Stack, Validations } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addChannel, AlertKey, AlertTopic } from './alert-channel';
import { messageOf, Wording } from './alert-message';
import { AlertSource } from './alert-source';
import { AlertTarget } from './alert-target';
import { IncidentTool } from './incident-tool';
import { Severity } from '../controls/severity';
import { InputError } from '../model/input-error';

/** Who is told from which severity on. */
export interface AlertRoute {
  readonly target: AlertTarget;
  /** Least severity that is told. @default Severity.HIGH */
  readonly from?: Severity;
}

/** What can be chosen of alerts. */
export interface AlertRoutingOptions {
  /** Who is told of what. */
  readonly routes: AlertRoute[];
  /** What alerts are about. @default AlertSource.standard() */
  readonly sources?: AlertSource[];
}

/** Properties of alerts. */
export interface AlertRoutingProps extends AlertRoutingOptions {
  /** Id of the organization, `o-abcdefghij`, whose accounts forward events. */
  readonly organizationId: string;
  /** Name of the bus; names of topics begin with it. @default 'landing-zone-alerts' */
  readonly busName?: string;
}

/** Targets of a rule (Amazon EventBridge quotas). */
const MAX_TARGETS = 5;

const SEVERITIES = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL];

interface Outlet {
  readonly id: string;
  readonly from: Severity;
  readonly wording: Wording;
  readonly arn: string;
  readonly roleArn?: string;
}

/**
 * Alerts by severity, to people: a bus that accounts of the organization forward events to (`AlertForwarding`), a rule for each source and severity, and mail, chat and incident tools behind it. What
 * cannot be delivered for a day is kept in a queue for two weeks, and an alarm tells of it.
 *
 * For the account that administers security services, in one Region. `zone.addAlerts()` adds what forwards to it.
 *
 * @example
 * new AlertRouting(stack, 'Alerts', {
 *   organizationId: 'o-abcdefghij',
 *   routes: [
 *     { target: AlertTarget.email('security@acme.example'), from: Severity.MEDIUM },
 *     { target: AlertTarget.slack('T07EA123LEP', 'C07EZ1ABC23') },
 *     { target: AlertTarget.pagerDuty({ secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:pagerduty-AbCdEf' }), from: Severity.CRITICAL },
 *   ],
 * });
 */
export class AlertRouting extends Construct {
  /** ARN of the bus. */
  public readonly busArn: string;
  private readonly busName: string;
  private readonly topics = new Map<string, AlertTopic>();
  private key: AlertKey | undefined;

  public constructor(scope: Construct, id: string, props: AlertRoutingProps) {
    super(scope, id);
    const { sources = AlertSource.standard(), routes } = props;
    this.busName = props.busName ?? 'landing-zone-alerts';
    this.check(routes, sources);
    const { partition, region, account } = Stack.of(this);
    const bus = new CfnEventBus(this, 'Bus', {
      name: this.busName,
      description: 'Alerts of all accounts',
      policy: {
        Version: '2012-10-17',
        Statement: [{
          Sid: 'Organization', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: `arn:${partition}:events:${region}:${account}:event-bus/${this.busName}`,
          Condition: { StringEquals: { 'aws:PrincipalOrgID': props.organizationId } },
        }],
      },
    });
    this.busArn = bus.attrArn;
    const undelivered = this.addQueue();
    const outlets = this.addOutlets(routes);
    for (const source of sources) for (const severity of SEVERITIES) this.addRule(bus, source, severity, outlets, undelivered);
    this.addAlarm(undelivered);
  }

  private check(routes: readonly AlertRoute[], sources: readonly AlertSource[]): void {
    const twice = <T>(items: readonly T[], nameOf: (item: T) => string) => [...new Set(items.map(nameOf).filter((name, at, all) => all.indexOf(name) !== at))];
    const outlets = new Set(routes.map(({ target, from = Severity.HIGH }) => outletOf(target, from)));
    const problems = [
      ...(routes.length === 0 ? ['nobody is told: give routes'] : []),
      ...(sources.length === 0 ? ['there is nothing to tell: sources is empty'] : []),
      ...twice(routes, ({ target }) => target._facts.id).map((name) => `${name} has two routes: one is enough, from the lower severity`),
      ...twice(sources, ({ _facts }) => _facts.id).map((name) => `source ${name} is named twice`),
      ...(outlets.size > MAX_TARGETS ? [`there are ${outlets.size} ways out, ${[...outlets].join(', ')}, and a rule has ${MAX_TARGETS}: let mail, and chat, begin at the same severity`] : []),
      ...(/^[A-Za-z0-9_-]{1,200}$/.test(this.busName) && this.busName !== 'default' ? [] : [`"${this.busName}" cannot be the name of the bus: letters, digits, hyphens and underscores are expected, and not default`]),
    ];
    if (problems.length > 0) throw new InputError(`AlertRouting ${this.node.path}: ${problems.join('; ')}`);
  }

  /** Mail and chat of a severity have a topic together, so that an address confirms once; incident tools are reached directly. */
  private addOutlets(routes: readonly AlertRoute[]): Outlet[] {
    const outlets = new Map<string, Outlet>();
    for (const { target, from = Severity.HIGH } of routes) {
      const { _facts: facts } = target;
      const id = outletOf(target, from);
      switch (facts.kind) {
        case 'email': this.topic(id).mailTo(facts.id, facts.address); break;
        case 'slack':
        case 'teams': addChannel(this, facts.id, facts, this.topic(id).arn, `${this.busName}-${facts.channelId.replace(/[^A-Za-z0-9]/g, '')}`.slice(0, 128)); break;
        default: {
          const { arn, roleArn } = new IncidentTool(this, facts.id, facts);
          outlets.set(id, { id, from, wording: facts.kind, arn, roleArn });
          continue;
        }
      }
      outlets.set(id, { id, from, wording: facts.kind === 'email' ? 'mail' : 'chat', arn: this.topic(id).arn });
    }
    return [...outlets.values()];
  }

  private topic(id: string): AlertTopic {
    this.key ??= new AlertKey(this, 'Key');
    const topic = this.topics.get(id) ?? new AlertTopic(this, id, `${this.busName}-${id.toLowerCase()}`, this.key);
    this.topics.set(id, topic);
    return topic;
  }

  private addRule(bus: CfnEventBus, source: AlertSource, severity: Severity, all: readonly Outlet[], undelivered: CfnQueue): void {
    const eventPattern = source._patternOf(severity);
    const outlets = all.filter(({ from }) => SEVERITIES.indexOf(from) <= SEVERITIES.indexOf(severity));
    if (!eventPattern || outlets.length === 0) return;
    new CfnRule(this, `${source._facts.id}.${severity}`, {
      description: `Alerts: ${source._facts.words}, ${severity}`,
      eventBusName: bus.ref,
      eventPattern,
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      targets: outlets.map(({ id, wording, arn, roleArn }) => ({
        id,
        arn,
        roleArn,
        inputTransformer: messageOf(source, severity, wording),
        deadLetterConfig: { arn: undelivered.attrArn },
        retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      })),
    });
  }

  /** Encrypted by SQS, which needs no key that EventBridge would have to be let to. */
  private addQueue(): CfnQueue {
    const { account, region, partition } = Stack.of(this);
    const queue = new CfnQueue(this, 'Undelivered', { messageRetentionPeriod: 1_209_600, sqsManagedSseEnabled: true });
    const { attrArn: Resource } = queue;
    new CfnQueuePolicy(this, 'UndeliveredPolicy', {
      queues: [queue.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Events', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource,
            Condition: { ArnLike: { 'aws:SourceArn': `arn:${partition}:events:${region}:${account}:rule/${this.busName}/*` } },
          },
          { Sid: 'EncryptedOnly', Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
    Validations.of(queue).acknowledge({ id: 'AwsSolutions::AwsSolutions-SQS3', reason: 'It is the dead-letter queue of the rules.' });
    return queue;
  }

  /** Without a topic, the metric of the queue is yours to watch. */
  private addAlarm(queue: CfnQueue): void {
    const topics = [...this.topics.values()].map(({ arn }) => arn);
    if (topics.length === 0) return;
    new CfnAlarm(this, 'UndeliveredAlarm', {
      alarmDescription: 'Alerts could not be delivered: look into the queue',
      namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensions: [{ name: 'QueueName', value: queue.attrQueueName }],
      statistic: 'Maximum', period: 300, evaluationPeriods: 1, threshold: 0, comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching', alarmActions: topics,
    });
  }
}

/** Mail and chat share an outlet of a severity; an incident tool has its own. */
function outletOf({ _facts: facts }: AlertTarget, from: Severity): string {
  switch (facts.kind) {
    case 'email': return `Mail-${from}`;
    case 'slack':
    case 'teams': return `Chat-${from}`;
    default: return facts.id.replace('.', '-');
  }
}
