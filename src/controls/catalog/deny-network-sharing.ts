import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.RAM.2. */
export function denyNetworkSharing(): Control {
  return new Control({
    id: 'LZ.RAM.2',
    title: 'Networks are shared by the platform alone',
    description: 'A subnet, transit gateway or resolver rule that a team shares with other accounts joins them to its network, without the network team. '
      + 'Only the platform puts such resources into a share, also within the organization; LZ.RAM.1 closes shares to accounts outside. '
      + 'Other types, such as certificate authorities, stay open. Before enabling it, list shares of these types in the accounts.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-21', 'CA-9', 'SC-7'),
      Framework.PCI_DSS.maps('1.3.1'),
      Framework.ISO_27001.maps('A.5.14', 'A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    sources: [
      'https://docs.aws.amazon.com/ram/latest/userguide/security-scp.html (ram:RequestedResourceType, read 2026-11-22)',
      'https://docs.aws.amazon.com/ram/latest/userguide/shareable.html (names of the types, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['ram:AssociateResourceShare', 'ram:CreateResourceShare'],
      conditions: {
        StringEquals: { 'ram:RequestedResourceType': ['ec2:PrefixList', 'ec2:Subnet', 'ec2:TransitGateway', 'networkmanager:CoreNetwork', 'route53resolver:ResolverRule'] },
      },
    })],
    proof: {
      denies: [
        { action: 'ram:CreateResourceShare', context: { 'ram:RequestedResourceType': ['ec2:Subnet'] } },
        { action: 'ram:AssociateResourceShare', principal: 'root', context: { 'ram:RequestedResourceType': ['ec2:TransitGateway'] } },
        { action: 'ram:CreateResourceShare', principal: 'user/someone', context: { 'ram:RequestedResourceType': ['route53resolver:ResolverRule'] } },
      ],
      allows: [
        { action: 'ram:CreateResourceShare', context: { 'ram:RequestedResourceType': ['acm-pca:CertificateAuthority'] } },
        { action: 'ram:DeleteResourceShare' },
        { action: 'ram:CreateResourceShare', principal: PLATFORM_ROLE, context: { 'ram:RequestedResourceType': ['ec2:Subnet'] } },
      ],
    },
  });
}
