import { accountOf, LevelsSketch, policiesIn, textOf } from './levels';
import { NeededActions } from '../../../src/analysis/lint/allow-list';
import { LevelLint } from '../../../src/analysis/lint/lint-levels';
import { actionIndex } from '../../../src/model/action-index-file';

const PLATFORM: NeededActions[] = [{ name: 'CDK bootstrap roles', principal: 'role/cdk-*', needs: ['cloudformation:*', 's3:GetObject', 'sts:AssumeRole'] }];

function allowLists(sketch: LevelsSketch, platform: readonly NeededActions[] = []): string[] {
  const account = accountOf(sketch);
  return new LevelLint(actionIndex(), policiesIn(account)).allowLists(account, platform).map(textOf);
}

const allow = (...Action: string[]) => ({ Effect: 'Allow' as const, Action });

test('an Allow of what the level above never allows', () => {
  const [first, second, third, ...more] = allowLists({ 'Root': { list: [allow('s3:*', 'ec2:*')] }, 'Root/Prod': { list2: [allow('s3:GetObject', 'sqs:*', 'sns:Publish')] } });
  expect(more).toEqual([]);
  expect(first).toMatch(/^Root -: Root has no policy that allows everything, and its allow list leaves out 45\d of 456 services/);
  expect(second).toBe('list2 #1: It allows sqs:* and sns:Publish, which no policy at Root allows; an action needs an Allow at every level, so the Allow has no effect. '
    + 'Allow sqs:* and sns:Publish at Root too, or drop it here.');
  expect(third).toMatch(/^Root\/Prod -: /);
});

test('with a Condition above it is allowed sometimes, and a statement that never applies allows never', () => {
  const below = { list2: [allow('sqs:*')] };
  const above = (condition: object) => ({ list: [allow('s3:*'), { ...allow('sqs:SendMessage'), Condition: condition as any }] });
  const count = (condition: object): number => allowLists({ 'Root': above(condition), 'Root/Prod': below }).filter((text) => text.startsWith('list2')).length;
  expect(count({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })).toBe(0);
  expect(count({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, StringNotLike: { 'aws:RequestedRegion': 'eu-*' } })).toBe(1);
});

test('what is below AWS\'s full access is not cut off', () => {
  expect(allowLists({ 'Root': { FullAWSAccess: 'full' }, 'Root/Prod': { FullAWSAccess: 'full', list: [allow('sqs:*')] } })).toEqual([]);
});

test('whole services that a level leaves out, and what it takes from the platform', () => {
  const [text, ...more] = allowLists({ 'Root': { FullAWSAccess: 'full' }, 'Root/Sandbox': { list: [{ Effect: 'Allow', NotAction: ['sts:*', 'iam:*', 's3:Get*'] }] } }, PLATFORM);
  expect(more).toEqual([]);
  expect(text).toBe('Root/Sandbox -: Root/Sandbox has no policy that allows everything, and its allow list leaves out 2 of 456 services (iam and sts); '
    + 'nobody in it, or below it, can use them; of the platform it takes from CDK bootstrap roles (role/cdk-*) s3:GetObject and sts:AssumeRole. '
    + 'Allow what the platform needs, or attach FullAWSAccess and deny instead.');
});

test('a level without any Allow leaves out all', () => {
  expect(allowLists({ Root: { guard: [{ Action: 's3:*' }] } })).toEqual([expect.stringContaining('its allow list leaves out 456 of 456 services')]);
});

test('all actions in two lists: nothing is left out', () => {
  expect(allowLists({ Root: { list: [{ Effect: 'Allow', NotAction: 's3:*' }, allow('s3:*')] } }, PLATFORM)).toEqual([]);
});
