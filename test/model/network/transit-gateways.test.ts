import { id, Sketch, stackOf, topologyOf, topologyOfOne, transitRoutesOf, unknownsOf } from './reading';

const ref = (name: string) => ({ Ref: name });
const closed = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' };
const VPCS: Sketch = {
  A: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }],
  SubnetA: ['EC2::Subnet', { VpcId: ref('A'), AvailabilityZoneId: 'euw1-az1', CidrBlock: '10.0.0.0/28' }],
  B: ['EC2::VPC', { CidrBlock: '10.1.0.0/16' }],
  SubnetB: ['EC2::Subnet', { VpcId: ref('B'), AvailabilityZoneId: 'euw1-az1', CidrBlock: '10.1.0.0/28' }],
  AttachA: ['EC2::TransitGatewayAttachment', { TransitGatewayId: ref('Tgw'), VpcId: ref('A'), SubnetIds: [ref('SubnetA')], Options: { ApplianceModeSupport: 'enable' } }],
  AttachB: ['EC2::TransitGatewayVpcAttachment', { TransitGatewayId: ref('Tgw'), VpcId: ref('B'), SubnetIds: [ref('SubnetB'), 'subnet-old'], RemoveSubnetIds: ['subnet-old'] }],
};

test('a gateway that is left as it is: all attachments in one table, which learns all', () => {
  const { gateways: [tgw], attachments, unknowns } = topologyOfOne({ Tgw: ['EC2::TransitGateway'], ...VPCS });
  const table = `${id('Tgw')}#default`;
  expect(tgw).toMatchObject({ id: id('Tgw'), kind: 'transit-gateway', account: '111111111111', region: 'eu-west-1', tables: [{ id: table, propagations: [id('AttachA'), id('AttachB')] }] });
  expect(attachments).toEqual([
    expect.objectContaining({ id: id('AttachA'), gateway: id('Tgw'), table, link: { kind: 'vpc', vpc: id('A'), subnets: [id('SubnetA')], isApplianceMode: true } }),
    expect.objectContaining({ id: id('AttachB'), gateway: id('Tgw'), table, link: { kind: 'vpc', vpc: id('B'), subnets: [id('SubnetB')], isApplianceMode: false } }),
  ]);
  expect(unknowns).toEqual([]);
});

test('a closed gateway: what is associated, propagated and routed is what templates say', () => {
  const { gateways: [tgw], attachments } = topologyOfOne({
    Tgw: ['EC2::TransitGateway', closed],
    ...VPCS,
    Prod: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }, { Metadata: { 'cdk-landing-zone': { segment: 'prod' } } }],
    Shared: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: { 'Fn::GetAtt': ['Tgw', 'Id'] } }],
    AssociateA: ['EC2::TransitGatewayRouteTableAssociation', { TransitGatewayRouteTableId: ref('Prod'), TransitGatewayAttachmentId: ref('AttachA') }],
    PropagateB: ['EC2::TransitGatewayRouteTablePropagation', { TransitGatewayRouteTableId: ref('Prod'), TransitGatewayAttachmentId: { 'Fn::GetAtt': ['AttachB', 'Id'] } }],
    Static: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: ref('Prod'), DestinationCidrBlock: '10.1.0.0/17', TransitGatewayAttachmentId: ref('AttachB') }],
    Hole: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: ref('Prod'), DestinationCidrBlock: '10.0.0.0/8', Blackhole: 'true' }],
  });
  expect(tgw!.tables).toEqual([
    expect.objectContaining({ id: id('Prod'), segment: 'prod', propagations: [id('AttachB')] }), expect.objectContaining({ id: id('Shared'), propagations: [] }),
  ]);
  expect(transitRoutesOf(tgw!.tables[0])).toEqual([`10.1.0.0/17 -> ${id('AttachB')}`, '10.0.0.0/8 -> black hole']);
  expect(attachments.map(({ table }) => table)).toEqual([id('Prod'), undefined]);
});

test('default tables of its own choice, which may be elsewhere', () => {
  const chosen = (table: any) => topologyOfOne({
    Tgw: ['EC2::TransitGateway', { AssociationDefaultRouteTableId: table, DefaultRouteTablePropagation: 'disable' }], ...VPCS, Own: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }],
  });
  expect(chosen(ref('Own')).attachments.map(({ table }) => table)).toEqual([id('Own'), id('Own')]);
  const { attachments, unknowns } = chosen('tgw-rtb-1');
  expect(attachments.map(({ table }) => table)).toEqual([undefined, undefined]);
  expect(unknowns).toEqual([expect.objectContaining({ what: 'AWS::EC2::TransitGateway Tgw: the assembly does not have its default table tgw-rtb-1', affects: [id('Tgw')] })]);
});

describe('peerings of gateways', () => {
  const west = stackOf('West', { Tgw: ['EC2::TransitGateway', closed], Table: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }] });
  const east = stackOf('East', {
    Tgw: ['EC2::TransitGateway', closed],
    Table: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }],
    Associate: ['EC2::TransitGatewayRouteTableAssociation', { TransitGatewayRouteTableId: ref('Table'), TransitGatewayAttachmentId: { 'Fn::GetStackOutput': { StackName: 'Peering', OutputName: 'Id', Region: 'eu-west-1' } } }],
    Route: ['EC2::TransitGatewayRoute', {
      TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: '10.0.0.0/11', TransitGatewayAttachmentId: { 'Fn::GetStackOutput': { StackName: 'Peering', OutputName: 'Id', Region: 'eu-west-1' } },
    }],
  }, { region: 'us-east-1', template: { Outputs: { Tgw: { Value: ref('Tgw') } } } });
  const output = (StackName: string, OutputName: string, Region?: string) => ({ 'Fn::GetStackOutput': { StackName, OutputName, ...(Region === undefined ? {} : { Region }) } });
  const peering = (peer: any) => stackOf('Peering', {
    Peering: ['EC2::TransitGatewayPeeringAttachment', { TransitGatewayId: output('West', 'Tgw'), PeerTransitGatewayId: peer, PeerAccountId: '111111111111', PeerRegion: 'us-east-1' }],
    Route: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: output('West', 'Table'), DestinationCidrBlock: '10.32.0.0/11', TransitGatewayAttachmentId: { 'Fn::GetAtt': ['Peering', 'TransitGatewayAttachmentId'] } }],
  }, { template: { Outputs: { Id: { Value: { 'Fn::GetAtt': ['Peering', 'TransitGatewayAttachmentId'] } } } } });
  const outputs = { Outputs: { Tgw: { Value: ref('Tgw') }, Table: { Value: ref('Table') } } };
  const [here, there] = [{ ...west, template: { ...west.template, ...outputs } }, east];
  const own = id('Peering', 'Peering');

  test('have two ends with one id: the table says which is meant', () => {
    const { attachments, gateways, unknowns } = topologyOf(here, there, peering(output('East', 'Tgw', 'us-east-1')));
    expect(attachments).toEqual([
      expect.objectContaining({ id: own, gateway: id('Tgw', 'West'), link: { kind: 'peering', peer: `${own}#peer` } }),
      expect.objectContaining({ id: `${own}#peer`, gateway: id('Tgw', 'East', undefined, 'us-east-1'), table: id('Table', 'East', undefined, 'us-east-1'), link: { kind: 'peering', peer: own } }),
    ]);
    expect(gateways.map(({ tables }) => tables.flatMap(transitRoutesOf))).toEqual([[`10.32.0.0/11 -> ${own}`], [`10.0.0.0/11 -> ${own}#peer`]]);
    expect(unknowns).toEqual([]);
  });

  test('with a gateway elsewhere lead outside', () => {
    const { attachments, outsides } = topologyOf(here, peering('tgw-1'));
    expect(attachments).toEqual([expect.objectContaining({ id: own, link: { kind: 'connect', outside: `${own}#outside` } })]);
    expect(outsides).toEqual([expect.objectContaining({ id: `${own}#outside`, name: 'gateway tgw-1, which the assembly does not have', ranges: [], mayAnnounceMore: true })]);
  });
});

test('what is attached from a VPC elsewhere is outside', () => {
  const { attachments, outsides } = topologyOfOne({ Tgw: ['EC2::TransitGateway'], Attach: ['EC2::TransitGatewayAttachment', { TransitGatewayId: ref('Tgw'), VpcId: 'vpc-1', SubnetIds: ['subnet-1'] }] });
  expect(attachments).toEqual([expect.objectContaining({ link: { kind: 'connect', outside: `${id('Attach')}#outside` } })]);
  expect(outsides).toEqual([expect.objectContaining({ name: 'VPC vpc-1, which the assembly does not have', mayAnnounceMore: true })]);
});

test('what cannot be told of a table names the gateway', () => {
  const topology = topologyOfOne({
    Tgw: ['EC2::TransitGateway', closed],
    Table: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }],
    Associate: ['EC2::TransitGatewayRouteTableAssociation', { TransitGatewayRouteTableId: ref('Table'), TransitGatewayAttachmentId: 'tgw-attach-1' }],
    Route: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: { 'Fn::ImportValue': 'x' }, Blackhole: true }],
    Odd: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: '10.0.0.0/8' }],
  });
  expect(topology.unknowns.map(({ what, affects }) => [what, affects])).toEqual([
    ['AWS::EC2::TransitGatewayRouteTableAssociation Associate: the assembly does not have attachment tgw-attach-1', [id('Tgw')]],
    [expect.stringContaining('DestinationCidrBlock is not known: Fn::ImportValue x'), [id('Table')]],
    ['AWS::EC2::TransitGatewayRoute Odd: it has neither an attachment nor a black hole', [id('Table')]],
  ]);
});

describe('networks behind VPN and Direct Connect', () => {
  const vpn = (props: object, metadata: object = {}, more: Sketch = {}) => topologyOfOne({
    Tgw: ['EC2::TransitGateway'], Vpn: ['EC2::VPNConnection', { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1', TransitGatewayId: ref('Tgw'), ...props }, { Metadata: metadata }], ...more,
  });

  test('announce what they like', () => {
    const { outsides, attachments, gateways } = vpn({});
    expect(outsides).toEqual([expect.objectContaining({ id: id('Vpn'), ranges: [], mayAnnounceMore: true })]);
    expect(attachments).toEqual([expect.objectContaining({ id: `${id('Vpn')}#attachment`, link: { kind: 'vpn', outside: id('Vpn') } })]);
    expect(gateways[0]!.tables[0]!.propagations).toEqual([`${id('Vpn')}#attachment`]);
  });

  test('announce what is declared', () => {
    expect(vpn({}, { 'cdk-landing-zone': { ranges: ['192.168.0.0/16'] } }).outsides).toEqual([expect.objectContaining({ ranges: ['192.168.0.0/16'], mayAnnounceMore: false })]);
  });

  test('have static routes only', () => {
    const { outsides } = vpn({ StaticRoutesOnly: true }, {}, { Route: ['EC2::VPNConnectionRoute', { VpnConnectionId: ref('Vpn'), DestinationCidrBlock: '192.168.7.0/24' }] });
    expect(outsides).toEqual([expect.objectContaining({ ranges: ['192.168.7.0/24'], mayAnnounceMore: false })]);
  });

  test('are behind a VPN gateway of a VPC, which tells tables', () => {
    const { vpcs: [vpc], outsides } = topologyOfOne({
      Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }], Table: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
      Vgw: ['EC2::VPNGateway', { Type: 'ipsec.1' }], Attach: ['EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), VpnGatewayId: ref('Vgw') }],
      Vpn: ['EC2::VPNConnection', { Type: 'ipsec.1', CustomerGatewayId: 'cgw-1', VpnGatewayId: ref('Vgw'), StaticRoutesOnly: true }],
      Route: ['EC2::VPNConnectionRoute', { VpnConnectionId: ref('Vpn'), DestinationCidrBlock: '192.168.0.0/16' }],
      Propagate: ['EC2::VPNGatewayRoutePropagation', { VpnGatewayId: ref('Vgw'), RouteTableIds: [ref('Table')] }],
    });
    expect(outsides).toEqual([expect.objectContaining({ id: id('Vgw'), ranges: ['192.168.0.0/16'], mayAnnounceMore: false })]);
    expect(vpc!.routeTables[1]!.routes[1]).toMatchObject({ destinations: ['192.168.0.0/16'], target: { kind: 'vpn-gateway', outside: id('Vgw') }, isPropagated: true });
  });

  test('are behind a Direct Connect gateway', () => {
    const { outsides, attachments } = topologyOfOne({
      Tgw: ['EC2::TransitGateway'], Dx: ['DirectConnect::DirectConnectGateway', { DirectConnectGatewayName: 'dx' }],
      Associate: ['DirectConnect::DirectConnectGatewayAssociation', { DirectConnectGatewayId: { 'Fn::GetAtt': ['Dx', 'DirectConnectGatewayId'] }, AssociatedGatewayId: ref('Tgw') }],
    });
    expect(outsides).toEqual([expect.objectContaining({ id: id('Dx'), mayAnnounceMore: true })]);
    expect(attachments).toEqual([expect.objectContaining({ link: { kind: 'direct-connect', outside: id('Dx') } })]);
  });

  test('are reached by Connect, over another attachment', () => {
    const { attachments } = topologyOfOne({ Tgw: ['EC2::TransitGateway'], ...VPCS, Connect: ['EC2::TransitGatewayConnect', { TransportTransitGatewayAttachmentId: ref('AttachA'), Options: { Protocol: 'gre' } }] });
    expect(attachments[2]).toMatchObject({ id: id('Connect'), gateway: id('Tgw'), link: { kind: 'connect', outside: id('Connect') } });
  });
});

test('attachments and tables of gateways elsewhere say nothing', () => {
  expect(unknownsOf(topologyOfOne({ ...VPCS, AttachA: ['EC2::TransitGatewayAttachment', { TransitGatewayId: 'tgw-1', VpcId: ref('A'), SubnetIds: [ref('SubnetA')] }], AttachB: ['EC2::InternetGateway'] }))).toEqual([]);
});
