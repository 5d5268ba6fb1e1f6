import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Controls } from '../../src/controls/controls';
import { LandingZone } from '../../src/landing-zone/landing-zone';
import { RegionStandard } from '../../src/landing-zone/region-standard';
import { landingZone, LandingZoneUnderTest } from '../../src/testing';

function acme(): LandingZone {
  const zone = new LandingZone(new App(), 'Acme', {
    regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }),
    accountEmail: 'aws+{account}@acme.example',
  });
  zone.unit('Workloads/Prod').addAccount('payments-prod', { email: 'aws+payments-prod@acme.example' });
  zone.enable('Workloads/Prod', Controls.denyPublicBuckets());
  return zone;
}

/** A zone of one account in one unit, with one policy at the root. */
function zoneOf(statements: readonly object[]): LandingZoneUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'matchers-'));
  writeFileSync(join(folder, 'organization.yaml'), [
    'organization:', '  managementAccount: { name: management, email: aws@acme.example }', '  policies: { service-control: [root.json] }',
    '  units:', '    Prod:', '      accounts:', '        web: { email: aws+web@acme.example }',
  ].join('\n'));
  writeFileSync(join(folder, 'root.json'), JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  return landingZone({ organization: join(folder, 'organization.yaml') });
}

const zone = acme();
const small = zoneOf([
  { Sid: 'Trail', Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin' } } },
  { Sid: 'Regions', Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
  { Sid: 'Tokens', Effect: 'Deny', Action: 'ec2:RunInstances', Resource: 'arn:aws:ec2:*:*:instance/*', Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } } },
]);
const failure = (expectation: () => void): string => {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message.replace(/\d{12}/g, 'ACCOUNT');
  }
  throw new Error('the expectation was met');
};

describe('what reads like the requirement', () => {
  test('nobody in production can switch the evidence off', () => {
    expect(zone.unit('Workloads/Prod')).toNeverAllow('cloudtrail:StopLogging', 'config:StopConfigurationRecorder');
    expect(zone.account('payments-prod')).toNeverAllow('cloudtrail:StopLogging', { except: zone.platformPrincipals });
    expect(zone).toNeverAllow('organizations:LeaveOrganization', { except: zone.platformPrincipals });
  });

  test('the platform can deploy, in every context', () => {
    expect(zone.account('payments-prod')).toAllow('cloudformation:*', { as: 'role/cdk-hnb659fds-cfn-exec-role-*' });
    expect(zone.unit('Workloads')).toAlwaysAllow('cloudformation:CreateStack', { as: 'role/cdk-hnb659fds-*' });
  });

  test('a product team can work in the allowed Regions only', () => {
    const account = zone.account('payments-prod');
    expect(account).toAllow('s3:PutObject', { as: 'role/deploy' });
    expect(account).toAllow('ec2:CreateVpc', { as: 'role/deploy', context: { 'aws:RequestedRegion': 'eu-west-1' } });
    expect(account).toNeverAllow('ec2:Create*', { where: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] }, Null: { 'aws:RequestedRegion': 'false' } } });
    expect(account).not.toAlwaysAllow('ec2:CreateVpc', { as: 'role/deploy' });
  });
});

describe('of what was read', () => {
  test('an assembly', () => {
    const directory = (zone.node.root as App).synth().directory;
    expect(landingZone({ assembly: directory }).account('payments-prod')).toNeverAllow('cloudtrail:StopLogging');
    expect(landingZone({ assembly: directory }).unit('Workloads')).toNeverAllow('cloudtrail:StopLogging');
    expect(landingZone({ assembly: directory })).toNeverAllow('organizations:LeaveOrganization', { except: zone.platformPrincipals });
  });

  test('a data file', () => {
    expect(small.account('web')).toNeverAllow('cloudtrail:StopLogging', { except: ['role/admin'] });
    expect(small.unit('Prod')).not.toNeverAllow('cloudtrail:StopLogging');
  });
});

test('a failure prints the request that is allowed and what is on its path', () => {
  expect(failure(() => expect(small.account('web')).toNeverAllow('cloudtrail:StopLogging'))).toMatchSnapshot('the exempt one');
  expect(failure(() => expect(small.account('web')).toNeverAllow('ec2:RunInstances'))).toMatchSnapshot('several resources');
  expect(failure(() => expect(small.account('web')).toAllow('cloudtrail:*', { as: 'role/deploy' }))).toMatchSnapshot('denied in every context');
  expect(failure(() => expect(small.account('web')).toAlwaysAllow('ec2:RunInstances', { as: 'role/deploy' }))).toMatchSnapshot('denied in some context');
  expect(failure(() => expect(small.unit('Prod')).not.toNeverAllow('cloudtrail:StopLogging', { except: ['role/admin'] }))).toMatchSnapshot('not');
});

test('a permission boundary and identity policies count where they are given', () => {
  const boundary = { name: 'boundary', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: ['s3:*', 'sqs:*'], Resource: '*' }] } };
  const own = { name: 'own', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: ['s3:Get*', 'iam:*'], Resource: '*' }] } };
  expect(small.account('web')).toNeverAllow('iam:CreateUser', { as: 'role/team', permissionsBoundary: boundary });
  expect(small.account('web')).toNeverAllow('s3:PutObject', { as: 'role/team', identityPolicies: [own] });
  expect(small.account('web')).toAlwaysAllow('s3:GetObject', { as: 'role/team', permissionsBoundary: boundary, identityPolicies: [own] });
  expect(small.account('web')).not.toNeverAllow('iam:CreateUser', { as: 'role/team', identityPolicies: [own] });
});

test('what could not be decided fails with and without not', () => {
  const undecided = zoneOf([{ Sid: 'Own', Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringLike: { 'aws:TagKeys': 'a' }, StringNotLike: { 'aws:TagKeys': 'a' } } }]);
  expect(failure(() => expect(undecided.account('web')).toAlwaysAllow('s3:GetObject'))).toContain('this could be neither shown nor refuted');
  expect(failure(() => expect(undecided.account('web')).not.toAlwaysAllow('s3:GetObject'))).toContain('this could be neither shown nor refuted');
});

test('mistakes of the test itself are said', () => {
  expect(() => expect(zone).toNeverAllow('StopLogging')).toThrow('"StopLogging": an action is written service:Name');
  expect(() => expect(zone).toNeverAllow({} as any)).toThrow('Expected one or more actions');
  expect(() => expect('payments-prod').toNeverAllow('s3:*')).toThrow('Expected a LandingZone, Organization, OrganizationalUnit or Account');
  expect(() => landingZone({ organization: 'missing.yaml' })).toThrow('missing.yaml');
  expect(() => expect(landingZone({ assembly: (zone.node.root as App).synth().directory }).account('payment-prod')).toNeverAllow('s3:*')).toThrow('There is no account "payment-prod"');
});
