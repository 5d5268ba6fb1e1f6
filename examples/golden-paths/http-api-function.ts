import { Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { HttpApiFunction } from '../../src';

export function httpApiFunction(stack: Stack): HttpApiFunction {
  const orders = new TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const api = new HttpApiFunction(stack, 'Api', {
    serviceName: 'orders-api',
    runbook: 'https://runbooks.acme.example/orders-api',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    environment: { TABLE: orders.tableName },
  });
  orders.grants.readWriteData(api.function);
  return api;
}
