import { App, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elb, aws_rds as rds, Fn, Stack } from 'aws-cdk-lib';
import { ACCOUNT, REGION, topologyOfApp } from './reading';
import { Network } from '../../../src/analysis/network/network';
import { NetworkPlace, ReachQuestion } from '../../../src/analysis/network/question';

/** An app to ask questions of: places by the end of a name. */
function asked(build: (app: App, stack: Stack) => void) {
  const topology = topologyOfApp(build);
  const network = new Network(topology);
  const place = (name: string): NetworkPlace => {
    if (name === 'internet') return { kind: 'internet' };
    const named = <T extends { readonly name: string; readonly id: string }>(parts: readonly T[]) => parts.find((part) => part.name.endsWith(name))?.id;
    const [vpc, subnet, one] = [named(topology.vpcs), named(topology.vpcs.flatMap(({ subnets }) => subnets)), named(topology.vpcs.flatMap(({ interfaces }) => interfaces))];
    if (one !== undefined) return { kind: 'interface', id: one };
    return subnet !== undefined ? { kind: 'subnet', id: subnet } : { kind: 'vpc', id: vpc! };
  };
  const answer = (from: string, to: string, more: Partial<ReachQuestion> = {}) => network.reach({ from: place(from), to: place(to), ...more });
  return { answer, verdict: (from: string, to: string, more: Partial<ReachQuestion> = {}) => answer(from, to, more).verdict, topology };
}

const HTTPS = { protocol: 6, port: 443 } as const;
const V4 = { family: 'ipv4' } as const;

describe('a VPC of CDK', () => {
  const { verdict, answer } = asked((_, stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const balancer = new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
    balancer.addListener('Https', { port: 443, protocol: elb.ApplicationProtocol.HTTP, defaultAction: elb.ListenerAction.fixedResponse(200) });
    const database = new rds.DatabaseInstance(stack, 'Database', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, engine: rds.DatabaseInstanceEngine.POSTGRES });
    database.connections.allowDefaultPortFrom(balancer);
  });

  test('private subnets reach the internet by NAT, and nobody there reaches them', () => {
    const out = answer('AppSubnet1/Subnet', 'internet', { ...HTTPS, ...V4 });
    expect(out.verdict).toBe('all');
    expect(out.reached[0]).toMatchObject({ isTranslated: true });
    expect(verdict('internet', 'AppSubnet1/Subnet', { ...HTTPS, ...V4 })).toBe('none');
  });

  test('isolated subnets do not; all reach each other', () => {
    expect(verdict('DataSubnet1/Subnet', 'internet', { ...HTTPS, ...V4 })).toBe('none');
    expect(verdict('AppSubnet1/Subnet', 'DataSubnet2/Subnet', HTTPS)).toBe('all');
  });

  test('the internet reaches the load balancer where a listener is, and only it the database', () => {
    expect([verdict('internet', 'App/Balancer', { ...HTTPS, ...V4 }), verdict('internet', 'App/Balancer', { protocol: 6, port: 22, ...V4 })]).toEqual(['all', 'none']);
    expect([verdict('App/Balancer', 'App/Database', { protocol: 6, port: 5_432 }), verdict('App/Balancer', 'App/Database', { protocol: 6, port: 3_306 })]).toEqual(['all', 'none']);
  });
});

describe('two VPCs', () => {
  const build = (connect: (one: ec2.Vpc, other: ec2.Vpc, stack: Stack) => void, blocks = ['10.0.0.0/16', '10.1.0.0/16']) => asked((app, stack) => {
    const elsewhere = new Stack(app, 'Elsewhere', { env: { account: ACCOUNT, region: REGION } });
    const vpcIn = (scope: Stack, cidr: string) => new ec2.Vpc(scope, 'Vpc', { ipAddresses: ec2.IpAddresses.cidr(cidr), maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'Own', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }] });
    connect(vpcIn(elsewhere, blocks[0]!), vpcIn(stack, blocks[1]!), stack);
  });
  const route = (stack: Stack, id: string, subnets: readonly ec2.ISubnet[], props: Omit<ec2.CfnRouteProps, 'routeTableId'>) => subnets.forEach(({ routeTable }, index) => new ec2.CfnRoute(stack, `${id}${index}`, { routeTableId: routeTable.routeTableId, ...props }));

  test('do not reach each other by themselves', () => {
    expect(build(() => undefined).verdict('Elsewhere/Vpc', 'App/Vpc')).toBe('none');
  });

  test('do by a peering, with routes in both', () => {
    const peered = (both: boolean) => build((one, other, stack) => {
      const { ref } = new ec2.CfnVPCPeeringConnection(stack, 'Peering', { vpcId: other.vpcId, peerVpcId: one.vpcId });
      route(stack, 'There', one.privateSubnets, { destinationCidrBlock: '10.1.0.0/16', vpcPeeringConnectionId: ref });
      if (both) route(stack, 'Back', other.privateSubnets, { destinationCidrBlock: '10.0.0.0/16', vpcPeeringConnectionId: ref });
    }).answer('Elsewhere/Vpc', 'App/Vpc');
    expect(peered(true).verdict).toBe('all');
    expect(peered(false)).toMatchObject({ verdict: 'none', blocked: expect.arrayContaining([expect.objectContaining({ why: expect.stringContaining('answer') })]) });
  });

  test('do by a transit gateway that is left as it is; not past a black hole', () => {
    const joined = (hole: boolean) => build((one, other, stack) => {
      const gateway = new ec2.CfnTransitGateway(stack, 'Gateway', hole ? { defaultRouteTablePropagation: 'disable', defaultRouteTableAssociation: 'disable' } : {});
      const attachments = [one, other].map((vpc, index) => new ec2.CfnTransitGatewayAttachment(stack, `Attach${index}`, { transitGatewayId: gateway.ref, vpcId: vpc.vpcId, subnetIds: vpc.privateSubnets.map(({ subnetId }) => subnetId) }));
      [one, other].forEach((vpc, index) => route(stack, `To${index}-`, vpc.privateSubnets, { destinationCidrBlock: '10.0.0.0/8', transitGatewayId: gateway.ref }));
      if (!hole) return;
      const table = new ec2.CfnTransitGatewayRouteTable(stack, 'Table', { transitGatewayId: gateway.ref });
      attachments.forEach(({ attrId }, index) => {
        new ec2.CfnTransitGatewayRouteTableAssociation(stack, `Associate${index}`, { transitGatewayAttachmentId: attrId, transitGatewayRouteTableId: table.ref });
        new ec2.CfnTransitGatewayRouteTablePropagation(stack, `Propagate${index}`, { transitGatewayAttachmentId: attrId, transitGatewayRouteTableId: table.ref });
      });
      new ec2.CfnTransitGatewayRoute(stack, 'Hole', { transitGatewayRouteTableId: table.ref, destinationCidrBlock: '10.1.0.0/17', blackhole: true });
      new ec2.CfnTransitGatewayRoute(stack, 'OtherHole', { transitGatewayRouteTableId: table.ref, destinationCidrBlock: '10.1.128.0/17', blackhole: true });
    }).answer('Elsewhere/Vpc', 'App/Vpc');
    expect(joined(false).verdict).toBe('all');
    expect(joined(true)).toMatchObject({ verdict: 'none', blocked: expect.arrayContaining([expect.objectContaining({ why: expect.stringContaining('black hole for 10.1.0.0/17') })]) });
  });

  test('may by a gateway that the assembly does not have', () => {
    expect(build((one, _, stack) => route(stack, 'There', one.privateSubnets, { destinationCidrBlock: '10.1.0.0/16', transitGatewayId: 'tgw-0123' })).verdict('Elsewhere/Vpc', 'App/Vpc')).toBe('unknown');
  });
});

test('what is not known of a table is unknown in answers by it, and in no others', () => {
  const { verdict } = asked((_, stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, subnetConfiguration: [{ name: 'Own', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, { name: 'Odd', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }] });
    const { routeTable } = vpc.selectSubnets({ subnetGroupName: 'Odd' }).subnets[0]!;
    new ec2.CfnRoute(stack, 'Route', { routeTableId: routeTable.routeTableId, destinationCidrBlock: Fn.importValue('elsewhere'), gatewayId: 'igw-0123' });
  });
  expect(verdict('OddSubnet1/Subnet', 'internet', V4)).toBe('unknown');
  expect(verdict('OwnSubnet1/Subnet', 'internet', V4)).toBe('none');
});
