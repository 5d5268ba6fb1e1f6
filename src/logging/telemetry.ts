/** What accounts share with a monitoring account: https://docs.aws.amazon.com/OAM/latest/APIReference/API_CreateLink.html (read 2026-11-23). */
export class Telemetry {
  /** Metrics of CloudWatch. */
  public static readonly METRICS = new Telemetry('AWS::CloudWatch::Metric');
  /** Log groups of CloudWatch Logs: they are asked where they are, and not copied. */
  public static readonly LOG_GROUPS = new Telemetry('AWS::Logs::LogGroup');
  /** Traces of AWS X-Ray; the first copy is free. */
  public static readonly TRACES = new Telemetry('AWS::XRay::Trace');
  /** Applications of CloudWatch Application Insights. */
  public static readonly APPLICATION_INSIGHTS = new Telemetry('AWS::ApplicationInsights::Application');
  /** Monitors of CloudWatch Internet Monitor. */
  public static readonly INTERNET_MONITORS = new Telemetry('AWS::InternetMonitor::Monitor');
  /** Services of CloudWatch Application Signals. */
  public static readonly SERVICES = new Telemetry('AWS::ApplicationSignals::Service');
  /** Service level objectives of CloudWatch Application Signals. */
  public static readonly SERVICE_LEVEL_OBJECTIVES = new Telemetry('AWS::ApplicationSignals::ServiceLevelObjective');

  /** Metrics, log groups and traces. */
  public static standard(): Telemetry[] {
    return [Telemetry.METRICS, Telemetry.LOG_GROUPS, Telemetry.TRACES];
  }

  private constructor(
    /** Type of resource, as links have it. */
    public readonly resourceType: string,
  ) {}
}
