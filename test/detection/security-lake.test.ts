import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityLake, SecurityLakeProps, SecurityLakeRoles, SecurityLakeRolesProps, SecurityLakeSource } from '../../src';
import { validated } from '../network/aws-solutions';

const ACCOUNTS = ['111122223333', '444455556666'];
const env = { account: '333344445555', region: 'eu-west-1' };

function lake(options: Partial<SecurityLakeProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env });
  const made = new SecurityLake(stack, 'Lake', { accountIds: ACCOUNTS, ...options });
  const template = Template.fromStack(stack);
  return { made, template, sources: Object.entries(template.findResources('AWS::SecurityLake::AwsLogSource')), lake: Object.values(template.findResources('AWS::SecurityLake::DataLake'))[0]! };
}

function roles(options: Partial<SecurityLakeRolesProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env });
  new SecurityLakeRoles(stack, 'Roles', { regions: ['eu-west-1', 'us-east-1'], ...options });
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
}

test('a data lake has a key of its own, the role that AWS looks for, and a year', () => {
  const { lake: { Properties, DeletionPolicy }, template } = lake();
  expect(Properties).toEqual({
    EncryptionConfiguration: { KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^LakeKey/), 'Arn'] } },
    LifecycleConfiguration: { Expiration: { Days: 365 } },
    MetaStoreManagerRoleArn: 'arn:aws:iam::333344445555:role/service-role/AmazonSecurityLakeMetaStoreManagerV2',
  });
  expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'RetainExceptOnCreate' });
  template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/landing-zone/security-lake' });
});

test('sources are made one after the other, the first after the data lake, of all accounts', () => {
  const { sources, template, made } = lake();
  const standard = ['CLOUD_TRAIL_MGMT', 'ROUTE53', 'SH_FINDINGS', 'VPC_FLOW'];
  expect(made.sources).toEqual(standard);
  expect(sources.map(([, { Properties }]) => Properties)).toEqual(standard.map((SourceName) => ({
    SourceName, SourceVersion: '2.0', Accounts: ACCOUNTS, DataLakeArn: { 'Fn::GetAtt': [expect.stringMatching(/^Lake/), 'Arn'] },
  })));
  const [lakeId] = Object.keys(template.findResources('AWS::SecurityLake::DataLake'));
  expect(sources.map(([, { DependsOn }]) => DependsOn)).toEqual([[lakeId], ...sources.slice(0, -1).map(([id]) => [id])]);
});

test('expensive sources come by name, standard ones go for a reason, which is in the template, and no other logical id changes', () => {
  const chosen = lake({ also: [SecurityLakeSource.WAF, SecurityLakeSource.EKS_AUDIT], without: [{ source: SecurityLakeSource.ROUTE53, reason: 'The firewall logs them' }] });
  expect(chosen.made.sources).toEqual(['CLOUD_TRAIL_MGMT', 'SH_FINDINGS', 'VPC_FLOW', 'EKS_AUDIT', 'WAF']);
  expect(chosen.lake.Metadata['cdk-landing-zone']).toEqual({ without: { ROUTE53: 'The firewall logs them' } });
  const before = new Map(lake().sources.map(([id, { Properties }]) => [Properties.SourceName, id]));
  for (const [id, { Properties }] of chosen.sources) expect(before.get(Properties.SourceName) ?? id).toBe(id);
  const everything = lake({ also: [SecurityLakeSource.WAF, SecurityLakeSource.S3_DATA, SecurityLakeSource.LAMBDA_EXECUTION, SecurityLakeSource.EKS_AUDIT] });
  expect([...everything.made.sources].sort()).toEqual(Object.values(SecurityLakeSource).sort());
});

test('data moves, expires and is copied as asked', () => {
  const { lake: { Properties } } = lake({ days: 730, transitions: [{ days: 30, storageClass: 'STANDARD_IA' }, { days: 90, storageClass: 'GLACIER_IR' }], rollupRegion: 'us-east-1' });
  expect(Properties.LifecycleConfiguration).toEqual({ Expiration: { Days: 730 }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 90, StorageClass: 'GLACIER_IR' }] });
  expect(Properties.ReplicationConfiguration).toEqual({ Regions: ['us-east-1'], RoleArn: 'arn:aws:iam::333344445555:role/service-role/SecurityLakeS3ReplicationRole' });
});

test('what cannot be is said, all of it', () => {
  expect(() => lake({ accountIds: ['12', '12'], days: 0, transitions: [{ days: 30, storageClass: 'GLACIER' }], rollupRegion: 'eu-west-1' })).toThrow(
    /the account "12" has not twelve digits; .*account 12 is there twice; days is 0: .*GLACIER after 30 days: .*GLACIER is none of STANDARD_IA, .*the rollup Region eu-west-1 is its own/,
  );
  expect(() => lake({ transitions: [{ days: 90, storageClass: 'STANDARD_IA' }, { days: 60, storageClass: 'GLACIER_IR' }] })).toThrow('GLACIER_IR does not come after what is named before it');
  expect(() => lake({ accountIds: [] })).toThrow('there is no account');
  expect(() => lake({ also: [SecurityLakeSource.ROUTE53], without: [{ source: SecurityLakeSource.WAF, reason: ' ' }] })).toThrow(
    'also names ROUTE53, which is a standard source; without names WAF, which is no standard source; WAF is left out without a reason');
  const all = [SecurityLakeSource.CLOUD_TRAIL_MGMT, SecurityLakeSource.ROUTE53, SecurityLakeSource.SH_FINDINGS, SecurityLakeSource.VPC_FLOW];
  expect(() => lake({ without: all.map((source) => ({ source, reason: 'No' })) })).toThrow('there is no source');
  expect(() => new SecurityLake(new Stack(), 'Lake', { accountIds: ACCOUNTS })).toThrow('give env');
});

test('the functions of Security Lake have AWS\'s policy and the keys of its data lakes', () => {
  const [role, ...others] = roles();
  expect(others).toEqual([]);
  expect(role!.Properties).toMatchObject({
    RoleName: 'AmazonSecurityLakeMetaStoreManagerV2',
    Path: '/service-role/',
    AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonSecurityLakeMetastoreManager'],
  });
  expect(role!.Properties.Policies[0].PolicyDocument.Statement).toEqual([{
    Sid: 'Key', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: ['arn:aws:kms:eu-west-1:333344445555:key/*', 'arn:aws:kms:us-east-1:333344445555:key/*'],
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/landing-zone/security-lake'] } },
  }]);
});

test('with a rollup Region S3 reads from the others, writes to it, and nowhere else', () => {
  const [, replication] = roles({ regions: ['eu-west-1', 'us-east-1', 'eu-north-1'], rollupRegion: 'eu-west-1' });
  expect(replication!.Properties).toMatchObject({ RoleName: 'SecurityLakeS3ReplicationRole', AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 's3.amazonaws.com' } }] } });
  const statements = replication!.Properties.Policies[0].PolicyDocument.Statement;
  expect(statements.map(({ Sid, Resource }: any) => [Sid, Resource])).toEqual([
    ['Read', ['us-east-1', 'eu-north-1'].flatMap((of) => [`arn:aws:s3:::aws-security-data-lake-${of}*`, `arn:aws:s3:::aws-security-data-lake-${of}*/*`])],
    ['Copy', ['arn:aws:s3:::aws-security-data-lake-eu-west-1*/*']],
    ['Decrypt', ['us-east-1', 'eu-north-1'].map((of) => `arn:aws:kms:${of}:333344445555:key/*`)],
    ['Encrypt', ['arn:aws:kms:eu-west-1:333344445555:key/*']],
  ]);
  expect(statements[0].Condition).toEqual({ StringEquals: { 's3:ResourceAccount': ['333344445555'] } });
  expect(statements[3].Condition.StringLike).toEqual({ 'kms:ViaService': ['s3.eu-west-1.amazonaws.com'], 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::aws-security-data-lake-eu-west-1*'] });
  expect(roles({ regions: ['eu-west-1'], rollupRegion: 'eu-west-1' })).toHaveLength(1);
  expect(() => roles({ rollupRegion: 'eu-north-1' })).toThrow('the rollup Region eu-north-1 is none of the Regions eu-west-1, us-east-1');
});

test('CloudFormation, AwsSolutions and our own controls find nothing but what is acknowledged', () => {
  const { violations, acknowledged } = validated((stack) => {
    new SecurityLakeRoles(stack, 'Roles', { regions: ['eu-west-1', 'us-east-1'], rollupRegion: 'us-east-1' });
    new SecurityLake(stack, 'Lake', { accountIds: ACCOUNTS, rollupRegion: 'us-east-1', transitions: [{ days: 90, storageClass: 'GLACIER_IR' }] });
  });
  expect(violations).toEqual([]);
  expect(acknowledged.every((one) => /AWS keeps it with what its functions do|the account, the alias and the service narrow them/.test(one))).toBe(true);
});
