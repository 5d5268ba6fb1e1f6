import { id, routesOf, Sketch, topologyOfOne, unknownsOf } from './reading';

const ref = (name: string) => ({ Ref: name });
const ROUTED: Sketch = {
  Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }],
  Other: ['EC2::VPC', { CidrBlock: '10.1.0.0/16' }],
  Subnet: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/24' }],
  Table: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
};

/** Routes of the table, and what is not known, with one route more. */
function routed(route: object, more: Sketch = {}) {
  const topology = topologyOfOne({ ...ROUTED, ...more, Route: ['EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', ...route }] });
  return { routes: routesOf(topology.vpcs[0]!.routeTables.find(({ id: table }) => table === id('Table'))).slice(1), unknowns: unknownsOf(topology), topology };
}

describe('targets', () => {
  test.each<[string, object, Sketch, string]>([
    ['an internet gateway', { GatewayId: ref('Gateway') }, { Gateway: ['EC2::InternetGateway'] }, `internet-gateway ${id('Gateway')}`],
    ['a transit gateway', { TransitGatewayId: ref('Tgw') }, { Tgw: ['EC2::TransitGateway'] }, `transit-gateway ${id('Tgw')}`],
    ['a transit gateway elsewhere', { TransitGatewayId: 'tgw-1' }, {}, 'unknown gateway tgw-1, which the assembly does not have'],
    ['a NAT gateway', { NatGatewayId: ref('Nat') }, { Nat: ['EC2::NatGateway', { SubnetId: ref('Subnet') }] }, `nat-gateway ${id('Nat')}`],
    ['a NAT gateway of another VPC', { NatGatewayId: ref('Nat') }, { Nat: ['EC2::NatGateway', { VpcId: ref('Other'), AvailabilityMode: 'regional' }] }, `unknown NAT gateway ${id('Nat')}, which the assembly does not have`],
    ['an appliance', { VpcEndpointId: ref('Appliance') }, { Appliance: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'GatewayLoadBalancer', ServiceName: 'x', SubnetIds: [ref('Subnet')] }] }, `appliance-endpoint ${id('Appliance')}`],
    ['a peering', { VpcPeeringConnectionId: ref('Peering') }, { Peering: ['EC2::VPCPeeringConnection', { VpcId: ref('Vpc'), PeerVpcId: ref('Other') }] }, `peering ${id('Peering')}`],
    ['an interface', { NetworkInterfaceId: ref('Eni') }, { Eni: ['EC2::NetworkInterface', { SubnetId: ref('Subnet') }] }, `interface ${id('Eni')}`],
    ['an instance', { InstanceId: ref('Vm') }, { Vm: ['EC2::Instance', { SubnetId: ref('Subnet') }] }, `interface ${id('Vm')}`],
    ['a gateway for IPv6 out', { EgressOnlyInternetGatewayId: ref('Out') }, { Out: ['EC2::EgressOnlyInternetGateway', { VpcId: ref('Vpc') }] }, `egress-only-internet-gateway ${id('Out')}`],
    ['a VPN gateway', { GatewayId: ref('Vgw') }, {
      Vgw: ['EC2::VPNGateway', { Type: 'ipsec.1' }], Vpn: ['EC2::VPNConnection', { VpnGatewayId: ref('Vgw'), CustomerGatewayId: 'cgw-1', Type: 'ipsec.1' }],
    }, `vpn-gateway ${id('Vgw')}`],
    ['a local gateway', { LocalGatewayId: 'lgw-1' }, {}, 'unknown local gateway lgw-1'],
    ['nothing that is known', { GatewayId: { 'Fn::ImportValue': 'x' } }, {}, 'unknown GatewayId of Route: Fn::ImportValue x in stack S, which no stack of the assembly exports in its account and Region'],
    ['nothing', {}, {}, 'unknown Route has no target that is modelled'],
  ])('%s', (_, route, more, target) => {
    expect(routed(route, more).routes).toEqual([`0.0.0.0/0 -> ${target}`]);
  });
});

describe('destinations', () => {
  test('of a prefix list are its blocks', () => {
    const list: Sketch = { List: ['EC2::PrefixList', { PrefixListName: 'x', AddressFamily: 'IPv4', Entries: [{ Cidr: '10.8.0.0/14' }, { Cidr: '192.168.1.7/24' }] }], Tgw: ['EC2::TransitGateway'] };
    expect(routed({ DestinationCidrBlock: undefined, DestinationPrefixListId: { 'Fn::GetAtt': ['List', 'PrefixListId'] }, TransitGatewayId: ref('Tgw') }, list).routes).toEqual([`10.8.0.0/14 192.168.1.0/24 -> transit-gateway ${id('Tgw')}`]);
  });

  test('that are not known leave answers by the table unknown', () => {
    const { routes, topology } = routed({ DestinationCidrBlock: undefined, DestinationPrefixListId: 'pl-1', GatewayId: 'local' });
    expect(routes).toEqual(['0.0.0.0/0 ::/0 -> unknown what Route routes']);
    expect(topology.unknowns).toEqual([expect.objectContaining({ what: 'AWS::EC2::Route Route: the entries of prefix list pl-1 are not in the assembly', affects: [id('Table')] })]);
  });

  test('of IPv6', () => {
    expect(routed({ DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: ref('Out') }, { Out: ['EC2::EgressOnlyInternetGateway', { VpcId: ref('Vpc') }] }).routes)
      .toEqual([`::/0 -> egress-only-internet-gateway ${id('Out')}`]);
  });
});

test('a table outside the assembly may be the main one of any VPC of the account and Region', () => {
  const { unknowns } = topologyOfOne({ ...ROUTED, Route: ['EC2::Route', { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }] });
  expect(unknowns).toEqual([expect.objectContaining({ what: 'AWS::EC2::Route Route: the assembly does not have its table rtb-1', affects: [id('Vpc'), id('Other')] })]);
});

test('a table that routes what comes in by a gateway', () => {
  const { vpcs: [vpc], unknowns } = topologyOfOne({
    ...ROUTED,
    Gateway: ['EC2::InternetGateway'],
    Attachment: ['EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') }],
    Edge: ['EC2::GatewayRouteTableAssociation', { RouteTableId: ref('Table'), GatewayId: ref('Gateway') }],
  });
  expect(vpc).toMatchObject({ internetGateway: id('Gateway'), routeTables: [{}, { id: id('Table'), edgeOf: id('Gateway') }] });
  expect(unknowns).toEqual([]);
});

describe('NAT gateways', () => {
  test('a regional one has a table of its own, in zones that are given', () => {
    const { vpcs: [vpc] } = topologyOfOne({
      ...ROUTED,
      Gateway: ['EC2::InternetGateway'],
      Attachment: ['EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') }],
      Tgw: ['EC2::TransitGateway'],
      Nat: ['EC2::NatGateway', { VpcId: ref('Vpc'), AvailabilityMode: 'regional', AvailabilityZoneAddresses: [{ AvailabilityZoneId: 'euw1-az1', AllocationIds: ['x'] }] }],
      Back: ['EC2::Route', { RouteTableId: { 'Fn::GetAtt': ['Nat', 'RouteTableId'] }, DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: ref('Tgw') }],
    });
    expect(vpc!.natGateways).toEqual([expect.objectContaining({ id: id('Nat'), isPublic: true, routeTable: `${id('Nat')}#table`, zones: ['euw1-az1'] })]);
    expect(routesOf(vpc!.routeTables.find((table) => table.id === `${id('Nat')}#table`))).toEqual([
      '10.0.0.0/16 -> local', `0.0.0.0/0 -> internet-gateway ${id('Gateway')}`, `10.0.0.0/8 -> transit-gateway ${id('Tgw')}`,
    ]);
  });

  test('a private one translates and routes on', () => {
    const { vpcs: [vpc] } = topologyOfOne({ ...ROUTED, Nat: ['EC2::NatGateway', { SubnetId: ref('Subnet'), ConnectivityType: 'private' }] });
    expect(vpc!.natGateways).toEqual([expect.objectContaining({ subnet: id('Subnet'), isPublic: false })]);
  });
});

test('a peering with a VPC elsewhere is unknown', () => {
  const { peerings, unknowns } = topologyOfOne({ ...ROUTED, Peering: ['EC2::VPCPeeringConnection', { VpcId: ref('Vpc'), PeerVpcId: 'vpc-1', PeerOwnerId: '999999999999' }] });
  expect(peerings).toEqual([]);
  expect(unknowns).toEqual([expect.objectContaining({ affects: [id('Vpc')], what: 'AWS::EC2::VPCPeeringConnection Peering: the assembly does not have its other VPC' })]);
});
