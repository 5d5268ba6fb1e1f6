import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { inventory, moved, resourcesOf, templateOf } from './built';
import { Dns, DnsProps } from '../../src/network/dns';
import { DnsFirewall, DnsFirewallProps } from '../../src/network/dns-firewall';
import { DnsProfileAssociation } from '../../src/network/dns-profile-association';
import { DnsQueryLogs } from '../../src/network/dns-query-logs';
import { DnsConfidence, DnsThreat } from '../../src/network/dns-threat';

const ORGANIZATION = 'arn:aws:organizations::111122223333:organization/o-abcdefghij';
const SUBNETS = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'];
const PROPS: DnsProps = {
  vpcId: 'vpc-0123456789abcdef0', shareWith: ORGANIZATION, queryLogs: DnsQueryLogs.toBucket('arn:aws:s3:::acme-dns-logs'),
  inbound: { subnetIds: SUBNETS, ips: ['10.8.0.10', '10.8.1.10'], clients: ['192.168.0.0/16'] }, outbound: { subnetIds: SUBNETS },
};
const dnsIn = (stack: Stack, props: Partial<DnsProps> = {}) => new Dns(stack, 'Dns', { ...PROPS, ...props });

function full(stack: Stack): void {
  const dns = dnsIn(stack);
  dns.addZone('internal.acme.example');
  dns.forwardTo('corp.acme.example', ['192.168.0.53', '192.168.1.53']);
  dns.addFirewall(new DnsFirewall(stack, 'DnsFirewall', { allow: ['*.acme.example'], block: ['*.example.net'] }));
}

describe('the profile', () => {
  test('is shared with the organization alone, kept, and used by the hub itself', () => {
    const built = templateOf(full);
    built.hasResource('AWS::Route53Profiles::Profile', { DeletionPolicy: 'Retain', Properties: { Name: 'network' } });
    built.hasResourceProperties('AWS::RAM::ResourceShare', { AllowExternalPrincipals: false, Principals: [ORGANIZATION], ResourceArns: [{ 'Fn::GetAtt': ['DnsProfileB2C0AC74', 'Arn'] }] });
    built.hasResourceProperties('AWS::Route53Profiles::ProfileAssociation', { ResourceId: 'vpc-0123456789abcdef0', ProfileId: { 'Fn::GetAtt': ['DnsProfileB2C0AC74', 'Id'] } });
  });

  test('holds zones, forwarding rules, the query log and the firewall, which its names and priorities allow', () => {
    const associations = Object.values(templateOf(full).findResources('AWS::Route53Profiles::ProfileResourceAssociation')).map(({ Properties }) => Properties);
    expect(associations.map(({ ResourceArn, ResourceProperties }) => [JSON.stringify(ResourceArn).replace(/[0-9A-F]{8}"/g, '"'), ResourceProperties])).toEqual([
      ['{"Fn::GetAtt":["DnsQueryLogsConfig","Arn"]}', undefined],
      ['{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":route53:::hostedzone/",{"Fn::GetAtt":["DnsZoneinternalacmeexample","Id"]}]]}', undefined],
      ['{"Fn::GetAtt":["DnsForwardcorpacmeexampleRule","Arn"]}', undefined],
      ['{"Fn::GetAtt":["DnsFirewall","Arn"]}', '{"priority":200}'],
    ]);
    for (const { Name } of associations) expect(Name).toMatch(/^(?!^[0-9]+$)([a-zA-Z0-9\-_' ']+)$/);
    expect(new Set(associations.map(({ Name }) => Name)).size).toBe(4);
    expect(Math.max(...associations.map(({ Name }) => Name.length))).toBeLessThanOrEqual(64);
  });
});

test('a private zone is kept, belongs to the hub\'s VPC, and takes records; asking twice is asking once', () => {
  const built = templateOf((stack) => {
    const dns = dnsIn(stack);
    expect(dns.addZone('Internal.acme.example.').hostedZoneId).toBe(dns.addZone('internal.acme.example').hostedZoneId);
  });
  built.hasResource('AWS::Route53::HostedZone', {
    DeletionPolicy: 'Retain', Properties: { Name: 'internal.acme.example', VPCs: [{ VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'eu-west-1' }] },
  });
  built.resourceCountIs('AWS::Route53::HostedZone', 1);
});

describe('names of others', () => {
  test('are asked of their servers, and of nobody else', () => {
    const built = templateOf((stack) => {
      const dns = dnsIn(stack);
      dns.forwardTo('corp.acme.example', ['192.168.0.53', '192.168.1.53']);
      dns.forwardTo('lab.acme.example', ['192.168.0.53']);
    });
    built.hasResourceProperties('AWS::Route53Resolver::ResolverRule', {
      RuleType: 'FORWARD', DomainName: 'corp.acme.example', TargetIps: [{ Ip: '192.168.0.53', Port: '53' }, { Ip: '192.168.1.53', Port: '53' }],
    });
    built.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Outbound resolver',
      SecurityGroupEgress: ['192.168.0.53/32', '192.168.1.53/32'].flatMap((CidrIp) => ['udp', 'tcp'].map((IpProtocol) => ({ CidrIp, IpProtocol, FromPort: 53, ToPort: 53, Description: 'Name server' }))),
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('and those who ask come from their networks, at addresses that stay', () => {
    const built = templateOf(dnsIn);
    built.hasResource('AWS::Route53Resolver::ResolverEndpoint', {
      DeletionPolicy: 'Retain', Properties: { Direction: 'INBOUND', IpAddresses: [{ SubnetId: SUBNETS[0], Ip: '10.8.0.10' }, { SubnetId: SUBNETS[1], Ip: '10.8.1.10' }] },
    });
    built.hasResource('AWS::EC2::SecurityGroup', {
      DeletionPolicy: 'Retain',
      Properties: { SecurityGroupIngress: ['udp', 'tcp'].map((IpProtocol) => ({ CidrIp: '192.168.0.0/16', IpProtocol, FromPort: 53, ToPort: 53, Description: 'Network that asks' })) },
    });
  });
});

test('query logs go where they are told; without them the reason stands in the template', () => {
  templateOf(dnsIn).hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfig', { DestinationArn: 'arn:aws:s3:::acme-dns-logs' });
  const none = templateOf((stack) => dnsIn(stack, { queryLogs: DnsQueryLogs.none('A sandbox of one week') }));
  none.resourceCountIs('AWS::Route53Resolver::ResolverQueryLoggingConfig', 0);
  none.hasResource('AWS::Route53Profiles::Profile', { Metadata: { 'cdk-landing-zone': { noQueryLogs: 'A sandbox of one week' } } });
  expect(DnsQueryLogs.toLogGroup('arn:aws:logs:eu-west-1:444455556666:log-group:/dns').destinationArn).toContain('log-group');
  expect(() => DnsQueryLogs.toBucket('acme-dns-logs')).toThrow('DnsQueryLogs.toBucket("acme-dns-logs"): expected is the ARN of a bucket, like arn:aws:s3:::acme-dns-logs');
  expect(() => DnsQueryLogs.toLogGroup('/dns')).toThrow('expected is the ARN of a log group');
  expect(() => DnsQueryLogs.none(' ')).toThrow('say why');
});

describe('the firewall', () => {
  const rulesOf = (props: DnsFirewallProps) => {
    const [group] = Object.values(templateOf((stack) => new DnsFirewall(stack, 'Firewall', props)).findResources('AWS::Route53Resolver::FirewallRuleGroup'));
    return group!.Properties.FirewallRules as any[];
  };

  test('lets pass what is allowed, then blocks lists and what it recognizes', () => {
    expect(rulesOf({ allow: ['acme.example'], block: ['*.example.net'], blockedLists: { 'rslvr-fdl-1': 0, 'rslvr-fdl-2': 7 } })).toEqual([
      { Priority: 100, Action: 'ALLOW', FirewallDomainListId: { 'Fn::GetAtt': [expect.stringContaining('Allowed'), 'Id'] }, FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' },
      { Priority: 200, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', FirewallDomainListId: { 'Fn::GetAtt': [expect.stringContaining('Blocked'), 'Id'] } },
      { Priority: 300, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', FirewallDomainListId: 'rslvr-fdl-1' },
      { Priority: 307, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', FirewallDomainListId: 'rslvr-fdl-2' },
      { Priority: 400, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', DnsThreatProtection: 'DGA', ConfidenceThreshold: 'HIGH' },
      { Priority: 401, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', DnsThreatProtection: 'DICTIONARY_DGA', ConfidenceThreshold: 'HIGH' },
      { Priority: 402, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', DnsThreatProtection: 'DNS_TUNNELING', ConfidenceThreshold: 'HIGH' },
    ]);
  });

  test('may know categories, block all that is not allowed, or report only', () => {
    expect(rulesOf({ threats: [DnsThreat.category('PHISHING', 1), DnsThreat.content('GAMBLING', 0), DnsThreat.tunneling(DnsConfidence.LOW)], alertOnly: true })).toEqual([
      { Priority: 402, Action: 'ALERT', DnsThreatProtection: 'DNS_TUNNELING', ConfidenceThreshold: 'LOW' },
      { Priority: 501, Action: 'ALERT', FirewallRuleType: { FirewallAdvancedThreatCategory: { Category: 'PHISHING' } } },
      { Priority: 600, Action: 'ALERT', FirewallRuleType: { FirewallAdvancedContentCategory: { Category: 'GAMBLING' } } },
    ]);
    expect(rulesOf({ allow: ['acme.example'], onlyAllowed: true, threats: [] }).map(({ Priority, Action }) => [Priority, Action])).toEqual([[100, 'ALLOW'], [9_000, 'BLOCK']]);
  });

  test('keeps the place of every rule when others come or are listed in another order', () => {
    const before = rulesOf({ block: ['b.example'], blockedLists: { list1: 1, list2: 2 }, threats: [DnsThreat.tunneling()] });
    const after = rulesOf({ allow: ['c.example'], block: ['a.example', 'b.example'], blockedLists: { list3: 0, list2: 2, list1: 1 }, threats: [DnsThreat.generatedNames(), DnsThreat.tunneling()] });
    for (const rule of before) expect(after).toContainEqual(rule);
  });

  test('says all its mistakes at once', () => {
    expect(() => rulesOf({ allow: ['https://acme.example'], block: ['a b', '*.acme.*'], blockedLists: { one: 1, two: 1, three: 100 } })).toThrow(`DnsFirewall Network/Firewall has 5 problems
  allow holds "https://acme.example", a domain is expected: example.com or *.example.com
  block holds "a b", a domain is expected: example.com or *.example.com
  block holds "*.acme.*", a domain is expected: example.com or *.example.com
  list three has slot 100, slots are 0 to 99
  lists one and two both have slot 1`);
    expect(() => rulesOf({ threats: [], onlyAllowed: true })).toThrow(/onlyAllowed without allow blocks every name[^]*it blocks nothing/);
    expect(() => rulesOf({ allow: ['a.example'], block: ['a.example'], threats: [DnsThreat.category('A', 0), DnsThreat.category('B', 0)] })).toThrow(/a.example is allowed and blocked[^]*threats A and B have one place/);
    expect(() => DnsThreat.category('PHISHING', 100)).toThrow('slots are 0 to 99');
    expect(() => templateOf((stack) => { const [dns, twice] = [dnsIn(stack), new DnsFirewall(stack, 'F')]; dns.addFirewall(twice); dns.addFirewall(twice, 300); }))
      .toThrow('Network/Dns.addFirewall(F): there is one of this key already');
    expect(() => templateOf((stack) => dnsIn(stack).addFirewall(new DnsFirewall(stack, 'F'), 99))).toThrow('priority is 99, AWS takes 100 to 9900');
  });
});

test('a VPC of another account uses the profile', () => {
  const built = resourcesOf((stack) => new DnsProfileAssociation(stack, 'Dns', { profileId: 'rp-1', vpcId: 'vpc-1' }));
  expect(Object.values(built).map(({ Type, Properties }) => [Type, Properties])).toEqual([
    ['AWS::Route53Profiles::ProfileAssociation', { Name: expect.stringMatching(/^Network-Dns-[0-9A-F]{8}$/), ProfileId: 'rp-1', ResourceId: 'vpc-1' }],
  ]);
});

test('adding and reordering zones, rules, servers and firewalls moves nothing', () => {
  const after = (stack: Stack) => {
    const dns = dnsIn(stack);
    dns.addFirewall(new DnsFirewall(stack, 'First', {}), 100);
    dns.forwardTo('a.example', ['192.168.9.53']);
    dns.addZone('another.acme.example');
    dns.forwardTo('corp.acme.example', ['192.168.1.53', '192.168.0.53']);
    dns.addZone('internal.acme.example');
    dns.addFirewall(new DnsFirewall(stack, 'DnsFirewall', { block: ['*.example.net'], allow: ['*.acme.example'] }));
  };
  // Rules of a group and servers of a rule are updated in place.
  expect(moved(full, after, 'SecurityGroupEgress', 'TargetIps')).toEqual([]);
});

test('mistakes are said at once', () => {
  expect(() => templateOf((stack) => dnsIn(stack, { inbound: { subnetIds: ['a'], ips: ['10.0.0.300', '10.0.0.1'], clients: ['office'] }, outbound: { subnetIds: ['a', 'a'] } })))
    .toThrow(`Dns Network/Dns has 5 problems
  inbound has 1 of the two subnets that AWS asks for: give one in each of two zones
  inbound has 2 ips for 1 subnets: give one for each, in the same order
  inbound ip "10.0.0.300" is no IPv4 address
  inbound client "office" is no block of IPv4 addresses, like 192.168.0.0/16
  outbound has 1 of the two subnets that AWS asks for: give one in each of two zones`);
  expect(() => templateOf((stack) => dnsIn(stack, { inbound: { subnetIds: SUBNETS, clients: [] } }))).toThrow('inbound has no clients');
  expect(() => templateOf((stack) => dnsIn(stack, { outbound: undefined }).forwardTo('a.example', ['10.0.0.1']))).toThrow('queries have no way out. Give Dns outbound');
  expect(() => templateOf((stack) => dnsIn(stack).forwardTo('a.example', ['dns1']))).toThrow('"dns1" is no IPv4 address. Give addresses of name servers');
  expect(() => templateOf((stack) => dnsIn(stack).forwardTo('a.example', []))).toThrow('no server is given');
  expect(() => templateOf((stack) => dnsIn(stack).forwardTo('a b', ['10.0.0.1']))).toThrow('Network/Dns.forwardTo("a b"): a domain is expected');
  expect(() => templateOf((stack) => { const dns = dnsIn(stack); dns.forwardTo('a.example', ['10.0.0.1']); dns.forwardTo('A.example', ['10.0.0.2']); })).toThrow('a.example is forwarded twice');
});

test('AwsSolutions and CloudFormation find nothing', () => {
  expect(validated(full)).toEqual({ violations: [], acknowledged: [] });
});

test('in the template, as a small snapshot', () => {
  expect(inventory(full, 'Name', 'DomainName', 'Direction', 'ResourceProperties')).toMatchSnapshot();
});
