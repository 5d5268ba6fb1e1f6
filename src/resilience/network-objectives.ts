import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTransitVirtualInterface } from 'aws-cdk-lib/aws-directconnect';
import { CfnVPNConnection } from 'aws-cdk-lib/aws-ec2';
import { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct, IConstruct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { ServiceHealth } from './service-health';
import { ServiceLevelIndicator } from './service-level-indicator';
import { NetworkHub } from '../network/network-hub';

/** What a network promises. */
export interface NetworkTargets {
  /** Share of connections to the internet, in percent, that NAT gateways find a port for. @default 99.9 */
  readonly egress?: number;
  /**
   * Share of packets, in percent, that the transit gateway knows a way for. What is denied between segments is dropped by the gateway too, so some loss is meant: watch for a month, and then ask for more.
   * @default 99
   */
  readonly transit?: number;
  /** Share of time, in percent, in which one interface of Direct Connect at least is up. @default 99.9 */
  readonly sites?: number;
}

/** Properties of the objectives of a network. */
export interface NetworkObjectivesProps extends NetworkTargets {
  /** Hub, with all links to sites that it will have; in the same stack. */
  readonly hub: NetworkHub;
  /** Address of what to do when an alarm goes off. */
  readonly runbook: string;
  /** Begins names of alarms, unique in the account and Region. @default 'platform-network' */
  readonly serviceName?: string;
  /** Who is told. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/**
 * What the platform team promises of a hub, and what tells it that the promise is broken: connections that find a port, packets that find a way, sites that are there. By metrics that AWS has at no charge, in the hub's
 * stack. Of a VPN, somebody hears when both tunnels are down (page) and when one is for an hour (ticket): how long both were down cannot be told from the mean that CloudWatch has of the two.
 *
 * Metrics and dimensions, all read 2026-11-23: https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html,
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html, https://docs.aws.amazon.com/directconnect/latest/UserGuide/monitoring-cloudwatch.html,
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html, https://docs.aws.amazon.com/network-firewall/latest/developerguide/monitoring-cloudwatch.html.
 * Synthesis fails where a link to a site was added afterwards, which nobody would watch.
 *
 * @example
 * declare const hub: NetworkHub;
 * new NetworkObjectives(Stack.of(hub), 'Objectives', { hub, runbook: 'https://runbooks.acme.example/network' });
 */
export class NetworkObjectives extends Construct {
  /** Objectives, alarms and their dashboard. */
  public readonly health: ServiceHealth;
  private readonly watched = new Set<IConstruct>();

  public constructor(scope: Construct, id: string, private readonly props: NetworkObjectivesProps) {
    super(scope, id);
    const { serviceName = 'platform-network', runbook, routing } = props;
    this.health = new ServiceHealth(this, 'Health', { serviceName, runbook, routing });
    this.addEgress();
    this.addTransit();
    this.addSites();
    this.addVpns();
    this.addFirewalls();
    this.node.addValidation({ validate: () => this.unwatched() });
  }

  private addEgress(): void {
    const { hub, egress = 99.9 } = this.props;
    if (hub._natGatewayIds.length === 0) return;
    const metrics = (name: string) => hub._natGatewayIds.map((NatGatewayId, at) => metric('AWS/NATGateway', name, { NatGatewayId }).with({ label: `${name} ${at + 1}` }));
    this.health.addObjective('Egress', { target: egress, indicator: ServiceLevelIndicator.losses({ passed: metrics('ConnectionAttemptCount'), lost: metrics('ErrorPortAllocation') }) });
    // Whether the other side answers is not the platform's promise.
    this.health.addGraph('Connections to the internet, tried and answered', [...metrics('ConnectionAttemptCount'), ...metrics('ConnectionEstablishedCount')]);
  }

  private addTransit(): void {
    const { hub, transit = 99 } = this.props;
    const of = (name: string) => metric('AWS/TransitGateway', name, { TransitGateway: hub.transitGatewayId });
    const lost = [of('PacketDropCountBlackhole'), of('PacketDropCountNoRoute')];
    this.health.addObjective('Transit', { target: transit, indicator: ServiceLevelIndicator.losses({ passed: [of('PacketsOut')], lost }) });
    this.health.addGraph('Packets that found no way: denied, or a mistake', lost);
  }

  /** BGP of each interface, and no objective of connections: those belong to whoever ordered them. */
  private addSites(): void {
    const { sites = 99.9 } = this.props;
    const interfaces = this.links(CfnTransitVirtualInterface);
    if (interfaces.length === 0) return;
    const states = interfaces.map((one) => metric('AWS/DX', 'VirtualInterfaceBgpStatus', { ConnectionId: one.connectionId, VirtualInterfaceId: one.attrVirtualInterfaceId, IpAddressFamily: 'ipv4' }));
    this.health.addObjective('Sites', { target: sites, indicator: ServiceLevelIndicator.uptimeOfAny(states) });
    interfaces.forEach((one, at) => this.health.addAlarm(`Interface-${one.virtualInterfaceName}`, {
      meaning: `The interface ${one.virtualInterfaceName} of Direct Connect is down for half an hour: another fault cuts sites off`, metric: states[at]!.with({ statistic: 'Maximum' }), threshold: 1, isMinimum: true, periods: 6,
    }));
  }

  private addVpns(): void {
    for (const vpn of this.links(CfnVPNConnection)) {
      const name = vpn.node.scope!.node.id;
      const state = metric('AWS/VPN', 'TunnelState', { VpnId: vpn.ref });
      // The mean of a connection is above zero as long as one of its tunnels is up.
      this.health.addAlarm(`Vpn-${name}`, { meaning: `Both tunnels of the VPN ${name} are down`, metric: state.with({ statistic: 'Maximum' }), threshold: 0.01, isMinimum: true, isUrgent: true, periods: 2 });
      this.health.addAlarm(`Tunnel-${name}`, { meaning: `A tunnel of the VPN ${name} is down for an hour: another fault cuts the site off`, metric: state.with({ statistic: 'Average' }), threshold: 0.99, isMinimum: true, periods: 12 });
    }
  }

  /** Drops are what a firewall is for. Packets of streams that it never saw begin are shown: many mean that answers take another way. Its metrics are by name of a zone, which hubs do not know, so a graph looks for them. */
  private addFirewalls(): void {
    const firewalls = this.props.hub.node.findAll().filter((one): one is CfnFirewall => one instanceof CfnFirewall);
    if (firewalls.length === 0) return;
    const names = firewalls.map(({ firewallName }) => `FirewallName="${firewallName}"`).join(' OR ');
    const found = (name: string) => new MathExpression({
      expression: `SUM(SEARCH('{AWS/NetworkFirewall,AvailabilityZone,Engine,FirewallName} MetricName="${name}" Engine="Stateful" (${names})', 'Sum', 300))`, label: name, usingMetrics: {}, period: Duration.minutes(5),
    });
    this.health.addGraph('Packets at the firewall', ['ReceivedPackets', 'DroppedPackets', 'StreamExceptionPolicyPackets'].map(found));
  }

  private links<T extends IConstruct>(type: new (...args: any[]) => T): T[] {
    const links = linksIn(this.props.hub).filter((one): one is T & IConstruct => one instanceof type);
    for (const one of links) this.watched.add(one);
    return links;
  }

  private unwatched(): string[] {
    return linksIn(this.props.hub).filter((one) => !this.watched.has(one)).map(({ node }) => `${node.path} was added after ${this.node.path}, and nobody would watch it: declare objectives after all links`);
  }
}

function linksIn(hub: NetworkHub): IConstruct[] {
  return Stack.of(hub).node.findAll().filter((one) => one instanceof CfnVPNConnection || one instanceof CfnTransitVirtualInterface);
}

function metric(namespace: string, metricName: string, dimensionsMap: { readonly [name: string]: string }): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic: 'Sum', period: Duration.minutes(5) });
}
