import { PolicyDocument } from '../policy-document';

/** A rule of the policy lint, and what it looks for. */
export const LINT_RULES = {
  'LZ.LINT.1': 'An action that AWS does not have',
  'LZ.LINT.2': 'A condition key that the actions do not have',
  'LZ.LINT.3': 'A statement, an action or a value of it, that can never apply',
  'LZ.LINT.4': 'A statement that another one covers',
  'LZ.LINT.5': 'An exemption that exempts everyone, or nobody',
  'LZ.LINT.6': 'An allow list that another level cuts off, or that cuts off services',
  'LZ.LINT.7': 'What this type of policy does not reach',
  'LZ.LINT.8': 'A test of presence that does not test what it seems to',
} as const;

export type LintRule = keyof typeof LINT_RULES;

/** An organization policy in the IAM language. */
export interface LintPolicy {
  readonly name: string;
  readonly kind: 'service-control' | 'resource-control';
  readonly document: PolicyDocument;
  /** Id of the management account, which organization policies do not bind. @default - not known */
  readonly managementAccountId?: string;
}

/** Something in a policy that is almost certainly a mistake. Never a proof: AWS's reference lists keys and resources incompletely. */
export interface LintFinding {
  readonly rule: LintRule;
  /** Name of the policy; that of the level where it is about a level as a whole. */
  readonly policy: string;
  /** Sid, or `#3`; `-` where it is about no statement. */
  readonly statement: string;
  /** `s3:GetObjectt matches no action of AWS`. */
  readonly what: string;
  /** Why it matters: `what it is to deny stays allowed`. */
  readonly why: string;
  /** What to do: `Write s3:GetObject.` */
  readonly fix: string;
}
