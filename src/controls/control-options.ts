/** What the landing zone's own resources are called. */
export interface PlatformNamesOptions {
  /** How their names begin. @default ['aws-controltower', 'aws-accelerator', 'landing-zone'] */
  readonly namePrefixes?: string[];
}

/** Who keeps the log archive, and what it is called. */
export interface LogProtectionOptions {
  /** Role for emergencies, with its path: the only one that deletes. The same as in `PlatformPrincipals`. @default 'break-glass' */
  readonly breakGlassRole?: string;
  /** Patterns of the roles that deploy the archive and change what its buckets are like; none seals it for everyone but break-glass. @default ['cdk-hnb659fds-*'] */
  readonly deploymentRoles?: string[];
  /** How the names of the buckets begin. @default ['aws-controltower', 'aws-accelerator', 'landing-zone', 'aws-waf-logs'] */
  readonly namePrefixes?: string[];
}

/** Which permissions boundary roles must have. */
export interface PermissionsBoundaryOptions {
  /** Name of the managed policy, with its path; the same in every account. @default - any boundary, for LZ.IAM.10; 'landing-zone/boundary', for LZ.IAM.12 */
  readonly policyName?: string;
}

/** Accounts outside the organization that a perimeter lets through. */
export interface PerimeterOptions {
  /** Account ids, of vendors for example. @default - none */
  readonly trustedAccounts?: string[];
}

/** Networks that instances may use besides VPC endpoints of the organization. */
export interface EndpointOptions {
  /** Address ranges: of NAT gateways, or of the company. @default - none */
  readonly sourceRanges?: string[];
}

/** The least TLS version of a request. */
export interface TlsOptions {
  /** `1.2` or `1.3`. @default '1.3' */
  readonly minimumVersion?: string;
}

/** The organization's part of an identity provider whose issuer serves many companies. */
export interface OidcTenant {
  /** Issuer without `https://`: `token.actions.githubusercontent.com`. */
  readonly issuer: string;
  /** Pattern of the subject of the organization's tokens: `repo:acme/*`. */
  readonly subject: string;
}

/** Which web identities are trusted. */
export interface WebIdentityOptions {
  /** For each shared issuer, whose tokens pass; an issuer that is not listed is left to the trust policies of roles. @default - none */
  readonly tenants?: OidcTenant[];
}

/** Which services may be used. */
export interface ServiceOptions {
  /** Prefixes of the services that nobody uses: `lightsail`. @default ['braket', 'groundstation', 'lightsail', 'mechanicalturk'] */
  readonly denied?: string[];
  /** Prefixes of all services that may be used, `s3`; any other is denied. Overrides `denied`. @default - all that are not denied */
  readonly approved?: string[];
}

/** Which types of EC2 instances may be launched; patterns with `*` and `?`. */
export interface InstanceTypeOptions {
  /** Types that are denied. @default - metal, more than 31 virtual CPUs, accelerators, the largest memories, Mac */
  readonly denied?: string[];
  /** The only types that are not denied: `['t3.*', 't4g.*']`. Overrides `denied`. @default - all that are not denied */
  readonly allowed?: string[];
}

/** Whose machine images may be used. */
export interface ImageOptions {
  /** Account ids, or `amazon`, `aws_marketplace`, `aws_backup_vault`. @default ['amazon'] */
  readonly providers?: string[];
  /** Whether other images are only reported, and go on working. @default false */
  readonly auditOnly?: boolean;
}

/** How far VPCs are cut off from internet gateways. */
export interface InternetBlockOptions {
  /** Whether traffic to the internet is blocked too; else NAT gateways and egress-only gateways go on working. @default false */
  readonly bidirectional?: boolean;
  /** Whether an account may exempt a VPC or a subnet, for a load balancer for example. @default false */
  readonly exclusionsAllowed?: boolean;
}

/** Tags that resources carry. */
export interface TagOptions {
  /** Keys, in the spelling they must have. @default ['owner', 'cost-center', 'environment'] */
  readonly keys?: string[];
}

/** Tags and their values. */
export interface TagPolicyOptions extends TagOptions {
  /** Values by key; each with one `*` at most. A key that is not listed takes any value. @default - any value */
  readonly values?: { [key: string]: string[] };
  /**
   * By key: resource types on which AWS refuses tags with another spelling or value (`s3:bucket`, `ec2:ALL_SUPPORTED`); those of AWS's table alone,
   * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_supported-resources-enforcement.html. @default - none: what is wrong is reported
   */
  readonly enforcedFor?: { [key: string]: string[] };
}

/** How long a key waits for its deletion. */
export interface KeyDeletionOptions {
  /** Days in which the deletion can be called off, 8 to 30; AWS itself takes no less than 7. @default 30 */
  readonly days?: number;
}

/** Who buys commitments. */
export interface BuyerOptions {
  /**
   * Role, with its path, that buys reservations and Savings Plans: `finops/buyer`, or that of a permission set,
   * `aws-reserved/sso.amazonaws.com/*AWSReservedSSO_FinOps_*`. Only the platform makes and changes roles of this name then.
   * @default - the platform alone
   */
  readonly buyerRole?: string;
}

/** What is backed up where, when and for how long. */
export interface BackupPlanOptions {
  /** Key of the tag that asks for a backup. @default 'backup' */
  readonly tagKey?: string;
  /** Values of that tag that this plan serves. @default ['daily'] */
  readonly tagValues?: string[];
  /** When backups start, in UTC. @default 'cron(0 3 ? * * *)' */
  readonly schedule?: string;
  /** Days after which a backup is deleted. @default 35 */
  readonly retentionDays?: number;
  /** Vault, which must exist in each account and Region. @default 'Default' */
  readonly vaultName?: string;
  /** Role of AWS Backup with its path, which must exist in each account. @default 'service-role/AWSBackupDefaultServiceRole' */
  readonly roleName?: string;
}

/** Who connects networks. */
export interface HubOptions {
  /** Account ids whose stacks may hold internet gateways, NAT gateways, transit gateways and VPN connections: those of egress, ingress and the hub. @default - such gateways are not looked at */
  readonly networkAccounts?: string[];
}
