import { accountOf, covered, policiesIn } from './levels';
import { LevelLint } from '../../../src/analysis/lint/lint-levels';
import { ConditionJson } from '../../../src/analysis/policy-document';
import { actionIndex } from '../../../src/model/action-index-file';

const DENY = { Action: 's3:DeleteBucket' };
const EXEMPT = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } };

describe('a Deny that another one covers', () => {
  test('in the same policy, of which the later one is superfluous', () => {
    expect(covered([{ Root: { guard: [DENY, { Sid: 'Again', ...DENY }] } }])).toEqual([
      'guard Again: All that it denies, #1 of the same policy denies too; without it nothing changes. Remove it, or narrow the other one.',
    ]);
  });

  test('above it', () => {
    expect(covered([{ 'Root': { top: [{ Action: 's3:Delete*' }] }, 'Root/Prod': { guard: [DENY] } }])).toEqual([
      'guard #1: All that it denies, #1 of policy top at Root denies too; without it nothing changes. Remove it, or narrow the other one.',
    ]);
  });

  test('but not below it: other accounts need it', () => {
    expect(covered([{ 'Root': { top: [DENY] }, 'Root/Prod': { guard: [{ Action: 's3:Delete*', Condition: EXEMPT }] } }])).toEqual([]);
  });

  test('many of one policy are one finding', () => {
    expect(covered([{
      'Root': { top: [{ Action: ['s3:*', 'sqs:*'] }] }, 'Root/Prod': { guard: [DENY, { Action: 'sqs:DeleteQueue' }, { Action: 's3:PutBucketPolicy', Sid: 'Policy' }, { Action: 'sns:Publish' }] },
    }])).toEqual(['guard #1, #2 and Policy: All that they deny, #1 of policy top at Root denies too; without them nothing changes. Remove them, or narrow the other ones.']);
  });

  test.each<[string, object, object]>([
    ['tests that imply others', { Action: 's3:*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } } },
      { ...DENY, Condition: { StringEquals: { 'aws:RequestedRegion': 'ap-south-1' } } }],
    ['an exemption of more', { ...DENY, Condition: EXEMPT },
      { ...DENY, Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/deploy', 'arn:aws:iam::*:role/admin'] } } }],
    ['one of the resources', { ...DENY, Resource: 'arn:aws:s3:::logs-*' }, { ...DENY, Resource: 'arn:aws:s3:::logs-trail' }],
    ['a range in a range', { Action: 's3:*', Condition: { NotIpAddress: { 'aws:SourceIp': '10.1.0.0/16' } } }, { ...DENY, Condition: { IpAddress: { 'aws:SourceIp': '192.168.1.0/24' } } }],
    ['all but some', { NotAction: ['iam:*', 'sts:*'] }, DENY],
    ['a spelling', { Action: 'S3:deletebucket' }, DENY],
  ])('by what it means: %s', (_, wider, narrower) => {
    expect(covered([{ Root: { top: [wider], guard: [narrower] } }])).toHaveLength(1);
    expect(covered([{ 'Root': { top: [wider] }, 'Root/Prod': { guard: [narrower] } }])).toEqual([expect.stringMatching(/^guard #1: /)]);
  });

  test.each<[string, object, object]>([
    ['an action more', { Action: ['s3:DeleteBucket'] }, { Action: ['s3:DeleteBucket', 's3:DeleteObject'] }],
    ['actions that AWS may add', { Action: ['sns:Publish', 'sns:PublishBatch'] }, { Action: 'sns:Publish*' }],
    ['a Region more', { Action: 's3:*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, { ...DENY, Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } }],
    ['somebody less exempted', { ...DENY, Condition: EXEMPT }, DENY],
    ['another resource', { ...DENY, Resource: 'arn:aws:s3:::logs-*' }, { ...DENY, Resource: 'arn:aws:s3:::*' }],
    ['a key that may be absent', { Action: 's3:*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }, { ...DENY, Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } }],
    ['resources that no action of it works on', { Action: 's3:*', Resource: 'arn:aws:s3:::logs-*' }, { ...DENY, Resource: 'arn:aws:sqs:*:*:orders' }],
    ['a statement that never applies', { Action: 's3:*' }, { ...DENY, Condition: { StringEquals: { 'aws:RequestedRegion': 'a' }, StringNotEquals: { 'aws:RequestedRegion': 'a' } } as ConditionJson }],
  ])('not: %s', (_, wider, narrower) => {
    expect(covered([{ 'Root': { top: [wider] }, 'Root/Prod': { guard: [narrower] } }])).toEqual([]);
  });

  test('where it stands for something in one of two accounts, it stays', () => {
    const prod = accountOf({ 'Root': {}, 'Root/Prod': { top: [{ Action: 's3:*' }], guard: [DENY] } });
    const dev = accountOf({ Root: {} });
    // One policy that is attached twice is one document.
    const attached = { ...dev, serviceControl: [dev.serviceControl[0], { level: 'Root/Dev', policies: [prod.serviceControl[1].policies[1]] }] };
    const lint = new LevelLint(actionIndex(), policiesIn(prod));
    expect(lint.coveredEverywhere('service-control', [prod])).toHaveLength(1);
    expect(lint.coveredEverywhere('service-control', [prod, attached])).toEqual([]);
  });

  test('a policy that is attached twice does not cover itself', () => {
    expect(covered([{ 'Root': { guard: [DENY] }, 'Root/Prod': { guard: [DENY] } }])).toEqual([]);
  });

  test('policies of two types do not cover each other; those of one do', () => {
    expect(covered([{ Root: { top: [{ Action: 's3:*' }], guard: [DENY] } }], 'resource-control')).toHaveLength(1);
  });

  test('what a template leaves for later is compared to the letter', () => {
    const later = { ...DENY, Resource: 'arn:${PARTITION}:s3:::logs' };
    expect(covered([{ Root: { top: [later], guard: [{ ...later, Condition: EXEMPT }] } }])).toHaveLength(1);
    expect(covered([{ Root: { top: [later], guard: [{ ...DENY, Resource: 'arn:aws:s3:::logs' }] } }])).toEqual([]);
  });
});

describe('an Allow', () => {
  test('beside FullAWSAccess limits nothing', () => {
    expect(covered([{ Root: { FullAWSAccess: 'full', list: [{ Effect: 'Allow', Action: ['s3:*', 'ec2:*'] }] } }])).toEqual([
      'list #1: All that it allows, FullAWSAccess at the same level allows too; without it nothing changes, and nothing is limited. '
      + 'An allow list counts once FullAWSAccess is detached there; deny instead, or remove the statement.',
    ]);
  });

  test('below FullAWSAccess limits', () => {
    expect(covered([{ 'Root': { FullAWSAccess: 'full' }, 'Root/Prod': { list: [{ Effect: 'Allow', Action: 's3:*' }] } }])).toEqual([]);
  });

  test('of everything, as AWS\'s own examples begin, is no mistake', () => {
    expect(covered([{ Root: { FullAWSAccess: 'full', guard: [{ Effect: 'Allow', Action: '*' }, DENY] } }])).toEqual([]);
  });
});
