/**
 * A principal the platform works with: no guardrail may stop it.
 */
export interface PlatformPrincipal {
  /** What a reader calls it: `CDK bootstrap roles`. */
  readonly name: string;
  /** Role name or pattern with `*`, with its path: `cdk-hnb659fds-*`. The same in every account. */
  readonly rolePattern: string;
  /** Actions it must keep in every account; the built-in proof asks for each. */
  readonly needs: string[];
}

/**
 * The principals that every preventive control exempts, kept in one place.
 *
 * Whoever can create or change one of these roles is exempt too, so `LZ.IAM.2` lets only the platform touch them.
 *
 * @example
 * const principals = PlatformPrincipals.standard({ breakGlassRole: 'emergency/break-glass' });
 */
export class PlatformPrincipals {
  /**
   * CDK bootstrap roles, service-managed StackSets, Control Tower, the organization's access role and break-glass.
   */
  public static standard(options: PlatformPrincipalsOptions = {}): PlatformPrincipals {
    const deploys = ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'iam:CreateRole', 'iam:PutRolePolicy', 'iam:PassRole', 's3:CreateBucket', 's3:PutBucketPolicy'];
    const repairs = ['iam:UpdateAssumeRolePolicy', 'iam:DeleteRolePolicy', 's3:DeleteBucketPolicy', 'kms:PutKeyPolicy', 'cloudtrail:UpdateTrail', 'config:PutConfigurationRecorder'];
    return new PlatformPrincipals([
      { name: 'CDK bootstrap roles', rolePattern: `cdk-${options.bootstrapQualifier ?? 'hnb659fds'}-*`, needs: [...deploys, 'sts:AssumeRole', 'ssm:GetParameter'] },
      { name: 'StackSets execution role', rolePattern: 'stacksets-exec-*', needs: deploys },
      { name: 'Control Tower execution role', rolePattern: 'AWSControlTowerExecution', needs: [...deploys, ...repairs] },
      { name: 'organization access role', rolePattern: options.accountAccessRole ?? 'OrganizationAccountAccessRole', needs: [...deploys, ...repairs] },
      { name: 'break-glass role', rolePattern: options.breakGlassRole ?? 'break-glass', needs: [...repairs, 'iam:CreateRole', 'kms:ScheduleKeyDeletion'] },
    ]);
  }

  private constructor(
    /** In order of declaration. */
    public readonly principals: PlatformPrincipal[],
  ) {}

  /** The same principals and one more. */
  public and(principal: PlatformPrincipal): PlatformPrincipals {
    return new PlatformPrincipals([...this.principals, principal]);
  }

  /** ARN patterns of the roles in any account of a partition. */
  public arnPatterns(partition: string = 'aws'): string[] {
    return this.principals.map(({ rolePattern }) => `arn:${partition}:iam::*:role/${rolePattern}`);
  }
}

/** What differs between organizations in the standard platform principals. */
export interface PlatformPrincipalsOptions {
  /** Qualifier of the CDK bootstrap stack. @default 'hnb659fds' */
  readonly bootstrapQualifier?: string;
  /** Role that AWS Organizations creates in each new account. @default 'OrganizationAccountAccessRole' */
  readonly accountAccessRole?: string;
  /** Role for emergencies, with its path. @default 'break-glass' */
  readonly breakGlassRole?: string;
}
