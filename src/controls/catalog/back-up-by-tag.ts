import { Control } from '../control';
import { BackupPlanOptions } from '../control-options';
import { Framework } from '../framework';
import { locked, LOCKED } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** LZ.BACKUP.3. */
export function backUpByTag(options: BackupPlanOptions = {}): Control {
  const { tagKey = 'backup', tagValues = ['daily'], schedule = 'cron(0 3 ? * * *)', retentionDays = 35, vaultName = 'Default' } = options;
  const { roleName = 'service-role/AWSBackupDefaultServiceRole' } = options;
  if (!Number.isInteger(retentionDays) || retentionDays < 1) {
    throw new Error(`Backups are kept for a whole number of days, one at least, not ${retentionDays}`);
  }
  if (tagValues.length === 0) {
    throw new Error(`Give at least one value of the tag ${tagKey} that asks for a backup`);
  }
  return new Control({
    id: 'LZ.BACKUP.3',
    title: 'Whatever asks for it by its tag is backed up',
    description: 'A team asks for backups by a tag, and cannot get the schedule or the retention wrong: the plan comes from the organization, in every account and allowed Region, '
      + 'and no policy further down changes it. Other plans can be added. Before enabling it, make the vault and the role of AWS Backup in each account, by a StackSet, '
      + 'and opt in to the resource types in AWS Backup; the options say how the vault and the role are called.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CP-6', 'CP-9', 'CP-10', 'SI-12', 'SI-13(5)'),
      Framework.PCI_DSS.maps('12.10.1'),
      Framework.ISO_27001.maps('A.8.13'),
      Framework.SOC_2.maps('CC7.5'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html (examples 3 and 4, read 2026-11-22)',
      'https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html (the default role, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('BACKUP_POLICY', {
      plans: {
        '@@operators_allowed_for_child_policies': ['@@append'],
        'LandingZone': {
          ...LOCKED,
          regions: locked([ZoneValue.ALLOWED_REGIONS]),
          rules: {
            ...LOCKED,
            Scheduled: {
              ...LOCKED,
              schedule_expression: locked(schedule),
              start_backup_window_minutes: locked('60'),
              target_backup_vault_name: locked(vaultName),
              lifecycle: { ...LOCKED, delete_after_days: locked(String(retentionDays)) },
            },
          },
          selections: {
            ...LOCKED,
            tags: {
              ...LOCKED,
              Tagged: {
                ...LOCKED,
                // AWS fills in the account.
                iam_role_arn: locked(`arn:${ZoneValue.PARTITION}:iam::$account:role/${roleName}`),
                tag_key: locked(tagKey),
                tag_value: locked(tagValues),
              },
            },
          },
        },
      },
    })],
    detective: [
      DetectiveMechanism.configRule('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK'),
      DetectiveMechanism.configRule('DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN'),
      DetectiveMechanism.configRule('EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN'),
      DetectiveMechanism.configRule('RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN'),
      DetectiveMechanism.securityHub('DynamoDB.4'),
      DetectiveMechanism.securityHub('EC2.28'),
      DetectiveMechanism.securityHub('RDS.26'),
    ],
  });
}
