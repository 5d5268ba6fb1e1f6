import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.EMR.1. */
export function keepEmrPublicAccessBlock(): Control {
  return new Control({
    id: 'LZ.EMR.1',
    title: 'The block on public EMR clusters stays on',
    description: 'EMR refuses to start a cluster in a public subnet whose security groups are open to the internet, unless the account says otherwise. The block is on in new accounts, '
      + 'and only the platform changes it or its exceptions. Look at the exceptions of old accounts before enabling it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_EMR_MASTER_NO_PUBLIC_IP'],
    sources: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/emr-controls.html (NIST 800-53 and PCI DSS mapping of EMR.2, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['elasticmapreduce:PutBlockPublicAccessConfiguration'] })],
    detective: [
      DetectiveMechanism.configRule('EMR_MASTER_NO_PUBLIC_IP'),
      DetectiveMechanism.securityHub('EMR.1'),
      DetectiveMechanism.securityHub('EMR.2'),
    ],
    proof: {
      denies: [
        { action: 'elasticmapreduce:PutBlockPublicAccessConfiguration' },
        { action: 'elasticmapreduce:PutBlockPublicAccessConfiguration', principal: 'root' },
      ],
      allows: [
        { action: 'elasticmapreduce:GetBlockPublicAccessConfiguration' },
        { action: 'elasticmapreduce:RunJobFlow' },
        { action: 'elasticmapreduce:PutBlockPublicAccessConfiguration', principal: PLATFORM_ROLE },
      ],
    },
  });
}
