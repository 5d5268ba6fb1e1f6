/**
 * Minutes from now to the latest moment that a type can be restored to, where it is backed up continuously.
 *
 * S3, RDS and Aurora by AWS Backup: https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html; DynamoDB by its own point-in-time recovery, which AWS Backup does not turn on:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html (read 2026-11-23)
 */
export const CONTINUOUS_MINUTES: { readonly [type: string]: number } = {
  'AWS::S3::Bucket': 15,
  'AWS::RDS::DBInstance': 5,
  'AWS::RDS::DBCluster': 5,
  'AWS::DynamoDB::Table': 5,
  'AWS::DynamoDB::GlobalTable': 5,
};

/** What continuous backups can promise for each type that has them. */
export const WORST_CONTINUOUS_MINUTES = Math.max(...Object.values(CONTINUOUS_MINUTES));

/** Days that AWS keeps continuous backups at most. */
export const MOST_CONTINUOUS_DAYS = 35;
