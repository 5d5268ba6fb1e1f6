import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ALL, exported, FINOPS, MANAGEMENT } from './exports';
import { CostExport, CostExportBucket, CostExports, ExportGranularity } from '../../../src';
import { validated } from '../../network/aws-solutions';

const exportsIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::BCMDataExports::Export')).map(({ Properties }) => Properties.Export);

test('each is a standing export in Parquet over the one before, to the bucket of another account and Region', () => {
  const { bucket, management, made } = exported({ exports: ALL });
  expect(exportsIn(management).map(({ Name }) => Name).sort()).toEqual(['acme-carbon', 'acme-cur2', 'acme-focus', 'acme-recommendations']);
  for (const { DestinationConfigurations: { S3Destination }, RefreshCadence } of exportsIn(management)) {
    expect(S3Destination).toEqual({
      S3Bucket: bucket.bucketName, S3BucketOwner: FINOPS, S3Region: 'eu-west-1', S3Prefix: 'exports',
      S3OutputConfigurations: { OutputType: 'CUSTOM', Format: 'PARQUET', Compression: 'PARQUET', Overwrite: 'OVERWRITE_REPORT' },
    });
    expect(RefreshCadence).toEqual({ Frequency: 'SYNCHRONOUS' });
  }
  expect(bucket.bucketName).toBe(`landing-zone-acme-costs-${FINOPS}-eu-west-1-an`);
  expect(made.location('cur2')).toBe(`s3://${bucket.bucketName}/exports/acme-cur2/data/`);
  expect(management.dependencies).toEqual([Stack.of(bucket)]);
});

test('queries name their columns, and those that follow from a configuration only with it', () => {
  const query = (one: CostExport) => exportsIn(exported({ exports: [one] }).management)[0].DataQuery;
  const columns = (one: CostExport) => query(one).QueryStatement.match(/^SELECT (.*) FROM [A-Z0-9_]+$/)[1].split(', ') as string[];
  for (const one of ALL) {
    expect(new Set(columns(one)).size).toBe(columns(one).length);
    expect(query(one).QueryStatement).not.toContain('*');
  }
  const bare = CostExport.costAndUsage({ granularity: ExportGranularity.MONTHLY, resources: false });
  expect(query(bare).TableConfigurations).toEqual({
    COST_AND_USAGE_REPORT: { TIME_GRANULARITY: 'MONTHLY', INCLUDE_RESOURCES: 'FALSE', INCLUDE_SPLIT_COST_ALLOCATION_DATA: 'FALSE', INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: 'FALSE' },
  });
  expect(columns(bare).filter((name) => /resource_id|^split/.test(name))).toEqual([]);
  expect(columns(CostExport.costAndUsage())).toContain('line_item_resource_id');
  expect(columns(ALL[0]!).filter((name) => name.startsWith('split_line_item_'))).toHaveLength(11);
  expect(query(ALL[1]!).TableConfigurations).toEqual({ FOCUS_1_2_AWS: { TIME_GRANULARITY: 'HOURLY' } });
  expect(query(ALL[3]!)).not.toHaveProperty('TableConfigurations');
});

test('recommendations come with the service-linked role, unless the account has it', () => {
  const rolesOf = (options: Parameters<typeof exported>[0], createServiceLinkedRole?: boolean) => {
    const { management, bucket } = exported(options);
    new CostExports(management, 'More', { bucket, exports: [CostExport.recommendations()], createServiceLinkedRole });
    return Object.keys(Template.fromStack(management).findResources('AWS::IAM::ServiceLinkedRole', { Properties: { AWSServiceName: 'bcm-data-exports.amazonaws.com' } }));
  };
  expect(rolesOf({})).toHaveLength(1);
  expect(rolesOf({}, false)).toHaveLength(0);
});

test('the bucket is private, versioned, encrypted with a key of its own, and kept', () => {
  const template = Template.fromStack(exported().data);
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      BucketNamespace: 'account-regional',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 2557, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }] },
    },
  });
  template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  const plain = Template.fromStack(exported({ ownKey: false, days: 400 }).data);
  plain.resourceCountIs('AWS::KMS::Key', 0);
  plain.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 400 }] } });
});

describe('what cannot be is said, all of it', () => {
  test.each([
    ['exports outside of us-east-1', () => exported({ region: 'eu-west-1' }), 'it is in eu-west-1, and AWS has exports in us-east-1 alone: put it into a stack there; the bucket stays in eu-west-1'],
    ['exports of an account that the bucket does not take', () => exported({ account: '999988887777' }), 'it is in account 999988887777, and the bucket takes exports of 111122223333'],
    ['a table twice', () => exported({ exports: [CostExport.focus(), CostExport.focus()] }), 'focus is exported twice'],
    ['no table', () => exported({ exports: [] }), 'exports is empty'],
    ['GovCloud', () => exported({ bucketRegion: 'us-gov-west-1' }), 'AWS has no exports in the partition of us-gov-west-1'],
    ['another partition', () => exported({ bucketRegion: 'cn-north-1' }), /AWS has exports in cn-northwest-1 alone.*the bucket of account 444455556666 in aws-cn/],
    ['a name in capitals', () => exported({ exportName: 'Acme' }), 'exportName is "Acme"'],
    ['a long name', () => exported({ exportName: 'a-name-that-is-too-long' }), /has 68 characters, 63 are allowed: give an exportName of at most 18$/],
    ['half a day', () => exported({ days: 0.5 }), 'days is 0.5'],
    ['a stack of any account', () => new CostExportBucket(new Stack(new App(), 'Any'), 'B', { exportName: 'acme', sourceAccountId: MANAGEMENT }), 'give env'],
    ['an account that is none', () => new CostExportBucket(new Stack(new App(), 'S', { env: { account: FINOPS, region: 'eu-west-1' } }), 'B', { exportName: 'acme', sourceAccountId: 'acme' }), 'sourceAccountId is "acme"'],
    ['a table that is not exported', () => exported().made.location('focus'), 'does not export focus. It exports: cur2'],
  ] as const)('%s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});

test('an export more moves nothing, and two syntheses are the same', () => {
  const few = Template.fromStack(exported({ exports: [CostExport.focus()] }).management).toJSON().Resources;
  const more = Template.fromStack(exported({ exports: ALL }).management).toJSON();
  expect(more.Resources).toMatchObject(few);
  expect(Template.fromStack(exported({ exports: ALL }).management).toJSON()).toEqual(more);
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  const { violations, acknowledged } = validated((stack) => {
    const bucket = new CostExportBucket(stack, 'CostData', { exportName: 'acme', sourceAccountId: MANAGEMENT });
    new CostExports(new Stack(stack.node.root, 'Exports', { env: { account: MANAGEMENT, region: 'us-east-1' } }), 'CostExports', { bucket, exports: ALL });
  });
  expect(violations).toEqual([]);
  expect(acknowledged).toEqual([expect.stringMatching(/S1.*Only AWS Data Exports writes to it/)]);
});

test('snapshot of the smallest: one export, and the bucket with its policy and key', () => {
  const { data, management } = exported({ exports: [CostExport.carbonEmissions()] });
  expect([Template.fromStack(data).toJSON().Resources, Template.fromStack(management).toJSON().Resources]).toMatchSnapshot();
});
