import { NetworkResource } from './network-resources';
import { Draft, Reading } from './reading';
import { addTable } from './vpcs';
import { NatGateway, Route, Vpc } from '../../analysis/network/topology';

/** Internet gateways, NAT gateways and peerings. */
export function readVpcGateways(reading: Reading): void {
  const { resources } = reading;
  for (const resource of resources.of('AWS::EC2::VPCGatewayAttachment')) {
    const vpc = reading.vpcNamed(resource);
    const gateway = resources.text(resource, 'InternetGatewayId', vpc ? [vpc.id] : 'place');
    if (!vpc || gateway === undefined) continue;
    vpc.internetGateway = gateway;
    reading.own(gateway, vpc);
  }
  for (const resource of resources.of('AWS::EC2::EgressOnlyInternetGateway')) {
    const vpc = reading.vpcNamed(resource);
    if (vpc) reading.own(resource.id, vpc);
  }
  for (const resource of resources.of('AWS::EC2::NatGateway')) addNat(resource, reading);
  for (const resource of resources.of('AWS::EC2::VPCPeeringConnection')) addPeering(resource, reading);
}

/** A zonal gateway is in a subnet, a regional one in a VPC. */
function addNat(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const isRegional = resources.text(resource, 'AvailabilityMode') === 'regional';
  const subnet = isRegional ? undefined : resources.text(resource, 'SubnetId');
  const vpc = isRegional ? reading.vpcNamed(resource) : reading.vpcOf(subnet);
  if (!vpc) return;
  const nat: Draft<NatGateway> = { ...reading.part(resource), isPublic: resources.text(resource, 'ConnectivityType', [vpc.id]) !== 'private' };
  if (subnet !== undefined) nat.subnet = subnet;
  if (isRegional) makeRegional(nat, resource, vpc, reading);
  vpc.natGateways.push(nat);
  reading.own(nat.id, vpc);
}

/** Its own table has a route to the internet gateway from the beginning (Amazon VPC, "Regional NAT gateways", read 2026-11-23). */
function makeRegional(nat: Draft<NatGateway>, resource: NetworkResource, vpc: Draft<Vpc>, reading: Reading): void {
  const zones = resource.value('AvailabilityZoneAddresses');
  if (zones !== undefined && !(Array.isArray(zones) && zones.length === 0)) {
    const names = Array.isArray(zones) ? zones.map((zone) => zone?.AvailabilityZoneId ?? zone?.AvailabilityZone) : [zones];
    if (names.every((name) => typeof name === 'string')) nat.zones = names;
    else reading.resources.gap(resource, 'its Availability Zones are not known', [vpc.id]);
  }
  const out: Route[] = vpc.internetGateway === undefined ? []
    : [{ destinations: ['0.0.0.0/0'], target: { kind: 'internet-gateway', gateway: vpc.internetGateway }, origin: nat.origin! }];
  nat.routeTable = `${nat.id}#table`;
  addTable({ id: nat.routeTable, name: `table of ${nat.name}`, origin: nat.origin!, routes: out }, vpc, reading);
}

function addPeering(resource: NetworkResource, reading: Reading): void {
  const { resources } = reading;
  const one = reading.vpcNamed(resource);
  const other = reading.vpcNamed(resource, 'PeerVpcId');
  if (one && other) reading.peerings.push({ ...reading.part(resource), vpcs: [one.id, other.id] });
  else if (one ?? other) resources.gap(resource, `the assembly does not have ${one ? 'its other VPC' : 'the VPC that asks'}`, [(one ?? other)!.id], true);
}
