import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { CfnExport } from 'aws-cdk-lib/aws-bcmdataexports';
import { CfnServiceLinkedRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CostExport } from './cost-export';
import { CostExportBucket } from './cost-export-bucket';
import { exportRegion } from '../../model/cost/export-region';
import { InputError } from '../../model/input-error';
import { partitionOf } from '../../model/partition';

/** What can be chosen of exports. */
export interface CostExportsOptions {
  /** What is exported, each once. @default - the Cost and Usage Report, by the hour and with resources */
  readonly exports?: CostExport[];
  /** Whether the role is made by which AWS Data Exports reads recommendations; `false` where the account has it, because there is one only. @default - where recommendations are exported */
  readonly createServiceLinkedRole?: boolean;
}

/** Properties of exports. */
export interface CostExportsProps extends CostExportsOptions {
  /** Where they are delivered. */
  readonly bucket: CostExportBucket;
}

/** Folder of all exports in the bucket. */
const PREFIX = 'exports';

/**
 * Costs of the organization as files: standing exports of AWS Data Exports, in Parquet, each refresh over the one before.
 *
 * Goes into a stack of the management account in us-east-1 (in China cn-northwest-1), where AWS has exports; the bucket may be in any account and Region of the partition, and is deployed before.
 *
 * @example
 * const bucket = new CostExportBucket(stack, 'CostData', { exportName: 'acme', sourceAccountId: '111122223333' });
 * const management = new Stack(app, 'Exports', { env: { account: '111122223333', region: 'us-east-1' } });
 * new CostExports(management, 'CostExports', { bucket, exports: [CostExport.costAndUsage(), CostExport.focus()] });
 */
export class CostExports extends Construct {
  /** What is exported. */
  public readonly exports: CostExport[];
  /** Where it is delivered. */
  public readonly bucket: CostExportBucket;

  public constructor(scope: Construct, id: string, props: CostExportsProps) {
    super(scope, id);
    this.bucket = props.bucket;
    this.exports = props.exports ?? [CostExport.costAndUsage()];
    this.check();
    const role = props.createServiceLinkedRole ?? this.exports.some(({ key }) => key === 'recommendations') ? this.addRole() : undefined;
    for (const one of this.exports) {
      const resource = this.addExport(one);
      if (role && one.key === 'recommendations') resource.addResourceDependency(role);
    }
    const before = Stack.of(this.bucket);
    // AWS tries to write when an export is made.
    if (before !== Stack.of(this)) Stack.of(this).addStackDependency(before, 'exports are delivered to its bucket');
    else for (const resource of this.node.findAll().filter(CfnExport.isCfnExport)) resource.node.addDependency(this.bucket);
  }

  /** Where the files of an export are: `s3://BUCKET/exports/acme-cur2/data/`. Fails with what is exported. */
  public location(key: string): string {
    if (!this.exports.some((one) => one.key === key)) throw new InputError(`${this.node.path} does not export ${key}. It exports: ${this.exports.map((one) => one.key).join(', ')}`);
    return dataLocation(this.bucket, key);
  }

  private check(): void {
    const { account, region } = Stack.of(this);
    const { account: owner, region: bucketRegion, sourceAccountId } = this.bucket;
    const at = exportRegion(bucketRegion);
    const keys = this.exports.map(({ key }) => key);
    const isKnown = !Token.isUnresolved(account) && !Token.isUnresolved(region);
    const problems = [
      ...(isKnown ? [] : ['its stack has no account and Region of its own: give env']),
      ...(at === undefined ? [`AWS has no exports in the partition of ${bucketRegion}: costs of GovCloud accounts are in the bill of their standard account`] : []),
      ...(isKnown && at !== undefined && region !== at ? [`it is in ${region}, and AWS has exports in ${at} alone: put it into a stack there; the bucket stays in ${bucketRegion}`] : []),
      ...(isKnown && account !== sourceAccountId ? [`it is in account ${account}, and the bucket takes exports of ${sourceAccountId}: put it into a stack of that account, or correct sourceAccountId`] : []),
      ...(isKnown && partitionOf(region) !== partitionOf(bucketRegion) ? [`it is in ${partitionOf(region)}, and the bucket of account ${owner} in ${partitionOf(bucketRegion)}`] : []),
      ...(keys.length === 0 ? ['exports is empty'] : []),
      ...[...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) => `${key} is exported twice`),
    ];
    if (problems.length > 0) throw new InputError(`CostExports ${this.node.path}: ${problems.join('; ')}`);
  }

  /** https://docs.aws.amazon.com/cost-management/latest/userguide/data-exports-SLR.html (read 2026-11-23) */
  private addRole(): CfnServiceLinkedRole {
    const role = new CfnServiceLinkedRole(this, 'Role', { awsServiceName: 'bcm-data-exports.amazonaws.com', description: 'AWS Data Exports reads recommendations of the Cost Optimization Hub' });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return role;
  }

  private addExport(one: CostExport): CfnExport {
    const { account, bucketName, region } = this.bucket;
    return new CfnExport(this, ID[one.key]!, {
      export: {
        name: exportName(this.bucket, one.key),
        description: `Landing zone: ${one.tableName}`,
        dataQuery: { queryStatement: one.queryStatement, ...(one._tableConfigurations ? { tableConfigurations: one._tableConfigurations } : {}) },
        destinationConfigurations: {
          s3Destination: {
            s3Bucket: bucketName,
            s3BucketOwner: account,
            s3Prefix: PREFIX,
            s3Region: region,
            s3OutputConfigurations: { outputType: 'CUSTOM', format: 'PARQUET', compression: 'PARQUET', overwrite: 'OVERWRITE_REPORT' },
          },
        },
        refreshCadence: { frequency: 'SYNCHRONOUS' },
      },
    });
  }
}

/** Ids in a template. */
const ID: { readonly [key: string]: string } = { cur2: 'CostAndUsage', focus: 'Focus', recommendations: 'Recommendations', carbon: 'CarbonEmissions' };

function exportName(bucket: CostExportBucket, key: string): string {
  return `${bucket.exportName}-${key}`;
}

/** https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html (read 2026-11-23): bucket, prefix, export, then `data` and the partitions. */
function dataLocation(bucket: CostExportBucket, key: string): string {
  return `s3://${bucket.bucketName}/${PREFIX}/${exportName(bucket, key)}/data/`;
}
