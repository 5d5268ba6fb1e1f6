/** Restores to the latest moment, or to the one that the last option names. */
const pointInTime = (command: string, moment: string): readonly string[] => [
  `${command} --use-latest-restorable-time`, `# Where the loss is in the latest moment: ${moment} "$BEFORE_THE_HARM" in place of --use-latest-restorable-time`,
];

/** A cluster comes back without instances (Neptune API reference, RestoreDBClusterToPointInTime, read 2026-11-23; the others have the same call). */
const cluster = (service: string) => [...pointInTime(`aws ${service} restore-db-cluster-to-point-in-time --source-db-cluster-identifier "$NAME" --db-cluster-identifier "$NAME-restored"`, '--restore-to-time'), `# It comes back without instances: add those that the stack has, by aws ${service} create-db-instance --db-cluster-identifier "$NAME-restored"`];
const table = pointInTime('aws dynamodb restore-table-to-point-in-time --source-table-name "$NAME" --target-table-name "$NAME-restored"', '--restore-date-time');

/** Commands that bring a resource back, by its type; `by schedule` for what AWS Backup has points of recovery of. `$NAME` is its physical id. See the AWS CLI reference. */
export const RESTORE_COMMANDS: { readonly [type: string]: readonly string[] } = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::RDS::DBInstance': pointInTime('aws rds restore-db-instance-to-point-in-time --source-db-instance-identifier "$NAME" --target-db-instance-identifier "$NAME-restored"', '--restore-time'),
  'AWS::RDS::DBCluster': cluster('rds'),
  'AWS::DocDB::DBCluster': cluster('docdb'),
  'AWS::Neptune::DBCluster': cluster('neptune'),
  'by schedule': [
    'aws backup list-recovery-points-by-backup-vault --backup-vault-name landing-zone --query "RecoveryPoints[?contains(ResourceArn, \'$NAME\')].[CreationDate,Status,RecoveryPointArn]" --output text | sort | tail -5',
    'POINT=arn:of:the:last:one:before:the:harm',
    'aws backup get-recovery-point-restore-metadata --backup-vault-name landing-zone --recovery-point-arn "$POINT" --query RestoreMetadata > metadata.json',
    'aws backup start-restore-job --recovery-point-arn "$POINT" --iam-role-arn "$RESTORE_ROLE_ARN" --metadata file://metadata.json',
  ],
};
