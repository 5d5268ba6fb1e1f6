import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.NETWORK.4. */
export function protectNetworkFirewall(): Control {
  return new Control({
    id: 'LZ.NETWORK.4',
    title: 'Network firewalls stay in the way',
    description: 'A firewall that is deleted, taken out of a subnet or given a policy that passes everything inspects nothing, and without its log nobody notices. '
      + 'Nobody but the platform does that, takes its protections away, or withdraws Firewall Manager. The rules in rule groups stay with those who write them. '
      + 'Enable it on the unit of the network account too. Keep it out of sandboxes: a firewall made there by hand could not be deleted, and costs by the hour.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)', 'SC-7'),
      Framework.PCI_DSS.maps('1.2.1', '1.2.2', '1.4.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.21', 'A.8.23'),
      Framework.SOC_2.maps('CC6.6', 'CC7.2'),
    ],
    controlTower: ['CT.NETWORK-FIREWALL.PR.2', 'CT.NETWORK-FIREWALL.PR.5'],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsnetworkfirewall.html (actions, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html (NIST 800-53 mapping of NetworkFirewall.9, read 2026-11-22)',
      'AC-4, SC-7, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'fms:DeletePolicy', 'fms:DisassociateAdminAccount', 'fms:DisassociateThirdPartyFirewall',
        'network-firewall:AssociateFirewallPolicy', 'network-firewall:DeleteFirewall', 'network-firewall:DeleteFirewallPolicy',
        'network-firewall:DeleteNetworkFirewallTransitGatewayAttachment', 'network-firewall:DeleteResourcePolicy', 'network-firewall:DeleteVpcEndpointAssociation',
        'network-firewall:DisassociateAvailabilityZones', 'network-firewall:DisassociateSubnets', 'network-firewall:UpdateAvailabilityZoneChangeProtection',
        'network-firewall:UpdateFirewallDeleteProtection', 'network-firewall:UpdateFirewallPolicy', 'network-firewall:UpdateFirewallPolicyChangeProtection',
        'network-firewall:UpdateLoggingConfiguration', 'network-firewall:UpdateSubnetChangeProtection',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS'),
      DetectiveMechanism.securityHub('NetworkFirewall.9'),
      DetectiveMechanism.securityHub('NetworkFirewall.10'),
    ],
    proof: {
      denies: [
        { action: 'network-firewall:DeleteFirewall' },
        { action: 'network-firewall:DisassociateSubnets', principal: 'root' },
        { action: 'network-firewall:UpdateFirewallDeleteProtection' },
        { action: 'network-firewall:AssociateFirewallPolicy' },
        { action: 'network-firewall:UpdateFirewallPolicy', principal: 'user/someone' },
        { action: 'network-firewall:UpdateLoggingConfiguration' },
        { action: 'fms:DeletePolicy' },
      ],
      allows: [
        { action: 'network-firewall:UpdateRuleGroup' },
        { action: 'network-firewall:DescribeFirewall' },
        { action: 'network-firewall:CreateFirewall' },
        { action: 'network-firewall:UpdateFirewallPolicy', principal: PLATFORM_ROLE },
      ],
    },
  });
}
