import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { AddressPlan, FlowLogs, LandingZone, OrganizationFile, ProductNetwork, SpokeTier } from '../../src';
import { ContractValue } from '../../src/paved-road/contract-value';

function zoneWithSpokes(tiers?: SpokeTier[]): App {
  const app = new App({ analyticsReporting: false });
  const zone = new LandingZone(app, 'Acme', { organization: OrganizationFile.load('examples/network/organization.yaml') });
  const hub = zone.network.addHub('Hub', { addressPlan: AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0 }, segments: { prod: 0, dev: 1 } }), flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs') });
  zone.network.addSpoke('payments-prod', { segment: hub.segment('prod'), tiers });
  zone.network.addSpoke('payments-prod', { segment: hub.segment('prod'), key: 'second' });
  zone.network.addSpoke('payments-dev', { segment: hub.segment('dev') });
  return app;
}

const published = (app: App, stackName: string): { readonly [name: string]: any } => Object.fromEntries(
  Object.values<any>(Template.fromStack(app.node.findChild(stackName) as Stack).findResources('AWS::SSM::Parameter')).map(({ Properties: { Name, Type, Value } }) => [Name, [Type, Value]]));

test('the first spoke of an account and Region is published; a second one does not change what products find', () => {
  const app = zoneWithSpokes();
  expect(Object.keys(published(app, 'Acme-Spoke-payments-prod')).sort()).toEqual([
    '/landing-zone/v1/network/availability-zones', '/landing-zone/v1/network/isolated-subnet-ids', '/landing-zone/v1/network/private-subnet-ids', '/landing-zone/v1/network/vpc-cidr', '/landing-zone/v1/network/vpc-id',
  ]);
  expect(published(app, 'Acme-Spoke-second')).toEqual({});
  expect(Object.keys(published(app, 'Acme-Spoke-payments-dev'))).toHaveLength(5);
});

test('zones and subnets of a tier are lists in the same order', () => {
  const values = published(zoneWithSpokes(), 'Acme-Spoke-payments-prod');
  const ids = (name: string) => JSON.stringify(values[`/landing-zone/v1/network/${name}`]).match(/Network[A-Za-z0-9]+/g)!;
  expect(values['/landing-zone/v1/network/private-subnet-ids'][0]).toBe('StringList');
  expect(ids('private-subnet-ids')).toHaveLength(3);
  expect(ids('availability-zones')).toEqual(ids('private-subnet-ids'));
});

test('tiers that a spoke does not have are not published', () => {
  expect(Object.keys(published(zoneWithSpokes([SpokeTier.ISOLATED]), 'Acme-Spoke-payments-prod'))).not.toContain('/landing-zone/v1/network/private-subnet-ids');
});

test('products read what was published, by the same names, once a stack', () => {
  const stack = new Stack();
  const vpc = ProductNetwork.vpcOf(stack);
  expect(ProductNetwork.vpcOf(stack)).toBe(vpc);
  expect([vpc.privateSubnets.length, vpc.isolatedSubnets.length, vpc.publicSubnets.length]).toEqual([3, 3, 0]);
  new SecurityGroup(stack, 'Group', { vpc });
  const { Parameters, Resources } = Template.fromStack(stack).toJSON();
  const names = Object.values<any>(Parameters).map(({ Default }) => Default).filter((name) => name.startsWith('/landing-zone'));
  const known = Object.keys(published(zoneWithSpokes(), 'Acme-Spoke-payments-prod'));
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
  expect(Object.values<any>(Resources)[0].Properties.VpcId).toEqual({ Ref: 'LandingZoneVpcId' });
  expect(Parameters.LandingZonePrivateSubnetIds.Type).toBe('AWS::SSM::Parameter::Value<List<String>>');
});

test('a list is read by place, and as many zones as there are asked for', () => {
  const stack = new Stack();
  expect(stack.resolve(ContractValue.PRIVATE_SUBNET_IDS.itemIn(stack, 1))).toEqual({ 'Fn::Select': [1, { Ref: 'LandingZonePrivateSubnetIds' }] });
  expect(() => ProductNetwork.vpcOf(stack, 5)).toThrow('zones is 5, and 1 to 4 are possible');
});
