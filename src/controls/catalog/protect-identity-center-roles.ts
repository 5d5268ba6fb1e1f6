import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const ROLE = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Administrator_0123456789abcdef';
const LOOK_ALIKE = 'arn:aws:iam::111122223333:role/AWSReservedSSO_Administrator_0123456789abcdef';

/** LZ.IAM.6. */
export function protectIdentityCenterRoles(): Control {
  return new Control({
    id: 'LZ.IAM.6',
    title: 'Roles of IAM Identity Center are its own',
    description: 'Trust policies, key policies and cluster access name the roles of IAM Identity Center by a pattern, since each account has its own. '
      + 'AWS lets nobody change those roles, but anybody who may create a role may give it such a name, and so pass for an administrator. '
      + 'Nobody makes, changes or passes a role of such a name, in the reserved path or outside it, nor changes the SAML provider behind them. '
      + 'Look for roles of that name without the path aws-reserved first.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'CM-5', 'IA-2'),
      Framework.ISO_27001.maps('A.5.16', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    controlTower: ['AWS-GR_IAM_ROLE_CHANGE_PROHIBITED'],
    sources: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html (names and path of the roles, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Deny-changes-to-security-services/Deny-SAML-provider-changes-for-AWS-IAM-Identity-Center.json (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: [
          'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PassRole',
          'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription',
        ],
        resources: ['arn:*:iam::*:role/AWSReservedSSO_*', 'arn:*:iam::*:role/aws-reserved/*'],
      },
      {
        actions: ['iam:CreateSAMLProvider', 'iam:DeleteSAMLProvider', 'iam:UpdateSAMLProvider'],
        resources: ['arn:*:iam::*:saml-provider/AWSSSO_*'],
      },
    )],
    proof: {
      denies: [
        { action: 'iam:CreateRole', resource: LOOK_ALIKE },
        { action: 'iam:PassRole', resource: LOOK_ALIKE },
        { action: 'iam:UpdateAssumeRolePolicy', resource: LOOK_ALIKE, principal: 'user/someone' },
        { action: 'iam:AttachRolePolicy', resource: ROLE },
        { action: 'iam:DeleteRole', resource: ROLE, principal: 'root' },
        { action: 'iam:UpdateSAMLProvider', resource: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE' },
      ],
      allows: [
        { action: 'iam:CreateRole', resource: 'arn:aws:iam::111122223333:role/application' },
        { action: 'iam:GetRole', resource: ROLE },
        { action: 'iam:UpdateSAMLProvider', resource: 'arn:aws:iam::111122223333:saml-provider/partner' },
        { action: 'iam:AttachRolePolicy', resource: ROLE, principal: 'role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO' },
        { action: 'iam:DeleteRole', resource: LOOK_ALIKE, principal: PLATFORM_ROLE },
      ],
    },
  });
}
