import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.SECURITY.2. */
export function protectDetections(): Control {
  return new Control({
    id: 'LZ.SECURITY.2',
    title: 'What security services look at is decided centrally',
    description: 'A detector that is on sees nothing if its sources are switched off, and an address on a trusted list raises no alarm. '
      + 'Beyond LZ.SECURITY.1, only the platform changes trusted and threat lists, scan settings, data sources, where findings are sent and collected, '
      + 'the settings for the organization and its administrators. '
      + 'Findings, filters, suppression and own scans stay open. Not for the account that administers these services, whose team works with them.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CA-7', 'CM-5', 'SI-4', 'SI-4(2)'),
      Framework.PCI_DSS.maps('11.5.1'),
      Framework.ISO_27001.maps('A.8.8', 'A.8.16'),
      Framework.SOC_2.maps('CC7.1', 'CC7.2'),
    ],
    controlTower: ['CT.GUARDDUTY.PR.1'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Deny-changes-to-security-services (read 2026-11-22)',
      'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html (trusted lists raise no findings, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'access-analyzer:DeleteServiceLinkedAnalyzer', 'access-analyzer:UpdateAnalyzer',
        'detective:DisableOrganizationAdminAccount', 'detective:UpdateDatasourcePackages', 'detective:UpdateOrganizationConfiguration',
        'guardduty:CreateIPSet', 'guardduty:CreateTrustedEntitySet', 'guardduty:DeleteThreatEntitySet', 'guardduty:DeleteThreatIntelSet',
        'guardduty:DisableOrganizationAdminAccount', 'guardduty:UpdateIPSet', 'guardduty:UpdateMalwareScanSettings', 'guardduty:UpdateOrganizationConfiguration',
        'guardduty:UpdateThreatEntitySet', 'guardduty:UpdateThreatIntelSet', 'guardduty:UpdateTrustedEntitySet',
        'inspector2:BatchUpdateMemberEc2DeepInspectionStatus', 'inspector2:DisableDelegatedAdminAccount', 'inspector2:UpdateConfiguration',
        'inspector2:UpdateEc2DeepInspectionConfiguration', 'inspector2:UpdateOrgEc2DeepInspectionConfiguration', 'inspector2:UpdateOrganizationConfiguration',
        'macie2:BatchUpdateAutomatedDiscoveryAccounts', 'macie2:DisableOrganizationAdminAccount', 'macie2:PutClassificationExportConfiguration',
        'macie2:PutFindingsPublicationConfiguration', 'macie2:UpdateAutomatedDiscoveryConfiguration', 'macie2:UpdateClassificationScope',
        'macie2:UpdateOrganizationConfiguration',
        'securityhub:DeleteAggregatorV2', 'securityhub:DeleteConfigurationPolicy', 'securityhub:DisableOrganizationAdminAccount',
        'securityhub:StartConfigurationPolicyDisassociation', 'securityhub:UpdateAggregatorV2', 'securityhub:UpdateConfigurationPolicy',
        'securityhub:UpdateFindingAggregator', 'securityhub:UpdateOrganizationConfiguration', 'securityhub:UpdateSecurityControl',
        'securityhub:UpdateSecurityHubConfiguration',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('GUARDDUTY_ENABLED_CENTRALIZED'),
      DetectiveMechanism.securityHub('GuardDuty.7'),
      DetectiveMechanism.securityHub('GuardDuty.8'),
      DetectiveMechanism.securityHub('GuardDuty.10'),
      DetectiveMechanism.securityHub('Inspector.1'),
      DetectiveMechanism.securityHub('Macie.2'),
    ],
    proof: {
      denies: [
        { action: 'guardduty:CreateIPSet' },
        { action: 'guardduty:CreateTrustedEntitySet', principal: 'root' },
        { action: 'guardduty:DeleteThreatIntelSet' },
        { action: 'inspector2:UpdateConfiguration' },
        { action: 'macie2:UpdateAutomatedDiscoveryConfiguration' },
        { action: 'securityhub:UpdateSecurityControl', principal: 'user/someone' },
        { action: 'detective:UpdateDatasourcePackages' },
        { action: 'access-analyzer:UpdateAnalyzer' },
      ],
      allows: [
        { action: 'guardduty:ArchiveFindings' },
        { action: 'guardduty:CreateMalwareProtectionPlan' },
        { action: 'securityhub:BatchUpdateFindings' },
        { action: 'inspector2:CreateFilter' },
        { action: 'guardduty:CreateIPSet', principal: PLATFORM_ROLE },
      ],
    },
  });
}
