import { found, rulesOf } from './lint';

test.each<[string, string | string[], string]>([
  ['a misspelt action', 's3:GetObjectt', 's3:GetObjectt matches no action of AWS; what it is to deny stays allowed. Did you mean s3:GetObject?'],
  ['a misspelt pattern', 'iam:CreateAcessKey*', 'iam:CreateAcessKey* matches no action of AWS; what it is to deny stays allowed. Did you mean iam:CreateAccessKey?'],
  ['a misspelt service', 'guarduty:DeleteDetector', 'guarduty:DeleteDetector matches no action of AWS; what it is to deny stays allowed. Did you mean guardduty:DeleteDetector?'],
  ['the action of another service', 'ec2:CreateLogGroup', 'ec2:CreateLogGroup matches no action of AWS; what it is to deny stays allowed. Did you mean logs:CreateLogGroup?'],
  ['a service that AWS does not have', 'mainframe:Boot', 'mainframe:Boot matches no action of AWS; what it is to deny stays allowed. Name an action that the service authorization reference has, or drop it.'],
  [
    'several beside one that is', ['s3:GetObject', 's3:PutBuckt*', 'ec2:RunInstancess'],
    's3:PutBuckt* and ec2:RunInstancess match no action of AWS; what it is to deny stays allowed. Did you mean ec2:RunInstances?',
  ],
])('%s', (_, Action, expected) => {
  expect(found({ Action })).toEqual([`LZ.LINT.1 ${expected}`]);
});

test('what it means hangs on the effect, and on Action or NotAction', () => {
  const why = (more: object): string => found(more)[0].split('; ')[1].split('.')[0];
  expect(why({ NotAction: ['sts:*', 'iam:Geet*'] })).toBe('what it is to spare is denied');
  expect(why({ Effect: 'Allow', Action: 'iam:Geet*' })).toBe('what it is to allow is not');
  expect(why({ Effect: 'Allow', NotAction: 'iam:Geet*' })).toBe('what it is to leave out stays allowed');
});

test.each([
  ['any case', 'S3:getOBJECT'], ['wildcards that match something', 'iam:*AccessKey'], ['a wildcard in the service', 's?:GetObject'], ['all', '*'], ['what a template leaves for later', 's3:*'],
])('nothing to find: %s', (_, Action) => {
  expect(rulesOf({ Action })).toEqual([]);
});
