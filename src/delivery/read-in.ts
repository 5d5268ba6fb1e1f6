import { Names, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { valueFrom } from './stack-output';
import { InputError } from '../model/input-error';

/** A text, or an attribute of a resource, for use in another stack. Fails for what is put together of several: give each part. */
export function readIn(consumer: Stack, value: string, what: string, readerRole?: string): string {
  if (!Token.isUnresolved(value)) return value;
  const { firstToken: reference, length } = Tokenization.reverseString(value);
  if (length !== 1 || !Reference.isReference(reference)) {
    throw new InputError(`${what}: a text, or one attribute of a resource as it is, is expected. Give each part as an input, and put them together in the content.`);
  }
  return valueFrom(Stack.of(reference.target), `${Names.nodeUniqueId(reference.target.node)}.${reference.displayName}`, value, consumer, readerRole);
}
