import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LandingZone, LogGroupFilter, RegionStandard, Telemetry, TelemetryLink, TelemetryLinkProps, TelemetrySink, TelemetrySinkProps } from '../../src';
import { telemetryProblems } from '../../src/logging/telemetry-limits';
import { validated } from '../network/aws-solutions';
import '../../src/testing';

const LINK = { sinkArn: 'arn:aws:oam:eu-west-1:333344445555:sink/1f6ab31e-94d0-4e7d-9cd2-1d1f5d0a7e31', monitoringAccountId: '333344445555' };

function stack() {
  return new Stack(new App({ analyticsReporting: false }), 'Telemetry', { env: { account: '444455556666', region: 'eu-west-1' } });
}

function sink(options: Partial<TelemetrySinkProps> = {}) {
  const own = stack();
  const made = new TelemetrySink(own, 'Sink', { sinkName: 'acme', organizationId: 'o-abcdefghij', ...options });
  const [resource] = Object.values(Template.fromStack(own).findResources('AWS::Oam::Sink'));
  return { made, own, resource: resource! };
}

function link(options: Partial<TelemetryLinkProps> = {}) {
  const own = stack();
  new TelemetryLink(own, 'Link', { ...LINK, ...options });
  const template = Template.fromStack(own);
  const [resource] = Object.values(template.findResources('AWS::Oam::Link'));
  return { template, resource: resource! };
}

test('a sink stays, and its ARN is an attribute', () => {
  const { made, own, resource } = sink();
  expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  expect(own.resolve(made.sinkArn)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Sink'), 'Arn'] });
});

describe('the policy of a sink, by the exact analysis', () => {
  const account = new LandingZone(new App({ analyticsReporting: false }), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' }).account('security');
  const resourcePolicy = { name: 'sink policy', document: sink({ telemetry: [Telemetry.METRICS, Telemetry.TRACES] }).resource.Properties.Policy };
  const asking = (organization: string, ...types: string[]) => ({
    as: 'arn:aws:iam::777788889999:role/any', on: LINK.sinkArn, resourcePolicy, except: [], context: { 'aws:PrincipalOrgID': organization, 'oam:ResourceTypes': types, 'aws:PrincipalAccount': '777788889999' },
  });

  test('lets accounts of the organization link what it takes, and not more', () => {
    expect(account).toAllow('oam:CreateLink', 'oam:UpdateLink', asking('o-abcdefghij', 'AWS::CloudWatch::Metric'));
    expect(account).toAllow('oam:CreateLink', asking('o-abcdefghij', 'AWS::CloudWatch::Metric', 'AWS::XRay::Trace'));
    expect(account).toNeverAllow('oam:CreateLink', 'oam:UpdateLink', asking('o-abcdefghij', 'AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup'));
  });

  test('lets nobody else link, and nobody do anything else', () => {
    expect(account).toNeverAllow('oam:CreateLink', 'oam:UpdateLink', asking('o-zzzzzzzzzz', 'AWS::CloudWatch::Metric'));
    expect(account).toNeverAllow('oam:DeleteSink', 'oam:PutSinkPolicy', 'oam:ListAttachedLinks', asking('o-abcdefghij', 'AWS::CloudWatch::Metric'));
  });
});

test('a link shares under the account\'s name, and the monitoring account has none', () => {
  const { resource, template } = link();
  expect(resource.Properties).toEqual({ SinkIdentifier: LINK.sinkArn, LabelTemplate: '$AccountName', ResourceTypes: ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup', 'AWS::XRay::Trace'] });
  expect(template.toJSON().Conditions[resource.Condition]).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '333344445555'] }] });
  expect(resource.DeletionPolicy).toBeUndefined();
});

test('log groups are shared by a filter', () => {
  const filter = (logGroups: LogGroupFilter) => link({ logGroups }).resource.Properties.LinkConfiguration;
  expect(filter(LogGroupFilter.exceptStartingWith('/aws/codebuild/'))).toEqual({ LogGroupConfiguration: { Filter: "LogGroupName NOT LIKE '/aws/codebuild/%'" } });
  expect(filter(LogGroupFilter.all())).toBeUndefined();
});

test('what cannot be is said, all of it', () => {
  expect(() => sink({ sinkName: 'a b', organizationId: 'acme', telemetry: [] })).toThrow(/sinkName is "a b".*; organizationId is "acme".*; nothing is shared/);
  expect(() => link({ telemetry: [Telemetry.METRICS, Telemetry.METRICS], logGroups: LogGroupFilter.all() })).toThrow(/AWS::CloudWatch::Metric is shared twice; logGroups filters log groups, which are not shared: add Telemetry.LOG_GROUPS/);
});

test('what AWS allows of links is kept', () => {
  const accounts = (count: number) => Array.from({ length: count }, (_, at) => `a${at}`);
  const monitors = (count: number, shared: string[]) => new Map(accounts(count).map((key) => [key, shared]));
  expect(telemetryProblems(monitors(5, accounts(100_000)))).toEqual([]);
  expect(telemetryProblems(monitors(1, accounts(100_001)))).toEqual(['100,001 accounts share with a0, and AWS allows 100,000: name units with fewer accounts in waves']);
  expect(telemetryProblems(monitors(6, ['shop']))).toEqual(['account shop shares with 6 monitoring accounts, and AWS allows 5: leave its unit out of the waves of some']);
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  expect(validated((own) => {
    new TelemetrySink(own, 'Sink', { sinkName: 'acme', organizationId: 'o-abcdefghij' });
    new TelemetryLink(own, 'Link', { ...LINK, telemetry: Object.values(Telemetry) as Telemetry[], logGroups: LogGroupFilter.named('/aws/lambda/shop') });
  }).violations).toEqual([]);
});

test('snapshot', () => {
  expect([sink().resource, link().resource]).toMatchSnapshot();
});
