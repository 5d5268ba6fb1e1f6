import { Control } from '../control';
import { Framework } from '../framework';
import { locked } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const SNAPSHOT = 'arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0';

/** LZ.EC2.2. */
export function denyPublicSnapshots(): Control {
  return new Control({
    id: 'LZ.EC2.2',
    title: 'No EBS snapshot is public',
    description: 'Public snapshots are searched for keys and customer data all day. Sharing with everybody is blocked in every account and Region by a declarative policy, '
      + 'which also hides snapshots that are public today; a policy further down cannot lift it. The request itself is denied too, should the declarative policy be detached. '
      + 'Sharing with single accounts stays possible. See that nobody offers a snapshot to the public on purpose before enabling it.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.PCI_DSS.maps('1.4.4', '7.2.1'),
      Framework.ISO_27001.maps('A.8.3', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK', 'CT.EC2.PV.3', 'CT.EC2.PV.7'],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (snapshot_block_public_access, read 2026-11-22)',
      'https://docs.aws.amazon.com/controltower/latest/controlreference/ct-ec2-pv-3.html (ec2:Add/group, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (NIST 800-53 mapping of EC2.1, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      PreventiveMechanism.serviceControl(
        { actions: ['ec2:ModifySnapshotAttribute'], resources: ['arn:*:ec2:*:*:snapshot/*'], conditions: { StringEquals: { 'ec2:Add/group': 'all' } } },
        { actions: ['ec2:DisableSnapshotBlockPublicAccess'] },
      ),
      PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', {
        ec2_attributes: { snapshot_block_public_access: { state: locked('block_all_sharing') } },
      }),
    ],
    detective: [
      DetectiveMechanism.configRule('EBS_SNAPSHOT_PUBLIC_RESTORABLE_CHECK'),
      DetectiveMechanism.securityHub('EC2.1'),
      DetectiveMechanism.securityHub('EC2.182'),
    ],
    proof: {
      denies: [
        { action: 'ec2:ModifySnapshotAttribute', resource: SNAPSHOT, context: { 'ec2:Add/group': ['all'] } },
        { action: 'ec2:ModifySnapshotAttribute', principal: 'root', resource: SNAPSHOT, context: { 'ec2:Add/group': ['all'] } },
        { action: 'ec2:DisableSnapshotBlockPublicAccess' },
      ],
      allows: [
        { action: 'ec2:ModifySnapshotAttribute', resource: SNAPSHOT, context: { 'ec2:Add/group': [] } },
        { action: 'ec2:CreateSnapshot', resource: SNAPSHOT },
        { action: 'ec2:EnableSnapshotBlockPublicAccess' },
        { action: 'ec2:DisableSnapshotBlockPublicAccess', principal: PLATFORM_ROLE },
      ],
    },
  });
}
