/** What GuardDuty looks at beyond what it always does: CloudTrail's management events, flow logs and DNS queries. */
export class GuardDutyProtection {
  /** Data events of S3. */
  public static readonly S3 = new GuardDutyProtection('S3_DATA_EVENTS');
  /** Audit logs of EKS. */
  public static readonly EKS = new GuardDutyProtection('EKS_AUDIT_LOGS');
  /** Volumes of instances and containers that behave as if they had malware are scanned. */
  public static readonly MALWARE = new GuardDutyProtection('EBS_MALWARE_PROTECTION');
  /** Logins to Aurora and RDS. */
  public static readonly RDS = new GuardDutyProtection('RDS_LOGIN_EVENTS');
  /** Network activity of Lambda functions. */
  public static readonly LAMBDA = new GuardDutyProtection('LAMBDA_NETWORK_LOGS');
  /** What runs in instances, EKS and ECS on Fargate, by agents that GuardDuty installs and keeps current. */
  public static readonly RUNTIME = new GuardDutyProtection('RUNTIME_MONITORING', ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT']);
  /** Use of AI services. AWS's page of Regions did not say where it is (read 2026-11-23), so it is on where you ask for it. */
  public static readonly AI = new GuardDutyProtection('AI_PROTECTION');

  /** Those that are on unless they are left out. @internal */
  public static readonly _STANDARD: readonly GuardDutyProtection[] = [
    GuardDutyProtection.S3, GuardDutyProtection.EKS, GuardDutyProtection.MALWARE, GuardDutyProtection.RDS, GuardDutyProtection.LAMBDA, GuardDutyProtection.RUNTIME,
  ];

  private constructor(
    /** Name in GuardDuty's API (GuardDuty API Reference, DetectorFeatureConfiguration and DetectorAdditionalConfiguration, SDK 3.1169, read 2026-11-23). */
    public readonly featureName: string,
    /** Names of its parts. */
    public readonly parts: string[] = [],
  ) {}
}

/** A protection that is left out. */
export interface WithoutGuardDutyProtection {
  /** Which one. */
  readonly protection: GuardDutyProtection;
  /** Why, for the evidence. */
  readonly reason: string;
  /**
   * Regions that do not have it: AWS refuses its name there, so it is not spoken of.
   *
   * @default - it is switched off for new accounts and in the administrator's, in all Regions; accounts that have it keep it
   */
  readonly regions?: string[];
}

/** What can be chosen of GuardDuty. */
export interface GuardDutyOptions {
  /** Protections that are left out, each with a reason. @default - none */
  readonly without?: WithoutGuardDutyProtection[];
  /** Protections beyond the standard ones, which are all but `GuardDutyProtection.AI`. @default - none */
  readonly also?: GuardDutyProtection[];
}
