import { Duration } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { GoldenPathOptions } from './golden-path';

/** What golden paths ask for whose function works on batches. */
export interface BatchFunctionOptions extends GoldenPathOptions {
  /** The function's code. It answers with `batchItemFailures`, the messages or records of a batch that failed, and may get one twice. */
  readonly code: Code;
  /** File and function that AWS Lambda calls. @default 'index.handler' */
  readonly handler?: string;
  /** Language. @default Runtime.NODEJS_24_X */
  readonly runtime?: Runtime;
  /** Variables of its environment; no secrets. @default - none */
  readonly environment?: { readonly [name: string]: string };
  /** Memory in MiB; processors come with it. @default 512 */
  readonly memorySize?: number;
  /** How long a batch may take, at most 15 minutes. @default Duration.seconds(30) */
  readonly timeout?: Duration;
}
