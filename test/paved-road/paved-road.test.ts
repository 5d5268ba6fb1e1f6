import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { PLAIN } from './plain-constructs';
import { violations } from './violations';
import { DataClassification, PavedRoad, PavedRoadProps, ResilienceStandard, ResilienceTier, TaggingStandard } from '../../src';
import { ROAD_DEFAULTS } from '../../src/paved-road/defaults/all';

const PRODUCT: PavedRoadProps = {
  product: 'payments', owner: 'team-payments', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1,
};

/** Without the checks of others, which stop templates that have findings. */
const QUIET: PavedRoadProps = { ...PRODUCT, awsSolutions: false };

/** What is left for a team to say: nobody else knows who may call, what a secret opens, or which certificate a name has. */
const LEFT: { readonly [name: string]: readonly string[] } = {
  DatabaseCluster: ['SMG4'],
  DatabaseInstance: ['SMG4'],
  Secret: ['SMG4'],
  EksCluster: ['IAM4'],
  RestApi: ['APIG2', 'APIG3', 'APIG4', 'COG4', 'IAM4'],
  Distribution: ['CFR1', 'CFR2', 'CFR3', 'CFR4'],
  Project: ['CB4', 'IAM5'],
};

function newStack(id = 'Product', app = new App({ analyticsReporting: false })): Stack {
  return new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
}

function template(build: (stack: Stack) => void): any {
  const stack = newStack();
  build(stack);
  return Template.fromStack(stack).toJSON();
}

test('plain constructs pass all checks, but for what only their team can say', () => {
  const found = violations((app) => {
    for (const [name, make] of Object.entries(PLAIN)) make(newStack(name, app));
    PavedRoad.apply(app, PRODUCT);
  });
  const byName = Object.fromEntries(Object.keys(PLAIN).map((name) => [name, [...new Set(found.filter(({ stack }) => stack === name).map(({ rule }) => rule.replace(/^AwsSolutions-/, '').replace(/\[.*$/, '')))].sort()]));
  expect(byName).toEqual(Object.fromEntries(Object.keys(PLAIN).map((name) => [name, LEFT[name] ?? []])));
  expect(Object.keys(PLAIN).length).toBeGreaterThanOrEqual(25);
}, 120_000);

test('without the paved road, most of them are found', () => {
  const found = violations((app) => {
    for (const name of ['Bucket', 'Queue', 'Vpc', 'ApplicationLoadBalancer', 'DatabaseInstance', 'StateMachine']) PLAIN[name]!(newStack(name, app));
    PavedRoad.apply(newStack('Other', app), PRODUCT);
  });
  expect([...new Set(found.filter(({ rule }) => /^(LZ|AwsSolutions)/.test(rule)).map(({ stack }) => stack))].sort()).toEqual(['ApplicationLoadBalancer', 'Bucket', 'DatabaseInstance', 'Queue', 'StateMachine', 'Vpc']);
}, 60_000);

describe.each(Object.entries(PLAIN))('%s', (_, make) => {
  test('before, after or twice, the template is the same', () => {
    const before = template((stack) => { PavedRoad.apply(stack.node.root, QUIET); make(stack); });
    const after = template((stack) => { make(stack); PavedRoad.apply(stack.node.root, QUIET); });
    const twice = template((stack) => { PavedRoad.apply(stack.node.root, QUIET); make(stack); PavedRoad.apply(stack.node.root, QUIET); PavedRoad.apply(stack, QUIET); });
    expect(after).toEqual(before);
    expect(twice).toEqual(before);
  });

  test('nothing that is there moves: what the paved road adds comes beside', () => {
    const [bare, full] = [template(make), template((stack) => { make(stack); PavedRoad.apply(stack.node.root, QUIET); })];
    // A deployment of a REST API is a new one whenever the API changes, tags included.
    const there = Object.entries<any>(bare.Resources).filter(([, { Type }]) => Type !== 'AWS::ApiGateway::Deployment');
    expect(Object.keys(full.Resources)).toEqual(expect.arrayContaining(there.map(([id]) => id)));
    for (const [id, { Type }] of there) expect(full.Resources[id].Type).toBe(Type);
  });
});

describe('opting out', () => {
  const optedOut = (make: (scope: Construct) => unknown, rule: string) => template((stack) => {
    make(stack);
    PavedRoad.apply(stack.node.root, QUIET);
    PavedRoad.optOut(stack, { rule, reason: 'Agreed in SEC-12' });
  });
  const all = Object.entries(PLAIN).map(([name, make]) => ({ name, make, full: template((stack) => { make(stack); PavedRoad.apply(stack.node.root, QUIET); }) }));

  test.each(ROAD_DEFAULTS.map((one) => [one.id, one] as const))('%s is left out, with the reason in the template', (id, { type }) => {
    const used = all.find(({ full }) => Object.values<any>(full.Resources).some(({ Type }) => Type === type));
    expect(used).toBeDefined();
    const without = optedOut(used!.make, id);
    const said = Object.values<any>(without.Resources).filter(({ Type }) => Type === type).map(({ Metadata }) => Metadata['landing-zone:opt-outs'][id].reason);
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said)).toEqual(new Set(['Agreed in SEC-12']));
  });

  test('by a control, of one construct alone; the control is acknowledged', () => {
    const found = violations((app) => {
      PavedRoad.apply(app, PRODUCT);
      const stack = newStack('Product', app);
      PavedRoad.optOut(new s3.Bucket(stack, 'Open'), { rule: 'LZ.S3.3', reason: 'Uploads are kept, see SEC-12' });
      new s3.Bucket(stack, 'Closed');
      Template.fromStack(stack).resourcePropertiesCountIs('AWS::S3::Bucket', { LifecycleConfiguration: Match.anyValue() }, 1);
    });
    expect(found).toEqual([]);
  });

  test('needs a reason, and a default', () => {
    expect(() => PavedRoad.optOut(newStack(), { rule: 's3.tls', reason: ' ' })).toThrow('opting out of s3.tls needs a reason');
    expect(() => PavedRoad.optOut(newStack(), { rule: 's3.tsl', reason: 'x' })).toThrow('s3.tsl is no default of the paved road, nor a control that one serves. Defaults: s3.public-access');
  });
});

describe('what a team says', () => {
  test('stays, and where a control forbids it, the message says which', () => {
    const found = violations((app) => {
      PavedRoad.apply(app, { ...PRODUCT, awsSolutions: false });
      const stack = newStack('Product', app);
      new s3.Bucket(stack, 'Open', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY });
      new rds.DatabaseInstance(stack, 'Instance', {
        engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }), publiclyAccessible: true,
        vpc: ec2.Vpc.fromVpcAttributes(stack, 'Network', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
      });
    });
    expect(found.map(({ rule }) => rule).filter((rule) => rule.startsWith('LZ.')).sort()).toEqual(expect.arrayContaining(['LZ.RDS.2', 'LZ.S3.1']));
    expect(found.find(({ rule }) => rule === 'LZ.RDS.2')!.text).toContain('PubliclyAccessible must be false and is true');
  }, 60_000);

  test('is not overwritten', () => {
    const made = template((stack) => {
      PavedRoad.apply(stack.node.root, QUIET);
      const dead = new sqs.Queue(stack, 'Dead');
      new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: dead, maxReceiveCount: 2 } });
      new s3.Bucket(stack, 'Bucket', { enforceSSL: true, versioned: false, lifecycleRules: [{ abortIncompleteMultipartUploadAfter: undefined, expiration: undefined, id: 'Own', noncurrentVersionsToRetain: 2, noncurrentVersionExpiration: undefined }] });
    });
    const resources = Object.values<any>(made.Resources);
    expect(resources.filter(({ Type }) => Type === 'AWS::SQS::Queue')).toHaveLength(2);
    expect(resources.filter(({ Type }) => Type === 'AWS::S3::BucketPolicy')).toHaveLength(1);
    const [bucket] = resources.filter(({ Type }) => Type === 'AWS::S3::Bucket');
    expect(bucket.Properties.LifecycleConfiguration.Rules[0].Id).toBe('Own');
  });
});

test.each<[string, (stack: Stack) => IConstruct]>([['an app', (stack) => stack.node.root], ['a stack', (stack) => stack]])('what aspects of a team say stays, too, on the paved road of %s', (_, scopeOf) => {
  const made = template((stack) => {
    PavedRoad.apply(scopeOf(stack), QUIET);
    Aspects.of(stack).add({
      visit: (node) => {
        if (node instanceof s3.CfnBucket) node.versioningConfiguration = { status: 'Suspended' };
        if (node instanceof s3.Bucket) node.addToResourcePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, principals: [new iam.AnyPrincipal()], actions: ['s3:DeleteObject'], resources: [node.arnForObjects('*')] }));
      },
    });
    new s3.Bucket(stack, 'Bucket');
  });
  const resources = Object.values<any>(made.Resources);
  expect(resources.find(({ Type }) => Type === 'AWS::S3::Bucket').Properties.VersioningConfiguration).toEqual({ Status: 'Suspended' });
  const policies = resources.filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement.map(({ Action }: any) => Action))).toEqual([['s3:DeleteObject', 's3:*']]);
});

test('a function writes to its own log group and sends traces, and nothing else', () => {
  const made = template((stack) => { PLAIN.Function!(stack); PavedRoad.apply(stack.node.root, QUIET); });
  const [role] = Object.values<any>(made.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(role.Properties.ManagedPolicyArns).toBeUndefined();
  expect(role.Properties.Policies.map(({ PolicyDocument: { Statement } }: any) => Statement.map(({ Action, Resource }: any) => [Action, Resource]))).toEqual([
    [[['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': ['PavedRoadLogsPlainResourceCC0AD408', 'Arn'] }]],
    [[['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*']],
  ]);
  expect(role.Properties.PermissionsBoundary).toBe('arn:aws:iam::111122223333:policy/landing-zone/boundary');
});

test('functions that share a role write to both log groups', () => {
  const made = template((stack) => {
    const first = PLAIN.Function!(stack) as lambda.Function;
    new lambda.Function(stack, 'Second', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('//'), role: first.role });
    PavedRoad.apply(stack.node.root, QUIET);
  });
  const [role] = Object.values<any>(made.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(role.Properties.Policies.find(({ PolicyName }: any) => PolicyName === 'write-logs').PolicyDocument.Statement).toHaveLength(2);
});

test('tags, from one declaration; those of the organization are held to its values', () => {
  const tagging = new TaggingStandard({ tags: [{ key: 'owner', description: 'team' }, { key: 'environment', values: ['prod', 'nonprod'] }] });
  const made = template((stack) => { PavedRoad.apply(stack.node.root, { ...QUIET, tagging }); PLAIN.Topic!(stack); });
  const [topic] = Object.values<any>(made.Resources).filter(({ Type }) => Type === 'AWS::SNS::Topic');
  expect(Object.fromEntries(topic.Properties.Tags.map(({ Key, Value }: any) => [Key, Value]))).toEqual({
    'product': 'payments', 'owner': 'team-payments', 'cost-center': '1042', 'environment': 'prod', 'data-classification': 'confidential', 'resilience-tier': '1', 'criticality': 'medium',
  });
  expect(() => PavedRoad.apply(newStack(), { ...PRODUCT, tagging, environment: 'production' })).toThrow('environment may not be "production". Expected: prod, nonprod');
});

test('mistakes, all at once', () => {
  expect(() => PavedRoad.apply(newStack(), { ...PRODUCT, owner: '', product: 'pay|ments', logRetentionDays: 100 })).toThrow(/has 3 problems\n.*product is "pay\|ments".*\n.*owner is "".*\n.*logRetentionDays is 100: CloudWatch Logs takes 1, 3/);
  const stack = newStack();
  PavedRoad.apply(stack, QUIET);
  expect(() => PavedRoad.apply(stack, { ...PRODUCT, owner: 'others' })).toThrow('it was applied here already, with other properties');
});

test('a service, as a small snapshot', () => {
  const { Resources } = template((stack) => { PavedRoad.apply(stack.node.root, QUIET); new s3.Bucket(stack, 'Receipts'); new sqs.Queue(stack, 'Work'); });
  expect(Resources).toMatchSnapshot();
});

test('with the organization\'s tiers, what keeps data has what its tier promises', () => {
  const rules = (tier: ResilienceTier, resilience?: ResilienceStandard) => violations((app) => {
    PavedRoad.apply(app, { ...QUIET, tier, resilience });
    new s3.Bucket(newStack('Product', app), 'Receipts');
  }).map(({ rule }) => rule);
  expect(rules(ResilienceTier.TIER_1)).toEqual([]);
  expect(rules(ResilienceTier.TIER_3, new ResilienceStandard())).toEqual([]);
  expect(rules(ResilienceTier.TIER_1, new ResilienceStandard())).toEqual(['LZ.RESILIENCE.1']);
}, 60_000);
