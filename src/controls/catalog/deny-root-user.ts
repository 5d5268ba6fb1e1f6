import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';

/** LZ.ROOT.1. */
export function denyRootUser(): Control {
  return new Control({
    id: 'LZ.ROOT.1',
    title: 'Root users of member accounts do nothing',
    description: 'The root user of an account passes every identity policy and permission boundary. '
      + 'The few tasks that need it are done by short privileged sessions that the management account opens with sts:AssumeRoot '
      + '(aws:AssumedRoot is then true); each is limited by AWS to one task. Root credentials themselves can do nothing, stolen or not.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('1.3', '1.6'),
      Framework.NIST_800_53.maps('AC-2(1)', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'AC-6(2)', 'AC-6(10)'),
      Framework.PCI_DSS.maps('8.2.2'),
      Framework.ISO_27001.maps('A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    controlTower: ['AWS-GR_RESTRICT_ROOT_USER', 'AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Privileged-access-controls (read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html (CIS and NIST 800-53 mapping of IAM.4, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['*'],
      // AWS's example tests with Null; this one also denies should a request ever say false.
      conditions: { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' }, BoolIfExists: { 'aws:AssumedRoot': 'false' } },
      // A root user is never a platform principal.
      exemptPlatform: false,
    })],
    detective: [
      DetectiveMechanism.configRule('IAM_ROOT_ACCESS_KEY_CHECK'),
      DetectiveMechanism.configRule('ROOT_ACCOUNT_MFA_ENABLED'),
      DetectiveMechanism.securityHub('IAM.4'),
      DetectiveMechanism.securityHub('IAM.9'),
    ],
    proof: {
      denies: [
        { action: 's3:DeleteBucket', principal: 'root', context: { 'aws:AssumedRoot': [] } },
        { action: 'iam:CreateAccessKey', principal: 'root', context: { 'aws:AssumedRoot': ['false'] } },
      ],
      allows: [
        { action: 's3:DeleteBucketPolicy', principal: 'root', context: { 'aws:AssumedRoot': ['true'] } },
        { action: 's3:DeleteBucket' },
        { action: 's3:DeleteBucket', principal: 'role/root' },
      ],
    },
  });
}
