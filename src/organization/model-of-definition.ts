import { OrganizationIds } from './organization-ids';
import { policySize } from '../analysis/packing';
import { Control } from '../controls/control';
import { controlFacts } from '../controls/control-facts';
import { ControlSet } from '../controls/control-set';
import { Controls } from '../controls/controls';
import { GuardrailGroup, planGuardrails } from '../controls/guardrail-plan';
import { PlatformPrincipals } from '../controls/platform-principals';
import { ZoneValues } from '../controls/render';
import { OrganizationLock } from '../model/lock-file';
import { AccountDefinition, OrganizationDefinition, Problem, TargetDefinition, UnitDefinition } from '../model/organization-definition';
import { AccountNode, OrganizationModel, OrganizationPolicy, UnitNode } from '../model/organization-model';

/** What a definition does not say. */
export interface DefinitionContext {
  readonly lock?: OrganizationLock;
  /** @default PlatformPrincipals.standard() */
  readonly platform?: PlatformPrincipals;
}

/**
 * The model of an organization as its file says it, with the policies that its control sets will become.
 * The same plan as in the constructs: a test holds both to the same model.
 */
export function modelOfDefinition(definition: OrganizationDefinition, context: DefinitionContext = {}): { model: OrganizationModel; problems: Problem[] } {
  const ids = new OrganizationIds(context.lock);
  const platform = context.platform ?? PlatformPrincipals.standard();
  const managementId = ids.managementAccount(definition.managementAccount.key);
  const values: ZoneValues = {
    organizationId: ids.organization.id,
    managementAccountId: managementId.id,
    partition: 'aws',
    homeRegion: definition.regions?.home,
    allowedRegions: definition.regions?.allowed ?? [],
    platformPrincipalArns: platform.arnPatterns(),
  };
  const groups: { group: GuardrailGroup; id: string; target: TargetDefinition }[] = [];
  const written = new Map<string, { policy: OrganizationPolicy; targetIds: string[] }>();

  const collect = (path: string, id: string, target: TargetDefinition) => {
    groups.push(...groupsOf(path, target).map((group) => ({ group, id, target })));
    for (const policy of target.policies) {
      const key = `${policy.type}/${policy.name}`;
      const entry = written.get(key) ?? {
        targetIds: [],
        policy: {
          name: policy.name, type: policy.type, content: policy.content, bytes: policySize(policy.content), targetIds: [], controls: [], unresolved: [],
          origin: { place: { file: policy.file } },
        },
      };
      if (!entry.targetIds.includes(id)) entry.targetIds.push(id);
      written.set(key, entry);
    }
  };
  const accountNode = (account: AccountDefinition, unitPath: string): AccountNode => {
    const known = ids.account(account.key, account.email);
    collect(`${unitPath}/${account.key}`, known.id, account);
    return {
      kind: 'account', key: account.key, name: account.name, id: known.id, email: account.email, unitPath, isManagement: false,
      isPlaceholder: known.isPlaceholder, tags: account.tags, ...(account.life && { life: account.life }), origin: { place: account.place },
    };
  };
  const unitNode = (unit: UnitDefinition, above: readonly string[]): UnitNode => {
    const isRoot = unit.path === 'Root';
    const names = isRoot ? [] : [...above, unit.name];
    const id = isRoot ? ids.root.id : ids.unit(unit.path.slice('Root/'.length), names).id;
    const units = unit.units.map((child) => unitNode(child, names));
    const accounts = unit.accounts.map((account) => accountNode(account, unit.path));
    collect(unit.path, id, unit);
    return {
      kind: isRoot ? 'root' : 'unit', key: unit.key, name: unit.name, id, path: unit.path, units, controlSets: unit.controlSets,
      accounts: isRoot ? [managementNode(definition.managementAccount, managementId), ...accounts] : accounts,
      origin: { place: unit.place },
    };
  };

  const root = unitNode(definition.root, []);
  const problems: Problem[] = [];
  const planned = groups.flatMap(({ group, id, target }) => {
    const plan = planGuardrails([group], values);
    problems.push(...plan.problems.map((message) => ({ place: target.place, message })));
    return plan.policies.map((policy): OrganizationPolicy => ({
      name: policy.name, type: policy.type, content: policy.content, bytes: policy.bytes, targetIds: [id], controls: policy.controls, unresolved: [],
      origin: { place: target.place },
    }));
  });
  const controls = new Map(groups.flatMap(({ group }) => group.controls.map((control) => [control.id, control])));
  const model = new OrganizationModel({
    source: definition.file,
    organizationId: ids.organization.id,
    root,
    managementAccount: root.accounts[0]!,
    policies: [...planned, ...[...written.values()].map(({ policy, targetIds }) => ({ ...policy, targetIds }))],
    platform: platform.principals.map(({ name, rolePattern, needs }) => ({ name, principal: `role/${rolePattern}`, needs })),
    controls: [...controls.values()].flatMap((control) => controlFacts(control, values)),
    quotas: {},
    controlTower: definition.controlTower ?? false,
    homeRegion: definition.regions?.home,
    allowedRegions: definition.regions?.allowed ?? [],
    unresolved: [],
  });
  return { model, problems };
}

function managementNode(account: AccountDefinition, known: { id: string; isPlaceholder: boolean }): AccountNode {
  return {
    kind: 'account', key: account.key, name: account.name, id: known.id, email: account.email, unitPath: 'Root', isManagement: true,
    isPlaceholder: known.isPlaceholder, tags: account.tags, origin: { place: account.place },
  };
}

/** A control that two sets of a target share belongs to the first. */
function groupsOf(targetPath: string, target: TargetDefinition): GuardrailGroup[] {
  const here = new Set<string>();
  const fresh = (controls: readonly Control[]) => controls.filter(({ id }) => !here.has(id) && here.add(id));
  const sets = target.controlSets.map((name) => ({ targetPath, group: name, controls: fresh(ControlSet.byName(name)!.controls) }));
  const own = fresh(target.controls.map((id) => Controls.byId(id)!));
  return own.length > 0 ? [...sets, { targetPath, group: 'own', controls: own }] : sets;
}
