import { Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { KeyValueTable } from '../../src';

export function keyValueTable(stack: Stack): KeyValueTable {
  return new KeyValueTable(stack, 'Orders', {
    serviceName: 'orders-table',
    runbook: 'https://runbooks.acme.example/orders-table',
    partitionKey: { name: 'customer', type: AttributeType.STRING },
    sortKey: { name: 'placedAt', type: AttributeType.STRING },
    timeToLiveAttribute: 'forgetAt',
    maxReadRequestUnits: 4000,
    maxWriteRequestUnits: 1000,
  });
}
