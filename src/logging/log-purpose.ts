/** What is logged; each has a bucket of its own in the log archive. */
export class LogPurpose {
  /** AWS CloudTrail: who did what. */
  public static readonly TRAIL = new LogPurpose('trail', 'Trail');
  /** AWS Config: what there was. */
  public static readonly CONFIG = new LogPurpose('config', 'Config');
  /** Flow logs of VPCs and transit gateways: who spoke to whom. */
  public static readonly FLOW = new LogPurpose('flow', 'Flow');
  /** Queries of the Route 53 Resolver: which names were asked for. */
  public static readonly DNS = new LogPurpose('dns', 'Dns');
  /** AWS Network Firewall: flows and alerts. */
  public static readonly FIREWALL = new LogPurpose('firewall', 'Firewall');
  /** AWS WAF: web requests and what became of them. */
  public static readonly WEB_FIREWALL = new LogPurpose('waf', 'WebFirewall');
  /** Access logs of load balancers and of the archive's own buckets. */
  public static readonly ACCESS = new LogPurpose('access', 'Access');

  /** All of them. */
  public static all(): LogPurpose[] {
    return [LogPurpose.TRAIL, LogPurpose.CONFIG, LogPurpose.FLOW, LogPurpose.DNS, LogPurpose.FIREWALL, LogPurpose.WEB_FIREWALL, LogPurpose.ACCESS];
  }

  /** What services of one Region write to a bucket of that Region: all but the trail and AWS Config, which write to one for all Regions. */
  public static regional(): LogPurpose[] {
    return LogPurpose.all().filter((purpose) => purpose !== LogPurpose.TRAIL && purpose !== LogPurpose.CONFIG);
  }

  private constructor(
    /** Part of the bucket's name: `trail`. */
    public readonly key: string,
    /** Id of the bucket in a template. @internal */
    public readonly _id: string,
  ) {}
}
