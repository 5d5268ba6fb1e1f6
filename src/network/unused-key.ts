import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** The id of a key in a scope. Fails when the key names something already, in words of the user's: `Network/Ingress.addTarget(web)`. */
export function unusedKey(scope: Construct, kind: string, key: string, call: string): string {
  const id = `${kind}.${key}`;
  if (scope.node.tryFindChild(id)) throw new InputError(`${scope.node.path}.${call}(${key}): there is one of this key already. Choose another key, and keep it.`);
  return id;
}
