import { evaluate } from '../analysis/evaluate';
import { AccessRequest } from '../analysis/request';
import { Control } from '../controls/control';
import { controlFacts } from '../controls/control-facts';
import { IControlGroup } from '../controls/control-group';
import { GuardrailPlan, planGuardrails, PlannedPolicy } from '../controls/guardrail-plan';
import { PlatformPrincipals } from '../controls/platform-principals';
import { ZoneValues } from '../controls/render';
import { FULL_ACCESS } from '../model/organization-model';
import { Account } from '../organization/account';
import { Organization } from '../organization/organization';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { IPolicyTarget } from '../organization/policy-target';

/** The choices that controls are rendered with. */
export interface GuardrailContext {
  readonly homeRegion: string;
  readonly allowedRegions: readonly string[];
  readonly partition: string;
  readonly platform: PlatformPrincipals;
  /** Controls that a standard has configured: they take the place of those of the same id in control sets. */
  readonly configured: readonly Control[];
}

interface EnabledGroup {
  readonly target: IPolicyTarget;
  readonly controls: Control[];
  plan: GuardrailPlan;
}

/**
 * The controls of a zone and the policies that enforce them.
 *
 * First fit in declaration order never moves what is placed, so policies can be created while controls are still being enabled.
 */
export class Guardrails {
  private readonly groups = new Map<string, EnabledGroup>();
  private readonly enabled = new Map<string, Control>();
  private readonly created = new Set<string>();
  private readonly ignored: string[] = [];
  private readonly values: ZoneValues;
  private readonly listeners: ((target: IPolicyTarget, control: Control) => void)[] = [];

  public constructor(private readonly organization: Organization, private readonly context: GuardrailContext) {
    this.values = {
      organizationId: organization._literalId,
      managementAccountId: organization.managementAccountId,
      partition: context.partition,
      homeRegion: context.homeRegion,
      allowedRegions: context.allowedRegions,
      platformPrincipalArns: context.platform.arnPatterns(context.partition),
    };
    organization._describe({
      homeRegion: context.homeRegion,
      allowedRegions: context.allowedRegions,
      platform: context.platform.principals.map(({ name, rolePattern, needs }) => ({ name, principal: `role/${rolePattern}`, needs })),
    });
  }

  public enable(target: IPolicyTarget, group: IControlGroup): void {
    const key = `${target.targetPath}|${group.groupName}`;
    const known = this.groups.get(key);
    const here = new Map([...this.groups.values()].filter((other) => other.target === target).flatMap(({ controls: enabled }) => enabled.map((control) => [control.id, control])));
    const { configured } = this.context;
    const given = group.groupName === 'own' ? group.controls : group.controls.map((control) => configured.find(({ id }) => id === control.id) ?? control);
    const added = given.filter(({ id }) => !here.has(id));
    if (group.groupName === 'own') this.ignored.push(...given.flatMap((control) => this.ignoredOptions(control, here.get(control.id), target)));
    if (group.groupName !== 'own' && target instanceof OrganizationalUnit && !target._controlSets.includes(group.groupName)) {
      target._controlSets.push(group.groupName);
    }
    const controls = [...(known?.controls ?? []), ...added];
    const plan = planGuardrails([{ targetPath: target.targetPath, group: group.groupName, controls }], this.values);
    const entry: EnabledGroup = { target, controls, plan };
    this.groups.set(key, entry);
    for (const control of added) this.enabled.set(control.id, control);
    this.organization._describe({ controls: [...this.enabled.values()].flatMap((control) => controlFacts(control, this.values)) });
    for (const planned of plan.policies) this.create(key, target, planned);
    for (const listener of this.listeners) for (const control of added) listener(target, control);
  }

  /** Tells of each control that is enabled, and first of those that are enabled already. */
  public tell(listener: (target: IPolicyTarget, control: Control) => void): void {
    for (const { target, controls } of this.groups.values()) for (const control of controls) listener(target, control);
    this.listeners.push(listener);
  }

  /** What could not be planned, for people. */
  public problems(): string[] {
    return [...this.ignored, ...[...this.groups.values()].flatMap((group) => group.plan.problems)];
  }

  /** Accounts that no control names, one of each unit, and those that controls name: for each other account, the same holds as for that of its unit. */
  public representatives(accounts: readonly Account[]): Account[] {
    const named = new Set([...this.groups.values()].map(({ target }) => target.targetPath));
    const units = new Set<string>();
    return accounts.filter(({ targetPath, unit }) => named.has(targetPath) || (!units.has(unit.targetPath) && units.add(unit.targetPath) !== undefined));
  }

  /** Policies of controls that certainly deny a request in an account: `workload at Root/Workloads (LZ.NETWORK.2)`. */
  public deniers(account: Account, request: AccessRequest): string[] {
    return [...this.groups.values()].filter(({ target }) => `${account.targetPath}/`.startsWith(`${target.targetPath}/`)).flatMap(({ target, plan }) => plan.policies
      .filter(({ type }) => type === 'SERVICE_CONTROL_POLICY')
      .flatMap(({ name, content }) => {
        const { decision, reasons } = evaluate(request, {
          account: { id: account.accountId, name: account.key, isManagement: false },
          organizationId: this.values.organizationId,
          organizationPath: `${this.values.organizationId}/`,
          partition: this.values.partition,
          serviceControl: [{ level: target.targetPath, policies: [FULL_ACCESS.SERVICE_CONTROL_POLICY!, { name, document: content }] }],
          resourceControl: [],
          unknown: [],
        });
        return decision === 'denied' ? [`${name} at ${target.targetPath} (statement ${reasons.filter(({ effect }) => effect === 'Deny').map(({ statement }) => statement).join(', ')})`] : [];
      }));
  }

  /** A control that comes second changes nothing; where it says something else than the first, somebody believes that it does. */
  private ignoredOptions(control: Control, first: Control | undefined, { targetPath }: IPolicyTarget): string[] {
    if (first === undefined || this.enforced(control) === this.enforced(first)) return [];
    return [`${control.id} is enabled on ${targetPath} already, by a control set or before, with other options, and these have no effect: enable it with its options first. `
      + 'Where a control set of the organization file has it, enable that set in code, too, after the control.'];
  }

  private enforced(control: Control): string {
    return JSON.stringify(planGuardrails([{ targetPath: '', group: '', controls: [control] }], this.values).policies.map(({ content }) => content));
  }

  private create(group: string, target: IPolicyTarget, planned: PlannedPolicy): void {
    const id = `${target.targetPath}|${planned.key}`;
    if (this.created.has(id)) return;
    this.created.add(id);
    const current = () => this.groups.get(group)!.plan.policies.find(({ key }) => key === planned.key)!;
    this.organization._guard(target, planned, current);
  }
}
