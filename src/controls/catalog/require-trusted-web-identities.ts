import { Control } from '../control';
import { WebIdentityOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

const STRANGER = `arn:${ZoneValue.PARTITION}:iam::999999999999:role/stranger`;

/** Providers that anybody in the world has an account of, and that need no provider in IAM. */
const CONSUMER_PROVIDERS = ['accounts.google.com', 'graph.facebook.com', 'www.amazon.com'];

/** LZ.PERIMETER.7. */
export function requireTrustedWebIdentities({ tenants = [] }: WebIdentityOptions = {}): Control {
  return new Control({
    id: 'LZ.PERIMETER.7',
    title: 'Web identities are those of the organization',
    description: 'A role that trusts a web identity without a condition on whose it is lets everybody in: any Google account, any repository on GitHub. '
      + 'The login services for consumers assume no role. For an issuer that serves many companies, name your own part of it in tenants '
      + '(issuer token.actions.githubusercontent.com, subject repo:acme/*), and tokens of others assume no role, whatever its trust policy says. '
      + 'Other providers, such as those of EKS clusters and Cognito, are left to the trust policies.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'IA-2', 'IA-8', 'IA-9'),
      Framework.ISO_27001.maps('A.5.15', 'A.5.16'),
      Framework.SOC_2.maps('CC6.1', 'CC6.2'),
    ],
    sources: [
      'https://github.com/aws-samples/resource-control-policy-examples/tree/main/Limit-access-to-trusted-OIDC-identity-providers (read 2026-11-22)',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.resourceControl(
      {
        actions: ['sts:AssumeRoleWithWebIdentity'],
        conditions: { StringEquals: { 'aws:FederatedProvider': CONSUMER_PROVIDERS } },
        // Whoever calls has no role yet.
        exemptPlatform: false,
      },
      ...tenants.map(({ issuer, subject }) => ({
        actions: ['sts:AssumeRoleWithWebIdentity'],
        // Only for tokens of this issuer: those of others have no such key.
        conditions: { Null: { [`${issuer}:sub`]: 'false' }, StringNotLike: { [`${issuer}:sub`]: subject } },
        exemptPlatform: false,
      })),
    )],
    proof: {
      denies: [
        { action: 'sts:AssumeRoleWithWebIdentity', principal: STRANGER, context: { 'aws:FederatedProvider': ['accounts.google.com'] } },
        { action: 'sts:AssumeRoleWithWebIdentity', principal: STRANGER, context: { 'aws:FederatedProvider': ['www.amazon.com'] } },
        ...tenants.map(({ issuer }) => ({ action: 'sts:AssumeRoleWithWebIdentity', principal: STRANGER, context: { [`${issuer}:sub`]: ['somebody-else'] } })),
      ],
      allows: [
        {
          action: 'sts:AssumeRoleWithWebIdentity', principal: STRANGER,
          context: { 'aws:FederatedProvider': ['cognito-identity.amazonaws.com'], ...Object.fromEntries(tenants.map(({ issuer }) => [`${issuer}:sub`, []])) },
        },
        { action: 'sts:AssumeRole' },
        { action: 'sts:AssumeRoleWithSAML', principal: STRANGER },
      ],
    },
  });
}
