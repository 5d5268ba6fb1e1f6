/**
 * A policy type of AWS Organizations that CloudFormation can create.
 */
export class OrganizationPolicyType {
  /** What principals of an account may do at most. */
  public static readonly SERVICE_CONTROL = new OrganizationPolicyType('SERVICE_CONTROL_POLICY');
  /** Who may do what with resources of an account at most. */
  public static readonly RESOURCE_CONTROL = new OrganizationPolicyType('RESOURCE_CONTROL_POLICY');
  /** EC2 settings of an account, kept by the service. */
  public static readonly DECLARATIVE_EC2 = new OrganizationPolicyType('DECLARATIVE_POLICY_EC2');
  /** Backup plans. */
  public static readonly BACKUP = new OrganizationPolicyType('BACKUP_POLICY');
  /** Tag keys and values. */
  public static readonly TAG = new OrganizationPolicyType('TAG_POLICY');
  /** Chat applications. */
  public static readonly CHATBOT = new OrganizationPolicyType('CHATBOT_POLICY');
  /** Use of content by AWS AI services. */
  public static readonly AI_SERVICES_OPT_OUT = new OrganizationPolicyType('AISERVICES_OPT_OUT_POLICY');
  /** Security Hub enablement. */
  public static readonly SECURITY_HUB = new OrganizationPolicyType('SECURITYHUB_POLICY');
  /** Bedrock settings. */
  public static readonly BEDROCK = new OrganizationPolicyType('BEDROCK_POLICY');
  /** Inspector enablement. */
  public static readonly INSPECTOR = new OrganizationPolicyType('INSPECTOR_POLICY');
  /** Network security director. */
  public static readonly NETWORK_SECURITY_DIRECTOR = new OrganizationPolicyType('NETWORK_SECURITY_DIRECTOR_POLICY');
  /** S3 block public access of accounts. */
  public static readonly S3 = new OrganizationPolicyType('S3_POLICY');
  /** Order of automatic minor version upgrades. */
  public static readonly UPGRADE_ROLLOUT = new OrganizationPolicyType('UPGRADE_ROLLOUT_POLICY');

  /** @internal */
  public static _of(name: string): OrganizationPolicyType {
    return new OrganizationPolicyType(name);
  }

  private constructor(
    /** CloudFormation's name. */
    public readonly name: string,
  ) {}
}
