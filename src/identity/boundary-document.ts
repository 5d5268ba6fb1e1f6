import { PolicyDocument, PolicyStatementJson } from '../analysis/policy-document';

/** What a boundary leaves, beside keeping itself. */
export interface BoundaryLimits {
  /** Name of the managed policy, with its path. */
  readonly policyName: string;
  /** Actions of which a role may have any. */
  readonly allowedActions: readonly string[];
  /** Actions that no role has, whatever its policies say. */
  readonly deniedActions: readonly string[];
  /** Patterns of the platform's roles: `cdk-hnb659fds-*`. */
  readonly platformRoles: readonly string[];
}

/** Characters of a managed policy, white space not counted (IAM quotas, read 2026-11-23). */
export const MAX_MANAGED_POLICY = 6144;

/**
 * The boundary as a document: what may be allowed, and Deny statements by which whoever has it can give nobody more. The same text in every account and partition, as a boundary is
 * always a policy of the account itself or one of AWS.
 */
export function boundaryDocument({ policyName, allowedActions, deniedActions, platformRoles }: BoundaryLimits): PolicyDocument {
  const policy = `arn:*:iam::*:policy/${policyName}`;
  const without = { ArnNotLike: { 'iam:PermissionsBoundary': policy } };
  const statements: PolicyStatementJson[] = [
    { Sid: 'Limit', Effect: 'Allow', Action: allowedActions, Resource: '*' },
    ...(deniedActions.length > 0 ? [{ Sid: 'Never', Effect: 'Deny' as const, Action: deniedActions, Resource: '*' }] : []),
    {
      Sid: 'OnlyWithThisBoundary',
      Effect: 'Deny',
      Action: [
        'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:CreateRole', 'iam:CreateUser', 'iam:DeleteRolePolicy', 'iam:DeleteUserPolicy', 'iam:DetachRolePolicy', 'iam:DetachUserPolicy',
        'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:PutUserPermissionsBoundary', 'iam:PutUserPolicy', 'iam:UpdateAssumeRolePolicy',
      ],
      Resource: '*',
      Condition: without,
    },
    { Sid: 'KeepBoundary', Effect: 'Deny', Action: ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'], Resource: '*' },
    {
      Sid: 'KeepThisPolicy',
      Effect: 'Deny',
      Action: ['iam:CreatePolicy', 'iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion', 'iam:TagPolicy', 'iam:UntagPolicy'],
      Resource: policy,
    },
    {
      Sid: 'NoOtherIdentities',
      Effect: 'Deny',
      Action: [
        'iam:AddClientIDToOpenIDConnectProvider', 'iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateOpenIDConnectProvider',
        'iam:CreateSAMLProvider', 'iam:CreateServiceSpecificCredential', 'iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy', 'iam:PutGroupPolicy', 'iam:ResetServiceSpecificCredential',
        'iam:UpdateLoginProfile', 'iam:UpdateOpenIDConnectProviderThumbprint', 'iam:UpdateSAMLProvider', 'iam:UploadSSHPublicKey', 'iam:UploadSigningCertificate',
      ],
      Resource: '*',
    },
    {
      Sid: 'PlatformRolesStay',
      Effect: 'Deny',
      Action: [
        'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PassRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy',
        'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole',
      ],
      Resource: platformRoles.map((role) => `arn:*:iam::*:role/${role}`),
    },
  ];
  return { Version: '2012-10-17', Statement: statements };
}

/** Its size as AWS counts it. */
export function managedPolicySize(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}
