import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.PERIMETER.8. */
export function denyOutsideAdministrators(): Control {
  return new Control({
    id: 'LZ.PERIMETER.8',
    title: 'No account is administered or observed from outside',
    description: 'Security and monitoring services take members by invitation: whoever accepts one shows an account\'s findings, metrics, logs or configuration to the account that invited, '
      + 'and may let it change how the service works. Members come through AWS Organizations instead, so nobody accepts invitations, directories or connections, '
      + 'links an account to another\'s observability, or lets another\'s aggregator read its configuration.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-20', 'CA-7', 'SI-4'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.16'),
      Framework.SOC_2.maps('CC6.6', 'CC6.7'),
    ],
    sources: [
      'https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/data_perimeter_governance_scp.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid (actions that no perimeter reaches, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'auditmanager:UpdateAssessmentFrameworkShare', 'config:PutAggregationAuthorization', 'detective:AcceptInvitation', 'ds:AcceptSharedDirectory',
        'es:AcceptInboundConnection', 'guardduty:AcceptAdministratorInvitation', 'guardduty:AcceptInvitation', 'macie2:AcceptInvitation', 'oam:CreateLink',
        'securityhub:AcceptAdministratorInvitation', 'securityhub:AcceptInvitation',
      ],
    })],
    proof: {
      denies: [
        { action: 'guardduty:AcceptAdministratorInvitation' },
        { action: 'securityhub:AcceptAdministratorInvitation', principal: 'root' },
        { action: 'macie2:AcceptInvitation' },
        { action: 'detective:AcceptInvitation', principal: 'user/someone' },
        { action: 'oam:CreateLink' },
        { action: 'config:PutAggregationAuthorization' },
        { action: 'es:AcceptInboundConnection' },
      ],
      allows: [
        { action: 'guardduty:GetFindings' },
        { action: 'guardduty:DeclineInvitations' },
        { action: 'oam:ListLinks' },
        { action: 'oam:CreateLink', principal: PLATFORM_ROLE },
      ],
    },
  });
}
