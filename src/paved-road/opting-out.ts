import { CfnResource, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { RoadDefault } from './road-default';
import { OPT_OUTS_KEY } from '../model/assembly/opt-outs';
import { InputError } from '../model/input-error';

/** A default that a construct does without. */
export interface OptOut {
  /** Id of the default, or of a control. */
  readonly rule: string;
  readonly reason: string;
}

const OPT_OUTS = Symbol.for('cdk-landing-zone.paved-road.opt-outs');

/** Has a construct and all below it do without. A control is acknowledged in the validation report by the same reason. */
export function optOut(construct: Construct, out: OptOut, known: readonly RoadDefault[]): void {
  if (out.reason.trim() === '') throw new InputError(`${construct.node.path}: opting out of ${out.rule} needs a reason`);
  const meant = known.filter((one) => isMeant(one, out.rule));
  if (meant.length === 0) throw new InputError(`${construct.node.path}: ${out.rule} is no default of the paved road, nor a control that one serves. Defaults: ${known.map(({ id }) => id).join(', ')}`);
  (construct as any)[OPT_OUTS] = [...outsOf(construct), out];
  for (const control of new Set(meant.flatMap((one) => one.control ?? []))) Validations.of(construct).acknowledge({ id: `LandingZone::${control}`, reason: out.reason });
}

/** The reason for which a resource does without a default, by itself or by a construct that it is in; the nearest. Undefined where it does not. */
export function reasonToDoWithout(resource: CfnResource, one: RoadDefault): string | undefined {
  const scopes = [...resource.node.scopes].reverse();
  return scopes.flatMap(outsOf).find(({ rule }) => isMeant(one, rule))?.reason;
}

/** Keeps in the template what was left out and why. */
export function record(resource: CfnResource, one: RoadDefault, reason: string): void {
  resource.addMetadata(OPT_OUTS_KEY, { ...resource.getMetadata(OPT_OUTS_KEY), [one.id]: { control: one.control, reason } });
}

function isMeant({ id, control }: RoadDefault, rule: string): boolean {
  return id === rule || control === rule;
}

function outsOf(construct: IConstruct): readonly OptOut[] {
  return (construct as any)[OPT_OUTS] ?? [];
}
