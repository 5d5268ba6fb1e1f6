import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.7. */
export function denyIdentityCenterInstances(): Control {
  return new Control({
    id: 'LZ.IAM.7',
    title: 'One IAM Identity Center, that of the organization',
    description: 'A member account can make an instance of IAM Identity Center of its own, with users, groups and applications that nobody reviews or offboards. '
      + 'No such instance is made; applications use the one of the organization. Instances that exist are not touched: look for them before you rely on it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('1.20'),
      Framework.NIST_800_53.maps('AC-2', 'AC-2(1)', 'IA-4'),
      Framework.ISO_27001.maps('A.5.16'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/control-account-instance.html (read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Deny-changes-to-security-services/'
        + 'Deny-account-instance-creation-for-AWS-IAM-Identity-Center.json (read 2026-11-22)',
      'CIS, NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['sso:CreateInstance'] })],
    proof: {
      denies: [
        { action: 'sso:CreateInstance' },
        { action: 'sso:CreateInstance', principal: 'root' },
      ],
      allows: [
        { action: 'sso:ListInstances' },
        { action: 'sso:CreateApplication' },
        { action: 'sso:CreateInstance', principal: PLATFORM_ROLE },
      ],
    },
  });
}
