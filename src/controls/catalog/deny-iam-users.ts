import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { TemplateRule } from '../template-rule';

/** LZ.IAM.1. */
export function denyIamUsers(): Control {
  return new Control({
    id: 'LZ.IAM.1',
    title: 'No IAM users and no long-lived keys',
    description: 'Most intrusions into AWS accounts begin with a key that somebody lost. People sign in through IAM Identity Center, programs use roles; '
      + 'nobody creates users, access keys, passwords, signing certificates or service-specific credentials. Existing ones can still be deactivated and deleted.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('1.13', '1.20'),
      Framework.NIST_800_53.maps('AC-2(1)', 'AC-2(3)', 'AC-3(15)', 'IA-5'),
      Framework.PCI_DSS.maps('8.3.9', '8.6.3'),
      Framework.ISO_27001.maps('A.5.16', 'A.5.17'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Privileged-access-controls (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html (CIS, NIST 800-53 and PCI DSS mapping of IAM.3, read 2026-11-22)',
      'CIS 1.20, IA-5, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:CreateUser', 'iam:ResetServiceSpecificCredential',
        'iam:UpdateLoginProfile', 'iam:UploadSSHPublicKey', 'iam:UploadSigningCertificate',
      ],
    })],
    proactive: [ProactiveMechanism.nagRule('No template declares an IAM user or an access key', new TemplateRule({
      'AWS::IAM::User': () => ['An IAM user has long-lived credentials: give people IAM Identity Center and programs a role'],
      'AWS::IAM::AccessKey': () => ['An access key does not expire: give the program a role'],
    }))],
    detective: [
      DetectiveMechanism.configRule('ACCESS_KEYS_ROTATED'),
      DetectiveMechanism.configRule('IAM_USER_UNUSED_CREDENTIALS_CHECK'),
      DetectiveMechanism.securityHub('IAM.3'),
      DetectiveMechanism.securityHub('IAM.22'),
    ],
    proof: {
      denies: [
        { action: 'iam:CreateUser' },
        { action: 'iam:CreateAccessKey', principal: 'user/someone' },
        { action: 'iam:CreateLoginProfile', principal: 'root' },
        { action: 'iam:UpdateLoginProfile' },
        { action: 'iam:CreateServiceSpecificCredential' },
        { action: 'iam:ResetServiceSpecificCredential' },
        { action: 'iam:UploadSigningCertificate' },
        { action: 'iam:UploadSSHPublicKey' },
      ],
      allows: [
        { action: 'iam:CreateRole' },
        { action: 'iam:DeleteAccessKey' },
        { action: 'iam:UpdateAccessKey' },
        { action: 'iam:CreateUser', principal: PLATFORM_ROLE },
      ],
    },
  });
}
