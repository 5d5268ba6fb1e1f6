/** Services whose every type is told apart: carried in the model, irrelevant, or unknown. A type of them that is listed nowhere is unknown. */
export const NETWORK_SERVICES: readonly string[] = [
  'EC2', 'NetworkManager', 'NetworkFirewall', 'VpcLattice', 'DirectConnect', 'GlobalAccelerator', 'Outposts', 'Interconnect', 'RTBFabric', 'ODB', 'EVS',
];

/** Types that the topology is read from. */
export const MODELLED: ReadonlySet<string> = new Set([
  'AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::Subnet', 'AWS::EC2::SubnetCidrBlock', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::GatewayRouteTableAssociation', 'AWS::EC2::Route', 'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint', 'AWS::EC2::VPCEndpointService', 'AWS::EC2::NetworkAcl', 'AWS::EC2::NetworkAclEntry', 'AWS::EC2::SubnetNetworkAclAssociation', 'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::PrefixList', 'AWS::EC2::TransitGateway', 'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment', 'AWS::EC2::TransitGatewayRouteTable', 'AWS::EC2::TransitGatewayRouteTableAssociation', 'AWS::EC2::TransitGatewayRouteTablePropagation',
  'AWS::EC2::TransitGatewayRoute', 'AWS::EC2::TransitGatewayPeeringAttachment', 'AWS::EC2::TransitGatewayConnect', 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::VPNConnection',
  'AWS::EC2::VPNConnectionRoute', 'AWS::EC2::VPNGateway', 'AWS::EC2::VPNGatewayRoutePropagation', 'AWS::EC2::CustomerGateway', 'AWS::EC2::VPCBlockPublicAccessOptions',
  'AWS::EC2::VPCBlockPublicAccessExclusion', 'AWS::EC2::NetworkInterface', 'AWS::EC2::Instance', 'AWS::EC2::EIP', 'AWS::EC2::EIPAssociation', 'AWS::EC2::LaunchTemplate', 'AWS::EC2::IPAMPool',
  'AWS::EC2::IPAMPoolCidr', 'AWS::EC2::SecurityGroupVpcAssociation', 'AWS::EC2::TransitGatewayConnectPeer', 'AWS::EC2::NetworkInterfaceAttachment',
  'AWS::DirectConnect::DirectConnectGateway', 'AWS::DirectConnect::DirectConnectGatewayAssociation',
  'AWS::NetworkManager::CoreNetwork', 'AWS::NetworkManager::VpcAttachment', 'AWS::NetworkManager::SiteToSiteVpnAttachment', 'AWS::NetworkManager::DirectConnectGatewayAttachment',
  'AWS::NetworkFirewall::Firewall', 'AWS::NetworkFirewall::FirewallPolicy', 'AWS::NetworkFirewall::RuleGroup', 'AWS::NetworkFirewall::VpcEndpointAssociation',
]);

/** Types of other services that the topology is read from: who has interfaces, and what makes them. */
export const MODELLED_ELSEWHERE: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy', 'AWS::RDS::DBSubnetGroup',
  'AWS::Lambda::Function', 'AWS::ECS::Service', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration', 'AWS::EKS::Cluster', 'AWS::EFS::MountTarget', 'AWS::ElastiCache::ServerlessCache', 'AWS::CodeBuild::Project',
  'AWS::Route53Resolver::ResolverEndpoint', 'AWS::CloudFormation::StackSet', 'AWS::CloudFormation::Stack',
]);

const NO_TRAFFIC = 'describes, names, measures or meters; packets take the same way';
const HARDWARE = 'a place or a line; what is attached by it has types of its own';

/** Types of the network's services that change no answer, with why. */
export const IRRELEVANT: { readonly [type: string]: string } = {
  ...because('machines, volumes and images: whoever has an interface is read from it, not from these', 'AWS::EC2::', [
    'ApplicationStatusCheck', 'CapacityReservation', 'CapacityReservationFleet', 'EC2Fleet', 'EnclaveCertificateIamRoleAssociation', 'FpgaImage', 'Host', 'InstanceEventWindow', 'KeyPair',
    'PlacementGroup', 'SnapshotBlockPublicAccess', 'SpotFleet', 'SqlHaStandbyDetectedInstance', 'Volume', 'VolumeAttachment',
  ]),
  ...because(NO_TRAFFIC, 'AWS::EC2::', [
    'CapacityManagerDataExport', 'FlowLog', 'NetworkInsightsAccessScope', 'NetworkInsightsAccessScopeAnalysis', 'NetworkInsightsAnalysis', 'NetworkInsightsPath',
    'NetworkPerformanceMetricSubscription', 'TransitGatewayMeteringPolicy', 'TransitGatewayMeteringPolicyEntry', 'VPCEndpointConnectionNotification',
  ]),
  ...because('names for addresses', 'AWS::EC2::', ['DHCPOptions', 'VPCDHCPOptionsAssociation']),
  ...because('copies of packets go one way, to a collector; no connection is opened by them', 'AWS::EC2::', [
    'TrafficMirrorFilter', 'TrafficMirrorFilterRule', 'TrafficMirrorSession', 'TrafficMirrorTarget',
  ]),
  ...because('plans addresses; blocks are read from pools and VPCs', 'AWS::EC2::', [
    'IPAM', 'IPAMAllocation', 'IPAMResourceDiscovery', 'IPAMResourceDiscoveryAssociation', 'IPAMScope', 'IpamExternalResourceVerificationToken', 'IPv4Pool', 'SubnetCidrReservation',
    'IPAMPrefixListResolver',
  ]),
  ...because('who may use or attach, not what is routed', 'AWS::EC2::', ['NetworkInterfacePermission', 'VPCEndpointServicePermissions']),
  ...because('only lets through less: unencrypted traffic', 'AWS::EC2::', ['VPCEncryptionControl']),
  ...because('multicast is not asked about', 'AWS::EC2::', [
    'TransitGatewayMulticastDomain', 'TransitGatewayMulticastDomainAssociation', 'TransitGatewayMulticastGroupMember', 'TransitGatewayMulticastGroupSource',
  ]),
  ...because('trusts for Verified Access; its endpoints are what carries traffic', 'AWS::EC2::', ['VerifiedAccessGroup', 'VerifiedAccessInstance', 'VerifiedAccessTrustProvider']),
  ...because('a rule or route of an endpoint of Client VPN, which is unknown itself', 'AWS::EC2::', ['ClientVpnAuthorizationRule', 'ClientVpnRoute']),
  ...because(NO_TRAFFIC, 'AWS::NetworkFirewall::', ['LoggingConfiguration', 'ContainerAssociation']),
  ...because('what a payload holds decides nothing about addresses and ports', 'AWS::NetworkFirewall::', ['TLSInspectionConfiguration']),
  ...because(NO_TRAFFIC, 'AWS::NetworkManager::', [
    'CustomerGatewayAssociation', 'Device', 'GlobalNetwork', 'Link', 'LinkAssociation', 'Site', 'TransitGatewayRegistration', 'Connection',
  ]),
  ...because(HARDWARE, 'AWS::DirectConnect::', ['Connection', 'Lag']),
  ...because('brings the routes of a Direct Connect gateway, whose associations are read: what it announces counts as not known', 'AWS::DirectConnect::', ['TransitVirtualInterface']),
  ...because('AWS\'s public addresses only; no VPC is reached by it', 'AWS::DirectConnect::', ['PublicVirtualInterface']),
  ...because(HARDWARE, 'AWS::Outposts::', ['Outpost', 'Site']),
  ...because('who may call, or what is logged; the associations of networks are what carries traffic', 'AWS::VpcLattice::', [
    'AccessLogSubscription', 'AuthPolicy', 'DomainVerification', 'Listener', 'ResourceConfiguration', 'ResourcePolicy', 'Rule', 'Service', 'ServiceNetwork', 'ServiceNetworkResourceAssociation',
    'ServiceNetworkServiceAssociation', 'TargetGroup',
  ]),
  ...because('its endpoint groups are what carries traffic', 'AWS::GlobalAccelerator::', ['Accelerator', 'CrossAccountAttachment', 'Listener']),
  ...because('a rule of a link, which is unknown itself', 'AWS::RTBFabric::', ['LinkRoutingRule']),
  ...because('machines; their network is unknown itself', 'AWS::ODB::', ['CloudAutonomousVmCluster', 'CloudExadataInfrastructure', 'CloudVmCluster']),
};

/**
 * Types that could carry traffic and are not modelled, and the properties that say whose: ids or ARNs of VPCs, subnets, gateways, tables, interfaces. What they name is affected; without such
 * a property, or with one that is not known, all that is in the same account and Region, or, for `everywhere`, everything. `onlyAdds`: they bring ways of their own and change no route.
 */
export const UNKNOWN: { readonly [type: string]: { readonly affects: readonly string[]; readonly everywhere?: boolean; readonly onlyAdds?: boolean } } = {
  'AWS::EC2::CarrierGateway': { affects: ['VpcId'], onlyAdds: true },
  'AWS::EC2::ClientVpnEndpoint': { affects: ['VpcId'], onlyAdds: true },
  'AWS::EC2::ClientVpnTargetNetworkAssociation': { affects: ['SubnetId'], onlyAdds: true },
  'AWS::EC2::InstanceConnectEndpoint': { affects: ['SubnetId'], onlyAdds: true },
  'AWS::EC2::IPAMPrefixListResolverTarget': { affects: [] },
  'AWS::EC2::IpPoolRouteTableAssociation': { affects: ['RouteTableId'] },
  'AWS::EC2::LocalGatewayRoute': { affects: ['NetworkInterfaceId'], onlyAdds: true },
  'AWS::EC2::LocalGatewayRouteTable': { affects: [], onlyAdds: true },
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': { affects: ['VpcId'], onlyAdds: true },
  'AWS::EC2::LocalGatewayRouteTableVirtualInterfaceGroupAssociation': { affects: [], onlyAdds: true },
  'AWS::EC2::LocalGatewayVirtualInterface': { affects: [], onlyAdds: true },
  'AWS::EC2::LocalGatewayVirtualInterfaceGroup': { affects: [], onlyAdds: true },
  'AWS::EC2::RouteServer': { affects: [] },
  'AWS::EC2::RouteServerAssociation': { affects: ['VpcId'] },
  'AWS::EC2::RouteServerEndpoint': { affects: ['SubnetId'] },
  'AWS::EC2::RouteServerPeer': { affects: [] },
  'AWS::EC2::RouteServerPropagation': { affects: ['RouteTableId'] },
  'AWS::EC2::TransitGatewayPolicyTable': { affects: ['TransitGatewayId'] },
  'AWS::EC2::TransitGatewayPolicyTableAssociation': { affects: ['TransitGatewayAttachmentId'] },
  'AWS::EC2::TransitGatewayPolicyTableEntry': { affects: ['TargetRouteTableId'] },
  'AWS::EC2::VPNConcentrator': { affects: ['TransitGatewayId'], onlyAdds: true },
  'AWS::EC2::VerifiedAccessEndpoint': { affects: [], onlyAdds: true },
  'AWS::NetworkManager::ConnectAttachment': { affects: ['CoreNetworkId'] },
  'AWS::NetworkManager::ConnectPeer': { affects: [], everywhere: true },
  'AWS::NetworkManager::CoreNetworkPrefixListAssociation': { affects: ['CoreNetworkId'] },
  'AWS::NetworkManager::TransitGatewayPeering': { affects: ['CoreNetworkId', 'TransitGatewayArn'] },
  'AWS::NetworkManager::TransitGatewayRouteTableAttachment': { affects: ['TransitGatewayRouteTableArn'] },
  'AWS::DirectConnect::PrivateVirtualInterface': { affects: ['VirtualGatewayId', 'DirectConnectGatewayId'] },
  'AWS::VpcLattice::ResourceGateway': { affects: ['VpcIdentifier'], onlyAdds: true },
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': { affects: ['VpcIdentifier'], onlyAdds: true },
  'AWS::GlobalAccelerator::EndpointGroup': { affects: [], onlyAdds: true, everywhere: true },
  'AWS::Interconnect::Connection': { affects: [], everywhere: true },
  'AWS::RTBFabric::InboundExternalLink': { affects: [], onlyAdds: true },
  'AWS::RTBFabric::Link': { affects: [], onlyAdds: true },
  'AWS::RTBFabric::OutboundExternalLink': { affects: [], onlyAdds: true },
  'AWS::RTBFabric::RequesterGateway': { affects: ['VpcId'], onlyAdds: true },
  'AWS::RTBFabric::ResponderGateway': { affects: ['VpcId'], onlyAdds: true },
  'AWS::ODB::OdbNetwork': { affects: [], onlyAdds: true },
  'AWS::ODB::OdbPeeringConnection': { affects: ['PeerNetworkId'], onlyAdds: true },
  'AWS::EVS::Environment': { affects: ['VpcId'] },
};

/** What becomes of resources of a type. */
export function coverageOf(type: string): 'modelled' | 'unknown' | 'irrelevant' | 'custom' {
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return 'custom';
  if (MODELLED.has(type) || MODELLED_ELSEWHERE.has(type)) return 'modelled';
  if (UNKNOWN[type] !== undefined) return 'unknown';
  const service = type.split('::')[1] ?? '';
  return IRRELEVANT[type] === undefined && NETWORK_SERVICES.includes(service) && type.startsWith('AWS::') ? 'unknown' : 'irrelevant';
}

function because(why: string, prefix: string, names: readonly string[]): { [type: string]: string } {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, why]));
}
