import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.5. */
export function protectSignIn(): Control {
  return new Control({
    id: 'LZ.IAM.5',
    title: 'Password policy, account alias and MFA devices stay',
    description: 'A weaker password policy, or a user without its second factor, is all that a guessed password needs. '
      + 'The password policy and the alias of an account, the kind of tokens that its global STS endpoint gives, and the MFA devices of users are changed by the platform alone. '
      + 'Adding a device stays open. Before enabling it where IAM users are left, see who helps one that lost a device.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('1.7', '1.8', '1.9'),
      Framework.NIST_800_53.maps('AC-2(1)', 'AC-2(3)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-5(1)'),
      Framework.PCI_DSS.maps('8.3.6', '8.3.7', '8.3.9', '8.4.2'),
      Framework.ISO_27001.maps('A.5.17', 'A.8.5'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['AWS-GR_IAM_USER_MFA_ENABLED', 'AWS-GR_MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Privileged-access-controls/Deny-critical-IAM-user-actions.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html (CIS, NIST 800-53 and PCI DSS mapping of IAM.5 and IAM.7, read 2026-11-22)',
      'CIS 1.7 and 1.8, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'iam:CreateAccountAlias', 'iam:DeactivateMFADevice', 'iam:DeleteAccountAlias', 'iam:DeleteAccountPasswordPolicy', 'iam:DeleteVirtualMFADevice',
        'iam:SetSecurityTokenServicePreferences', 'iam:UpdateAccountPasswordPolicy',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('IAM_PASSWORD_POLICY'),
      DetectiveMechanism.configRule('MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS'),
      DetectiveMechanism.securityHub('IAM.5'),
      DetectiveMechanism.securityHub('IAM.7'),
    ],
    proof: {
      denies: [
        { action: 'iam:UpdateAccountPasswordPolicy' },
        { action: 'iam:DeleteAccountPasswordPolicy', principal: 'root' },
        { action: 'iam:CreateAccountAlias' },
        { action: 'iam:DeleteAccountAlias' },
        { action: 'iam:DeactivateMFADevice', principal: 'user/someone' },
        { action: 'iam:DeleteVirtualMFADevice' },
        { action: 'iam:SetSecurityTokenServicePreferences' },
      ],
      allows: [
        { action: 'iam:GetAccountPasswordPolicy' },
        { action: 'iam:EnableMFADevice' },
        { action: 'iam:CreateVirtualMFADevice' },
        { action: 'iam:UpdateAccountPasswordPolicy', principal: PLATFORM_ROLE },
      ],
    },
  });
}
