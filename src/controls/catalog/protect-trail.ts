import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.TRAIL.1. */
export function protectTrail(): Control {
  return new Control({
    id: 'LZ.TRAIL.1',
    title: 'The organization trail is protected',
    description: 'Who switches the record off is about to do what the record would show. Trails, the organization\'s among them, cannot be stopped, '
      + 'deleted, redirected or narrowed. Teams may still create trails of their own; the platform changes and removes them. '
      + 'The bucket that keeps the log files is protected where it is built.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('3.1', '3.2'),
      Framework.NIST_800_53.maps('AU-2', 'AU-9', 'AU-12'),
      Framework.PCI_DSS.maps('10.2.1', '10.3.2'),
      Framework.ISO_27001.maps('A.8.15'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    controlTower: ['AWS-GR_CLOUDTRAIL_CHANGE_PROHIBITED', 'AWS-GR_CLOUDTRAIL_VALIDATION_ENABLED', 'CT.CLOUDTRAIL.PR.2'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Deny-changes-to-security-services (read 2026-11-22)',
      'https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws (CIS, NIST 800-53 and PCI DSS mapping, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors', 'cloudtrail:PutInsightSelectors', 'cloudtrail:StopLogging', 'cloudtrail:UpdateTrail',
      ],
    })],
    proactive: [ProactiveMechanism.nagRule('A trail logs, and its log files can be validated', new TemplateRule({
      'AWS::CloudTrail::Trail': (trail) => [
        ...mustBe(true, 'IsLogging', trail.IsLogging),
        ...mustBe(true, 'EnableLogFileValidation', trail.EnableLogFileValidation),
      ],
    }))],
    detective: [
      DetectiveMechanism.configRule('MULTI_REGION_CLOUD_TRAIL_ENABLED'),
      DetectiveMechanism.configRule('CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'),
      DetectiveMechanism.securityHub('CloudTrail.1'),
      DetectiveMechanism.securityHub('CloudTrail.4'),
    ],
    proof: {
      denies: [
        { action: 'cloudtrail:StopLogging' },
        { action: 'cloudtrail:DeleteTrail' },
        { action: 'cloudtrail:UpdateTrail', principal: 'root' },
        { action: 'cloudtrail:PutEventSelectors' },
        { action: 'cloudtrail:PutInsightSelectors' },
      ],
      allows: [
        { action: 'cloudtrail:LookupEvents' },
        { action: 'cloudtrail:CreateTrail' },
        { action: 'cloudtrail:StartLogging' },
        { action: 'cloudtrail:UpdateTrail', principal: PLATFORM_ROLE },
      ],
    },
  });
}
