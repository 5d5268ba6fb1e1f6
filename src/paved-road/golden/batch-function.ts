import { Duration } from 'aws-cdk-lib';
import { Alias, Architecture, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BatchFunctionOptions } from './batch-function-options';

/** A function and the version of it that works, as members of a golden path. */
export class BatchFunction {
  public readonly timeout: Duration;
  public readonly function: Function;
  public readonly alias: Alias;

  public constructor(scope: Construct, { code, handler = 'index.handler', runtime = Runtime.NODEJS_24_X, environment, memorySize = 512, timeout = Duration.seconds(30) }: BatchFunctionOptions) {
    this.timeout = timeout;
    this.function = new Function(scope, 'Function', { code, handler, runtime, architecture: Architecture.ARM_64, memorySize, timeout, environment });
    this.alias = new Alias(scope, 'Live', { aliasName: 'live', version: this.function.currentVersion });
  }
}
