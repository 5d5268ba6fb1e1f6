import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.VPC.1. */
export function denyDefaultVpc(): Control {
  return new Control({
    id: 'LZ.VPC.1',
    title: 'No default VPC',
    description: 'A default VPC gives every instance a public address, in an address range that overlaps with every other account\'s. '
      + 'Once removed it does not come back. Removing those that AWS created with the account is the baseline\'s work.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-7', 'SC-7', 'SC-7(5)'),
      Framework.PCI_DSS.maps('1.3.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Deny-creation-of-default-VPC-and-subnet.json (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['ec2:CreateDefaultSubnet', 'ec2:CreateDefaultVpc'] })],
    proof: {
      denies: [
        { action: 'ec2:CreateDefaultVpc' },
        { action: 'ec2:CreateDefaultSubnet', principal: 'root' },
      ],
      allows: [
        { action: 'ec2:CreateVpc' },
        { action: 'ec2:DeleteVpc' },
        { action: 'ec2:CreateDefaultVpc', principal: PLATFORM_ROLE },
      ],
    },
  });
}
