import { partitionOf } from '../model/partition';

/** Names within the account that has the data lake, by which stacks of several Regions know of each other. */

/** AWS's functions look for the role of this name and path (Amazon Security Lake User Guide, "AWS managed policies for Security Lake", read 2026-11-23). */
export const META_STORE_ROLE = 'AmazonSecurityLakeMetaStoreManagerV2';

/** Begins as AWS asks for: https://docs.aws.amazon.com/security-lake/latest/userguide/add-rollup-region.html (read 2026-11-23). */
export const REPLICATION_ROLE = 'SecurityLakeS3ReplicationRole';

export const ROLE_PATH = '/service-role/';

/** Alias of the key in each Region. */
export const KEY_ALIAS = 'alias/landing-zone/security-lake';

/** ARN of a role of Security Lake in an account. */
export function lakeRoleArn(name: string, account: string, region: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:role${ROLE_PATH}${name}`;
}
