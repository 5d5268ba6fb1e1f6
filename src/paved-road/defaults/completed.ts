import { Lazy } from 'aws-cdk-lib';

/**
 * What a property is with something more, when its template is written. Not before: what another stack gives is a reference until then, and would be written as if it were a resource of this stack.
 * @param complete gets the property as the template would hold it
 */
export function completed(before: unknown, complete: (value: any) => unknown): any {
  return Lazy.uncachedAny({ produce: ({ resolve }) => complete(before === undefined ? undefined : resolve(before)) });
}
