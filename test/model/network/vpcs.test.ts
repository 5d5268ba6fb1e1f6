import { aws_ec2 as ec2, Fn } from 'aws-cdk-lib';
import { id, routesOf, tableOf, topologyOf, topologyOfApp, topologyOfOne, unknownsOf, stackOf } from './reading';

const VPC = ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }] as const;
const ref = (name: string) => ({ Ref: name });

describe('an L2 Vpc of CDK', () => {
  const { vpcs: [vpc], unknowns, securityGroups } = topologyOfApp((_, stack) => {
    new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
      restrictDefaultSecurityGroup: true,
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });
  });
  const rows = vpc!.subnets.map((subnet) => [subnet.name, subnet.zone, subnet.tier, subnet.ranges[0], subnet.isPublicAddressPossible, ...routesOf(tableOf(vpc!, subnet))]);

  test('has its subnets, each with its own table', () => {
    const gateway = vpc!.internetGateway;
    const nat = vpc!.natGateways[0]!.id;
    const s3 = vpc!.endpoints[0]!.id;
    const local = '10.0.0.0/16 -> local';
    const services = ` -> gateway-endpoint ${s3}`;
    expect(rows.map((row) => [row[0], ...row.slice(2)])).toEqual([
      ['App/Vpc/PublicSubnet1/Subnet', 'public', '10.0.0.0/19', true, local, services, `0.0.0.0/0 -> internet-gateway ${gateway}`],
      ['App/Vpc/PublicSubnet2/Subnet', 'public', '10.0.32.0/19', true, local, services, `0.0.0.0/0 -> internet-gateway ${gateway}`],
      ['App/Vpc/AppSubnet1/Subnet', 'private', '10.0.64.0/19', false, local, services, `0.0.0.0/0 -> nat-gateway ${nat}`],
      ['App/Vpc/AppSubnet2/Subnet', 'private', '10.0.96.0/19', false, local, services, `0.0.0.0/0 -> nat-gateway ${nat}`],
      ['App/Vpc/DataSubnet1/Subnet', 'isolated', '10.0.128.0/19', false, local, services],
      ['App/Vpc/DataSubnet2/Subnet', 'isolated', '10.0.160.0/19', false, local, services],
    ]);
  });

  test('has two zones, a public NAT gateway and nothing unknown', () => {
    expect(new Set(rows.map((row) => row[1])).size).toBe(2);
    expect(vpc).toMatchObject({ name: 'App/Vpc', account: '111111111111', region: 'eu-west-1', ranges: ['10.0.0.0/16'], natGateways: [{ name: 'App/Vpc/PublicSubnet1/NATGateway', isPublic: true, subnet: vpc!.subnets[0]!.id }] });
    expect(vpc!.endpoints[0]).toMatchObject({ kind: 'gateway', service: 'com.amazonaws.eu-west-1.s3' });
    expect(unknowns).toEqual([]);
  });

  test('has a default security group that lets nothing through', () => {
    expect(securityGroups).toEqual([expect.objectContaining({ id: `${vpc!.id}#default-group`, ingress: [], egress: [] })]);
  });
});

test('both stacks of addresses: IPv6 is a stand-in, each subnet a part of it', () => {
  const { vpcs: [vpc], unknowns } = topologyOfApp((_, stack) => {
    new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, ipProtocol: ec2.IpProtocol.DUAL_STACK });
  });
  const [v4, v6] = vpc!.ranges;
  expect([v4, v6]).toEqual(['10.0.0.0/16', expect.stringMatching(/^2001:db8:[0-9a-f]+:[0-9a-f]+00::\/56$/)]);
  expect(vpc!.subnets.map(({ ranges }) => ranges[1])).toEqual([v6!.replace('/56', '/64'), v6!.replace(/00::\/56/, '01::/64')]);
  expect(routesOf(tableOf(vpc!, vpc!.subnets[1]!))).toContainEqual(expect.stringMatching(/^::\/0 -> egress-only-internet-gateway /));
  expect(unknowns).toEqual([]);
});

test('subnets without an association are routed by the main table; a /56 of its own for each VPC', () => {
  const { vpcs } = topologyOfOne({
    A: [...VPC], B: ['EC2::VPC', { CidrBlock: '10.1.0.0/16' }],
    A6: ['EC2::VPCCidrBlock', { VpcId: ref('A'), AmazonProvidedIpv6CidrBlock: true }], B6: ['EC2::VPCCidrBlock', { VpcId: ref('B'), AmazonProvidedIpv6CidrBlock: true }],
    More: ['EC2::VPCCidrBlock', { VpcId: ref('A'), CidrBlock: '100.64.0.0/20' }],
    S: ['EC2::Subnet', { VpcId: ref('A'), AvailabilityZoneId: 'euw1-az1', CidrBlock: { 'Fn::Select': [3, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['A', 'CidrBlock'] }, 8, 8] }] } }],
    S6: ['EC2::SubnetCidrBlock', { SubnetId: ref('S'), Ipv6CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': [{ 'Fn::Select': [0, { 'Fn::GetAtt': ['A', 'Ipv6CidrBlocks'] }] }, 2, 64] }] } }],
  });
  const [a, b] = vpcs;
  expect(a!.ranges).toEqual(['10.0.0.0/16', expect.stringMatching(/::\/56$/), '100.64.0.0/20']);
  expect(b!.ranges[1]).not.toBe(a!.ranges[1]);
  expect(a!.subnets).toEqual([expect.objectContaining({ routeTable: `${a!.id}#main`, ranges: ['10.0.3.0/24', a!.ranges[1]!.replace(/00::\/56$/, '01::/64')], zone: 'euw1-az1' })]);
  expect(routesOf(a!.routeTables[0])).toEqual([`${a!.ranges.join(' ')} -> local`]);
});

test('zones by their place in GetAZs are the same in all subnets; mixed with names they cannot be compared', () => {
  const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
  const subnet = (AvailabilityZone: any, CidrBlock: string) => ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone, CidrBlock }] as const;
  const known = topologyOfOne({ Vpc: [...VPC], A: [...subnet(zone(0), '10.0.0.0/24')], B: [...subnet(zone(1), '10.0.1.0/24')], C: [...subnet(zone(0), '10.0.2.0/24')] });
  expect(known.vpcs[0]!.subnets.map((one) => one.zone)).toEqual(['eu-west-1[0]', 'eu-west-1[1]', 'eu-west-1[0]']);
  expect(known.unknowns).toEqual([]);
  const mixed = topologyOfOne({ Vpc: [...VPC], A: [...subnet(zone(0), '10.0.0.0/24')], B: [...subnet('eu-west-1b', '10.0.1.0/24')] });
  expect(mixed.unknowns).toEqual([expect.objectContaining({ what: expect.stringContaining('which of its subnets share a zone'), affects: [id('Vpc')] })]);
  const chosen = topologyOfOne({ Vpc: [...VPC], A: ['EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' }] });
  expect(unknownsOf(chosen)).toEqual(['AWS::EC2::Subnet A: AWS chooses its Availability Zone']);
});

describe('addresses out of a pool', () => {
  const subnet = { A: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 4, 8] }] } }] } as const;

  test('are all that the pool has', () => {
    const { vpcs: [vpc], unknowns } = topologyOfOne({
      Top: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', ProvisionedCidrs: [{ Cidr: '10.0.0.0/8' }] }],
      Pool: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', SourceIpamPoolId: ref('Top') }],
      Block: ['EC2::IPAMPoolCidr', { IpamPoolId: ref('Pool'), Cidr: '10.64.0.0/12' }],
      Vpc: ['EC2::VPC', { Ipv4IpamPoolId: ref('Pool'), Ipv4NetmaskLength: 22 }], A: [...subnet.A],
    });
    expect(vpc).toMatchObject({ ranges: ['10.64.0.0/12'], pooledPrefix: 22, subnets: [{ ranges: ['10.64.0.0/12'] }] });
    expect(unknowns).toEqual([]);
  });

  test('are those of the pool above where it asks for a length only', () => {
    const { vpcs: [vpc] } = topologyOfOne({
      Top: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', ProvisionedCidrs: [{ Cidr: '10.0.0.0/8' }] }],
      Pool: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', SourceIpamPoolId: ref('Top'), AllocationDefaultNetmaskLength: 24 }],
      Block: ['EC2::IPAMPoolCidr', { IpamPoolId: ref('Pool'), NetmaskLength: 12 }],
      Vpc: ['EC2::VPC', { Ipv4IpamPoolId: ref('Pool') }],
    });
    expect(vpc).toMatchObject({ ranges: ['10.0.0.0/8'], pooledPrefix: 24 });
  });

  test('are known where the pool has one block of that length; subnets then have stand-ins beside each other', () => {
    const pooled = (length: number) => ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', Ipv4IpamPoolId: ref('Pool'), Ipv4NetmaskLength: length }] as const;
    const { vpcs: [vpc], unknowns } = topologyOfOne({
      Pool: ['EC2::IPAMPool', { AddressFamily: 'ipv4', IpamScopeId: 'x', ProvisionedCidrs: [{ Cidr: '10.0.20.0/22' }] }],
      Vpc: ['EC2::VPC', { Ipv4IpamPoolId: ref('Pool'), Ipv4NetmaskLength: 22 }],
      Small: [...pooled(28)], Large: [...pooled(24)], Fixed: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.20.0/25' }], Other: [...pooled(24)],
    });
    expect(vpc).toMatchObject({ ranges: ['10.0.20.0/22'], subnets: [{ ranges: ['10.0.20.128/28'] }, { ranges: ['10.0.21.0/24'] }, { ranges: ['10.0.20.0/25'] }, { ranges: ['10.0.22.0/24'] }] });
    expect(vpc!.pooledPrefix).toBeUndefined();
    expect(unknowns).toEqual([]);
  });

  test('are what the mark says where the pool is elsewhere, and unknown without it', () => {
    const pooled = (metadata: object) => topologyOfOne({ Vpc: ['EC2::VPC', { Ipv4IpamPoolId: 'ipam-pool-1', Ipv4NetmaskLength: 22 }, { Metadata: { 'cdk-landing-zone': metadata } }] });
    expect(pooled({ pool: ['10.4.0.0/14'], segment: 'prod' }).vpcs[0]).toMatchObject({ ranges: ['10.4.0.0/14'], segment: 'prod', pooledPrefix: 22 });
    expect(pooled({}).unknowns).toEqual([{ what: 'AWS::EC2::VPC Vpc: the addresses of its IPAM pool are not known', origin: { template: 'S.template.json', logicalId: 'Vpc' } }]);
  });
});

test('names: the path of the construct, a Name tag, the logical id', () => {
  const { vpcs } = topologyOfOne({
    A: [...VPC, { Metadata: { 'aws:cdk:path': 'App/Network/Vpc/Resource' } }], B: ['EC2::VPC', { CidrBlock: '10.1.0.0/16', Tags: [{ Key: 'Name', Value: 'tagged' }] }], C: ['EC2::VPC', { CidrBlock: '10.2.0.0/16' }],
  });
  expect(vpcs.map(({ name }) => name)).toEqual(['App/Network/Vpc', 'tagged', 'C']);
});

test('what is written in other stacks, accounts and Regions meets by reference', () => {
  const role = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::222222222222:role/reader' };
  const { vpcs: [vpc], unknowns } = topologyOf(
    stackOf('Vpc', { Vpc: [...VPC], Subnet: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/24' }] }, {
      account: '222222222222', region: 'us-east-1', template: { Outputs: { Id: { Value: ref('Vpc') }, Subnets: { Value: { 'Fn::Join': ['||', [ref('Subnet')]] } } } },
    }),
    stackOf('Tables', {
      Table: ['EC2::RouteTable', { VpcId: { 'Fn::GetStackOutput': { StackName: 'Vpc', OutputName: 'Id', Region: 'us-east-1', RoleArn: role } } }],
      Association: ['EC2::SubnetRouteTableAssociation', {
        RouteTableId: ref('Table'),
        SubnetId: { 'Fn::Select': [0, { 'Fn::Split': ['||', { 'Fn::GetStackOutput': { StackName: 'Vpc', OutputName: 'Subnets', Region: 'us-east-1', RoleArn: role } }] }] },
      }],
      Route: ['EC2::Route', { RouteTableId: { 'Fn::Sub': '${Table}' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { 'Fn::ImportValue': 'gateway' } }],
    }),
    stackOf('Exporter', { Gateway: ['EC2::InternetGateway'] }, { template: { Outputs: { Gateway: { Value: { 'Fn::GetAtt': ['Gateway', 'InternetGatewayId'] }, Export: { Name: 'gateway' } } } } }),
  );
  expect(routesOf(tableOf(vpc!, vpc!.subnets[0]!))).toEqual(['10.0.0.0/16 -> local', `0.0.0.0/0 -> internet-gateway ${id('Gateway', 'Exporter')}`]);
  expect(unknowns).toEqual([]);
});

test('by Parameter Store: dynamic references and parameters', () => {
  const { vpcs: [vpc], unknowns } = topologyOf(
    stackOf('Vpc', { Vpc: [...VPC], Stored: ['SSM::Parameter', { Name: '/network/vpc', Type: 'String', Value: ref('Vpc') }], Cidr: ['SSM::Parameter', { Name: '/network/cidr', Type: 'String', Value: '10.0.1.0/24' }] }),
    stackOf('Subnets', {
      A: ['EC2::Subnet', { VpcId: '{{resolve:ssm:/network/vpc}}', AvailabilityZone: 'a', CidrBlock: ref('Cidr') }],
      B: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.2.0/24' }],
    }, { template: { Parameters: { Vpc: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/network/vpc' }, Cidr: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/network/cidr' } } } }),
    // In another Region the parameter does not exist.
    stackOf('Elsewhere', { C: ['EC2::Subnet', { VpcId: '{{resolve:ssm:/network/vpc}}', CidrBlock: '10.0.3.0/24' }] }, { region: 'us-east-1' }),
  );
  expect(vpc!.subnets.map(({ ranges }) => ranges)).toEqual([['10.0.1.0/24'], ['10.0.2.0/24']]);
  expect(unknowns).toEqual([expect.objectContaining({ what: expect.stringContaining('VpcId is not known: dynamic reference {{resolve:ssm:/network/vpc}}'), affects: [] })]);
});

test('references of CDK between Regions by its own custom resources', () => {
  const { vpcs: [vpc] } = topologyOf(
    stackOf('Producer', {
      Vpc: [...VPC],
      Writer: ['Custom::CrossRegionExportWriter', { WriterProps: { region: 'us-east-1', exports: { '/cdk/exports/C/Vpc': ref('Vpc') } } }],
    }),
    stackOf('C', {
      Reader: ['Custom::CrossRegionExportReader', { ReaderProps: { region: 'us-east-1', imports: { '/cdk/exports/C/Vpc': '{{resolve:ssm:/cdk/exports/C/Vpc}}' } } }],
      Table: ['EC2::RouteTable', { VpcId: { 'Fn::GetAtt': ['Reader', '/cdk/exports/C/Vpc'] } }],
    }, { region: 'us-east-1' }),
  );
  expect(vpc!.routeTables.map(({ name }) => name)).toEqual(['main table of Vpc', 'Table']);
});

test('conditions, mappings and parameters decide what is there', () => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'prod' }, Asked: { Type: 'String' } },
    Mappings: { Blocks: { prod: { cidr: '10.9.0.0/16' } } },
    Conditions: { IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] }, IsDev: { 'Fn::Equals': [ref('Stage'), 'dev'] }, Open: { 'Fn::Equals': [ref('Asked'), 'x'] } },
  };
  const { vpcs, unknowns } = topologyOfOne({
    Prod: ['EC2::VPC', { CidrBlock: { 'Fn::FindInMap': ['Blocks', ref('Stage'), 'cidr'] } }, { Condition: 'IsProd' }],
    Dev: ['EC2::VPC', { CidrBlock: '10.8.0.0/16' }, { Condition: 'IsDev' }],
    Either: ['EC2::VPC', { CidrBlock: { 'Fn::If': ['IsDev', '10.7.0.0/16', '10.6.0.0/16'] } }, { Condition: 'Open' }],
    Given: ['EC2::VPC', { CidrBlock: ref('Asked') }],
  }, template);
  expect(vpcs.map(({ name, ranges }) => [name, ...ranges])).toEqual([['Prod', '10.9.0.0/16'], ['Either', '10.6.0.0/16'], ['Given']]);
  expect(unknowns.map(({ what, affects }) => [what, affects])).toEqual([
    ['AWS::EC2::VPC Either: whether it is there is not known: parameter Asked of stack S, which has no default', [id('Prod'), id('Either'), id('Given')]],
    ['AWS::EC2::VPC Given: CidrBlock is not known: parameter Asked of stack S, which has no default', [id('Given')]],
  ]);
});

test('a subnet whose table is not known can go anywhere; a cidr written with host bits is its block', () => {
  const { vpcs: [vpc], unknowns } = topologyOfOne({
    Vpc: ['EC2::VPC', { CidrBlock: '10.0.3.9/16' }],
    A: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/24' }],
    Association: ['EC2::SubnetRouteTableAssociation', { SubnetId: ref('A'), RouteTableId: 'rtb-0123' }],
  });
  expect(vpc!.ranges).toEqual(['10.0.0.0/16']);
  expect(routesOf(tableOf(vpc!, vpc!.subnets[0]!))).toContain('0.0.0.0/0 ::/0 -> unknown table rtb-0123, which the assembly does not have');
  expect(unknowns).toEqual([expect.objectContaining({ affects: [vpc!.id] })]);
});

test('Fn.getStackOutput of CDK and its own references between accounts are followed', () => {
  const { vpcs, unknowns } = topologyOfApp((app, stack) => {
    const other = new (stack.constructor as any)(app, 'Other', { env: { account: '222222222222', region: 'us-east-1' } });
    const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
    new ec2.CfnRouteTable(other, 'Native', { vpcId: vpc.ref });
    new ec2.CfnRouteTable(other, 'Explicit', { vpcId: Fn.getStackOutput('App', 'ExportsOutputRefVpc', 'eu-west-1', 'arn:aws:iam::111111111111:role/reader') });
  });
  expect(vpcs[0]!.routeTables.map(({ name }) => name)).toContain('Other/Native');
  expect(unknowns.map(({ what }) => what)).toEqual([expect.stringContaining('Explicit: VpcId is not known: output ExportsOutputRefVpc of stack App')]);
});
