import { EVERYWHERE } from './address-blocks';
import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { NetworkInterface } from '../../analysis/network/topology';
import { isKnown, unknownPart } from '../assembly/resolved';

/** Where a resource's interfaces are. Texts are ids; whatever else stands in a list is not known. */
interface Placement {
  readonly subnets: any;
  /** @default - the VPC's default group */
  readonly groups?: any;
  readonly address?: any;
  /** `maps`: as its subnet says. */
  readonly publicAddress: boolean | 'maps';
  /** Nothing filters what comes and goes where it has no group. */
  readonly isOpenWithoutGroups?: boolean;
}

type Values = { readonly [property: string]: any };

/** How each type says it. */
const PLACEMENTS: { readonly [type: string]: (values: Values, reading: Reading) => Placement | undefined } = {
  'AWS::EC2::Instance': (values) => {
    const first = Array.isArray(values.NetworkInterfaces) ? values.NetworkInterfaces[0] : undefined;
    if (first?.NetworkInterfaceId !== undefined) return undefined;
    const associates = first?.AssociatePublicIpAddress;
    return {
      subnets: [first?.SubnetId ?? values.SubnetId],
      groups: first?.GroupSet ?? values.SecurityGroupIds,
      address: first?.PrivateIpAddress ?? values.PrivateIpAddress,
      publicAddress: associates === undefined ? 'maps' : !isFalse(associates),
    };
  },
  'AWS::EC2::NetworkInterface': ({ SubnetId: subnet, GroupSet: groups, PrivateIpAddress: address }) => ({ subnets: [subnet], groups, address, publicAddress: false }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Subnets: subnets, SubnetMappings: mappings, SecurityGroups: groups, Scheme: scheme, Type: type }) => ({
    subnets: subnets ?? (Array.isArray(mappings) ? mappings.map((mapping) => mapping?.SubnetId) : mappings),
    groups,
    publicAddress: scheme !== 'internal',
    isOpenWithoutGroups: type === 'network' || type === 'gateway',
  }),
  'AWS::ElasticLoadBalancing::LoadBalancer': ({ Subnets: subnets, SecurityGroups: groups, Scheme: scheme }) => ({ subnets, groups, publicAddress: scheme !== 'internal' }),
  'AWS::RDS::DBInstance': (values, reading) => {
    const cluster = reading.resources.byId(values.DBClusterIdentifier, 'AWS::RDS::DBCluster')?.values;
    return {
      subnets: subnetGroup(values.DBSubnetGroupName ?? cluster?.DBSubnetGroupName, reading),
      groups: values.VPCSecurityGroups ?? cluster?.VpcSecurityGroupIds,
      publicAddress: isSet(values.PubliclyAccessible),
    };
  },
  'AWS::RDS::DBCluster': (values, reading) => ({ subnets: subnetGroup(values.DBSubnetGroupName, reading), groups: values.VpcSecurityGroupIds, publicAddress: isSet(values.PubliclyAccessible) }),
  'AWS::RDS::DBProxy': ({ VpcSubnetIds: subnets, VpcSecurityGroupIds: groups }) => ({ subnets, groups, publicAddress: false }),
  'AWS::Lambda::Function': ({ VpcConfig: config }) => config && { subnets: config.SubnetIds, groups: config.SecurityGroupIds, publicAddress: false },
  'AWS::ECS::Service': ({ NetworkConfiguration: network }) => {
    const config = network?.AwsvpcConfiguration;
    return config && { subnets: config.Subnets, groups: config.SecurityGroups, publicAddress: config.AssignPublicIp !== undefined && config.AssignPublicIp !== 'DISABLED' };
  },
  'AWS::AutoScaling::AutoScalingGroup': (values, reading) => {
    const template = reading.resources.byId(values.LaunchTemplate?.LaunchTemplateId, 'AWS::EC2::LaunchTemplate')?.value('LaunchTemplateData');
    const first = Array.isArray(template?.NetworkInterfaces) ? template.NetworkInterfaces[0] : undefined;
    const associates = first?.AssociatePublicIpAddress;
    return { subnets: values.VPCZoneIdentifier, groups: first?.Groups ?? template?.SecurityGroupIds ?? ['?'], publicAddress: associates === undefined ? 'maps' : !isFalse(associates) };
  },
  'AWS::EKS::Cluster': ({ ResourcesVpcConfig: config }) => config && { subnets: config.SubnetIds, groups: config.SecurityGroupIds ?? ['?'], publicAddress: false },
  'AWS::EFS::MountTarget': ({ SubnetId: subnet, SecurityGroups: groups, IpAddress: address }) => ({ subnets: [subnet], groups, address, publicAddress: false }),
  'AWS::ElastiCache::ServerlessCache': ({ SubnetIds: subnets, SecurityGroupIds: groups }) => ({ subnets, groups, publicAddress: false }),
  'AWS::CodeBuild::Project': ({ VpcConfig: config }) => config && { subnets: config.Subnets, groups: config.SecurityGroupIds, publicAddress: false },
  'AWS::Route53Resolver::ResolverEndpoint': ({ IpAddresses: addresses, SecurityGroupIds: groups }) => ({
    subnets: Array.isArray(addresses) ? addresses.map((address) => address?.SubnetId) : addresses, groups, publicAddress: false,
  }),
};

/** Types whose resources have interfaces with security groups. */
export const WITH_INTERFACES: readonly string[] = Object.keys(PLACEMENTS);

/** Who is in the subnets, as far as templates say it, and which subnets have public addresses. */
export function readInterfaces(reading: Reading): void {
  const elastic = withElasticAddresses(reading);
  for (const resource of reading.resources.of(...WITH_INTERFACES)) addInterface(resource, elastic, reading);
  for (const vpc of reading.vpcs.values()) {
    const open = new Set(vpc.interfaces.filter(({ hasPublicAddress }) => hasPublicAddress).flatMap(({ subnets }) => subnets));
    for (const id of open) {
      const subnet = reading.subnets.get(id);
      if (subnet) subnet.isPublicAddressPossible = true;
    }
  }
}

function addInterface(resource: NetworkResource, elastic: ReadonlySet<string>, reading: Reading): void {
  const placement = PLACEMENTS[resource.type]!(resource.values, reading);
  const subnets = listOf(placement?.subnets).filter((id) => reading.subnets.has(id));
  const vpc = reading.vpcOf(subnets[0]);
  if (!placement || !vpc) return;
  const { address, publicAddress } = placement;
  const maps = subnets.some((id) => reading.subnets.get(id)!.isPublicAddressPossible);
  const one: Draft<NetworkInterface> = {
    ...reading.part(resource),
    type: resource.type,
    subnets,
    ...(typeof address === 'string' ? { address } : {}),
    securityGroups: groupsOf(resource, placement, vpc.id, reading),
    hasPublicAddress: elastic.has(resource.id) || (publicAddress === 'maps' ? maps : publicAddress),
  };
  vpc.interfaces.push(one);
  reading.own(one.id, vpc);
}

function groupsOf(resource: NetworkResource, { groups, isOpenWithoutGroups = false }: Placement, vpcId: string, reading: Reading): string[] {
  const listed = groups === undefined ? [] : listOf(groups);
  if (listed.length === 0 && (groups === undefined || (Array.isArray(groups) && groups.length === 0))) {
    return isOpenWithoutGroups ? [ownGroup(resource, [{ cidrs: EVERYWHERE }], reading)] : [`${vpcId}#default-group`];
  }
  const open = Array.isArray(groups) ? groups.find((group) => !isKnown(group)) : groups;
  const strange = listed.filter((id) => !reading.securityGroups.has(id));
  if (strange.length > 0 || (open !== undefined && !isKnown(open))) {
    const what = strange[0] === '?' ? 'the assembly does not have its security groups' : strange[0] !== undefined ? `the assembly does not have security group ${strange[0]}` : unknownPart(open);
    return [...listed.filter((id) => reading.securityGroups.has(id)), ownGroup(resource, [{ unknown: `${resource.name}: ${what}` }], reading)];
  }
  return listed;
}

/** A group that stands for what filters, or does not, in place of one of the assembly. */
function ownGroup(resource: NetworkResource, rules: readonly ({ cidrs: readonly string[] } | { unknown: string })[], reading: Reading): string {
  const id = `${resource.id}#group`;
  reading.securityGroups.set(id, { id, name: `security groups of ${resource.name}`, origin: resource.origin, ingress: [...rules], egress: [...rules] });
  return id;
}

function withElasticAddresses(reading: Reading): ReadonlySet<string> {
  const found = new Set<string>();
  for (const resource of reading.resources.of('AWS::EC2::EIP', 'AWS::EC2::EIPAssociation')) {
    for (const id of [resource.value('InstanceId'), resource.value('NetworkInterfaceId')]) if (typeof id === 'string') found.add(id);
  }
  return found;
}

function subnetGroup(name: any, reading: Reading): any {
  return reading.resources.byId(name, 'AWS::RDS::DBSubnetGroup')?.value('SubnetIds');
}

function listOf(value: any): string[] {
  if (typeof value === 'string') return value.split(',');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** What is not known may be. */
function isSet(value: any): boolean {
  return value !== undefined && !isFalse(value);
}

function isFalse(value: any): boolean {
  return value === false || value === 'false';
}
