import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const PATHS = 'backup:CopyTargetOrgPaths';

/** LZ.BACKUP.2. */
export function keepBackupsInOrganization(): Control {
  return new Control({
    id: 'LZ.BACKUP.2',
    title: 'Backups are copied to vaults of the organization only',
    description: 'A copy of a backup is a copy of the whole data, and the vault it goes to may be anybody\'s. Copies to a vault outside the organization are denied, '
      + 'and so are copies to an account that is in none. Copies between accounts and Regions of the organization stay possible.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-21', 'CP-6', 'CP-9'),
      Framework.PCI_DSS.maps('9.4.1'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.12', 'A.8.13'),
      Framework.SOC_2.maps('CC6.7'),
    ],
    sources: [
      'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html (backup:CopyTargetOrgPaths, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    // ForAllValues also holds where the key is absent: the target is then in no organization.
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['backup:CopyFromBackupVault'],
      conditions: { 'ForAllValues:StringNotLike': { [PATHS]: `${ZoneValue.ORGANIZATION_ID}/*` } },
    })],
    proof: {
      denies: [
        { action: 'backup:CopyFromBackupVault', context: { [PATHS]: ['o-another1234/r-zz99/ou-zz99-99999999/'] } },
        { action: 'backup:CopyFromBackupVault', principal: 'root', context: { [PATHS]: [] } },
      ],
      allows: [
        { action: 'backup:CopyFromBackupVault', context: { [PATHS]: [`${ZoneValue.ORGANIZATION_ID}/r-ab12/ou-ab12-11111111/`] } },
        { action: 'backup:StartBackupJob' },
        { action: 'backup:CopyFromBackupVault', principal: PLATFORM_ROLE, context: { [PATHS]: [] } },
      ],
    },
  });
}
