import { DEFAULT_BOUNDARY } from '../boundary-name';
import { Control } from '../control';
import { PermissionsBoundaryOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** LZ.IAM.12. */
export function sealPermissionsBoundary({ policyName = DEFAULT_BOUNDARY }: PermissionsBoundaryOptions = {}): Control {
  const policy = `arn:*:iam::*:policy/${policyName}`;
  const example = `arn:${ZoneValue.PARTITION}:iam::111122223333:policy/${policyName}`;
  const bounded = { 'iam:PermissionsBoundary': [example] };
  const other = { 'iam:PermissionsBoundary': ['arn:aws:iam::aws:policy/AdministratorAccess'] };
  const unbounded = { 'iam:PermissionsBoundary': [] };
  return new Control({
    id: 'LZ.IAM.12',
    title: 'The permissions boundary is not edited or got around',
    description: 'LZ.IAM.10 gives every new role a boundary; what is left are ways around it, and this control closes those that IAM has. '
      + 'Nobody but the platform writes the policy that is the boundary, makes one of its name or chooses its version. '
      + 'A role or user without that boundary, such as one from before, gets no more permissions and no other trust policy. '
      + 'Groups, which have no boundary, get neither policies nor members. '
      + 'Use it with LZ.IAM.10 of the same policy, and with LZ.IAM.1, LZ.IAM.2 and LZ.IAM.3, which keep users, the platform\'s roles and identity providers: '
      + 'PermissionBoundary.controlSet() is all of them. The platform is exempt; bound what the CDK deploys by PermissionBoundary.applyTo.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-6', 'AC-6(1)', 'AC-6(10)'),
      Framework.PCI_DSS.maps('7.2.1', '7.2.2'),
      Framework.ISO_27001.maps('A.5.18', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.3'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html (actions with iam:PermissionsBoundary, read 2026-11-23)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (delegating with boundaries, groups, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['iam:CreatePolicy', 'iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:TagPolicy', 'iam:UntagPolicy'],
        resources: [policy],
      },
      {
        // Taking a policy away counts too: it may be one that denies. The key is absent where there is no boundary, and a negated operator then denies.
        actions: [
          'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:DeleteRolePolicy', 'iam:DeleteUserPolicy', 'iam:DetachRolePolicy', 'iam:DetachUserPolicy', 'iam:PutRolePolicy',
          'iam:PutUserPolicy', 'iam:UpdateAssumeRolePolicy',
        ],
        conditions: { ArnNotLike: { 'iam:PermissionsBoundary': policy } },
      },
      { actions: ['iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy', 'iam:PutGroupPolicy'] },
    )],
    proof: {
      denies: [
        ...['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'SetDefaultPolicyVersion', 'TagPolicy', 'UntagPolicy'].map((name) => ({ action: `iam:${name}`, resource: example })),
        { action: 'iam:CreatePolicyVersion', resource: example, principal: 'root' },
        ...['AttachRolePolicy', 'DeleteRolePolicy', 'DetachRolePolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy'].map((name) => ({ action: `iam:${name}`, context: unbounded })),
        ...['AttachUserPolicy', 'DeleteUserPolicy', 'DetachUserPolicy', 'PutUserPolicy'].map((name) => ({ action: `iam:${name}`, context: unbounded })),
        { action: 'iam:AttachRolePolicy', context: other },
        { action: 'iam:UpdateAssumeRolePolicy', context: other, principal: 'user/someone' },
        ...['AddUserToGroup', 'AttachGroupPolicy', 'DeleteGroupPolicy', 'DetachGroupPolicy', 'PutGroupPolicy'].map((name) => ({ action: `iam:${name}` })),
      ],
      allows: [
        { action: 'iam:CreatePolicyVersion', resource: `arn:${ZoneValue.PARTITION}:iam::111122223333:policy/orders` },
        { action: 'iam:GetPolicyVersion', resource: example },
        { action: 'iam:AttachRolePolicy', context: bounded },
        { action: 'iam:PutRolePolicy', context: bounded },
        { action: 'iam:UpdateAssumeRolePolicy', context: bounded },
        { action: 'iam:CreatePolicyVersion', resource: example, principal: PLATFORM_ROLE },
        { action: 'iam:PutRolePolicy', context: unbounded, principal: PLATFORM_ROLE },
        { action: 'iam:AttachGroupPolicy', principal: PLATFORM_ROLE },
      ],
    },
  });
}
