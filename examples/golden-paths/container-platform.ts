import { Stack } from 'aws-cdk-lib';
import { ContainerPlatform } from '../../src';

export function containerPlatform(stack: Stack): ContainerPlatform {
  const platform = new ContainerPlatform(stack, 'Platform', {
    serviceName: 'platform',
    runbook: 'https://runbooks.acme.example/platform',
    version: '1.34',
    administratorRoleArns: ['arn:aws:iam::111122223333:role/platform-administrators'],
  });
  platform.addTeam('Orders', { namespaces: ['orders'], roleArn: 'arn:aws:iam::111122223333:role/team-orders' });
  platform.addPodRole('Shop', { namespace: 'orders', serviceAccount: 'shop' });
  return platform;
}
