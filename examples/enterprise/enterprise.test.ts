import { App } from 'aws-cdk-lib';
import { enterpriseZone } from './zone';
import { LogPurpose } from '../../src';
import '../../src/testing'; // in your project: import 'cdk-landing-zone/testing'

const zone = enterpriseZone(new App());
const bucket = zone.logging.archive().bucketArn(LogPurpose.TRAIL);

test('six accounts of the platform, with the management account, and twenty of teams', () => {
  const paths = zone.organization.accounts.map(({ targetPath }) => targetPath.split('/')[1]!);
  expect([paths.filter((unit) => ['Security', 'Infrastructure'].includes(unit)).length + 1, paths.filter((unit) => ['Workloads', 'Sandbox'].includes(unit)).length]).toEqual([6, 20]);
});

test('nobody destroys the evidence but break-glass, and nobody opens it', () => {
  expect(zone.account('log-archive')).toNeverAllow('s3:DeleteObjectVersion', 's3:BypassGovernanceRetention', { on: `${bucket}/*`, except: ['role/break-glass'] });
  expect(zone.account('log-archive')).toNeverAllow('s3:DeleteBucket', 's3:PutBucketAcl', { on: bucket, except: ['role/break-glass'] });
});

test('what teams deploy keeps the boundary', () => {
  for (const key of ['payments-prod', 'mobile-dev']) {
    expect(zone.account(key)).toNeverAllow('iam:DeleteRolePermissionsBoundary');
    expect(zone.account(key)).toNeverAllow('iam:CreateRole', { on: 'arn:aws:iam::*:role/team', context: { 'iam:PermissionsBoundary': null } });
  }
});

test('nothing is created without an owner', () => {
  expect(zone.account('orders-prod')).toNeverAllow('ec2:RunInstances', { on: 'arn:aws:ec2:eu-west-1:*:instance/*', context: { 'aws:RequestTag/owner': null } });
});

test('nobody but the platform says which key encrypts', () => {
  expect(zone.account('analytics-prod')).toNeverAllow('ssm:PutParameter', { on: 'arn:aws:ssm:eu-west-1:*:parameter/landing-zone/keys/data' });
});

test('development and production do not meet, and what leaves passes the firewall', () => {
  expect(zone.network.segment('dev')).not.toReach('prod');
  expect(zone.network.internetEgress()).toPassInspection();
});
