/** Limits of endpoints, as AWS or your agreement with it says. */
export interface EndpointLimits {
  /** Interface endpoints of a VPC, with those of Gateway Load Balancers. @default 50 */
  readonly perVpc?: number;
}

/** AWS PrivateLink, "AWS PrivateLink quotas" (read 2026-11-23). The size of a policy is fixed, white space included. */
export const ENDPOINT_LIMITS = { perVpc: 50, policyCharacters: 20_480 };
