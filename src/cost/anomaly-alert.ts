import { AnomalyMonitor } from './anomaly-monitor';
import { AnomalyThreshold } from './anomaly-threshold';
import { CostAlerts } from './cost-alerts';
import { InputError } from '../model/input-error';

/** What an alert of anomalies may have of its own. */
export interface AnomalyAlertOptions {
  /** How much more than expected is told. @default AnomalyThreshold.both(100, 40) */
  readonly threshold?: AnomalyThreshold;
  /** Who hears of it. @default - who hears of the standard's budgets */
  readonly alerts?: CostAlerts;
  /** Some of the monitors of the standard. @default - all of them */
  readonly monitors?: AnomalyMonitor[];
}

/**
 * How anomalies are told: AWS sends summaries by e-mail, and each anomaly by a topic.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ce-anomalysubscription.html (read 2026-11-23).
 *
 * @example
 * const alerts = [AnomalyAlert.daily(), AnomalyAlert.immediate({ threshold: AnomalyThreshold.amount(1000) })];
 */
export class AnomalyAlert {
  /** A summary a day, by e-mail. */
  public static daily(options: AnomalyAlertOptions = {}): AnomalyAlert {
    return new AnomalyAlert('DAILY', options);
  }

  /** A summary a week, by e-mail. */
  public static weekly(options: AnomalyAlertOptions = {}): AnomalyAlert {
    return new AnomalyAlert('WEEKLY', options);
  }

  /** Each anomaly when AWS finds it, three times a day, by a topic and the Slack channel behind it. */
  public static immediate(options: AnomalyAlertOptions = {}): AnomalyAlert {
    return new AnomalyAlert('IMMEDIATE', options);
  }

  private constructor(
    /** `DAILY`, `WEEKLY` or `IMMEDIATE`. */
    public readonly frequency: string,
    /** @internal */
    public readonly _options: AnomalyAlertOptions,
  ) {
    const { alerts, monitors } = _options;
    if (monitors?.length === 0) throw new InputError(`An alert of anomalies (${frequency}) of no monitor: leave monitors out for all of them`);
    if (alerts && frequency !== 'IMMEDIATE' && alerts.emails.length === 0) throw new InputError(`An alert of anomalies (${frequency}) without an e-mail address: AWS sends summaries by e-mail alone. Use AnomalyAlert.immediate for a topic`);
    if (alerts && frequency === 'IMMEDIATE' && alerts.topicArn === undefined) throw new InputError('AnomalyAlert.immediate with alerts of its own, without topicArn: AWS tells single anomalies by a topic alone');
  }
}
