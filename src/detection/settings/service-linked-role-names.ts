/** Names of the roles that AWS gives its services (AWS Managed Policy Reference, AccessAnalyzerServiceRolePolicy and AmazonGuardDutyMalwareProtectionServiceRolePolicy; Amazon CloudWatch User Guide, "Using service-linked roles"; Amazon Security Lake User Guide, "Using service-linked roles"; read 2026-11-23). */
export const SERVICE_LINKED_ROLES: { readonly [service: string]: string } = {
  'access-analyzer.amazonaws.com': 'AWSServiceRoleForAccessAnalyzer',
  'logs-centralization.observabilityadmin.amazonaws.com': 'AWSServiceRoleForObservabilityAdmin_LogsCentralization',
  'malware-protection.guardduty.amazonaws.com': 'AWSServiceRoleForAmazonGuardDutyMalwareProtection',
  'observabilityadmin.amazonaws.com': 'AWSServiceRoleForObservabilityAdmin',
  'resource-management.securitylake.amazonaws.com': 'AWSServiceRoleForSecurityLakeResourceManagement',
  'securitylake.amazonaws.com': 'AWSServiceRoleForSecurityLake',
};
