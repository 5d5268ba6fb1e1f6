import { isGiven, mustBe } from '../../controls/template-rule';
import { EncryptedType, StackKeys } from '../encrypted-type';
import { mustBeOwnKey } from '../given-key';

/** What the switch is called in the template. */
type Switch = 'Encrypted' | 'StorageEncrypted';

/**
 * A type with a switch for encryption, off by default, and `KmsKeyId` beside it.
 * @param inheritsBy properties by which a resource takes its encryption from another one
 */
export function switched(type: string, service: EncryptedType['service'], property: Switch, inheritsBy: readonly string[] = []): EncryptedType {
  const inherits = (properties: any) => inheritsBy.some((name) => isGiven(properties[name]));
  const attribute = property[0]!.toLowerCase() + property.slice(1);
  return {
    type,
    service,
    isFixed: true,
    complete: (properties, keys) => {
      const value = properties[property];
      if (inherits(properties) || (isGiven(value) && String(value) !== 'true')) return {};
      return { ...(isGiven(value) ? {} : { [attribute]: true }), ...keyOf(properties, keys) };
    },
    findings: (properties, own) => (inherits(properties) ? [] : [
      ...mustBe(true, property, properties[property]),
      ...(own ? mustBeOwnKey('KmsKeyId', properties.KmsKeyId) : []),
    ]),
  };
}

function keyOf({ KmsKeyId }: any, keys: StackKeys): { readonly kmsKeyId?: string } {
  return keys.areOwn && !isGiven(KmsKeyId) ? { kmsKeyId: keys.arn() } : {};
}
