import { AnomalyAlert } from './anomaly-alert';
import { AnomalyMonitor } from './anomaly-monitor';
import { CostAlerts } from './cost-alerts';
import { InputError } from '../model/input-error';

/** What is watched, and how it is told. */
export interface CostAnomaliesProps {
  /** What is watched. @default - each account by itself */
  readonly monitors?: AnomalyMonitor[];
  /** How it is told. @default - daily where there are e-mail addresses, each anomaly where there is only a topic */
  readonly alerts?: AnomalyAlert[];
}

/** Monitors of one's own that an account can have, with one of AWS's by service. https://aws.amazon.com/aws-cost-management/aws-cost-anomaly-detection/faqs (read 2026-11-23) */
const MOST_MONITORS = 500;

/**
 * Unusual costs, which AWS finds and tells: nothing is to be known in advance, and it costs nothing. In us-east-1, where CloudFormation has it.
 *
 * @example
 * const anomalies = CostAnomalies.watch({ monitors: [AnomalyMonitor.byAccount(), AnomalyMonitor.byCostCategory('Product')], alerts: [AnomalyAlert.weekly()] });
 */
export class CostAnomalies {
  /** Watches, and tells. */
  public static watch(props: CostAnomaliesProps = {}): CostAnomalies {
    return new CostAnomalies(props.monitors ?? [AnomalyMonitor.byAccount()], props.alerts, undefined);
  }

  /** Nothing is watched, for a reason that the template keeps. */
  public static none(reason: string): CostAnomalies {
    if (reason.trim() === '') throw new InputError('CostAnomalies.none without a reason: say why nobody is to hear of unusual costs');
    return new CostAnomalies([], [], reason);
  }

  private constructor(
    /** What is watched. */
    public readonly monitors: AnomalyMonitor[],
    /** How it is told; undefined is as the addresses say. */
    public readonly alerts: AnomalyAlert[] | undefined,
    /** Why nothing is watched. */
    public readonly noneBecause: string | undefined,
  ) {}

  /** Alerts, where the standard's addresses are these. @internal */
  public _alerts(standard: CostAlerts): AnomalyAlert[] {
    return this.alerts ?? [standard.emails.length > 0 ? AnomalyAlert.daily() : AnomalyAlert.immediate()];
  }

  /** What is wrong, for people. @internal */
  public _problems(standard: CostAlerts): string[] {
    if (this.noneBecause !== undefined) return [];
    const keys = this.monitors.map(({ key }) => key);
    const alerts = this._alerts(standard);
    return [
      ...(keys.length === 0 ? ['anomalies have no monitor: use CostAnomalies.none(reason)'] : []),
      ...(alerts.length === 0 ? ['anomalies have no alert, so nobody hears of them'] : []),
      ...keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `anomaly monitor ${key} is declared twice`),
      ...(this.monitors.filter(({ _terms: { dimension, arn } }) => dimension === undefined && arn === undefined).length > MOST_MONITORS ? [`more than ${MOST_MONITORS} anomaly monitors of your own: AWS allows ${MOST_MONITORS}`] : []),
      ...alerts.flatMap(({ frequency, _options: { alerts: own, monitors = [] } }) => [
        ...(!own && frequency !== 'IMMEDIATE' && standard.emails.length === 0 ? [`anomalies are told ${frequency.toLowerCase()}, which AWS does by e-mail alone, and there is no address`] : []),
        ...(!own && frequency === 'IMMEDIATE' && standard.topicArn === undefined && !standard.createsTopic ? ['anomalies are told immediately, which AWS does by a topic alone: give the alerts slack, createTopic or topicArn'] : []),
        ...monitors.filter(({ key }) => !keys.includes(key)).map(({ key }) => `an alert of anomalies names monitor ${key}, which the anomalies do not have`),
      ]),
    ];
  }
}
