import { Control } from '../control';
import { PermissionsBoundaryOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.10. */
export function requirePermissionsBoundary({ policyName }: PermissionsBoundaryOptions = {}): Control {
  const boundary = `arn:*:iam::*:policy/${policyName}`;
  return new Control({
    id: 'LZ.IAM.10',
    title: 'Roles and users are made with a permissions boundary',
    description: 'A team that makes its own roles can give them more than the team has, unless each role has a boundary. No role or user is made without one, '
      + 'and nobody takes a boundary away or replaces it. With a policy name as option, it must be that policy. '
      + 'The platform is exempt, and with it what the CDK deploys: give its bootstrap stack a boundary too (cdk bootstrap --custom-permissions-boundary). '
      + 'Before enabling it, see that the policy is in every account.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'AC-6(1)'),
      Framework.PCI_DSS.maps('7.2.1', '7.2.2'),
      Framework.ISO_27001.maps('A.5.18', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    sources: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (delegating with iam:PermissionsBoundary, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['iam:CreateRole', 'iam:CreateUser'],
        // A request without a boundary has no such key, and then a negated operator denies too.
        conditions: policyName ? { ArnNotLike: { 'iam:PermissionsBoundary': boundary } } : { Null: { 'iam:PermissionsBoundary': 'true' } },
      },
      {
        actions: [
          'iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', 'iam:PutRolePermissionsBoundary', 'iam:PutUserPermissionsBoundary',
        ],
      },
    )],
    proof: {
      denies: [
        { action: 'iam:CreateRole', context: { 'iam:PermissionsBoundary': [] } },
        { action: 'iam:CreateUser', principal: 'root', context: { 'iam:PermissionsBoundary': [] } },
        ...(policyName ? [{ action: 'iam:CreateRole', context: { 'iam:PermissionsBoundary': ['arn:aws:iam::aws:policy/AdministratorAccess'] } }] : []),
        { action: 'iam:DeleteRolePermissionsBoundary' },
        { action: 'iam:PutRolePermissionsBoundary' },
        { action: 'iam:DeleteUserPermissionsBoundary' },
      ],
      allows: [
        { action: 'iam:CreateRole', context: { 'iam:PermissionsBoundary': [`arn:aws:iam::111122223333:policy/${policyName ?? 'boundary'}`] } },
        { action: 'iam:PutRolePolicy' },
        { action: 'iam:CreateRole', principal: PLATFORM_ROLE, context: { 'iam:PermissionsBoundary': [] } },
        { action: 'iam:PutRolePermissionsBoundary', principal: PLATFORM_ROLE },
      ],
    },
  });
}
