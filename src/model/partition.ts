/** Partition of a Region's accounts: `aws`, `aws-cn`, `aws-us-gov` (AWS General Reference, read 2026-11-22). */
export function partitionOf(region?: string): string {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
