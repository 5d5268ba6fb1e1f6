import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const SETTING = 'arn:aws:ssm:eu-west-1:111122223333:servicesetting/ssm/documents/console/public-sharing-permission';

/** LZ.SSM.1. */
export function denyPublicDocuments(): Control {
  return new Control({
    id: 'LZ.SSM.1',
    title: 'The block on public Systems Manager documents stays on',
    description: 'A document shows how machines are run: paths, users, now and then a password. Systems Manager has a setting for each account and Region that blocks sharing with everybody; '
      + 'only the platform changes it. Set it first: the service starts with the block off, and documents that are public today stay so.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'),
      Framework.ISO_27001.maps('A.8.3', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: ['AWS-GR_SSM_DOCUMENT_NOT_PUBLIC'],
    sources: [
      'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access (read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Sensitive-data-protection/Deny-modification-to-SSM-service-settings.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html (NIST 800-53 mapping of SSM.4, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['ssm:ResetServiceSetting', 'ssm:UpdateServiceSetting'],
      resources: ['arn:*:ssm:*:*:servicesetting/ssm/documents/console/public-sharing-permission'],
    })],
    detective: [
      DetectiveMechanism.configRule('SSM_DOCUMENT_NOT_PUBLIC'),
      DetectiveMechanism.securityHub('SSM.4'),
      DetectiveMechanism.securityHub('SSM.7'),
    ],
    proof: {
      denies: [
        { action: 'ssm:UpdateServiceSetting', resource: SETTING },
        { action: 'ssm:ResetServiceSetting', principal: 'root', resource: SETTING },
      ],
      allows: [
        { action: 'ssm:UpdateServiceSetting', resource: 'arn:aws:ssm:eu-west-1:111122223333:servicesetting/ssm/automation/customer-script-log-destination' },
        { action: 'ssm:ModifyDocumentPermission' },
        { action: 'ssm:UpdateServiceSetting', principal: PLATFORM_ROLE, resource: SETTING },
      ],
    },
  });
}
