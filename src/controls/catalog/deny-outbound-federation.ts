import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.IAM.9. */
export function denyOutboundFederation(): Control {
  return new Control({
    id: 'LZ.IAM.9',
    title: 'No tokens for services outside AWS',
    description: 'With outbound identity federation AWS signs a token that says who a role is, for any service that trusts the account as an identity provider. '
      + 'Which services those are nobody here can see. Nobody switches it on or asks for such a token. '
      + 'Where it is wanted, leave this control out and limit sts:IdentityTokenAudience instead.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-20', 'IA-9'),
      Framework.ISO_27001.maps('A.5.14', 'A.5.16'),
      Framework.SOC_2.maps('CC6.1', 'CC6.7'),
    ],
    sources: [
      'https://github.com/aws-samples/resource-control-policy-examples/blob/main/Service-specific-controls/IAM-Restrict-outbound-federation.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({ actions: ['iam:EnableOutboundWebIdentityFederation', 'sts:GetWebIdentityToken'] })],
    proof: {
      denies: [
        { action: 'iam:EnableOutboundWebIdentityFederation' },
        { action: 'iam:EnableOutboundWebIdentityFederation', principal: 'root' },
        { action: 'sts:GetWebIdentityToken' },
      ],
      allows: [
        { action: 'iam:DisableOutboundWebIdentityFederation' },
        { action: 'sts:AssumeRole' },
        { action: 'sts:GetWebIdentityToken', principal: PLATFORM_ROLE },
      ],
    },
  });
}
