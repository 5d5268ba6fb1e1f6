import { RegionInfo } from 'aws-cdk-lib/region-info';

/**
 * Whether accounts have to opt in to a Region before they can use it. AWS made all Regions so that it opened after 2019-03-20, in the partition aws alone; one that the CDK does not know yet is newer.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html (read 2026-11-23)
 */
export function isOptIn(region: string): boolean {
  if (!RegionInfo.regions.some(({ name }) => name === region)) return !/^(cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc)-/.test(region);
  return RegionInfo.get(region).isOptInRegion;
}
