import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { validated } from './aws-solutions';
import { inventory, moved, resourcesOf, templateOf } from './built';
import { NetworkFixture } from './hub-fixture';
import { Cidr } from '../../src/analysis/cidr';
import { Ingress, IngressOptions, IngressProps, IngressTarget } from '../../src/network/ingress';
import { NetworkIngress } from '../../src/network/network-ingress';
import { PublicSubnets, PublicSubnetsHub, PublicSubnetsProps } from '../../src/network/public-subnets';
import { SpokeSize } from '../../src/network/spoke-size';
import { ManagedWebRules, WebFirewall, WebFirewallProps } from '../../src/network/web-firewall';
import { WebFirewallLogs } from '../../src/network/web-firewall-logs';

const VPC = 'vpc-0123456789abcdef0';
const OPTIONS: IngressOptions = { vpcId: VPC, vpcCidr: '10.8.0.0/24', subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'], accessLogsBucket: 'acme-access-logs' };
const CERTIFICATE = 'arn:aws:acm:eu-west-1:444455556666:certificate/12345678-1234-1234-1234-123456789012';
const PAYMENTS: IngressTarget = { hosts: ['payments.acme.example'], ips: ['10.0.16.10', '10.0.17.10'], priority: 10 };

const firewall = (stack: Stack, props: Partial<WebFirewallProps> = {}) => new WebFirewall(stack, 'WebFirewall', { logs: WebFirewallLogs.toBucket('arn:aws:s3:::aws-waf-logs-acme'), ...props });
const ingress = (stack: Stack, props: Partial<IngressProps> = {}) => new Ingress(stack, 'Ingress', { ...OPTIONS, certificateArn: CERTIFICATE, firewall: props.firewall ?? firewall(stack), ...props });
const tcp = (stack: Stack, props: Partial<IngressOptions> = {}) => new NetworkIngress(stack, 'Files', { ...OPTIONS, ...props });
const subnets = (stack: Stack, props: Partial<PublicSubnetsProps> = {}) => new PublicSubnets(stack, 'Public', {
  vpcId: VPC, subnets: { 'euw1-az1': '10.8.0.0/27', 'euw1-az2': '10.8.0.32/27' }, exclusionReason: 'Load balancers stand here', ...props,
});

function central(stack: Stack): void {
  const { subnetIds } = subnets(stack, { hub: { transitGatewayId: 'tgw-0123456789abcdef0', cidrs: ['10.0.0.0/8'] } });
  ingress(stack, { subnetIds }).addTarget('payments', PAYMENTS);
  tcp(stack, { subnetIds, clients: ['203.0.113.0/24'] }).addTarget('partners', { port: 8443, ips: ['10.0.16.20'] });
}

describe('HTTP ingress', () => {
  test('speaks TLS behind a web firewall, logs, and cannot be deleted by mistake', () => {
    const built = templateOf((stack) => ingress(stack).addTarget('payments', PAYMENTS));
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application', Scheme: 'internet-facing',
      LoadBalancerAttributes: Match.arrayWith([
        { Key: 'access_logs.s3.enabled', Value: 'true' }, { Key: 'access_logs.s3.bucket', Value: 'acme-access-logs' }, { Key: 'deletion_protection.enabled', Value: 'true' },
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
      ]),
    });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', DefaultActions: [Match.objectLike({ Type: 'fixed-response' })] });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }] });
    built.hasResourceProperties('AWS::WAFv2::WebACLAssociation', { WebACLArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WebFirewall'), 'Arn'] }, ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Ingress'), 'LoadBalancerArn'] } });
    built.resourceCountIs('AWS::Shield::Protection', 0);
  });

  test('reaches servers in spokes and in its own VPC, and nobody else', () => {
    const built = templateOf((stack) => ingress(stack).addTarget('payments', { ...PAYMENTS, ips: ['10.0.16.10', '10.8.0.100'], port: 8443, paths: ['/api/*'], healthCheckPath: '/health' }));
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip', Protocol: 'HTTPS', Port: 8443, HealthCheckPath: '/health', Targets: [{ AvailabilityZone: 'all', Id: '10.0.16.10', Port: 8443 }, { Id: '10.8.0.100', Port: 8443 }],
    });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Priority: 10, Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['payments.acme.example'] } }, { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } }],
    });
    const [group] = Object.values(built.findResources('AWS::EC2::SecurityGroup'));
    expect(group!.Properties.SecurityGroupEgress.map(({ CidrIp, FromPort }: any) => [CidrIp, FromPort])).toEqual([['10.0.16.10/32', 8443], ['10.8.0.100/32', 8443]]);
    expect(group!.Properties.SecurityGroupIngress.map(({ CidrIp, FromPort }: any) => [CidrIp, FromPort])).toEqual([['0.0.0.0/0', 80], ['0.0.0.0/0', 443]]);
  });

  test('may be protected by Shield Advanced, have more certificates, and be open to some only', () => {
    const built = templateOf((stack) => ingress(stack, { shieldAdvanced: true, clients: ['203.0.113.0/24'] }).addCertificate('web', `${CERTIFICATE}3`));
    built.hasResourceProperties('AWS::Shield::Protection', { ResourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Ingress'), 'LoadBalancerArn'] } });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerCertificate', { Certificates: [{ CertificateArn: `${CERTIFICATE}3` }] });
    expect(JSON.stringify(built.findResources('AWS::EC2::SecurityGroup'))).not.toContain('0.0.0.0/0');
  });

  test('adding and reordering targets, certificates and servers moves nothing', () => {
    const before = (stack: Stack) => ingress(stack).addTarget('payments', PAYMENTS);
    const after = (stack: Stack) => {
      const grown = ingress(stack, { firewall: firewall(stack, { rules: [ManagedWebRules.SQL, ...ManagedWebRules.recommended()] }) });
      grown.addCertificate('web', CERTIFICATE);
      grown.addTarget('web', { hosts: ['web.acme.example'], ips: ['10.0.20.10'], priority: 5 });
      grown.addTarget('payments', { ...PAYMENTS, ips: ['10.0.17.10', '10.0.16.10'] });
    };
    expect(moved(before, after, 'SecurityGroupEgress', 'Targets', 'Rules')).toEqual([]);
  });

  test('says its mistakes at once', () => {
    expect(() => templateOf((stack) => ingress(stack, { vpcCidr: '10.8.0.1/24', subnetIds: ['a'], accessLogsBucket: 'arn:aws:s3:::logs', clients: ['all'] }))).toThrow(`Ingress Network/Ingress has 4 problems
  vpcCidr is "10.8.0.1/24", the block of the VPC is expected, like 10.8.0.0/24
  subnetIds has 1 of the 2 public subnets, in different zones, that AWS asks for
  accessLogsBucket is "arn:aws:s3:::logs": the name of the bucket is expected, not its ARN
  client "all" is no block of IPv4 addresses, like 203.0.113.0/24`);
    const add = (target: Partial<IngressTarget>) => () => templateOf((stack) => ingress(stack).addTarget('web', { ...PAYMENTS, ...target }));
    expect(add({ hosts: [], ips: [], priority: 0, port: 70_000 })).toThrow('Network/Ingress.addTarget(web): hosts is empty: name what it answers to, like payments.acme.example; ips is empty; priority is 0, AWS takes 1 to 50000; port is 70000');
    expect(add({ ips: ['web1', '198.51.100.7'] })).toThrow('"web1" is no IPv4 address; 198.51.100.7 is no private address, which AWS asks for');
    expect(add({ paths: ['/a', '/b', '/c', '/d', '/e'] })).toThrow('6 hosts and paths are given, AWS takes 5 in a rule');
    expect(() => templateOf((stack) => { const one = ingress(stack); one.addTarget('a', PAYMENTS); one.addTarget('b', PAYMENTS); })).toThrow('priority 10 is that of a: give it another one');
    expect(() => templateOf((stack) => { const one = ingress(stack); one.addTarget('a', PAYMENTS); one.addTarget('a', { ...PAYMENTS, priority: 11 }); }))
      .toThrow('Network/Ingress.addTarget(a): there is one of this key already. Choose another key, and keep it.');
    expect(() => templateOf((stack) => { const one = ingress(stack); one.addCertificate('a', CERTIFICATE); one.addCertificate('a', CERTIFICATE); })).toThrow('addCertificate(a): there is one of this key already');
  });
});

describe('TCP ingress', () => {
  test('passes connections on to servers, from those who may', () => {
    const built = templateOf((stack) => tcp(stack, { clients: ['203.0.113.0/24'] }).addTarget('partners', { port: 8443, targetPort: 443, ips: ['10.0.16.20'] }));
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', LoadBalancerAttributes: Match.arrayWith([{ Key: 'deletion_protection.enabled', Value: 'true' }]) });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 8443, Protocol: 'TCP' });
    built.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Protocol: 'TCP', Port: 443, Targets: [{ AvailabilityZone: 'all', Id: '10.0.16.20', Port: 443 }] });
    built.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '203.0.113.0/24', FromPort: 8443, ToPort: 8443 })], SecurityGroupEgress: [Match.objectLike({ CidrIp: '10.0.16.20/32', FromPort: 443, ToPort: 443 })],
    });
  });

  test('adding targets moves nothing, and mistakes are said', () => {
    const one = (stack: Stack) => tcp(stack).addTarget('partners', { port: 8443, ips: ['10.0.16.20'] });
    const two = (stack: Stack) => { const both = tcp(stack); both.addTarget('sftp', { port: 22, ips: ['10.0.16.30'] }); both.addTarget('partners', { port: 8443, ips: ['10.0.16.21', '10.0.16.20'] }); };
    expect(moved(one, two, 'Targets', 'SecurityGroupIngress', 'SecurityGroupEgress')).toEqual([]);
    expect(() => templateOf((stack) => tcp(stack, { subnetIds: [] }))).toThrow('subnetIds has 0 of the 1 public subnets');
    expect(() => templateOf((stack) => { const both = tcp(stack); both.addTarget('a', { port: 1, ips: ['10.0.0.1'] }); both.addTarget('b', { port: 1, ips: [], targetPort: 0 }); }))
      .toThrow('port 0 is none; port 1 is that of a; ips is empty');
  });
});

describe('the web firewall', () => {
  const rulesOf = (props: Partial<WebFirewallProps> = {}) => Object.values(resourcesOf((stack) => firewall(stack, props))).find(({ Type }) => Type === 'AWS::WAFv2::WebACL').Properties.Rules as any[];

  test('limits requests by address, then asks AWS\'s rules, and logs without secrets', () => {
    expect(rulesOf().map(({ Name, Priority }) => [Priority, Name])).toEqual([
      [0, 'requests-per-address'], [100, 'AWSManagedRulesAmazonIpReputationList'], [120, 'AWSManagedRulesCommonRuleSet'], [130, 'AWSManagedRulesKnownBadInputsRuleSet'],
    ]);
    expect(rulesOf()[0]).toMatchObject({ Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } } });
    templateOf(firewall).hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LogDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-acme'], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
    });
  });

  test('may count first, as a whole or single rules', () => {
    for (const { Action, OverrideAction } of rulesOf({ countOnly: true })) expect(Action ?? OverrideAction).toEqual({ Count: {} });
    expect(rulesOf({ rules: [ManagedWebRules.COMMON.counting('SizeRestrictions_BODY')], requestsPerAddress: 0 })).toMatchObject([
      { OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] } } },
    ]);
  });

  test('keeps the place of every rule', () => {
    for (const rule of rulesOf()) expect(rulesOf({ rules: [ManagedWebRules.PHP, ManagedWebRules.ANONYMOUS, ...ManagedWebRules.recommended()] })).toContainEqual(rule);
  });

  test('says what is wrong with it', () => {
    const { ANONYMOUS, ADMIN, SQL, LINUX, WINDOWS, PHP } = ManagedWebRules;
    const all = [...ManagedWebRules.recommended(), ANONYMOUS, ADMIN, SQL, LINUX, WINDOWS, PHP];
    expect(() => rulesOf({ rules: all })).toThrow('its rules take 1777 capacity units, 1500 are included: leave some out');
    expect(() => rulesOf({ rules: [ManagedWebRules.SQL, ManagedWebRules.SQL.counting('x')], requestsPerAddress: 5 })).toThrow('AWSManagedRulesSQLiRuleSet is given twice; requestsPerAddress is 5, AWS takes 10 or more');
    expect(() => rulesOf({ rules: [], requestsPerAddress: 0 })).toThrow('it stops nothing');
    expect(() => WebFirewallLogs.toBucket('arn:aws:s3:::acme-logs')).toThrow('whose name begins with aws-waf-logs-, like arn:aws:s3:::aws-waf-logs-acme');
    expect(() => WebFirewallLogs.toLogGroup('arn:aws:logs:eu-west-1:444455556666:log-group:aws-waf-logs-x:*')).toThrow('without :* at its end');
    expect(() => WebFirewallLogs.none('')).toThrow('say why requests are not logged');
    templateOf((stack) => firewall(stack, { logs: WebFirewallLogs.none('Logged at the CDN') })).hasResource('AWS::WAFv2::WebACL', { Metadata: { 'cdk-landing-zone': { noLogs: 'Logged at the CDN' } } });
    expect(WebFirewallLogs.toLogGroup('arn:aws:logs:eu-west-1:444455556666:log-group:aws-waf-logs-x').destinationArn).toContain('aws-waf-logs-x');
  });
});

describe('public subnets', () => {
  test('have an internet gateway, and are spared where public access is blocked', () => {
    const built = templateOf(central);
    built.resourceCountIs('AWS::EC2::VPCBlockPublicAccessExclusion', 2);
    built.hasResource('AWS::EC2::VPCBlockPublicAccessExclusion', { Metadata: { 'cdk-landing-zone': { reason: 'Load balancers stand here' } }, Properties: { InternetGatewayExclusionMode: 'allow-bidirectional' } });
    built.hasResource('AWS::EC2::Subnet', { Metadata: { 'cdk-landing-zone': { tier: 'public' } }, Properties: { AvailabilityZoneId: 'euw1-az1', CidrBlock: '10.8.0.0/27', MapPublicIpOnLaunch: false } });
    built.hasResource('AWS::EC2::Route', { DependsOn: [Match.stringLikeRegexp('GatewayAttachment')], Properties: { DestinationCidrBlock: '0.0.0.0/0', GatewayId: { 'Fn::GetAtt': [Match.anyValue(), 'InternetGatewayId'] } } });
    built.hasResourceProperties('AWS::EC2::Route', { DestinationCidrBlock: '10.0.0.0/8', TransitGatewayId: 'tgw-0123456789abcdef0' });
    templateOf((stack) => subnets(stack, { exclusionReason: undefined })).resourceCountIs('AWS::EC2::VPCBlockPublicAccessExclusion', 0);
  });

  test('stay when a zone or a block is added, and say their mistakes', () => {
    expect(moved(subnets, (stack) => subnets(stack, { subnets: { 'euw1-az3': '10.8.0.64/27', 'euw1-az2': '10.8.0.32/27', 'euw1-az1': '10.8.0.0/27' }, hub: { transitGatewayId: 'tgw-1', cidrs: ['10.0.0.0/8'] } }))).toEqual([]);
    expect(() => templateOf((stack) => subnets(stack, { subnets: { a: '10.8.0.0/27', b: '10.8.0.0/28', c: '10.8.0.0/30' }, hub: { transitGatewayId: 'tgw-1', cidrs: ['0.0.0.0/0'] } })))
      .toThrow('c has "10.8.0.0/30", a block of /16 to /28 is expected, like 10.8.0.0/27; b (10.8.0.0/28) overlaps another zone\'s block; c (10.8.0.0/30) overlaps another zone\'s block; hub block "0.0.0.0/0"');
    expect(() => templateOf((stack) => subnets(stack, { subnets: {} }))).toThrow('subnets is empty');
  });
});

describe('public subnets of a spoke', () => {
  const inSpoke = (size?: SpokeSize, zones = 3, hub?: PublicSubnetsHub) => {
    const fixture = new NetworkFixture();
    const spoke = fixture.spoke('web-prod', { segment: fixture.hub().segment('prod'), zones, ...(size ? { size } : {}) });
    PublicSubnets.inSpoke(Stack.of(spoke), 'Public', spoke, { exclusionReason: 'The shop', ...(hub ? { hub } : {}) });
    return { spoke, template: fixture.template('Spoke-web-prod') };
  };
  const blocks = (resources: { [id: string]: any }) => Object.values(resources).map(({ Properties }) => Cidr.parse(Properties.CidrBlock)!);

  test('have a part of the addresses of their own, in each zone of the spoke', () => {
    const { spoke, template } = inSpoke(SpokeSize.MEDIUM);
    const all = blocks(template.findResources('AWS::EC2::Subnet'));
    expect(all.every((block) => Cidr.parse(spoke.cidr)!.contains(block))).toBe(true);
    expect(all.filter((block, at) => all.some((other, where) => where !== at && other.overlaps(block)))).toEqual([]);
    expect(Object.keys(template.findResources('AWS::EC2::Subnet', { Metadata: { 'cdk-landing-zone': { tier: 'public' } } }))).toHaveLength(3);
  });

  test('stay when the spoke gets another zone', () => {
    const [two, three] = [2, 3].map((zones) => inSpoke(SpokeSize.MEDIUM, zones).template.toJSON().Resources);
    for (const [id, resource] of Object.entries<any>(two).filter(([name]) => name.startsWith('Public'))) expect([id, three[id]]).toEqual([id, resource]);
  });

  test('route to the hub after the spoke is attached', () => {
    const { template } = inSpoke(SpokeSize.MEDIUM, 2, { transitGatewayId: 'tgw-0123456789abcdef0', cidrs: ['10.0.0.0/8'] });
    template.hasResource('AWS::EC2::Route', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^NetworkAttachment')]), Properties: { DestinationCidrBlock: '10.0.0.0/8' } });
  });

  test('need a spoke with room for them', () => {
    expect(() => inSpoke(SpokeSize.prefix(24))).toThrow(/PublicSubnets.inSpoke of Spoke-web-prod\/Network: a \/24 has no room for public subnets. Choose SpokeSize.MEDIUM/);
  });
});

test('AwsSolutions and CloudFormation find nothing but what is acknowledged with a reason', () => {
  const { violations, acknowledged } = validated(central);
  expect(violations).toEqual([]);
  expect([...new Set(acknowledged.map((line) => line.split(': ')[0]))].sort()).toEqual(['AwsSolutions AwsSolutions-EC23', 'AwsSolutions AwsSolutions-VPC3']);
});

test('in the template, as a small snapshot', () => {
  expect(inventory(central, 'CidrBlock', 'Port', 'DestinationCidrBlock', 'Type')).toMatchSnapshot();
});
