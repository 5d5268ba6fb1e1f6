import { Glob, ONE, STAR } from '../glob';

/** The ARNs of a resource type. */
export interface ResourceShape {
  /** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`, as the service authorization reference writes it. */
  readonly format: string;
  readonly glob: Glob;
  /** The same as a text: `arn:?*:s3:::?*` with wildcards. */
  readonly pattern: string;
}

/** A resource type that an action works on. */
export interface ResourceUse {
  readonly type: string;
  /** Whether each request of the action names such a resource. */
  readonly required: boolean;
  readonly shape: ResourceShape;
  /** Condition keys that only this resource brings into the request. */
  readonly keys: readonly string[];
}

const shapes = new Map<string, ResourceShape>();

/** The pattern of an ARN format: each `${Name}` stands for one or more characters. */
export function arnShape(format: string): ResourceShape {
  let shape = shapes.get(format);
  if (!shape) {
    const glob = format.split(/(\$\{[^}]*\})/).flatMap((part) => (part.startsWith('${') ? [ONE, STAR] : [...part]));
    shape = { format, glob, pattern: glob.map((token) => token.slice(-1)).join('') };
    shapes.set(format, shape);
  }
  return shape;
}

/** Resources that one request names together; empty when it names `*`. */
export type ResourceChoice = readonly ResourceUse[];

/**
 * What requests of an action are about: all resource types that it requires, in one request, alone or with one of the others; where it requires none, any one
 * of those it knows; where it knows none, `*`. A request that names several of the others is denied where one of them is.
 */
export function resourceChoices(resources: readonly ResourceUse[]): readonly ResourceChoice[] {
  const required = resources.filter((use) => use.required);
  const others = resources.filter((use) => !use.required);
  return required.length > 0 ? [required, ...others.map((use) => [...required, use])] : others.length > 0 ? others.map((use) => [use]) : [[]];
}

/** Without those that name what another one names, and more: where the lesser request is denied, so is the greater. */
export function leastChoices<T extends ResourceChoice | undefined>(choices: readonly T[]): readonly T[] {
  return choices.filter((choice) => !choices.some((other) => other && choice && other.length < choice.length && other.every((use) => choice.includes(use))));
}
