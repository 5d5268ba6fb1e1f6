import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.DNS.1. */
export function protectDomains(): Control {
  return new Control({
    id: 'LZ.DNS.1',
    title: 'Domains and hosted zones stay with the organization',
    description: 'Who moves a domain, changes its name servers or gets its transfer code owns every site and mailbox below it; a deleted zone leaves names that others can take over. '
      + 'Nobody but the platform transfers, unlocks or deletes a registered domain, changes its contacts, name servers or signatures, deletes a hosted zone, '
      + 'or lets another account\'s VPC into a private one. Records stay the team\'s.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CM-5', 'SC-20', 'SC-22'),
      Framework.ISO_27001.maps('A.5.9', 'A.8.20', 'A.8.21'),
      Framework.SOC_2.maps('CC6.1', 'CC8.1'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Deny-key-actions-on-Route53-DNS-hosted-zones.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53domains.html (actions, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'route53:CreateVPCAssociationAuthorization', 'route53:DeactivateKeySigningKey', 'route53:DeleteHostedZone', 'route53:DeleteKeySigningKey',
        'route53:DeleteReusableDelegationSet', 'route53:DisableHostedZoneDNSSEC',
        'route53domains:DeleteDomain', 'route53domains:DisableDomainAutoRenew', 'route53domains:DisableDomainTransferLock',
        'route53domains:DisassociateDelegationSignerFromDomain', 'route53domains:PushDomain', 'route53domains:RetrieveDomainAuthCode',
        'route53domains:TransferDomainToAnotherAwsAccount', 'route53domains:UpdateDomainContact', 'route53domains:UpdateDomainNameservers',
      ],
    })],
    proof: {
      denies: [
        { action: 'route53domains:TransferDomainToAnotherAwsAccount' },
        { action: 'route53domains:RetrieveDomainAuthCode', principal: 'root' },
        { action: 'route53domains:UpdateDomainNameservers' },
        { action: 'route53domains:DisableDomainTransferLock', principal: 'user/someone' },
        { action: 'route53:DeleteHostedZone' },
        { action: 'route53:DisableHostedZoneDNSSEC' },
        { action: 'route53:CreateVPCAssociationAuthorization' },
      ],
      allows: [
        { action: 'route53:ChangeResourceRecordSets' },
        { action: 'route53:CreateHostedZone' },
        { action: 'route53domains:EnableDomainTransferLock' },
        { action: 'route53:DeleteHostedZone', principal: PLATFORM_ROLE },
      ],
    },
  });
}
