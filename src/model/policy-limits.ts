import { OrganizationModel } from './organization-model';
import { PolicyTypeFacts } from './policy-types';

/** Service control policies that AWS Control Tower attaches to a unit it governs, at most (landing zone 4.0, read 2026-11-22). */
const CONTROL_TOWER_SLOTS = 3;

/** Policies that are attached and in no source that is read, for people: what is denied is denied whatever they say, and what is not may be. Undefined where there are none. */
export function unseenPolicies(model: OrganizationModel): string | undefined {
  return model.data.controlTower ? 'policies that AWS Control Tower attaches to units it governs' : undefined;
}

/** What an organization may have of a policy type: AWS's limits, or those that were agreed with AWS. */
export interface PolicyLimits {
  /** UTF-8 bytes of one document. */
  readonly maxBytes: number;
  /** Policies that a target can carry, all counted. */
  readonly maxPerTarget: number;
  /** How many of them are taken: by the AWS-managed policy, and by what is reserved. */
  readonly reserved: number;
  /** What takes them, for people. */
  readonly words: string;
}

/** The limits of a policy type in an organization. */
export function policyLimits(facts: PolicyTypeFacts, model: OrganizationModel): PolicyLimits {
  const override = model.data.quotas[facts.type] ?? {};
  const others = override.reservedSlots ?? (model.data.controlTower && facts.type === 'SERVICE_CONTROL_POLICY' ? CONTROL_TOWER_SLOTS : 0);
  const managed = facts.awsManaged ? 1 : 0;
  const words = [...(facts.awsManaged ? [`${facts.awsManaged} takes one`] : []), ...(others > 0 ? [`${others} are reserved`] : [])];
  return {
    maxBytes: override.maxBytes ?? facts.maxBytes,
    maxPerTarget: override.maxPerTarget ?? facts.maxPerTarget,
    reserved: managed + others,
    words: words.length > 0 ? words.join(', ') : 'inherited ones do not count',
  };
}
