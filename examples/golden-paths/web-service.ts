import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { WebService } from '../../src';

export function webService(stack: Stack): WebService {
  return new WebService(stack, 'Shop', {
    serviceName: 'orders-shop',
    runbook: 'https://runbooks.acme.example/orders-shop',
    image: ContainerImage.fromEcrRepository(new Repository(stack, 'Images'), '1.4.2'),
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d'),
    healthCheckPath: '/health',
  });
}
