import { CfnParameter, Stack } from 'aws-cdk-lib';
import { EncryptedService } from './encrypted-service';
import { StackKeys } from './encrypted-type';
import { EncryptionKeys } from './encryption-keys';
import { BaselineStack } from '../delivery/baseline-content';

/**
 * The keys of a stack's account and Region, by the parameters of Systems Manager in which they are kept: CloudFormation reads those when it deploys, so the stack is told neither keys nor accounts.
 * One parameter of the template serves all of its resources. In a baseline it is a dynamic reference, which is read in each account.
 */
export function stackKeys(stack: Stack, keys: EncryptionKeys, service: EncryptedService): StackKeys {
  if (!keys.areOwn) return { areOwn: false, alias: '', arn: () => { throw new Error(`Keys of ${service.key} are AWS's own`); } };
  const { alias, parameter } = keys._nameOf(service);
  return { areOwn: true, alias, arn: () => (stack instanceof BaselineStack ? `{{resolve:ssm:${parameter}}}` : parameterOf(stack, parameter).valueAsString) };
}

function parameterOf(stack: Stack, name: string): CfnParameter {
  const id = `EncryptionKey${name.replace(/[^A-Za-z0-9]+(.)/g, (_, first: string) => first.toUpperCase())}`;
  return stack.node.tryFindChild(id) as CfnParameter | undefined ?? new CfnParameter(stack, id, {
    type: 'AWS::SSM::Parameter::Value<String>', default: name, description: 'ARN of the key that encrypts data of this account and Region',
  });
}
