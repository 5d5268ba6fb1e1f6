import { CfnOutput, Fn, Stack, Token } from 'aws-cdk-lib';
import { partitionOf } from '../model/partition';

/** Role of every account that reads the outputs of its stacks. */
export const DEFAULT_READER_ROLE = 'landing-zone-stack-reader';

/**
 * A value of one stack in another one, of whatever account and Region: an output there, a reading of it here, and the order of deployment between them.
 * The reader is not updated when the value changes; nothing keeps the output from going.
 *
 * @param key names the output: stable, unique in the producing stack
 */
export function valueFrom(producer: Stack, key: string, value: string, consumer: Stack, readerRole: string = DEFAULT_READER_ROLE): string {
  if (producer === consumer || !Token.isUnresolved(value)) return value;
  const id = `Out.${key}`;
  const output = (producer.node.tryFindChild(id) as CfnOutput | undefined) ?? new CfnOutput(producer, id, { value });
  consumer.addStackDependency(producer, `reads ${key}`);
  const logicalId = producer.resolve(output.logicalId) as string;
  const isElsewhere = producer.region !== consumer.region;
  if (producer.account === consumer.account) return Fn.getStackOutput(producer.stackName, logicalId, isElsewhere ? producer.region : undefined);
  return Fn.getStackOutput(producer.stackName, logicalId, producer.region, `arn:${partitionOf(producer.region)}:iam::${producer.account}:role/${readerRole}`);
}
