import { InputError } from '../model/input-error';

/** "Values must be numbers between 0 and 10,000,000,000": https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ce-anomalysubscription.html (read 2026-11-23) */
const MOST = 10_000_000_000;

/**
 * How much more than expected is told, over the whole time of an anomaly.
 *
 * @example
 * const threshold = AnomalyThreshold.both(100, 40);
 */
export class AnomalyThreshold {
  /** So much more, in the currency of the bill. */
  public static amount(amount: number): AnomalyThreshold {
    return new AnomalyThreshold(impact('ABSOLUTE', amount));
  }

  /** So many percent more. */
  public static percent(percent: number): AnomalyThreshold {
    return new AnomalyThreshold(impact('PERCENTAGE', percent));
  }

  /** So much more, and so many percent more. */
  public static both(amount: number, percent: number): AnomalyThreshold {
    return new AnomalyThreshold({ And: [impact('ABSOLUTE', amount), impact('PERCENTAGE', percent)] });
  }

  /** So much more, or so many percent more. */
  public static either(amount: number, percent: number): AnomalyThreshold {
    return new AnomalyThreshold({ Or: [impact('ABSOLUTE', amount), impact('PERCENTAGE', percent)] });
  }

  private constructor(
    /** As the API of Cost Explorer takes it. @internal */
    public readonly _expression: object,
  ) {}
}

function impact(kind: string, value: number): object {
  if (!Number.isFinite(value) || value < 0 || value > MOST) throw new InputError(`A threshold of anomalies of ${value}: expected 0 to ${MOST.toLocaleString('en-US')}`);
  return { Dimensions: { Key: `ANOMALY_TOTAL_IMPACT_${kind}`, MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: [String(value)] } };
}
