/** Values of a rule's parameters by their names. */
export interface RuleParameters {
  readonly [name: string]: string;
}

/** Parameters that rules do not do without, with AWS's own defaults where it has some (AWS Config Developer Guide, "List of AWS Config Managed Rules", read 2026-11-23). */
export const DEFAULT_PARAMETERS: { readonly [rule: string]: RuleParameters } = {
  ACCESS_KEYS_ROTATED: { maxAccessKeyAge: '90' },
  BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK: { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' },
  BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK: { requiredRetentionDays: '35' },
  IAM_PASSWORD_POLICY: {
    MaxPasswordAge: '90', MinimumPasswordLength: '14', PasswordReusePrevention: '24', RequireLowercaseCharacters: 'true', RequireNumbers: 'true', RequireSymbols: 'true', RequireUppercaseCharacters: 'true',
  },
  IAM_USER_UNUSED_CREDENTIALS_CHECK: { maxCredentialUsageAge: '90' },
  NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS: { statelessDefaultActions: 'aws:forward_to_sfe,aws:drop' },
};

/** Rules that ask what only the organization can say, and the parameter they ask it by. */
export const ASKING: { readonly [rule: string]: string } = {
  APPROVED_AMIS_BY_ID: 'amiIds',
  DESIRED_INSTANCE_TYPE: 'instanceType',
  REQUIRED_TAGS: 'tag1Key',
};

/** Rules on what an account has once: one Region looks at them. */
export const GLOBAL_RULES: readonly string[] = [
  'ACCESS_KEYS_ROTATED', 'ACCOUNT_PART_OF_ORGANIZATIONS', 'IAM_PASSWORD_POLICY', 'IAM_ROOT_ACCESS_KEY_CHECK', 'IAM_USER_UNUSED_CREDENTIALS_CHECK', 'MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS',
  'ROOT_ACCOUNT_MFA_ENABLED',
];
