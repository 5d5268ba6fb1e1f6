import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism } from '../mechanism';
import { Severity } from '../severity';

/** LZ.COST.5. */
export function reportIdleResources(): Control {
  return new Control({
    id: 'LZ.COST.5',
    title: 'What nobody uses is reported',
    description: 'Volumes that no instance has, addresses that lead nowhere, instances that stand still for a month and keep their volumes, secrets that nobody reads: each is paid for every hour, and each is a thing '
      + 'that nobody looks after. AWS Config reports them; nothing is taken away by itself.',
    severity: Severity.LOW,
    frameworks: [
      Framework.NIST_800_53.maps('CM-2', 'CM-8'),
      Framework.ISO_27001.maps('A.5.9', 'A.8.6'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/config/latest/developerguide/ec2-volume-inuse-check.html (read 2026-11-23)',
      'https://docs.aws.amazon.com/config/latest/developerguide/eip-attached.html (read 2026-11-23)',
      'https://docs.aws.amazon.com/config/latest/developerguide/ec2-stopped-instance.html (30 days unless set otherwise, read 2026-11-23)',
      'https://docs.aws.amazon.com/config/latest/developerguide/secretsmanager-secret-unused.html (90 days unless set otherwise, read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    detective: [
      DetectiveMechanism.configRule('EC2_VOLUME_INUSE_CHECK'),
      DetectiveMechanism.configRule('EIP_ATTACHED'),
      DetectiveMechanism.configRule('EC2_STOPPED_INSTANCE'),
      DetectiveMechanism.configRule('SECRETSMANAGER_SECRET_UNUSED'),
    ],
  });
}
