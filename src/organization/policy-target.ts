import { OrganizationPolicyDocument } from './policy-document-source';

/** What policies attach to: the root, a unit, an account. */
export interface IPolicyTarget {
  /** `Root`, `Root/Workloads/Prod`, `Root/Workloads/Prod/payments-prod`. */
  readonly targetPath: string;
  /** Id or reference, valid in the stack of the resource. */
  readonly targetId: string;
  /** Attaches a policy. */
  attachPolicy(policy: OrganizationPolicyDocument): void;
}
