import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnResourceShare } from 'aws-cdk-lib/aws-ram';
import { CfnHostedZone, HostedZone, IHostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnProfile, CfnProfileResourceAssociation } from 'aws-cdk-lib/aws-route53profiles';
import { CfnResolverEndpoint, CfnResolverQueryLoggingConfig, CfnResolverRule } from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { closedSecurityGroup } from './closed-security-group';
import { DnsFirewall } from './dns-firewall';
import { DnsProfileAssociation } from './dns-profile-association';
import { DnsQueryLogs } from './dns-query-logs';
import { domainName } from './domain-name';
import { unusedKey } from './unused-key';
import { Cidr } from '../analysis/cidr';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** Name servers for those outside of AWS, who ask them for private names. */
export interface InboundResolverProps {
  /** Subnets, two at least, in different zones. */
  readonly subnetIds: string[];
  /** Address in each subnet, in the same order: what servers on premises are configured with. @default - AWS chooses, and keeps them as long as the endpoint lives */
  readonly ips?: string[];
  /** Blocks of those who may ask: `192.168.0.0/16`. */
  readonly clients: string[];
}

/** The way of queries to name servers outside of AWS. */
export interface OutboundResolverProps {
  /** Subnets, two at least, in different zones. */
  readonly subnetIds: string[];
}

/** Properties of the shared DNS. */
export interface DnsProps {
  /** VPC of the hub whose subnets hold the endpoints, and which private zones belong to. */
  readonly vpcId: string;
  /** ARN of the organization, or of the unit, whose VPCs resolve by it: `arn:aws:organizations::111122223333:organization/o-abcdefghij`. */
  readonly shareWith: string;
  /** Where query logs of all VPCs go. */
  readonly queryLogs: DnsQueryLogs;
  /** Name servers for networks on premises. @default - none */
  readonly inbound?: InboundResolverProps;
  /** The way to name servers on premises; `forwardTo` needs it. @default - none */
  readonly outbound?: OutboundResolverProps;
  /** Name of the profile; another name is another profile. @default 'network' */
  readonly profileName?: string;
}

/**
 * One DNS for the organization: a Route 53 Profile with private zones, forwarding rules, firewall and query log, shared by RAM. A VPC that is associated with it (`DnsProfileAssociation`)
 * gets all of it at once, and what is added later. For the network account, one in a Region.
 *
 * What a profile holds: Amazon Route 53, API reference of AssociateResourceToProfile, and "Associate VPC Resolver query logging configurations" (read 2026-11-23).
 *
 * @example
 * const dns = new Dns(stack, 'Dns', {
 *   vpcId: 'vpc-0123456789abcdef0',
 *   shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij',
 *   queryLogs: DnsQueryLogs.toBucket('arn:aws:s3:::acme-dns-logs'),
 *   outbound: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
 * });
 * dns.addZone('internal.acme.example');
 * dns.forwardTo('corp.acme.example', ['192.168.0.53', '192.168.1.53']);
 */
export class Dns extends Construct {
  /** Id of the profile, for `DnsProfileAssociation`. */
  public readonly profileId: string;
  /** Id of the endpoint that networks on premises ask; undefined without one. */
  public readonly inboundEndpointId?: string;
  /** Id of the endpoint that asks servers outside of AWS; undefined without one. */
  public readonly outboundEndpointId?: string;
  private readonly outbound?: { readonly endpoint: CfnResolverEndpoint; readonly group: SecurityGroup };
  private readonly servers = new Set<string>();
  private readonly zones = new Map<string, IHostedZone>();

  public constructor(scope: Construct, id: string, private readonly props: DnsProps) {
    super(scope, id);
    const problems = [...(props.inbound ? inboundProblems(props.inbound) : []), ...(props.outbound ? subnetProblems('outbound', props.outbound.subnetIds) : [])];
    if (problems.length > 0) throw new InputError(`Dns ${this.node.path} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    const profile = new CfnProfile(this, 'Profile', { name: props.profileName ?? 'network' });
    profile.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.profileId = profile.attrId;
    new CfnResourceShare(this, 'Share', { name: 'dns-profile', allowExternalPrincipals: false, principals: [props.shareWith], resourceArns: [profile.attrArn] });
    new DnsProfileAssociation(this, 'Home', { profileId: this.profileId, vpcId: props.vpcId });
    this.logQueries(profile);
    if (props.inbound) this.inboundEndpointId = this.answer(props.inbound);
    if (props.outbound) this.outbound = this.ask(props.outbound);
    this.outboundEndpointId = this.outbound?.endpoint.attrResolverEndpointId;
  }

  /** A private zone that every associated VPC resolves. Fails when the domain is none; asking twice is asking once. */
  public addZone(domain: string): IHostedZone {
    const name = domainOf(domain, `${this.node.path}.addZone`);
    const zone = this.zones.get(name) ?? this.zone(name);
    this.zones.set(name, zone);
    return zone;
  }

  /**
   * Asks servers outside of AWS for a domain and all below it, from every associated VPC.
   *
   * @param domain `corp.acme.example`
   * @param targetIps IPv4 addresses of the servers; port 53
   */
  public forwardTo(domain: string, targetIps: string[]): void {
    const name = domainOf(domain, `${this.node.path}.forwardTo`);
    const wrong = targetIps.filter((ip) => !Cidr.parse(`${ip}/32`));
    if (!this.outbound) throw new InputError(`${this.node.path}.forwardTo(${name}): queries have no way out. Give Dns outbound: { subnetIds } of two subnets.`);
    if (targetIps.length === 0 || wrong.length > 0) {
      throw new InputError(`${this.node.path}.forwardTo(${name}): ${wrong.length > 0 ? `${wrong.map((ip) => JSON.stringify(ip)).join(', ')} ${wrong.length > 1 ? 'are' : 'is'} no IPv4 address` : 'no server is given'}. `
        + 'Give addresses of name servers, like 192.168.0.53');
    }
    if (this.node.tryFindChild(`Forward.${name}`)) throw new InputError(`${this.node.path}: ${name} is forwarded twice. Name all of its servers in one forwardTo.`);
    const scope = new Construct(this, `Forward.${name}`);
    const rule = new CfnResolverRule(scope, 'Rule', {
      ruleType: 'FORWARD',
      domainName: name,
      name: associationName(scope),
      resolverEndpointId: this.outbound.endpoint.attrResolverEndpointId,
      targetIps: targetIps.map((ip) => ({ ip, port: '53' })),
    });
    for (const ip of targetIps.filter((server) => !this.servers.has(server))) {
      this.servers.add(ip);
      for (const port of [Port.DNS_UDP, Port.DNS_TCP]) this.outbound.group.addEgressRule(Peer.ipv4(`${ip}/32`), port, 'Name server');
    }
    this.share(scope, rule.attrArn);
  }

  /**
   * Puts a firewall before every associated VPC.
   *
   * @param priority lower ones are asked first, from 100 to 9900; 200 unless given
   */
  public addFirewall(firewall: DnsFirewall, priority: number = 200): void {
    if (!Number.isInteger(priority) || priority < 100 || priority > 9_900) throw new InputError(`${this.node.path}.addFirewall: priority is ${priority}, AWS takes 100 to 9900 (AssociateResourceToProfile, read 2026-11-23)`);
    this.share(new Construct(this, unusedKey(this, 'Firewall', firewall.node.id, 'addFirewall')), firewall.ruleGroupArn, JSON.stringify({ priority }));
  }

  private zone(name: string): IHostedZone {
    const scope = new Construct(this, `Zone.${name}`);
    const zone = new CfnHostedZone(scope, 'Resource', { name, vpcs: [{ vpcId: this.props.vpcId, vpcRegion: Stack.of(this).region }] });
    zone.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.share(scope, Stack.of(this).formatArn({ service: 'route53', region: '', account: '', resource: 'hostedzone', resourceName: zone.attrId }));
    return HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: zone.attrId, zoneName: name });
  }

  private logQueries(profile: CfnProfile): void {
    const { destinationArn, reason } = this.props.queryLogs;
    if (destinationArn === undefined) {
      profile.addMetadata(METADATA_KEY, { noQueryLogs: reason });
      return;
    }
    const scope = new Construct(this, 'QueryLogs');
    const config = new CfnResolverQueryLoggingConfig(scope, 'Config', { destinationArn, name: associationName(scope) });
    this.share(scope, config.attrArn);
  }

  private answer({ subnetIds, ips, clients }: InboundResolverProps): string {
    const group = closedSecurityGroup(this, 'InboundGroup', this.props.vpcId, 'Asks the inbound resolver');
    for (const client of clients) for (const port of [Port.DNS_UDP, Port.DNS_TCP]) group.addIngressRule(Peer.ipv4(client), port, 'Network that asks');
    const endpoint = new CfnResolverEndpoint(this, 'Inbound', {
      direction: 'INBOUND', protocols: ['Do53'], securityGroupIds: [group.securityGroupId],
      ipAddresses: subnetIds.map((subnetId, at) => ({ subnetId, ...(ips ? { ip: ips[at] } : {}) })),
    });
    // Servers on premises know its addresses.
    endpoint.applyRemovalPolicy(RemovalPolicy.RETAIN);
    group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return endpoint.attrResolverEndpointId;
  }

  private ask({ subnetIds }: OutboundResolverProps) {
    const group = closedSecurityGroup(this, 'OutboundGroup', this.props.vpcId, 'Outbound resolver');
    const endpoint = new CfnResolverEndpoint(this, 'Outbound', {
      direction: 'OUTBOUND', protocols: ['Do53'], securityGroupIds: [group.securityGroupId], ipAddresses: subnetIds.map((subnetId) => ({ subnetId })),
    });
    return { endpoint, group };
  }

  private share(scope: Construct, resourceArn: string, resourceProperties?: string): void {
    new CfnProfileResourceAssociation(scope, 'Shared', { profileId: this.profileId, resourceArn, resourceProperties, name: associationName(scope) });
  }
}

/** AWS takes letters, digits, `-` and `_`, 64 at most. */
function associationName(scope: Construct): string {
  return Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' });
}

function domainOf(text: string, where: string): string {
  const domain = domainName(text);
  if (!domain) throw new InputError(`${where}(${JSON.stringify(text)}): a domain is expected, like corp.acme.example`);
  return domain;
}

function subnetProblems(what: string, subnetIds: string[]): string[] {
  // Amazon Route 53 API reference, CreateResolverEndpoint (read 2026-11-23).
  return new Set(subnetIds).size < 2 ? [`${what} has ${new Set(subnetIds).size} of the two subnets that AWS asks for: give one in each of two zones`] : [];
}

function inboundProblems({ subnetIds, ips, clients }: InboundResolverProps): string[] {
  return [
    ...subnetProblems('inbound', subnetIds),
    ...(ips && ips.length !== subnetIds.length ? [`inbound has ${ips.length} ips for ${subnetIds.length} subnets: give one for each, in the same order`] : []),
    ...(ips ?? []).filter((ip) => !Cidr.parse(`${ip}/32`)).map((ip) => `inbound ip ${JSON.stringify(ip)} is no IPv4 address`),
    ...(clients.length === 0 ? ['inbound has no clients: give the blocks of those who ask, like 192.168.0.0/16'] : []),
    ...clients.filter((client) => !Cidr.parse(client)).map((client) => `inbound client ${JSON.stringify(client)} is no block of IPv4 addresses, like 192.168.0.0/16`),
  ];
}
