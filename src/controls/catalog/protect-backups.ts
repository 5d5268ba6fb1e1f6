import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.BACKUP.1. */
export function protectBackups(): Control {
  return new Control({
    id: 'LZ.BACKUP.1',
    title: 'Backups, their vaults and their plans are protected',
    description: 'Whoever wants a ransom deletes the backups first. Vaults, locks, vault policies, recovery points and plans of AWS Backup are deleted, unlocked, shortened or detached by the '
      + 'platform only, and AWS Backup itself still removes what has expired. Backing up and restoring stay open. '
      + 'Teams whose own roles delete recovery points need a pipeline for it first.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('CP-6', 'CP-9', 'CP-9(8)', 'CP-10', 'SI-12'),
      Framework.PCI_DSS.maps('9.4.1', '12.10.1'),
      Framework.ISO_27001.maps('A.8.13'),
      Framework.SOC_2.maps('CC7.5'),
    ],
    controlTower: ['CT.BACKUP.PV.3'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Sensitive-data-protection/Deny-AWS-Backup-deletion-and-changes-to-configuration.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'backup:CancelLegalHold', 'backup:DeleteBackupPlan', 'backup:DeleteBackupSelection', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy',
        'backup:DeleteBackupVaultLockConfiguration', 'backup:DeleteBackupVaultSharingPolicy', 'backup:DeleteRecoveryPoint',
        'backup:DisassociateBackupVaultMpaApprovalTeam', 'backup:DisassociateRecoveryPoint', 'backup:DisassociateRecoveryPointFromParent',
        'backup:PutBackupVaultAccessPolicy', 'backup:PutBackupVaultLockConfiguration', 'backup:PutBackupVaultSharingPolicy', 'backup:UpdateBackupPlan',
        'backup:UpdateGlobalSettings', 'backup:UpdateRecoveryPointLifecycle', 'backup:UpdateRegionSettings',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED'),
      DetectiveMechanism.configRule('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK'),
    ],
    proof: {
      denies: [
        { action: 'backup:DeleteBackupVault' },
        { action: 'backup:DeleteRecoveryPoint', principal: 'root' },
        { action: 'backup:DeleteBackupVaultLockConfiguration' },
        { action: 'backup:PutBackupVaultAccessPolicy' },
        { action: 'backup:UpdateRecoveryPointLifecycle' },
        { action: 'backup:UpdateBackupPlan' },
      ],
      allows: [
        { action: 'backup:StartBackupJob' },
        { action: 'backup:StartRestoreJob' },
        { action: 'backup:CreateBackupVault' },
        { action: 'backup:CreateBackupPlan' },
        { action: 'backup:DeleteRecoveryPoint', principal: PLATFORM_ROLE },
        { action: 'backup:DeleteRecoveryPoint', principal: 'role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup' },
      ],
    },
  });
}
