import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { CostExport, CostExportBucket, CostExportBucketOptions, CostExports } from '../../../src';

export const MANAGEMENT = '111122223333';
export const FINOPS = '444455556666';

export const ALL = [CostExport.costAndUsage({ splitCosts: true }), CostExport.focus(), CostExport.recommendations(), CostExport.carbonEmissions()];

/** A bucket in Ireland of one account, and exports in Virginia of another. */
export function exported(options: CostExportBucketOptions & { exports?: CostExport[]; exportName?: string; region?: string; bucketRegion?: string; account?: string } = {}) {
  const { exports: tables, region = 'us-east-1', bucketRegion = 'eu-west-1', account = MANAGEMENT, exportName = 'acme', ...chosen } = options;
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'exports-')) });
  const data = new Stack(app, 'CostData', { env: { account: FINOPS, region: bucketRegion } });
  const bucket = new CostExportBucket(data, 'CostData', { exportName, sourceAccountId: MANAGEMENT, ...chosen });
  const management = new Stack(app, 'Exports', { env: { account, region } });
  return { app, data, bucket, management, made: new CostExports(management, 'CostExports', { bucket, exports: tables }) };
}
