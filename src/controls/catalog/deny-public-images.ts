import { Control } from '../control';
import { Framework } from '../framework';
import { locked } from '../locked';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.EC2.3. */
export function denyPublicImages(): Control {
  return new Control({
    id: 'LZ.EC2.3',
    title: 'No machine image is made public',
    description: 'An image holds whatever was on the disk when it was made, and once public it is copied within minutes. New sharing with everybody is blocked in every account and Region '
      + 'by a declarative policy, and nobody switches the block off. Sharing with single accounts, units or the organization stays possible. '
      + 'Images that are public today stay so, AWS blocks new sharing only: look for them before enabling it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'),
      Framework.PCI_DSS.maps('1.4.4', '7.2.1'),
      Framework.ISO_27001.maps('A.8.3', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['CT.EC2.PV.11'],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (image_block_public_access, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Service-specific-controls/Amazon-EC2/'
        + 'Deny-users-from-disabling-block-public-access-on-AMIs.json (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      PreventiveMechanism.serviceControl({ actions: ['ec2:DisableImageBlockPublicAccess'] }),
      PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', {
        ec2_attributes: { image_block_public_access: { state: locked('block_new_sharing') } },
      }),
    ],
    proof: {
      denies: [
        { action: 'ec2:DisableImageBlockPublicAccess' },
        { action: 'ec2:DisableImageBlockPublicAccess', principal: 'root' },
      ],
      allows: [
        { action: 'ec2:EnableImageBlockPublicAccess' },
        { action: 'ec2:ModifyImageAttribute' },
        { action: 'ec2:DisableImageBlockPublicAccess', principal: PLATFORM_ROLE },
      ],
    },
  });
}
