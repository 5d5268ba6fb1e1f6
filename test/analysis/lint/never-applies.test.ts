import { found, rulesOf, withTests } from './lint';

describe('tests that never hold together', () => {
  test.each<[string, object, string]>([
    ['one key, two operators', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, StringNotLike: { 'aws:RequestedRegion': 'eu-*' } },
      'aws:RequestedRegion is eu-west-1 and aws:RequestedRegion does not match eu-*: no request passes both'],
    ['a key that is to be there and not', { StringEquals: { 's3:x-amz-acl': 'public-read' }, Null: { 's3:x-amz-acl': 'true' } },
      's3:x-amz-acl is public-read and s3:x-amz-acl is absent: no request passes both'],
    ['ranges of numbers', { NumericLessThan: { 's3:max-keys': '5' }, NumericGreaterThan: { 's3:max-keys': '10' } },
      's3:max-keys is less than 5 and s3:max-keys is more than 10: no request passes both'],
    ['networks', { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' }, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      'aws:SourceIp is in 10.1.0.0/16 and aws:SourceIp is not in 10.0.0.0/8: no request passes both'],
    ['a key in two spellings', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'AWS:requestedregion': 'us-east-1' } },
      'aws:RequestedRegion is eu-west-1 and AWS:requestedregion is us-east-1: no request passes both'],
  ])('%s', (_, condition, what) => {
    expect(found(withTests('s3:*', condition as any))).toEqual([`LZ.LINT.3 ${what}; the statement never denies anything. All tests of a Condition must pass; write a statement for each alternative.`]);
  });

  test('only what contradicts is named', () => {
    const [finding] = found(withTests('s3:*', {
      StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalTag/a': 'b' }, Bool: { 'aws:SecureTransport': 'true' }, StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] },
    }));
    expect(finding).toContain('LZ.LINT.3 aws:RequestedRegion is eu-west-1 and aws:RequestedRegion is not eu-west-1 or us-east-1: no request passes both');
  });

  test.each([
    ['what some request passes', { StringLike: { 'aws:RequestedRegion': 'eu-*' }, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['what AWS does not say: several values without a set operator', { StringEquals: { 'aws:TagKeys': 'a' }, StringNotEquals: { 'aws:TagKeys': 'a' } }],
    ['several values', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'a' } }],
    ['variables', { StringEquals: { 'aws:PrincipalTag/a': '${aws:ResourceTag/a}' }, StringNotEquals: { 'aws:PrincipalTag/a': 'x' } }],
    ['what a template leaves for later', { NumericGreaterThan: { 's3:signatureAge': '[MAX_AGE]' } }],
  ])('nothing to find: %s', (_, condition) => {
    expect(rulesOf(withTests('s3:PutObject', condition as any)).filter((rule) => rule === 'LZ.LINT.3')).toEqual([]);
  });
});

describe('a value that no request has', () => {
  test('a session where the principal is its role', () => {
    expect(found(withTests('s3:*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::*:assumed-role/admin/*' } }))).toEqual([
      'LZ.LINT.3 aws:PrincipalArn matches arn:aws:sts::*:assumed-role/admin/*: no request passes that; the statement never denies anything. '
      + 'aws:PrincipalArn of a session is the ARN of its role: arn:aws:iam::ACCOUNT:role/NAME.',
    ]);
  });

  test('the principal of a resource control policy may be anybody', () => {
    const service = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' }, Bool: { 'aws:PrincipalIsAWSService': 'true' } };
    expect(rulesOf(withTests('s3:*', service), 'resource-control')).toEqual([]);
    expect(rulesOf(withTests('s3:*', service))).toEqual(['LZ.LINT.7']);
  });
});

describe('a wildcard that is none', () => {
  test.each<[string, object, string]>([
    ['nothing is equal to it', { StringEquals: { 'aws:RequestedRegion': 'eu-*' } },
      'LZ.LINT.3 eu-* in StringEquals aws:RequestedRegion: the operator takes * for a plain character; so that no request passes. Write StringLike.'],
    ['beside other values', { StringEqualsIgnoreCase: { 'aws:RequestedRegion': ['eu-*', 'us-east-1'] } },
      'LZ.LINT.3 eu-* in StringEqualsIgnoreCase aws:RequestedRegion: the operator takes * for a plain character; so that no value is equal to it. Write StringLike.'],
    ['negated', { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': '*' } },
      'LZ.LINT.5 * in StringNotEqualsIfExists aws:PrincipalTag/team: the operator takes * for a plain character; so that it spares no value. Write StringNotLikeIfExists.'],
    ['of several values', { 'ForAnyValue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-1/r-1/*' } },
      'LZ.LINT.3 o-1/r-1/* in ForAnyValue:StringEquals aws:PrincipalOrgPaths: the operator takes * for a plain character; so that no request passes. Write ForAnyValue:StringLike.'],
  ])('%s', (_, condition, expected) => {
    expect(found(withTests('s3:*', condition as any))).toEqual([expected]);
  });

  test('a star may be the value itself', () => {
    expect(rulesOf(withTests('lambda:AddPermission', { StringEquals: { 'lambda:Principal': '*' } }))).toEqual([]);
  });

  test.each<[object]>([
    [{ StringLike: { 'aws:RequestedRegion': 'eu-*' } }], [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } }], [{ StringEquals: { 'aws:PrincipalTag/team': '${*}' } }],
    [{ StringEquals: { 'aws:RequestedRegion': '{{ Region* }}' } }],
  ])('nothing to find: %j', (condition) => {
    expect(rulesOf(withTests('s3:*', condition as any))).toEqual([]);
  });
});

describe('resources', () => {
  test('that no action works on', () => {
    expect(found({ Action: ['s3:CreateBucket', 's3:DeleteBucket'], Resource: 'arn:aws:s3:::logs/*' })).toEqual([
      'LZ.LINT.3 s3:CreateBucket and s3:DeleteBucket do not work on arn:aws:s3:::logs/*; the statement never denies anything. '
      + 'The service authorization reference has arn:${Partition}:s3:::${BucketName} for them.',
    ]);
  });

  test('that one of them does not work on', () => {
    expect(found({ Action: ['s3:DeleteObject', 's3:DeleteBucket'], Resource: 'arn:aws:s3:::logs/*' })).toEqual([expect.stringMatching(
      /^LZ.LINT.3 s3:DeleteBucket does not work on arn:aws:s3:::logs\/\*; the statement does not deny it/,
    )]);
    expect(found({ Action: ['lambda:UpdateFunctionCode', 'lambda:CreateEventSourceMapping'], Resource: 'arn:aws:lambda:*:*:function:*' })).toEqual([expect.stringMatching(
      /^LZ.LINT.3 lambda:CreateEventSourceMapping does not work on .*The service authorization reference has no resource for it: write Resource "\*"\.$/,
    )]);
  });

  test('an ARN with a part too many', () => {
    expect(rulesOf({ Action: 'sqs:*', Resource: 'arn:aws:sqs:::*:orders' })).toEqual(['LZ.LINT.3']);
    expect(rulesOf({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:orders' })).toEqual([]);
  });

  test('all resources but those', () => {
    expect(rulesOf({ Action: 'lambda:InvokeFunction', NotResource: 'arn:*:lambda:*:*:*' })).toEqual(['LZ.LINT.3']);
    expect(rulesOf({ Action: 'lambda:InvokeFunction', NotResource: 'arn:*:lambda:*:*:function:own-*' })).toEqual([]);
  });

  test.each([
    ['bucket and objects', ['s3:DeleteBucket', 's3:DeleteObject'], ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*']],
    ['some actions of a wildcard', 's3:*', 'arn:aws:s3:::logs/*'],
    ['log groups, which may end in :*', 'logs:DeleteLogGroup', 'arn:aws:logs:*:*:log-group:/aws/lambda/x:*'],
    ['a star across parts', 'sqs:DeleteQueue', 'arn:aws:sqs:*orders'],
    ['a star for two parts', 'sqs:DeleteQueue', 'arn:aws:sqs:*:orders'],
    ['a policy variable', 'iam:DeleteUser', 'arn:aws:iam::*:user/${aws:username}'],
    ['what a template leaves for later', 'lambda:DeleteFunction', 'arn:${PARTITION}:lambda:*:*:function:${PREFIX}*'],
    ['a whole resource left for later', 'lambda:DeleteFunction', '<function-arn>'],
    ['another partition', 'sqs:DeleteQueue', 'arn:aws-cn:sqs:*:*:*'],
    ['a name with slashes', 'iam:DeleteRole', 'arn:aws:iam::*:role/platform/deploy/*'],
  ])('nothing to find: %s', (_, Action, Resource) => {
    expect(rulesOf({ Action, Resource })).toEqual([]);
  });

  test('what is left out for later is not left out', () => {
    expect(rulesOf({ Action: '*', NotResource: ['arn:aws:ssm:*::document/*', '<third-party-resource>'] })).toEqual([]);
  });
});
