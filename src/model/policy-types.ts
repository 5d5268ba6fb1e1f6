/** A policy type of AWS Organizations: its names, its document limit and how many a target can carry. */
export interface PolicyTypeFacts {
  /** Name in data files: `service-control`. */
  readonly name: string;
  /** Name in CloudFormation and the API: `SERVICE_CONTROL_POLICY`. */
  readonly type: string;
  /** Name a reader knows: `SCP`. */
  readonly label: string;
  /** UTF-8 bytes of the document as stored; the API does not strip white space. */
  readonly maxBytes: number;
  /** Policies attached directly to one root, unit or account; inherited ones do not count. */
  readonly maxPerTarget: number;
  /** The policy AWS attaches to every target when the type is enabled; it takes one of `maxPerTarget`. @default - none */
  readonly awsManaged?: string;
  /** Whether the document is in the IAM language (else it is a management policy with inheritance operators). */
  readonly iamLanguage: boolean;
}

/**
 * Limits of AWS Organizations, read 2026-11-22 from
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html (SCP: 10,240 bytes and 10 a target since 2026-05-15).
 */
export const POLICY_TYPES: readonly PolicyTypeFacts[] = [
  {
    name: 'service-control', type: 'SERVICE_CONTROL_POLICY', label: 'SCP', maxBytes: 10_240, maxPerTarget: 10, awsManaged: 'FullAWSAccess', iamLanguage: true,
  },
  {
    name: 'resource-control', type: 'RESOURCE_CONTROL_POLICY', label: 'RCP', maxBytes: 5_120, maxPerTarget: 5, awsManaged: 'RCPFullAWSAccess', iamLanguage: true,
  },
  { name: 'declarative-ec2', type: 'DECLARATIVE_POLICY_EC2', label: 'EC2 declarative policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'backup', type: 'BACKUP_POLICY', label: 'backup policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'tag', type: 'TAG_POLICY', label: 'tag policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'chatbot', type: 'CHATBOT_POLICY', label: 'chat applications policy', maxBytes: 10_000, maxPerTarget: 5, iamLanguage: false },
  { name: 'ai-services-opt-out', type: 'AISERVICES_OPT_OUT_POLICY', label: 'AI opt-out policy', maxBytes: 2_500, maxPerTarget: 5, iamLanguage: false },
  { name: 'security-hub', type: 'SECURITYHUB_POLICY', label: 'Security Hub policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'bedrock', type: 'BEDROCK_POLICY', label: 'Bedrock policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'inspector', type: 'INSPECTOR_POLICY', label: 'Inspector policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  {
    name: 'network-security-director', type: 'NETWORK_SECURITY_DIRECTOR_POLICY', label: 'network security director policy',
    maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false,
  },
  { name: 's3', type: 'S3_POLICY', label: 'S3 policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
  { name: 'upgrade-rollout', type: 'UPGRADE_ROLLOUT_POLICY', label: 'upgrade rollout policy', maxBytes: 10_000, maxPerTarget: 10, iamLanguage: false },
];

/** Facts of a type by either name; undefined when AWS has no such type. */
export function policyType(nameOrType: string): PolicyTypeFacts | undefined {
  return POLICY_TYPES.find((facts) => facts.name === nameOrType || facts.type === nameOrType);
}
