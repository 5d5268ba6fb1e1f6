import { createHash } from 'crypto';
import { normalBlock, subBlocks } from './address-blocks';
import { defaultPort, isPort } from './default-ports';
import { METADATA_KEY } from '../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Reference, Resolver, Unknown } from '../assembly/resolve';

/** Attributes that are an id or an ARN of the resource itself, beside `Ref`. */
const IDENTITIES: { readonly [type: string]: readonly string[] } = {
  'AWS::EC2::VPC': ['VpcId'],
  'AWS::EC2::Subnet': ['SubnetId'],
  'AWS::EC2::RouteTable': ['RouteTableId'],
  'AWS::EC2::SecurityGroup': ['GroupId', 'Id'],
  'AWS::EC2::InternetGateway': ['InternetGatewayId'],
  'AWS::EC2::EgressOnlyInternetGateway': ['Id'],
  'AWS::EC2::NatGateway': ['NatGatewayId'],
  'AWS::EC2::NetworkAcl': ['Id'],
  'AWS::EC2::VPCEndpoint': ['Id'],
  'AWS::EC2::VPCEndpointService': ['ServiceId'],
  'AWS::EC2::VPCPeeringConnection': ['Id'],
  'AWS::EC2::TransitGateway': ['Id', 'TransitGatewayArn'],
  'AWS::EC2::TransitGatewayAttachment': ['Id'],
  'AWS::EC2::TransitGatewayVpcAttachment': ['Id'],
  'AWS::EC2::TransitGatewayRouteTable': ['TransitGatewayRouteTableId'],
  'AWS::EC2::TransitGatewayPeeringAttachment': ['TransitGatewayAttachmentId'],
  'AWS::EC2::TransitGatewayConnect': ['TransitGatewayAttachmentId'],
  'AWS::EC2::VPNGateway': ['VPNGatewayId'],
  'AWS::EC2::VPNConnection': ['VpnConnectionId'],
  'AWS::EC2::VPNConcentrator': ['VpnConcentratorId'],
  'AWS::EC2::CustomerGateway': ['CustomerGatewayId'],
  'AWS::EC2::PrefixList': ['PrefixListId', 'Arn'],
  'AWS::EC2::NetworkInterface': ['Id'],
  'AWS::EC2::Instance': ['InstanceId'],
  'AWS::EC2::EIP': ['AllocationId', 'PublicIp'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateId'],
  'AWS::EC2::IPAMPool': ['IpamPoolId', 'Arn'],
  'AWS::EC2::IPAMScope': ['IpamScopeId', 'Arn'],
  'AWS::EC2::CarrierGateway': ['CarrierGatewayId'],
  'AWS::NetworkFirewall::Firewall': ['FirewallArn'],
  'AWS::NetworkFirewall::FirewallPolicy': ['FirewallPolicyArn'],
  'AWS::NetworkFirewall::RuleGroup': ['RuleGroupArn'],
  'AWS::NetworkFirewall::VpcEndpointAssociation': ['VpcEndpointAssociationArn', 'EndpointId'],
  'AWS::DirectConnect::DirectConnectGateway': ['DirectConnectGatewayArn', 'DirectConnectGatewayId'],
  'AWS::DirectConnect::DirectConnectGatewayAssociation': ['AssociationId'],
  'AWS::NetworkManager::CoreNetwork': ['CoreNetworkId', 'CoreNetworkArn'],
  'AWS::NetworkManager::VpcAttachment': ['AttachmentId'],
  'AWS::NetworkManager::ConnectAttachment': ['AttachmentId'],
  'AWS::NetworkManager::SiteToSiteVpnAttachment': ['AttachmentId'],
  'AWS::NetworkManager::DirectConnectGatewayAttachment': ['AttachmentId'],
  'AWS::NetworkManager::TransitGatewayPeering': ['PeeringId'],
  'AWS::NetworkManager::TransitGatewayRouteTableAttachment': ['AttachmentId'],
  'AWS::AutoScaling::LaunchConfiguration': [],
  'AWS::RDS::DBSubnetGroup': [],
  'AWS::RDS::DBCluster': [],
};

/** Attributes that are what a property of the resource says. */
const ECHOES: { readonly [type: string]: { readonly [attribute: string]: string } } = {
  'AWS::EC2::VPC': { CidrBlock: 'CidrBlock' },
  'AWS::EC2::Subnet': { VpcId: 'VpcId', CidrBlock: 'CidrBlock', AvailabilityZone: 'AvailabilityZone', AvailabilityZoneId: 'AvailabilityZoneId' },
  'AWS::EC2::SecurityGroup': { VpcId: 'VpcId' },
  'AWS::EC2::NetworkInterface': { PrimaryPrivateIpAddress: 'PrivateIpAddress' },
  'AWS::EC2::Instance': { PrivateIp: 'PrivateIpAddress' },
  'AWS::SSM::Parameter': { Ref: 'Name', Value: 'Value' },
};

/** Stands for the endpoint of a firewall in the subnet of a place. */
export function firewallEndpoint(firewallId: string, place: number): string {
  return `${firewallId}#endpoint-${place}`;
}

/** How many zones `Fn::GetAZs` may list; no Region has more (AWS Regions and Availability Zones, read 2026-11-23). */
const MAX_ZONES = 6;

/**
 * What only the deployment knows, as stand-ins: an id resolves to `stack.logicalId`, the same wherever it is read, so texts made of ids can be joined and split as AWS would.
 * Stand-ins of a resource's own parts follow behind `#`: `#main`, `#default-acl`, `#default-group`, `#table`, `#attachment`.
 */
export class PhysicalValues {
  public readonly resolver: Resolver;
  private readonly parameters = new Map<string, any>();
  private readonly open = new Set<string>();
  private written: Map<string, { readonly stack: StackTemplate; readonly value: any }> | undefined;
  private ipv6: Map<string, string[]> | undefined;
  private exported: Map<string, { readonly stack: StackTemplate; readonly value: any }> | undefined;

  public constructor(private readonly assembly: Assembly) {
    this.resolver = new Resolver(assembly, (reference) => this.once(reference), {
      functions: {
        'Fn::GetAZs': (region, stack) => this.zones(region, stack),
        'Fn::Cidr': (argument, stack) => this.cidr(argument, stack),
      },
      storedParameter: (name, stack) => this.storedParameter(name, stack),
    });
  }

  /** A value that hangs on itself is none. */
  private once(reference: Reference): any {
    const key = `${reference.resourceKey}|${reference.attribute}`;
    if (this.open.has(key)) return new Unknown(`a cycle through ${reference.text}`);
    this.open.add(key);
    const value = this.valueOf(reference);
    this.open.delete(key);
    return value;
  }

  private valueOf({ stack, logicalId, attribute }: Reference): any {
    const json = stack.resources[logicalId];
    const type: string = json.Type;
    const id = `${stack.id}.${logicalId}`;
    const identities = IDENTITIES[type];
    if (identities && (attribute === 'Ref' || identities.includes(attribute))) return id;
    const property = ECHOES[type]?.[attribute];
    if (property !== undefined) return json.Properties?.[property] === undefined ? undefined : this.resolver.partsOf(json.Properties[property], stack);
    if (isPort(`${type}.${attribute}`)) return this.portOf(`${type}.${attribute}`, json.Properties ?? {}, stack);
    switch (`${type}.${attribute}`) {
      case 'AWS::EC2::VPC.DefaultNetworkAcl': return `${id}#default-acl`;
      case 'AWS::EC2::VPC.DefaultSecurityGroup': return `${id}#default-group`;
      case 'AWS::EC2::VPC.Ipv6CidrBlocks': return this.ipv6BlocksOf(id);
      case 'AWS::EC2::Subnet.Ipv6CidrBlocks': return [this.resolver.partsOf(json.Properties?.Ipv6CidrBlock, stack)];
      case 'AWS::EC2::NatGateway.RouteTableId': return `${id}#table`;
      case 'AWS::NetworkFirewall::Firewall.TransitGatewayAttachmentId': return `${id}#attachment`;
      case 'AWS::NetworkFirewall::Firewall.EndpointIds': return this.endpointsOf(id, json, stack);
      default: return type === 'Custom::CrossRegionExportReader' ? this.readElsewhere(attribute, stack) : this.lookedUp(json, stack);
    }
  }

  /** The attachment that our constructs ask AWS for, because CloudFormation does not return its id: they say which. */
  private lookedUp({ Metadata: metadata }: any, stack: StackTemplate): string | undefined {
    const owner = metadata?.[METADATA_KEY]?.attachmentOf;
    const id = owner === undefined ? undefined : this.resolver.partsOf(owner, stack);
    return typeof id === 'string' ? `${id}#attachment` : undefined;
  }

  /** `zone:endpoint` each, in the order of the subnets; AWS promises none, which the reader of firewalls tells. */
  private endpointsOf(id: string, { Properties: properties }: any, stack: StackTemplate): any {
    const mappings = this.resolver.partsOf(properties?.SubnetMappings, stack);
    if (!Array.isArray(mappings)) return undefined;
    return mappings.map((mapping, index) => `${typeof mapping?.SubnetId === 'string' ? this.zoneOf(mapping.SubnetId) : 'zone'}:${firewallEndpoint(id, index)}`);
  }

  private portOf(attribute: string, { Port: port, Engine: engine }: any, stack: StackTemplate): any {
    return port === undefined ? defaultPort(attribute, engine === undefined ? undefined : this.resolver.partsOf(engine, stack)) : this.resolver.partsOf(port, stack);
  }

  private zoneOf(subnetId: string): string {
    const at = subnetId.lastIndexOf('.');
    const stack = this.assembly.templates.find(({ id }) => id === subnetId.slice(0, at));
    const properties = stack?.resources[subnetId.slice(at + 1)]?.Properties;
    const zone = properties === undefined ? undefined : this.resolver.partsOf(properties.AvailabilityZone ?? properties.AvailabilityZoneId, stack!);
    return typeof zone === 'string' ? zone : 'zone';
  }

  /** Zones by their place in the list: which they are is not known. */
  private zones(region: any, { region: own }: StackTemplate): any {
    const name = region === '' || region === undefined ? own ?? 'any' : region;
    return typeof name === 'string' ? Array.from({ length: MAX_ZONES }, (_, index) => `${name}[${index}]`) : region;
  }

  private cidr(argument: any, { stackName }: StackTemplate): any {
    const [block, count, bits] = Array.isArray(argument) ? argument : [];
    if (block instanceof Unknown || block instanceof Reference) return new Unknown(`Fn::Cidr in stack ${stackName}, which needs ${block instanceof Unknown ? block.what : block.text}`);
    const blocks = typeof block === 'string' ? subBlocks(block, Number(count), bits === undefined ? undefined : Number(bits)) : undefined;
    return blocks ?? new Unknown(`Fn::Cidr of ${JSON.stringify(argument)} in stack ${stackName}`);
  }

  /** The IPv6 blocks of a VPC; a stand-in of the documentation range for one that AWS or a pool will choose (RFC 3849). */
  private ipv6BlocksOf(vpcId: string): string[] {
    this.ipv6 ??= this.allIpv6Blocks();
    return this.ipv6.get(vpcId) ?? [];
  }

  private allIpv6Blocks(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    const taken = new Set<number>();
    for (const stack of this.assembly.templates) {
      for (const [logicalId, json] of Object.entries(stack.resources)) {
        const { Type: type, Properties: properties = {} } = json ?? {};
        if (type !== 'AWS::EC2::VPCCidrBlock' || !(properties.AmazonProvidedIpv6CidrBlock ?? properties.Ipv6CidrBlock ?? properties.Ipv6IpamPoolId)) continue;
        const vpc = this.resolver.partsOf(properties.VpcId, stack);
        const block = properties.Ipv6CidrBlock === undefined ? standInBlock(`${stack.id}.${logicalId}`, taken) : this.resolver.partsOf(properties.Ipv6CidrBlock, stack);
        if (typeof vpc === 'string' && typeof block === 'string') found.set(vpc, [...found.get(vpc) ?? [], block]);
      }
    }
    return found;
  }

  /** The value that a resource of the assembly writes to Parameter Store. */
  private storedParameter(name: string, { account, region }: StackTemplate): any {
    const key = [account, region, name].join('|');
    if (this.parameters.has(key)) return this.parameters.get(key);
    this.parameters.set(key, undefined);
    this.written ??= this.allWritten();
    const found = this.written.get(key);
    const value = found && this.resolver.partsOf(found.value, found.stack);
    this.parameters.set(key, value);
    return value;
  }

  private allWritten(): Map<string, { readonly stack: StackTemplate; readonly value: any }> {
    const found = new Map<string, { readonly stack: StackTemplate; readonly value: any }>();
    for (const stack of this.assembly.templates) {
      for (const { Type: type, Properties: properties } of Object.values(stack.resources)) {
        if (type !== 'AWS::SSM::Parameter') continue;
        const name = this.resolver.partsOf(properties?.Name, stack);
        if (typeof name === 'string') found.set([stack.account, stack.region, name].join('|'), { stack, value: properties.Value });
      }
    }
    return found;
  }

  /** What CDK's own writer of cross-Region references stores in this stack's Region. */
  private readElsewhere(name: string, { account, region }: StackTemplate): any {
    this.exported ??= this.allExported();
    const found = this.exported.get([account, region, name].join('|'));
    return found && this.resolver.partsOf(found.value, found.stack);
  }

  private allExported(): Map<string, { readonly stack: StackTemplate; readonly value: any }> {
    const found = new Map<string, { readonly stack: StackTemplate; readonly value: any }>();
    for (const stack of this.assembly.templates) {
      for (const { Type: type, Properties: properties } of Object.values(stack.resources)) {
        if (type !== 'Custom::CrossRegionExportWriter') continue;
        const { region, exports = {} } = properties?.WriterProps ?? {};
        for (const [name, value] of Object.entries(exports)) found.set([stack.account, region, name].join('|'), { stack, value });
      }
    }
    return found;
  }
}

/** A /56 of 2001:db8::/32 that follows from an id alone, so that it stays when others come. */
function standInBlock(id: string, taken: Set<number>): string {
  let place = createHash('sha256').update(id).digest().readUIntBE(0, 3);
  while (taken.has(place)) place = (place + 1) % 2 ** 24;
  taken.add(place);
  return normalBlock(`2001:db8:${Math.floor(place / 256).toString(16)}:${((place % 256) * 256).toString(16)}::/56`)!;
}
