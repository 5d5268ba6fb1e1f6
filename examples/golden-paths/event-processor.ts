import { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { EventProcessor } from '../../src';

export function eventProcessor(stack: Stack): EventProcessor {
  return new EventProcessor(stack, 'Invoicing', {
    serviceName: 'orders-invoicing',
    runbook: 'https://runbooks.acme.example/orders-invoicing',
    eventBus: new EventBus(stack, 'Orders'),
    eventPattern: { source: ['orders'], detailType: ['OrderPlaced'] },
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
  });
}
