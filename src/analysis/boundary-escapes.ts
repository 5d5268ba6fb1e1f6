import { ActionIndex } from './actions/action-index';
import { AccountPolicies, ConditionJson, NamedPolicy } from './policy-document';
import { Answer, neverAllowed } from './questions';

/** One way around a permissions boundary: actions of IAM that nobody but the platform may do in this form. */
export interface WayAround {
  /** What it would come to, in words. */
  readonly way: string;
  readonly actions: readonly string[];
  /** ARNs, with wildcards, that the way works on. @default - any */
  readonly on?: readonly string[];
  /** Tests that a request of this way passes. @default - none */
  readonly where?: ConditionJson;
}

/** Whose boundary, and who is above it. */
export interface BoundaryInQuestion {
  /** Name of the managed policy, with its path. */
  readonly policyName: string;
  /** Roles of the platform, `role/cdk-*`: they are left out as principals, and nobody else may change or pass them. */
  readonly platform: readonly string[];
  /** @default 'aws' */
  readonly partition?: string;
  /** Identity policies of the principal. @default - assumed to allow */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** The boundary that the principal itself has; then the platform is not left out. @default - none: whoever is in the account */
  readonly boundary?: NamedPolicy;
}

/** A way and what was found. It is shut when `answer.holds` is true. */
export interface WayFound {
  readonly way: WayAround;
  readonly answer: Answer;
}

/**
 * Every way around a boundary that IAM has: after none of them, each role and user either has the boundary or is the platform's, and the boundary says what it said.
 * Whatever changes IAM is in here or in `HARMLESS_TO_BOUNDARIES`; a test holds both against AWS's list of actions.
 */
export function waysAround({ policyName, platform, partition = 'aws' }: Pick<BoundaryInQuestion, 'policyName' | 'platform' | 'partition'>): WayAround[] {
  const policy = `arn:*:iam::*:policy/${policyName}`;
  const without: ConditionJson = { ArnNotLike: { 'iam:PermissionsBoundary': policy } };
  const roles = platform.map((role) => `arn:${partition}:iam::*:${role}`);
  return [
    { way: 'a role or user is made without the boundary', actions: ['iam:CreateRole', 'iam:CreateUser'], where: without },
    { way: 'the boundary is taken away', actions: ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'] },
    { way: 'the boundary is replaced by another one', actions: ['iam:PutRolePermissionsBoundary', 'iam:PutUserPermissionsBoundary'], where: without },
    {
      way: 'the boundary is rewritten',
      actions: ['iam:CreatePolicy', 'iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion'],
      on: [policy],
    },
    {
      way: 'who has no boundary gets other permissions',
      actions: [
        'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:DeleteRolePolicy', 'iam:DeleteUserPolicy', 'iam:DetachRolePolicy', 'iam:DetachUserPolicy', 'iam:PutRolePolicy', 'iam:PutUserPolicy',
      ],
      where: without,
    },
    { way: 'a role without the boundary is taken over by its trust policy', actions: ['iam:UpdateAssumeRolePolicy'], where: without },
    { way: 'groups, which have no boundary, give permissions', actions: ['iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy', 'iam:PutGroupPolicy'] },
    {
      way: 'a user is taken over by new credentials',
      actions: [
        'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential', 'iam:UpdateLoginProfile', 'iam:UploadSSHPublicKey',
        'iam:UploadSigningCertificate',
      ],
    },
    {
      way: 'a role is taken over by the identity provider that it trusts',
      actions: [
        'iam:AddClientIDToOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider', 'iam:CreateSAMLProvider', 'iam:UpdateOpenIDConnectProviderThumbprint', 'iam:UpdateSAMLProvider',
      ],
    },
    {
      way: 'a role of the platform is passed, made or changed',
      actions: [
        'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PassRole', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy',
      ],
      on: roles,
    },
  ];
}

/** What else writes to IAM, and why it gives nobody more than the boundary. Actions of AWS as of 2026-11-23; a new one is a failed test. */
export const HARMLESS_TO_BOUNDARIES: { readonly [why: string]: readonly string[] } = {
  'A delegated session is mapped to the identity that accepted the request, and what is made in it needs the boundary': [
    'AcceptDelegationRequest', 'AssociateDelegationRequest', 'CreateDelegationRequest', 'RejectDelegationRequest', 'SendDelegationToken',
  ],
  'A role gets into an instance profile by PassRole, which is in the ways': ['AddRoleToInstanceProfile', 'CreateInstanceProfile', 'DeleteInstanceProfile', 'RemoveRoleFromInstanceProfile'],
  'AWS says what a service-linked role may do and who assumes it': ['CreateServiceLinkedRole', 'DeleteServiceLinkedRole'],
  'It takes access away and gives none': [
    'DeleteAccessKey', 'DeleteGroup', 'DeleteLoginProfile', 'DeleteOpenIDConnectProvider', 'DeleteSAMLProvider', 'DeleteSSHPublicKey', 'DeleteServerCertificate', 'DeleteServiceSpecificCredential',
    'DeleteSigningCertificate', 'DeleteUser', 'RemoveClientIDFromOpenIDConnectProvider', 'RemoveUserFromGroup', 'DisableOutboundWebIdentityFederation',
  ],
  'A group gives nothing without policies and members, which are in the ways': ['CreateGroup', 'UpdateGroup'],
  'Who has the credential has it already': [
    'ChangePassword', 'UpdateAccessKey', 'UpdateSSHPublicKey', 'UpdateServiceSpecificCredential', 'UpdateSigningCertificate', 'CreateVirtualMFADevice', 'DeactivateMFADevice', 'DeleteVirtualMFADevice',
    'EnableMFADevice', 'ResyncMFADevice', 'DeleteCloudFrontPublicKey', 'UpdateCloudFrontPublicKey', 'UploadCloudFrontPublicKey',
  ],
  'It changes a name, a description, a length of session or tags; what hangs on tags is within the boundary': [
    'UpdateRole', 'UpdateRoleDescription', 'UpdateUser', 'TagInstanceProfile', 'TagMFADevice', 'TagOpenIDConnectProvider', 'TagPolicy', 'TagRole', 'TagSAMLProvider', 'TagServerCertificate', 'TagUser',
    'UntagInstanceProfile', 'UntagMFADevice', 'UntagOpenIDConnectProvider', 'UntagPolicy', 'UntagRole', 'UntagSAMLProvider', 'UntagServerCertificate', 'UntagUser',
  ],
  'It is about certificates that AWS services present': ['UpdateServerCertificate', 'UploadServerCertificate'],
  'It is a setting of the account and gives no principal anything': [
    'CreateAccountAlias', 'DeleteAccountAlias', 'DeleteAccountPasswordPolicy', 'PutAccountProperties', 'SetSTSRegionalEndpointStatus', 'SetSecurityTokenServicePreferences', 'UpdateAccountEmailAddress',
    'UpdateAccountName', 'UpdateAccountPasswordPolicy', 'EnableOutboundWebIdentityFederation',
  ],
  'It works in the management account or for its delegated administrator alone': [
    'DisableOrganizationsRootCredentialsManagement', 'DisableOrganizationsRootSessions', 'EnableOrganizationsRootCredentialsManagement', 'EnableOrganizationsRootSessions',
  ],
};

/** Asks for every way, in every context: which of them are shut in the accounts. */
export function boundaryEscapes(question: BoundaryInQuestion, accounts: readonly AccountPolicies[], index: ActionIndex): WayFound[] {
  const { boundary, identityPolicies, platform } = question;
  return waysAround(question).flatMap((way) => (way.on ?? [undefined]).map((resource) => ({
    way,
    answer: neverAllowed({
      actions: way.actions,
      ...(resource !== undefined && { resource }),
      ...(way.where && { where: way.where }),
      ...(boundary ? { permissionsBoundary: boundary } : { except: platform }),
      ...(identityPolicies && { identityPolicies }),
    }, accounts, index),
  })));
}
