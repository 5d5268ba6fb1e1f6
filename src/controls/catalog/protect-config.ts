import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.CONFIG.1. */
export function protectConfig(): Control {
  return new Control({
    id: 'LZ.CONFIG.1',
    title: 'AWS Config is protected',
    description: 'AWS Config records how every resource was configured, and when. Nobody but the platform stops or narrows the recorder, redirects what it '
      + 'delivers, shortens its retention or withdraws the authorization by which the organization aggregates it. Rules of a team\'s own stay the team\'s.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('3.3'),
      Framework.NIST_800_53.maps('CM-3', 'CM-6(1)', 'CM-8', 'CM-8(2)'),
      Framework.ISO_27001.maps('A.8.9'),
      Framework.SOC_2.maps('CC7.1'),
    ],
    controlTower: ['AWS-GR_CONFIG_CHANGE_PROHIBITED', 'AWS-GR_CONFIG_AGGREGATION_AUTHORIZATION_POLICY', 'AWS-GR_CONFIG_ENABLED'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Deny-changes-to-security-services (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/config-controls.html (CIS and NIST 800-53 mapping, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'config:DeleteAggregationAuthorization', 'config:DeleteConfigurationAggregator', 'config:DeleteConfigurationRecorder', 'config:DeleteDeliveryChannel',
        'config:DeleteRetentionConfiguration', 'config:DeleteServiceLinkedConfigurationRecorder', 'config:DisassociateResourceTypes',
        'config:PutConfigurationRecorder', 'config:PutDeliveryChannel', 'config:PutRetentionConfiguration', 'config:StopConfigurationRecorder',
      ],
    })],
    detective: [DetectiveMechanism.securityHub('Config.1')],
    proof: {
      denies: [
        { action: 'config:StopConfigurationRecorder' },
        { action: 'config:DeleteConfigurationRecorder', principal: 'root' },
        { action: 'config:PutConfigurationRecorder' },
        { action: 'config:PutDeliveryChannel' },
        { action: 'config:DeleteDeliveryChannel' },
        { action: 'config:PutRetentionConfiguration' },
        { action: 'config:DeleteAggregationAuthorization' },
        { action: 'config:DisassociateResourceTypes' },
      ],
      allows: [
        { action: 'config:DescribeConfigurationRecorders' },
        { action: 'config:PutConfigRule' },
        { action: 'config:StartConfigurationRecorder' },
        { action: 'config:PutConfigurationRecorder', principal: PLATFORM_ROLE },
      ],
    },
  });
}
