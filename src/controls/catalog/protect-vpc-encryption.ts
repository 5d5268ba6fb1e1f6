import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.VPC.7. */
export function protectVpcEncryption(): Control {
  return new Control({
    id: 'LZ.VPC.7',
    title: 'Encryption in transit of a VPC stays as it was set',
    description: 'A VPC that enforces encryption in transit, or tells who does not encrypt, does so until somebody who is in a hurry switches it off or excludes a gateway. '
      + 'Nobody but the platform deletes or changes the encryption controls of VPCs. Switching them on stays open.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-3', 'CM-5', 'SC-7', 'SC-8', 'SC-8(1)'),
      Framework.PCI_DSS.maps('4.2.1'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.20', 'A.8.24'),
      Framework.SOC_2.maps('CC6.7', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (actions, read 2026-11-23)',
      'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html (modes and exclusions, read 2026-11-23)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['ec2:DeleteVpcEncryptionControl', 'ec2:ModifyVpcEncryptionControl'] })],
    proof: {
      denies: [
        { action: 'ec2:DeleteVpcEncryptionControl' },
        { action: 'ec2:DeleteVpcEncryptionControl', principal: 'root' },
        { action: 'ec2:ModifyVpcEncryptionControl', principal: 'user/someone' },
      ],
      allows: [
        { action: 'ec2:CreateVpcEncryptionControl' },
        { action: 'ec2:DescribeVpcEncryptionControls' },
        { action: 'ec2:DeleteVpc' },
        { action: 'ec2:ModifyVpcEncryptionControl', principal: PLATFORM_ROLE },
      ],
    },
  });
}
