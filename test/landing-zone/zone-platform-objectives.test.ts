import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AddressPlan, Dns, DnsQueryLogs, FlowLogs, LandingZone, RegionStandard } from '../../src';

const RUNBOOK = 'https://runbooks.acme.example/platform';

function zone() {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example' });
  const addressPlan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0, dev: 1 } });
  const options = { addressPlan, flowLogs: FlowLogs.toBucket('arn:aws:s3:::acme-flow-logs') };
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, options, stack };
}

const alarmNames = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm')).map(({ Properties }) => Properties.AlarmName).sort();

test('each hub has objectives in its own stack, and no stack is added', () => {
  const { app, made, options, stack } = zone();
  made.addNetworkHub('Hub', options);
  made.addNetworkHub('Hub', { ...options, region: 'us-east-1' });
  const before = app.node.findAll().filter((one) => Stack.isStack(one)).map(({ node }) => node.path);
  expect(made.addPlatformObjectives({ runbook: RUNBOOK, egress: 99.95 })).toHaveLength(2);
  expect(app.node.findAll().filter((one) => Stack.isStack(one)).map(({ node }) => node.path)).toEqual(before);
  for (const region of ['eu-west-1', 'us-east-1']) {
    expect(alarmNames(stack(`Acme-Hub-${region}`))).toEqual(['platform-network-egress-page', 'platform-network-egress-ticket', 'platform-network-transit-page', 'platform-network-transit-ticket']);
  }
});

test('without a hub it says what is missing, and it is called once', () => {
  const { made, options } = zone();
  expect(() => made.addPlatformObjectives({ runbook: RUNBOOK })).toThrow('no network to promise anything of: add a hub with zone.addNetworkHub');
  made.addNetworkHub('Hub', options);
  expect(() => made.addPlatformObjectives({ runbook: 'none' })).toThrow('runbook is "none": an address is expected');
});

test('what is added afterwards is told of at synthesis', () => {
  const { app, made, options, stack } = zone();
  made.addNetworkHub('Hub', options);
  made.addPlatformObjectives({ runbook: RUNBOOK });
  expect(() => made.addPlatformObjectives({ runbook: RUNBOOK })).toThrow('give addPlatformObjectives all options at once');
  new Dns(stack('Acme-Hub-eu-west-1'), 'Dns', {
    vpcId: 'vpc-0123456789abcdef0', shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij', queryLogs: DnsQueryLogs.toBucket('arn:aws:s3:::acme-dns-logs'),
    outbound: { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  });
  expect(() => app.synth()).toThrow('Acme-Hub-eu-west-1/Dns was added after zone.addPlatformObjectives(), and nobody would watch it');
});
