import { Duration, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ContainerQueueWorker } from '../../src';

export function containerQueueWorker(stack: Stack): ContainerQueueWorker {
  return new ContainerQueueWorker(stack, 'Videos', {
    serviceName: 'shop-videos',
    runbook: 'https://runbooks.acme.example/shop-videos',
    image: ContainerImage.fromEcrRepository(new Repository(stack, 'Images'), '1.4.2'),
    handledIn: Duration.hours(1),
    handledWithin: Duration.hours(4),
  });
}
