import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { isGiven, mustBe, TemplateRule } from '../template-rule';

/** LZ.NETWORK.6. */
export function requireFirewallProtection(): Control {
  return new Control({
    id: 'LZ.NETWORK.6',
    title: 'Firewalls are protected against deletion',
    description: 'A firewall that leaves a template is deleted with the next deployment, and traffic passes uninspected or not at all; LZ.NETWORK.4 does not stop that, as the platform deploys. '
      + 'A network firewall has deletion protection, one in a VPC keeps its subnets, and a DNS firewall cannot be taken off its VPC.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)', 'SC-7'),
      Framework.PCI_DSS.maps('1.2.1', '1.2.2'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.20'),
      Framework.SOC_2.maps('CC6.6', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html (NetworkFirewall.9 and .10 and their NIST 800-53 mapping, read 2026-11-22)',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53resolver-firewallrulegroupassociation.html (MutationProtection, read 2026-11-23)',
      'SC-7, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A network firewall and a DNS firewall on a VPC cannot be deleted by mistake', new TemplateRule({
      'AWS::NetworkFirewall::Firewall': ({ DeleteProtection, SubnetMappings, SubnetChangeProtection }) => [
        ...mustBe(true, 'DeleteProtection', DeleteProtection),
        ...(isGiven(SubnetMappings) ? mustBe(true, 'SubnetChangeProtection', SubnetChangeProtection) : []),
      ],
      'AWS::Route53Resolver::FirewallRuleGroupAssociation': ({ MutationProtection }) => mustBe('ENABLED', 'MutationProtection', MutationProtection),
    }))],
    detective: [DetectiveMechanism.securityHub('NetworkFirewall.9'), DetectiveMechanism.securityHub('NetworkFirewall.10')],
  });
}
