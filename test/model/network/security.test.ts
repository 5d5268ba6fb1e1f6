import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, aws_rds as rds } from 'aws-cdk-lib';
import { id, Sketch, topologyOfApp, topologyOfOne } from './reading';
import { AclEntry, SecurityRule } from '../../../src/analysis/network/topology';

const ref = (name: string) => ({ Ref: name });
const EVERYWHERE = ['0.0.0.0/0', '::/0'];
const BASE: Sketch = { Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }], Subnet: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/24' }] };

describe('network ACLs', () => {
  const entry = (acl: any, props: object) => ['EC2::NetworkAclEntry', { NetworkAclId: acl, RuleNumber: 100, RuleAction: 'allow', Protocol: -1, CidrBlock: '0.0.0.0/0', ...props }] as const;
  const inWords = ({ number, direction, isAllow, cidr, protocol, ports }: AclEntry) => `${number} ${direction} ${isAllow ? 'allow' : 'deny'} ${cidr} ${protocol ?? 'any'}${ports ? ` ${ports.from}-${ports.to}` : ''}`;

  test('of their own, with their entries', () => {
    const { vpcs: [vpc], unknowns } = topologyOfOne({
      ...BASE,
      Acl: ['EC2::NetworkAcl', { VpcId: ref('Vpc') }],
      Associate: ['EC2::SubnetNetworkAclAssociation', { SubnetId: ref('Subnet'), NetworkAclId: { 'Fn::GetAtt': ['Acl', 'Id'] } }],
      In: [...entry(ref('Acl'), { Protocol: 6, PortRange: { From: 443, To: 445 } })],
      Out: [...entry(ref('Acl'), { Egress: true, CidrBlock: undefined, Ipv6CidrBlock: '::/0', Protocol: '17' })],
      Deny: [...entry(ref('Acl'), { RuleNumber: '90', RuleAction: 'deny', CidrBlock: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })],
      // Types of ICMP are not told apart: what allows some allows all, what denies some denies none.
      Ping: [...entry(ref('Acl'), { RuleNumber: 80, Protocol: 1, Icmp: { Type: 8, Code: 0 } })],
      NoPing: [...entry(ref('Acl'), { RuleNumber: 70, Protocol: 1, RuleAction: 'deny', Icmp: { Type: 8, Code: 0 } })],
    });
    expect(vpc!.subnets[0]!.networkAcl).toBe(id('Acl'));
    expect(vpc!.networkAcls[0]!.entries.map(inWords)).toEqual(['100 in allow 0.0.0.0/0 6 443-445', '100 out allow ::/0 17', '90 in deny 10.0.0.0/16 any', '80 in allow 0.0.0.0/0 1']);
    expect(unknowns).toEqual([]);
  });

  test('of the VPC: left alone it is not told; changed, it is AWS\'s entries and the new ones', () => {
    expect(topologyOfOne(BASE).vpcs[0]!.subnets[0]!.networkAcl).toBeUndefined();
    const { vpcs: [vpc] } = topologyOfOne({ ...BASE, Deny: [...entry({ 'Fn::GetAtt': ['Vpc', 'DefaultNetworkAcl'] }, { RuleNumber: 1, RuleAction: 'deny' })] });
    expect(vpc!.subnets[0]!.networkAcl).toBe(`${id('Vpc')}#default-acl`);
    expect(vpc!.networkAcls[0]!.entries.map(inWords)).toEqual([
      '100 in allow 0.0.0.0/0 any', '101 in allow ::/0 any', '100 out allow 0.0.0.0/0 any', '101 out allow ::/0 any', '1 in deny 0.0.0.0/0 any',
    ]);
  });

  test('that are not known name the VPC', () => {
    const { unknowns } = topologyOfOne({ ...BASE, Acl: ['EC2::NetworkAcl', { VpcId: ref('Vpc') }], In: [...entry(ref('Acl'), { CidrBlock: { 'Fn::ImportValue': 'x' } })], Associate: ['EC2::SubnetNetworkAclAssociation', { SubnetId: ref('Subnet'), NetworkAclId: 'acl-1' }] });
    expect(unknowns.map(({ what, affects }) => [what, affects])).toEqual([
      [expect.stringContaining('AWS::EC2::NetworkAclEntry In: it is not known: [0]: Fn::ImportValue x'), [id('Vpc')]],
      ['AWS::EC2::SubnetNetworkAclAssociation Associate: the assembly does not have network ACL acl-1', [id('Vpc')]],
    ]);
  });

  test('of a VPC out of a pool: its own block is some of the pool', () => {
    const { vpcs: [vpc] } = topologyOfOne({
      Vpc: ['EC2::VPC', { Ipv4IpamPoolId: 'p', Ipv4NetmaskLength: 22 }, { Metadata: { 'cdk-landing-zone': { pool: ['10.4.0.0/14'] } } }],
      Acl: ['EC2::NetworkAcl', { VpcId: ref('Vpc') }],
      In: [...entry(ref('Acl'), { CidrBlock: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } })],
    });
    expect(vpc!.networkAcls[0]!.entries.map(inWords)).toEqual(['100 in allow 10.4.0.0/14 any']);
  });
});

describe('security groups', () => {
  const groups = (sketch: Sketch) => topologyOfOne({ ...BASE, ...sketch }).securityGroups;
  const group = (props: object) => ['EC2::SecurityGroup', { GroupDescription: 'x', VpcId: ref('Vpc'), ...props }] as const;

  test('have rules of their own and rules that stand alone', () => {
    const [one] = groups({
      One: [...group({
        SecurityGroupIngress: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }, { IpProtocol: '-1', SourceSecurityGroupId: { 'Fn::GetAtt': ['Two', 'GroupId'] } }, { IpProtocol: 'icmp', FromPort: 8, ToPort: 0, CidrIp: '0.0.0.0/0' },
        ],
        SecurityGroupEgress: [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, DestinationPrefixListId: ref('List') }],
      })],
      Two: [...group({})],
      List: ['EC2::PrefixList', { PrefixListName: 'x', AddressFamily: 'IPv4', Entries: [{ Cidr: '10.8.0.0/14' }] }],
      In: ['EC2::SecurityGroupIngress', { GroupId: ref('One'), IpProtocol: '17', FromPort: '1', ToPort: '2', CidrIpv6: '2001:db8::/32' }],
      Out: ['EC2::SecurityGroupEgress', { GroupId: { 'Fn::GetAtt': ['One', 'GroupId'] }, IpProtocol: 'tcp', FromPort: -1, ToPort: -1, DestinationSecurityGroupId: ref('Two') }],
    });
    expect(one).toMatchObject({
      id: id('One'), vpc: id('Vpc'),
      ingress: [
        { protocol: 6, ports: { from: 443, to: 443 }, cidrs: ['10.0.0.0/8'] }, { group: id('Two') }, { protocol: 1, cidrs: ['0.0.0.0/0'] }, { protocol: 17, ports: { from: 1, to: 2 }, cidrs: ['2001:db8::/32'] },
      ],
      egress: [{ protocol: 17, ports: { from: 53, to: 53 }, cidrs: ['10.8.0.0/14'] }, { protocol: 6, group: id('Two') }],
    });
  });

  test('let everything out unless rules for what leaves stand in them, or alone', () => {
    const rule = (name: string) => ['EC2::SecurityGroupEgress', { GroupId: ref(name), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }] as const;
    const all = groups({
      None: [...group({})], Closed: [...group({ SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }] })],
      Alone: [...group({})], ForAlone: [...rule('Alone')],
      Both: [...group({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }, { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '0.0.0.0/0' }] })], ForBoth: [...rule('Both')],
    });
    const egress = (name: string): readonly SecurityRule[] => all.find(({ id: one }) => one === id(name))!.egress;
    const https = { protocol: 6, ports: { from: 443, to: 443 }, cidrs: ['10.0.0.0/8'] };
    expect(egress('None')).toEqual([{ cidrs: EVERYWHERE }]);
    expect(egress('Closed')).toEqual([{ protocol: 1, cidrs: ['255.255.255.255/32'] }]);
    expect(egress('Alone')).toEqual([https]);
    expect(egress('Both')).toEqual([{ unknown: 'whether the rule of Both that lets everything out remains beside rules that stand alone' }, { protocol: 17, ports: { from: 53, to: 53 }, cidrs: ['0.0.0.0/0'] }, https]);
  });

  test('of a VPC with IPv6: what becomes of its rule is not known where rules stand alone', () => {
    const found = groups({
      V6: ['EC2::VPCCidrBlock', { VpcId: ref('Vpc'), AmazonProvidedIpv6CidrBlock: true }], Alone: [...group({})],
      Rule: ['EC2::SecurityGroupEgress', { GroupId: ref('Alone'), IpProtocol: '-1', CidrIp: '10.0.0.0/8' }],
    }).find(({ id: one }) => one === id('Alone'))!;
    expect(found.egress).toEqual([{ unknown: 'whether AWS\'s own rule of Alone for IPv6 remains beside rules that stand alone' }, { cidrs: ['10.0.0.0/8'] }]);
  });

  test('of the VPC: open within itself, until a custom resource closes it', () => {
    const own = `${id('Vpc')}#default-group`;
    expect(groups({})).toEqual([expect.objectContaining({ id: own, ingress: [{ group: own }], egress: [{ cidrs: EVERYWHERE }] })]);
    for (const [type, property] of [['Custom::ClosedDefaultSecurityGroup', 'SecurityGroupId'], ['Custom::VpcRestrictDefaultSG', 'DefaultSecurityGroupId']] as const) {
      expect(groups({ Close: [type, { [property]: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } }] })).toEqual([expect.objectContaining({ id: own, ingress: [], egress: [] })]);
    }
  });

  test('say why another side is not known', () => {
    const [one] = groups({
      One: [...group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: 'sg-1' }, { IpProtocol: '-1', SourcePrefixListId: 'pl-1' }, { IpProtocol: '-1', CidrIp: { 'Fn::ImportValue': 'x' } }] })],
    });
    expect(one!.ingress).toEqual([
      { protocol: 6, ports: { from: 1, to: 1 }, unknown: 'security group sg-1, which the assembly does not have' },
      { unknown: 'the entries of prefix list pl-1 are not in the assembly' },
      { unknown: 'a rule of One: Fn::ImportValue x in stack S, which no stack of the assembly exports in its account and Region' },
    ]);
  });
});

describe('interfaces', () => {
  test.each<[string, object, Sketch, object]>([
    ['EC2::Instance', { SubnetId: ref('Subnet'), SecurityGroupIds: [ref('Group')], PrivateIpAddress: '10.0.0.5' }, {}, { address: '10.0.0.5', hasPublicAddress: false }],
    ['EC2::Instance', { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('Subnet'), GroupSet: [ref('Group')], AssociatePublicIpAddress: true }] }, {}, { hasPublicAddress: true }],
    ['EC2::Instance', { SubnetId: ref('Subnet'), SecurityGroupIds: [ref('Group')] }, { Eip: ['EC2::EIP', { InstanceId: ref('It') }] }, { hasPublicAddress: true }],
    ['EC2::NetworkInterface', { SubnetId: ref('Subnet'), GroupSet: [ref('Group')] }, { Eip: ['EC2::EIPAssociation', { NetworkInterfaceId: { 'Fn::GetAtt': ['It', 'Id'] } }] }, { hasPublicAddress: true }],
    ['ElasticLoadBalancingV2::LoadBalancer', { Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')], Scheme: 'internal' }, {}, { hasPublicAddress: false }],
    ['ElasticLoadBalancingV2::LoadBalancer', { SubnetMappings: [{ SubnetId: ref('Subnet') }], SecurityGroups: [ref('Group')] }, {}, { hasPublicAddress: true }],
    ['ElasticLoadBalancing::LoadBalancer', { Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')], Scheme: 'internal' }, {}, { hasPublicAddress: false }],
    ['RDS::DBInstance', { DBSubnetGroupName: ref('Subnets'), VPCSecurityGroups: [ref('Group')] }, { Subnets: ['RDS::DBSubnetGroup', { SubnetIds: [ref('Subnet')] }] }, { hasPublicAddress: false }],
    ['RDS::DBInstance', { DBClusterIdentifier: ref('Cluster'), PubliclyAccessible: true }, {
      Subnets: ['RDS::DBSubnetGroup', { SubnetIds: [ref('Subnet')] }], Cluster: ['RDS::DBCluster', { DBSubnetGroupName: ref('Subnets'), VpcSecurityGroupIds: [ref('Group')] }],
    }, { hasPublicAddress: true }],
    ['RDS::DBProxy', { VpcSubnetIds: [ref('Subnet')], VpcSecurityGroupIds: [ref('Group')] }, {}, { hasPublicAddress: false }],
    ['Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] } }, {}, { hasPublicAddress: false }],
    ['ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('Subnet')], SecurityGroups: [ref('Group')], AssignPublicIp: 'ENABLED' } } }, {}, { hasPublicAddress: true }],
    ['AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: [ref('Subnet')], LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '1' } }, {
      Template: ['EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: [ref('Group')] } }],
    }, { hasPublicAddress: false }],
    ['EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] } }, {}, { hasPublicAddress: false }],
    ['EFS::MountTarget', { SubnetId: ref('Subnet'), SecurityGroups: [ref('Group')] }, {}, { hasPublicAddress: false }],
    ['ElastiCache::ServerlessCache', { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] }, {}, { hasPublicAddress: false }],
    ['CodeBuild::Project', { VpcConfig: { Subnets: [ref('Subnet')], SecurityGroupIds: [ref('Group')] } }, {}, { hasPublicAddress: false }],
    ['Route53Resolver::ResolverEndpoint', { IpAddresses: [{ SubnetId: ref('Subnet') }], SecurityGroupIds: [ref('Group')] }, {}, { hasPublicAddress: false }],
  ])('%s %j', (type, props, more, expected) => {
    const { vpcs: [vpc] } = topologyOfOne({ ...BASE, Group: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), GroupDescription: 'x' }], ...more, It: [type, props] });
    const found = vpc!.interfaces.find((one) => one.id === id('It'));
    expect(found).toMatchObject({ type: `AWS::${type}`, subnets: [id('Subnet')], securityGroups: [id('Group')], ...expected });
    expect(vpc!.subnets[0]!.isPublicAddressPossible).toBe(found!.hasPublicAddress);
  });

  test('without groups they have the VPC\'s own; a network load balancer has none, so everything passes; of groups elsewhere nothing is known', () => {
    const { vpcs: [vpc], securityGroups } = topologyOfOne({
      ...BASE,
      Vm: ['EC2::Instance', { SubnetId: ref('Subnet') }],
      Nlb: ['ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal', Subnets: [ref('Subnet')] }],
      Far: ['Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet')], SecurityGroupIds: ['sg-1'] } }],
    });
    const of = (name: string) => vpc!.interfaces.find((one) => one.id === id(name))!.securityGroups;
    expect(of('Vm')).toEqual([`${id('Vpc')}#default-group`]);
    const rulesOf = (name: string) => securityGroups.find((group) => group.id === of(name)[0])!.ingress;
    expect(rulesOf('Nlb')).toEqual([{ cidrs: EVERYWHERE }]);
    expect(rulesOf('Far')).toEqual([{ unknown: 'Far: the assembly does not have security group sg-1' }]);
  });

  test('instances get a public address where their subnet gives one', () => {
    const { vpcs: [vpc] } = topologyOfOne({
      ...BASE, Public: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: 'true' }],
      A: ['EC2::Instance', { SubnetId: ref('Public') }], B: ['EC2::Instance', { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('Public'), AssociatePublicIpAddress: false }] }],
    });
    expect(vpc!.interfaces.map(({ hasPublicAddress }) => hasPublicAddress)).toEqual([true, false]);
    expect(vpc!.subnets.map(({ isPublicAddressPossible }) => isPublicAddressPossible)).toEqual([false, true]);
  });

  test('of CDK\'s L2: a load balancer, a database', () => {
    const { vpcs: [vpc], securityGroups, unknowns } = topologyOfApp((_, stack) => {
      const network = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
      const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc: network, internetFacing: true });
      const database = new rds.DatabaseInstance(stack, 'Database', { vpc: network, engine: rds.DatabaseInstanceEngine.POSTGRES });
      database.connections.allowDefaultPortFrom(balancer);
    });
    // CDK says nothing about a public address of the database: where the VPC has an internet gateway it may have one.
    expect(vpc!.interfaces.map(({ name, subnets, hasPublicAddress }) => [name, subnets.length, hasPublicAddress])).toEqual([['App/Balancer', 2, true], ['App/Database', 2, true]]);
    const group = securityGroups.find(({ id: one }) => one === vpc!.interfaces[1]!.securityGroups[0])!;
    expect(group.ingress).toEqual([expect.objectContaining({ protocol: 6, ports: { from: 5_432, to: 5_432 }, group: vpc!.interfaces[0]!.securityGroups[0] })]);
    expect(unknowns).toEqual([]);
  });
});

describe('VPC block public access', () => {
  const accessOf = (sketch: Sketch) => topologyOfOne({ ...BASE, ...sketch }).vpcs[0]!.subnets[0]!.publicAccess;
  const block = (mode: string): Sketch => ({ Block: ['EC2::VPCBlockPublicAccessOptions', { InternetGatewayBlockMode: mode }] });

  test.each<[string, Sketch, string]>([
    ['nothing', {}, 'both'],
    ['off', block('off'), 'both'],
    ['all', block('block-bidirectional'), 'none'],
    ['what comes in', block('block-ingress'), 'egress'],
    ['all but this subnet', { ...block('block-bidirectional'), Out: ['EC2::VPCBlockPublicAccessExclusion', { SubnetId: ref('Subnet'), InternetGatewayExclusionMode: 'allow-bidirectional' }] }, 'both'],
    ['all but what leaves this VPC', { ...block('block-bidirectional'), Out: ['EC2::VPCBlockPublicAccessExclusion', { VpcId: ref('Vpc'), InternetGatewayExclusionMode: 'allow-egress' }] }, 'egress'],
    ['nothing: an exclusion closes nothing', { Out: ['EC2::VPCBlockPublicAccessExclusion', { VpcId: ref('Vpc'), InternetGatewayExclusionMode: 'allow-egress' }] }, 'both'],
  ])('blocks %s', (_, sketch, access) => expect(accessOf(sketch)).toBe(access));
});
