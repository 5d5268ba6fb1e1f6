import { decide, statementsOf } from './zone-values';
import { Control } from '../../../src/controls/control';
import { Controls } from '../../../src/controls/controls';

const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';
const launch = (type: string) => ({ action: 'ec2:RunInstances', resource: INSTANCE, context: { 'ec2:InstanceType': [type] } });

function expectProof(control: Control): void {
  const statements = statementsOf(control);
  for (const request of control.proof.denies) expect([request, decide(statements, request).decision]).toEqual([request, 'denied']);
  for (const request of control.proof.allows) expect([request, decide(statements, request).decision]).toEqual([request, 'allowed']);
}

test('every control with options proves what it does with others than the usual ones', () => {
  expectProof(Controls.limitInstanceTypes({ denied: ['*.metal*', 'r?g.16xlarge'] }));
  expectProof(Controls.limitInstanceTypes({ allowed: ['t3.*', 't4g.?????'] }));
  expectProof(Controls.blockInternetAccess({ bidirectional: true, exclusionsAllowed: true }));
  expectProof(Controls.requireTagsOnCreation({ keys: ['team'] }));
  expectProof(Controls.protectTags({ keys: ['team', 'DataClass'] }));
});

describe('instance types', () => {
  test.each([
    'm7i.8xlarge', 'c6a.48xlarge', 'u7i-12tb.224xlarge', 'm5.metal', 'c7gd.metal-24xl', 'p5.48xlarge', 'g5.xlarge', 'x2idn.32xlarge', 'mac2.metal', 'trn1.2xlarge',
  ])('%s is large or special', (type) => {
    expect(decide(statementsOf(Controls.limitInstanceTypes()), launch(type)).decision).toBe('denied');
  });

  test.each(['t3.micro', 't4g.2xlarge', 'm7i.4xlarge', 'm7i-flex.large', 'c6gn.xlarge', 'r6id.2xlarge', 'i4i.large', 'z1d.3xlarge'])('%s is not', (type) => {
    expect(decide(statementsOf(Controls.limitInstanceTypes()), launch(type)).decision).toBe('allowed');
  });

  test('only those that are allowed, where that is the option', () => {
    const statements = statementsOf(Controls.limitInstanceTypes({ allowed: ['t3.*'], denied: ['t3.micro'] }));
    expect(['t3.micro', 't3a.micro', 'm7i.large'].map((type) => decide(statements, launch(type)).decision)).toEqual(['allowed', 'denied', 'denied']);
  });

  test('an empty list would deny everything or nothing', () => {
    expect(() => Controls.limitInstanceTypes({ allowed: [] })).toThrow('at least one pattern of instance types, like t3.*');
    expect(() => Controls.limitInstanceTypes({ denied: [] })).toThrow('at least one pattern of instance types, like t3.*');
  });
});

describe('tags', () => {
  test('each required tag counts by itself: one that is there does not make up for one that is not', () => {
    const statements = statementsOf(Controls.requireTagsOnCreation());
    const tagged = (...keys: string[]) => Object.fromEntries(['owner', 'cost-center', 'environment'].map((key) => [`aws:RequestTag/${key}`, keys.includes(key) ? ['x'] : []]));
    const create = (...keys: string[]) => decide(statements, { action: 'sqs:CreateQueue', context: tagged(...keys) }).decision;
    expect([create(), create('owner'), create('owner', 'environment'), create('owner', 'environment', 'cost-center')]).toEqual(['denied', 'denied', 'denied', 'allowed']);
  });

  test('a tag that a resource lacks can be added, one that it has cannot be changed with it', () => {
    const statements = statementsOf(Controls.protectTags());
    const change = (owner: string[], environment: string[]) => decide(statements, {
      action: 'ec2:CreateTags',
      context: { 'aws:TagKeys': ['owner', 'environment'], 'aws:ResourceTag/owner': owner, 'aws:ResourceTag/environment': environment },
    }).decision;
    expect([change([], []), change([], ['prod']), change(['web'], [])]).toEqual(['allowed', 'denied', 'denied']);
  });

  test('a tag policy holds the values that are listed, and no others', () => {
    const [{ content }] = Controls.standardizeTags({ keys: ['environment', 'team'], values: { environment: ['prod', 'dev*'] } }).preventive;
    expect(content.tags.environment.tag_value).toEqual({ '@@assign': ['prod', 'dev*'], '@@operators_allowed_for_child_policies': ['@@none'] });
    expect(Object.keys(content.tags.team)).toEqual(['tag_key', 'report_required_tag_for']);
  });

  test.each<[string, () => unknown, string]>([
    ['none', () => Controls.requireTagsOnCreation({ keys: [] }), 'Give at least one tag key, each once in any spelling; they are []'],
    ['eleven', () => Controls.protectTags({ keys: [...'abcdefghijk'] }), 'Give ten tag keys at most'],
    ['one in two spellings', () => Controls.protectTags({ keys: ['owner', 'Owner'] }), 'each once in any spelling; they are ["owner","Owner"]'],
    ['one of AWS', () => Controls.standardizeTags({ keys: ['aws:createdBy'] }), 'not begin with aws:, like cost-center; these are not: aws:createdBy'],
    ['one with a wildcard', () => Controls.requireTagsOnCreation({ keys: ['own*'] }), 'these are not: own*'],
    ['values of another', () => Controls.standardizeTags({ values: { team: ['web'] } }), 'not among the keys (owner, cost-center, environment): team'],
    ['a resource type on which AWS enforces nothing', () => Controls.standardizeTags({ enforcedFor: { owner: ['s3:bucket', 'glue:job'] } }), 'A tag policy is not enforced for glue:job: Expected types like s3:bucket'],
    ['a resource type of another', () => Controls.standardizeTags({ enforcedFor: { team: ['s3:bucket'] } }), 'not among the keys (owner, cost-center, environment): team'],
    ['a value with two wildcards', () => Controls.standardizeTags({ values: { owner: ['*@*.example'] } }), 'one * at most; these have more: *@*.example'],
  ])('keys that cannot be: %s', (_name, build, problem) => {
    expect(build).toThrow(problem);
  });
});

describe('images', () => {
  const settings = (options: Parameters<typeof Controls.allowImagesOf>[0]) => Controls.allowImagesOf(options).preventive[0].content.ec2_attributes.allowed_images_settings;

  test('of these providers, or only reported', () => {
    expect(settings({ providers: ['111122223333', 'aws_marketplace'] }).image_criteria.criteria_1.allowed_image_providers['@@assign']).toEqual(['111122223333', 'aws_marketplace']);
    expect([settings({}).state['@@assign'], settings({ auditOnly: true }).state['@@assign']]).toEqual(['enabled', 'audit_mode']);
  });

  test('a provider that AWS does not know', () => {
    expect(() => Controls.allowImagesOf({ providers: ['amazon', 'self'] })).toThrow('these are not: self');
    expect(() => Controls.allowImagesOf({ providers: [] })).toThrow('none is given');
  });
});

test('the internet block says both ways and exclusions as the options do', () => {
  const block = (options: Parameters<typeof Controls.blockInternetAccess>[0]) => {
    const { mode, exclusions_allowed: exclusions } = Controls.blockInternetAccess(options).preventive[1].content.ec2_attributes.vpc_block_public_access.internet_gateway_block;
    return [mode['@@assign'], exclusions['@@assign']];
  };
  expect([block({}), block({ bidirectional: true }), block({ exclusionsAllowed: true })])
    .toEqual([['block_ingress', 'disabled'], ['block_bidirectional', 'disabled'], ['block_ingress', 'enabled']]);
});

describe('backups by tag', () => {
  const plan = (options: Parameters<typeof Controls.backUpByTag>[0]) => Controls.backUpByTag(options).preventive[0].content.plans.LandingZone;

  test('with a schedule, a retention, a vault and a role of one\'s own', () => {
    const { rules, selections } = plan({
      tagKey: 'tier', tagValues: ['gold', 'silver'], schedule: 'cron(0 1 ? * SUN *)', retentionDays: 90, vaultName: 'Locked', roleName: 'backup',
    });
    expect(rules.Scheduled).toMatchObject({
      schedule_expression: { '@@assign': 'cron(0 1 ? * SUN *)' }, target_backup_vault_name: { '@@assign': 'Locked' }, lifecycle: { delete_after_days: { '@@assign': '90' } },
    });
    expect(selections.tags.Tagged).toMatchObject({
      iam_role_arn: { '@@assign': 'arn:${zone:Partition}:iam::$account:role/backup' }, tag_key: { '@@assign': 'tier' }, tag_value: { '@@assign': ['gold', 'silver'] },
    });
  });

  test('a retention or a selection that cannot be', () => {
    expect(() => plan({ retentionDays: 0 })).toThrow('a whole number of days, one at least, not 0');
    expect(() => plan({ retentionDays: 1.5 })).toThrow('not 1.5');
    expect(() => plan({ tagValues: [] })).toThrow('at least one value of the tag backup');
  });
});
