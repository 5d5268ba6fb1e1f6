import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.SECURITY.1. */
export function protectSecurityServices(): Control {
  return new Control({
    id: 'LZ.SECURITY.1',
    title: 'Security services stay on',
    description: 'GuardDuty, Security Hub, Macie, Inspector, IAM Access Analyzer and Detective are not switched off, paused or taken from their administrator '
      + 'by anybody but the platform. Daily work with findings stays open: archiving, suppressing, filters, insights.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('1.19', '4.16'),
      Framework.NIST_800_53.maps('CA-7', 'SI-4'),
      Framework.PCI_DSS.maps('11.5.1'),
      Framework.ISO_27001.maps('A.8.16'),
      Framework.SOC_2.maps('CC7.1', 'CC7.2'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Deny-changes-to-security-services (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html (NIST 800-53 and PCI DSS mapping, read 2026-11-22)',
      'CIS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'access-analyzer:DeleteAnalyzer',
        'detective:DeleteGraph', 'detective:DeleteMembers', 'detective:DisassociateMembership',
        'guardduty:DeleteDetector', 'guardduty:DeleteMembers', 'guardduty:DeletePublishingDestination', 'guardduty:DisassociateFromAdministratorAccount',
        'guardduty:DisassociateFromMasterAccount', 'guardduty:DisassociateMembers', 'guardduty:StopMonitoringMembers', 'guardduty:UpdateDetector',
        'guardduty:UpdateMemberDetectors', 'guardduty:UpdatePublishingDestination',
        'inspector2:Disable', 'inspector2:DisassociateMember',
        'macie2:DeleteMember', 'macie2:DisableMacie', 'macie2:DisassociateFromAdministratorAccount', 'macie2:DisassociateFromMasterAccount',
        'macie2:DisassociateMember', 'macie2:UpdateMacieSession', 'macie2:UpdateMemberSession',
        'securityhub:BatchDisableStandards', 'securityhub:BatchUpdateStandardsControlAssociations', 'securityhub:DeleteFindingAggregator',
        'securityhub:DeleteMembers', 'securityhub:DisableImportFindingsForProduct',
        'securityhub:DisableSecurityHub', 'securityhub:DisableSecurityHubFeatureV2', 'securityhub:DisableSecurityHubV2',
        'securityhub:DisassociateFromAdministratorAccount', 'securityhub:DisassociateFromMasterAccount', 'securityhub:DisassociateMembers',
        'securityhub:UpdateStandardsControl',
      ],
    })],
    proactive: [ProactiveMechanism.nagRule('A GuardDuty detector and a Macie session that are declared are switched on', new TemplateRule({
      'AWS::GuardDuty::Detector': (detector) => mustBe(true, 'Enable', detector.Enable),
      // Macie's session is enabled where the template does not say.
      'AWS::Macie::Session': (session) => mustBe('ENABLED', 'Status', session.Status ?? 'ENABLED'),
    }))],
    detective: [
      DetectiveMechanism.configRule('GUARDDUTY_ENABLED_CENTRALIZED'),
      DetectiveMechanism.configRule('SECURITYHUB_ENABLED'),
      DetectiveMechanism.securityHub('GuardDuty.1'),
      DetectiveMechanism.securityHub('Macie.1'),
      DetectiveMechanism.securityHub('IAM.28'),
    ],
    proof: {
      denies: [
        { action: 'access-analyzer:DeleteAnalyzer' },
        { action: 'detective:DisassociateMembership' },
        { action: 'guardduty:DeleteDetector', principal: 'root' },
        { action: 'guardduty:UpdateDetector' },
        { action: 'guardduty:DisassociateFromAdministratorAccount' },
        { action: 'inspector2:Disable' },
        { action: 'macie2:DisableMacie' },
        { action: 'macie2:UpdateMacieSession' },
        { action: 'securityhub:DisableSecurityHub' },
        { action: 'securityhub:DisableSecurityHubV2' },
        { action: 'securityhub:BatchDisableStandards' },
      ],
      allows: [
        { action: 'guardduty:ArchiveFindings' },
        { action: 'securityhub:BatchUpdateFindings' },
        { action: 'access-analyzer:CreateArchiveRule' },
        { action: 'inspector2:Enable' },
        { action: 'guardduty:UpdateDetector', principal: PLATFORM_ROLE },
      ],
    },
  });
}
