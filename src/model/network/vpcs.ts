import { normalBlock, without } from './address-blocks';
import { blocksOfPool } from './address-pools';
import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { RouteTable, Subnet, Vpc } from '../../analysis/network/topology';

/** What the L2 of CDK tags subnets with, as uses. */
const CDK_TIERS: { readonly [type: string]: string } = { Public: 'public', Private: 'private', Isolated: 'isolated' };

/** VPCs with their addresses, subnets and route tables; routes come later. */
export function readVpcs(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::VPC')) reading.vpcs.set(resource.id, vpcOf(resource, reading));
  for (const resource of resources.of('AWS::EC2::VPCCidrBlock')) addBlock(resource, reading);
  for (const resource of resources.of('AWS::EC2::RouteTable')) {
    const vpc = reading.vpcNamed(resource);
    if (vpc) addTable({ ...reading.part(resource), routes: [] }, vpc, reading);
  }
  for (const resource of resources.of('AWS::EC2::Subnet')) addSubnet(resource, reading);
  placeSubnets(reading);
  for (const resource of resources.of('AWS::EC2::SubnetCidrBlock')) addSubnetBlock(resource, reading);
  for (const resource of resources.of('AWS::EC2::SubnetRouteTableAssociation')) associate(resource, reading);
  for (const vpc of reading.vpcs.values()) compareZones(vpc, reading);
}

/** Adds a table that belongs to a VPC. */
export function addTable(table: Draft<RouteTable>, vpc: Draft<Vpc>, reading: Reading): void {
  vpc.routeTables.push(table);
  reading.tables.set(table.id, table);
  reading.own(table.id, vpc);
}

function vpcOf(resource: NetworkResource, reading: Reading): Draft<Vpc> {
  const { mark } = resource;
  const vpc: Draft<Vpc> = {
    ...reading.part(resource),
    account: resource.account,
    region: resource.region,
    ...(mark.segment !== undefined ? { segment: mark.segment } : {}),
    ranges: [], subnets: [], routeTables: [], networkAcls: [], natGateways: [], endpoints: [], interfaces: [],
  };
  const cidr = reading.resources.text(resource, 'CidrBlock', [resource.id]);
  if (cidr !== undefined) {
    vpc.ranges = blockOf(cidr, resource, reading, vpc.id);
  } else if (resource.raw('Ipv4IpamPoolId') !== undefined) {
    choosePooled(vpc, resource, mark.pool, reading);
  }
  // AWS makes the main table with the VPC; no type of CloudFormation changes it.
  addTable({ id: `${vpc.id}#main`, name: `main table of ${vpc.name}`, origin: vpc.origin, routes: [] }, vpc, reading);
  return vpc;
}

function choosePooled(vpc: Draft<Vpc>, resource: NetworkResource, marked: readonly string[] | undefined, reading: Reading): void {
  const { resources } = reading;
  const poolId = resource.value('Ipv4IpamPoolId');
  const pool = typeof poolId === 'string' ? resources.byId(poolId, 'AWS::EC2::IPAMPool') : undefined;
  const blocks = marked ?? (pool ? blocksOfPool(pool.id, resources) : undefined);
  if (!blocks) {
    resources.gap(resource, 'the addresses of its IPAM pool are not known', 'all');
    return;
  }
  const length = Number(resource.value('Ipv4NetmaskLength') ?? pool?.value('AllocationDefaultNetmaskLength'));
  vpc.ranges = [...blocks];
  // A pool of that one block leaves no choice. Without a length: AWS's shortest prefix of a VPC, the most that it may get.
  if (blocks.length !== 1 || !blocks[0]!.endsWith(`/${length}`)) vpc.pooledPrefix = Number.isInteger(length) ? length : 16;
}

function addBlock(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const vpc = reading.vpcNamed(resource);
  if (!vpc) return;
  const owner = resources.byId(vpc.id)!;
  const given = resources.text(resource, 'CidrBlock', [vpc.id]) ?? resources.text(resource, 'Ipv6CidrBlock', [vpc.id]);
  if (given !== undefined) {
    vpc.ranges.push(...blockOf(given, resource, reading, vpc.id));
  } else if (resource.raw('AmazonProvidedIpv6CidrBlock') !== undefined || resource.raw('Ipv6IpamPoolId') !== undefined) {
    // Not known whether AWS gives one: then as if it did.
    resources.text(resource, 'AmazonProvidedIpv6CidrBlock', [vpc.id]);
    const blocks: string[] = owner.attribute('Ipv6CidrBlocks') ?? [];
    vpc.ranges.push(...blocks.filter((block) => !vpc.ranges.includes(block)));
  } else if (resource.raw('Ipv4IpamPoolId') !== undefined) {
    const poolId = resource.value('Ipv4IpamPoolId');
    const blocks = typeof poolId === 'string' ? blocksOfPool(poolId, resources) : undefined;
    if (!blocks) resources.gap(resource, 'the addresses of its IPAM pool are not known', 'all');
    else vpc.ranges.push(...blocks);
    vpc.pooledPrefix ??= Number(resource.value('Ipv4NetmaskLength') ?? 16);
  } else {
    resources.gap(resource, 'its addresses are not known', 'all');
  }
}

function addSubnet(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const vpc = reading.vpcNamed(resource);
  if (!vpc) return;
  const tier = resource.mark.tier ?? CDK_TIERS[resource.tag('aws-cdk:subnet-type') ?? ''];
  const subnet: Draft<Subnet> = {
    ...reading.part(resource),
    zone: zoneOf(resource, vpc, reading),
    ...(tier !== undefined ? { tier } : {}),
    ranges: subnetRanges(resource, vpc, reading),
    routeTable: `${vpc.id}#main`,
    publicAccess: 'both',
    isPublicAddressPossible: ![undefined, false, 'false'].includes(resource.value('MapPublicIpOnLaunch')),
  };
  if (resource.raw('OutpostArn') !== undefined) resources.gap(resource, 'a subnet of an Outpost, whose local gateway may route', [vpc.id]);
  vpc.subnets.push(subnet);
  reading.subnets.set(subnet.id, subnet);
  reading.own(subnet.id, vpc);
}

function zoneOf(resource: NetworkResource, vpc: Draft<Vpc>, reading: Reading): string {
  const zone = reading.resources.text(resource, 'AvailabilityZoneId', [vpc.id]) ?? reading.resources.text(resource, 'AvailabilityZone', [vpc.id]);
  if (zone !== undefined) return zone;
  if (resource.raw('AvailabilityZone') === undefined && resource.raw('AvailabilityZoneId') === undefined) reading.resources.gap(resource, 'AWS chooses its Availability Zone', [vpc.id]);
  return `zone of ${resource.id}`;
}

function subnetRanges(resource: NetworkResource, vpc: Draft<Vpc>, reading: Reading): string[] {
  const { resources } = reading;
  const ranges: string[] = [];
  const isV4 = (block: string) => !block.includes(':');
  const v4 = resource.value('CidrBlock');
  if (typeof v4 === 'string') {
    ranges.push(...blockOf(v4, resource, reading, vpc.id));
  } else if (v4 !== undefined || resource.raw('Ipv4IpamPoolId') !== undefined) {
    // Of a pooled VPC it is a part of what the VPC gets.
    if (vpc.pooledPrefix === undefined) resources.text(resource, 'CidrBlock', [vpc.id]);
    ranges.push(...vpc.ranges.filter(isV4));
  }
  const v6 = resources.text(resource, 'Ipv6CidrBlock', [vpc.id]);
  if (v6 !== undefined) ranges.push(...blockOf(v6, resource, reading, vpc.id));
  else if (resource.raw('Ipv6CidrBlock') !== undefined || resource.raw('Ipv6IpamPoolId') !== undefined) ranges.push(...vpc.ranges.filter((block) => !isV4(block)));
  return ranges;
}

/**
 * Subnets that get their block out of their VPC's: stand-ins beside each other, the largest first. Which block AWS chooses makes no difference to rules that do not tell addresses within the
 * VPC apart.
 */
function placeSubnets(reading: Reading): void {
  const waiting = reading.resources.of('AWS::EC2::Subnet').flatMap((resource) => {
    const [vpc, length] = [reading.vpcOf(resource.id), Number(resource.value('Ipv4NetmaskLength'))];
    return vpc && vpc.pooledPrefix === undefined && resource.raw('Ipv4IpamPoolId') !== undefined && Number.isInteger(length) ? [{ subnet: reading.subnets.get(resource.id)!, vpc, length }] : [];
  }).sort((one, other) => one.length - other.length);
  const open = new Set(waiting.map(({ subnet }) => subnet));
  for (const { subnet, vpc, length } of waiting) {
    const taken = (vpc.subnets as Draft<Subnet>[]).filter((other) => !open.has(other)).flatMap(({ ranges }) => ranges);
    const free = without(vpc.ranges.filter((range) => !range.includes(':')), taken).find((block) => Number(block.split('/')[1]) <= length);
    open.delete(subnet);
    if (free !== undefined) subnet.ranges = [`${free.split('/')[0]}/${length}`, ...subnet.ranges.filter((range) => range.includes(':'))];
  }
}

function addSubnetBlock(resource: NetworkResource, reading: Reading): void {
  const subnet = reading.subnets.get(reading.resources.text(resource, 'SubnetId') ?? '');
  const vpc = reading.vpcOf(subnet?.id);
  if (!subnet || !vpc) return;
  const block = reading.resources.text(resource, 'Ipv6CidrBlock', [vpc.id]);
  const blocks = block !== undefined ? blockOf(block, resource, reading, vpc.id) : vpc.ranges.filter((range) => range.includes(':'));
  subnet.ranges.push(...blocks.filter((one) => !subnet.ranges.includes(one)));
}

function associate(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const tableId = resources.text(resource, 'RouteTableId');
  const subnetId = resources.text(resource, 'SubnetId', reading.vpcOf(tableId) ? [reading.vpcOf(tableId)!.id] : 'place');
  const subnet = reading.subnets.get(subnetId ?? '');
  const vpc = reading.vpcOf(subnetId);
  if (!subnet || !vpc) return;
  if (tableId !== undefined && reading.tables.has(tableId)) {
    subnet.routeTable = tableId;
    return;
  }
  const what = tableId === undefined ? 'a table that is not known' : `table ${tableId}, which the assembly does not have`;
  const stranger: RouteTable = { id: `${subnet.id}#table`, name: `${what} of ${subnet.name}`, routes: [{ destinations: ['0.0.0.0/0', '::/0'], target: { kind: 'unknown', what } }] };
  addTable(stranger as Draft<RouteTable>, vpc, reading);
  resources.gap(resource, `routes by ${what}`, [vpc.id]);
  subnet.routeTable = stranger.id;
}

/** Zones by id, by name and by their place in `Fn::GetAZs` cannot be compared. */
function compareZones(vpc: Draft<Vpc>, reading: Reading): void {
  const kinds = new Set(vpc.subnets.filter(({ zone }) => !zone.startsWith('zone of ')).map(({ zone }) => (/\[\d\]$/.test(zone) ? 'place in Fn::GetAZs' : /^[a-z]+\d-/.test(zone) ? 'id' : 'name')));
  if (kinds.size > 1) reading.resources.gap(reading.resources.byId(vpc.id)!, `which of its subnets share a zone: they name zones by ${[...kinds].join(' and by ')}`, [vpc.id]);
}

function blockOf(text: string, resource: NetworkResource, reading: Reading, affected: string): string[] {
  const block = normalBlock(text);
  if (block === undefined) reading.resources.gap(resource, `${JSON.stringify(text)} is no block of addresses`, [affected]);
  return block === undefined ? [] : [block];
}
