import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What a value refers to, told by CDK's token without writing a template; undefined where it is text, or more than one reference. */
export function referredTo(value: unknown): IConstruct | undefined {
  const token = Tokenization.reverse(value, { failConcat: false });
  return token !== undefined && Reference.isReference(token) ? token.target : undefined;
}

/** Whether a value names a resource by its `Ref`. */
export function isRefOf(value: unknown, resource: CfnResource): boolean {
  const target = referredTo(value);
  const stack = Stack.of(resource);
  return target === undefined ? JSON.stringify(stack.resolve(value)) === JSON.stringify(stack.resolve(resource.ref)) : target === resource;
}
