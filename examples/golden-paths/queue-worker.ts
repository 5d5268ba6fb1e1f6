import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { QueueWorker } from '../../src';

export function queueWorker(stack: Stack): QueueWorker {
  return new QueueWorker(stack, 'Shipping', {
    serviceName: 'orders-shipping',
    runbook: 'https://runbooks.acme.example/orders-shipping',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
  });
}
