import { id, routesOf, Sketch, topologyOfOne } from './reading';
import { FirewallRule } from '../../../src/analysis/network/topology';

const ref = (name: string) => ({ Ref: name });
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

interface PolicySketch {
  readonly groups?: readonly any[];
  readonly policy?: object;
}

/** A firewall with rule groups, in their order, in strict order unless told. */
function judged({ groups = [], policy = {} }: PolicySketch) {
  const sketch: { [logicalId: string]: Sketch[string] } = {
    Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/8' }],
    Firewall: ['NetworkFirewall::Firewall', { FirewallName: 'x', FirewallPolicyArn: ref('Policy'), VpcId: ref('Vpc'), SubnetMappings: [] }],
    Policy: ['NetworkFirewall::FirewallPolicy', {
      FirewallPolicyName: 'x',
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'], StatelessFragmentDefaultActions: ['aws:forward_to_sfe'], StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
        StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        // The last has the highest priority: order is by number, not by place.
        StatefulRuleGroupReferences: groups.map((group, index) => ({ ResourceArn: typeof group === 'string' ? group : ref(`Group${index}`), Priority: index + 1 })).reverse(),
        ...policy,
      },
    }],
  };
  groups.forEach((group, index) => {
    if (typeof group !== 'string') sketch[`Group${index}`] = ['NetworkFirewall::RuleGroup', { RuleGroupName: 'x', Type: 'STATEFUL', Capacity: 1, RuleGroup: group }];
  });
  const { kind, rules, otherwise } = topologyOfOne(sketch).firewalls[0]!;
  expect(kind).toBe('network-firewall');
  return { rules: rules?.map(inWords), otherwise };
}

function inWords({ action, sources, destinations, protocol, ports }: FirewallRule): string {
  const sides = [sources, destinations].map((blocks) => (blocks.join() === EVERYWHERE.join() ? 'any' : blocks.join(' ')));
  return `${action} ${protocol ?? 'any'} ${sides.join(' -> ')}${ports ? ` ${ports.from}-${ports.to}` : ''}`;
}

const text = (...lines: string[]) => ({ RulesSource: { RulesString: lines.join('\n') } });
const tuple = (Action: string, header: object = {}, options: object[] = [{ Keyword: 'sid:1' }]) => ({
  Action, Header: { Protocol: 'IP', Source: 'ANY', SourcePort: 'ANY', Direction: 'FORWARD', Destination: 'ANY', DestinationPort: 'ANY', ...header }, RuleOptions: options,
});
const tuples = (...rules: any[]) => ({ RulesSource: { StatefulRules: rules } });

describe('what a policy decides', () => {
  test('by rules of five parts, group by group, the rest is dropped', () => {
    const groups = [
      tuples(tuple('PASS', { Source: '10.0.0.0/14', Destination: '10.8.0.0/14' }), tuple('DROP', { Source: '10.0.0.0/8', Destination: '10.0.0.0/8' })),
      tuples(tuple('PASS', { Protocol: 'TCP', Source: '10.0.0.0/8', DestinationPort: '443' }), tuple('ALERT'), tuple('REJECT', { Protocol: 'UDP', DestinationPort: '1:1023' })),
    ];
    expect(judged({ groups })).toEqual({
      rules: ['pass any 10.0.0.0/14 -> 10.8.0.0/14', 'drop any 10.0.0.0/8 -> 10.0.0.0/8', 'pass 6 10.0.0.0/8 -> any 443-443', 'drop 17 any -> any 1-1023'], otherwise: 'drop',
    });
  });

  test('in both directions', () => {
    expect(judged({ groups: [tuples(tuple('PASS', { Source: '10.0.0.0/14', Destination: '10.8.0.0/14', Direction: 'ANY' }))] }).rules).toEqual(['pass any 10.0.0.0/14 -> 10.8.0.0/14', 'pass any 10.8.0.0/14 -> 10.0.0.0/14']);
  });

  test('without a default that drops, the rest passes', () => {
    expect(judged({ policy: { StatefulDefaultActions: ['aws:alert_strict'] } })).toEqual({ rules: [], otherwise: 'pass' });
    expect(judged({ policy: { StatefulDefaultActions: ['aws:drop_strict'] } }).otherwise).toBe('drop');
  });

  test('in AWS\'s own order what passes comes first', () => {
    const groups = [tuples(tuple('DROP', { Source: '10.0.0.0/8' })), tuples(tuple('PASS', { Source: '10.0.0.0/14' }))];
    expect(judged({ groups, policy: { StatefulEngineOptions: undefined } })).toEqual({ rules: ['pass any 10.0.0.0/14 -> any', 'drop any 10.0.0.0/8 -> any'], otherwise: 'pass' });
  });

  test('before stateful rules: what passes or is dropped by default is not inspected; stateless rules are not modelled', () => {
    expect(judged({ policy: { StatelessDefaultActions: ['aws:pass'] } })).toEqual({ rules: [], otherwise: 'pass' });
    expect(judged({ policy: { StatelessDefaultActions: ['aws:drop'] } })).toEqual({ rules: [], otherwise: 'drop' });
    expect(judged({ policy: { StatelessRuleGroupReferences: [{ ResourceArn: 'x', Priority: 1 }] } })).toEqual({ rules: undefined, otherwise: 'may-pass' });
  });

  test('of a policy or a group elsewhere anything may pass', () => {
    const anything = 'may-pass any any -> any';
    expect(judged({ groups: ['arn:aws:network-firewall:eu-west-1:111111111111:stateful-rulegroup/own', tuples(tuple('DROP'))] }).rules).toEqual([anything, 'drop any any -> any']);
    const { firewalls } = topologyOfOne({ Firewall: ['NetworkFirewall::Firewall', { FirewallName: 'x', FirewallPolicyArn: 'arn:x' }] });
    expect(firewalls[0]).toMatchObject({ otherwise: 'may-pass' });
    expect(firewalls[0]!.rules).toBeUndefined();
  });

  test('AWS\'s own groups drop what is bad by its name or payload, and decide nothing else', () => {
    expect(judged({ groups: ['arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/MalwareDomainsStrictOrder', tuples(tuple('PASS'))] }).rules).toEqual(['pass any any -> any']);
  });

  test('domains that are allowed may be called; denied ones close no address', () => {
    const domains = (GeneratedRulesType: string) => ({ RulesSource: { RulesSourceList: { GeneratedRulesType, TargetTypes: ['TLS_SNI'], Targets: ['.acme.example'] } } });
    expect(judged({ groups: [domains('ALLOWLIST'), domains('DENYLIST')] }).rules).toEqual(['may-pass 6 10.0.0.0/8 -> any']);
    expect(judged({ groups: [{ ...domains('ALLOWLIST'), RuleVariables: { IPSets: { HOME_NET: { Definition: ['10.0.0.0/11', '192.168.0.0/16'] } } } }] }).rules).toEqual(['may-pass 6 10.0.0.0/11 192.168.0.0/16 -> any']);
  });
});

describe('rules of Suricata', () => {
  const of = (...lines: string[]) => judged({ groups: [{ ...text(...lines), RuleVariables: { IPSets: { SHARED: { Definition: ['10.8.0.0/14'] } }, PortSets: { WEB: { Definition: ['80', '443'] } } } }] }).rules;

  test.each<[string, string[]]>([
    ['pass tcp $HOME_NET any -> $SHARED 443 (msg:"to; shared"; sid:1; rev:2;)', ['pass 6 10.0.0.0/8 -> 10.8.0.0/14 443-443']],
    ['drop ip any any -> 192.168.0.0/16 any (sid:1;)', ['drop any any -> 192.168.0.0/16']],
    ['drop udp $HOME_NET any <> 192.168.0.1 [53,123:124] (sid:1;)', ['drop 17 10.0.0.0/8 -> 192.168.0.1/32 53-53', 'drop 17 10.0.0.0/8 -> 192.168.0.1/32 123-124', 'drop 17 192.168.0.1/32 -> 10.0.0.0/8 53-53', 'drop 17 192.168.0.1/32 -> 10.0.0.0/8 123-124']],
    ['pass tcp any any -> any $WEB (sid:1;)', ['pass 6 any -> any 80-80', 'pass 6 any -> any 443-443']],
    ['drop ip [10.0.0.0/8,!10.128.0.0/9] any -> any any (sid:1;)', ['drop any 10.0.0.0/9 -> any']],
    ['drop tcp any any -> any any (flow:established,to_server; sid:1;)', ['drop 6 any -> any']],
    ['# pass ip any any -> any any (sid:1;)', []],
    ['alert ip any any -> any any (sid:1;)', []],
    // A drop because of a payload closes nothing; a pass because of one may pass.
    ['drop tls any any -> any any (tls.sni; content:"evil"; sid:1;)', []],
    ['pass tls $HOME_NET any -> any any (tls.sni; content:"good"; sid:1;)', ['may-pass 6 10.0.0.0/8 -> any']],
    ['pass dns any any -> any 53 (sid:1;)', ['may-pass any any -> any 53-53']],
    ['pass tcp any any -> any any (flow:not_established; sid:1;)', ['may-pass 6 any -> any']],
    ['pass tcp any 1024: -> any 443 (sid:1;)', ['may-pass 6 any -> any 443-443']],
    ['pass tcp any any -> any !22 (sid:1;)', ['may-pass 6 any -> any']],
    ['drop tcp any any -> any !22 (sid:1;)', []],
    ['pass ip $NOWHERE any -> any any (sid:1;)', ['may-pass any any -> any']],
    ['pass ip any any -> $EXTERNAL_NET any (sid:1;)', [expect.stringMatching(/^pass any any -> 0\.0\.0\.0\/5 8\.0\.0\.0\/7 11\.0\.0\.0\/8 .*::\/0$/)]],
    ['something else', ['may-pass any any -> any']],
  ])('%s', (line, rules) => expect(of(line)).toEqual(rules));

  test('variables of the policy stand for those inside; a prefix list for an IP set', () => {
    const groups = [{
      ...text('pass ip $HOME_NET any -> @PARTNERS any (sid:1;)', 'pass ip any any -> @ELSEWHERE any (sid:2;)'),
      ReferenceSets: { IPSetReferences: { PARTNERS: { ReferenceArn: 'unknown-list' }, ELSEWHERE: { ReferenceArn: 'unknown-list' } } },
    }];
    expect(judged({ groups, policy: { PolicyVariables: { RuleVariables: { HOME_NET: { Definition: ['10.0.0.0/11'] } } } } }).rules).toEqual(['may-pass any 10.0.0.0/11 -> any', 'may-pass any any -> any']);
  });

  test('that are written with functions', () => {
    const list: Sketch = {
      List: ['EC2::PrefixList', { PrefixListName: 'x', AddressFamily: 'IPv4', Entries: [{ Cidr: '172.16.0.0/12' }] }],
      Firewall: ['NetworkFirewall::Firewall', { FirewallName: 'x', FirewallPolicyArn: { 'Fn::GetAtt': ['Policy', 'FirewallPolicyArn'] } }],
      Policy: ['NetworkFirewall::FirewallPolicy', {
        FirewallPolicyName: 'x',
        FirewallPolicy: { StatelessDefaultActions: ['aws:forward_to_sfe'], StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' }, StatefulRuleGroupReferences: [{ Priority: 1, ResourceArn: ref('Group') }] },
      }],
      Group: ['NetworkFirewall::RuleGroup', {
        RuleGroup: { ReferenceSets: { IPSetReferences: { P: { ReferenceArn: { 'Fn::GetAtt': ['List', 'Arn'] } } } }, RulesSource: { RulesString: { 'Fn::Sub': 'pass ip any any -> @P any (msg:"${AWS::Region}"; sid:1;)' } } },
      }],
    };
    expect(topologyOfOne(list).firewalls[0]!.rules!.map(inWords)).toEqual(['pass any any -> 172.16.0.0/12']);
  });
});

describe('endpoints of a firewall', () => {
  const vpc: Sketch = {
    Vpc: ['EC2::VPC', { CidrBlock: '100.64.0.0/24' }],
    A: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'eu-west-1a', CidrBlock: '100.64.0.0/28' }],
    B: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'eu-west-1b', CidrBlock: '100.64.0.16/28' }],
    Table: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
  };
  const firewall = (...subnets: string[]): Sketch => ({ Firewall: ['NetworkFirewall::Firewall', { FirewallName: 'x', FirewallPolicyArn: 'arn:x', VpcId: ref('Vpc'), SubnetMappings: subnets.map((subnet) => ({ SubnetId: ref(subnet) })) }] });
  const list = { 'Fn::GetAtt': ['Firewall', 'EndpointIds'] };
  const route = (endpoint: any): Sketch => ({ Route: ['EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: endpoint }] });
  const first = { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, list] }] }] };
  const named = { 'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::Select': [1, { 'Fn::Split': ['eu-west-1b:', { 'Fn::Join': [',', list] }] }] }] }] };

  test.each<[string, any, string[], number]>([['the only one', first, ['A'], 0], ['by its zone', named, ['A', 'B'], 1]])('%s', (_, endpoint, subnets, place) => {
    const { vpcs: [read], unknowns } = topologyOfOne({ ...vpc, ...firewall(...subnets), ...route(endpoint) });
    expect(routesOf(read!.routeTables[1])[1]).toBe(`0.0.0.0/0 -> appliance-endpoint ${id('Firewall')}#endpoint-${place}`);
    expect(read!.endpoints.map(({ kind, firewall: owner, subnets: [subnet] }) => [kind, owner, subnet])).toEqual(subnets.map((subnet) => ['appliance', id('Firewall'), id(subnet)]));
    expect(unknowns).toEqual([]);
  });

  test('one of several by its place in the list: AWS promises no order', () => {
    expect(topologyOfOne({ ...vpc, ...firewall('A', 'B'), ...route(first) }).unknowns).toEqual([
      expect.objectContaining({ what: 'AWS::NetworkFirewall::Firewall Firewall: a route takes one of its endpoints by the place in their list, which has no order', affects: [id('Vpc')] }),
    ]);
  });

  test('in another VPC, by an association', () => {
    const { vpcs: [read] } = topologyOfOne({
      ...vpc, ...firewall('A'), ...route({ 'Fn::GetAtt': ['Second', 'EndpointId'] }),
      Second: ['NetworkFirewall::VpcEndpointAssociation', { FirewallArn: { 'Fn::GetAtt': ['Firewall', 'FirewallArn'] }, VpcId: ref('Vpc'), SubnetMapping: { SubnetId: ref('B') } }],
    });
    expect(read!.endpoints[1]).toMatchObject({ id: id('Second'), kind: 'appliance', firewall: id('Firewall'), subnets: [id('B')] });
    expect(routesOf(read!.routeTables[1])[1]).toBe(`0.0.0.0/0 -> appliance-endpoint ${id('Second')}`);
  });

  test('at a transit gateway it has an attachment', () => {
    const { attachments, gateways: [tgw] } = topologyOfOne({
      Tgw: ['EC2::TransitGateway', { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }],
      Table: ['EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Tgw') }],
      Firewall: ['NetworkFirewall::Firewall', { FirewallName: 'x', FirewallPolicyArn: 'arn:x', TransitGatewayId: ref('Tgw'), AvailabilityZoneMappings: [{ AvailabilityZone: 'euw1-az1' }, { AvailabilityZone: 'euw1-az2' }] }],
      Associate: ['EC2::TransitGatewayRouteTableAssociation', { TransitGatewayRouteTableId: ref('Table'), TransitGatewayAttachmentId: { 'Fn::GetAtt': ['Firewall', 'TransitGatewayAttachmentId'] } }],
      Route: ['EC2::TransitGatewayRoute', { TransitGatewayRouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', TransitGatewayAttachmentId: { 'Fn::GetAtt': ['Firewall', 'TransitGatewayAttachmentId'] } }],
    });
    const own = `${id('Firewall')}#attachment`;
    expect(attachments).toEqual([expect.objectContaining({ id: own, table: id('Table'), link: { kind: 'firewall', firewall: id('Firewall'), zones: ['euw1-az1', 'euw1-az2'] } })]);
    expect(tgw!.tables[0]!.routes).toEqual([expect.objectContaining({ destination: '0.0.0.0/0', attachment: own })]);
  });
});

test('appliances behind a Gateway Load Balancer: one by its service, whatever it lets through', () => {
  const { vpcs: [vpc], firewalls } = topologyOfOne({
    Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }], A: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/28' }],
    One: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'GatewayLoadBalancer', ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', SubnetIds: [ref('A')] }],
    Two: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'GatewayLoadBalancer', ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1', SubnetIds: [ref('A')] }],
  });
  const appliances = 'appliances:com.amazonaws.vpce.eu-west-1.vpce-svc-1';
  expect(vpc!.endpoints.map(({ kind, firewall, subnets }) => [kind, firewall, subnets])).toEqual([['appliance', appliances, [id('A')]], ['appliance', appliances, [id('A')]]]);
  expect(firewalls).toEqual([expect.objectContaining({ id: appliances, kind: 'appliances', otherwise: 'may-pass' })]);
});

test('endpoints of services: gateways and interfaces with their groups; others are unknown', () => {
  const { vpcs: [vpc], unknowns } = topologyOfOne({
    Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }], A: ['EC2::Subnet', { VpcId: ref('Vpc'), AvailabilityZone: 'a', CidrBlock: '10.0.0.0/28' }], Table: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
    S3: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' }, RouteTableIds: [ref('Table')] }],
    Kms: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.kms', SubnetIds: [ref('A')], SecurityGroupIds: [ref('Group')] }],
    Sts: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sts', SubnetIds: [ref('A')] }],
    Lattice: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'ServiceNetwork', ServiceNetworkArn: 'x', SubnetIds: [ref('A')] }],
    Group: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), GroupDescription: 'x' }],
  });
  expect(vpc!.endpoints.map(({ kind, service, securityGroups }) => [kind, service, securityGroups])).toEqual([
    ['gateway', 'com.amazonaws.eu-west-1.s3', undefined], ['interface', 'com.amazonaws.eu-west-1.kms', [id('Group')]], ['interface', 'com.amazonaws.eu-west-1.sts', [`${id('Vpc')}#default-group`]],
  ]);
  expect(vpc!.routeTables[1]!.routes[1]).toMatchObject({ destinations: [], target: { kind: 'gateway-endpoint', endpoint: id('S3') } });
  expect(unknowns).toEqual([expect.objectContaining({ what: 'AWS::EC2::VPCEndpoint Lattice: an endpoint of type ServiceNetwork', affects: [id('Vpc')] })]);
});
