import { Control } from '../control';
import { ImageOptions } from '../control-options';
import { Framework } from '../framework';
import { locked, LOCKED } from '../locked';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';

/** LZ.EC2.5. */
export function allowImagesOf({ providers = ['amazon'], auditOnly = false }: ImageOptions = {}): Control {
  const wrong = providers.filter((provider) => !/^(\d{12}|amazon|aws_marketplace|aws_backup_vault)$/.test(provider));
  if (providers.length === 0 || wrong.length > 0) {
    throw new Error(`Providers of images are account ids of 12 digits, amazon, aws_marketplace or aws_backup_vault, at least one; these are not: ${wrong.join(', ') || 'none is given'}`);
  }
  return new Control({
    id: 'LZ.EC2.5',
    title: 'Instances start from images of approved providers only',
    description: 'Anybody can publish an image under a name that looks like Amazon\'s, and whoever launches it runs their code. Images of other providers are not found and not launched, '
      + 'in every account and Region, by a declarative policy. As option, name the account of your golden images, or let others only be reported. '
      + 'See first, with the audit mode, which images are in use; images of an account itself must be named too.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-2', 'CM-7', 'CM-11', 'SI-7', 'SR-4'),
      Framework.PCI_DSS.maps('2.2.1', '6.3.2'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.19'),
      Framework.SOC_2.maps('CC6.8', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (allowed_images_settings, read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', {
      ec2_attributes: {
        allowed_images_settings: {
          state: locked(auditOnly ? 'audit_mode' : 'enabled'),
          image_criteria: { ...LOCKED, criteria_1: { ...LOCKED, allowed_image_providers: locked(providers) } },
        },
      },
    })],
    detective: [DetectiveMechanism.configRule('APPROVED_AMIS_BY_ID')],
  });
}
