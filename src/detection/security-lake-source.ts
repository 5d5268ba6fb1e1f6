/** What Security Lake collects of accounts (Amazon Security Lake API Reference, AwsLogSourceConfiguration, read 2026-11-23). AWS bills each by the gigabyte. */
export enum SecurityLakeSource {
  /** Management events of CloudTrail. They need a trail of the organization and all Regions that records what reads and what writes, which `zone.logging.addTrail()` is (User Guide, "CloudTrail event logs in Security Lake"). */
  CLOUD_TRAIL_MGMT = 'CLOUD_TRAIL_MGMT',
  /** Queries of VPCs to Route 53 Resolver. */
  ROUTE53 = 'ROUTE53',
  /** Findings of Security Hub. */
  SH_FINDINGS = 'SH_FINDINGS',
  /** Flow logs of VPCs. */
  VPC_FLOW = 'VPC_FLOW',
  /** Audit logs of EKS: much where Kubernetes is busy. */
  EKS_AUDIT = 'EKS_AUDIT',
  /** Data events of Lambda: one for each invocation. */
  LAMBDA_EXECUTION = 'LAMBDA_EXECUTION',
  /** Data events of S3: one for each object that is read or written. AWS leaves them out of what it recommends, for their volume. */
  S3_DATA = 'S3_DATA',
  /** Requests that AWS WAF looks at. AWS leaves them out of what it recommends, for their volume. */
  WAF = 'WAF',
}

/** A standard source that is left out. */
export interface WithoutSecurityLakeSource {
  /** Which one. */
  readonly source: SecurityLakeSource;
  /** Why, for the evidence. */
  readonly reason: string;
}

/** Which sources are chosen. */
export interface SecurityLakeSources {
  /** Sources beyond the standard ones, which are management events, DNS queries, findings and flow logs. Each of the others can be expensive. @default - none */
  readonly also?: SecurityLakeSource[];
  /** Standard sources that are left out, each with a reason. @default - none */
  readonly without?: WithoutSecurityLakeSource[];
}
