/**
 * Path of the roles that accept peerings. A path needs no name, so there is one role a stack, and policies of the organization recognize all of them: a role's ARN, which
 * `aws:PrincipalArn` holds, has its path (IAM User Guide, "IAM ARNs" and "AWS global condition context keys", read 2026-11-23).
 */
export const ACCEPTING_ROLE_PATH = 'landing-zone-network/';
