/**
 * A network as its templates describe it: what carries packets, and how. Plain data, in CIDR notation, IPv4 and IPv6 in the same lists. Ids are unique in the whole
 * topology; names are for people.
 */
export interface NetworkTopology {
  readonly vpcs: readonly Vpc[];
  readonly gateways: readonly TransitGateway[];
  readonly attachments: readonly Attachment[];
  readonly peerings: readonly VpcPeering[];
  readonly firewalls: readonly Firewall[];
  readonly securityGroups: readonly SecurityGroup[];
  /** Networks behind VPN and Direct Connect. */
  readonly outsides: readonly OutsideNetwork[];
  readonly intents: readonly NetworkIntent[];
  /** What is not modelled and could carry traffic of a VPC, a gateway or everyone. */
  readonly unknowns: readonly UnknownPart[];
}

/** Where a thing stands in the templates, for messages. */
export interface NetworkOrigin {
  readonly template: string;
  readonly logicalId: string;
  /** Path of the construct, where the template says it. */
  readonly path?: string;
}

/** What every part of a topology has. */
interface Part {
  readonly id: string;
  /** What people call it: the construct's path, a Name tag, else its logical id. */
  readonly name: string;
  readonly origin?: NetworkOrigin;
}

/** A VPC. */
export interface Vpc extends Part {
  readonly account: string;
  readonly region: string;
  /** Segment that its maker declared; whether the hub treats it so is what proofs show. */
  readonly segment?: string;
  /** Its addresses. Of a VPC whose addresses IPAM chooses: the whole pool, any part of which it may get. */
  readonly ranges: readonly string[];
  /** Set where IPAM chooses: length of the prefix it gets out of `ranges`. */
  readonly pooledPrefix?: number;
  readonly subnets: readonly Subnet[];
  /** Every VPC has its main table among them. */
  readonly routeTables: readonly RouteTable[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly internetGateway?: string;
  readonly natGateways: readonly NatGateway[];
  /** Endpoints that routes lead to, and interface endpoints that services are called by. */
  readonly endpoints: readonly VpcEndpoint[];
  /** Network interfaces that templates describe: instances, load balancers, databases, functions. */
  readonly interfaces: readonly NetworkInterface[];
}

/** What VPC block public access leaves: both directions, connections from inside only, nothing. */
export type PublicAccess = 'both' | 'egress' | 'none';

/** A subnet. */
export interface Subnet extends Part {
  /** Availability Zone: its id (`euw1-az1`) or its name. Compared within an account and Region only, unless it is an id. */
  readonly zone: string;
  /** Declared use: `private`, `isolated`, `transit`, `public`, `firewall`. Whoever lives in `transit`, `firewall` and `isolated` is not expected to reach other networks. */
  readonly tier?: string;
  /** Its addresses; of a subnet of a pooled VPC the whole pool. */
  readonly ranges: readonly string[];
  /** Id of its route table; the main one where none is associated. */
  readonly routeTable: string;
  /** Id of its network ACL. @default - the VPC's default one, which lets everything through */
  readonly networkAcl?: string;
  readonly publicAccess: PublicAccess;
  /** Whether interfaces may have public IPv4 addresses there; the internet reaches only those that have. `unknown` addresses count as public. */
  readonly isPublicAddressPossible: boolean;
}

/** A route table of a VPC. */
export interface RouteTable extends Part {
  readonly routes: readonly Route[];
  /** Gateway whose arriving packets it routes, for an edge association. */
  readonly edgeOf?: string;
}

/** A route. The longest prefix decides; among equals local, then static, then propagated. */
export interface Route {
  /** CIDRs; several where a prefix list stands. `undefined` entries do not occur: what cannot be read is a target `unknown` for everything. */
  readonly destinations: readonly string[];
  readonly target: RouteTarget;
  readonly isPropagated?: boolean;
  readonly origin?: NetworkOrigin;
}

/** Where a route leads. */
export type RouteTarget =
  | { readonly kind: 'local' }
  /** By the VPC's attachment to the gateway; without one in the topology the route is a black hole. */
  | { readonly kind: 'transit-gateway'; readonly gateway: string }
  | { readonly kind: 'internet-gateway'; readonly gateway: string }
  | { readonly kind: 'egress-only-internet-gateway'; readonly gateway: string }
  | { readonly kind: 'nat-gateway'; readonly gateway: string }
  /** A Gateway Load Balancer's or a firewall's endpoint. */
  | { readonly kind: 'appliance-endpoint'; readonly endpoint: string }
  /** A gateway endpoint: traffic to the service's addresses leaves the VPC by it. */
  | { readonly kind: 'gateway-endpoint'; readonly endpoint: string }
  | { readonly kind: 'peering'; readonly peering: string }
  | { readonly kind: 'interface'; readonly interface: string }
  | { readonly kind: 'vpn-gateway'; readonly outside: string }
  | { readonly kind: 'unknown'; readonly what: string };

/** A NAT gateway. Packets leave it with an address of its own and go on by the table of its subnet; a regional one by its own table, or straight to the internet gateway. */
export interface NatGateway extends Part {
  /** Of a zonal one. */
  readonly subnet?: string;
  /** Zones that a regional one works in. @default - all zones of the VPC's subnets */
  readonly zones?: readonly string[];
  /** Table of a regional one: routes back to where packets came from. @default - local and the internet gateway only */
  readonly routeTable?: string;
  /** Whether it gives public addresses; a private one translates and routes on. */
  readonly isPublic: boolean;
}

/** An endpoint in a VPC. */
export interface VpcEndpoint extends Part {
  readonly kind: 'appliance' | 'gateway' | 'interface';
  /** Subnet of an appliance's endpoint: inspected packets go on by the table of this subnet. */
  readonly subnets: readonly string[];
  /** Firewall that inspects, for an appliance. */
  readonly firewall?: string;
  /** Service name: `com.amazonaws.eu-west-1.s3`. */
  readonly service?: string;
  readonly securityGroups?: readonly string[];
}

/** Someone in a subnet whose security groups are known. */
export interface NetworkInterface extends Part {
  /** `AWS::RDS::DBInstance`. */
  readonly type: string;
  /** Subnets that it may be in, one of them or all. */
  readonly subnets: readonly string[];
  /** Address, where the template says it. @default - any of the subnets' */
  readonly address?: string;
  readonly securityGroups: readonly string[];
  readonly hasPublicAddress: boolean;
}

/** A network ACL. Rules by number, the first that matches decides; what none matches is denied. Stateless: answers need rules too. */
export interface NetworkAcl extends Part {
  readonly entries: readonly AclEntry[];
}

/** A rule of a network ACL. */
export interface AclEntry extends TrafficMatch {
  readonly number: number;
  readonly direction: 'in' | 'out';
  readonly isAllow: boolean;
  /** The other side. */
  readonly cidr: string;
}

/** Protocol and ports. */
export interface TrafficMatch {
  /** IANA number: 6 is TCP, 17 UDP, 1 ICMP, 58 ICMPv6. @default - all */
  readonly protocol?: number;
  /** Destination ports, inclusive; only of TCP and UDP. @default - all */
  readonly ports?: { readonly from: number; readonly to: number };
}

/** A security group: what is not allowed is denied; answers pass. */
export interface SecurityGroup extends Part {
  readonly vpc?: string;
  readonly ingress: readonly SecurityRule[];
  readonly egress: readonly SecurityRule[];
}

/** A rule of a security group. */
export interface SecurityRule extends TrafficMatch {
  readonly cidrs?: readonly string[];
  /** Interfaces that have this group. */
  readonly group?: string;
  /** Why the other side is not known. */
  readonly unknown?: string;
}

/** A transit gateway, or an edge-spanning core network of Cloud WAN. */
export interface TransitGateway extends Part {
  readonly kind: 'transit-gateway' | 'core-network';
  readonly account: string;
  /** @default - of a core network, which spans Regions */
  readonly region?: string;
  readonly tables: readonly TransitTable[];
}

/** A route table of a gateway. The longest prefix decides; among equals static, then propagated: VPC, Direct Connect, then VPN. */
export interface TransitTable extends Part {
  /** Segment that its maker declared. */
  readonly segment?: string;
  readonly routes: readonly TransitRoute[];
  /** Attachments whose addresses it has learnt. */
  readonly propagations: readonly string[];
}

/** A static route of a gateway. */
export interface TransitRoute {
  readonly destination: string;
  /** @default - a black hole */
  readonly attachment?: string;
  readonly origin?: NetworkOrigin;
}

/** What is attached to a gateway. */
export interface Attachment extends Part {
  readonly gateway: string;
  /** Table that routes what arrives by it. @default - none: what arrives is dropped */
  readonly table?: string;
  readonly link: AttachmentLink;
}

/** The other end of an attachment. */
export type AttachmentLink =
  /**
   * A VPC. Packets enter by a subnet of the zone they come from, where the attachment has one there, else by any; with appliance mode by one zone a flow, the same
   * both ways. They go on by the table of that subnet.
   */
  | { readonly kind: 'vpc'; readonly vpc: string; readonly subnets: readonly string[]; readonly isApplianceMode: boolean }
  /** A firewall that is attached natively: it inspects in one zone a flow, the same both ways, and sends back what it lets through by the same attachment. */
  | { readonly kind: 'firewall'; readonly firewall: string; readonly zones: readonly string[] }
  /** The attachment of the other gateway. */
  | { readonly kind: 'peering'; readonly peer: string }
  /** VPN, Direct Connect gateway, Connect. */
  | { readonly kind: 'vpn' | 'direct-connect' | 'connect'; readonly outside: string };

/** A peering of two VPCs: no traffic passes through one of them to a third. */
export interface VpcPeering extends Part {
  readonly vpcs: readonly [string, string];
}

/** A firewall of AWS, or appliances behind a Gateway Load Balancer. Stateful: answers to what it lets through pass, when they pass the same one. */
export interface Firewall extends Part {
  readonly kind: 'network-firewall' | 'appliances';
  /** Rules about addresses and ports in their order; the first that decides does. @default - none are known: everything may pass */
  readonly rules?: readonly FirewallRule[];
  /** What becomes of connections that no rule decides. @default 'may-pass' */
  readonly otherwise?: FirewallAction;
}

/** `may-pass`: decided by what is not modelled, domain names or payload. */
export type FirewallAction = 'pass' | 'drop' | 'may-pass';

/** A rule of a firewall, in the direction in which connections are opened. */
export interface FirewallRule extends TrafficMatch {
  readonly action: FirewallAction;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
}

/** A network that is none of AWS. */
export interface OutsideNetwork extends Part {
  /** Its addresses, as far as declared or routed statically. */
  readonly ranges: readonly string[];
  /** Whether it may announce addresses that are not declared. */
  readonly mayAnnounceMore: boolean;
}

/** What the makers of a network declared. Proofs hold the topology against it. */
export interface NetworkIntent {
  /** Hub that declares it. */
  readonly hub: string;
  readonly region: string;
  readonly segments: readonly SegmentIntent[];
  /** Connections that may be opened. */
  readonly allowed: readonly AllowedTraffic[];
  /** Internet egress of all segments together. */
  readonly egress: 'none' | 'central';
  readonly inspectsEgress: boolean;
  readonly inspectsEastWest: boolean;
  readonly origin?: NetworkOrigin;
}

/** A segment of a hub. */
export interface SegmentIntent {
  readonly name: string;
  /** Its addresses in this Region. */
  readonly ranges: readonly string[];
  /** Whether its VPCs reach each other. */
  readonly isIsolated: boolean;
  /** Whether it has internet egress by the hub. */
  readonly hasEgress: boolean;
}

/** Connections from a segment to another one, in all Regions of the zone. */
export interface AllowedTraffic {
  readonly from: string;
  readonly to: string;
  /** Whether connections the other way are to be stopped; routes alone cannot, an inspecting hub can. */
  readonly isOneWay: boolean;
}

/** What could carry traffic and is not modelled. */
export interface UnknownPart {
  /** `AWS::EC2::TransitGatewayConnect Hub/Connect`. */
  readonly what: string;
  /** Ids of VPCs, gateways and tables whose answers it may change. @default - all */
  readonly affects?: readonly string[];
  /** Whether it can only carry more, and takes nothing from the ways that are modelled. @default false */
  readonly onlyAdds?: boolean;
  readonly origin?: NetworkOrigin;
}
