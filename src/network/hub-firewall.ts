import { Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFirewall, CfnFirewallPolicy, CfnLoggingConfiguration, CfnRuleGroup, CfnTLSInspectionConfiguration } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { AddressRule } from './firewall-rules';
import { FlowLogs } from './flow-logs';
import { NetworkFirewallProps } from './inspection';
import { partitionOf } from '../model/partition';

/** Properties of the hub's firewall. */
export interface HubFirewallProps extends NetworkFirewallProps {
  readonly logs: FlowLogs;
  /** Where it is: a gateway and zones, or a VPC and the subnet of its first zone. */
  readonly place: { readonly transitGatewayId: string; readonly zoneIds: readonly string[] } | { readonly vpcId: string; readonly subnetId: string };
  /** Blocks that are inside: Suricata's HOME_NET. The firewall's own VPC, its default, would see no client. */
  readonly home: readonly string[];
  readonly rules: () => readonly AddressRule[];
}

/** Capacity of the rule groups; it can never change. A rule of one source and one destination takes one. */
const CAPACITY = { addresses: 1_000, domains: 1_000, suricata: 1_000 };
const DEFAULT_MANAGED = ['BotNetCommandAndControlDomainsStrictOrder', 'MalwareDomainsStrictOrder'];
/** The order of judgement; a number is a promise. */
const PRIORITY = { managed: 100, suricata: 300, own: 400, addresses: 600, domains: 700 };

/** AWS Network Firewall with strict order: nothing passes that no rule lets through. */
export class HubFirewall extends Construct {
  /** Attachment to the gateway, of a native firewall. */
  public readonly attachmentId: string;
  /** Endpoint in its first zone, of a firewall in a VPC. It is the only one, so the order of the list does not matter. */
  public readonly endpointId: string;
  public readonly firewallArn: string;
  private readonly references: { priority: number; resourceArn: string }[] = [];

  public constructor(scope: Construct, id: string, private readonly props: HubFirewallProps) {
    super(scope, id);
    const name = `${Stack.of(this).stackName}-firewall`;
    this.addRuleGroups(name);
    const policy = new CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: name,
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
        // Not drop_strict: it drops the handshake, before a domain is known.
        statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        policyVariables: { ruleVariables: { HOME_NET: { definition: [...props.home] } } },
        statefulRuleGroupReferences: this.references,
        ...(props.tlsCertificateAuthorityArn !== undefined ? { tlsInspectionConfigurationArn: this.tls(name, props.tlsCertificateAuthorityArn) } : {}),
      },
    });
    const firewall = new CfnFirewall(this, 'Resource', {
      firewallName: name,
      firewallPolicyArn: policy.ref,
      deleteProtection: true,
      ...('transitGatewayId' in props.place
        ? { transitGatewayId: props.place.transitGatewayId, availabilityZoneMappings: props.place.zoneIds.map((zoneId) => ({ availabilityZone: zoneId })) }
        : { vpcId: props.place.vpcId, subnetMappings: [{ subnetId: props.place.subnetId }], subnetChangeProtection: true }),
    });
    firewall.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.firewallArn = firewall.attrFirewallArn;
    this.attachmentId = firewall.attrTransitGatewayAttachmentId;
    this.endpointId = Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds)));
    this.addLogs(firewall);
  }

  private addRuleGroups(name: string): void {
    const { managedRuleGroups = DEFAULT_MANAGED, suricataRules = [], ruleGroupArns = [], allowedDomains, home } = this.props;
    const { region } = Stack.of(this);
    managedRuleGroups.forEach((group, index) => this.references.push({
      priority: PRIORITY.managed + index, resourceArn: `arn:${partitionOf(region)}:network-firewall:${region}:aws-managed:stateful-rulegroup/${group}`,
    }));
    const strict = { statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' } };
    if (suricataRules.length > 0) {
      this.refer(PRIORITY.suricata, new CfnRuleGroup(this, 'Suricata', {
        ruleGroupName: `${name}-suricata`, type: 'STATEFUL', capacity: CAPACITY.suricata, ruleGroup: { rulesSource: { rulesString: suricataRules.join('\n') }, ...strict },
      }));
    }
    ruleGroupArns.forEach((resourceArn, index) => this.references.push({ priority: PRIORITY.own + index, resourceArn }));
    this.refer(PRIORITY.addresses, new CfnRuleGroup(this, 'Addresses', {
      ruleGroupName: `${name}-segments`,
      type: 'STATEFUL',
      capacity: CAPACITY.addresses,
      ruleGroup: { rulesSource: { statefulRules: Lazy.any({ produce: () => this.props.rules().map(statefulRule) }) as never }, ...strict },
    }));
    if (allowedDomains) {
      this.refer(PRIORITY.domains, new CfnRuleGroup(this, 'Domains', {
        ruleGroupName: `${name}-domains`,
        type: 'STATEFUL',
        capacity: CAPACITY.domains,
        ruleGroup: {
          ruleVariables: { ipSets: { HOME_NET: { definition: [...home] } } },
          rulesSource: { rulesSourceList: { generatedRulesType: 'ALLOWLIST', targets: allowedDomains, targetTypes: ['TLS_SNI', 'HTTP_HOST'] } },
          ...strict,
        },
      }));
    }
  }

  private refer(priority: number, group: CfnRuleGroup): void {
    this.references.push({ priority, resourceArn: group.ref });
  }

  private tls(name: string, certificateAuthorityArn: string): string {
    return new CfnTLSInspectionConfiguration(this, 'Tls', {
      tlsInspectionConfigurationName: `${name}-tls`,
      tlsInspectionConfiguration: {
        serverCertificateConfigurations: [{
          certificateAuthorityArn,
          checkCertificateRevocationStatus: { revokedStatusAction: 'REJECT', unknownStatusAction: 'PASS' },
          scopes: [{
            protocols: [6],
            sources: this.props.home.map((addressDefinition) => ({ addressDefinition })),
            sourcePorts: [{ fromPort: 0, toPort: 65_535 }],
            destinations: [{ addressDefinition: '0.0.0.0/0' }],
            destinationPorts: [{ fromPort: 443, toPort: 443 }],
          }],
        }],
      },
    }).ref;
  }

  private addLogs(firewall: CfnFirewall): void {
    const { bucketArn } = this.props.logs;
    if (bucketArn === undefined) return;
    const bucketName = Fn.select(5, Fn.split(':', bucketArn));
    new CfnLoggingConfiguration(this, 'Logs', {
      firewallArn: firewall.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: ['ALERT', 'FLOW', ...(this.props.tlsCertificateAuthorityArn !== undefined ? ['TLS'] : [])].map((logType) => ({
          logType, logDestinationType: 'S3', logDestination: { bucketName, prefix: 'network-firewall' },
        })),
      },
    });
  }
}

function statefulRule({ action, source, destination }: AddressRule, index: number): object {
  return {
    action,
    header: { protocol: 'IP', source, sourcePort: 'ANY', direction: 'FORWARD', destination, destinationPort: 'ANY' },
    ruleOptions: [{ keyword: `sid:${index + 1}` }],
  };
}
