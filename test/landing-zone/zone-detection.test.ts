import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControlSet, LandingZone, LogPurpose, RegionStandard } from '../../src';
import { ZoneConfigProps } from '../../src/landing-zone/zone-detection';
import { stackSets } from '../delivery/baseline-fixture';

function zone(props?: ZoneConfigProps, accountStacks?: number) {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example', accountStacks });
  const logs = made.addLogArchive();
  const recording = made.detection.addConfig(props);
  const stack = (name: string) => app.node.findChild(name) as Stack;
  return { app, made, logs, recording, stack, template: (name: string) => Template.fromStack(stack(name)) };
}

const recorded = (app: App) => JSON.parse(stackSets(app)['Acme-Config-Root'].Properties.TemplateBody);

test('every account and Region records all types to the archive, global ones in the home Region', () => {
  const { app, logs, made } = zone();
  const template = recorded(app);
  expect(template.Conditions).toEqual({ IsHomeRegion: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } });
  expect(template.Resources.Recorder.Properties).toEqual({
    Name: 'default',
    RoleARN: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig']] },
    RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: { 'Fn::If': ['IsHomeRegion', true, false] } },
    RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
  });
  expect(template.Resources.DeliveryChannel.Properties).toMatchObject({ S3BucketName: logs.bucketName(LogPurpose.CONFIG), S3KmsKeyArn: logs.keyAliasArn });
  expect(template.Resources.Recorder.DependsOn).toBeUndefined();
  expect(template.Resources.DeliveryChannel.DependsOn).toBeUndefined();
  const [set] = Object.values(stackSets(app));
  expect(set.Properties.StackInstancesGroup[0].Regions).toEqual(['eu-west-1', 'us-east-1']);
  expect(app.synth().stacks.filter(({ stackName }) => stackName.startsWith('Acme-Config-Management')).map(({ environment }) => `${environment.account} ${environment.region}`))
    .toEqual(['eu-west-1', 'us-east-1'].map((region) => `${made.organization.managementAccountId} ${region}`));
});

test('types are left out by choice, global ones outside the home Region too', () => {
  const { Recorder } = recorded(zone({ exceptResourceTypes: ['AWS::EC2::NetworkInterface'], daily: true }).app).Resources;
  expect(Recorder.Properties.RecordingGroup).toEqual({
    ExclusionByResourceTypes: { ResourceTypes: { 'Fn::If': ['IsHomeRegion', ['AWS::EC2::NetworkInterface'], ['AWS::EC2::NetworkInterface', 'AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User']] } },
    RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
  });
  expect(Recorder.Properties.RecordingMode).toEqual({ RecordingFrequency: 'DAILY' });
  expect(() => zone({ exceptResourceTypes: ['ENI'] })).toThrow('exceptResourceTypes names "ENI"');
});

test.each([undefined, 2])('the recorder is delivered after the archive, packs after the recorder and what the organization delegates', (accountStacks) => {
  const { app, stack, made, recording } = zone(undefined, accountStacks);
  app.synth();
  for (const one of recording.stacks) expect(one.dependencies.map(({ stackName }) => stackName)).toContain('Acme-LogArchive-eu-west-1');
  const before = stack('Acme-Compliance-us-east-1').dependencies.map(({ stackName }) => stackName);
  expect(before).toEqual(expect.arrayContaining(['Acme-Organization', ...recording.stacks.map(({ stackName }) => stackName)]));
  const delegating = (made.node.root as App).synth().stacks.filter(({ template }) => JSON.stringify(template).includes('"ServicePrincipal":"config-multiaccountsetup.amazonaws.com"')).map(({ stackName }) => stackName);
  expect(before).toEqual(expect.arrayContaining(delegating));
});

test('the security account has the aggregator in the home Region, and packs in every Region', () => {
  const { made, stack, template } = zone();
  expect(stack('Acme-Compliance-eu-west-1').account).toBe(made.account('security').accountId);
  template('Acme-Compliance-eu-west-1').hasResourceProperties('AWS::Config::ConfigurationAggregator', { OrganizationAggregationSource: { AllAwsRegions: true } });
  template('Acme-Compliance-us-east-1').resourceCountIs('AWS::Config::ConfigurationAggregator', 0);
  for (const region of ['eu-west-1', 'us-east-1']) {
    const packs = template(`Acme-Compliance-${region}`).findResources('AWS::Config::OrganizationConformancePack');
    expect(Object.values(packs).map(({ Properties }) => Properties.OrganizationConformancePackName)).toEqual(['landing-zone-foundational', 'landing-zone-workload']);
  }
});

test('parameters reach the packs whose controls have the rule; one that none has is refused', () => {
  const sets = [ControlSet.foundational(), ControlSet.workload()];
  const { template } = zone({ ruleParameters: { VPC_FLOW_LOGS_ENABLED: { trafficType: 'ALL' } }, conformancePacks: sets });
  const packs = Object.values(template('Acme-Compliance-us-east-1').findResources('AWS::Config::OrganizationConformancePack')).map(({ Properties }) => Properties.TemplateBody);
  expect(packs.map((body) => body.includes('trafficType'))).toEqual(sets.map(({ controls }) => controls.some(({ detective }) => detective.some(({ identifier }) => identifier === 'VPC_FLOW_LOGS_ENABLED'))));
  expect(() => zone({ ruleParameters: { NO_SUCH_RULE: {} } })).toThrow('ruleParameters names NO_SUCH_RULE');
});

test('it is added once, after an archive', () => {
  expect(() => zone().made.detection.addConfig()).toThrow('has AWS Config already');
  const made = new LandingZone(new App(), 'Acme', { regions: new RegionStandard({ home: 'eu-west-1' }), accountEmail: 'aws+{account}@acme.example' });
  expect(() => made.detection.addConfig()).toThrow('no log archive yet');
});

test('snapshot of the baseline\'s template', () => {
  expect(recorded(zone().app)).toMatchSnapshot();
});

test('access is analyzed by the security account in every Region, after who administers it was said; what is unused in the home Region alone', () => {
  const app = new App({ analyticsReporting: false });
  const made = new LandingZone(app, 'Acme', { regions: new RegionStandard({ home: 'eu-west-1', allowed: ['eu-west-1', 'us-east-1'] }), accountEmail: 'aws+{account}@acme.example' });
  expect(made.detection.addAccessAnalyzer({ unusedAfterDays: 30 })).toHaveLength(2);
  const stack = (region: string) => app.node.findChild(`Acme-AccessAnalyzer-${region}`) as Stack;
  const types = (region: string) => Object.values(Template.fromStack(stack(region)).findResources('AWS::AccessAnalyzer::Analyzer')).map(({ Properties }) => Properties.Type);
  expect([types('eu-west-1'), types('us-east-1')]).toEqual([['ORGANIZATION', 'ORGANIZATION_UNUSED_ACCESS'], ['ORGANIZATION']]);
  expect(stack('us-east-1').account).toBe(made.account('security').accountId);
  expect(stack('us-east-1').dependencies).toContain(made.organizationStack);
  Template.fromStack(made.organizationStack).hasResourceProperties('Custom::OrganizationDelegatedAdministrator', { ServicePrincipal: 'access-analyzer.amazonaws.com' });
  const management = stack('Management-eu-west-1');
  expect(management.account).toBe(made.organization.managementAccountId);
  Template.fromStack(management).hasResourceProperties('Custom::ServiceLinkedRole', { Service: 'access-analyzer.amazonaws.com' });
  for (const region of ['eu-west-1', 'us-east-1']) expect(stack(region).dependencies).toContain(management);
  expect(() => made.detection.addAccessAnalyzer()).toThrow('has IAM Access Analyzer already');
});
