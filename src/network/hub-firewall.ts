import { Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFirewall, CfnFirewallPolicy, CfnFirewallProps, CfnLoggingConfiguration, CfnRuleGroup, CfnTLSInspectionConfiguration } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { AddressRule } from './firewall-rules';
import { FlowLogs } from './flow-logs';
import { NetworkFirewallProps } from './inspection';
import { partitionOf } from '../model/partition';

/** A gateway that a firewall is attached to. */
interface GatewayPlace {
  readonly transitGatewayId: string;
  readonly zoneIds: readonly string[];
}

/** A VPC that a firewall has endpoints in. */
interface VpcPlace {
  readonly vpcId: string;
  readonly subnets: readonly { readonly zoneId: string; readonly subnetId: string }[];
}

type FirewallPlace = GatewayPlace | VpcPlace;

/** Properties of the hub's firewall. */
export interface HubFirewallProps extends NetworkFirewallProps {
  readonly logs: FlowLogs;
  /** Where it is: a gateway and zones, or a VPC and a subnet a zone. */
  readonly place: FirewallPlace;
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
  public readonly attachmentId: string | undefined;
  /** Endpoints in the order of the subnets, of a firewall in a VPC. */
  public readonly endpointIds: string[];
  /** ARN of the firewall, or of each zone's. */
  public readonly arns: string[] = [];
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
    const { place } = props;
    if ('transitGatewayId' in place) {
      const firewall = this.addFirewall('', name, policy, {
        transitGatewayId: place.transitGatewayId, availabilityZoneMappings: place.zoneIds.map((zoneId) => ({ availabilityZone: zoneId })),
      });
      this.attachmentId = firewall.attrTransitGatewayAttachmentId;
      this.endpointIds = [];
    } else {
      this.endpointIds = place.subnets.map(({ zoneId, subnetId }) => this.endpointIn(zoneId, subnetId, place.vpcId, name, policy));
    }
  }

  /**
   * A firewall a zone, all with one policy: a firewall's list of endpoints has no order, and of one endpoint it needs none. An endpoint association is possible only in zones where the
   * firewall has an endpoint of its own (AWS::NetworkFirewall::VpcEndpointAssociation, read 2026-11-23). Flows never leave their zone, and AWS charges for endpoints.
   */
  private endpointIn(zoneId: string, subnetId: string, vpcId: string, name: string, policy: CfnFirewallPolicy): string {
    const firewall = this.addFirewall(`.${zoneId}`, `${name}-${zoneId}`, policy, { vpcId, subnetMappings: [{ subnetId }], subnetChangeProtection: true });
    return Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds)));
  }

  private addFirewall(suffix: string, firewallName: string, policy: CfnFirewallPolicy, place: Omit<CfnFirewallProps, 'firewallName' | 'firewallPolicyArn'>): CfnFirewall {
    const firewall = new CfnFirewall(this, `Resource${suffix}`, { firewallName, firewallPolicyArn: policy.ref, deleteProtection: true, ...place });
    firewall.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.arns.push(firewall.attrFirewallArn);
    this.addLogs(suffix, firewall);
    return firewall;
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

  private addLogs(suffix: string, firewall: CfnFirewall): void {
    const { bucketArn } = this.props.logs;
    if (bucketArn === undefined) return;
    const bucketName = Fn.select(5, Fn.split(':', bucketArn));
    new CfnLoggingConfiguration(this, `Logs${suffix}`, {
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
