/** Names of the roles that AWS gives its services (AWS Managed Policy Reference, AccessAnalyzerServiceRolePolicy and AmazonGuardDutyMalwareProtectionServiceRolePolicy, read 2026-11-23). */
export const SERVICE_LINKED_ROLES: { readonly [service: string]: string } = {
  'access-analyzer.amazonaws.com': 'AWSServiceRoleForAccessAnalyzer',
  'malware-protection.guardduty.amazonaws.com': 'AWSServiceRoleForAmazonGuardDutyMalwareProtection',
};
