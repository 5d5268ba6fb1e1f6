/** What something is delivered to: the root, a unit or an account of the organization. */
export interface IDeploymentTarget {
  /** `Root`, `Root/Workloads/Prod`, `Root/Workloads/Prod/payments-prod`. */
  readonly targetPath: string;
  /** Id or reference, valid in the stack of the resource. */
  readonly targetId: string;
}
