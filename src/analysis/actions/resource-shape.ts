import { Glob, ONE, STAR } from '../glob';

/** The ARNs of a resource type. */
export interface ResourceShape {
  /** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`, as the service authorization reference writes it. */
  readonly format: string;
  readonly glob: Glob;
}

const shapes = new Map<string, ResourceShape>();

/** The pattern of an ARN format: each `${Name}` stands for one or more characters. */
export function arnShape(format: string): ResourceShape {
  let shape = shapes.get(format);
  if (!shape) {
    const glob = format.split(/(\$\{[^}]*\})/).flatMap((part) => (part.startsWith('${') ? [ONE, STAR] : [...part]));
    shape = { format, glob };
    shapes.set(format, shape);
  }
  return shape;
}
