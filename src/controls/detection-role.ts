/**
 * Path of the roles that set up what detects. Policies of the organization recognize all of them by it, as a role's ARN, which `aws:PrincipalArn` holds, has its path
 * (IAM User Guide, "IAM ARNs" and "AWS global condition context keys", read 2026-11-23).
 */
export const DETECTION_ROLE_PATH = 'landing-zone-detection/';
