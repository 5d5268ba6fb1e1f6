import { ACCOUNT_SETTING_ROLE_PATH } from './account-setting-role';
import { DETECTION_ROLE_PATH } from './detection-role';
import { PLATFORM_NEEDS } from './platform-needs';
import { ACCEPTING_ROLE_PATH } from '../network/settings/accepting-role';

/**
 * A principal the platform works with: no guardrail may stop it.
 */
export interface PlatformPrincipal {
  /** What a reader calls it: `CDK bootstrap roles`. */
  readonly name: string;
  /** Role name or pattern with `*`, with its path: `cdk-hnb659fds-*`. The same in every account. */
  readonly rolePattern: string;
  /** Actions it must keep in every account; the built-in proof asks for each. A pattern stands for all of its actions, new ones too. */
  readonly needs: string[];
  /** Whether it is a service-linked role, which AWS exempts from organization policies by itself: no statement has to. @default false */
  readonly isServiceLinked?: boolean;
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
   * CDK bootstrap roles, service-managed StackSets, Control Tower, the organization's access role, Identity Center and break-glass.
   */
  public static standard(options: PlatformPrincipalsOptions = {}): PlatformPrincipals {
    return new PlatformPrincipals([
      { name: 'CDK bootstrap roles', rolePattern: `cdk-${options.bootstrapQualifier ?? 'hnb659fds'}-*`, needs: [...PLATFORM_NEEDS.cdk] },
      { name: 'StackSets execution role', rolePattern: 'stacksets-exec-*', needs: [...PLATFORM_NEEDS.stackSets] },
      { name: 'Control Tower execution role', rolePattern: 'AWSControlTowerExecution', needs: [...PLATFORM_NEEDS.controlTower] },
      { name: 'organization access role', rolePattern: options.accountAccessRole ?? 'OrganizationAccountAccessRole', needs: [...PLATFORM_NEEDS.accountAccess] },
      { name: 'break-glass role', rolePattern: options.breakGlassRole ?? 'break-glass', needs: [...PLATFORM_NEEDS.breakGlass] },
      ...(options.acceptsPeerings ?? false ? [{ name: 'network settings', rolePattern: `${ACCEPTING_ROLE_PATH}*`, needs: [...PLATFORM_NEEDS.networkSettings] }] : []),
      ...(options.setsAccounts ?? false ? [{ name: 'account settings', rolePattern: `${ACCOUNT_SETTING_ROLE_PATH}*`, needs: [...PLATFORM_NEEDS.accountSettings] }] : []),
      ...(options.configuresDetection ?? false ? [{ name: 'detection settings', rolePattern: `${DETECTION_ROLE_PATH}*`, needs: [...PLATFORM_NEEDS.detectionSettings] }] : []),
      {
        name: 'Identity Center provisioning',
        rolePattern: 'aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO',
        needs: [...PLATFORM_NEEDS.identityCenter],
        isServiceLinked: true,
      },
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

  /** ARN patterns of the roles in any account of a partition, for a statement to exempt; service-linked roles need no exemption. */
  public arnPatterns(partition: string = 'aws'): string[] {
    return this.principals.filter(({ isServiceLinked }) => !isServiceLinked).map(({ rolePattern }) => `arn:${partition}:iam::*:role/${rolePattern}`);
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
  /**
   * Whether the role that accepts peerings of hubs is one of them. Needed where a control that denies accepting, as LZ.NETWORK.2 and LZ.SANDBOX.1 do, reaches the network account.
   *
   * @default false
   */
  readonly acceptsPeerings?: boolean;
  /**
   * Whether the role of `AccountSettings`, `SystemsManager` and `AccountQuotas` is one of them. Needed where a control that denies what it sets, as LZ.IAM.5, LZ.SSM.1 and the one on contacts do, reaches an account
   * that gets the settings.
   *
   * @default false
   */
  readonly setsAccounts?: boolean;
  /**
   * Whether the role that sets up GuardDuty and Macie for the organization is one of them. Needed where LZ.SECURITY.2 reaches the account that administers it; better keep that control away from there.
   *
   * @default false
   */
  readonly configuresDetection?: boolean;
}
