import { OrganizationPolicyDocument } from './policy-document-source';
import { IDeploymentTarget } from '../delivery/deployment-target';

/** What policies attach to: the root, a unit, an account. */
export interface IPolicyTarget extends IDeploymentTarget {
  /** Attaches a policy. */
  attachPolicy(policy: OrganizationPolicyDocument): void;
}
