import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnParameter as CfnTemplateParameter, CfnResource, Stack, Tags, Validations } from 'aws-cdk-lib';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ADMINISTRATOR, organizationApp, PARAMETER, stackSets, threeWaves } from './baseline-fixture';
import { AddressPlan, Baseline, BaselineInput, BaselineStack, IpamPools, LandingZoneChecks } from '../../src';
import { readAssembly } from '../../src/model/assembly/read-assembly';
import { networkFromAssembly } from '../../src/model/network/network-from-assembly';

const delivering = (define: (stack: BaselineStack) => void, regions = ['eu-west-1', 'us-east-1']) => threeWaves({ content: { define }, regions }).app;
const refused = (define: (stack: BaselineStack) => void, regions?: string[]) => () => delivering(define, regions).synth();

describe('what stack sets cannot deliver', () => {
  test('nothing', () => expect(refused(() => undefined)).toThrow('Baseline Owner: its content is empty'));

  test('assets, each named', () => {
    expect(refused((stack) => {
      new Asset(stack, 'Page', { path: __filename });
      new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(__dirname) });
    })).toThrow(/needs the asset .*[\s\S]*needs the asset /);
  });

  test('code in a bucket of each Region is none', () => {
    const app = delivering((stack) => {
      const bucket = Bucket.fromBucketName(stack, 'Code', `acme-code-${stack.region}`);
      new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromBucketV2(bucket, 'function.zip') });
    });
    expect(stackSets(app)['Owner-Sandbox'].Properties.TemplateBody).toContain('"S3Bucket":{"Fn::Join":["",["acme-code-",{"Ref":"AWS::Region"}]]}');
  });

  test('code within the template is none', () => {
    const app = delivering((stack) => { new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {}') }); });
    expect(stackSets(app)['Owner-Sandbox'].Properties.TemplateBody).toContain('exports.handler');
  });

  test('macros, declared or in the middle', () => {
    expect(refused((stack) => { stack.addTransform('AWS::Serverless-2016-10-31'); new CfnParameter(stack, 'P', { type: 'String', value: 'x' }); })).toThrow('it uses the macro AWS::Serverless-2016-10-31');
    expect(refused((stack) => { new CfnResource(stack, 'P', { type: 'AWS::SSM::Parameter', properties: { Value: [{ 'Fn::Transform': { Name: 'AWS::Include' } }] } }); })).toThrow('it uses the macro AWS::Include');
  });

  test('names that an account or AWS has once', () => {
    const role = (roleName?: string) => (stack: BaselineStack) => { new CfnRole(stack, 'Role', { roleName, assumeRolePolicyDocument: {} }); };
    expect(refused(role('auditor'))).toThrow('AWS::IAM::Role Role has the name "auditor" in each of 2 Regions, and an account has such a name once');
    for (const [name, regions] of [['auditor', ['eu-west-1']], [undefined, undefined]] as const) expect(refused(role(name), regions && [...regions])).not.toThrow();
    expect(refused((stack) => role(`auditor-${stack.region}`)(stack))).not.toThrow();
    expect(refused((stack) => { new CfnManagedPolicy(stack, 'Policy', { managedPolicyName: 'x', policyDocument: {} }); })).toThrow('AWS::IAM::ManagedPolicy Policy has the name "x"');
    const bucket = (name: (stack: Stack) => string) => (stack: BaselineStack) => { new CfnBucket(stack, 'Logs', { bucketName: name(stack) }); };
    expect(refused(bucket(() => 'acme-logs'), ['eu-west-1'])).toThrow('AWS::S3::Bucket Logs has the name "acme-logs", and all of AWS has such a name once');
    expect(refused(bucket(({ account }) => `acme-logs-${account}`), ['eu-west-1'])).not.toThrow();
    expect(refused(bucket(({ account }) => `acme-logs-${account}`))).toThrow('the second stack fails');
    expect(refused(bucket(({ account, region }) => `acme-logs-${account}-${region}`))).not.toThrow();
  });

  test('a parameter with the name of a resource', () => {
    expect(refused((stack) => { new CfnTemplateParameter(stack, 'Owner', { type: 'String', default: 'x' }); new CfnParameter(stack, 'P', { type: 'String', value: 'x' }).overrideLogicalId('Owner'); }))
      .toThrow('a parameter and a resource of it are both named Owner');
  });

  test('too much of it', () => {
    const many = (count: number, value = 'x') => (stack: BaselineStack) => { for (let index = 0; index < count; index++) new CfnParameter(stack, `P${index}`, { type: 'String', value }); };
    expect(refused(many(501))).toThrow('it has 501 resources, a stack holds 500.');
    expect(refused(many(300, 'x'.repeat(3800)))).toThrow(/its template has 1,1\d\d,\d{3} bytes, a template in S3 may have 1,048,576/);
  });

  test('an attribute of another stack that is no input', () => {
    const { app, prod } = organizationApp();
    const bucket = new Bucket(new Stack(app, 'Elsewhere', { env: { account: '444455556666', region: 'eu-west-1' } }), 'Logs');
    new Baseline(app, 'Owner', {
      administrator: ADMINISTRATOR, regions: ['eu-west-1'], waves: [{ name: 'all', units: [prod] }], content: { define: (stack) => { new CfnParameter(stack, 'P', { type: 'String', value: bucket.bucketArn }); } },
    });
    expect(() => app.synth()).toThrow(/[Cc]ross/);
  });
});

describe('a template that must come from S3', () => {
  const from = (define: (stack: BaselineStack) => void) => {
    const assembly = delivering(define).synth();
    const { template, assets } = Object.fromEntries(assembly.stacks.filter(({ stackName }) => stackName === 'Owner-Sandbox').flatMap((stack) => [['template', stack.template], ['assets', stack.dependencies.filter(({ id }) => id.endsWith('.assets'))]]));
    return { assembly, set: template.Resources.StackSet, files: (assets[0] as any).contents.files };
  };

  test('because it is large', () => {
    const { assembly, set, files } = from((stack) => { for (let index = 0; index < 30; index++) new CfnParameter(stack, `P${index}`, { type: 'String', value: 'x'.repeat(2000) }); });
    expect(set.Properties.TemplateBody).toBeUndefined();
    const file = set.Metadata['cdk-landing-zone'].templateFile;
    const [hash] = Object.entries<any>(files).find(([, { source }]) => source.path === file)!;
    expect(JSON.stringify(set.Properties.TemplateURL)).toContain(hash);
    expect(Object.keys(JSON.parse(readFileSync(join(assembly.directory, file), 'utf8')).Resources)).toHaveLength(30);
  });

  test('because the administrator\'s stack would resolve its dynamic references', () => {
    const { set } = from((stack) => { new CfnParameter(stack, 'P', { type: 'String', value: '{{resolve:ssm:/owner}}' }); });
    expect([set.Properties.TemplateBody, JSON.stringify(set.Properties.TemplateURL)]).toEqual([undefined, expect.stringMatching(/[0-9a-f]{64}\.json/)]);
  });
});

test('aspects and tags reach the content', () => {
  const { app } = threeWaves({ content: { define: (stack) => { new CfnBucket(stack, 'Logs'); } } });
  Tags.of(app).add('owner', 'platform');
  expect(JSON.parse(stackSets(app)['Owner-Sandbox'].Properties.TemplateBody).Resources.Logs.Properties.Tags).toEqual([{ Key: 'owner', Value: 'platform' }]);
});

describe('validation', () => {
  const report = (define: (stack: BaselineStack) => void) => {
    const before = process.env.CDK_VALIDATION;
    process.env.CDK_VALIDATION = 'true';
    const outdir = mkdtempSync(join(tmpdir(), 'baseline-'));
    try {
      const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
      const unit = { targetPath: 'Root/Sandbox', targetId: 'ou-ab12-11111111' };
      Validations.of(app).addPlugins(new AwsSolutionsChecks(), new LandingZoneChecks());
      new Baseline(app, 'Owner', { administrator: ADMINISTRATOR, regions: ['eu-west-1'], content: { define }, waves: [{ name: 'all', units: [unit] }] });
      try {
        app.synth();
      } catch (error) {
        if (!/validation/i.test((error as Error).message)) throw error;
      }
      const file = join(outdir, 'validation-report.json');
      if (!existsSync(file)) return [];
      return JSON.parse(readFileSync(file, 'utf8')).pluginReports.flatMap(({ pluginName, violations }: any) => violations.map(({ ruleName, description }: any) => `${pluginName} ${ruleName}: ${description}`));
    } finally {
      process.env.CDK_VALIDATION = before;
      rmSync(outdir, { recursive: true });
    }
  };

  test('a baseline passes AwsSolutions, the controls and CloudFormation\'s validation', () => expect(report(PARAMETER.define)).toEqual([]));

  test('rules see the content', () => {
    expect(report((stack) => { new CfnBucket(stack, 'Logs'); })).toEqual(expect.arrayContaining([expect.stringMatching(/^AwsSolutions AwsSolutions-S1/), expect.stringMatching(/^LandingZone LZ\.S3/)]));
  });

  test('CloudFormation\'s validation sees the content', () => {
    expect(report((stack) => { new CfnResource(stack, 'P', { type: 'AWS::SSM::Parameter', properties: { Value: 'x', Valeu: 'y' } }); })).toEqual(expect.arrayContaining([expect.stringMatching(/^CloudFormation Validate.*(Type|Valeu)/)]));
  });
});

describe('networks', () => {
  /** What readers of networks see of content that is delivered to a unit. */
  const seen = (define: (stack: BaselineStack) => void) => networkFromAssembly(readAssembly(threeWaves({ content: { define }, regions: ['eu-west-1'] }).app.synth().directory)).topology;
  const large = (stack: BaselineStack) => { for (let index = 0; index < 30; index++) new CfnParameter(stack, `P${index}`, { type: 'String', value: 'x'.repeat(2000) }); };

  test('in a template that comes from S3 are seen as well', () => {
    const { vpcs, unknowns } = seen((stack) => { large(stack); new CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }); });
    expect(vpcs.map(({ region, ranges }) => [region, ranges])).toEqual(Array(3).fill(['eu-west-1', ['10.0.0.0/16']]));
    expect(unknowns).toEqual([]);
  });

  test('a large template without any leaves nothing unknown', () => expect(seen(large)).toMatchObject({ vpcs: [], unknowns: [] }));
});

test('a baseline holds a VPC with addresses out of IPAM, and readers of networks see it', () => {
  const { app, prod } = organizationApp();
  const plan = AddressPlan.of('10.0.0.0/8', { regions: { 'eu-west-1': 0, 'us-east-1': 1 }, segments: { prod: 0 } });
  const network = new Stack(app, 'Ipam', { env: { account: '444455556666', region: 'eu-west-1' } });
  const pools = new IpamPools(network, 'Ipam', { plan, shareWith: 'arn:aws:organizations::111122223333:organization/o-abcdefghij' });
  new Baseline(app, 'Network', {
    administrator: ADMINISTRATOR, regions: ['eu-west-1', 'us-east-1'], waves: [{ name: 'production', units: [prod] }],
    inputs: { Pool: BaselineInput.perRegion({ 'eu-west-1': pools.poolId('eu-west-1', 'prod'), 'us-east-1': pools.poolId('us-east-1', 'prod') }) },
    content: { define: (stack) => { new CfnVPC(stack, 'Vpc', { ipv4IpamPoolId: stack.input('Pool'), ipv4NetmaskLength: 24 }); } },
  });
  const { topology } = networkFromAssembly(readAssembly(app.synth().directory));
  expect(topology.vpcs.map(({ region, ranges, pooledPrefix }) => [region, ranges, pooledPrefix])).toEqual([
    ['eu-west-1', [plan.segmentCidr('eu-west-1', 'prod')], 24], ['eu-west-1', [plan.segmentCidr('eu-west-1', 'prod')], 24],
    ['us-east-1', [plan.segmentCidr('us-east-1', 'prod')], 24], ['us-east-1', [plan.segmentCidr('us-east-1', 'prod')], 24],
  ]);
});
