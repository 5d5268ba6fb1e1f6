import { organization, PolicySketch, UnitSketch } from './organizations';
import { quotas } from '../../../src/compliance/checks/quotas';
import { POLICY_TYPES } from '../../../src/model/policy-types';

const TREE = { units: { Prod: { accounts: ['web'] } } };
const many = (count: number, on: string, more: Partial<PolicySketch> = {}): PolicySketch[] => (
  Array.from({ length: count }, (_, index) => ({ name: `p${index}`, on: [on], content: { a: 1 }, ...more })));
const check = (policies: readonly PolicySketch[], more = {}) => quotas(organization(TREE, policies, more));
const errors = (policies: readonly PolicySketch[], more = {}) => check(policies, more).findings.map(({ message }) => message);

test.each(POLICY_TYPES.map((facts) => [facts.label, facts] as const))('as many as a target can carry, and one more: %s', (_label, { type, label, maxPerTarget, awsManaged }) => {
  const room = maxPerTarget - (awsManaged ? 1 : 0);
  for (const on of ['Root', 'Root/Prod', 'Root/Prod/web']) {
    expect(errors(many(room, on, { type }))).toEqual([]);
    expect(errors(many(room + 1, on, { type }))).toEqual([
      `${on} would carry ${maxPerTarget + 1} ${label}s, AWS allows ${maxPerTarget} (${awsManaged ? `${awsManaged} takes one` : 'inherited ones do not count'})`,
    ]);
  }
});

test.each(POLICY_TYPES.map((facts) => [facts.label, facts] as const))('as large as a document can be, and a byte more: %s', (_label, { type, label, maxBytes }) => {
  const content = (bytes: number) => ({ a: 'x'.repeat(bytes - 8) });
  expect(errors(many(1, 'Root', { type, content: content(maxBytes) }))).toEqual([]);
  expect(errors(many(1, 'Root', { type, content: content(maxBytes + 1) }))).toEqual([
    `${label} p0 has ${(maxBytes + 1).toLocaleString('en-US')} bytes minified, AWS allows ${maxBytes.toLocaleString('en-US')}: 1 too many`,
  ]);
});

test('bytes, not letters', () => {
  expect(errors(many(1, 'Root', { content: { a: 'é'.repeat(5200) } }))).toEqual(['SCP p0 has 10,408 bytes minified, AWS allows 10,240: 168 too many']);
});

test('inherited policies do not count', () => {
  expect(errors([...many(9, 'Root'), ...many(9, 'Root/Prod'), ...many(9, 'Root/Prod/web')])).toEqual([]);
});

test('Control Tower keeps three slots', () => {
  expect(errors(many(6, 'Root/Prod'), { controlTower: true })).toEqual([]);
  expect(errors(many(7, 'Root/Prod'), { controlTower: true })).toEqual(['Root/Prod would carry 11 SCPs, AWS allows 10 (FullAWSAccess takes one, 3 are reserved)']);
});

test('agreed limits replace the dated ones', () => {
  const agreed = { quotas: { SERVICE_CONTROL_POLICY: { maxPerTarget: 12, maxBytes: 20, reservedSlots: 1 } } };
  expect(errors(many(10, 'Root'), agreed)).toEqual([]);
  expect(errors(many(11, 'Root'), agreed)).toEqual(['Root would carry 13 SCPs, AWS allows 12 (FullAWSAccess takes one, 1 are reserved)']);
  expect(errors(many(1, 'Root', { content: { a: 'x'.repeat(20) } }), agreed)).toEqual(['SCP p0 has 28 bytes minified, AWS allows 20: 8 too many']);
});

test('what a finding says beside its message', () => {
  const { findings } = check(many(10, 'Root/Prod'));
  expect(findings).toMatchObject([{
    rule: 'LZ.QUOTA',
    severity: 'error',
    hint: 'Merge policies, or attach some to a unit above or below: inherited ones do not count.',
    details: ['attached: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9'],
  }]);
  expect(findings[0]!.origins).toHaveLength(10);
});

test('a size that is not known is told', () => {
  expect(check([{ name: 'open', on: ['Root'], unresolved: ['Ref X in stack T'] }]).findings).toMatchObject([{
    severity: 'warning', message: 'the size of SCP open is not known, AWS allows 10,240 bytes: Ref X in stack T',
  }]);
});

test('what is used, as numbers and as a line', () => {
  const { usage, summary, proved } = check([...many(1, 'Root'), ...many(2, 'Root/Prod', { content: { a: 'x'.repeat(6206) } }), ...many(1, 'Root', { type: 'TAG_POLICY' })]);
  expect(usage).toEqual([
    { type: 'SERVICE_CONTROL_POLICY', label: 'SCP', mostPerTarget: 3, maxPerTarget: 10, largestBytes: 6214, maxBytes: 10240 },
    { type: 'TAG_POLICY', label: 'tag policy', mostPerTarget: 1, maxPerTarget: 10, largestBytes: 7, maxBytes: 10000 },
  ]);
  expect(summary).toBe('SCP 3 of 10 per target at most, largest 6,214 of 10,240 bytes · tag policy 1 of 10 per target at most, largest 7 of 10,000 bytes');
  // Four documents, three targets, depth and number of units.
  expect(proved).toBe(9);
});

describe('the tree', () => {
  const deep = (levels: number): UnitSketch => (levels === 0 ? {} : { units: { [`L${levels}`]: deep(levels - 1) } });

  test('five levels, and a sixth', () => {
    expect(quotas(organization(deep(5))).findings).toEqual([]);
    expect(quotas(organization(deep(6))).findings).toMatchObject([{
      rule: 'LZ.QUOTA', message: 'unit Root/L6/L5/L4/L3/L2/L1 is at level 6, AWS allows 5 levels of units below the root', hint: 'Move it up.', origins: [{ logicalId: 'UnitL1' }],
    }]);
  });

  test('2,000 units, and one more', () => {
    const wide = (count: number) => organization({ units: Object.fromEntries(Array.from({ length: count }, (_, index) => [`U${index}`, {}])) });
    expect(quotas(wide(2000)).findings).toEqual([]);
    expect(quotas(wide(2001)).findings).toMatchObject([{ message: 'the organization has 2,001 units, AWS allows 2,000' }]);
  });
});
