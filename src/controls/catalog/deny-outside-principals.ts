import { Control } from '../control';
import { PerimeterOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const OUTSIDER = `arn:${ZoneValue.PARTITION}:iam::999999999999:role/outsider`;

/** LZ.PERIMETER.1. */
export function denyOutsidePrincipals({ trustedAccounts = [] }: PerimeterOptions = {}): Control {
  return new Control({
    id: 'LZ.PERIMETER.1',
    title: 'Data is open to the organization\'s principals alone',
    description: 'One careless bucket, key, queue or trust policy gives data to any account in the world. Whatever those policies say, only principals of the organization and AWS services '
      + 'reach objects, tables, secrets, queues, images, logs, collections and keys, or assume roles. '
      + 'Federation by SAML and OpenID Connect is left alone (LZ.PERIMETER.7), and so is Cognito, whose users are not principals. '
      + 'Before enabling it, look with IAM Access Analyzer for vendors\' accounts (trustedAccounts lets them through), public buckets, origin access identities of CloudFront, '
      + 'and load balancers whose access logs a Region delivers by an account of AWS.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'),
      Framework.PCI_DSS.maps('1.4.4', '7.2.1'),
      Framework.ISO_27001.maps('A.5.15', 'A.8.3', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6', 'CC6.7'),
    ],
    controlTower: ['CT.KMS.PV.7', 'CT.S3.PV.4', 'CT.SECRETSMANAGER.PV.1', 'CT.SQS.PV.1', 'CT.STS.PV.1'],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services (read 2026-11-22)',
      'https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies (identity perimeter and its exceptions, read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.resourceControl({
      // Of STS all but what federated users call, who belong to no organization, and what AWS asks no permission for.
      actions: [
        'aoss:*', 'dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sqs:*',
        'sts:AssumeRole', 'sts:DecodeAuthorizationMessage', 'sts:GetAccessKeyInfo', 'sts:GetFederationToken', 'sts:GetServiceBearerToken', 'sts:GetSessionToken', 'sts:SetContext',
      ],
      conditions: {
        StringNotEqualsIfExists: {
          'aws:PrincipalOrgID': ZoneValue.ORGANIZATION_ID,
          ...(trustedAccounts.length > 0 ? { 'aws:PrincipalAccount': trustedAccounts } : {}),
        },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
      // Anybody outside can name a role like the platform's; the platform's own belong to the organization.
      exemptPlatform: false,
    })],
    detective: [
      DetectiveMechanism.configRule('S3_BUCKET_POLICY_GRANTEE_CHECK'),
      DetectiveMechanism.securityHub('S3.6'),
      DetectiveMechanism.securityHub('IAM.28'),
    ],
    proof: {
      denies: [
        { action: 's3:GetObject', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': ['o-another'] } },
        { action: 's3:PutObject', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': [] } },
        { action: 'sts:AssumeRole', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': ['o-another'] } },
        { action: 'kms:Decrypt', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': ['o-another'] } },
        { action: 'secretsmanager:GetSecretValue', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': [] } },
        { action: 'dynamodb:GetItem', principal: `arn:${ZoneValue.PARTITION}:iam::999999999999:role/break-glass`, context: { 'aws:PrincipalOrgID': ['o-another'] } },
      ],
      allows: [
        { action: 's3:GetObject' },
        { action: 'kms:Decrypt', principal: 'root' },
        { action: 's3:PutObject', principal: 'cloudtrail.amazonaws.com' },
        { action: 'sts:AssumeRoleWithSAML', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': [] } },
        { action: 'cognito-idp:InitiateAuth', principal: OUTSIDER, context: { 'aws:PrincipalOrgID': [] } },
        ...trustedAccounts.map((account) => ({ action: 's3:GetObject', principal: `arn:${ZoneValue.PARTITION}:iam::${account}:role/vendor`, context: { 'aws:PrincipalOrgID': ['o-another'] } })),
      ],
    },
  });
}
