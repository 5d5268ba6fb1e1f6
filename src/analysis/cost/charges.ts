/** What a resource is charged for while it exists. */
export interface Charge {
  /** Item of the price table. */
  readonly item: string;
  readonly quantity: number;
  /** Region of the charge. @default - the stack's */
  readonly region?: string;
  /** What is multiplied, where that is more than one: `3 zones`. @default - one resource is one charge */
  readonly factor?: string;
}

/** The charges of a resource's properties; what it hangs on where nobody can tell. */
export type ChargeRule = (properties: any) => readonly Charge[] | string;

const one = (item: string): ChargeRule => () => [{ item, quantity: 1 }];

/** A charge for each element of a list, at least one. */
const each = (item: string, property: string, word: string): ChargeRule => (properties) => {
  const list = properties?.[property];
  return Array.isArray(list) && list.length > 0 ? [{ item, quantity: list.length, factor: `${list.length} ${word}` }] : `how many ${word} it has`;
};

const ATTACHMENT = 'transit-gateway-attachment';
const CORE_ATTACHMENT = one('core-network-attachment');

/**
 * What is charged by the hour or the month, whether it is used or not, by CloudFormation type. Sources are in the price table; what is charged by use beside it is left to assumptions.
 */
export const CHARGES: { readonly [type: string]: ChargeRule } = {
  'AWS::EC2::NatGateway': ({ AvailabilityMode: mode, AvailabilityZoneAddresses: addresses }) => {
    if (mode !== 'regional') return [{ item: 'nat-gateway', quantity: 1 }];
    return Array.isArray(addresses) && addresses.length > 0 ? [{ item: 'regional-nat-gateway-zone', quantity: addresses.length, factor: `${addresses.length} zones` }] : 'in how many zones it works: a regional gateway follows what runs';
  },
  'AWS::EC2::VPCEndpoint': (properties) => {
    const kind = properties.VpcEndpointType ?? 'Gateway';
    if (kind === 'Gateway') return [];
    return kind === 'Interface' ? each('interface-endpoint-zone', 'SubnetIds', 'zones')(properties) : [{ item: `endpoint of type ${String(kind)}`, quantity: 1 }];
  },
  'AWS::EC2::TransitGatewayAttachment': one(ATTACHMENT),
  'AWS::EC2::TransitGatewayVpcAttachment': one(ATTACHMENT),
  'AWS::EC2::TransitGatewayConnect': one(ATTACHMENT),
  // Each owner of a gateway pays for its end: https://aws.amazon.com/transit-gateway/pricing/ (read 2026-11-23).
  'AWS::EC2::TransitGatewayPeeringAttachment': ({ PeerRegion: peer }) => (typeof peer === 'string' ? [{ item: ATTACHMENT, quantity: 1 }, { item: ATTACHMENT, quantity: 1, region: peer, factor: 'the other end' }] : 'the Region of its other end'),
  'AWS::EC2::VPNConnection': ({ TransitGatewayId: gateway }) => [{ item: 'vpn-connection', quantity: 1 }, ...(gateway === undefined ? [] : [{ item: ATTACHMENT, quantity: 1, factor: 'of the connection' }])],
  // The owner of the Direct Connect gateway pays for its attachment to a transit gateway: https://aws.amazon.com/transit-gateway/pricing/ (read 2026-11-23).
  'AWS::DirectConnect::DirectConnectGatewayAssociation': ({ AssociatedGatewayId: gateway }) => (isVirtualGateway(gateway) ? [] : [{ item: ATTACHMENT, quantity: 1 }]),
  'AWS::EC2::EIP': one('public-ipv4-address'),
  'AWS::EC2::VPCEncryptionControl': one('vpc-encryption-control'),
  'AWS::NetworkFirewall::Firewall': (properties) => each('network-firewall-endpoint', properties.AvailabilityZoneMappings === undefined ? 'SubnetMappings' : 'AvailabilityZoneMappings', 'zones')(properties),
  'AWS::NetworkFirewall::VpcEndpointAssociation': one('network-firewall-secondary-endpoint'),
  'AWS::NetworkFirewall::TLSInspectionConfiguration': () => 'what advanced inspection adds to the endpoints of its firewalls',
  'AWS::NetworkManager::CoreNetwork': ({ PolicyDocument: policy }) => {
    const edges = policy?.['core-network-configuration']?.['edge-locations'];
    if (!Array.isArray(edges) || !edges.every(({ location }) => typeof location === 'string')) return 'in which Regions it has edges';
    return edges.map(({ location }) => ({ item: 'core-network-edge', quantity: 1, region: location }));
  },
  'AWS::NetworkManager::VpcAttachment': CORE_ATTACHMENT,
  'AWS::NetworkManager::SiteToSiteVpnAttachment': CORE_ATTACHMENT,
  'AWS::NetworkManager::DirectConnectGatewayAttachment': CORE_ATTACHMENT,
  'AWS::NetworkManager::TransitGatewayPeering': CORE_ATTACHMENT,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Type: kind, Scheme: scheme, Subnets: subnets, SubnetMappings: mappings }) => {
    const zones = [subnets, mappings].find(Array.isArray)?.length;
    if (scheme !== 'internal' && kind !== 'gateway' && zones === undefined) return 'in how many zones it has addresses';
    const hasAddresses = scheme !== 'internal' && kind !== 'gateway' && zones !== undefined;
    return [{ item: `${kind ?? 'application'}-load-balancer`, quantity: 1 }, ...(hasAddresses ? [{ item: 'public-ipv4-address', quantity: zones, factor: `${zones} zones` }] : [])];
  },
  'AWS::Route53::HostedZone': one('hosted-zone'),
  'AWS::Route53::HealthCheck': () => 'health checks, by where their endpoint is and how often they ask',
  'AWS::Route53Resolver::ResolverEndpoint': each('resolver-endpoint-interface', 'IpAddresses', 'addresses'),
  'AWS::Route53Profiles::Profile': one('route53-profile'),
  'AWS::Route53Profiles::ProfileAssociation': () => 'what VPCs of its profile cost beyond those that the profile includes',
  'AWS::Shield::Protection': () => 'what the organization\'s subscription to Shield Advanced costs, without which there is none',
  // Three of an account are free, which is not reduced.
  'AWS::CloudWatch::Dashboard': one('cloudwatch-dashboard'),
  'AWS::KMS::Key': one('kms-key'),
  'AWS::KMS::ReplicaKey': one('kms-key'),
  'AWS::SecretsManager::Secret': one('secret'),
  'AWS::WAFv2::WebACL': ({ Rules: rules = [] }) => (Array.isArray(rules) ? [{ item: 'web-acl', quantity: 1 }, ...(rules.length > 0 ? [{ item: 'web-acl-rule', quantity: rules.length, factor: `${rules.length} rules` }] : [])] : 'how many rules it has'),
  // By the metrics that it looks at: https://aws.amazon.com/cloudwatch/pricing/ speaks of alarm metrics.
  'AWS::CloudWatch::Alarm': ({ Metrics: metrics }) => {
    const read = Array.isArray(metrics) ? metrics.filter((metric) => metric?.MetricStat !== undefined).length : 1;
    return [{ item: 'alarm', quantity: Math.max(1, read), ...(read > 1 ? { factor: `${read} metrics` } : {}) }];
  },
  'AWS::CloudWatch::CompositeAlarm': one('composite-alarm'),
  'AWS::EKS::Cluster': one('eks-cluster'),
  // Processors and memory of tasks on Fargate; on instances of one's own, these are charged. A service that says no number starts with one task (CloudFormation, AWS::ECS::Service): https://aws.amazon.com/fargate/pricing/ (read 2026-11-23).
  'AWS::ECS::Service': ({ LaunchType: launch, DesiredCount: count = 1, TaskDefinition: definition }) => {
    if (launch === 'EC2' || launch === 'EXTERNAL') return [];
    const { Cpu: units, Memory: mebibytes, RuntimePlatform: platform } = definition?.stack?.resources?.[definition.logicalId]?.Properties ?? {};
    const [tasks, processors, gibibytes] = [Number(count), Number(units) / 1024, Number(mebibytes) / 1024];
    if (launch !== 'FARGATE' || ![tasks, processors, gibibytes].every(Number.isFinite) || (platform?.OperatingSystemFamily ?? 'LINUX') !== 'LINUX') return 'how many tasks run, on what, and what each has';
    const item = platform?.CpuArchitecture === 'ARM64' ? 'fargate-arm' : 'fargate';
    const charge = (name: string, amount: number) => ({ item: `${item}-${name}`, quantity: tasks * amount, factor: `${tasks} ${tasks === 1 ? 'task' : 'tasks'} of ${amount}` });
    return tasks === 0 ? [] : [charge('vcpu', processors), charge('gb', gibibytes)];
  },
  // On demand by the stream, else by its shards; a stream that says no mode is provisioned: https://aws.amazon.com/kinesis/data-streams/pricing/ (read 2026-11-23).
  'AWS::Kinesis::Stream': ({ StreamModeDetails: mode, ShardCount: shards }) => {
    if (mode?.StreamMode === 'ON_DEMAND') return [{ item: 'kinesis-on-demand-stream', quantity: 1 }];
    return Number.isInteger(Number(shards)) && Number(shards) > 0 ? [{ item: 'kinesis-shard', quantity: Number(shards), ...(Number(shards) > 1 ? { factor: `${shards} shards` } : {}) }] : 'how many shards it has';
  },
};

/** An id, or a reference to a gateway of the templates. */
function isVirtualGateway(gateway: any): boolean {
  return typeof gateway === 'string' ? gateway.startsWith('vgw-') : gateway?.stack?.resources?.[gateway.logicalId]?.Type === 'AWS::EC2::VPNGateway';
}
