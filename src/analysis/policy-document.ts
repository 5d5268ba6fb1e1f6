/** A JSON policy in the IAM language, as AWS accepts it: single values or lists. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: PolicyStatementJson | readonly PolicyStatementJson[];
}

export type OneOrMany = string | readonly string[];
export type PrincipalJson = '*' | { readonly [kind: string]: OneOrMany };
export type ConditionValue = string | number | boolean;
export type ConditionJson = { readonly [operator: string]: { readonly [key: string]: ConditionValue | readonly ConditionValue[] } };

/** One statement as written. Exactly one of Action and NotAction; identity and service control policies have no Principal. */
export interface PolicyStatementJson {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Principal?: PrincipalJson;
  readonly NotPrincipal?: PrincipalJson;
  readonly Condition?: ConditionJson;
}

/** A policy with the name a reader knows it by. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The policies attached at one level of the organization: the root, a unit, the account. */
export interface PolicyLevel {
  /** `Root`, `Root/Workloads`, `Root/Workloads/Prod`, `Root/Workloads/Prod/payments-prod`. */
  readonly level: string;
  readonly policies: readonly NamedPolicy[];
}

/** Everything of an organization that decides on a request to or from one account. */
export interface AccountPolicies {
  readonly account: { readonly id: string; readonly name: string; readonly isManagement: boolean };
  /** @default 'aws' */
  readonly partition?: string;
  readonly organizationId: string;
  /** `o-example/r-ab12/ou-ab12-11111111/`, the form of `aws:PrincipalOrgPaths`. */
  readonly organizationPath: string;
  /** Service control policies, root first, account last. */
  readonly serviceControl: readonly PolicyLevel[];
  /** Resource control policies, root first, account last. */
  readonly resourceControl: readonly PolicyLevel[];
  /** What a reader could not resolve, by name. Anything here means the answer is never `allowed`. */
  readonly unknown: readonly string[];
}
