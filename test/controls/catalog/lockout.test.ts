import { VALUES } from './zone-values';
import { neverLockedOut } from '../../../src/compliance/checks/lockout';
import { quotas } from '../../../src/compliance/checks/quotas';
import { ControlSet } from '../../../src/controls/control-set';
import { Controls } from '../../../src/controls/controls';
import { planGuardrails } from '../../../src/controls/guardrail-plan';
import { PlatformPrincipals } from '../../../src/controls/platform-principals';
import { OrganizationModel } from '../../../src/model/organization-model';
import { organization } from '../../compliance/checks/organizations';

const PLATFORM = PlatformPrincipals.standard().principals.map(({ name, rolePattern, needs }) => ({ name, principal: `role/${rolePattern}`, needs }));

/** An organization of one account with sets of controls at the root and at its unit, beside AWS Control Tower. */
function modelOf(root: readonly ControlSet[], unit: readonly ControlSet[]): OrganizationModel {
  const groups = [...root.map((set) => ['Root', set] as const), ...unit.map((set) => ['Root/Unit', set] as const)]
    .map(([targetPath, set]) => ({ targetPath, group: set.groupName, controls: set.controls }));
  const { policies, problems } = planGuardrails(groups, { ...VALUES, organizationId: 'o-abcdefghij', platformPrincipalArns: PlatformPrincipals.standard().arnPatterns() });
  expect(problems).toEqual([]);
  return organization({ units: { Unit: { accounts: ['app'] } } }, policies.map(({ name, type, content, bytes, controls, targetPath }) => ({
    name, type, content, bytes, controls, on: [targetPath],
  })), { platform: PLATFORM, controlTower: true });
}

const SETS = ControlSet.names().map((name) => ControlSet.byName(name)!);

test.each(SETS.map((set) => [set.name, set] as const))('%s, alone and below foundational, locks the platform out of nothing it needs', (_name, set) => {
  for (const model of [modelOf([set], []), modelOf([ControlSet.foundational()], [set])]) {
    const { findings, proved } = neverLockedOut(model);
    expect(findings).toEqual([]);
    expect(proved).toBeGreaterThan(PLATFORM.flatMap(({ needs }) => needs).length);
  }
});

test.each(SETS.map((set) => [set.name, set] as const))('%s fits the quotas of one target, with the slots that Control Tower takes', (_name, set) => {
  expect(quotas(modelOf([set], [])).findings).toEqual([]);
});

test('the whole catalogue on one account locks the platform out of nothing it needs', () => {
  expect(neverLockedOut(modelOf([], [ControlSet.of('everything', ...Controls.all())])).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a statement that forgets the exemption is found', () => {
  const model = modelOf([ControlSet.foundational()], []);
  const careless = { Sid: 'Careless', Effect: 'Deny' as const, Action: 'iam:*', Resource: '*' };
  const locked = new OrganizationModel({
    ...model.data,
    policies: [...model.data.policies, { ...model.data.policies[0]!, name: 'careless', controls: [], content: { Version: '2012-10-17', Statement: [careless] } }],
  });
  expect(neverLockedOut(locked).findings.map(({ message }) => message).join()).toContain('statement Careless of policy careless');
});
