import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DataPipeline } from '../../src';

export function dataPipeline(stack: Stack): DataPipeline {
  return new DataPipeline(stack, 'Sales', {
    serviceName: 'orders-sales',
    runbook: 'https://runbooks.acme.example/orders-sales',
    code: Code.fromInline('def handler(event, context): return event'),
  });
}
