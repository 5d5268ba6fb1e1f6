import { Aws, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BACKUP_ROLE, RESTORE_ROLE } from './backup-names';

/** Properties of the roles of AWS Backup. */
export interface BackupRolesProps {
  /** Whether there is one to try restoring. */
  readonly testsRestores: boolean;
}

/**
 * What AWS Backup becomes in an account, in whatever Region; policies of the organization name it.
 *
 * @internal
 */
export class BackupRoles extends Construct {
  public constructor(scope: Construct, id: string, { testsRestores }: BackupRolesProps) {
    super(scope, id);
    this.add('BackupRole', BACKUP_ROLE, 'AWS Backup becomes it to back up', ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup']);
    if (testsRestores) this.add('RestoreRole', RESTORE_ROLE, 'AWS Backup becomes it to try restoring', ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore']);
  }

  /** Policies of AWS: https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html. Backups go on when its stack goes. */
  private add(id: string, roleName: string, description: string, policies: readonly string[]): void {
    const role = new CfnRole(this, id, {
      roleName,
      description,
      assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      managedPolicyArns: policies.map((name) => `arn:${Aws.PARTITION}:iam::aws:policy/${name}`),
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(role).acknowledge(...policies.map((name) => ({
      id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
      reason: 'AWS keeps these policies in step with the types that AWS Backup knows; nobody but the service can become the role.',
    })));
  }
}
