import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GuardDutyDetector, GuardDutyOptions, GuardDutyProtection } from '../../src';
import { validated } from '../network/aws-solutions';

function detector(options: GuardDutyOptions = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Detection', { env: { account: '333344445555', region: 'eu-west-1' } });
  const made = new GuardDutyDetector(stack, 'GuardDuty', options);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::GuardDuty::Detector'));
  return { made, resource: resource!, features: Object.fromEntries(resource!.Properties.Features.map(({ Name, Status }: any) => [Name, Status])) };
}

const ON = { S3_DATA_EVENTS: 'ENABLED', EKS_AUDIT_LOGS: 'ENABLED', EBS_MALWARE_PROTECTION: 'ENABLED', RDS_LOGIN_EVENTS: 'ENABLED', LAMBDA_NETWORK_LOGS: 'ENABLED', RUNTIME_MONITORING: 'ENABLED' };

test('every protection is on, with all parts, and the detector outlives its template but not a failed creation', () => {
  const { made, resource, features } = detector();
  expect(features).toEqual(ON);
  expect(made.protections).toEqual(Object.keys(ON));
  expect(resource.Properties.Enable).toBe(true);
  expect(resource.Properties.Features[5].AdditionalConfiguration).toEqual(['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'].map((Name) => ({ Name, Status: 'ENABLED' })));
  expect([resource.DeletionPolicy, resource.UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
});

test('one that is left out is off, with its reason in the template; where a Region does not have it, it is not spoken of', () => {
  const { features, resource } = detector({ without: [{ protection: GuardDutyProtection.EKS, reason: 'Nobody runs Kubernetes' }, { protection: GuardDutyProtection.RDS, reason: 'Not there yet', regions: ['eu-west-1'] }] });
  const { RDS_LOGIN_EVENTS, ...others } = ON;
  expect(RDS_LOGIN_EVENTS).toBe('ENABLED');
  expect(features).toEqual({ ...others, EKS_AUDIT_LOGS: 'DISABLED' });
  expect(resource.Metadata['cdk-landing-zone']).toEqual({ without: { EKS_AUDIT_LOGS: 'Nobody runs Kubernetes', RDS_LOGIN_EVENTS: 'Not there yet' } });
  expect(detector({ also: [GuardDutyProtection.AI, GuardDutyProtection.S3] }).features).toEqual({ ...ON, AI_PROTECTION: 'ENABLED' });
});

test('what cannot be is said, all of it', () => {
  const without = { protection: GuardDutyProtection.AI, reason: ' ' };
  expect(() => detector({ also: [GuardDutyProtection.AI], without: [without, without, { protection: GuardDutyProtection.S3, reason: 'x', regions: ['us-east-1'] }, { protection: GuardDutyProtection.RDS, reason: 'x', regions: [] }] }))
    .toThrow(/AI_PROTECTION is left out twice; AI_PROTECTION is left out without a reason; .*AI_PROTECTION is in both, without and also.*; RDS_LOGIN_EVENTS is left out of no Region.*; S3_DATA_EVENTS is left out of us-east-1, where GuardDuty is not set up: eu-west-1/);
});

test('CloudFormation, AwsSolutions and our own controls find nothing', () => {
  expect(validated((stack) => { new GuardDutyDetector(stack, 'GuardDuty'); }).violations).toEqual([]);
});

test('snapshot of the detector', () => {
  expect(detector().resource).toMatchSnapshot();
});
