/**
 * A value that differs from zone to zone, written into a control as a placeholder and filled in where the control is enabled.
 *
 * In a list, a placeholder that stands for several values becomes several items.
 */
export class ZoneValue {
  /** Id of the organization. */
  public static readonly ORGANIZATION_ID = '${zone:OrganizationId}';
  /** Account id of the management account. */
  public static readonly MANAGEMENT_ACCOUNT_ID = '${zone:ManagementAccountId}';
  /** Regions in use; several values. */
  public static readonly ALLOWED_REGIONS = '${zone:AllowedRegions}';
  /** Home Region. */
  public static readonly HOME_REGION = '${zone:HomeRegion}';
  /** ARN patterns of the platform principals' roles in any account; several values. Serves as condition value and as resource. */
  public static readonly PLATFORM_PRINCIPAL_ARNS = '${zone:PlatformPrincipalArns}';
  /** Partition of the organization: `aws`. */
  public static readonly PARTITION = '${zone:Partition}';

  private constructor() {}
}
