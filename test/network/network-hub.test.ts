import { Match } from 'aws-cdk-lib/assertions';
import { addressPlan, NetworkFixture, NETWORK_ACCOUNT, ORGANIZATION } from './hub-fixture';
import { Egress, FlowLogs, Inspection, MeteredAccount, NetworkHubProps } from '../../src';

const built = (props: Partial<NetworkHubProps> = {}, change?: (fixture: NetworkFixture) => void) => {
  const fixture = new NetworkFixture();
  const hub = fixture.hub(props);
  hub.segment('prod').allowTo(hub.segment('shared'));
  change?.(fixture);
  return { fixture, hub, template: fixture.template('Hub-eu-west-1') };
};

test('a gateway that associates and learns nothing by itself, kept, shared with the organization alone', () => {
  const { template } = built();
  template.hasResource('AWS::EC2::TransitGateway', {
    DeletionPolicy: 'Retain',
    Properties: { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable', AutoAcceptSharedAttachments: 'enable', AmazonSideAsn: 64_512 },
  });
  template.hasResourceProperties('AWS::RAM::ResourceShare', { AllowExternalPrincipals: false, Principals: [ORGANIZATION] });
  template.hasResourceProperties('AWS::EC2::FlowLog', { ResourceType: 'TransitGateway', LogDestination: 'arn:aws:s3:::acme-flow-logs', TrafficType: Match.absent(), MaxAggregationInterval: 60 });
});

test('a table a segment, and those of inspection, egress and networks on premises', () => {
  const { template } = built();
  const names = Object.values(template.findResources('AWS::EC2::TransitGatewayRouteTable')).map(({ Properties }) => Properties.Tags[0].Value).sort();
  expect(names).toEqual(['dev', 'egress', 'inspection', 'on-premises', 'prod', 'shared']);
});

test('the firewall is attached to the gateway itself, in three zones, and inspects what passes', () => {
  const { template } = built();
  template.hasResource('AWS::NetworkFirewall::Firewall', {
    DeletionPolicy: 'Retain',
    Properties: { TransitGatewayId: { Ref: Match.anyValue() }, AvailabilityZoneMappings: ['euw1-az1', 'euw1-az2', 'euw1-az3'].map((zone) => ({ AvailabilityZone: zone })), DeleteProtection: true, VpcId: Match.absent() },
  });
  template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
    FirewallPolicy: {
      StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' }, StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
      PolicyVariables: { RuleVariables: { HOME_NET: { Definition: ['10.0.0.0/8', '192.168.0.0/16'] } } },
    },
  });
  template.hasResourceProperties('AWS::NetworkFirewall::LoggingConfiguration', {
    LoggingConfiguration: { LogDestinationConfigs: ['ALERT', 'FLOW'].map((LogType) => Match.objectLike({ LogType, LogDestinationType: 'S3', LogDestination: { prefix: 'network-firewall', bucketName: 'acme-flow-logs' } })) },
  });
});

test('the firewall passes what is allowed in its direction, drops the rest of the plan, and passes the internet at the end', () => {
  const { template } = built();
  const [group] = Object.values(template.findResources('AWS::NetworkFirewall::RuleGroup'));
  const rules: string[] = group!.Properties.RuleGroup.RulesSource.StatefulRules.map(({ Action, Header }: any) => `${Action} ${Header.Source} ${Header.Destination}`);
  expect(rules).toContain('PASS 10.0.0.0/14 10.8.0.0/14');
  expect(rules).not.toContain('PASS 10.8.0.0/14 10.0.0.0/14');
  expect(rules.indexOf('DROP 10.0.0.0/8 10.0.0.0/8')).toBeGreaterThan(rules.indexOf('PASS 10.0.0.0/14 10.40.0.0/14'));
  expect(rules.indexOf('PASS 10.0.0.0/14 ANY')).toBeGreaterThan(rules.indexOf('DROP 192.168.0.0/16 192.168.0.0/16'));
});

test('domains in place of the internet, rules of your own first, and TLS opened', () => {
  const { template } = built({
    inspection: Inspection.networkFirewall({
      allowedDomains: ['.github.com'], suricataRules: ['drop tls any any -> any any (tls.version:1.0; sid:1;)'], managedRuleGroups: [],
      tlsCertificateAuthorityArn: 'arn:aws:acm:eu-west-1:444455556666:certificate/11111111-2222-3333-4444-555555555555',
    }),
  });
  template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', { RuleGroup: { RulesSource: { RulesSourceList: { GeneratedRulesType: 'ALLOWLIST', Targets: ['.github.com'], TargetTypes: ['TLS_SNI', 'HTTP_HOST'] } } } });
  template.hasResourceProperties('AWS::NetworkFirewall::TLSInspectionConfiguration', { TLSInspectionConfiguration: { ServerCertificateConfigurations: [Match.objectLike({ CertificateAuthorityArn: Match.stringLikeRegexp('certificate') })] } });
  template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', { FirewallPolicy: { StatefulRuleGroupReferences: [300, 600, 700].map((Priority) => Match.objectLike({ Priority })) } });
});

test('egress by a regional NAT gateway, whose own table leads answers back to the gateway', () => {
  const { template } = built();
  template.hasResourceProperties('AWS::EC2::NatGateway', { AvailabilityMode: 'regional', SubnetId: Match.absent(), AllocationId: Match.absent() });
  template.hasResourceProperties('AWS::EC2::Route', { RouteTableId: { 'Fn::GetAtt': [Match.anyValue(), 'RouteTableId'] }, DestinationCidrBlock: '10.0.0.0/11', TransitGatewayId: { Ref: Match.anyValue() } });
  template.resourceCountIs('AWS::EC2::InternetGateway', 1);
  template.resourceCountIs('AWS::EC2::EIP', 0);
});

test('egress by a NAT gateway a zone, with addresses that partners may rely on', () => {
  const { template } = built({ egress: Egress.central({ zonal: true, fixedAddresses: true }), zones: 2 });
  template.resourceCountIs('AWS::EC2::NatGateway', 2);
  template.allResources('AWS::EC2::EIP', { DeletionPolicy: 'Retain' });
  template.resourcePropertiesCountIs('AWS::EC2::Route', { DestinationCidrBlock: '10.0.0.0/11' }, 2);
  expect(() => Egress.central({ cidr: '100.64.0.0/25' })).toThrow('a block of /16 to /24 is expected');
});

test('regional egress with fixed addresses', () => {
  built({ egress: Egress.central({ fixedAddresses: true }), zones: 2 }).template.hasResourceProperties('AWS::EC2::NatGateway', {
    AvailabilityZoneAddresses: ['euw1-az1', 'euw1-az2'].map((zone) => ({ AvailabilityZoneId: zone, AllocationIds: [Match.anyValue()] })),
  });
});

test('no egress: no VPC, no internet gateway, no default route', () => {
  const { template } = built({ egress: Egress.none() });
  template.resourceCountIs('AWS::EC2::VPC', 0);
  template.resourcePropertiesCountIs('AWS::EC2::TransitGatewayRoute', { DestinationCidrBlock: Match.stringLikeRegexp('^(0|128)\\.0\\.0\\.0/') }, 0);
});

test('an inspection VPC: appliance mode, and each zone by a firewall of its own both ways, all with one policy', () => {
  const { template } = built({ inspection: Inspection.inspectionVpc(), zones: 2 });
  template.hasResourceProperties('AWS::EC2::TransitGatewayAttachment', { Options: Match.objectLike({ ApplianceModeSupport: 'enable' }) });
  template.resourceCountIs('AWS::NetworkFirewall::Firewall', 2);
  template.resourceCountIs('AWS::NetworkFirewall::FirewallPolicy', 1);
  template.resourceCountIs('AWS::NetworkFirewall::LoggingConfiguration', 2);
  for (const zone of ['euw1az1', 'euw1az2']) {
    const endpoints = { 'Fn::Select': [0, { 'Fn::GetAtt': [Match.stringLikeRegexp(`FirewallResource${zone}`), 'EndpointIds'] }] };
    template.hasResourceProperties('AWS::EC2::Route', { RouteTableId: { Ref: Match.stringLikeRegexp(`Transit${zone}`) }, DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: { 'Fn::Select': [1, { 'Fn::Split': [':', endpoints] }] } });
  }
});

test('appliances behind a Gateway Load Balancer', () => {
  const { template } = built({ inspection: Inspection.gatewayLoadBalancer({ serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' }), zones: 2 });
  template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'GatewayLoadBalancer' }, 2);
  template.resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
});

test('whom AWS charges', () => {
  const { template } = built({ metering: MeteredAccount.SOURCE });
  template.hasResourceProperties('AWS::EC2::TransitGatewayMeteringPolicy', { MiddleboxAttachmentIds: [Match.anyValue(), Match.anyValue()] });
  template.hasResourceProperties('AWS::EC2::TransitGatewayMeteringPolicyEntry', { MeteredAccount: 'source-attachment-owner' });
});

test('what is declared, for readers of the template', () => {
  const { template } = built();
  expect(template.toJSON().Metadata['cdk-landing-zone'].network.intents).toEqual([expect.objectContaining({
    region: 'eu-west-1', egress: 'central', inspectsEgress: true, inspectsEastWest: true, allowed: [{ from: 'prod', to: 'shared', isOneWay: true }],
  })]);
});

test('mistakes are said at once', () => {
  const fixture = new NetworkFixture(addressPlan({ segments: { egress: 0, prod: 1 } }));
  expect(() => fixture.hub({ segments: { prd: {} }, amazonSideAsn: 7, spokeStacks: 0, zoneIds: ['euw1-az1', 'euw1-az1'] })).toThrow(
    /has 5 problems\n.*egress is a table of the hub itself.*\n.*segments names prd.*Segments of the plan: egress, prod\n.*names a zone twice.*\n.*spokeStacks is 0.*\n.*amazonSideAsn is 7/);
  const { hub } = built();
  expect(() => hub.segment('test')).toThrow('has no segment test. Segments of the plan: prod, dev, shared');
  expect(() => hub.segment('prod').allowTo(hub.segment('prod'))).toThrow('VPCs of a segment do, unless it is isolated');
  expect(() => Inspection.none(' ')).toThrow('say why nothing is inspected');
  expect(() => FlowLogs.none('')).toThrow('say why no flow logs are kept');
  expect(() => Inspection.networkFirewall({ eastWest: false, northSouth: false })).toThrow('Inspection.none(reason)');
});

test('too many routes for a gateway', () => {
  expect(() => built({ limits: { routes: 5 } })).toThrow(/\d+ routes in 6 tables, 5 are possible in a transit gateway. Agree on more with AWS/);
  expect(() => built({ limits: { routes: 5 }, inspection: Inspection.none('trial'), egress: Egress.none() })).toThrow('Inspect east-west: each VPC is then a route of its own segment and of the inspection only. Or agree on more');
});

describe('two Regions', () => {
  const peered = (turned = false) => {
    const fixture = new NetworkFixture();
    const [ireland, virginia] = [fixture.hub(), fixture.hub({}, 'us-east-1')];
    ireland.segment('prod').allowTo(ireland.segment('shared'));
    if (turned) virginia.peerWith(ireland);
    else ireland.peerWith(virginia);
    return fixture;
  };

  test('the Region that comes first in the plan asks and accepts, in a stack after both hubs', () => {
    const fixture = peered();
    const template = fixture.template('Hub-eu-west-1.Peering');
    template.hasResourceProperties('AWS::EC2::TransitGatewayPeeringAttachment', { PeerRegion: 'us-east-1', PeerAccountId: NETWORK_ACCOUNT });
    template.hasResourceProperties('Custom::AcceptedTransitGatewayPeering', { PeerRegion: 'us-east-1' });
    fixture.template('Hub-us-east-1.Peering').resourceCountIs('AWS::EC2::TransitGatewayPeeringAttachment', 0);
    fixture.template('Hub-us-east-1.Peering').hasResourceProperties('AWS::EC2::TransitGatewayRoute', { DestinationCidrBlock: '10.0.0.0/11' });
  });

  test('whoever says it, the templates are the same', () => {
    for (const stack of ['Hub-eu-west-1', 'Hub-eu-west-1.Peering', 'Hub-us-east-1', 'Hub-us-east-1.Peering']) {
      expect(peered(true).resources(stack)).toEqual(peered().resources(stack));
    }
  });

  test('what is allowed at one hub is allowed at the other', () => {
    peered().template('Hub-us-east-1').hasResourceProperties('AWS::EC2::TransitGatewayRoute', { DestinationCidrBlock: '10.40.0.0/14' });
  });
});
