import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const ROLE = `arn:${ZoneValue.PARTITION}:iam::111122223333:role/AWSControlTowerExecution`;

/** LZ.IAM.2. */
export function protectPlatformRoles(): Control {
  return new Control({
    id: 'LZ.IAM.2',
    title: 'Platform roles are protected',
    description: 'Every guardrail exempts the platform\'s roles, so whoever can make, change or hand out such a role is exempt from all of them. '
      + 'Only a platform role creates, deletes, changes, tags or passes one: policies, boundary and trust policy. '
      + 'Not covered, so limit it in identity policies: assuming such a role, which its trust policy allows (the CDK bootstrap roles trust the account); '
      + 'updating a CloudFormation stack that was given the execution role, which the stack keeps; the identity providers that such a role trusts, '
      + 'the managed policies attached to it, and the code of functions that run as it. '
      + 'A role of that name from before the guardrail is exempt too: look for it first.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'AC-6(1)', 'CM-5'),
      Framework.PCI_DSS.maps('7.2.1', '7.2.2'),
      Framework.ISO_27001.maps('A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    controlTower: ['AWS-GR_IAM_ROLE_CHANGE_PROHIBITED'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Privileged-access-controls/Deny-modifications-to-specific-IAM-roles.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy',
        'iam:PassRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole', 'iam:UpdateRoleDescription',
      ],
      resources: [ZoneValue.PLATFORM_PRINCIPAL_ARNS],
    })],
    proof: {
      denies: [
        ...['AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy', 'DetachRolePolicy', 'PassRole',
          'PutRolePermissionsBoundary', 'PutRolePolicy', 'TagRole', 'UntagRole', 'UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'].map((action) => ({ action: `iam:${action}`, resource: ROLE })),
        { action: 'iam:CreateRole', principal: 'root', resource: ROLE },
        { action: 'iam:UpdateAssumeRolePolicy', principal: 'user/someone', resource: ROLE },
      ],
      allows: [
        { action: 'iam:CreateRole', resource: `arn:${ZoneValue.PARTITION}:iam::111122223333:role/application` },
        { action: 'iam:PassRole', resource: `arn:${ZoneValue.PARTITION}:iam::111122223333:role/application` },
        { action: 'iam:GetRole', resource: ROLE },
        { action: 'sts:AssumeRole', resource: ROLE },
        { action: 'iam:UpdateAssumeRolePolicy', principal: PLATFORM_ROLE, resource: ROLE },
      ],
    },
  });
}
