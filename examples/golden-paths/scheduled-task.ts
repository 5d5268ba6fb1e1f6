import { Duration, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ScheduledTask } from '../../src';

export function scheduledTask(stack: Stack): ScheduledTask {
  return new ScheduledTask(stack, 'Report', {
    serviceName: 'orders-report',
    runbook: 'https://runbooks.acme.example/orders-report',
    schedule: ScheduleExpression.rate(Duration.hours(6)),
    code: Code.fromInline('exports.handler = async () => {};'),
  });
}
