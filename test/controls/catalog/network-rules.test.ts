import { App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { LandingZoneChecks } from '../../../src/compliance/landing-zone-checks';
import { Control } from '../../../src/controls/control';
import { Controls } from '../../../src/controls/controls';

const UNKNOWN = { Ref: 'Choice' };
const VPC_BLOCK = { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] };

/** What a control's rule says of one resource; others may stand beside it. */
function check(control: Control, type: string, properties: object, build: (stack: Stack) => void = () => undefined, account?: string): string[] {
  const stack = new Stack(new App(), 'Stack', account ? { env: { account, region: 'eu-west-1' } } : {});
  new CfnParameter(stack, 'Choice');
  build(stack);
  const resource = new CfnResource(stack, 'Resource', { type, properties });
  return new LandingZoneChecks(undefined, { controls: [control] }).validateScope(stack.node.root).violations
    .filter(({ violatingResources }) => violatingResources.some(({ constructPath }) => constructPath === resource.node.path)).map(({ description }) => description.split(': ').slice(1).join(': '));
}

const TCP = { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' };
const flowLog = (properties: object) => (stack: Stack) => new CfnResource(stack, 'Log', { type: 'AWS::EC2::FlowLog', properties: { ResourceType: 'VPC', ...properties } });

test.each<[Control, string, object]>([
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroup', {}],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ ...TCP, FromPort: 80, ToPort: 80 }, { ...TCP, FromPort: 443, ToPort: 443 }] }],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '10.0.0.0/8', FromPort: 22, ToPort: 22 }] }],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIp: VPC_BLOCK, FromPort: 5432, ToPort: 5432 }],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIp: UNKNOWN, FromPort: 443, ToPort: 443 }],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', SourceSecurityGroupId: UNKNOWN, FromPort: 22, ToPort: 22 }],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'icmp', CidrIp: '0.0.0.0/0', FromPort: -1, ToPort: -1 }],
  [Controls.denyPublicSubnets(), 'AWS::EC2::Subnet', {}],
  [Controls.denyPublicSubnets(), 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: 'false' }],
  [Controls.closeDefaultSecurityGroups(), 'AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Own', 'GroupId'] } }],
  [Controls.closeDefaultSecurityGroups(), 'AWS::EC2::SecurityGroupEgress', { GroupId: 'sg-0123456789abcdef0' }],
  [Controls.denyOpenTransitGateways(), 'AWS::EC2::TransitGateway', {}],
  [Controls.denyOpenTransitGateways(), 'AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'disable', DefaultRouteTableAssociation: 'enable' }],
  [Controls.denyOpenTransitGateways(), 'AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'enable', DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }],
  [Controls.requireFirewallProtection(), 'AWS::NetworkFirewall::Firewall', { DeleteProtection: true, TransitGatewayId: 'tgw-1' }],
  [Controls.requireFirewallProtection(), 'AWS::NetworkFirewall::Firewall', { DeleteProtection: true, SubnetMappings: [], SubnetChangeProtection: 'true' }],
  [Controls.requireFirewallProtection(), 'AWS::Route53Resolver::FirewallRuleGroupAssociation', { MutationProtection: 'ENABLED' }],
  [Controls.keepToTheHub(), 'AWS::EC2::InternetGateway', {}],
  [Controls.keepToTheHub(), 'AWS::EC2::TransitGatewayVpcAttachment', {}],
  [Controls.keepToTheHub({ networkAccounts: ['444455556666'] }), 'AWS::EC2::NatGateway', { ConnectivityType: 'private' }],
])('%# leaves %s %j alone', (control, type, properties) => {
  expect(check(control, type, properties)).toEqual([]);
});

test.each<[Control, string, object, string[]]>([
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ ...TCP, FromPort: 443, ToPort: 443 }, { ...TCP, FromPort: 22, ToPort: 23 }] }, [
    'SecurityGroupIngress[1].CidrIp lets 0.0.0.0/0 in on port 22, 23',
  ]],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: UNKNOWN }, ['SecurityGroupIngress must be readable by synthesis and is {"Ref":"Choice"}']],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIpv6: '::/0', FromPort: 3389, ToPort: 3389 }, ['CidrIpv6 lets ::/0 in on port 3389']],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }, ['CidrIp lets 0.0.0.0/0 in on all ports']],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0', FromPort: UNKNOWN, ToPort: UNKNOWN }, ['CidrIp lets 0.0.0.0/0 in on all ports']],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0', FromPort: 0, ToPort: 65535 }, ['CidrIp lets 0.0.0.0/0 in on all ports']],
  [Controls.denyOpenAdminPorts(), 'AWS::EC2::SecurityGroupIngress', { IpProtocol: 'tcp', CidrIp: UNKNOWN, FromPort: 22, ToPort: 22 }, ['CidrIp must be readable by synthesis and is {"Ref":"Choice"}']],
  [Controls.denyPublicSubnets(), 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }, ['MapPublicIpOnLaunch must not be true']],
  [Controls.denyPublicSubnets(), 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: UNKNOWN }, ['MapPublicIpOnLaunch must be readable by synthesis and is {"Ref":"Choice"}']],
  [Controls.closeDefaultSecurityGroups(), 'AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } }, ['GroupId must not be the default security group of Vpc']],
  [Controls.closeDefaultSecurityGroups(), 'AWS::EC2::SecurityGroupEgress', { GroupId: { 'Fn::GetAtt': 'Vpc.DefaultSecurityGroup' } }, ['GroupId must not be the default security group of Vpc']],
  [Controls.denyOpenTransitGateways(), 'AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: 'enable', DefaultRouteTableAssociation: 'disable' }, [
    'DefaultRouteTablePropagation must be "disable" and is missing, where AutoAcceptSharedAttachments is "enable"',
  ]],
  [Controls.denyOpenTransitGateways(), 'AWS::EC2::TransitGateway', { AutoAcceptSharedAttachments: UNKNOWN, DefaultRouteTableAssociation: 'enable', DefaultRouteTablePropagation: 'disable' }, [
    'DefaultRouteTableAssociation must be "disable" and is "enable", where AutoAcceptSharedAttachments is {"Ref":"Choice"}',
  ]],
  [Controls.requireFirewallProtection(), 'AWS::NetworkFirewall::Firewall', { SubnetMappings: [] }, ['DeleteProtection must be true and is missing', 'SubnetChangeProtection must be true and is missing']],
  [Controls.requireFirewallProtection(), 'AWS::NetworkFirewall::Firewall', { DeleteProtection: UNKNOWN }, ['DeleteProtection must be true and is only known at deployment ({"Ref":"Choice"})']],
  [Controls.requireFirewallProtection(), 'AWS::Route53Resolver::FirewallRuleGroupAssociation', {}, ['MutationProtection must be "ENABLED" and is missing']],
  [Controls.keepToTheHub(), 'AWS::EC2::VPCPeeringConnection', {}, ['it leads around the hub: attach the VPC to the hub, or deploy it in a network account']],
  [Controls.keepToTheHub({ networkAccounts: ['444455556666'] }), 'AWS::EC2::InternetGateway', {}, ['the account of its stack must be known (env: { account, region }): only network accounts connect networks']],
])('%# finds %s %j', (control, type, properties, expected) => {
  expect(check(control, type, properties)).toEqual(expected);
});

describe('a VPC', () => {
  const VPC = 'AWS::EC2::VPC';
  const find = (build?: (stack: Stack) => void) => check(Controls.requireFlowLogs(), VPC, { CidrBlock: '10.0.0.0/16' }, build);
  const missing = ['its stack must make a flow log of it, for all or for rejected traffic'];

  test('has a flow log that names it', () => {
    expect(find(flowLog({ ResourceId: { Ref: 'Resource' }, TrafficType: 'ALL' }))).toEqual([]);
    expect(find(flowLog({ ResourceId: { 'Fn::GetAtt': ['Resource', 'VpcId'] }, TrafficType: 'REJECT' }))).toEqual([]);
  });

  test('has none when it is another\'s, of a subnet, or of accepted traffic only', () => {
    expect(find()).toEqual(missing);
    expect(find(flowLog({ ResourceId: { Ref: 'Other' }, TrafficType: 'ALL' }))).toEqual(missing);
    expect(find(flowLog({ ResourceId: { Ref: 'Resource' }, TrafficType: 'ALL', ResourceType: 'Subnet' }))).toEqual(missing);
    expect(find(flowLog({ ResourceId: { Ref: 'Resource' }, TrafficType: 'ACCEPT' }))).toEqual(missing);
    expect(find(flowLog({ ResourceId: UNKNOWN, TrafficType: 'ALL' }))).toEqual(missing);
  });
});

test('network accounts connect networks, others do not', () => {
  const control = Controls.keepToTheHub({ networkAccounts: ['444455556666'] });
  for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGateway', 'AWS::EC2::VPNConnection']) {
    expect(check(control, type, {}, undefined, '444455556666')).toEqual([]);
    expect(check(control, type, {}, undefined, '777788889999')).toEqual(['it leads around the hub: attach the VPC to the hub, or deploy it in a network account']);
  }
});
