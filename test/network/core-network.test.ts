import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { addressPlan, LOGS, NETWORK_ACCOUNT, NetworkFixture, ORGANIZATION } from './hub-fixture';
import { AddressPlan, CoreNetwork, CoreNetworkProps, Egress, Inspection, Spoke, SpokeTier } from '../../src';

interface Built { readonly fixture: NetworkFixture; readonly core: CoreNetwork; readonly resources: (stack?: string) => { readonly [id: string]: any } }

function built(props: Partial<CoreNetworkProps> = {}, change: (core: CoreNetwork, fixture: NetworkFixture) => void = () => undefined, region = 'eu-west-1'): Built {
  const fixture = new NetworkFixture();
  const stack = new Stack(fixture.app, 'Core', { env: { account: NETWORK_ACCOUNT, region } });
  const core = new CoreNetwork(stack, 'Wan', { addressPlan: addressPlan(), shareWith: ORGANIZATION, flowLogs: LOGS, ...props });
  core.segment('prod').allowTo(core.segment('shared'));
  change(core, fixture);
  return { fixture, core, resources: (name = 'Core') => fixture.resources(name) };
}

const spoke = (fixture: NetworkFixture, core: CoreNetwork, key = 'payments', account = '777788889999', region = 'us-east-1') => fixture.spoke(key, { segment: core.segment('prod') }, account, region);
const policyOf = ({ resources }: Built) => Object.values(resources()).find(({ Type }) => Type === 'AWS::NetworkManager::CoreNetwork').Properties.PolicyDocument;
const ofType = (resources: { readonly [id: string]: any }, type: string): any[] => Object.values(resources).filter(({ Type }) => Type === type);

test('a global and a core network that are kept, with an edge in each Region of the plan', () => {
  const { fixture } = built();
  const template = fixture.template('Core');
  template.hasResource('AWS::NetworkManager::GlobalNetwork', { DeletionPolicy: 'Retain' });
  template.hasResource('AWS::NetworkManager::CoreNetwork', {
    DeletionPolicy: 'Retain',
    Properties: {
      PolicyDocument: Match.objectLike({
        'version': '2025.11', 'core-network-configuration': Match.objectLike({ 'asn-ranges': ['64600-64664'], 'edge-locations': [{ location: 'eu-west-1', asn: 64_600 }, { location: 'us-east-1', asn: 64_601 }] }),
      }),
    },
  });
});

test('what is allowed after the core network was made is in its policy', () => {
  const policy = policyOf(built({}, (core) => core.segment('dev').allowTo(core.segment('shared'), { mutual: true })));
  expect(policy['segment-actions'].filter(({ action }: any) => action === 'send-via').map((one: any) => `${one.segment} ${one['when-sent-to'].segments}`)).toEqual(['dev shared', 'prod shared']);
  expect(policy.segments.find(({ name }: any) => name === 'prod')['deny-filter']).toEqual(['dev', 'onpremises']);
});

test('it is shared with the organization alone, in the one Region where RAM shares it', () => {
  const { fixture } = built();
  fixture.template('Core').resourceCountIs('AWS::RAM::ResourceShare', 0);
  fixture.template('Core.Share').hasResourceProperties('AWS::RAM::ResourceShare', {
    AllowExternalPrincipals: false, Principals: [ORGANIZATION], ResourceArns: [{ 'Fn::GetStackOutput': Match.objectLike({ StackName: 'Core', Region: 'eu-west-1' }) }],
  });
  expect((fixture.app.node.findChild('Core.Share') as Stack).region).toBe('us-east-1');
  built({}, undefined, 'us-east-1').fixture.template('Core').resourceCountIs('AWS::RAM::ResourceShare', 1);
});

describe('a spoke', () => {
  const home = () => built({}, (core, fixture) => void spoke(fixture, core));

  test('attaches by a tag to the edge of its Region, after the core network is shared, and routes there', () => {
    const { fixture } = home();
    const template = fixture.template('Spoke-payments');
    const read = { 'Fn::GetStackOutput': Match.objectLike({ StackName: 'Core', Region: 'eu-west-1', RoleArn: `arn:aws:iam::${NETWORK_ACCOUNT}:role/landing-zone-stack-reader` }) };
    template.hasResourceProperties('AWS::NetworkManager::VpcAttachment', {
      CoreNetworkId: read, Options: { ApplianceModeSupport: false, DnsSupport: true, Ipv6Support: false }, Tags: Match.arrayWith([{ Key: 'core-network-segment', Value: 'prod' }]),
      VpcArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:us-east-1:777788889999:vpc/', Match.anyValue()]] },
    });
    template.hasResourceProperties('AWS::EC2::Route', { DestinationCidrBlock: '0.0.0.0/0', CoreNetworkArn: read, TransitGatewayId: Match.absent() });
    expect((fixture.app.node.findChild('Spoke-payments') as Stack).dependencies.map(({ stackName }) => stackName).sort()).toEqual(['Core', 'Core-Share']);
  });

  test('has the addresses of its Region, and is but for its attachment and routes what it is at a hub', () => {
    const atHub = new NetworkFixture();
    const hub = atHub.hub({}, 'us-east-1');
    atHub.spoke('payments', { segment: hub.segment('prod') });
    const [here, there] = [home().resources('Spoke-payments'), atHub.resources('Spoke-payments')];
    expect(Object.keys(here)).toEqual(Object.keys(there));
    const differing = Object.keys(here).filter((id) => JSON.stringify(here[id]) !== JSON.stringify(there[id]));
    expect(differing.map((id) => here[id].Type).sort()).toEqual(['AWS::EC2::Route', 'AWS::NetworkManager::VpcAttachment']);
  });

  test('gets into its segment by a rule of its account, and nobody else does', () => {
    const rules = (one: Built) => policyOf(one)['attachment-policies'].map(({ conditions, action }: any) => `${conditions.map(({ key, value }: any) => `${key ? `${key}=` : ''}${value}`).join(' ')} > ${Object.values(action).at(-1)}`).sort();
    const owner = [
      'core-network-function-group=functions 444455556666 > core-network-function-group', 'core-network-function-group=functions > functions', 'core-network-segment=onpremises 444455556666 > onpremises',
    ];
    expect(rules(built())).toEqual(owner);
    expect(rules(home())).toEqual([...owner, 'vpc core-network-segment=prod 777788889999 > prod']);
    expect(rules(built({}, (core) => core.segment('dev').admitAccount('123456789012')))).toEqual([...owner, 'vpc core-network-segment=dev 123456789012 > dev']);
  });

  test('in a Region or an account that is not known is refused', () => {
    const { core, fixture } = built();
    expect(() => spoke(fixture, core, 'far', '777788889999', 'ap-south-1')).toThrow('The address plan has no Region ap-south-1');
    expect(() => new Spoke(new Stack(fixture.app, 'Nowhere'), 'Network', { key: 'nowhere', segment: core.segment('prod'), tiers: [SpokeTier.PRIVATE] })).toThrow('its stack needs an environment');
    expect(() => fixture.spoke('outside', { segment: core.onPremises! }, '777788889999', 'eu-west-1')).toThrow('the segment of networks outside AWS');
  });
});

describe('the network functions of a Region', () => {
  /** Routes of a Region's functions: `Transit euw1-az1: 0.0.0.0/0 > firewall euw1-az1`. */
  const routes = (props: Partial<CoreNetworkProps>, zone = 'euw1az1'): string[] => {
    const resources = built({ zones: 2, ...props }).resources('Core.eu-west-1');
    const targetOf = ({ VpcEndpointId, NatGatewayId, GatewayId, CoreNetworkArn }: any): string => {
      if (VpcEndpointId) return `appliance ${/euw1az\d/.exec(JSON.stringify(VpcEndpointId))![0]}`;
      if (NatGatewayId) return `nat ${/euw1az\d/.exec(NatGatewayId.Ref)![0]}`;
      return GatewayId ? 'internet' : CoreNetworkArn ? 'core network' : 'nowhere';
    };
    return ofType(resources, 'AWS::EC2::Route').map(({ Properties }) => ({ table: Properties.RouteTableId.Ref as string, to: `${Properties.DestinationCidrBlock} > ${targetOf(Properties)}` }))
      .filter(({ table }) => table.includes(zone)).map(({ table, to }) => `${/Vpc(Transit|Appliance|Public)/.exec(table)![1]}: ${to}`).sort();
  };

  test('inspect both ways to the internet and back, in one zone', () => {
    const zone = (az: string) => [
      'Appliance: 0.0.0.0/0 > nat', 'Appliance: 10.0.0.0/8 > core network', 'Appliance: 192.168.0.0/16 > core network', 'Public: 0.0.0.0/0 > internet', 'Public: 10.0.0.0/11 > appliance', 'Transit: 0.0.0.0/0 > appliance',
    ].map((route) => (/(nat|appliance)$/.test(route) ? `${route} ${az}` : route));
    expect(routes({})).toEqual(zone('euw1az1'));
    expect(routes({}, 'euw1az2')).toEqual(zone('euw1az2'));
  });

  test('inspect traffic between segments only, and let that to the internet go by', () => {
    expect(routes({ inspection: Inspection.inspectionVpc({ northSouth: false }) })).toEqual([
      'Appliance: 10.0.0.0/8 > core network', 'Appliance: 192.168.0.0/16 > core network', 'Public: 0.0.0.0/0 > internet', 'Public: 10.0.0.0/11 > core network',
      'Transit: 0.0.0.0/0 > nat euw1az1', 'Transit: 10.0.0.0/8 > appliance euw1az1', 'Transit: 192.168.0.0/16 > appliance euw1az1',
    ]);
  });

  test('without egress have no way to the internet', () => {
    expect(routes({ egress: Egress.none() })).toEqual([
      'Appliance: 10.0.0.0/8 > core network', 'Appliance: 192.168.0.0/16 > core network', 'Transit: 10.0.0.0/8 > appliance euw1az1', 'Transit: 192.168.0.0/16 > appliance euw1az1',
    ]);
  });

  test('without inspection lead nobody back but answers', () => {
    expect(routes({ inspection: Inspection.none('tests') })).toEqual(['Public: 0.0.0.0/0 > internet', 'Public: 10.0.0.0/11 > core network', 'Transit: 0.0.0.0/0 > nat euw1az1']);
  });

  test('by appliances of others, in the one Region that they serve', () => {
    const plan = addressPlan({ regions: { 'eu-west-1': 0 } });
    const serviceName = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';
    expect(routes({ addressPlan: plan, inspection: Inspection.gatewayLoadBalancer({ serviceName }), egress: Egress.none() })).toContain('Transit: 10.0.0.0/8 > appliance euw1az1');
    expect(() => built({ inspection: Inspection.gatewayLoadBalancer({ serviceName }) })).toThrow('serviceName is none of us-east-1, where the firewall needs one');
  });

  test('are added to the group by the tag of their attachment, with appliance mode, in each Region', () => {
    const { fixture } = built();
    for (const region of ['eu-west-1', 'us-east-1']) {
      const template = fixture.template(`Core.${region}`);
      template.hasResourceProperties('AWS::NetworkManager::VpcAttachment', { Options: Match.objectLike({ ApplianceModeSupport: true }), Tags: Match.arrayWith([{ Key: 'core-network-function-group', Value: 'functions' }]) });
      template.resourceCountIs('AWS::NetworkFirewall::Firewall', 3);
      template.resourceCountIs('AWS::EC2::NatGateway', 3);
      expect((fixture.app.node.findChild(`Core.${region}`) as Stack).dependencies.map(({ stackName }) => stackName)).toEqual(['Core']);
    }
  });

  test('pass what is allowed in its direction, whatever the Region, and drop the rest of the plan', () => {
    for (const region of ['eu-west-1', 'us-east-1']) {
      const [group] = ofType(built().resources(`Core.${region}`), 'AWS::NetworkFirewall::RuleGroup');
      const rules: string[] = group.Properties.RuleGroup.RulesSource.StatefulRules.map(({ Action, Header }: any) => `${Action} ${Header.Source} ${Header.Destination}`);
      expect(rules).toContain('PASS 10.0.0.0/14 10.40.0.0/14');
      expect(rules).not.toContain('PASS 10.40.0.0/14 10.0.0.0/14');
      expect(rules.indexOf('DROP 10.0.0.0/8 10.0.0.0/8')).toBeGreaterThan(rules.indexOf('PASS 10.32.0.0/14 10.8.0.0/14'));
    }
  });

  test('are not there where nothing is inspected and nobody reaches the internet', () => {
    const { fixture } = built({ inspection: Inspection.none('tests'), egress: Egress.none() });
    expect(fixture.app.node.children.map(({ node }) => node.id).filter((id) => id.startsWith('Core'))).toEqual(['Core', 'Core.Share']);
  });
});

test('what is declared, an intent a Region, for readers of the template', () => {
  const { fixture } = built();
  const common = { hub: 'Core/Wan', egress: 'central', inspectsEgress: true, inspectsEastWest: true, allowed: [{ from: 'prod', to: 'shared', isOneWay: true }] };
  expect(fixture.template('Core').toJSON().Metadata['cdk-landing-zone'].network.intents).toEqual(['eu-west-1', 'us-east-1'].map((region) => expect.objectContaining({ ...common, region })));
  const plain = built({ inspection: Inspection.none('tests') }).fixture.template('Core').toJSON().Metadata['cdk-landing-zone'].network.intents;
  expect(plain[1]).toMatchObject({ inspectsEastWest: false, allowed: [{ isOneWay: false }], segments: [{ name: 'prod', ranges: ['10.32.0.0/14'] }, { name: 'dev' }, { name: 'shared' }] });
});

test('what Cloud WAN cannot express, or one VPC a Region cannot do, is refused with the reason', () => {
  expect(() => built({ inspection: Inspection.networkFirewall() })).toThrow('AWS Network Firewall attaches itself to transit gateways, not to core networks. Use Inspection.inspectionVpc()');
  expect(() => built({ egress: Egress.central({ zonal: false }) })).toThrow('a regional NAT gateway does not route to a core network');
  expect(() => built({ egress: Egress.central({ cidr: '100.70.0.0/24' }) })).toThrow('give both the same cidr, not 100.70.0.0/24 and 100.64.1.0/24');
  expect(() => built({ egress: Egress.none(), inspection: Inspection.inspectionVpc({ eastWest: false }) })).toThrow('there is no egress: use Inspection.none(reason)');
  expect(() => built({ inspection: Inspection.inspectionVpc({ tlsCertificateAuthorityArn: 'arn:aws:acm:eu-west-1:444455556666:certificate/1' }) })).toThrow('tlsCertificateAuthorityArn is none of us-east-1');
  const names = addressPlan({ segments: { 'pre-prod': 0, 'functions': 1, 'prod': 2, 'shared': 3 } });
  expect(() => built({ addressPlan: names })).toThrow(/has 2 problems\n.*functions is a name of the core network itself.*\n.*segment pre-prod: Cloud WAN takes names of up to 64 letters and digits, a letter first\. Call it preprod in the plan; in its slot it keeps its addresses/);
  const whole = AddressPlan.of('10.0.0.0/16', { regions: { 'eu-west-1': 0 }, segments: { prod: 0 }, regionSlots: 1, segmentSlots: 1 });
  expect(() => built({ addressPlan: whole })).toThrow('would come before it. Plan more slots');
  expect(() => built({}, undefined, 'us-gov-west-1')).toThrow('it is not known where AWS RAM shares a core network of that partition');
  const { core } = built();
  const other = built().core;
  expect(() => core.segment('prod').allowTo(other.segment('shared'))).toThrow('belong to different core networks');
});

test('mistakes are said at once', () => {
  expect(() => built({ asnStart: 65_500, zones: 9, zoneIds: { 'eu-north-1': [], 'eu-west-1': ['euw1-az1', 'euw1-az1'] }, segments: { prd: {} } })).toThrow(
    /has 6 problems\n.*asnStart is 65500.*\n.*9 zones are asked for.*\n.*zoneIds names eu-north-1.*\n.*0 zones for eu-north-1.*\n.*a zone of eu-west-1 twice.*\n.*segments names prd/);
  const { core } = built();
  expect(() => core.segment('test')).toThrow('has no segment test. Segments of the plan: prod, dev, shared');
  expect(() => core.segment('prod').allowTo(core.segment('prod'))).toThrow('VPCs of a segment do, unless it is isolated');
  expect(() => core.segment('prod').admitAccount('payments')).toThrow('"payments" is not an account id of 12 digits');
});

test('too much for a core network', () => {
  const template = (limits: CoreNetworkProps['limits']) => built({ limits }, (core, fixture) => void spoke(fixture, core)).fixture.template('Core');
  expect(() => template({ segments: 4 })).toThrow('5 segments and network function groups, 4 are possible');
  expect(() => template({ attachments: 2 })).toThrow('3 attachments, 2 are possible in a core network. Agree on more with AWS');
  // Black holes of the plan and the data centre in 4 segments, two default routes in 3; the VPC in prod, shared and the functions.
  expect(() => template({ routes: 16 })).toThrow('17 routes in all segments, 16 are possible');
  expect(template({ routes: 17, attachments: 3, segments: 5 })).toBeInstanceOf(Template);
});

describe('nothing is replaced or moved', () => {
  const stacks = ['Core', 'Core.Share', 'Core.eu-west-1', 'Core.us-east-1', 'Spoke-payments'];
  const unmoved = (before: Built, after: Built, ...mayChange: string[]) => {
    for (const stack of stacks) {
      const [old, grown] = [before.resources(stack), after.resources(stack)];
      for (const [id, resource] of Object.entries(old)) if (!mayChange.includes(resource.Type)) expect([stack, id, grown[id]]).toEqual([stack, id, resource]);
    }
  };
  const one = (change: (core: CoreNetwork, fixture: NetworkFixture) => void = () => undefined, props: Partial<CoreNetworkProps> = {}) => built(props, (core, fixture) => {
    spoke(fixture, core);
    change(core, fixture);
  });

  test('by other spokes and connections, but for the policy and the firewalls\' rules, which change in place', () => {
    const crowd = one((core, fixture) => {
      spoke(fixture, core, 'aardvark', '111122223333');
      core.segment('dev').allowTo(core.segment('shared'));
    });
    unmoved(one(), crowd, 'AWS::NetworkManager::CoreNetwork', 'AWS::NetworkFirewall::RuleGroup');
  });

  test('by a segment or a Region more', () => {
    const plan = addressPlan({ regions: { 'eu-west-1': 0, 'us-east-1': 1, 'eu-north-1': 2 }, segments: { prod: 0, dev: 1, shared: 2, sandbox: 3 } });
    unmoved(one(), one(undefined, { addressPlan: plan }), 'AWS::NetworkManager::CoreNetwork', 'AWS::NetworkFirewall::RuleGroup');
  });

  test('by a second synthesis', () => {
    const [first, second] = [one(), one()];
    for (const stack of stacks) expect(JSON.stringify(first.resources(stack))).toBe(JSON.stringify(second.resources(stack)));
  });
});

test('AwsSolutions and CloudFormation have nothing to say', () => {
  const { violations } = validated((stack) => {
    const core = new CoreNetwork(stack, 'Wan', { addressPlan: addressPlan(), shareWith: ORGANIZATION, flowLogs: LOGS });
    core.segment('prod').allowTo(core.segment('shared'));
    new Spoke(new Stack(stack.node.scope!, 'Spoke', { env: { account: '777788889999', region: 'eu-west-1' } }), 'Network', { key: 'payments', segment: core.segment('prod') });
  });
  expect(violations).toEqual([]);
});

test('the core network and the functions of a Region, as a small snapshot', () => {
  const { resources } = built({ zones: 1 });
  const line = ([id, { Type, Properties = {} }]: [string, any]) => `${id} ${Type} ${Properties.CidrBlock ?? Properties.DestinationCidrBlock ?? ''}`.trim();
  expect(['Core', 'Core.Share', 'Core.eu-west-1'].map((stack) => Object.entries(resources(stack)).map(line))).toMatchSnapshot();
});
