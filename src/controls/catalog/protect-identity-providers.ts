import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.3. */
export function protectIdentityProviders(): Control {
  return new Control({
    id: 'LZ.IAM.3',
    title: 'Identity providers change only through the platform',
    description: 'Whoever adds an identity provider, or a client to one, decides who can become a role: an intruder\'s favourite way to come back. '
      + 'SAML and OpenID Connect providers of IAM are made, changed, tagged and deleted by the platform alone. '
      + 'Before enabling it, see who makes the providers of EKS clusters and of pipelines: the CDK is exempt, a person or another tool is not.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('1.20'),
      Framework.NIST_800_53.maps('AC-2', 'AC-3', 'CM-5', 'IA-2'),
      Framework.ISO_27001.maps('A.5.16', 'A.8.2'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Privileged-access-controls/Deny-unwarranted-IAM-federations-creation-modification.json (read 2026-11-22)',
      'https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/service_control_policies/service_specific_controls/restrict_idp_configurations_scp.json (read 2026-11-22)',
      'CIS, NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'iam:AddClientIDToOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider', 'iam:CreateSAMLProvider', 'iam:DeleteOpenIDConnectProvider', 'iam:DeleteSAMLProvider',
        'iam:RemoveClientIDFromOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider', 'iam:TagSAMLProvider', 'iam:UntagOpenIDConnectProvider', 'iam:UntagSAMLProvider',
        'iam:UpdateOpenIDConnectProviderThumbprint', 'iam:UpdateSAMLProvider',
      ],
    })],
    proof: {
      denies: [
        { action: 'iam:CreateSAMLProvider' },
        { action: 'iam:UpdateSAMLProvider' },
        { action: 'iam:DeleteSAMLProvider', principal: 'root' },
        { action: 'iam:CreateOpenIDConnectProvider', principal: 'user/someone' },
        { action: 'iam:AddClientIDToOpenIDConnectProvider' },
        { action: 'iam:UpdateOpenIDConnectProviderThumbprint' },
      ],
      allows: [
        { action: 'iam:GetOpenIDConnectProvider' },
        { action: 'iam:CreateRole' },
        { action: 'sts:AssumeRoleWithSAML' },
        { action: 'iam:CreateOpenIDConnectProvider', principal: PLATFORM_ROLE },
      ],
    },
  });
}
