import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const RULE = 'arn:aws:config:eu-west-1:111122223333:config-rule/config-rule-abc123';

/** LZ.CONFIG.2. */
export function protectConfigurationData(): Control {
  return new Control({
    id: 'LZ.CONFIG.2',
    title: 'Organization rules and evaluations of AWS Config stay',
    description: 'Rules and conformance packs that the organization set on every account say whether the account complies; so do the evaluations they left. '
      + 'Nobody but the platform changes organization rules and packs, deletes evaluations, or deletes or replaces a rule that AWS Control Tower tagged as its own. '
      + 'Rules of a team\'s own stay the team\'s. LZ.CONFIG.1 protects the recorder.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AU-9', 'CA-7', 'CM-3', 'CM-6(1)'),
      Framework.ISO_27001.maps('A.5.36', 'A.8.9'),
      Framework.SOC_2.maps('CC7.1'),
    ],
    controlTower: ['AWS-GR_CONFIG_RULE_CHANGE_PROHIBITED', 'AWS-GR_CONFIG_AGGREGATION_CHANGE_PROHIBITED'],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html (tag of its rules, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html (actions and condition keys, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: [
          'config:DeleteEvaluationResults', 'config:DeleteOrganizationConfigRule', 'config:DeleteOrganizationConformancePack', 'config:PutOrganizationConfigRule',
          'config:PutOrganizationConformancePack',
        ],
      },
      {
        actions: ['config:DeleteConfigRule', 'config:PutConfigRule'],
        resources: ['arn:*:config:*:*:config-rule/*'],
        conditions: { StringEquals: { 'aws:ResourceTag/aws-control-tower': 'managed-by-control-tower' } },
      },
    )],
    proof: {
      denies: [
        { action: 'config:DeleteEvaluationResults' },
        { action: 'config:DeleteOrganizationConfigRule', principal: 'root' },
        { action: 'config:PutOrganizationConformancePack' },
        { action: 'config:DeleteConfigRule', resource: RULE, context: { 'aws:ResourceTag/aws-control-tower': ['managed-by-control-tower'] } },
      ],
      allows: [
        { action: 'config:DeleteConfigRule', resource: RULE, context: { 'aws:ResourceTag/aws-control-tower': [] } },
        { action: 'config:StartConfigRulesEvaluation' },
        { action: 'config:PutConformancePack' },
        { action: 'config:DeleteEvaluationResults', principal: PLATFORM_ROLE },
      ],
    },
  });
}
