/** What the landing zone's own resources are called. */
export interface PlatformNamesOptions {
  /** How their names begin. @default ['aws-controltower', 'aws-accelerator', 'landing-zone'] */
  readonly namePrefixes?: string[];
}

/** Which permissions boundary roles must have. */
export interface PermissionsBoundaryOptions {
  /** Name of the managed policy, with its path; the same in every account. @default - any boundary */
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
