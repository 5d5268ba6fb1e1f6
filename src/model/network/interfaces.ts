import { EVERYWHERE } from './address-blocks';
import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { NetworkInterface } from '../../analysis/network/topology';
import { isKnown, Reference, Unknown, unknownPart } from '../assembly/resolved';

/** Where a resource's interfaces are. Texts are ids; whatever else stands in a list is not known. */
interface Placement {
  readonly subnets: any;
  /** @default - the VPC's default group */
  readonly groups?: any;
  readonly address?: any;
  /** `maps`: as its subnet says; `gateway`: where its VPC has an internet gateway. */
  readonly publicAddress: boolean | 'maps' | 'gateway';
  /** Nothing filters what comes and goes where it has no group. */
  readonly isOpenWithoutGroups?: boolean;
}

type Values = { readonly [property: string]: any };

/** How each type says it. */
const PLACEMENTS: { readonly [type: string]: (values: Values, reading: Reading) => Placement | undefined } = {
  'AWS::EC2::Instance': (values) => {
    const first = part(values.NetworkInterfaces, 0);
    if (typeof first?.NetworkInterfaceId === 'string') return undefined;
    const associates = part(first, 'AssociatePublicIpAddress');
    return {
      subnets: [part(first, 'SubnetId') ?? values.SubnetId],
      groups: part(first, 'GroupSet') ?? values.SecurityGroupIds,
      address: part(first, 'PrivateIpAddress') ?? values.PrivateIpAddress,
      publicAddress: associates === undefined ? 'maps' : !isFalse(associates),
    };
  },
  'AWS::EC2::NetworkInterface': ({ SubnetId: subnet, GroupSet: groups, PrivateIpAddress: address }) => ({ subnets: [subnet], groups, address, publicAddress: false }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Subnets: subnets, SubnetMappings: mappings, SecurityGroups: groups, Scheme: scheme, Type: type }) => ({
    subnets: subnets ?? (Array.isArray(mappings) ? mappings.map((mapping) => mapping?.SubnetId) : mappings),
    // Without groups its type decides whether anything filters.
    groups: groups ?? (isKnown(type) ? undefined : type),
    publicAddress: scheme !== 'internal',
    isOpenWithoutGroups: type === 'network' || type === 'gateway',
  }),
  'AWS::ElasticLoadBalancing::LoadBalancer': ({ Subnets: subnets, SecurityGroups: groups, Scheme: scheme }) => ({ subnets, groups, publicAddress: scheme !== 'internal' }),
  'AWS::RDS::DBInstance': (values, reading) => {
    const cluster = reading.resources.byId(values.DBClusterIdentifier, 'AWS::RDS::DBCluster')?.values;
    return {
      subnets: subnetGroup(values.DBSubnetGroupName ?? cluster?.DBSubnetGroupName, reading),
      groups: values.VPCSecurityGroups ?? cluster?.VpcSecurityGroupIds,
      publicAddress: databaseAddress(values.PubliclyAccessible),
    };
  },
  'AWS::RDS::DBCluster': (values, reading) => ({ subnets: subnetGroup(values.DBSubnetGroupName, reading), groups: values.VpcSecurityGroupIds, publicAddress: databaseAddress(values.PubliclyAccessible) }),
  'AWS::RDS::DBProxy': ({ VpcSubnetIds: subnets, VpcSecurityGroupIds: groups }) => ({ subnets, groups, publicAddress: false }),
  'AWS::Lambda::Function': ({ VpcConfig: config }) => config && { subnets: part(config, 'SubnetIds'), groups: part(config, 'SecurityGroupIds'), publicAddress: false },
  'AWS::ECS::Service': ({ NetworkConfiguration: network }) => {
    const config = part(network, 'AwsvpcConfiguration');
    const assigns = part(config, 'AssignPublicIp');
    return config && { subnets: part(config, 'Subnets'), groups: part(config, 'SecurityGroups'), publicAddress: assigns !== undefined && assigns !== 'DISABLED' };
  },
  'AWS::AutoScaling::AutoScalingGroup': (values, reading) => {
    const subnets = values.VPCZoneIdentifier;
    const launch = values.LaunchTemplate ?? part(part(values.MixedInstancesPolicy, 'LaunchTemplate'), 'LaunchTemplateSpecification');
    const template = reading.resources.byId(part(launch, 'LaunchTemplateId'), 'AWS::EC2::LaunchTemplate')?.value('LaunchTemplateData');
    const configuration = reading.resources.byId(values.LaunchConfigurationName, 'AWS::AutoScaling::LaunchConfiguration')?.values;
    // What is not in the assembly may give public addresses.
    if (template === undefined && configuration === undefined) return { subnets, groups: ['?'], publicAddress: true };
    const first = part(part(template, 'NetworkInterfaces'), 0);
    const associates = part(first, 'AssociatePublicIpAddress') ?? configuration?.AssociatePublicIpAddress;
    return { subnets, groups: part(first, 'Groups') ?? part(template, 'SecurityGroupIds') ?? configuration?.SecurityGroups ?? ['?'], publicAddress: associates === undefined ? 'maps' : !isFalse(associates) };
  },
  'AWS::EKS::Cluster': ({ ResourcesVpcConfig: config }) => config && { subnets: part(config, 'SubnetIds'), groups: part(config, 'SecurityGroupIds') ?? ['?'], publicAddress: false },
  'AWS::EFS::MountTarget': ({ SubnetId: subnet, SecurityGroups: groups, IpAddress: address }) => ({ subnets: [subnet], groups, address, publicAddress: false }),
  'AWS::ElastiCache::ServerlessCache': ({ SubnetIds: subnets, SecurityGroupIds: groups }) => ({ subnets, groups, publicAddress: false }),
  'AWS::CodeBuild::Project': ({ VpcConfig: config }) => config && { subnets: part(config, 'Subnets'), groups: part(config, 'SecurityGroupIds'), publicAddress: false },
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
  if (!placement) return;
  const subnets = listOf(placement.subnets).filter((id) => reading.subnets.has(id));
  const vpc = reading.vpcOf(subnets[0]);
  tellWhere(resource, placement, vpc?.id, elastic, reading);
  if (!vpc) return;
  const { address, publicAddress } = placement;
  const maps = subnets.some((id) => reading.subnets.get(id)!.isPublicAddressPossible);
  const one: Draft<NetworkInterface> = {
    ...reading.part(resource),
    type: resource.type,
    subnets,
    ...(typeof address === 'string' ? { address } : {}),
    securityGroups: groupsOf(resource, placement, vpc.id, reading),
    hasPublicAddress: elastic.has(resource.id) || (publicAddress === 'maps' ? maps : publicAddress === 'gateway' ? vpc.internetGateway !== undefined : publicAddress),
  };
  vpc.interfaces.push(one);
  reading.own(one.id, vpc);
}

/** Whoever is in a subnet that is not known changes no way; but the internet may reach the subnet by a public address. */
function tellWhere(resource: NetworkResource, { subnets, publicAddress }: Placement, vpcId: string | undefined, elastic: ReadonlySet<string>, reading: Reading): void {
  if (subnets === undefined || isKnown(subnets)) return;
  const mayBePublic = elastic.has(resource.id) || publicAddress === true || publicAddress === 'gateway';
  reading.resources.gap(resource, `where it is, is not known: ${unknownPart(subnets)}`, !mayBePublic ? [] : vpcId === undefined ? 'place' : [vpcId], true);
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
    for (const property of ['InstanceId', 'NetworkInterfaceId']) {
      const id = resource.value(property);
      if (typeof id === 'string') found.add(id);
      else if (id !== undefined) reading.resources.gap(resource, `whose address it is, is not known: ${unknownPart(id)}`, 'place', true);
    }
  }
  return found;
}

function subnetGroup(name: any, reading: Reading): any {
  if (name !== undefined && !isKnown(name)) return name;
  return reading.resources.byId(name, 'AWS::RDS::DBSubnetGroup')?.value('SubnetIds');
}

/**
 * Without a word, AWS's references disagree: private where there is a subnet group, or public where the VPC has an internet gateway. It may be public then.
 * Source: CreateDBInstance, PubliclyAccessible, of https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ and of the SDKs (read 2026-11-23).
 */
function databaseAddress(given: any): boolean | 'gateway' {
  return given === undefined ? 'gateway' : !isFalse(given);
}

/** What stands in a value by a name or a place; of a value that is not known, that itself. */
function part(value: any, key: string | number): any {
  return value instanceof Unknown || value instanceof Reference ? value : value?.[key];
}

function listOf(value: any): string[] {
  if (typeof value === 'string') return value.split(',');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isFalse(value: any): boolean {
  return value === false || value === 'false';
}
