import { LzaGateways } from './lza-gateways';
import { LzaNode } from './lza-node';
import { LzaOrigin, LzaSite, LzaTemplates } from './lza-templates';
import { firewallEndpoint } from '../../network/physical-values';

/** A VPC in one account: a template of VPCs is one in each account of its units. */
export interface LzaVpc {
  readonly node: LzaNode;
  readonly name: string;
  readonly label: string;
  readonly accountName: string | undefined;
  readonly site: LzaSite;
  readonly id: string;
}

/** What VPCs refer to beside themselves. */
export interface LzaNetworkParts {
  readonly templates: LzaTemplates;
  readonly gateways: LzaGateways;
  readonly vpcs: readonly LzaVpc[];
  /** Firewalls by name, with the zones of their endpoints. */
  readonly firewalls: ReadonlyMap<string, { readonly id: string; readonly zones: readonly string[] }>;
  /** Subnets of firewalls' endpoints: `inspection/fw-a`. */
  readonly firewallSubnets: ReadonlySet<string>;
  /** Endpoints of Gateway Load Balancers by name. */
  readonly applianceEndpoints: ReadonlyMap<string, string>;
  /** Peerings by name. */
  readonly peerings: ReadonlyMap<string, string>;
  /** Id of a pool by its name. */
  pool(name: string | undefined): string | undefined;
}

/** Type, and the property of a route, by the accelerator's word for a target. */
const GATEWAY_PROPERTIES: { readonly [type: string]: string } = { egressOnlyIgw: 'EgressOnlyInternetGatewayId', internetGateway: 'GatewayId', virtualPrivateGateway: 'GatewayId' };

/** Writes a VPC with its subnets, tables, routes, gateways, endpoints and attachments. */
export function writeVpc(vpc: LzaVpc, parts: LzaNetworkParts): void {
  new VpcWriter(vpc, parts).write();
}

class VpcWriter {
  private readonly node: LzaNode;
  private readonly templates: LzaTemplates;

  public constructor(private readonly vpc: LzaVpc, private readonly parts: LzaNetworkParts) {
    this.node = vpc.node;
    this.templates = parts.templates;
  }

  public write(): void {
    const { node } = this;
    this.writeBlocks();
    if (node.flag('internetGateway')) this.attachGateway('internetGateway', 'AWS::EC2::InternetGateway', {}, 'InternetGatewayId');
    if (node.flag('egressOnlyIgw')) this.add('egressOnlyIgw', [], 'AWS::EC2::EgressOnlyInternetGateway', { VpcId: this.vpc.id }, node);
    if (node.child('virtualPrivateGateway')) this.attachGateway('virtualPrivateGateway', 'AWS::EC2::VPNGateway', { Type: 'ipsec.1' }, 'VpnGatewayId');
    if (node.flag('defaultSecurityGroupRulesDeletion')) this.add('closed', [], 'Custom::ClosedDefaultSecurityGroup', { SecurityGroupId: `${this.vpc.id}#default-group` }, node);
    for (const subnet of node.items('subnets')) this.writeSubnet(subnet);
    for (const nat of node.items('natGateways')) {
      this.add('nat', [nat.text('name')!], 'AWS::EC2::NatGateway', { SubnetId: this.subnetId(nat.text('subnet')), ConnectivityType: nat.flag('private') ? 'private' : 'public' }, nat);
    }
    for (const table of node.items('routeTables')) this.writeTable(table);
    this.writeEndpoints();
    for (const attachment of node.items('transitGatewayAttachments')) this.attach(attachment);
  }

  private writeBlocks(): void {
    const { node, vpc } = this;
    const pools = node.items('ipamAllocations').map((one) => ({ Ipv4IpamPoolId: this.parts.pool(one.text('ipamPoolName')) ?? 'unknown', Ipv4NetmaskLength: Number(one.text('netmaskLength')) }));
    const blocks = [...node.texts('cidrs').map((CidrBlock) => ({ CidrBlock })), ...pools];
    const [first, ...others] = [...blocks, ...node.items('ipv6Cidrs').map((one) => (one.has('cidrBlock') ? { Ipv6CidrBlock: one.text('cidrBlock'), Ipv6Pool: one.text('byoipPoolId') } : { AmazonProvidedIpv6CidrBlock: one.flag('amazonProvided') ?? true }))];
    const segment = node.items('transitGatewayAttachments').flatMap((attachment) => attachment.texts('routeTableAssociations'))[0];
    this.templates.add(vpc.site, 'vpc', [vpc.name], 'AWS::EC2::VPC', first ?? {}, { name: vpc.label, place: node.place, mark: segment === undefined ? {} : { segment } });
    others.forEach((block, index) => this.add('block', [String(index)], 'AWS::EC2::VPCCidrBlock', { VpcId: vpc.id, ...block }, node));
  }

  private attachGateway(kind: string, type: string, properties: object, property: string): void {
    const gateway = this.add(kind, [], type, properties, this.node);
    this.add(`${kind}Attachment`, [], 'AWS::EC2::VPCGatewayAttachment', { VpcId: this.vpc.id, [property]: gateway }, this.node);
  }

  private writeSubnet(subnet: LzaNode): void {
    const name = subnet.text('name')!;
    const allocation = subnet.child('ipamAllocation');
    const tier = this.tierOf(subnet, name);
    const id = this.templates.add(this.vpc.site, 'subnet', [this.vpc.name, name], 'AWS::EC2::Subnet', {
      VpcId: this.vpc.id,
      AvailabilityZone: zoneOf(subnet, this.vpc.site.region),
      ...(subnet.has('ipv4CidrBlock') ? { CidrBlock: subnet.text('ipv4CidrBlock') } : {}),
      ...(allocation ? { Ipv4IpamPoolId: this.parts.pool(allocation.text('ipamPoolName')) ?? 'unknown', Ipv4NetmaskLength: Number(allocation.text('netmaskLength')) } : {}),
      ...(subnet.has('ipv6CidrBlock') ? { Ipv6CidrBlock: subnet.text('ipv6CidrBlock') } : {}),
      ...(subnet.has('outpost') ? { OutpostArn: subnet.text('outpost') } : {}),
      MapPublicIpOnLaunch: subnet.flag('mapPublicIpOnLaunch') ?? false,
    }, { ...this.origin(subnet, name), mark: tier === undefined ? {} : { tier } });
    const table = subnet.text('routeTable');
    if (table !== undefined) this.add('association', [name], 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: id, RouteTableId: this.own('table', table) }, subnet);
  }

  /** What a subnet is for: the accelerator has no word for it. A gateway's own subnets are as small as AWS advises; a subnet without any route of its own is isolated. */
  private tierOf(subnet: LzaNode, name: string): string | undefined {
    const length = Number(subnet.child('ipamAllocation')?.text('netmaskLength') ?? subnet.text('ipv4CidrBlock')?.split('/')[1]);
    if (this.parts.firewallSubnets.has(`${this.vpc.name}/${name}`)) return 'firewall';
    if (length >= 28 && this.node.items('transitGatewayAttachments').some((attachment) => attachment.texts('subnets').includes(name))) return 'transit';
    const table = this.node.items('routeTables').find((one) => one.text('name') === subnet.text('routeTable'));
    const types = table?.items('routes').map((route) => route.text('type')) ?? [];
    return types.includes('internetGateway') ? 'public' : types.length === 0 ? 'isolated' : undefined;
  }

  private writeTable(table: LzaNode): void {
    const name = table.text('name')!;
    const id = this.add('table', [name], 'AWS::EC2::RouteTable', { VpcId: this.vpc.id }, table);
    const edge = table.text('gatewayAssociation');
    if (edge !== undefined) this.add('edge', [name], 'AWS::EC2::GatewayRouteTableAssociation', { RouteTableId: id, GatewayId: this.own(edge) }, table);
    for (const route of table.items('routes')) this.writeRoute(id, name, route);
  }

  private writeRoute(table: string, tableName: string, route: LzaNode): void {
    const type = route.text('type');
    const name = route.text('name')!;
    // Gateway endpoints are told their tables; below.
    if (type === 'gatewayEndpoint') return;
    const list = route.text('destinationPrefixList');
    const destination = list !== undefined ? { DestinationPrefixListId: this.templates.ref(this.vpc.site, 'prefixList', list) }
      : route.has('ipv6Destination') ? { DestinationIpv6CidrBlock: route.text('ipv6Destination') } : { DestinationCidrBlock: this.destination(route.text('destination')) };
    this.add('route', [tableName, name], 'AWS::EC2::Route', { RouteTableId: table, ...destination, ...this.target(type, route) }, route, `${tableName}/${name}`);
  }

  /** A block, or the block of a subnet that is named. */
  private destination(text: string | undefined): any {
    const subnet = this.node.items('subnets').find((one) => one.text('name') === text);
    return subnet ? subnet.text('ipv4CidrBlock') ?? { 'Fn::ImportValue': `addresses of subnet ${text}, which IPAM chooses` } : text;
  }

  private target(type: string | undefined, route: LzaNode): object {
    const target = route.text('target') ?? '';
    switch (type) {
      case 'transitGateway': return { TransitGatewayId: this.parts.gateways.byName(target)?.id ?? target };
      case 'natGateway': return { NatGatewayId: this.own('nat', target) };
      case 'local': return { GatewayId: 'local' };
      case 'localGateway': return { LocalGatewayId: target };
      case 'networkInterface': return { NetworkInterfaceId: target };
      case 'vpcPeering': return { VpcPeeringConnectionId: this.parts.peerings.get(target) ?? target };
      case 'gatewayLoadBalancerEndpoint': return { VpcEndpointId: this.parts.applianceEndpoints.get(target) ?? target };
      case 'networkFirewall': return { VpcEndpointId: this.firewallEndpoint(target, route) };
      default: return type !== undefined && GATEWAY_PROPERTIES[type] !== undefined ? { [GATEWAY_PROPERTIES[type]!]: this.own(type) } : {};
    }
  }

  private firewallEndpoint(name: string, route: LzaNode): string {
    const zone = inRegion(route.text('targetAvailabilityZone') ?? 'a', this.vpc.site.region);
    const firewall = this.parts.firewalls.get(name);
    return firewall ? firewallEndpoint(firewall.id, firewall.zones.indexOf(zone)) : name;
  }

  private writeEndpoints(): void {
    const gateways = this.node.child('gatewayEndpoints');
    for (const endpoint of gateways?.items('endpoints') ?? []) {
      const service = endpoint.text('service')!;
      const tables = this.node.items('routeTables').filter((table) => table.items('routes').some((route) => route.text('type') === 'gatewayEndpoint' && route.text('target') === service));
      this.add('gatewayEndpoint', [service], 'AWS::EC2::VPCEndpoint', {
        VpcId: this.vpc.id, ServiceName: endpoint.text('serviceName') ?? this.serviceName(service), RouteTableIds: tables.map((table) => this.own('table', table.text('name')!)),
      }, endpoint);
    }
    const interfaces = this.node.child('interfaceEndpoints');
    if (!interfaces) return;
    const allowed = interfaces.texts('allowedCidrs');
    const group = this.add('endpointGroup', [], 'AWS::EC2::SecurityGroup', {
      VpcId: this.vpc.id, GroupDescription: 'Interface endpoints',
      SecurityGroupIngress: (allowed.length > 0 ? allowed : ['0.0.0.0/0']).map((CidrIp) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp })),
    }, interfaces);
    const subnets = interfaces.texts('subnets').map((subnet) => this.subnetId(subnet));
    for (const endpoint of interfaces.items('endpoints')) {
      const own = endpoint.text('securityGroup');
      this.add('interfaceEndpoint', [endpoint.text('service')!], 'AWS::EC2::VPCEndpoint', {
        VpcId: this.vpc.id, VpcEndpointType: 'Interface', ServiceName: endpoint.text('serviceName') ?? this.serviceName(endpoint.text('service')!), SubnetIds: subnets,
        SecurityGroupIds: [own === undefined ? group : this.own('group', own)],
      }, endpoint);
    }
  }

  private serviceName(service: string): string {
    return `com.amazonaws.${this.vpc.site.region}.${service}`;
  }

  private attach(attachment: LzaNode): void {
    const name = attachment.text('name')!;
    const target = attachment.child('transitGateway');
    target?.text('account');
    const gateway = this.parts.gateways.byName(target?.text('name') ?? '');
    const id = this.add('attachment', [name], 'AWS::EC2::TransitGatewayAttachment', {
      TransitGatewayId: gateway?.id ?? target?.text('name'),
      VpcId: this.vpc.id,
      SubnetIds: attachment.texts('subnets').map((subnet) => this.subnetId(subnet)),
      Options: { ApplianceModeSupport: attachment.child('options')?.text('applianceModeSupport') ?? 'disable' },
    }, attachment);
    this.parts.gateways.remember(`vpc ${this.vpc.accountName}/${this.vpc.name}`, gateway, id);
    this.parts.gateways.connect(this.vpc.site, gateway, id, name, attachment, this.origin(attachment, name));
  }

  private subnetId(name: string | undefined): string {
    return this.own('subnet', name ?? '');
  }

  /** Id of something in this VPC. */
  private own(kind: string, ...names: string[]): string {
    return this.templates.ref(this.vpc.site, kind, this.vpc.name, ...names);
  }

  private add(kind: string, names: readonly string[], type: string, properties: object, node: LzaNode, label = names[names.length - 1]): string {
    return this.templates.add(this.vpc.site, kind, [this.vpc.name, ...names], type, properties, this.origin(node, label ?? kind));
  }

  private origin(node: LzaNode, label: string): LzaOrigin {
    return { name: `${this.vpc.label}/${label}`, place: node.place };
  }
}

/** Zone of a subnet: `eu-west-1a`; a zone by number is one by id. */
export function zoneOf(subnet: LzaNode, region: string): string {
  return subnet.text('localZone') ?? inRegion(subnet.text('availabilityZone') ?? '?', region);
}

export function inRegion(zone: string, region: string): string {
  return /^\d+$/.test(zone) ? `${region} az${zone}` : `${region}${zone}`;
}
