import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.DNS.2. */
export function protectResolver(): Control {
  return new Control({
    id: 'LZ.DNS.2',
    title: 'DNS of VPCs resolves and filters as the platform set it',
    description: 'The resolver of a VPC finds names of the data centre by forwarding rules, and refuses names of known attackers by its firewall. '
      + 'Nobody but the platform deletes or loosens rules, rule groups and endpoints of the resolver, lets the firewall fail open, stops validating signatures, '
      + 'or gives a VPC other name servers, which would go around all of it. Making and attaching more of them stays open.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-5', 'SC-7', 'SC-20', 'SC-21', 'SI-4'),
      Framework.ISO_27001.maps('A.8.7', 'A.8.20', 'A.8.23'),
      Framework.SOC_2.maps('CC6.6', 'CC6.8'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53resolver.html (actions, read 2026-11-22)',
      'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html (failing open, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'ec2:AssociateDhcpOptions',
        'route53resolver:DeleteFirewallDomainList', 'route53resolver:DeleteFirewallRule', 'route53resolver:DeleteFirewallRuleGroup',
        'route53resolver:DeleteResolverEndpoint', 'route53resolver:DeleteResolverRule', 'route53resolver:DisassociateFirewallRuleGroup',
        'route53resolver:DisassociateResolverEndpointIpAddress', 'route53resolver:DisassociateResolverRule', 'route53resolver:UpdateFirewallConfig',
        'route53resolver:UpdateFirewallDomains', 'route53resolver:UpdateFirewallRule', 'route53resolver:UpdateFirewallRuleGroupAssociation',
        'route53resolver:UpdateResolverConfig', 'route53resolver:UpdateResolverDnssecConfig', 'route53resolver:UpdateResolverEndpoint',
        'route53resolver:UpdateResolverRule',
      ],
    })],
    proof: {
      denies: [
        { action: 'route53resolver:DisassociateResolverRule' },
        { action: 'route53resolver:DisassociateFirewallRuleGroup', principal: 'root' },
        { action: 'route53resolver:UpdateFirewallConfig' },
        { action: 'route53resolver:UpdateFirewallRule', principal: 'user/someone' },
        { action: 'route53resolver:DeleteResolverEndpoint' },
        { action: 'route53resolver:UpdateResolverDnssecConfig' },
        { action: 'ec2:AssociateDhcpOptions' },
      ],
      allows: [
        { action: 'route53resolver:AssociateResolverRule' },
        { action: 'route53resolver:AssociateFirewallRuleGroup' },
        { action: 'route53:ChangeResourceRecordSets' },
        { action: 'route53resolver:UpdateFirewallConfig', principal: PLATFORM_ROLE },
      ],
    },
  });
}
