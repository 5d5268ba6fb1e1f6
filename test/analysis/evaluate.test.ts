import { evaluate } from '../../src/analysis/evaluate';
import { AccountPolicies, NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';
import { AccessRequest, Decision } from '../../src/analysis/request';

const OWN = '111122223333';
const FULL: NamedPolicy = { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } };
const REGIONS: PolicyStatementJson = {
  Sid: 'RegionLock', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } },
};

const policy = (name: string, ...statements: PolicyStatementJson[]): NamedPolicy => ({ name, document: { Version: '2012-10-17', Statement: statements } });
const deny = (more: Partial<PolicyStatementJson>): PolicyStatementJson => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more });
const allow = (more: Partial<PolicyStatementJson> = {}): PolicyStatementJson => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });

/** An account below a root and a unit, with FullAWSAccess and more at each. */
function account(
  more: Partial<AccountPolicies> & { readonly scp?: PolicyStatementJson[]; readonly rcp?: PolicyStatementJson[] } = {},
): AccountPolicies {
  const { scp, rcp, ...rest } = more;
  return {
    account: { id: OWN, name: 'payments-prod', isManagement: false },
    organizationId: 'o-example',
    organizationPath: 'o-example/r-ab12/ou-ab12-11111111/',
    serviceControl: [
      { level: 'Root', policies: [FULL] },
      { level: 'Root/Workloads', policies: [FULL, ...(scp ? [policy('guard', ...scp)] : [])] },
      { level: 'Root/Workloads/payments-prod', policies: [FULL] },
    ],
    resourceControl: rcp ? [{ level: 'Root', policies: [policy('perimeter', ...rcp.map((one) => ({ Principal: '*' as const, ...one })))] }] : [],
    unknown: [],
    ...rest,
  };
}

const decide = (request: Partial<AccessRequest>, more: Parameters<typeof account>[0] = {}): Decision => (
  evaluate({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', ...request }, account(more)).decision
);

describe('service control policies', () => {
  // AWS's page on how they are evaluated: an Allow is needed at every level from the root to the account.
  test.each<[string, NamedPolicy[][], string, Decision]>([
    ['full access everywhere', [[FULL], [FULL], [FULL]], 's3:GetObject', 'allowed'],
    ['no policy in the middle', [[FULL], [], [FULL]], 's3:GetObject', 'denied'],
    ['S3 only at the unit', [[FULL], [policy('S3', allow())], [FULL]], 's3:GetObject', 'allowed'],
    ['S3 only at the unit, another service', [[FULL], [policy('S3', allow())], [FULL]], 'ec2:RunInstances', 'denied'],
    ['a Deny below an Allow', [[FULL], [FULL], [FULL, policy('no', deny({}))]], 's3:GetObject', 'denied'],
    ['a Deny at the root', [[FULL, policy('no', deny({}))], [FULL], [FULL]], 's3:GetObject', 'denied'],
    ['policies of two levels do not add up', [[policy('S3', allow())], [policy('EC2', allow({ Action: 'ec2:*' }))], [FULL]], 's3:GetObject', 'denied'],
    ['no service control policies at all', [], 's3:GetObject', 'allowed'],
    // Since 2025-09 an Allow may have a condition, a resource, NotAction.
    ['an Allow of NotAction', [[policy('not', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })]], 's3:GetObject', 'allowed'],
    ['an Allow of NotAction, that action', [[policy('not', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })]], 'iam:GetUser', 'denied'],
    ['an Allow with an open condition', [[policy('if', allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }))]], 's3:GetObject', 'depends'],
    ['an Allow of another resource', [[policy('one', allow({ Resource: 'arn:aws:s3:::other/*' }))]], 's3:GetObject', 'denied'],
  ])('%s', (_, levels, action, expected) => {
    expect(decide({ action }, { serviceControl: levels.map((policies, index) => ({ level: `L${index}`, policies })) })).toBe(expected);
  });

  test.each<[string, Partial<AccessRequest>, Parameters<typeof account>[0], Decision]>([
    ['any principal of the account', {}, {}, 'denied'],
    ['a role', { principal: 'role/admin' }, {}, 'denied'],
    ['root', { principal: 'root' }, {}, 'denied'],
    ['the management account', { principal: 'role/admin' }, { account: { id: OWN, name: 'management', isManagement: true } }, 'allowed'],
    ['a service-linked role', { principal: 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX' }, {}, 'allowed'],
    ['service-linked roles by pattern', { principal: 'role/aws-service-role/*' }, {}, 'allowed'],
    ['a session of a role that may be one', { principal: `arn:aws:sts::${OWN}:assumed-role/AWSServiceRoleForX/s` }, {}, 'depends'],
    ['a role named like one', { principal: 'role/AWSServiceRoleForX' }, {}, 'denied'],
    ['an AWS service', { principal: 'cloudtrail.amazonaws.com' }, {}, 'allowed'],
    ['an AWS service, by its key', { context: { 'aws:PrincipalIsAWSService': 'true' } }, {}, 'allowed'],
    ['a principal of another account', { principal: 'arn:aws:iam::444455556666:role/x' }, {}, 'allowed'],
    ['a principal of any account', { principal: 'arn:aws:iam::*:role/x' }, {}, 'depends'],
  ])('bind or spare: %s', (_, request, more, expected) => {
    expect(decide(request, { scp: [deny({})], ...more })).toBe(expected);
  });

  test('a principal of any account may not need the Allow that is missing', () => {
    expect(decide({ principal: 'arn:aws:iam::*:role/x' }, { serviceControl: [{ level: 'Root', policies: [] }] })).toBe('depends');
  });
});

describe('resource control policies', () => {
  test.each<[string, Partial<AccessRequest>, Parameters<typeof account>[0], Decision]>([
    ['a resource of the account', { resource: `arn:aws:sqs:eu-west-1:${OWN}:q` }, {}, 'denied'],
    ['a resource of another account', { resource: 'arn:aws:sqs:eu-west-1:444455556666:q' }, {}, 'allowed'],
    ['a bucket, which does not tell its account', {}, {}, 'depends'],
    ['a bucket of the account', { context: { 'aws:ResourceAccount': OWN } }, {}, 'denied'],
    ['any resource', { resource: undefined }, {}, 'depends'],
    ['a principal from elsewhere', { principal: 'arn:aws:iam::444455556666:role/x' }, {}, 'denied'],
    ['an AWS service', { principal: 'cloudtrail.amazonaws.com' }, {}, 'denied'],
    ['a service-linked role', { principal: 'role/aws-service-role/x.amazonaws.com/A', context: { 'aws:ResourceAccount': OWN } }, {}, 'allowed'],
    ['a resource of the management account', { principal: 'arn:aws:iam::444455556666:role/x' }, { account: { id: OWN, name: 'm', isManagement: true } }, 'allowed'],
  ])('bind or spare: %s', (_, request, more, expected) => {
    expect(decide(request, { rcp: [deny({ Action: ['s3:*', 'sqs:*'] })], ...more })).toBe(expected);
  });

  test('an identity perimeter keeps others out, and neither the organization nor AWS', () => {
    const rcp = [deny({
      Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    })];
    expect(decide({ principal: 'role/app' }, { rcp })).toBe('allowed');
    expect(decide({ principal: 'logging.s3.amazonaws.com' }, { rcp })).toBe('allowed');
    expect(decide({ principal: 'arn:aws:iam::444455556666:role/x' }, { rcp })).toBe('depends');
    expect(decide({ principal: 'arn:aws:iam::444455556666:role/x', context: { 'aws:PrincipalOrgID': 'o-other' } }, { rcp })).toBe('denied');
  });

  test('a bucket of the account is of its organization', () => {
    const condition = { StringNotEquals: { 'aws:ResourceOrgID': 'o-example' } };
    expect(evaluate({ action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }, account({ rcp: [deny({ Condition: condition })] }))).toMatchObject({
      decision: 'allowed',
    });
  });
});

describe('what follows from the request', () => {
  const when = (condition: PolicyStatementJson['Condition'], request: Partial<AccessRequest>): Decision => decide(request, { scp: [deny({ Condition: condition })] });
  test.each<[string, string, Partial<AccessRequest>, Decision]>([
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/admin`, { principal: 'role/admin' }, 'denied'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/admin`, { principal: 'role/Admin' }, 'allowed'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/admin`, { context: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/admin` } }, 'denied'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/*admin`, { principal: `arn:aws:sts::${OWN}:assumed-role/admin/me` }, 'denied'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/admin`, { principal: `arn:aws:sts::${OWN}:assumed-role/admin/me` }, 'depends'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/cdk-*`, { principal: 'role/cdk-x-exec-*' }, 'denied'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/cdk-x-exec-*`, { principal: 'role/cdk-*' }, 'depends'],
    ['aws:PrincipalArn', `arn:aws:iam::${OWN}:role/admin`, { principal: 'role/cdk-*' }, 'allowed'],
    ['aws:PrincipalArn', 'arn:aws:iam::444455556666:role/admin', {}, 'allowed'],
    ['aws:PrincipalAccount', OWN, {}, 'denied'],
    ['aws:PrincipalOrgID', 'o-example', {}, 'denied'],
    ['aws:PrincipalType', 'User', { principal: 'user/eve' }, 'denied'],
    ['aws:PrincipalType', 'AssumedRole', { principal: 'role/*' }, 'denied'],
    ['aws:PrincipalType', 'Account', { principal: 'root' }, 'denied'],
    ['aws:PrincipalType', 'Account', {}, 'depends'],
    ['aws:PrincipalIsAWSService', 'false', {}, 'denied'],
    ['aws:ResourceAccount', OWN, { resource: `arn:aws:s3:eu-west-1:${OWN}:accesspoint/a` }, 'denied'],
    ['aws:ResourceOrgID', 'o-example', { resource: `arn:aws:s3:eu-west-1:${OWN}:accesspoint/a` }, 'denied'],
    ['aws:ResourceOrgID', 'o-example', { resource: 'arn:aws:s3:eu-west-1:444455556666:accesspoint/a' }, 'depends'],
    ['aws:RequestedRegion', 'eu-west-1', { resource: `arn:aws:s3:eu-west-1:${OWN}:accesspoint/a` }, 'denied'],
    ['aws:RequestedRegion', 'eu-west-1', {}, 'depends'],
    ['aws:RequestedRegion', 'eu-west-1', { resource: `arn:aws:s3:eu-west-1:${OWN}:accesspoint/a`, context: { 'aws:requestedregion': 'x' } }, 'allowed'],
  ])('%s like %s, with %j: %s', (key, value, request, expected) => {
    expect(when({ StringLike: { [key]: value } }, request)).toBe(expected);
  });

  test('paths of the organization', () => {
    const condition = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-example/r-ab12/ou-ab12-1*' } };
    expect(when(condition, {})).toBe('denied');
    expect(when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-example/r-ab12/ou-ab12-2*' } }, {})).toBe('allowed');
  });

  test('a pattern of resources', () => {
    const scp = [deny({ Resource: 'arn:aws:s3:::log*' })];
    expect(decide({ resource: 'arn:aws:s3:::logs/*' }, { scp })).toBe('denied');
    expect(decide({ resource: 'arn:aws:s3:::l*' }, { scp })).toBe('depends');
    expect(decide({ resource: 'arn:aws:s3:::data/*' }, { scp })).toBe('allowed');
    expect(decide({ resource: 'arn:aws:s3:::data/*' }, { scp: [deny({ Resource: undefined, NotResource: 'arn:aws:s3:::log*' })] })).toBe('denied');
  });

  test('a pattern of actions', () => {
    expect(decide({ action: 's3:Get*' }, { scp: [deny({})] })).toBe('denied');
    expect(decide({ action: 's3:*' }, { scp: [deny({ Action: 's3:Get*' })] })).toBe('depends');
    expect(decide({ action: 's3:Put*' }, { scp: [deny({ Action: 's3:Get*' })] })).toBe('allowed');
  });
});

describe('policies of the principal and the resource', () => {
  const principal = 'role/app';
  const arn = `arn:aws:iam::${OWN}:role/app`;
  const context = { 'aws:ResourceAccount': OWN };
  const own = { principal, context };
  const foreign = { principal: 'arn:aws:iam::444455556666:role/x', context };
  const resourcePolicy = (more: Partial<PolicyStatementJson>): NamedPolicy => policy('bucket', { ...allow(), ...more });
  const nothing = [policy('none', allow({ Action: 'ec2:*' }))];
  const full = [FULL];
  test.each<[string, Partial<AccessRequest>, Decision]>([
    ['identity allows', { ...own, identityPolicies: full }, 'allowed'],
    ['identity says nothing', { ...own, identityPolicies: nothing }, 'denied'],
    ['identity denies', { ...own, identityPolicies: [FULL, policy('no', deny({}))] }, 'denied'],
    ['the boundary does not allow', { ...own, identityPolicies: full, permissionsBoundary: nothing[0] }, 'denied'],
    ['the boundary allows', { ...own, identityPolicies: full, permissionsBoundary: FULL }, 'allowed'],
    ['the boundary alone, identity assumed', { ...own, permissionsBoundary: nothing[0] }, 'denied'],
    ['the resource grants in the account', { ...own, identityPolicies: nothing, resourcePolicy: resourcePolicy({ Principal: { AWS: arn } }) }, 'allowed'],
    ['the resource grants to everyone', { ...own, identityPolicies: nothing, resourcePolicy: resourcePolicy({ Principal: '*' }) }, 'allowed'],
    ['the resource grants to another', { ...own, identityPolicies: nothing, resourcePolicy: resourcePolicy({ Principal: { AWS: `${arn}2` } }) }, 'denied'],
    ['the resource denies', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', Principal: { AWS: OWN } }) }, 'denied'],
    ['the resource denies another account', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', Principal: { AWS: '444455556666' } }) }, 'allowed'],
    ['the resource grants past a boundary', { ...own, permissionsBoundary: nothing[0], resourcePolicy: resourcePolicy({ Principal: { AWS: arn } }) }, 'depends'],
    ['across accounts both must: the resource does not', { ...foreign, identityPolicies: full, resourcePolicy: resourcePolicy({ Principal: { AWS: OWN } }) }, 'denied'],
    ['across accounts both must: identity does not', { ...foreign, identityPolicies: nothing, resourcePolicy: resourcePolicy({ Principal: '*' }) }, 'denied'],
    ['across accounts both do', { ...foreign, identityPolicies: full, resourcePolicy: resourcePolicy({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }) }, 'allowed'],
    ['a service the resource names', { principal: 'a.amazonaws.com', resourcePolicy: resourcePolicy({ Principal: { Service: 'a.amazonaws.com' } }) }, 'allowed'],
    ['a service the resource does not name', { principal: 'a.amazonaws.com', resourcePolicy: resourcePolicy({ Principal: { Service: 'b.amazonaws.com' } }) }, 'denied'],
    ['a key policy must grant', { ...own, action: 'kms:Decrypt', identityPolicies: full, resourcePolicy: resourcePolicy({ Principal: { AWS: OWN } }) }, 'denied'],
    ['a key policy that leaves it to the account',
      { ...own, action: 'kms:Decrypt', identityPolicies: full, resourcePolicy: resourcePolicy({ Action: 'kms:*', Principal: { AWS: OWN } }) }, 'allowed'],
    ['NotPrincipal spares a user listed with the account', {
      context,
      principal: 'user/eve',
      identityPolicies: full,
      resourcePolicy: resourcePolicy({ Effect: 'Deny', NotPrincipal: { AWS: [OWN, `arn:aws:iam::${OWN}:user/eve`] } }),
    }, 'allowed'],
    ['NotPrincipal of a role without its session', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', NotPrincipal: { AWS: [OWN, arn] } }) }, 'depends'],
    ['NotPrincipal of everyone', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', NotPrincipal: '*' }) }, 'allowed'],
    ['NotPrincipal of all accounts', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', NotPrincipal: { AWS: ['*'] } }) }, 'allowed'],
    ['NotPrincipal of someone else', { ...own, identityPolicies: full, resourcePolicy: resourcePolicy({ Effect: 'Deny', NotPrincipal: { AWS: '444455556666' } }) }, 'denied'],
    ['a guardrail beats them all', { ...own, action: 'iam:CreateUser', identityPolicies: full, resourcePolicy: resourcePolicy({ Action: '*', Principal: '*' }) }, 'denied'],
  ])('%s', (_, request, expected) => {
    expect(decide(request, { scp: [deny({ Action: 'iam:CreateUser' })] })).toBe(expected);
  });
});

describe('an answer explains itself', () => {
  test('denied when ...', () => {
    const imds: PolicyStatementJson = {
      Sid: 'RequireImdsV2',
      Effect: 'Deny',
      Action: 'ec2:RunInstances',
      Resource: 'arn:aws:ec2:*:*:instance/*',
      Condition: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' }, ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } },
    };
    expect(evaluate({ action: 'ec2:RunInstances' }, account({ scp: [REGIONS, imds] }))).toEqual({
      decision: 'depends',
      dependsOn: ['aws:RequestedRegion', 'resource', 'ec2:MetadataHttpTokens', 'aws:PrincipalArn', 'principal'],
      reasons: [
        { policy: 'guard', statement: 'RegionLock', level: 'Root/Workloads', effect: 'Deny', when: 'aws:RequestedRegion is not eu-west-1 or us-east-1' },
        {
          policy: 'guard',
          statement: 'RequireImdsV2',
          level: 'Root/Workloads',
          effect: 'Deny',
          when: 'resource matches arn:aws:ec2:*:*:instance/* and ec2:MetadataHttpTokens is not required and '
            + 'aws:PrincipalArn does not match arn:aws:iam::*:role/break-glass',
        },
        { policy: 'FullAWSAccess', statement: '#1', level: 'Root', effect: 'Allow' },
        { policy: 'FullAWSAccess', statement: '#1', level: 'Root/Workloads', effect: 'Allow' },
        { policy: 'FullAWSAccess', statement: '#1', level: 'Root/Workloads/payments-prod', effect: 'Allow' },
      ],
    });
  });

  test('denied: only the statements that decide, and the levels that do not allow', () => {
    const policies = account({ scp: [REGIONS, deny({ Sid: 'NoS3' }), deny({ Action: 's3:PutObject' })] });
    const closed = { level: 'Root', policies: [policy('EC2', allow({ Action: 'ec2:*' }))] };
    expect(evaluate({ action: 's3:GetObject' }, { ...policies, serviceControl: [closed, ...policies.serviceControl] })).toEqual({
      decision: 'denied',
      dependsOn: [],
      reasons: [
        { policy: 'guard', statement: 'NoS3', level: 'Root/Workloads', effect: 'Deny' },
        { policy: '-', statement: '-', level: 'Root', effect: 'NoAllow' },
      ],
    });
  });

  test('denied by two statements together', () => {
    const scp = [deny({ Sid: 'A', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }), deny({ Sid: 'B', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } })];
    expect(evaluate({ action: 's3:GetObject' }, account({ scp }))).toEqual({
      decision: 'denied',
      dependsOn: [],
      reasons: [
        { policy: 'guard', statement: 'A', level: 'Root/Workloads', effect: 'Deny', when: 'aws:RequestedRegion is not eu-west-1' },
        { policy: 'guard', statement: 'B', level: 'Root/Workloads', effect: 'Deny', when: 'aws:RequestedRegion is not us-east-1' },
      ],
    });
  });

  test('denied by one statement in all of its cases, without a condition to tell', () => {
    const scp = [deny({ Condition: { Null: { 'aws:RequestedRegion': ['true', 'false'] } } })];
    expect(evaluate({ action: 's3:GetObject' }, account({ scp })).reasons).toEqual([{ policy: 'guard', statement: '#1', level: 'Root/Workloads', effect: 'Deny' }]);
  });

  test('exempt', () => {
    expect(evaluate({ action: 's3:GetObject', principal: 'role/aws-service-role/x.amazonaws.com/A' }, account({ scp: [deny({})], rcp: [deny({})] }))).toEqual({
      decision: 'allowed',
      dependsOn: [],
      reasons: [
        { policy: '-', statement: 'service-linked role', level: 'service-control', effect: 'Exempt' },
        { policy: '-', statement: 'service-linked role', level: 'resource-control', effect: 'Exempt' },
      ],
    });
  });

  test('a resource control policy says for which resources', () => {
    const { reasons, dependsOn } = evaluate({ action: 's3:GetObject', principal: 'role/app' }, account({ rcp: [deny({ Sid: 'R' })] }));
    expect(reasons[0]).toEqual({ policy: 'perimeter', statement: 'R', level: 'Root', effect: 'Deny', when: `the resource is one of account ${OWN}` });
    expect(dependsOn).toEqual(['aws:ResourceAccount', 'resource']);
  });

  test.each<[PolicyStatementJson['Condition'], string]>([
    [{ StringEquals: { 'a:b': ['x', 'y', 'z'] } }, 'a:b is x, y or z'],
    [{ StringLikeIfExists: { 'a:b': 'x*' } }, 'a:b matches x*, or is absent'],
    [{ StringNotLikeIfExists: { 'a:b': 'x*' } }, 'a:b does not match x*'],
    [{ Null: { 'a:b': 'true' } }, 'a:b is absent'],
    [{ Null: { 'a:b': 'false' } }, 'a:b is present'],
    [{ NumericGreaterThan: { 'a:b': 30 } }, 'a:b is more than 30'],
    [{ DateLessThan: { 'a:b': '2026-01-01' } }, 'a:b is before 2026-01-01'],
    [{ NotIpAddress: { 'a:b': '10.0.0.0/8' } }, 'a:b is not in 10.0.0.0/8'],
    [{ 'ForAllValues:StringEquals': { 'a:b': 'x' } }, 'every value of a:b is x'],
    [{ 'ForAnyValue:StringEquals': { 'a:b': ['1', '2', '3', '4', '5', '6', '7', '8', '9'] } }, 'any value of a:b is 1, 2, 3, 4, 5, 6 or 3 more'],
    [{ Bool: { 'a:b': 'false' }, StringEquals: { 'aws:PrincipalAccount': OWN } }, 'a:b is false'],
  ])('%j in words: %s', (condition, words) => {
    const { reasons } = evaluate({ action: 's3:GetObject' }, account({ scp: [deny({ Condition: condition })] }));
    expect(reasons[0].when).toBe(words);
  });
});

describe('never a guess', () => {
  test('what could not be resolved never allows, and a Deny still denies', () => {
    const unknown = ['policy 7 of Root/Workloads'];
    expect(evaluate({ action: 's3:GetObject' }, account({ unknown }))).toMatchObject({
      decision: 'depends', dependsOn: ['unknown'], reasons: [{ policy: 'policy 7 of Root/Workloads', effect: 'Unknown' }, {}, {}, {}],
    });
    expect(decide({}, { unknown, scp: [deny({})] })).toBe('denied');
    expect(decide({ principal: 'role/x' }, { unknown, account: { id: OWN, name: 'm', isManagement: true } })).toBe('depends');
  });

  test('an operator nobody knows leaves it open', () => {
    expect(decide({}, { scp: [deny({ Condition: { StringMatches: { 'a:b': 'x' } } })] })).toBe('depends');
  });

  test('one value that passes says nothing about another that does not', () => {
    const scp = (operator: string, one: PolicyStatementJson): PolicyStatementJson => ({ ...one, Condition: { [operator]: { 'aws:TagKeys': 'a' } } });
    const levels = [{ level: 'Root', policies: [policy('tags', scp('ForAnyValue:StringEquals', allow()), scp('ForAnyValue:StringNotEquals', deny({})))] }];
    expect(decide({}, { serviceControl: levels })).toBe('depends');
  });

  // Every pigeon needs a hole of its own, and there is one hole too few: some Deny always applies, but that is long to see for many pigeons.
  const pigeons = (count: number): PolicyStatementJson[] => {
    const all = [...Array(count).keys()];
    const holes = all.slice(1);
    const nulls = (value: string, entries: Array<[number, number]>): PolicyStatementJson => (
      deny({ Condition: { Null: Object.fromEntries(entries.map(([pigeon, hole]) => [`x:p${pigeon}h${hole}`, value])) } })
    );
    return [
      ...all.map((pigeon) => nulls('true', holes.map((hole) => [pigeon, hole]))),
      ...holes.flatMap((hole) => all.flatMap((one) => all.slice(one + 1).map((other) => nulls('false', [[one, hole], [other, hole]])))),
    ];
  };
  test('what many statements deny together is denied', () => {
    expect(evaluate({ action: 's3:GetObject' }, account({ scp: pigeons(4) }))).toMatchObject({ decision: 'denied', dependsOn: [] });
  });
  test('a search that is given up leaves it open', () => {
    expect(decide({}, { scp: pigeons(7) })).toBe('depends');
  });

  test.each<[Partial<AccessRequest>, string]>([
    [{ action: 'GetObject' }, 'action "GetObject" is not of the form service:Action, such as s3:PutBucketPolicy'],
    [{ principal: 'admin' }, 'principal "admin" is not an ARN of IAM or STS'],
    [{ resource: 'bucket' }, 'resource "bucket" is not an ARN'],
  ])('%j cannot be asked', (request, message) => {
    expect(() => decide(request)).toThrow(message);
  });
});
