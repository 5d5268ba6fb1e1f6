import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityHubConfiguration, SecurityHubConfigurationProps, SecurityHubStandard } from '../../src';
import { validated } from '../network/aws-solutions';

function configuration(options: Partial<SecurityHubConfigurationProps> = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env: { account: '333344445555', region: 'eu-west-1' } });
  const made = new SecurityHubConfiguration(stack, 'SecurityHub', { rootId: 'r-ab12', linkedRegions: ['us-east-1', 'eu-central-1'], ...options });
  const template = Template.fromStack(stack);
  const one = (type: string) => Object.entries(template.findResources(`AWS::SecurityHub::${type}`))[0]!;
  const arnOf = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:securityhub:eu-west-1::standards/${name}`]] });
  return { made, template, one, arnOf };
}

test('findings of the linked Regions come here, then configuration is central, then one policy holds for the root', () => {
  const { one } = configuration();
  const [[aggregatorId, aggregator], [organizationId, organization], [policyId, policy], [, association]] = [one('FindingAggregator'), one('OrganizationConfiguration'), one('ConfigurationPolicy'), one('PolicyAssociation')];
  expect(aggregator.Properties).toEqual({ RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['eu-central-1', 'us-east-1'] });
  expect([organization.Properties, organization.DependsOn]).toEqual([{ AutoEnable: false, AutoEnableStandards: 'NONE', ConfigurationType: 'CENTRAL' }, [aggregatorId]]);
  expect(policy.DependsOn).toEqual([organizationId]);
  expect(association.Properties).toEqual({ ConfigurationPolicyId: { 'Fn::GetAtt': [policyId, 'Id'] }, TargetId: 'r-ab12', TargetType: 'ROOT' });
  for (const { DeletionPolicy } of [aggregator, organization, policy, association]) expect(DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('AWS\'s best practices and CIS are looked for, and all of their controls', () => {
  const { made, one, arnOf } = configuration();
  expect(made.standardNames).toEqual(['aws-foundational-security-best-practices/v/1.0.0', 'cis-aws-foundations-benchmark/v/5.0.0']);
  expect(one('ConfigurationPolicy')[1].Properties.ConfigurationPolicy.SecurityHub).toEqual({
    ServiceEnabled: true, EnabledStandardIdentifiers: made.standardNames.map(arnOf), SecurityControlsConfiguration: { DisabledSecurityControlIdentifiers: [] },
  });
});

test('controls are left out for a reason that is in the template; other standards by choice', () => {
  const { made, one } = configuration({
    standards: [SecurityHubStandard.NIST_800_53, SecurityHubStandard.of('pci-dss/v/3.2.1')], without: [{ control: 'S3.9', reason: 'The trail records it' }, { control: 'IAM.6', reason: 'Root users have no credentials' }],
  });
  const [, policy] = one('ConfigurationPolicy');
  expect(policy.Properties.ConfigurationPolicy.SecurityHub.SecurityControlsConfiguration).toEqual({ DisabledSecurityControlIdentifiers: ['IAM.6', 'S3.9'] });
  expect(policy.Metadata['cdk-landing-zone']).toEqual({ without: { 'IAM.6': 'Root users have no credentials', 'S3.9': 'The trail records it' } });
  expect(made.standardNames).toEqual(['nist-800-53/v/5.0.0', 'pci-dss/v/3.2.1']);
});

test('what cannot be is said, all of it', () => {
  const twice = { control: 'MFA', reason: ' ' };
  expect(() => configuration({ rootId: 'ou-ab12-12345678', standards: [SecurityHubStandard.CIS, SecurityHubStandard.CIS], without: [twice, twice], linkedRegions: ['eu-west-1'] })).toThrow(
    /rootId is "ou-ab12-12345678".*; standard cis-aws-foundations-benchmark\/v\/5\.0\.0 is there twice; "MFA" is no control.*; MFA is left out twice; MFA is left out without a reason; .*linkedRegions names eu-west-1, which is the Region/,
  );
  expect(() => configuration({ standards: [], linkedRegions: [] })).toThrow(/standards is empty.*; linkedRegions is empty: .* Allow a second Region/);
  expect(() => SecurityHubStandard.of('CIS 5')).toThrow('"CIS 5" is no standard of Security Hub');
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  expect(validated((stack) => { new SecurityHubConfiguration(stack, 'SecurityHub', { rootId: 'r-ab12', linkedRegions: ['us-east-1'], without: [{ control: 'IAM.6', reason: 'No root credentials' }] }); }).violations).toEqual([]);
});

test('snapshot', () => {
  expect(configuration().template.toJSON().Resources).toMatchSnapshot();
});
