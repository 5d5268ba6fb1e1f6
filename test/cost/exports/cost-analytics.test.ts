import { Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ALL, exported, FINOPS, MANAGEMENT } from './exports';
import { CostAnalytics, CostAnalyticsOptions, CostDimension, CostExport, CostExportBucket, CostExports, TaggingStandard } from '../../../src';
import { validated } from '../../network/aws-solutions';

const tenants = { name: 'tenant', dimension: CostDimension.tag('tenant'), metric: 'transactions' };

function analytics(options: CostAnalyticsOptions & Parameters<typeof exported>[0] = {}) {
  const { dimensions, unitCosts, tagging, since, scanLimit, resultDays, ...rest } = options;
  const { data, made, management, bucket } = exported({ exports: ALL, ...rest });
  return { data, management, bucket, exports: made, made: new CostAnalytics(data, 'CostAnalytics', { exports: made, dimensions, unitCosts, tagging, since, scanLimit, resultDays }) };
}

const tables = (stack: Stack) => Object.fromEntries(Object.values(Template.fromStack(stack).findResources('AWS::Glue::Table')).map(({ Properties }) => [Properties.TableInput.Name, Properties.TableInput]));

test('a table over each export, with its columns; the report\'s months are found by the names that AWS says', () => {
  const { data, bucket } = analytics({ since: '2026-03' });
  const found = tables(data);
  expect(Object.keys(found).sort()).toEqual(['carbon', 'cur2', 'focus', 'recommendations']);
  expect(found.cur2.PartitionKeys).toEqual([{ Name: 'billing_period', Type: 'string', Comment: '2026-01' }]);
  expect(found.cur2.Parameters).toMatchObject({
    'projection.enabled': 'true', 'projection.billing_period.range': '2026-03,NOW', 'storage.location.template': `s3://${bucket.bucketName}/exports/acme-cur2/data/BILLING_PERIOD=\${billing_period}/`,
  });
  for (const one of ALL) {
    const asked = one.queryStatement.match(/^SELECT (.*) FROM/)![1]!.split(', ').map((name) => name.toLowerCase());
    expect(found[one.key].StorageDescriptor.Columns.map(({ Name }: any) => Name)).toEqual(asked);
    expect(found[one.key].StorageDescriptor.Location).toBe(`s3://${bucket.bucketName}/exports/acme-${one.key}/data/`);
    expect('PartitionKeys' in found[one.key]).toBe(one.key === 'cur2');
  }
});

test('the workgroup says where results go, encrypted, and how much a query reads; nobody says otherwise', () => {
  const { data, made, bucket } = analytics({ scanLimit: Size.gibibytes(2) });
  Template.fromStack(data).hasResourceProperties('AWS::Athena::WorkGroup', {
    Name: 'acme-costs',
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 2 * 1024 ** 3,
      ResultConfiguration: { OutputLocation: `s3://${made.bucketName}/results/`, ExpectedBucketOwner: FINOPS, EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: data.resolve(bucket.keyArn) } },
    },
  });
  Template.fromStack(analytics({ ownKey: false }).data).hasResourceProperties('AWS::Athena::WorkGroup', { WorkGroupConfiguration: { ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } } } });
});

test('two queries for each dimension, one for each unit cost, with its table of quantities', () => {
  const { made, data } = analytics({ unitCosts: [tenants] });
  expect(made.queryNames).toEqual([
    'showback-by-owner', 'chargeback-by-owner', 'showback-by-environment', 'chargeback-by-environment', 'showback-by-account', 'chargeback-by-account', 'unit-cost-tenant',
  ]);
  const saved = Object.values(Template.fromStack(data).findResources('AWS::Athena::NamedQuery')).map(({ Properties }) => Properties);
  expect(saved.map(({ Name }) => Name).sort()).toEqual([...made.queryNames].sort());
  for (const { QueryString, WorkGroup, Database } of saved) expect([WorkGroup, Database, QueryString.includes('"acme_costs"."cur2"')]).toEqual(['acme-costs', 'acme_costs', true]);
  // What is exported has containers.
  expect(saved.every(({ QueryString }) => QueryString.includes('split_line_item_parent_resource_id'))).toBe(true);
  const { data: plain } = analytics({ exports: [CostExport.costAndUsage()] });
  expect(JSON.stringify(Template.fromStack(plain).findResources('AWS::Athena::NamedQuery'))).not.toContain('split_line_item');
  expect(tables(data).unit_metrics.StorageDescriptor.Columns.map(({ Name }: any) => Name)).toEqual(['billing_period', 'allocated_to', 'metric', 'quantity']);
});

describe('what cannot be is said, all of it', () => {
  const tagging = new TaggingStandard({ tags: [{ key: 'owner' }, { key: 'env' }] });
  test.each([
    ['another Region', () => {
      const { exports, management } = analytics();
      new CostAnalytics(management, 'More', { exports });
    }, 'it is in account 111122223333, us-east-1, and the files are in 444455556666, eu-west-1: put it into the stack of their bucket'],
    ['no report', () => analytics({ exports: [CostExport.focus()] }), 'the Cost and Usage Report is not exported'],
    ['tags that the standard does not have', () => analytics({ tagging, unitCosts: [tenants], dimensions: [CostDimension.tag('environment')] }), /has no key environment\. Keys: owner, env; the tagging standard has no key tenant/],
    ['a query twice', () => analytics({ dimensions: [CostDimension.tag('unit'), CostDimension.costCategory('unit')] }), 'showback-by-unit is asked for twice'],
    ['a metric that could leave the text of a query', () => analytics({ unitCosts: [{ ...tenants, metric: 'it\'s' }] }), '"it\'s" of a unit cost'],
    ['no month', () => analytics({ since: '2026-13' }), 'since is "2026-13"'],
    ['a limit that Athena does not take', () => analytics({ scanLimit: Size.mebibytes(5) }), 'AWS takes 10000000 at least'],
    ['half a day', () => analytics({ resultDays: 0.5 }), 'resultDays is 0.5'],
  ] as const)('%s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});

test('a dimension more moves nothing, and two syntheses are the same', () => {
  const few = Template.fromStack(analytics({ dimensions: [CostDimension.account()] }).data).toJSON().Resources;
  const more = Template.fromStack(analytics({ dimensions: [CostDimension.tag('owner'), CostDimension.account()], unitCosts: [tenants] }).data).toJSON();
  expect(more.Resources).toMatchObject(few);
  expect(Template.fromStack(analytics({ dimensions: [CostDimension.tag('owner'), CostDimension.account()], unitCosts: [tenants] }).data).toJSON()).toEqual(more);
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  const { violations, acknowledged } = validated((stack) => {
    const bucket = new CostExportBucket(stack, 'CostData', { exportName: 'acme', sourceAccountId: MANAGEMENT });
    const exports = new CostExports(new Stack(stack.node.root, 'Exports', { env: { account: MANAGEMENT, region: 'us-east-1' } }), 'CostExports', { bucket });
    new CostAnalytics(stack, 'CostAnalytics', { exports, unitCosts: [tenants] });
  });
  expect(violations).toEqual([]);
  expect(acknowledged).toHaveLength(2);
});

test('snapshot of one query with its workgroup', () => {
  const { Resources } = Template.fromStack(analytics({ dimensions: [CostDimension.account()] }).data).toJSON();
  expect(Object.entries<any>(Resources).filter(([, { Type }]) => Type.startsWith('AWS::Athena::'))).toMatchSnapshot();
});
