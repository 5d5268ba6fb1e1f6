import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { StreamProcessor } from '../../src';

export function streamProcessor(stack: Stack): StreamProcessor {
  return new StreamProcessor(stack, 'Clicks', {
    serviceName: 'shop-clicks',
    runbook: 'https://runbooks.acme.example/shop-clicks',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
  });
}
