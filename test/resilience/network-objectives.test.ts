import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import * as fc from 'fast-check';
import {
  DeliveryAlarms, DeploymentPipeline, DirectConnect, Dns, DnsQueryLogs, Egress, Inspection, NetworkObjectives, NetworkObjectivesProps, PipelineRunner, ResolverAlarms, ServiceLevelIndicator,
  SiteToSiteVpn,
} from '../../src';
import { validated } from '../network/aws-solutions';
import { NetworkFixture, ORGANIZATION } from '../network/hub-fixture';

const RUNBOOK = 'https://runbooks.acme.example/network';

function network(props: Partial<NetworkObjectivesProps> = {}, hubProps: Parameters<NetworkFixture['hub']>[0] = {}, links: (fixture: NetworkFixture, hub: NetworkObjectivesProps['hub']) => void = () => {}) {
  const fixture = new NetworkFixture();
  const hub = fixture.hub(hubProps);
  links(fixture, hub);
  new NetworkObjectives(Stack.of(hub), 'Objectives', { hub, runbook: RUNBOOK, ...props });
  return { fixture, hub, alarms: () => alarmsOf(fixture.template('Hub-eu-west-1')) };
}

function alarmsOf(template: Template): Map<string, any> {
  const found = { ...template.findResources('AWS::CloudWatch::Alarm'), ...template.findResources('AWS::CloudWatch::CompositeAlarm') };
  return new Map(Object.values<any>(found).map(({ Properties }) => [Properties.AlarmName, Properties]));
}

/** The share of an alarm, computed as CloudWatch does, from the value of each metric; those that are missing are none. */
function shareOf(alarm: any, valueOf: (metricName: string, dimensions: readonly any[]) => number | undefined): number {
  const scope: { [id: string]: number } = {};
  for (const { Id, MetricStat } of alarm.Metrics.filter((one: any) => one.MetricStat)) {
    scope[Id] = valueOf(MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions) ?? Number.NaN;
  }
  const expression: string = alarm.Metrics.find((one: any) => one.Expression).Expression;
  const { FILL, MAX } = { FILL: (value: number, other: number) => (Number.isNaN(value) ? other : value), MAX: (values: number[]) => Math.max(...values) };
  return new Function('FILL', 'MAX', ...Object.keys(scope), `return ${expression};`)(FILL, MAX, ...Object.values(scope));
}

const links = (_: NetworkFixture, hub: NetworkObjectivesProps['hub']) => {
  const stack = Stack.of(hub);
  new SiteToSiteVpn(stack, 'Dublin', { hub, deviceIp: '203.0.113.10', bgpAsn: 65_010, ranges: ['192.168.0.0/24'] });
  const sites = new DirectConnect(stack, 'Sites', { hub });
  sites.addInterface('dublin-a', { connectionId: 'dxcon-abcdefgh', vlan: 101, routerAsn: 65_010 });
  sites.addInterface('dublin-b', { connectionId: 'dxcon-ijklmnop', vlan: 102, routerAsn: 65_010 });
};

test('a hub promises connections and packets, and sites where there are links; each has its runbook', () => {
  const names = (map: Map<string, any>) => [...map.keys()].filter((name) => /-(page|ticket)$/.test(name)).sort();
  expect(names(network().alarms())).toEqual(['platform-network-egress-page', 'platform-network-egress-ticket', 'platform-network-transit-page', 'platform-network-transit-ticket']);
  const all = network({}, {}, links).alarms();
  expect(names(all)).toMatchSnapshot();
  for (const name of names(all)) expect(all.get(name).AlarmDescription).toContain(`What to do: ${RUNBOOK}`);
});

test('without central egress there is none to promise', () => {
  expect([...network({}, { egress: Egress.none() }).alarms().keys()].filter((name) => name.includes('egress'))).toEqual([]);
});

test('a NAT gateway without ports burns the budget, one of three too; connections that nobody answers do not', () => {
  const { alarms, fixture } = network({}, { egress: Egress.central({ zonal: true }) });
  const fast = alarms().get('platform-network-egress-fast-long');
  const gateways = Object.keys(fixture.template('Hub-eu-west-1').findResources('AWS::EC2::NatGateway'));
  expect(gateways).toHaveLength(3);
  expect(new Set(fast.Metrics.filter((one: any) => one.MetricStat).map((one: any) => one.MetricStat.Metric.Dimensions[0].Value.Ref))).toEqual(new Set(gateways));
  const share = (errors: number, answered = 1_000) => shareOf(fast, (name, [{ Value }]) => (name === 'ErrorPortAllocation' ? (Value.Ref === gateways[1] ? errors : undefined) : name === 'ConnectionEstablishedCount' ? answered : 1_000));
  expect(share(0)).toBe(0);
  expect(share(0, 0)).toBe(0);
  expect(share(300)).toBeGreaterThan(fast.Threshold);
  expect(share(3)).toBeLessThan(fast.Threshold);
});

test('packets without a way are compared with those that went on, and the target can be another', () => {
  const fast = network({ transit: 99.5 }).alarms().get('platform-network-transit-fast-short');
  expect(fast.Threshold).toBeCloseTo(0.072);
  const share = (lost: number, passed: number) => shareOf(fast, (name) => (name === 'PacketsOut' ? passed : lost));
  expect(share(0, 1_000_000)).toBe(0);
  expect(share(1_000, 1_000_000)).toBeLessThan(fast.Threshold);
  expect(share(1_000_000, 0)).toBe(1);
  // Nothing is asked of it, and CloudWatch has no value for a division by zero: no alarm.
  expect(share(0, 0)).toBeNaN();
  expect(fast.TreatMissingData).toBe('notBreaching');
});

describe('sites', () => {
  const all = network({}, {}, links).alarms();

  test('an interface that is down is a ticket and no outage; both are', () => {
    const fast = all.get('platform-network-sites-fast-long');
    const share = (one: number, other: number) => shareOf(fast, (_, dimensions) => (dimensions.some(({ Value }: any) => Value === 'dxcon-abcdefgh') ? one : other));
    expect(share(0, 1)).toBe(0);
    expect(share(0, 0)).toBe(1);
    expect(fast.Metrics.find((one: any) => one.MetricStat).MetricStat.Metric.Dimensions.map(({ Name }: any) => Name)).toEqual(['ConnectionId', 'IpAddressFamily', 'VirtualInterfaceId']);
    expect(all.get('platform-network-interface-dublin-a-ticket')).toMatchObject({ Namespace: 'AWS/DX', MetricName: 'VirtualInterfaceBgpStatus', ComparisonOperator: 'LessThanThreshold', Threshold: 1, EvaluationPeriods: 6 });
  });

  test('no outage of all ways is hidden, whatever the others did', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 4 }), (ways) => {
      const states = ways.map((_, at) => new Metric({ namespace: 'AWS/DX', metricName: `Way${at}` }));
      const { expression } = ServiceLevelIndicator.uptimeOfAny(states).badRequests({ toSeconds: () => 300 } as any) as any;
      const means = ways.map((minutes) => minutes.filter(Boolean).length / minutes.length);
      const alarm = { Metrics: [{ Expression: expression }, ...means.map((_, at) => ({ Id: `up${at}`, MetricStat: { Metric: { MetricName: `Way${at}`, Dimensions: [] } } }))] };
      const share = shareOf(alarm, (name) => means[Number(name.slice(3))]);
      const outage = ways[0]!.filter((_, minute) => ways.every((way) => !way[minute])).length / 10;
      expect(share).toBeGreaterThanOrEqual(outage - 1e-9);
      if (ways.length === 1) expect(share).toBeCloseTo(outage);
    }));
  });

  test('a VPN without tunnels calls somebody, one with a single tunnel is a ticket after an hour', () => {
    expect(all.get('platform-network-vpn-dublin-page')).toMatchObject({ Namespace: 'AWS/VPN', MetricName: 'TunnelState', Statistic: 'Maximum', Threshold: 0.01, ComparisonOperator: 'LessThanThreshold' });
    expect(all.get('platform-network-tunnel-dublin-ticket')).toMatchObject({ Statistic: 'Average', Threshold: 0.99, EvaluationPeriods: 12, Period: 300 });
  });

  test('a link that is added afterwards is told of, as nobody would watch it', () => {
    const { fixture, hub } = network();
    links(fixture, hub);
    expect(() => fixture.app.synth()).toThrow(/Hub-eu-west-1\/Dublin\/Resource was added after Hub-eu-west-1\/Objectives, and nobody would watch it/);
  });
});

test('what a firewall drops is shown and wakes nobody', () => {
  const { fixture, alarms } = network({}, { inspection: Inspection.networkFirewall() });
  expect([...alarms().values()].filter((one) => JSON.stringify(one).includes('NetworkFirewall'))).toEqual([]);
  const [dashboard] = Object.values<any>(fixture.template('Hub-eu-west-1').findResources('AWS::CloudWatch::Dashboard'));
  expect(JSON.stringify(dashboard)).toContain('StreamExceptionPolicyPackets');
});

test('what the hub was made of stays as it is', () => {
  const before = new NetworkFixture();
  before.hub();
  const after = network().fixture.resources('Hub-eu-west-1');
  for (const [id, resource] of Object.entries(before.resources('Hub-eu-west-1'))) expect([id, after[id]]).toEqual([id, resource]);
  expect(new Set(Object.entries(after).filter(([id]) => !(id in before.resources('Hub-eu-west-1'))).map(([, { Type }]) => Type))).toEqual(new Set(['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Dashboard']));
});

test('mistakes of indicators', () => {
  const metric = new Metric({ namespace: 'AWS/NATGateway', metricName: 'ErrorPortAllocation' });
  expect(() => ServiceLevelIndicator.losses({ passed: [], lost: [metric] })).toThrow('0 metrics of what passed and 1 of what was lost');
  expect(() => ServiceLevelIndicator.losses({ passed: Array(6).fill(metric), lost: Array(5).fill(metric) })).toThrow('10 together at most');
  expect(() => ServiceLevelIndicator.uptimeOfAny([])).toThrow('0 metrics are given, and 1 to 10');
});

const dnsIn = (stack: Stack, props: object = { outbound: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] } }) => new Dns(stack, 'Dns', {
  vpcId: 'vpc-0123456789abcdef0', shareWith: ORGANIZATION, queryLogs: DnsQueryLogs.toBucket('arn:aws:s3:::acme-dns-logs'), ...props,
});

test('DNS: an endpoint that works no more calls somebody; without endpoints there is nothing to watch', () => {
  const stack = new Stack(undefined, 'Dns', { env: { account: '444455556666', region: 'eu-west-1' } });
  new ResolverAlarms(stack, 'Alarms', { dns: dnsIn(stack), runbook: RUNBOOK });
  const alarms = alarmsOf(Template.fromStack(stack));
  expect([...alarms.keys()].sort()).toEqual(['platform-dns-outbound-down-page', 'platform-dns-outbound-weak-ticket']);
  expect(alarms.get('platform-dns-outbound-down-page')).toMatchObject({ Namespace: 'AWS/Route53Resolver', MetricName: 'EndpointHealthyENICount', Threshold: 1, ComparisonOperator: 'LessThanThreshold' });
  const other = new Stack(undefined, 'Other', { env: { account: '444455556666', region: 'eu-west-1' } });
  expect(() => new ResolverAlarms(other, 'Alarms', { dns: dnsIn(other, {}), runbook: RUNBOOK })).toThrow('Other/Dns has no endpoint');
});

test('delivery: a failed deployment is a ticket, one of a pull request is not; other runners have no metrics', () => {
  const stack = new Stack(undefined, 'Delivery', { env: { account: '444455556666', region: 'eu-west-1' } });
  const pipeline = new DeploymentPipeline(stack, 'Pipeline', {
    organizationId: 'o-abcdefghij', runner: PipelineRunner.codePipeline({ repository: 'acme/landing-zone', connectionArn: 'arn:aws:codeconnections:eu-west-1:444455556666:connection/11111111-2222-3333-4444-555555555555' }),
  });
  new DeliveryAlarms(stack, 'Alarms', { pipeline, runbook: RUNBOOK });
  const template = Template.fromStack(stack);
  const [deploying] = Object.entries<any>(template.findResources('AWS::CodePipeline::Pipeline')).filter(([, { Properties }]) => Properties.Name === 'landing-zone');
  expect([...alarmsOf(template).values()]).toMatchObject([{ AlarmName: 'platform-delivery-failed-ticket', MetricName: 'FailedPipelineExecutions', Threshold: 0, Dimensions: [{ Name: 'PipelineName', Value: { Ref: deploying![0] } }] }]);
  const github = new DeploymentPipeline(stack, 'GitHub', { organizationId: 'o-abcdefghij', runner: PipelineRunner.github({ repository: { name: 'acme/landing-zone', ownerId: '123456', repositoryId: '456789' } }) });
  expect(() => new DeliveryAlarms(stack, 'None', { pipeline: github, runbook: RUNBOOK })).toThrow('Delivery/GitHub is not run by CodePipeline');
});

test('no finding of AwsSolutions, our controls and CloudFormation is added', () => {
  const findings = (isWatched: boolean) => validated((stack) => {
    const dns = dnsIn(stack);
    if (isWatched) new ResolverAlarms(stack, 'Alarms', { dns, runbook: RUNBOOK });
  }).violations;
  expect(findings(true)).toEqual(findings(false));
});
