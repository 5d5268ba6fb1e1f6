import { found, rulesOf, withTests } from './lint';

const ENCRYPTION = 's3:x-amz-server-side-encryption';
const TYPE = 'ec2:InstanceType';

describe('a key that AWS does not have', () => {
  test.each<[string, object, string]>([
    ['a positive test', { StringEquals: { 'aws:PrincipalOrgIdd': 'o-1' } },
      'aws:PrincipalOrgIdd is no condition key of AWS; the test never passes, so that the statement never applies. Did you mean aws:PrincipalOrgID?'],
    ['a negated one', { StringNotEquals: { 'aws:RequestRegion': 'eu-west-1' } },
      'aws:RequestRegion is no condition key of AWS; the test always passes, so that it tests nothing. Did you mean aws:RequestedRegion?'],
    ['a tag', { StringEquals: { 'aws:PrincpalTag/team': 'a' } },
      'aws:PrincpalTag/team is no condition key of AWS; the test never passes, so that the statement never applies. Did you mean aws:PrincipalTag/team?'],
    ['one of a service', { StringEquals: { 's3:x-amz-aclx': 'public-read' } },
      's3:x-amz-aclx is no condition key of AWS; the test never passes, so that the statement never applies. Did you mean s3:x-amz-acl?'],
    ['IfExists', { StringEqualsIfExists: { 'aws:RequestRegion': 'eu-west-1' } },
      'aws:RequestRegion is no condition key of AWS; the test always passes, so that it tests nothing. Did you mean aws:RequestedRegion?'],
  ])('%s', (_, condition, expected) => {
    expect(found(withTests('s3:*', condition as any))).toEqual([`LZ.LINT.2 ${expected}`]);
  });

  test.each([
    'AWS:principalARN', 'aws:PrincipalTag/anything', 'aws:SignInSessionArn', 'ec2:RoleDelivery', 'ec2:SourceInstanceArn', 'lambda:SourceFunctionArn', 'glue:RoleAssumedBy', 'codebuild:ProjectArn',
    'identitystore:UserId', 'saml:aud', 'token.actions.githubusercontent.com:sub', 'oidc.eks.eu-west-1.amazonaws.com/id/1:aud', 'datazone:userId',
  ])('%s may be in a request of any action', (key) => {
    expect(rulesOf(withTests('sqs:SendMessage', { StringEquals: { [key]: 'arn:aws:iam::111122223333:role/x' } }))).toEqual([]);
  });
});

describe('a key that no action of the statement has', () => {
  test('never passes', () => {
    expect(found(withTests(['s3:GetObject', 's3:DeleteObject'], { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }))[0]).toMatch(
      /^LZ.LINT.2 lambda:FunctionUrlAuthType is no key of s3:GetObject and s3:DeleteObject; the test never passes, so that the statement never applies. It is one of lambda:.*Drop the test/,
    );
  });

  test('with the resource types that its Resource matches', () => {
    const deny = (Resource: string) => rulesOf(withTests('ec2:RunInstances', { StringEquals: { [TYPE]: 'p5.48xlarge' } }, { Resource }));
    expect(deny('arn:aws:ec2:*:*:volume/*')).toEqual(['LZ.LINT.2']);
    expect(deny('arn:aws:ec2:*:*:instance/*')).toEqual([]);
    expect(deny('*')).toEqual([]);
  });

  test('two keys that no action has together', () => {
    const condition = { StringEquals: { [TYPE]: 'p5.48xlarge', 'rds:DatabaseClass': 'db.r5.large' } };
    expect(found(withTests(['ec2:RunInstances', 'rds:ModifyDBInstance'], condition))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^LZ.LINT.2 ec2:InstanceType is no key of rds:ModifyDBInstance, but of other actions/),
    ]));
    expect(found(withTests('*', condition))).toEqual([
      'LZ.LINT.2 No action of it has all of ec2:InstanceType and rds:DatabaseClass; the tests of a Condition must all pass, so that the statement never applies. Write a statement for each key.',
    ]);
  });
});

describe('a key that only some of the actions have', () => {
  test('a positive test does not reach the others', () => {
    expect(found(withTests(['s3:PutObject', 's3:PutBucketPolicy', 's3:DeleteBucket'], { StringEquals: { 's3:x-amz-acl': 'public-read' } }))).toEqual([
      'LZ.LINT.2 s3:x-amz-acl is no key of s3:PutBucketPolicy and s3:DeleteBucket, but of other actions beside them (s3:PutObject); '
      + 'the test never passes there, so that the statement does not deny them. Move them to a statement without this test, or drop them.',
    ]);
  });

  test('a pattern that has it in some of its actions is meant so', () => {
    expect(rulesOf(withTests(['s3:*'], { StringEquals: { 's3:x-amz-acl': 'public-read' } }))).toEqual([]);
    expect(rulesOf({ NotAction: 'iam:*', Condition: { StringEquals: { 's3:x-amz-acl': 'public-read' } } })).toEqual([]);
  });

  test.each([
    ['StringNotEquals', { StringNotEquals: { [ENCRYPTION]: 'aws:kms' } }], ['IfExists', { StringNotEqualsIfExists: { [ENCRYPTION]: 'aws:kms' } }],
    ['IfExists of a positive one', { StringEqualsIfExists: { [ENCRYPTION]: 'AES256' } }], ['Null', { Null: { [ENCRYPTION]: 'true' } }],
  ])('%s always denies the others', (_, condition) => {
    const [finding, ...more] = found(withTests(['s3:PutObject', 's3:GetObject'], condition as any));
    expect(more).toEqual([]);
    expect(finding).toMatch(/^LZ.LINT.2 s3:x-amz-server-side-encryption is no key of s3:GetObject; \w+ passes where the key is absent; the statement denies them whatever the request says\./);
  });

  test('so it does through a wildcard: very many by their number', () => {
    expect(found(withTests(['ec2:*', 'iam:*', 's3:*', 'sqs:*'], { StringNotEquals: { [TYPE]: 't3.micro' } }))[0])
      .toMatch(/^LZ.LINT.2 ec2:InstanceType is no key of [\d,]+ actions of 4 services, ec2:\w+ among them; StringNotEquals passes/);
  });

  test('not where an exemption of principals is all that is tested beside it', () => {
    const condition = { StringNotEquals: { [ENCRYPTION]: 'aws:kms' }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } };
    expect(rulesOf(withTests(['s3:PutObject', 's3:GetObject'], condition))).toEqual(['LZ.LINT.2']);
  });

  test.each([
    ['Null false guards it', { StringNotEquals: { [ENCRYPTION]: 'aws:kms' }, Null: { [ENCRYPTION]: 'false' } }],
    ['another test says what is denied', { StringNotEqualsIfExists: { [ENCRYPTION]: 'aws:kms', 'aws:PrincipalOrgID': 'o-1' } }],
  ])('%s', (_, condition) => {
    expect(found(withTests(['s3:PutObject', 's3:Get*'], condition as any)).filter((finding) => finding.includes('denies them whatever'))).toEqual([]);
  });

  test('keys of two services, each of which decides for its own actions', () => {
    expect(rulesOf(withTests(['ec2:RunInstances', 'rds:ModifyDBInstance'], { StringNotEquals: { [TYPE]: 't3.micro', 'rds:DatabaseClass': 'db.t3.micro' } }, {
      Resource: ['arn:aws:ec2:*:*:instance/*', 'arn:aws:rds:*:*:db:*'],
    }))).toEqual([]);
  });

  test('a resource that each request names too, and that has no such key', () => {
    const [finding] = found(withTests('ec2:RunInstances', { StringNotEquals: { [TYPE]: 't3.micro' } }));
    expect(finding).toMatch(/^LZ.LINT.2 ec2:InstanceType is no key of the .*subnet.* that each request of ec2:RunInstances names too; StringNotEquals passes where the key is absent, and AWS decides each resource; /);
    expect(rulesOf(withTests('ec2:RunInstances', { StringNotEquals: { [TYPE]: 't3.micro' } }, { Resource: 'arn:aws:ec2:*:*:instance/*' }))).toEqual([]);
  });

  test('tags that a request is to have', () => {
    const condition = { Null: { 'aws:RequestTag/owner': 'true' } };
    expect(rulesOf(withTests('ec2:RunInstances', condition, { Resource: ['arn:aws:ec2:*:*:instance/*', 'arn:aws:ec2:*:*:volume/*'] }))).toEqual([]);
    expect(rulesOf(withTests(['ec2:RunInstances', 'ec2:DescribeInstances'], condition))).toEqual(['LZ.LINT.2']);
  });
});

test('an Allow does not allow what lacks the key', () => {
  expect(found({ Effect: 'Allow', Action: ['s3:PutObject', 's3:DeleteBucket'], Condition: { StringEquals: { 's3:x-amz-acl': 'private' } } })[0])
    .toContain('the statement does not allow it');
});

test('set operators on a key that is absent', () => {
  expect(rulesOf(withTests('sqs:SendMessage', { 'ForAllValues:StringNotEquals': { 'kms:EncryptionContextKeys': 'a' } }))).toEqual(['LZ.LINT.2']);
  expect(rulesOf(withTests('sqs:SendMessage', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'a' } }))).toEqual(['LZ.LINT.2']);
});
