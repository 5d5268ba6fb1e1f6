import { Duration, Stack } from 'aws-cdk-lib';
import { ObjectStore } from '../../src';

export function objectStore(stack: Stack): ObjectStore {
  return new ObjectStore(stack, 'Receipts', {
    serviceName: 'receipts',
    runbook: 'https://runbooks.acme.example/receipts',
    deleteAfter: Duration.days(3650),
    sendEvents: true,
  });
}
