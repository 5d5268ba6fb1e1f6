import { ControlProof } from './control';
import { BuyerOptions } from './control-options';
import { GuardrailStatement } from './mechanism';
import { ZoneValue } from './zone-value';

/** What gives somebody a role: making it, changing who assumes it and what it may do. */
const ROLE_CHANGES = [
  'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PassRole',
  'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole',
];

/** Denies purchases to everybody but a role (and the platform), and that role to everybody who would make or change it; without a role, to everybody. */
export function purchaseStatements(actions: string[], { buyerRole }: BuyerOptions): GuardrailStatement[] {
  if (buyerRole === undefined) return [{ actions }];
  const arn = roleArn(buyerRole);
  return [
    { actions, conditions: { ArnNotLike: { 'aws:PrincipalArn': [arn] } } },
    { actions: ROLE_CHANGES, resources: [arn] },
  ];
}

/** That the role buys, that others do not, and that none of them makes itself the role. */
export function purchaseProof(action: string, { buyerRole }: BuyerOptions): ControlProof {
  if (buyerRole === undefined) return { denies: [], allows: [] };
  const resource = roleArn(buyerRole, '111122223333').replace(/\*/g, 'any');
  return {
    denies: [{ action, principal: 'role/another' }, { action, principal: 'user/someone' }, { action: 'iam:CreateRole', resource }, { action: 'iam:UpdateAssumeRolePolicy', principal: `role/${buyerRole}`, resource }],
    allows: [{ action, principal: `role/${buyerRole}` }, { action: 'iam:CreateRole', resource: roleArn('application', '111122223333') }],
  };
}

function roleArn(role: string, account = '*'): string {
  if (!/^[A-Za-z0-9_+=,.@*-][A-Za-z0-9_+=,.@*/-]*$/.test(role) || /^[*/]*$/.test(role)) throw new Error(`buyerRole "${role}" is no role with its path, like finops/buyer or aws-reserved/sso.amazonaws.com/*AWSReservedSSO_FinOps_*`);
  return `arn:${ZoneValue.PARTITION}:iam::${account}:role/${role}`;
}
