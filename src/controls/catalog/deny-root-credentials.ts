import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';

/** LZ.ROOT.3. */
export function denyRootCredentials(): Control {
  return new Control({
    id: 'LZ.ROOT.3',
    title: 'Root users get no password and no access key',
    description: 'Central root access took the credentials of member accounts\' root users away; a privileged session with the task IAMCreateRootUserPassword can bring a password back. '
      + 'Nobody does, not even in such a session, and no root user makes itself an access key. '
      + 'Before enabling it, remove the root credentials of all member accounts; what is left goes on to work, as far as LZ.ROOT.1 lets it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('1.3', '1.6'),
      Framework.NIST_800_53.maps('AC-2(1)', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'AC-6(2)', 'AC-6(10)'),
      Framework.PCI_DSS.maps('8.2.2'),
      Framework.ISO_27001.maps('A.5.17', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    controlTower: ['AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS'],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html (tasks of a privileged session, read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot (SCPs bind privileged sessions, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html (CIS and NIST 800-53 mapping of IAM.4, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['iam:CreateAccessKey', 'iam:CreateLoginProfile'],
      conditions: { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' } },
      // A root user is never a platform principal.
      exemptPlatform: false,
    })],
    detective: [
      DetectiveMechanism.configRule('IAM_ROOT_ACCESS_KEY_CHECK'),
      DetectiveMechanism.securityHub('IAM.4'),
    ],
    proof: {
      denies: [
        { action: 'iam:CreateAccessKey', principal: 'root' },
        { action: 'iam:CreateLoginProfile', principal: 'root', context: { 'aws:AssumedRoot': ['true'] } },
        { action: 'iam:CreateLoginProfile', principal: 'root', context: { 'aws:AssumedRoot': [] } },
      ],
      allows: [
        { action: 'iam:DeleteLoginProfile', principal: 'root' },
        { action: 'iam:DeleteAccessKey', principal: 'root' },
        { action: 'iam:CreateAccessKey' },
        { action: 'iam:CreateLoginProfile', principal: 'role/root' },
      ],
    },
  });
}
