import { NamedPolicy } from './policy-document';

export type Decision = 'allowed' | 'denied' | 'depends';

/** Context of a request. A key maps to its values; `null` says that the key is known to be absent; a key not listed is open. */
export interface RequestContext {
  readonly [key: string]: string | readonly string[] | null;
}

/** One request, as far as it is known. What is left open makes the answer `depends` when it matters. */
export interface AccessRequest {
  /** `s3:PutBucketPolicy`; one action, no wildcard. */
  readonly action: string;
  /** ARN of the principal, or `role/NAME`, `user/NAME`, `root` in the account. @default - any principal of the account */
  readonly principal?: string;
  /** ARN of the resource; `*` where the action works on none in particular. @default - any resource */
  readonly resource?: string;
  /** @default - every key is open */
  readonly context?: RequestContext;
  /** Identity policies of the principal. @default - not given: assumed to allow */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** Permission boundary of the principal. @default - none */
  readonly permissionsBoundary?: NamedPolicy;
  /** Policy of the resource. @default - not given */
  readonly resourcePolicy?: NamedPolicy;
}

/** A statement (or a missing allow) that decides, or that could decide once an open key is known. */
export interface Reason {
  readonly policy: string;
  /** Sid, or `#3` (counted from 1) where there is none; `-` where no statement allows. */
  readonly statement: string;
  /** The level it is attached at, or `identity`, `boundary`, `resource`. */
  readonly level: string;
  readonly effect: 'Allow' | 'Deny' | 'NoAllow' | 'Exempt' | 'Unknown';
  /** The condition left open, in words. @default - the statement applies whatever the open keys are */
  readonly when?: string;
}

export interface Explanation {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  /** Condition keys (and `principal`, `resource`) the decision hangs on; empty unless it is `depends`. */
  readonly dependsOn: readonly string[];
}
