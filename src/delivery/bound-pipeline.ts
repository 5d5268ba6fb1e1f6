import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/** What a runner makes of the declaration. */
export interface BoundPipeline {
  readonly planRoleArn: string;
  readonly applyRoleArn: string;
  /** Text of the file that is committed. @default - the runner reads none */
  readonly workflow?: string;
}

/** Fails with all that is wrong, and with a stack without an environment, because roles and Regions are written into files. */
export function refuseProblems(scope: Construct, problems: readonly string[]): void {
  const { account, region } = Stack.of(scope);
  const all = [...problems, ...(Token.isUnresolved(account) || Token.isUnresolved(region) ? ['its stack needs an environment, which the workflow names: env: { account, region }'] : [])];
  if (all.length > 0) throw new InputError(`Pipeline ${scope.node.path} has ${all.length === 1 ? '1 problem' : `${all.length} problems`}\n${all.map((one) => `  ${one}`).join('\n')}`);
}
