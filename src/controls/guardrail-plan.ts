import { createHash } from 'crypto';
import { Control } from './control';
import { fill, MissingZoneValue, renderStatements, ZoneValues } from './render';
import { packStatements, policySize } from '../analysis/packing';
import { POLICY_TYPES, policyType } from '../model/policy-types';

/** Controls enabled together on one target; packed together, so that another group never moves their statements. */
export interface GuardrailGroup {
  /** `Root/Workloads/Prod`, or an account's path below its unit. */
  readonly targetPath: string;
  /** Name of the control set, or `own` for single controls. */
  readonly group: string;
  /** In order of declaration; append only. */
  readonly controls: readonly Control[];
}

/** A policy to create and attach to one target. */
export interface PlannedPolicy {
  readonly targetPath: string;
  /** Stable below its target: `service-control/foundational-1`. */
  readonly key: string;
  /** Name in AWS: unique for its type in the organization, at most 128 characters. */
  readonly name: string;
  readonly type: string;
  readonly content: any;
  readonly bytes: number;
  /** Ids of the controls in it. */
  readonly controls: readonly string[];
}

export interface GuardrailPlan {
  readonly policies: readonly PlannedPolicy[];
  /** What could not be planned, for people. */
  readonly problems: readonly string[];
}

/**
 * The policies that enforce groups of controls: statements of one group, first fit in declaration order.
 * Appending a control to a group, or adding a group, moves no statement.
 */
export function planGuardrails(groups: readonly GuardrailGroup[], values: ZoneValues): GuardrailPlan {
  const policies: PlannedPolicy[] = [];
  const problems: string[] = [];
  for (const group of groups) {
    const controls = group.controls.filter((control) => canRender(control, group, values, problems));
    for (const facts of POLICY_TYPES) {
      if (facts.iamLanguage) policies.push(...packGroup(group, controls, facts.type, values, problems));
      else policies.push(...managementPolicies(group, controls, facts.type, values));
    }
  }
  return { policies, problems };
}

function canRender(control: Control, group: GuardrailGroup, values: ZoneValues, problems: string[]): boolean {
  try {
    for (const facts of POLICY_TYPES) renderStatements(control, facts.type, values);
    fill([control.preventive.map((mechanism) => mechanism.content ?? null), control.proof.denies, control.proof.allows], values);
    return true;
  } catch (error) {
    if (!(error instanceof MissingZoneValue)) throw error;
    problems.push(`${control.id} on ${group.targetPath} needs ${error.placeholder}, which the zone does not say. `
      + (error.placeholder.endsWith('Regions}') || error.placeholder.endsWith('Region}') ? 'Give the zone a RegionStandard.' : 'Give the zone that value.'));
    return false;
  }
}

function packGroup(group: GuardrailGroup, controls: readonly Control[], type: string, values: ZoneValues, problems: string[]): PlannedPolicy[] {
  const facts = policyType(type)!;
  const items = controls.map((control) => ({ key: control.id, statements: renderStatements(control, type, values) })).filter(({ statements }) => statements.length > 0);
  const packed = packStatements(items, { maxBytes: facts.maxBytes, maxCount: facts.maxPerTarget - (facts.awsManaged ? 1 : 0) });
  problems.push(...packed.problems.map((problem) => `${group.group} on ${group.targetPath}: ${problem}`));
  return packed.policies.map((policy, index) => ({
    targetPath: group.targetPath,
    key: `${facts.name}/${group.group}-${index + 1}`,
    name: policyName(group.targetPath, `${group.group}-${index + 1}`),
    type,
    content: policy.document,
    bytes: policy.bytes,
    controls: policy.items,
  }));
}

/** Management policies are one a control: their inheritance operators do not mix. */
function managementPolicies(group: GuardrailGroup, controls: readonly Control[], type: string, values: ZoneValues): PlannedPolicy[] {
  const facts = policyType(type)!;
  return controls.flatMap((control) => control.preventive.filter((mechanism) => mechanism.policyType === type).map((mechanism, index) => {
    const content = fill(mechanism.content, values);
    const suffix = control.id + (index === 0 ? '' : `-${index + 1}`);
    return {
      targetPath: group.targetPath,
      key: `${facts.name}/${suffix}`,
      name: policyName(group.targetPath, suffix),
      type,
      content,
      bytes: policySize(content),
      controls: [control.id],
    };
  }));
}

const MAX_NAME = 128;

/** `foundational-1` at the root, `Workloads/Prod/workload-1` below it; shortened with a hash of the whole where AWS would refuse it. */
function policyName(targetPath: string, suffix: string): string {
  const below = targetPath.split('/').slice(1);
  const name = [...below, suffix].join('/');
  if (name.length <= MAX_NAME) return name;
  const hash = createHash('sha256').update(`${targetPath}/${suffix}`).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_NAME - suffix.length - 10)}-${hash}/${suffix}`;
}
