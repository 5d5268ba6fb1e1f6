import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { StaticSite } from '../../src';

export function staticSite(stack: Stack): StaticSite {
  return new StaticSite(stack, 'Site', {
    serviceName: 'orders-site',
    runbook: 'https://runbooks.acme.example/orders-site',
    domainNames: ['www.orders.example'],
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d'),
  });
}
