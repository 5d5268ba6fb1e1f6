import { RemovalPolicy, Size, Stack, Validations } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CostDimension } from './cost-dimension';
import { CostExport } from './cost-export';
import { CostExports } from './cost-exports';
import { chargeback, CostQuery, QueryTables, showback, unitCost } from './cost-queries';
import { ExportColumns } from './export-columns';
import { InputError } from '../../model/input-error';
import { partitionOf } from '../../model/partition';
import { TaggingStandard } from '../../tagging/tagging-standard';

/** What one of something costs. */
export interface UnitCostOptions {
  /** Part of the query's name: `tenant`. */
  readonly name: string;
  /** What costs and quantities are divided by: `CostDimension.tag('tenant')`. */
  readonly dimension: CostDimension;
  /** Which quantity, as the file of quantities says: `transactions`. */
  readonly metric: string;
}

/** What can be chosen of analytics. */
export interface CostAnalyticsOptions {
  /** What costs are divided by; each has a query for showback and one for chargeback. @default - each key of the tagging standard, without one owner and environment, and the account */
  readonly dimensions?: CostDimension[];
  /** Costs of one of something, from quantities that you put below `metrics/`. @default - none */
  readonly unitCosts?: UnitCostOptions[];
  /** Standard whose keys the tags must be. @default - they are not compared; a landing zone gives its own */
  readonly tagging?: TaggingStandard;
  /** First month of the report, `2026-01`. @default '2025-01' */
  readonly since?: string;
  /** Most that one query may read, 10 MB at least. @default Size.gibibytes(100) */
  readonly scanLimit?: Size;
  /** Days until results expire. @default 30 */
  readonly resultDays?: number;
}

/** Properties of analytics. */
export interface CostAnalyticsProps extends CostAnalyticsOptions {
  /** What is exported; the Cost and Usage Report must be. */
  readonly exports: CostExports;
}

/** Amazon Athena takes no lower limit. https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfiguration.html (read 2026-11-23) */
const LEAST_SCAN_LIMIT = 10_000_000;

/** Characters of a bucket's name (Amazon S3 User Guide, "General purpose bucket naming rules", read 2026-11-23). */
const LONGEST = 63;

/**
 * Questions about exported costs, in Amazon Athena: tables over the exports, a workgroup that encrypts results and limits what a query reads, and queries for showback, chargeback and unit costs,
 * none of which loses a cent.
 *
 * Goes into the stack of the exports' bucket. The report's months are found by their names, so no crawler runs; the other tables read all of their files.
 *
 * @example
 * declare const exports: CostExports;
 * new CostAnalytics(stack, 'CostAnalytics', {
 *   exports,
 *   dimensions: [CostDimension.tag('owner'), CostDimension.costCategory('unit'), CostDimension.account()],
 *   unitCosts: [{ name: 'tenant', dimension: CostDimension.tag('tenant'), metric: 'transactions' }],
 * });
 */
export class CostAnalytics extends Construct {
  /** Name of the database. */
  public readonly databaseName: string;
  /** Name of the workgroup. */
  public readonly workgroupName: string;
  /** Name of the bucket of results, below `results/`, and of quantities, below `metrics/`. */
  public readonly bucketName: string;
  /** Names of the queries. */
  public readonly queryNames: string[];

  public constructor(scope: Construct, id: string, private readonly props: CostAnalyticsProps) {
    super(scope, id);
    const { bucket, exports } = props.exports;
    const { account, exportName, region } = bucket;
    this.databaseName = `${exportName.replaceAll('-', '_')}_costs`;
    this.workgroupName = `${exportName}-costs`;
    this.bucketName = `costs-${exportName}-queries-${account}-${region}-an`;
    this.check();
    const database = new CfnDatabase(this, 'Database', { catalogId: account, databaseInput: { name: this.databaseName, description: 'Costs of the organization' } });
    for (const one of exports) this.addTable(database, one);
    const { unitCosts = [] } = props;
    const dimensions = this.dimensions;
    if (unitCosts.length > 0) this.addMetrics(database);
    const workgroup = this.addWorkgroup(this.addBucket());
    const hasSplitCosts = exports.some(({ key, _columns: columns }) => key === 'cur2' && columns.some(([name]) => name === 'split_line_item_parent_resource_id'));
    const tables: QueryTables = { database: this.databaseName, report: 'cur2', metrics: METRICS, hasSplitCosts };
    const queries = [...dimensions.flatMap((dimension) => [showback(dimension, tables), chargeback(dimension, tables)]), ...unitCosts.map((one) => unitCost(one, tables))];
    for (const query of queries) this.addQuery(query, workgroup, database);
    this.queryNames = queries.map(({ name }) => name);
  }

  private get dimensions(): CostDimension[] {
    const { dimensions, tagging } = this.props;
    return dimensions ?? [...(tagging?.keys ?? ['owner', 'environment']).map((key) => CostDimension.tag(key)), CostDimension.account()];
  }

  private check(): void {
    const { dimensions, props: { exports: { bucket, exports }, unitCosts = [], tagging, since = SINCE, scanLimit, resultDays = 30 } } = this;
    const { account, region } = Stack.of(this);
    const keys = [...dimensions, ...unitCosts.map(({ dimension }) => dimension)].filter(({ kind }) => kind === 'tag').map(({ name }) => name);
    const names = [...dimensions.map(({ name }) => `showback-by-${name}`), ...unitCosts.map(({ name }) => `unit-cost-${name}`)];
    const problems = [
      ...(account === bucket.account && region === bucket.region ? [] : [`it is in account ${account}, ${region}, and the files are in ${bucket.account}, ${bucket.region}: put it into the stack of their bucket`]),
      ...(exports.some(({ key }) => key === 'cur2') ? [] : ['the Cost and Usage Report is not exported: add CostExport.costAndUsage() to exports']),
      ...(tagging ? [...new Set(keys)].filter((key) => !tagging.keys.includes(key)).map((key) => `the tagging standard has no key ${key}. Keys: ${tagging.keys.join(', ')}`) : []),
      ...[...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map((name) => `${name} is asked for twice`),
      ...unitCosts.flatMap(({ name, metric }) => [name, metric]).filter((text) => !/^[A-Za-z0-9_.-]{1,80}$/.test(text)).map((text) => `"${text}" of a unit cost: letters, digits and _.- are expected`),
      ...(/^20\d\d-(0[1-9]|1[0-2])$/.test(since) ? [] : [`since is "${since}": a month like 2026-01 is expected`]),
      ...(scanLimit && scanLimit.toBytes() < LEAST_SCAN_LIMIT ? [`scanLimit is ${scanLimit.toBytes()} bytes, and AWS takes ${LEAST_SCAN_LIMIT} at least`] : []),
      ...(Number.isInteger(resultDays) && resultDays >= 1 ? [] : [`resultDays is ${resultDays}, whole days are expected`]),
      ...(this.bucketName.length <= LONGEST ? [] : [`the name ${this.bucketName} has ${this.bucketName.length} characters, ${LONGEST} are allowed: give a shorter exportName`]),
    ];
    if (problems.length > 0) throw new InputError(`CostAnalytics ${this.node.path}: ${problems.join('; ')}`);
  }

  private addTable(database: CfnDatabase, one: CostExport): void {
    const { exports, since = SINCE } = this.props;
    const location = exports.location(one.key);
    // AWS says how the folders of the report's months are called, and of no other export's: those tables have no partitions, and read what is below them, whatever it is called.
    const isReport = one.key === 'cur2';
    this.table(database, TABLE[one.key]!, {
      name: one.key,
      description: one.tableName,
      parameters: {
        classification: 'parquet', EXTERNAL: 'TRUE',
        ...(isReport ? {
          'projection.enabled': 'true', 'projection.billing_period.type': 'date', 'projection.billing_period.format': 'yyyy-MM', 'projection.billing_period.range': `${since},NOW`,
          'projection.billing_period.interval': '1', 'projection.billing_period.interval.unit': 'MONTHS', 'storage.location.template': `${location}BILLING_PERIOD=\${billing_period}/`,
        } : {}),
      },
      ...(isReport ? { partitionKeys: [{ name: 'billing_period', type: 'string', comment: '2026-01' }] } : {}),
      storageDescriptor: {
        location,
        columns: columnsOf(one._columns),
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe', parameters: { 'serialization.format': '1' } },
      },
    });
  }

  private addMetrics(database: CfnDatabase): void {
    this.table(database, 'Metrics', {
      name: METRICS,
      description: 'Quantities by month: CSV files with a line of names, in the order of the columns',
      parameters: { 'classification': 'csv', 'EXTERNAL': 'TRUE', 'skip.header.line.count': '1' },
      storageDescriptor: {
        location: `s3://${this.bucketName}/metrics/`,
        columns: columnsOf([['billing_period', 'string'], ['allocated_to', 'string'], ['metric', 'string'], ['quantity', 'double']]),
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', parameters: { 'field.delim': ',', 'serialization.format': ',' } },
      },
    });
  }

  private table(database: CfnDatabase, id: string, tableInput: Omit<CfnTable.TableInputProperty, 'tableType'>): void {
    const table = new CfnTable(this, id, { catalogId: this.props.exports.bucket.account, databaseName: this.databaseName, tableInput: { ...tableInput, tableType: 'EXTERNAL_TABLE' } });
    table.addResourceDependency(database);
  }

  private addBucket(): CfnBucket {
    const { exports: { bucket: { keyArn, region } }, resultDays = 30 } = this.props;
    const bucket = new CfnBucket(this, 'Queries', {
      bucketName: this.bucketName,
      bucketNamespace: 'account-regional',
      bucketEncryption: {
        serverSideEncryptionConfiguration: [keyArn === undefined ? { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : { bucketKeyEnabled: true, serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn } }],
      },
      publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: {
        rules: [
          { id: 'results', status: 'Enabled', prefix: 'results/', expirationInDays: resultDays, noncurrentVersionExpiration: { noncurrentDays: 1 } },
          { id: 'uploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 7 }, noncurrentVersionExpiration: { noncurrentDays: 90 } },
        ],
      },
    });
    const reason = 'Results of queries, which expire; Athena and the organization trail record who asked.';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-S1', reason }, { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketLoggingEnabled', reason }, { id: 'NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled', reason: 'Results of queries, which expire and can be asked for again.' },
    );
    bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const arn = `arn:${partitionOf(region)}:s3:::${this.bucketName}`;
    const policy = new CfnBucketPolicy(this, 'QueriesPolicy', {
      bucket: this.bucketName,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'PlainHttp', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Sid: 'OldTls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`], Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
        ],
      },
    });
    policy.addResourceDependency(bucket);
    policy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return bucket;
  }

  private addWorkgroup(bucket: CfnBucket): CfnWorkGroup {
    const { exports: { bucket: { account, keyArn } }, scanLimit = Size.gibibytes(100) } = this.props;
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: this.workgroupName,
      description: 'Questions about costs',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimit.toBytes(),
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.bucketName}/results/`,
          expectedBucketOwner: account,
          encryptionConfiguration: keyArn === undefined ? { encryptionOption: 'SSE_S3' } : { encryptionOption: 'SSE_KMS', kmsKey: keyArn },
        },
      },
    });
    workgroup.addResourceDependency(bucket);
    return workgroup;
  }

  private addQuery({ name, description, sql }: CostQuery, workgroup: CfnWorkGroup, database: CfnDatabase): void {
    const scope = (this.node.tryFindChild('Saved') as Construct | undefined) ?? new Construct(this, 'Saved');
    const query = new CfnNamedQuery(scope, name, { name, description, database: this.databaseName, queryString: sql, workGroup: this.workgroupName });
    for (const before of [workgroup, database]) query.addResourceDependency(before);
  }
}

const SINCE = '2025-01';

/** Table of quantities. */
const METRICS = 'unit_metrics';

/** Ids in a template. */
const TABLE: { readonly [key: string]: string } = { cur2: 'CostAndUsage', focus: 'Focus', recommendations: 'Recommendations', carbon: 'CarbonEmissions' };

/** The catalog has names in lower case, and finds columns of files in any. */
function columnsOf(columns: ExportColumns): CfnTable.ColumnProperty[] {
  return columns.map(([name, type]) => ({ name: name.toLowerCase(), type }));
}
