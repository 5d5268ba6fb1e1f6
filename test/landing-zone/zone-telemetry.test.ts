import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Control, Controls, LandingZone, LogGroupFilter, PreventiveMechanism, RegionStandard, Telemetry, ZoneTelemetryProps } from '../../src';
import { stackSets } from '../delivery/baseline-fixture';

const REGIONS = ['eu-west-1', 'us-east-1'];

function zone(props?: ZoneTelemetryProps, allowed = REGIONS) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed }), accountEmail: 'aws+{account}@acme.example' });
  const baseline = made.logging.shareTelemetry(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, baseline, stack, template: (name: string) => Template.fromStack(stack(name)) };
}

const linksIn = (template: any) => Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::Oam::Link');

test('the monitoring account has a sink for the organization in each Region', () => {
  const { made, stack, template } = zone({ telemetry: [Telemetry.METRICS] });
  for (const region of REGIONS) {
    expect([stack(`Acme-TelemetrySink-security-${region}`).account, stack(`Acme-TelemetrySink-security-${region}`).region]).toEqual([made.account('security').accountId, region]);
    template(`Acme-TelemetrySink-security-${region}`).hasResourceProperties('AWS::Oam::Sink', {
      Name: 'landing-zone-acme',
      Policy: { Statement: [{ Condition: { 'StringEquals': { 'aws:PrincipalOrgID': made.organization._literalId }, 'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric'] } } }] },
    });
  }
});

test('each other account has a link to the sink of the Region, whose ARN is read when the baseline is deployed', () => {
  const { app, made } = zone({ logGroups: LogGroupFilter.startingWith('/aws/lambda/') });
  const set = stackSets(app)['Acme-Telemetry-security-Root'];
  expect(set.Properties.StackInstancesGroup[0].Regions).toEqual(REGIONS);
  expect(set.Properties.AutoDeployment.Enabled).toBe(true);
  const { accountId } = made.account('security');
  const read = Object.fromEntries(set.Properties.Parameters.map(({ ParameterKey, ParameterValue }: any) => [ParameterKey, ParameterValue['Fn::GetStackOutput']]));
  expect(read).toMatchObject({
    InputSinkEuWest1: { StackName: 'Acme-TelemetrySink-security-eu-west-1', Region: 'eu-west-1', RoleArn: `arn:aws:iam::${accountId}:role/landing-zone-stack-reader` },
    InputSinkUsEast1: { StackName: 'Acme-TelemetrySink-security-us-east-1', Region: 'us-east-1', RoleArn: `arn:aws:iam::${accountId}:role/landing-zone-stack-reader` },
  });
  const template = JSON.parse(set.Properties.TemplateBody);
  const [link] = linksIn(template);
  expect(link.Properties.SinkIdentifier).toEqual({ 'Fn::If': ['InEuWest1', { Ref: 'InputSinkEuWest1' }, { Ref: 'InputSinkUsEast1' }] });
  expect(link.Properties.LinkConfiguration).toEqual({ LogGroupConfiguration: { Filter: "LogGroupName LIKE '/aws/lambda/%'" } });
  expect(template.Conditions[link.Condition]).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, accountId] }] });
});

test('the management account shares, too, by stacks of its own', () => {
  const { app, made } = zone();
  const own = app.synth().stacks.filter(({ stackName }) => stackName.startsWith('Acme-Telemetry-security-Management-'));
  expect(own.map(({ environment: { account, region } }) => [account, region]).sort()).toEqual(REGIONS.map((region) => [made.organization.managementAccountId, region]));
  for (const { template } of own) expect(linksIn(template)).toHaveLength(1);
});

test('links come after sinks and the role by which their ARNs are read', () => {
  const { baseline } = zone();
  expect(baseline.stacks).toHaveLength(3);
  for (const stack of baseline.stacks) {
    const after = stack.dependencies.map(({ stackName }) => stackName);
    const sinks = REGIONS.filter((region) => stack.stackName.endsWith('-Root') || stack.region === region).map((region) => `Acme-TelemetrySink-security-${region}`);
    expect(after).toEqual(expect.arrayContaining([...sinks, 'Acme-StackReader-security']));
  }
});

test('another monitoring account has sinks and links of its own; the same one again is refused', () => {
  const { app, made } = zone();
  made.logging.shareTelemetry({ account: 'log-archive', telemetry: [Telemetry.TRACES] });
  expect(Object.keys(stackSets(app)).filter((name) => name.startsWith('Acme-Telemetry-log-archive-'))).toHaveLength(1);
  expect(() => made.logging.shareTelemetry()).toThrow('share with security already');
});

test('an account that shares with more monitoring accounts than AWS allows stops the synthesis', () => {
  const { app, made } = zone();
  const sandbox = made.unit('Sandbox');
  for (let at = 0; at < 5; at++) {
    sandbox.addAccount(`monitor-${at}`, { email: `aws+monitor-${at}@acme.example` });
    made.logging.shareTelemetry({ account: `monitor-${at}`, waves: [{ name: 'all', units: [sandbox] }] });
  }
  // Each of them shares with security and the four others.
  app.synth();
  sandbox.addAccount('play', { email: 'aws+play@acme.example' });
  expect(() => app.synth({ force: true })).toThrow('Logging: account play shares with 6 monitoring accounts, and AWS allows 5');
});

test('another Region or account changes no logical id, and no sink', () => {
  const ids = ({ app, template }: ReturnType<typeof zone>) => [
    ...REGIONS.map((region) => template(`Acme-TelemetrySink-security-${region}`).toJSON().Resources), Object.keys(JSON.parse(stackSets(app)['Acme-Telemetry-security-Root'].Properties.TemplateBody).Resources),
  ];
  const more = zone({}, [...REGIONS, 'eu-north-1']);
  more.made.unit('Sandbox').addAccount('play', { email: 'aws+play@acme.example' });
  expect(ids(more)).toEqual(ids(zone()));
});

test('two synths are identical', () => {
  const templates = () => zone().app.synth().stacks.map(({ stackName, template }) => [stackName, JSON.stringify(template)]);
  expect(templates()).toEqual(templates());
});

test('refused: an account that is not there, nothing to share, a filter of what is not shared', () => {
  expect(() => zone({ account: 'nobody' })).toThrow('There is no account "nobody"');
  expect(() => zone({ telemetry: [Telemetry.METRICS, Telemetry.METRICS], logGroups: LogGroupFilter.all() })).toThrow('zone.logging.shareTelemetry: AWS::CloudWatch::Metric is shared twice; logGroups filters log groups');
});

describe('a control that denies it stops the synthesis', () => {
  const denying = (action: string) => new Control({
    ...Controls.protectLogArchive(), id: 'ACME.DENY.1', preventive: [PreventiveMechanism.serviceControl({ actions: [action], exemptPlatform: false })], proof: { denies: [{ action }], allows: [{ action: 's3:GetObject' }] },
  });
  const synth = (unit: string, action: string, props?: ZoneTelemetryProps) => {
    const { app, made } = zone(props);
    if (unit === 'security') made.enableOnAccount('security', denying(action));
    else made.enable(unit, denying(action));
    return () => app.synth();
  };

  test('the links, but not where the account that has the sink is alone denied them', () => {
    expect(synth('Infrastructure', 'oam:CreateLink')).toThrow(/Logging: .* denies oam:CreateLink to role\/stacksets-exec-any of accounts such as /);
    expect(synth('security', 'oam:CreateLink')).not.toThrow();
  });

  test('the sink', () => {
    expect(synth('security', 'oam:CreateSink')).toThrow(/Logging: .* denies oam:CreateSink to role\/cdk-.* of account security/);
  });
});
