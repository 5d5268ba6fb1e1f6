import { Stack } from 'aws-cdk-lib';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { Construct } from 'constructs';
import { AnomalyAlert } from './anomaly-alert';
import { AnomalyMonitor } from './anomaly-monitor';
import { AnomalyThreshold } from './anomaly-threshold';
import { CostAlerts } from './cost-alerts';
import { CostAnomalies } from './cost-anomalies';
import { mark } from '../organization/metadata';

/**
 * Region of the partition in which CloudFormation has `AWS::CE`: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1375 (read 2026-11-23). Of other partitions it is not known.
 */
export const ANOMALY_REGION = 'us-east-1';

/** What anomalies are made with. */
export interface OrganizationAnomaliesProps {
  readonly anomalies: CostAnomalies;
  readonly standardAlerts: CostAlerts;
  /** Topic of this Region that the standard's alerts go to. */
  readonly topicArn?: string;
  /** Names begin with it. */
  readonly name: string;
  /** Id of an account, by its key. */
  readonly accountId: (key: string) => string | undefined;
}

/** Monitors and subscriptions of AWS Cost Anomaly Detection, in the management account: AWS has those of accounts, tags and categories there alone. */
export class OrganizationAnomalies extends Construct {
  /** What could not be made, for people. */
  public readonly problems: string[] = [];
  private readonly arns = new Map<string, string>();

  public constructor(scope: Construct, id: string, private readonly props: OrganizationAnomaliesProps) {
    super(scope, id);
    const { anomalies, standardAlerts } = props;
    for (const monitor of anomalies.monitors) this.addMonitor(monitor);
    const frequencies = new Map<string, number>();
    for (const alert of anomalies._alerts(standardAlerts)) {
      const count = (frequencies.get(alert.frequency) ?? 0) + 1;
      frequencies.set(alert.frequency, count);
      this.addSubscription(alert, `${alert.frequency.toLowerCase()}${count === 1 ? '' : count}`);
    }
  }

  private addMonitor({ key, _terms: { dimension, specification, accounts, arn } }: AnomalyMonitor): void {
    if (arn !== undefined) {
      const owner = arn.split(':')[4];
      const { account } = Stack.of(this);
      if (owner !== account) this.problems.push(`Anomaly monitor ${arn} is of account ${owner}, and subscriptions are made in the management account (${account})`);
      this.arns.set(key, arn);
      return;
    }
    const resource = new CfnAnomalyMonitor(this, key, {
      monitorName: `${this.props.name}-${key}`,
      monitorType: dimension === undefined ? 'CUSTOM' : 'DIMENSIONAL',
      monitorDimension: dimension,
      monitorSpecification: accounts ? JSON.stringify({ Dimensions: { Key: 'LINKED_ACCOUNT', Values: this.idsOf(accounts) } }) : specification && JSON.stringify(specification),
    });
    mark(resource, { kind: 'anomaly-monitor', key });
    this.arns.set(key, resource.attrMonitorArn);
  }

  private addSubscription({ frequency, _options: { threshold = AnomalyThreshold.both(100, 40), alerts, monitors } }: AnomalyAlert, id: string): void {
    const { anomalies, standardAlerts, topicArn, name } = this.props;
    const topic = alerts ? alerts.topicArn : topicArn;
    const { account, region } = Stack.of(this);
    if (frequency === 'IMMEDIATE' && topic !== undefined && (topic.split(':')[3] !== region || topic.split(':')[4] !== account)) {
      this.problems.push(`Anomalies would be told to topic ${topic}: expected one of the management account (${account}) in ${region}, where anomalies are`);
    }
    const subscribers = frequency === 'IMMEDIATE' ? [{ type: 'SNS', address: topic! }] : (alerts ?? standardAlerts).emails.map((address) => ({ type: 'EMAIL', address }));
    new CfnAnomalySubscription(this, id, {
      subscriptionName: `${name}-${id}`,
      frequency,
      monitorArnList: (monitors ?? anomalies.monitors).map(({ key }) => this.arns.get(key)!),
      thresholdExpression: JSON.stringify(threshold._expression),
      subscribers,
    });
  }

  private idsOf(keys: readonly string[]): string[] {
    return keys.map((key) => {
      const id = this.props.accountId(key);
      if (id === undefined) this.problems.push(`An anomaly monitor watches account "${key}", which is not there`);
      return id ?? key;
    });
  }
}
