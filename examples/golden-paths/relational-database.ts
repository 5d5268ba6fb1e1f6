import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RelationalDatabase } from '../../src';

export function relationalDatabase(stack: Stack): RelationalDatabase {
  const database = new RelationalDatabase(stack, 'Invoices', {
    serviceName: 'invoices-db',
    runbook: 'https://runbooks.acme.example/invoices-db',
    databaseName: 'invoices',
    maxCapacity: 8,
  });
  const reports = new Role(stack, 'Reports', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  database.grantConnect(reports, 'reports');
  return database;
}
