import { CheckResult, Finding } from './check-result';
import { AccountNode, OrganizationModel, UnitNode } from '../../model/organization-model';
import { policyLimits } from '../../model/policy-limits';
import { POLICY_TYPES } from '../../model/policy-types';

/** Levels of units below the root, and units, of an organization (AWS Organizations quotas, read 2026-11-22). */
const TREE_LIMITS = { levels: 5, units: 2000 };

/** How much of the quotas of one policy type is used. */
export interface QuotaUsage {
  /** CloudFormation's name of the type. */
  readonly type: string;
  readonly label: string;
  /** Policies of the target that has most, the AWS-managed one and reserved slots among them. */
  readonly mostPerTarget: number;
  readonly maxPerTarget: number;
  /** Bytes of the largest document. */
  readonly largestBytes: number;
  readonly maxBytes: number;
}

/** Every target within the number of policies of a type it can carry, every document within its size, the tree within its depth. */
export function quotas(model: OrganizationModel): CheckResult & { readonly usage: readonly QuotaUsage[] } {
  const findings: Finding[] = treeFindings(model);
  const usage: QuotaUsage[] = [];
  let proved = findings.length === 0 ? 2 : 0;
  for (const facts of POLICY_TYPES) {
    const limits = policyLimits(facts, model);
    const policies = model.data.policies.filter(({ type }) => type === facts.type);
    if (policies.length === 0) continue;
    for (const { name, bytes, unresolved, origin } of policies) {
      if (bytes === 0) {
        findings.push({
          rule: 'LZ.QUOTA',
          severity: 'warning',
          origins: [origin],
          message: `the size of ${facts.label} ${name} is not known, AWS allows ${n(limits.maxBytes)} bytes: ${unresolved.join('; ')}`,
          hint: 'Make it resolvable at synth, or count its bytes yourself.',
        });
      } else if (bytes > limits.maxBytes) {
        findings.push({
          rule: 'LZ.QUOTA',
          severity: 'error',
          origins: [origin],
          message: `${facts.label} ${name} has ${n(bytes)} bytes minified, AWS allows ${n(limits.maxBytes)}: ${n(bytes - limits.maxBytes)} too many`,
          hint: 'Split it, or drop statements that another one covers.',
        });
      } else {
        proved += 1;
      }
    }
    let most = 0;
    for (const target of [...model.units, ...model.accounts]) {
      const attached = model.attached(target.id, facts.type);
      if (attached.length === 0) continue;
      const total = attached.length + limits.reserved;
      most = Math.max(most, total);
      if (total <= limits.maxPerTarget) {
        proved += 1;
        continue;
      }
      findings.push({
        rule: 'LZ.QUOTA',
        severity: 'error',
        origins: attached.map(({ origin }) => origin),
        message: `${pathOf(target)} would carry ${total} ${facts.label}s, AWS allows ${limits.maxPerTarget} (${limits.words})`,
        hint: 'Merge policies, or attach some to a unit above or below: inherited ones do not count.',
        details: [`attached: ${attached.map(({ name }) => name).join(', ')}`],
      });
    }
    usage.push({
      type: facts.type,
      label: facts.label,
      mostPerTarget: most,
      maxPerTarget: limits.maxPerTarget,
      largestBytes: Math.max(...policies.map(({ bytes }) => bytes)),
      maxBytes: limits.maxBytes,
    });
  }
  return { id: 'LZ.QUOTA', title: 'Quotas', proved, findings, usage, summary: usage.map(wordsOf).join(' · ') };
}

function wordsOf({ label, mostPerTarget, maxPerTarget, largestBytes, maxBytes }: QuotaUsage): string {
  return `${label} ${mostPerTarget} of ${maxPerTarget} per target at most, largest ${n(largestBytes)} of ${n(maxBytes)} bytes`;
}

function treeFindings(model: OrganizationModel): Finding[] {
  const units = model.units.filter(({ kind }) => kind === 'unit');
  const levelOf = ({ path }: UnitNode) => path.split('/').length - 1;
  const findings = units.filter((unit) => levelOf(unit) > TREE_LIMITS.levels).map((unit): Finding => ({
    rule: 'LZ.QUOTA',
    severity: 'error',
    origins: [unit.origin],
    message: `unit ${unit.path} is at level ${levelOf(unit)}, AWS allows ${TREE_LIMITS.levels} levels of units below the root`,
    hint: 'Move it up.',
  }));
  if (units.length <= TREE_LIMITS.units) return findings;
  const message = `the organization has ${n(units.length)} units, AWS allows ${n(TREE_LIMITS.units)}`;
  return [...findings, { rule: 'LZ.QUOTA', severity: 'error', message, hint: 'Merge units whose policies are the same.', origins: [model.data.root.origin] }];
}

function pathOf(target: UnitNode | AccountNode): string {
  return target.kind === 'account' ? `${target.unitPath}/${target.key}` : target.path;
}

function n(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
