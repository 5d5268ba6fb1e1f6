import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnParameter, CfnResource, Fn, PropertyInjectors, Size, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LandingZoneChecks } from '../../src/compliance/landing-zone-checks';
import { Control } from '../../src/controls/control';
import { Controls } from '../../src/controls/controls';
import { ProactiveMechanism } from '../../src/controls/mechanism';
import { Severity } from '../../src/controls/severity';

const PRIVATE = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
const UNKNOWN = { Ref: 'Choice' };
/** What LZ.S3.3 asks of every bucket. */
const TIDY = { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] };

/** What the pack says of one resource: rule ids with their findings. */
function check(type: string, properties: object): string[] {
  const stack = new Stack(new App(), 'Stack');
  new CfnParameter(stack, 'Choice');
  new CfnResource(stack, 'Resource', { type, properties: type === 'AWS::S3::Bucket' ? { LifecycleConfiguration: TIDY, ...properties } : properties });
  return findings(stack);
}

function findings(stack: Stack, pack = new LandingZoneChecks()): string[] {
  return pack.validateScope(stack.node.root).violations.map(({ ruleName, description }) => `${ruleName} ${description.split(': ')[1]}`);
}

function instance(stack: Stack, id: string, props: Partial<ec2.InstanceProps>): void {
  new ec2.Instance(stack, id, {
    vpc: ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] }),
    instanceType: new ec2.InstanceType('t3.micro'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
    ...props,
  });
}

test('the full list of rules: the controls that have one', () => {
  expect(new LandingZoneChecks().ruleIds).toEqual([
    'LZ.TRAIL.1',
    'LZ.SECURITY.1',
    'LZ.IAM.1',
    'LZ.EC2.1',
    'LZ.EBS.1',
    'LZ.S3.1',
    'LZ.RAM.1',
    'LZ.RDS.1',
    'LZ.RDS.2',
    'LZ.EFS.1',
    'LZ.ELASTICACHE.1',
    'LZ.KMS.1',
    'LZ.KMS.2',
    'LZ.KMS.3',
    'LZ.ELB.1',
    'LZ.LAMBDA.1',
    'LZ.ECR.1',
    'LZ.MSK.1',
    'LZ.EKS.1',
    'LZ.SAGEMAKER.1',
    'LZ.SECRETSMANAGER.1',
    'LZ.SNS.1',
    'LZ.VPC.2',
    'LZ.VPC.3', 'LZ.VPC.4', 'LZ.VPC.5', 'LZ.VPC.6', 'LZ.NETWORK.5', 'LZ.NETWORK.6', 'LZ.NETWORK.7', 'LZ.IAM.13', 'LZ.COST.3', 'LZ.COST.4', 'LZ.S3.3',
  ]);
  expect(new LandingZoneChecks().readPackName).toBe('LandingZone');
  expect(new LandingZoneChecks(undefined, { controls: [Controls.denyPublicBuckets(), Controls.denyRootUser()] }).ruleIds).toEqual(['LZ.S3.1']);
});

describe('complies', () => {
  test.each<[string, string, object]>([
    ['a trail that logs', 'AWS::CloudTrail::Trail', { S3BucketName: 'b', IsLogging: true, EnableLogFileValidation: true }],
    ['a detector that is on', 'AWS::GuardDuty::Detector', { Enable: true }],
    ['a Macie session that is on', 'AWS::Macie::Session', { Status: 'ENABLED' }],
    ['a Macie session that does not say', 'AWS::Macie::Session', {}],
    ['a role', 'AWS::IAM::Role', { AssumeRolePolicyDocument: {} }],
    ['an instance', 'AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }] }],
    ['an instance with an instance store', 'AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ DeviceName: '/dev/b', VirtualName: 'ephemeral0' }] }],
    ['a launch template', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ...REQUIRED, BlockDeviceMappings: [{ Ebs: { Encrypted: 'true' } }] } }],
    ['a launch configuration', 'AWS::AutoScaling::LaunchConfiguration', REQUIRED],
    ['a volume', 'AWS::EC2::Volume', { Encrypted: true }],
    ['a bucket', 'AWS::S3::Bucket', { PublicAccessBlockConfiguration: PRIVATE }],
    ['a share', 'AWS::RAM::ResourceShare', { Name: 'x', AllowExternalPrincipals: false }],
    ['a resource that no rule is about', 'AWS::SNS::Topic', {}],
  ])('%s', (_name, type, properties) => {
    expect(check(type, properties)).toEqual([]);
  });
});

describe('does not comply', () => {
  test.each<[string, string, object, string[]]>([
    ['a trail that does not log', 'AWS::CloudTrail::Trail', { IsLogging: false, EnableLogFileValidation: true }, ['LZ.TRAIL.1 IsLogging must be true and is false']],
    ['a trail without validation', 'AWS::CloudTrail::Trail', { IsLogging: true }, ['LZ.TRAIL.1 EnableLogFileValidation must be true and is missing']],
    ['a detector that is off', 'AWS::GuardDuty::Detector', { Enable: false }, ['LZ.SECURITY.1 Enable must be true and is false']],
    ['a paused Macie session', 'AWS::Macie::Session', { Status: 'PAUSED' }, ['LZ.SECURITY.1 Status must be "ENABLED" and is "PAUSED"']],
    ['a user', 'AWS::IAM::User', {}, ['LZ.IAM.1 An IAM user has long-lived credentials']],
    ['an access key', 'AWS::IAM::AccessKey', { UserName: 'x' }, ['LZ.IAM.1 An access key does not expire']],
    ['an instance with optional tokens', 'AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'optional' } },
      ['LZ.EC2.1 MetadataOptions.HttpTokens must be "required" and is "optional"']],
    ['an instance that says nothing', 'AWS::EC2::Instance', {}, ['LZ.EC2.1 MetadataOptions.HttpTokens must be "required" and is missing']],
    ['an instance of a launch template elsewhere', 'AWS::EC2::Instance', { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
      ['LZ.EC2.1 MetadataOptions.HttpTokens must be "required" and is missing']],
    ['a launch template that says nothing', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: {} },
      ['LZ.EC2.1 LaunchTemplateData.MetadataOptions.HttpTokens must be "required" and is missing']],
    ['a launch configuration that says nothing', 'AWS::AutoScaling::LaunchConfiguration', {},
      ['LZ.EC2.1 MetadataOptions.HttpTokens must be "required" and is missing']],
    ['an unencrypted volume', 'AWS::EC2::Volume', {}, ['LZ.EBS.1 Encrypted must be true and is missing']],
    ['an instance with one unencrypted device', 'AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ Ebs: { Encrypted: true } }, { Ebs: {} }] },
      ['LZ.EBS.1 BlockDeviceMappings[1].Ebs.Encrypted must be true and is missing']],
    ['a launch template with an unencrypted device', 'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { ...REQUIRED, BlockDeviceMappings: [{ Ebs: { Encrypted: false } }] } },
      ['LZ.EBS.1 LaunchTemplateData.BlockDeviceMappings[0].Ebs.Encrypted must be true and is false']],
    ['a launch configuration with an unencrypted device', 'AWS::AutoScaling::LaunchConfiguration', { ...REQUIRED, BlockDeviceMappings: [{ Ebs: {} }] },
      ['LZ.EBS.1 BlockDeviceMappings[0].Ebs.Encrypted must be true and is missing']],
    ['a bucket with one setting off', 'AWS::S3::Bucket', { PublicAccessBlockConfiguration: { ...PRIVATE, IgnorePublicAcls: false } },
      ['LZ.S3.1 PublicAccessBlockConfiguration.IgnorePublicAcls must be true and is false']],
    ['a share that says nothing, which admits everybody', 'AWS::RAM::ResourceShare', {}, ['LZ.RAM.1 AllowExternalPrincipals must be false and is missing']],
    ['a share that admits everybody', 'AWS::RAM::ResourceShare', { AllowExternalPrincipals: true },
      ['LZ.RAM.1 AllowExternalPrincipals must be false and is true']],
  ])('%s', (_name, type, properties, expected) => {
    expect(check(type, properties)).toEqual(expected);
  });

  test('a bucket that says nothing, in each of the four settings', () => {
    expect(check('AWS::S3::Bucket', {})).toHaveLength(4);
  });
});

describe('what only the deployment knows is a finding', () => {
  test.each<[string, object, number]>([
    ['AWS::CloudTrail::Trail', { IsLogging: UNKNOWN, EnableLogFileValidation: true }, 1],
    ['AWS::GuardDuty::Detector', { Enable: UNKNOWN }, 1],
    ['AWS::Macie::Session', { Status: UNKNOWN }, 1],
    ['AWS::EC2::Instance', { MetadataOptions: { HttpTokens: UNKNOWN } }, 1],
    ['AWS::EC2::Instance', { MetadataOptions: UNKNOWN }, 1],
    ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions: { HttpTokens: UNKNOWN } } }, 1],
    ['AWS::AutoScaling::LaunchConfiguration', { MetadataOptions: { HttpTokens: UNKNOWN } }, 1],
    ['AWS::EC2::Volume', { Encrypted: UNKNOWN }, 1],
    ['AWS::EC2::Volume', { Encrypted: { Ref: 'AWS::NoValue' } }, 1],
    ['AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: UNKNOWN }, 1],
    ['AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ Ebs: { Encrypted: UNKNOWN } }] }, 1],
    ['AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [Fn.conditionIf('C', { Ebs: { Encrypted: true } }, { Ebs: {} })] }, 1],
    ['AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ Ebs: UNKNOWN }] }, 1],
    ['AWS::EC2::Instance', { ...REQUIRED, BlockDeviceMappings: [{ Ebs: { Ref: 'AWS::NoValue' } }] }, 0],
    ['AWS::EC2::LaunchTemplate', { LaunchTemplateData: UNKNOWN }, 3],
    ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: UNKNOWN }, 4],
    ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: { ...PRIVATE, BlockPublicAcls: Fn.conditionIf('C', true, false) } }, 1],
    ['AWS::RAM::ResourceShare', { AllowExternalPrincipals: UNKNOWN }, 1],
  ])('%s %j', (type, properties, count) => {
    expect(check(type, properties)).toHaveLength(count);
  });
});

test('an instance that takes its options from a launch template of its stack is judged by that template', () => {
  const stack = new Stack(new App(), 'Stack');
  const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { metadataOptions: { httpTokens: 'required' } } });
  new ec2.CfnInstance(stack, 'Instance', { launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber } });
  expect(findings(stack)).toEqual([]);
  template.addPropertyOverride('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional');
  expect(findings(stack)).toEqual(['LZ.EC2.1 LaunchTemplateData.MetadataOptions.HttpTokens must be "required" and is "optional"']);
});

test('an instance whose author asks CDK for IMDSv2, by whichever property, complies once synthesized', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
  instance(stack, 'ByTemplate', { requireImdsv2: true });
  instance(stack, 'ByOption', { httpTokens: ec2.HttpTokens.REQUIRED });
  app.synth();
  expect(findings(stack)).toEqual([]);
  instance(stack, 'Neither', {});
  expect(findings(stack)).toHaveLength(1);
});

test('a resource that stays out of its template is not judged', () => {
  class Kept extends CfnResource {
    protected shouldSynthesize(): boolean {
      return false;
    }
  }
  const stack = new Stack(new App(), 'Stack');
  new Kept(stack, 'Volume', { type: 'AWS::EC2::Volume' });
  expect(findings(stack)).toEqual([]);
});

test('raw overrides count, in both directions', () => {
  const stack = new Stack(new App(), 'Stack');
  const bucket = new s3.CfnBucket(stack, 'Bucket');
  bucket.addPropertyOverride('PublicAccessBlockConfiguration', PRIVATE);
  bucket.addPropertyOverride('LifecycleConfiguration', TIDY);
  expect(findings(stack)).toEqual([]);
  bucket.addPropertyOverride('PublicAccessBlockConfiguration.BlockPublicPolicy', false);
  expect(findings(stack)).toEqual(['LZ.S3.1 PublicAccessBlockConfiguration.BlockPublicPolicy must be true and is false']);
});

describe('defaults', () => {
  const injectors = Controls.all().flatMap((control) => control.defaults.map(({ injector }) => injector));
  const injected = (stack: Stack) => PropertyInjectors.of(stack).add(...injectors);

  test('a plain bucket, volume, instance and launch template come out compliant, and not without the defaults', () => {
    for (const withDefaults of [true, false]) {
      const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
      if (withDefaults) injected(stack);
      build(stack);
      expect([...new Set(findings(stack).map((text) => text.split(' ')[0]))]).toEqual(withDefaults ? [] : ['LZ.S3.1', 'LZ.S3.3', 'LZ.EBS.1', 'LZ.EC2.1']);
    }
  });

  test('what the author chose stays', () => {
    const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
    injected(stack);
    new s3.Bucket(stack, 'Site', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS });
    new ec2.Volume(stack, 'Scratch', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(1), encrypted: false });
    new ec2.LaunchTemplate(stack, 'Old', { httpTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL });
    new ec2.LaunchTemplate(stack, 'Older', { requireImdsv2: false });
    expect(findings(stack)).toHaveLength(5);
  });

  function build(stack: Stack): void {
    new s3.Bucket(stack, 'Bucket');
    new ec2.Volume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(1) });
    instance(stack, 'Instance', {});
    new ec2.LaunchTemplate(stack, 'Template');
  }

});

describe('in an app', () => {
  const synth = (severity: Severity, acknowledge?: string) => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    const rule = ProactiveMechanism.nagRule('No topic', { findings: (node) => (node.cfnResourceType === 'AWS::SNS::Topic' ? ['is a topic'] : undefined) });
    const control = new Control({ id: 'ACME.SNS.1', title: 'No topics', description: 'None.', severity, proactive: [rule] });
    const pack = new LandingZoneChecks(app, { controls: [control] });
    Validations.of(app).addPlugins(pack);
    if (acknowledge) Validations.of(topic).acknowledge({ id: acknowledge, reason: 'Approved' });
    return { pack, app };
  };

  test('a finding of low severity alone is a success', () => {
    const { pack, app } = synth(Severity.LOW);
    expect(pack.validateScope(app)).toMatchObject({ success: true, violations: [{ ruleName: 'ACME.SNS.1', severity: 'warning' }] });
  });

  test('any other fails, naming control, resource and what it asks for', () => {
    const { pack, app } = synth(Severity.MEDIUM);
    expect(pack.validateScope(app)).toEqual({
      success: false,
      violations: [{
        ruleName: 'ACME.SNS.1',
        description: 'No topics: is a topic',
        fix: 'No topic',
        severity: 'error',
        violatingResources: [{ constructPath: 'Stack/Topic', locations: ['Properties'] }],
      }],
    });
  });

  test.each([
    ['LandingZone::ACME.SNS.1', 'success', 0, 1],
    ['ACME.SNS.1', 'failure', 1, 0],
    ['LandingZone::LZ.S3.1', 'failure', 1, 0],
  ])('acknowledged as %s, synthesis is a %s and the report keeps the reason', (id, conclusion, violations, suppressed) => {
    const { app } = synth(Severity.MEDIUM, id);
    if (conclusion === 'failure') expect(() => app.synth()).toThrow(/No topics: is a topic/);
    else app.synth();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports[0];
    expect(report).toMatchObject({ pluginName: 'LandingZone', conclusion });
    expect([report.violations.length, report.suppressedViolations?.length ?? 0]).toEqual([violations, suppressed]);
    if (suppressed) expect(report.suppressedViolations[0]).toMatchObject({ ruleName: 'ACME.SNS.1', reason: 'Approved', acknowledgedAt: 'Stack/Topic' });
  });

  test('resources with the same finding are one violation, and a second run starts afresh', () => {
    const stack = new Stack(new App(), 'Stack');
    for (const id of ['A', 'B']) new CfnResource(stack, id, { type: 'AWS::EC2::Volume' });
    const pack = new LandingZoneChecks();
    for (const _run of [1, 2]) {
      const { violations } = pack.validateScope(stack);
      expect(violations.map(({ violatingResources }) => violatingResources.map(({ constructPath }) => constructPath))).toEqual([['Stack/A', 'Stack/B']]);
    }
  });

  test('a rule that throws is a finding', () => {
    const stack = new Stack(new App(), 'Stack');
    new CfnResource(stack, 'A', { type: 'AWS::SNS::Topic' });
    const rule = ProactiveMechanism.nagRule('No topic', { findings: () => { throw new Error('odd value'); } });
    const control = new Control({ id: 'ACME.SNS.1', title: 'No topics', description: 'None.', severity: Severity.HIGH, proactive: [rule] });
    expect(findings(stack, new LandingZoneChecks(undefined, { controls: [control] }))).toEqual(['ACME.SNS.1 the rule cannot read AWS::SNS::Topic (odd value)']);
  });
});
