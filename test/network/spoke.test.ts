import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { addressPlan, NetworkFixture, NETWORK_ACCOUNT, ORGANIZATION } from './hub-fixture';
import { FlowLogs, Inspection, IpamPools, NetworkHub, SpokeProps, SpokeSize, SpokeTier } from '../../src';
import { Cidr } from '../../src/analysis/cidr';

interface Built { readonly fixture: NetworkFixture; readonly hub: NetworkHub; readonly template: Template; readonly resources: { readonly [id: string]: any } }

function built(props: Partial<SpokeProps> = {}, before: (fixture: NetworkFixture, hub: NetworkHub) => void = () => undefined): Built {
  const fixture = new NetworkFixture();
  const hub = fixture.hub({ inspection: Inspection.none('tests') });
  before(fixture, hub);
  fixture.spoke('payments', { segment: hub.segment('prod'), ...props });
  const template = fixture.template('Spoke-payments');
  return { fixture, hub, template, resources: template.toJSON().Resources };
}

test('a VPC of the plan with subnets by zone and tier, and no way to the internet of its own', () => {
  const { template } = built();
  template.resourceCountIs('AWS::EC2::Subnet', 9);
  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false, AvailabilityZoneId: Match.stringLikeRegexp('^euw1-az[123]$') });
  template.hasResource('AWS::EC2::VPC', { DeletionPolicy: 'Retain', Metadata: { 'cdk-landing-zone': { spoke: 'payments', segment: 'prod' } } });
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestination: 'arn:aws:s3:::acme-flow-logs' });
});

test('private subnets lead to the hub, isolated ones nowhere, and the attachment has subnets of its own', () => {
  const { template, resources } = built();
  const routes = Object.values(resources).filter(({ Type }) => Type === 'AWS::EC2::Route');
  expect(routes).toHaveLength(1);
  expect(routes[0].Properties).toMatchObject({ DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: { 'Fn::GetStackOutput': { StackName: 'Hub-eu-west-1', RoleArn: `arn:aws:iam::${NETWORK_ACCOUNT}:role/landing-zone-stack-reader` } } });
  const [attachment] = Object.values(template.findResources('AWS::EC2::TransitGatewayAttachment'));
  const tiers = attachment!.Properties.SubnetIds.map(({ Ref }: { Ref: string }) => resources[Ref].Metadata['cdk-landing-zone'].tier);
  expect(tiers).toEqual(['transit', 'transit', 'transit']);
});

test('the default network ACL and security group let nothing through; isolated subnets speak with their VPC only', () => {
  const { template } = built();
  for (const Egress of [false, true]) {
    template.hasResourceProperties('AWS::EC2::NetworkAclEntry', { NetworkAclId: { 'Fn::GetAtt': [Match.anyValue(), 'DefaultNetworkAcl'] }, RuleNumber: 1, RuleAction: 'deny', Protocol: -1, CidrBlock: '0.0.0.0/0', Egress });
    template.hasResourceProperties('AWS::EC2::NetworkAclEntry', { RuleAction: 'allow', CidrBlock: Match.stringLikeRegexp('^10\\..*/22$'), Egress });
  }
  template.hasResourceProperties('Custom::ClosedDefaultSecurityGroup', { SecurityGroupId: { 'Fn::GetAtt': [Match.anyValue(), 'DefaultSecurityGroup'] } });
});

test('the hub associates it with its segment, and tables learn it, in a stack after both', () => {
  const { fixture } = built({}, (_, hub) => hub.segment('prod').allowTo(hub.segment('shared')));
  const template = fixture.template('Hub-eu-west-1.Spokes');
  template.hasResourceProperties('AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'Spoke-payments', RoleArn: 'arn:aws:iam::777788889999:role/landing-zone-stack-reader', Region: 'eu-west-1' }) },
    TransitGatewayRouteTableId: { 'Fn::GetStackOutput': { StackName: 'Hub-eu-west-1', OutputName: 'OutTableprod' } },
  });
  template.resourceCountIs('AWS::EC2::TransitGatewayRouteTablePropagation', 3);
  const stack = fixture.app.node.findChild('Hub-eu-west-1.Spokes') as any;
  expect(stack.dependencies.map(({ stackName }: any) => stackName).sort()).toEqual(['Hub-eu-west-1', 'Spoke-payments']);
});

test('what is allowed after the spoke was added is learnt all the same', () => {
  const early = built({}, (_, hub) => hub.segment('prod').allowTo(hub.segment('shared'))).fixture.resources('Hub-eu-west-1.Spokes');
  const { fixture, hub } = (() => {
    const one = new NetworkFixture();
    const itsHub = one.hub({ inspection: Inspection.none('tests') });
    one.spoke('payments', { segment: itsHub.segment('prod') });
    itsHub.segment('prod').allowTo(itsHub.segment('shared'));
    return { fixture: one, hub: itsHub };
  })();
  expect(hub.segment('prod').name).toBe('prod');
  expect(fixture.resources('Hub-eu-west-1.Spokes')).toEqual(early);
});

describe('nothing is replaced or moved', () => {
  /** What is in both templates is the same in both, but for lists that grow in place. */
  const unmoved = (before: Built['resources'], after: Built['resources'], grows: readonly string[] = []) => {
    for (const [id, resource] of Object.entries(before)) {
      if (grows.includes(resource.Type)) continue;
      expect([id, after[id]]).toEqual([id, resource]);
    }
  };

  test('by a zone more: the attachment gets a subnet more, which AWS changes in place', () => {
    const [before, after] = [built({ zones: 2 }).resources, built({ zones: 3 }).resources];
    unmoved(before, after, ['AWS::EC2::TransitGatewayAttachment']);
    const subnets = (resources: Built['resources']) => (Object.values(resources).find(({ Type }) => Type === 'AWS::EC2::TransitGatewayAttachment')!).Properties.SubnetIds;
    expect(subnets(after).slice(0, 2)).toEqual(subnets(before));
  });

  test('by a tier more', () => unmoved(built({ tiers: [SpokeTier.PRIVATE] }).resources, built().resources));

  test('by zones and tiers in another order', () => {
    const one = built({ zoneIds: ['euw1-az1', 'euw1-az2'], tiers: [SpokeTier.ISOLATED, SpokeTier.PRIVATE] }).resources;
    unmoved(built({ zoneIds: ['euw1-az1', 'euw1-az2'] }).resources, one);
  });

  test('by other spokes, before or after, and other segments', () => {
    const alone = built();
    const crowd = built({}, (fixture, hub) => {
      fixture.spoke('another', { segment: hub.segment('dev') });
      fixture.spoke('aardvark', { segment: hub.segment('prod'), size: SpokeSize.SMALL });
      hub.segment('dev').allowTo(hub.segment('shared'));
    });
    unmoved(alone.resources, crowd.resources);
    unmoved(alone.fixture.resources('Hub-eu-west-1.Spokes'), crowd.fixture.resources('Hub-eu-west-1.Spokes'));
  });

  test('by a new segment in the plan', () => {
    const hubOf = (segments: { [name: string]: number }) => {
      const fixture = new NetworkFixture(addressPlan({ segments }));
      fixture.hub();
      return fixture.resources('Hub-eu-west-1');
    };
    unmoved(hubOf({ prod: 0, dev: 1 }), hubOf({ sandbox: 5, dev: 1, prod: 0 }), ['AWS::NetworkFirewall::RuleGroup']);
  });
});

test('spokes are spread over stacks by key, and a full stack says what to do', () => {
  const fixture = new NetworkFixture();
  const hub = fixture.hub({ spokeStacks: 4 });
  for (let index = 0; index < 8; index++) fixture.spoke(`spoke-${index}`, { segment: hub.segment('prod'), size: SpokeSize.SMALL, zones: 1, flowLogs: FlowLogs.none('tests') });
  const stacks = fixture.app.node.children.filter(({ node }) => node.id.startsWith('Hub-eu-west-1.Spokes.'));
  expect(stacks.length).toBeGreaterThan(1);
});

test('a length of prefix from a pool: subnets lie in the block that IPAM gives as the plan would lay them', () => {
  const blocksOf = ({ resources }: Built) => Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::EC2::Subnet').map(([id, { Properties }]) => [id, blockOf(Properties.CidrBlock)]);
  for (const size of [SpokeSize.SMALL, SpokeSize.MEDIUM, SpokeSize.EXTRA_LARGE, SpokeSize.prefix(16)]) {
    const literal = built({ size });
    const vpc = Object.values(literal.resources).find(({ Type }) => Type === 'AWS::EC2::VPC').Properties.CidrBlock;
    const pooled = new NetworkFixture();
    const hub = pooled.hub();
    const pools = new IpamPools(new Stack(pooled.app, 'Ipam', { env: { account: NETWORK_ACCOUNT, region: 'eu-west-1' } }), 'Ipam', { plan: hub.addressPlan, shareWith: ORGANIZATION });
    pooled.spoke('payments', { segment: hub.segment('prod'), size, pools });
    const resources = pooled.resources('Spoke-payments');
    const { Properties } = Object.values(resources).find(({ Type }) => Type === 'AWS::EC2::VPC')!;
    expect(Properties).toMatchObject({ Ipv4NetmaskLength: size.prefixLength, Ipv4IpamPoolId: { 'Fn::GetStackOutput': { StackName: 'Ipam' } } });
    expect(Properties.CidrBlock).toBeUndefined();
    given = Cidr.parse(vpc)!;
    expect(blocksOf({ resources } as Built)).toEqual(blocksOf(literal));
  }
});

let given: Cidr;

/** What CloudFormation makes of it, where the VPC got the given block. */
function blockOf(value: any): string {
  if (typeof value === 'string') return value;
  if (value['Fn::GetAtt']) return given.toString();
  const [index, list] = value['Fn::Select'];
  const [block, count, bits] = list['Fn::Cidr'];
  expect(count).toBeLessThanOrEqual(256);
  expect(index).toBeLessThan(count);
  return Cidr.parse(blockOf(block))!.part(32 - Number(bits), index).toString();
}

test('mistakes are said at once', () => {
  const fixture = new NetworkFixture();
  const hub = fixture.hub();
  expect(() => fixture.spoke('tiny', { segment: hub.segment('prod'), size: SpokeSize.prefix(26), zoneIds: ['a', 'a', 'b', 'c', 'd'] }))
    .toThrow(/Spoke Spoke-tiny\/Network has \d problems\n.*5 zones are asked for, 1 to 4 are possible\n.*names a zone twice.*\n.*a \/26 is too small/);
  expect(() => fixture.spoke('outside', { segment: hub.onPremises! })).toThrow('the segment of networks outside AWS');
  const only = fixture.spoke('only', { segment: hub.segment('prod'), tiers: [SpokeTier.PRIVATE] });
  expect(() => only.subnetIds(SpokeTier.ISOLATED)).toThrow('has no isolated subnets. It has: private');
  expect(() => fixture.spoke('zones', { segment: hub.segment('prod'), zones: 4 })).toThrow('4 zones are asked of eu-west-1, which has 3: euw1-az1, euw1-az2, euw1-az3');
});

test('the spoke, as a small snapshot', () => {
  const { resources } = built();
  expect(Object.entries(resources).map(([id, { Type, Properties }]) => `${id} ${Type} ${Properties.CidrBlock ?? ''}`.trim())).toMatchSnapshot();
});
