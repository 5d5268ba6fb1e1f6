import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { LandingZone, OrganizationFile } from '../../src';
import '../../src/testing'; // in your project: import 'cdk-landing-zone/testing'

const zone = new LandingZone(new App(), 'Acme', { organization: OrganizationFile.load(join(__dirname, 'organization.yaml')) });

test('nobody in production can switch the evidence off', () => {
  expect(zone.unit('Workloads/Prod')).toNeverAllow('cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'config:StopConfigurationRecorder', 'guardduty:DeleteDetector');
});

test('nobody makes a bucket of payments public, and nobody leaves', () => {
  expect(zone.account('payments-prod')).toNeverAllow('s3:PutAccountPublicAccessBlock', 'organizations:LeaveOrganization');
});

test('no instance starts without IMDSv2', () => {
  expect(zone.unit('Workloads')).toNeverAllow('ec2:RunInstances', { context: { 'ec2:MetadataHttpTokens': 'optional' } });
});

test('teams work in the allowed Regions, and only there', () => {
  expect(zone.account('payments-prod')).toAllow('s3:PutObject', 'sqs:SendMessage', 'dynamodb:PutItem', { as: 'role/deploy', context: { 'aws:RequestedRegion': 'eu-west-1' } });
  expect(zone.account('payments-prod')).toNeverAllow('sqs:*', { where: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } } });
});

test('the platform can deploy, whatever the context', () => {
  expect(zone).toAlwaysAllow('cloudformation:*', { as: 'role/cdk-hnb659fds-*' });
});
