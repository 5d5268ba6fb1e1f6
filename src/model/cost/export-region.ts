import { partitionOf } from '../partition';

/**
 * Region where CloudFormation and the service have exports, for the partition of a Region; undefined where there is none.
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Operations_AWS_Billing_and_Cost_Management_Data_Exports.html and the Regions of AWS::BCMDataExports::Export (read 2026-11-23).
 */
export function exportRegion(region: string): string | undefined {
  return { 'aws': 'us-east-1', 'aws-cn': 'cn-northwest-1', 'aws-us-gov': undefined }[partitionOf(region)];
}
