import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import * as fc from 'fast-check';
import { LandingZoneChecks, TaggingStandard, TaggingStandardProps } from '../../src';

const PROPS: TaggingStandardProps = {
  tags: [
    { key: 'owner', description: 'team that answers for it' },
    { key: 'environment', values: ['prod', 'nonprod', 'sandbox-*'] },
    { key: 'cost-center', pattern: 'CC-[0-9]{4}', default: 'CC-0001' },
    { key: 'data', values: ['public', 'secret'], requiredFor: ['AWS::S3::Bucket', 'AWS::RDS::*'] },
  ],
};
const STANDARD = new TaggingStandard(PROPS);
const GOOD = { owner: 'payments', environment: 'prod', data: 'secret' };

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'App');
const tagsIn = (stack: Stack, type: string) => Object.values<any>(Template.fromStack(stack).findResources(type))[0].Properties.Tags;

describe('defaults', () => {
  test('reach every resource that takes tags, in the form that its type has', () => {
    const stack = newStack();
    new CfnBucket(stack, 'Bucket');
    new CfnParameter(stack, 'Parameter', { type: 'String', value: 'x' });
    new CfnAutoScalingGroup(stack, 'Group', { minSize: '0', maxSize: '0' });
    new CfnFileSystem(stack, 'Files');
    new CfnPolicy(stack, 'Policy', { policyName: 'p', policyDocument: {}, roles: ['r'] });
    STANDARD.apply(stack, GOOD);
    const all = [{ Key: 'cost-center', Value: 'CC-0001' }, { Key: 'data', Value: 'secret' }, { Key: 'environment', Value: 'prod' }, { Key: 'owner', Value: 'payments' }];
    expect(tagsIn(stack, 'AWS::S3::Bucket')).toEqual(all);
    expect(tagsIn(stack, 'AWS::SSM::Parameter')).toEqual(Object.fromEntries(all.map(({ Key, Value }) => [Key, Value])));
    expect(tagsIn(stack, 'AWS::AutoScaling::AutoScalingGroup')).toEqual(all.map((tag) => ({ ...tag, PropagateAtLaunch: true })));
    expect(Object.values<any>(Template.fromStack(stack).findResources('AWS::EFS::FileSystem'))[0].Properties.FileSystemTags).toEqual(all);
    expect(tagsIn(stack, 'AWS::IAM::Policy')).toBeUndefined();
  });

  test('explicit tags win, wherever they are said; what is taken away stays away', () => {
    const stack = newStack();
    STANDARD.apply(stack, GOOD);
    const bucket = new CfnBucket(stack, 'Bucket', { tags: [{ key: 'owner', value: 'own' }] });
    Tags.of(bucket).add('environment', 'nonprod');
    Tags.of(bucket).remove('cost-center');
    expect(tagsIn(stack, 'AWS::S3::Bucket')).toEqual([{ Key: 'data', Value: 'secret' }, { Key: 'environment', Value: 'nonprod' }, { Key: 'owner', Value: 'own' }]);
  });

  test('reach no stack: its tags would come back to the resources that they were taken from', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'App');
    const bucket = new CfnBucket(stack, 'Bucket');
    STANDARD.apply(app, GOOD);
    Tags.of(bucket).remove('owner');
    const artifact = app.synth().getStackByName('App');
    expect(artifact.tags).toEqual({});
    expect(artifact.template.Resources.Bucket.Properties.Tags.map(({ Key }: { Key: string }) => Key)).toEqual(['cost-center', 'data', 'environment']);
    const own = new Stack(new App({ analyticsReporting: false }), 'Own', { tags: { owner: 'own' } });
    STANDARD.apply(own, GOOD);
    expect(own.tags.tagValues()).toEqual({ owner: 'own' });
  });

  test('applied twice, before or after constructs, in any order: one template', () => {
    const template = (steps: readonly number[]) => {
      const stack = newStack();
      const acts = [() => { new CfnBucket(stack, 'Bucket'); }, () => { new Bucket(stack, 'Other'); }, () => STANDARD.apply(stack, GOOD), () => STANDARD.apply(stack, GOOD), () => Tags.of(stack).add('owner', 'own')];
      for (const step of steps) acts[step]!();
      const { Resources } = Template.fromStack(stack).toJSON();
      return Object.fromEntries(Object.entries(Resources).sort(([one], [other]) => (one < other ? -1 : 1)));
    };
    const expected = template([0, 1, 2, 4]);
    fc.assert(fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => { expect(template(order)).toEqual(expected); }), { numRuns: 30 });
  });

  test('the nearest scope wins', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'App');
    new CfnBucket(stack, 'Bucket');
    STANDARD.apply(stack, { owner: 'near' });
    STANDARD.apply(app, { owner: 'far', environment: 'prod' });
    expect(tagsIn(stack, 'AWS::S3::Bucket')).toEqual(expect.arrayContaining([{ Key: 'owner', Value: 'near' }, { Key: 'environment', Value: 'prod' }]));
  });

  test('values that may not be fail, all at once', () => {
    expect(() => STANDARD.apply(newStack(), { environment: 'prd', Owner: 'x' })).toThrow(/Owner is no key of the standard.*\n {2}environment may not be "prd"\. Expected: prod, nonprod, sandbox-\*/);
  });
});

describe('templates', () => {
  const findings = (build: (stack: Stack) => void) => {
    const stack = newStack();
    build(stack);
    return new LandingZoneChecks(undefined, { controls: [STANDARD.checkTemplates()] }).validateScope(stack.node.root).violations.map(({ ruleName, description }) => `${ruleName} ${description.split(': ').slice(1).join(': ')}`);
  };
  const bucket = (tags: { [key: string]: string }) => findings((stack) => { new CfnBucket(stack, 'Bucket', { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }); });
  const all = { ...GOOD, 'cost-center': 'CC-1234' };

  test('that carry the tags have no finding', () => {
    expect(bucket(all)).toEqual([]);
    expect(bucket({ ...all, 'environment': 'sandbox-7', 'team-own': 'x' })).toEqual([]);
  });

  test.each<[string, { [key: string]: string | undefined }, string]>([
    ['a missing tag', { owner: undefined }, 'it lacks the tag owner (team that answers for it)'],
    ['another case', { owner: undefined, Owner: 'x' }, 'its tag Owner is spelled owner'],
    ['another separator', { 'cost-center': undefined, 'CostCenter': 'CC-1234' }, 'its tag CostCenter is spelled cost-center'],
    ['a typing mistake', { environment: undefined, enviroment: 'prod' }, 'its tag enviroment is spelled environment'],
    ['a near value', { environment: 'prd' }, 'its tag environment is "prd", and one of prod, nonprod, sandbox-* is expected: did you mean "prod"?'],
    ['another case of a value', { environment: 'Prod' }, 'its tag environment is "Prod", and one of prod, nonprod, sandbox-* is expected: did you mean "prod"?'],
    ['a value of another form', { 'cost-center': 'CC-12' }, 'its tag cost-center is "CC-12", and a value of the form CC-[0-9]{4} is expected'],
    ['a tag of some types', { data: undefined }, 'it lacks the tag data'],
  ])('%s', (_, change, message) => {
    const tags = Object.fromEntries(Object.entries({ ...all, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined));
    expect(bucket(tags)).toEqual([`LZ.TAG.4 ${message}`]);
  });

  test('a second spelling beside the right one', () => {
    expect(bucket({ ...all, Owner: 'x' })).toEqual(['LZ.TAG.4 beside its tag owner it has Owner: remove it']);
  });

  test('values of deployment are findings where values are listed', () => {
    expect(findings((stack) => { new CfnBucket(stack, 'Bucket', { tags: Object.entries({ ...all, environment: stack.region, owner: stack.region }).map(([key, value]) => ({ key, value })) }); }))
      .toEqual(['LZ.TAG.4 the value of its tag environment is known at deployment only, and one of prod, nonprod, sandbox-* is expected']);
  });

  test('types that take no tags are not asked, raw resources of types that do are', () => {
    expect(findings((stack) => { new CfnPolicy(stack, 'Policy', { policyName: 'p', policyDocument: {}, roles: ['r'] }); })).toEqual([]);
    expect(findings((stack) => { new CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: 1 }); })).toHaveLength(3);
    expect(findings((stack) => { new CfnResource(stack, 'Raw', { type: 'AWS::S3::Bucket', properties: { Tags: [{ Key: 'owner', Value: 'x' }] } }); })).toHaveLength(3);
  });

  test('defaults are enough', () => {
    const stack = newStack();
    new Bucket(stack, 'Bucket');
    STANDARD.apply(stack, GOOD);
    Template.fromStack(stack);
    expect(new LandingZoneChecks(undefined, { controls: [STANDARD.checkTemplates()] }).validateScope(stack.node.root).violations).toEqual([]);
  });
});

describe('a file', () => {
  const load = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'tags-')), 'tags.yaml');
    writeFileSync(file, text);
    return TaggingStandard.load(file);
  };

  test('says the same', () => {
    const standard = load([
      'tags:', '  owner: { description: team that answers for it }', '  environment: { values: [prod, nonprod, "sandbox-*"] }', '  cost-center: { pattern: "CC-[0-9]{4}", default: CC-0001 }',
      '  data: { values: [public, secret], requiredFor: ["AWS::S3::Bucket", "AWS::RDS::*"] }',
    ].join('\n'));
    expect(standard._declared()).toEqual(STANDARD._declared());
    expect(load('tags:\n  owner:\n').keys).toEqual(['owner']);
  });

  test('with mistakes says all of them, with their lines', () => {
    const message = (text: string) => { try { load(text); } catch (error) { return (error as Error).message; } throw new Error('it was read'); };
    const wrong = message([
      'tags:', '  owner: {}', '  Owner: {}', '  "aws:x": {}', '  environment: { values: ["a*b*"], default: c }', '  cost: { pattern: "(" }', '  data: { requiredFor: ["AWS::S3::Buckett", "AWS::IAM::Policy"] }',
    ].join('\n'));
    for (const part of ['tag Owner: is also declared as owner', 'tag aws:x: begins with aws:', 'value a*b* has more than one *', 'its default "c" is none of the values', 'pattern ( is no regular expression', 'AWS::S3::Buckett takes no tags', 'AWS::IAM::Policy takes no tags']) expect(wrong).toContain(part);
    expect(wrong).toMatch(/:3:\d+/);
    expect(message('tags:\n  owner: { valus: [a] }\n')).toContain('valus');
    expect(message('tags: {}\n')).toContain('no tag is declared');
    expect(() => TaggingStandard.load('nothing.yaml')).toThrow('nothing.yaml does not exist');
  });
});

test('controls follow from it: of all keys the policy, of those that all must have what is denied', () => {
  expect(STANDARD.standardize().preventive[0]!.content.tags).toMatchObject({ environment: { tag_value: { '@@assign': ['prod', 'nonprod', 'sandbox-*'] } }, data: { tag_value: { '@@assign': ['public', 'secret'] } } });
  expect(JSON.stringify(STANDARD.standardize().preventive)).not.toContain('enforced_for');
  expect(JSON.stringify(STANDARD.requireOnCreation().preventive[0]!.statements)).toMatch(/RequestTag\/owner.*RequestTag\/environment.*RequestTag\/cost-center/);
  expect(JSON.stringify(STANDARD.requireOnCreation().preventive)).not.toContain('RequestTag/data');
  expect(STANDARD.protect().id).toBe('LZ.TAG.2');
  const many = new TaggingStandard({ tags: Array.from({ length: 11 }, (_, at) => ({ key: `acme/key${at}` })) });
  expect(Object.keys(many.standardize().preventive[0]!.content.tags)).toEqual(many.keys);
  expect(() => many.requireOnCreation()).toThrow('Give ten tag keys at most, each has statements of its own; they are 11: acme/key0');
  expect(() => new TaggingStandard({ tags: [{ key: 'data', required: false }] }).requireOnCreation()).toThrow('no key of the standard is required of all resources');
});

describe('what AWS refuses', () => {
  test('is in the tag policy as AWS writes it, and nobody below takes it away', () => {
    const { content } = new TaggingStandard({ tags: [{ key: 'owner' }, { key: 'environment', values: ['prod', 'test*'], enforcedFor: ['s3:bucket', 'ec2:ALL_SUPPORTED'] }] }).standardize().preventive[0]!;
    expect(content.tags.environment).toEqual({
      tag_key: { '@@assign': 'environment', '@@operators_allowed_for_child_policies': ['@@none'] },
      tag_value: { '@@assign': ['prod', 'test*'], '@@operators_allowed_for_child_policies': ['@@none'] },
      enforced_for: { '@@assign': ['s3:bucket', 'ec2:ALL_SUPPORTED'], '@@operators_allowed_for_child_policies': ['@@none'] },
      report_required_tag_for: expect.anything(),
    });
    expect(Object.keys(content.tags.owner)).toEqual(['tag_key', 'report_required_tag_for']);
  });

  test('is said in a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tags-')), 'tags.yaml');
    writeFileSync(file, 'tags:\n  owner: { enforcedFor: [s3:bucket] }\n');
    expect(TaggingStandard.load(file)._declared()[0]!.enforcedFor).toEqual(['s3:bucket']);
    writeFileSync(file, 'tags:\n  owner: {}\n  environment: { enforcedFor: [s3:buckets, glue:job] }\n');
    expect(() => TaggingStandard.load(file)).toThrow(/:3:\d+.*a tag policy is not enforced for s3:buckets[^]*did you mean s3:bucket\?[^]*:3:\d+.*glue:job/);
  });

  test.each<[string, string]>([
    ['s3:buckets', 'did you mean s3:bucket? Of s3 AWS enforces s3:ALL_SUPPORTED, s3:bucket, s3:storage-lens, s3:storage-lens-group'],
    ['elasticloadbalancing:ALL_SUPPORTED', 'Of elasticloadbalancing AWS enforces elasticloadbalancing:listener,'],
    ['rds:db', 'Of rds AWS enforces rds:ALL_SUPPORTED, rds:cluster-endpoint'],
    ['secretmanager:secret', 'did you mean secretsmanager:secret?'],
    ['glue:job', 'Expected types like s3:bucket or ec2:ALL_SUPPORTED'],
    ['ec2:*', 'ec2:export-image-task and 63 more'],
    ['AWS::S3::Bucket', 'Expected types like s3:bucket'],
    ['toString:valueOf', 'Expected types like s3:bucket'],
  ])('%s is nothing that AWS enforces', (type, hint) => {
    expect(() => new TaggingStandard({ tags: [{ key: 'owner', enforcedFor: [type] }] })).toThrow(hint);
  });
});
