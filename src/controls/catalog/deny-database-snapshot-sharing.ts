import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.RDS.3. */
export function denyDatabaseSnapshotSharing(): Control {
  return new Control({
    id: 'LZ.RDS.3',
    title: 'Snapshots of databases are shared by the platform only',
    description: 'One request shares a snapshot of a whole database with another account, or with everybody. AWS has no condition on with whom, so snapshots of RDS, Aurora, Neptune, '
      + 'DocumentDB and Redshift are shared by the platform only. Copies between accounts of the organization go through AWS Backup. '
      + 'See which pipelines share snapshots before enabling it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.PCI_DSS.maps('7.2.1'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.7'),
    ],
    controlTower: ['AWS-GR_RDS_SNAPSHOTS_PUBLIC_PROHIBITED'],
    sources: [
      'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html (no key on what is shared with whom, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html (NIST 800-53 mapping of RDS.1, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'rds:ModifyDBClusterSnapshotAttribute', 'rds:ModifyDBSnapshotAttribute', 'redshift:AuthorizeSnapshotAccess', 'redshift-serverless:PutResourcePolicy',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('RDS_SNAPSHOTS_PUBLIC_PROHIBITED'),
      DetectiveMechanism.securityHub('RDS.1'),
    ],
    proof: {
      denies: [
        { action: 'rds:ModifyDBSnapshotAttribute' },
        { action: 'rds:ModifyDBClusterSnapshotAttribute', principal: 'root' },
        { action: 'redshift:AuthorizeSnapshotAccess' },
      ],
      allows: [
        { action: 'rds:CreateDBSnapshot' },
        { action: 'rds:CopyDBSnapshot' },
        { action: 'redshift:RevokeSnapshotAccess' },
        { action: 'rds:ModifyDBSnapshotAttribute', principal: PLATFORM_ROLE },
      ],
    },
  });
}
