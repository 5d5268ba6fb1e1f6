/**
 * What AWS allows of stack sets and templates, read 2026-11-23:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export const STACK_SET_LIMITS = {
  /** Bytes of a template in `TemplateBody`. */
  bodyBytes: 51_200,
  /** Bytes of a template in S3. */
  templateBytes: 1_048_576,
  resources: 500,
  parameters: 200,
  /** Stack sets of an administrator account. */
  stackSets: 1_000,
  /** Stack sets that one waits for. */
  dependencies: 10,
  /** Such relations of an account. */
  accountDependencies: 100,
} as const;
