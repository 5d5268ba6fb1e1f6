import { createHash } from 'crypto';
import { Aspects, CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnEnabledControl } from 'aws-cdk-lib/aws-controltower';
import { Construct } from 'constructs';
import { behaviorOf } from './known-controls';
import { Control } from '../controls/control';
import { isBelow } from '../delivery/overlap';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { OrganizationalUnit } from '../organization/organizational-unit';
import { IPolicyTarget } from '../organization/policy-target';

/**
 * Controls that AWS Control Tower enables at one time: it takes 100 operations on controls, of which an earlier edition of the page gives 20 to proactive ones.
 * https://docs.aws.amazon.com/controltower/latest/userguide/limits.html (read 2026-11-23)
 */
const LANES = 10;

/** What controls of AWS Control Tower are enabled with. */
export interface EnabledControlsProps {
  readonly partition: string;
  readonly homeRegion: string;
  /** Whether detective ones are enabled. */
  readonly detective: boolean;
  /** ARNs of the proactive ones that are enabled, by their ids. */
  readonly proactive: { readonly [id: string]: string };
  /** ARN of a unit, for use in this stack. */
  readonly arnOf: (unit: OrganizationalUnit) => string;
  /** What must be there before the first one is enabled. */
  readonly after: () => CfnResource | undefined;
}

/**
 * Controls of AWS Control Tower that controls of the zone name: those that detect, and those that check templates at deployment. None that denies: what it would deny, a control of the zone denies.
 *
 * A unit does not inherit them, so each enrolled unit at or below the target of a control has its own (https://docs.aws.amazon.com/controltower/latest/userguide/nested-ous.html, read 2026-11-23).
 * Logical ids follow from the unit and the id alone.
 */
export class EnabledControls extends Construct {
  private readonly enabled = new Map<string, { readonly resource: CfnEnabledControl; readonly controls: Set<string> }>();
  private readonly asked: { readonly target: IPolicyTarget; readonly control: Control }[] = [];
  private readonly units: OrganizationalUnit[] = [];

  public constructor(scope: Construct, id: string, private readonly props: EnabledControlsProps) {
    super(scope, id);
    Aspects.of(this).add({ visit: (node) => { if (node === this) this.chain(); } });
  }

  /** A unit is enrolled. */
  public addUnit(unit: OrganizationalUnit): void {
    this.units.push(unit);
    for (const { target, control } of this.asked) this.enable(unit, target, control);
  }

  /** A control of the zone is enabled on a target. */
  public addControl(target: IPolicyTarget, control: Control): void {
    this.asked.push({ target, control });
    for (const unit of this.units) this.enable(unit, target, control);
  }

  /** How many there are, on all units. */
  public get count(): number {
    return this.enabled.size;
  }

  /** Ids that controls of the zone name and that are not known, with those controls: `AWS-GR_ANYTHING of ACME.S3.1`. */
  public get unknown(): string[] {
    return [...new Set(this.asked.flatMap(({ control }) => control.controlTower.filter((id) => behaviorOf(id) === undefined).map((id) => `${id} of ${control.id}`)))];
  }

  /** Ids of proactive ones that no control names which reaches an enrolled unit. */
  public get unused(): string[] {
    const used = new Set([...this.enabled.keys()].map((key) => key.split('/').at(-1)));
    return Object.keys(this.props.proactive).filter((id) => !used.has(id));
  }

  private enable(unit: OrganizationalUnit, target: IPolicyTarget, control: Control): void {
    if (!isBelow(unit, target)) return;
    for (const id of control.controlTower) {
      const arn = this.arnOf(id);
      if (arn === undefined) continue;
      const key = `${unit.targetPath}/${id}`;
      const there = this.enabled.get(key);
      if (there) there.controls.add(control.id);
      else this.enabled.set(key, this.create(key, unit, arn, control));
    }
  }

  /** The Region's form of an ARN says which control it is; a proactive one has none that does, so the zone is told it. */
  private arnOf(id: string): string | undefined {
    const { partition, homeRegion, detective, proactive } = this.props;
    if (behaviorOf(id) === 'detective') return detective ? `arn:${partition}:controltower:${homeRegion}::control/${id}` : undefined;
    return proactive[id];
  }

  private create(key: string, unit: OrganizationalUnit, controlIdentifier: string, control: Control) {
    const controls = new Set([control.id]);
    const resource = new CfnEnabledControl(this, key, { controlIdentifier, targetIdentifier: this.props.arnOf(unit) });
    resource.addMetadata(METADATA_KEY, { controls: Lazy.list({ produce: () => [...controls].sort() }) });
    return { resource, controls };
  }

  /** A few lanes, one control after the other, when all units are enrolled. The lane follows from the key, so one control more moves none to another lane. */
  private chain(): void {
    const first = this.props.after();
    const last = new Map<number, CfnResource>();
    for (const [key, { resource }] of [...this.enabled].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const lane = createHash('sha256').update(key).digest().readUInt32BE(0) % LANES;
      const before = last.get(lane);
      if (first) resource.addResourceDependency(first);
      if (before) resource.addResourceDependency(before);
      last.set(lane, resource);
    }
  }
}
