import { CheckResult, Finding } from './check-result';
import { OrganizationModel } from '../../model/organization-model';
import { POLICY_TYPES, PolicyTypeFacts } from '../../model/policy-types';

/** Service control policies that AWS Control Tower attaches to a unit it governs, at most (landing zone 4.0, read 2026-11-22). */
const CONTROL_TOWER_SLOTS = 3;

/** Every target within the number of policies of a type it can carry, every document within its size. */
export function quotas(model: OrganizationModel): CheckResult {
  const findings: Finding[] = [];
  const used: string[] = [];
  let facts = 0;
  for (const facts_ of POLICY_TYPES) {
    const limits = limitsOf(facts_, model);
    const policies = model.data.policies.filter(({ type }) => type === facts_.type);
    if (policies.length === 0) continue;
    for (const { name, bytes, origin } of policies) {
      facts += 1;
      if (bytes > limits.maxBytes) {
        findings.push({
          rule: 'LZ.QUOTA', severity: 'error', origins: [origin],
          message: `${facts_.label} ${name} has ${n(bytes)} bytes minified, AWS allows ${n(limits.maxBytes)}`,
          hint: 'Split it, or drop statements that another one covers.',
        });
      }
    }
    let most = 0;
    for (const target of [...model.units, ...model.accounts]) {
      const attached = model.attached(target.id, facts_.type);
      if (attached.length === 0) continue;
      facts += 1;
      const total = attached.length + limits.reserved;
      most = Math.max(most, total);
      if (total > limits.maxPerTarget) {
        const where = target.kind === 'account' ? `${target.unitPath}/${target.key}` : target.path;
        findings.push({
          rule: 'LZ.QUOTA', severity: 'error', origins: attached.map(({ origin }) => origin),
          message: `${where} would carry ${total} ${facts_.label}s, AWS allows ${limits.maxPerTarget} (${limits.words})`,
          hint: 'Merge policies, or attach some to a unit above or below: inherited ones do not count.',
          details: [`attached: ${attached.map(({ name }) => name).join(', ')}`],
        });
      }
    }
    used.push(`${facts_.label} ${most} of ${limits.maxPerTarget} per target at most, largest ${n(Math.max(...policies.map(({ bytes }) => bytes)))} of ${n(limits.maxBytes)} bytes`);
  }
  return { id: 'LZ.QUOTA', title: 'Quotas', proved: facts, findings, summary: used.join(' · ') };
}

function limitsOf(facts: PolicyTypeFacts, model: OrganizationModel) {
  const override = model.data.quotas[facts.type] ?? {};
  const tower = override.reservedSlots ?? (model.data.controlTower && facts.type === 'SERVICE_CONTROL_POLICY' ? CONTROL_TOWER_SLOTS : 0);
  const managed = facts.awsManaged ? 1 : 0;
  const words = [...(facts.awsManaged ? [`${facts.awsManaged} takes one`] : []), ...(tower > 0 ? [`${tower} are reserved`] : [])];
  return {
    maxBytes: override.maxBytes ?? facts.maxBytes,
    maxPerTarget: override.maxPerTarget ?? facts.maxPerTarget,
    reserved: managed + tower,
    words: words.length > 0 ? words.join(', ') : 'inherited ones do not count',
  };
}

function n(number: number): string {
  return number.toLocaleString('en-US');
}
