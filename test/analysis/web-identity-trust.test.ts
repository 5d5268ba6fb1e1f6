import * as fc from 'fast-check';
import { openTrust } from '../../src/analysis/web-identity-trust';

const GITHUB = 'token.actions.githubusercontent.com';
const trusting = (condition: object | undefined, provider: unknown = `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`, action: string | string[] = 'sts:AssumeRoleWithWebIdentity') => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: provider }, Action: action, ...(condition && { Condition: condition }) }],
});
const github = (subject: unknown, operator = 'StringLike') => trusting({ [operator]: { [`${GITHUB}:sub`]: subject, [`${GITHUB}:aud`]: 'sts.amazonaws.com' } });
const gitlab = (subject: string) => trusting({ StringLike: { 'gitlab.com:sub': subject } }, 'arn:aws:iam::111122223333:oidc-provider/gitlab.com');

describe('names whom it trusts', () => {
  test.each([
    ['a branch', github('repo:acme/shop:ref:refs/heads/main', 'StringEquals')],
    ['any branch of a repository', github('repo:acme/shop:*')],
    ['several repositories', github(['repo:acme/shop:*', 'repo:acme/cart:environment:prod'])],
    ['a repository by its number, whatever the subject', trusting({ StringLike: { [`${GITHUB}:sub`]: 'repo:*' }, StringEquals: { [`${GITHUB}:repository_id`]: '34' } })],
    ['a service account of a namespace', trusting({ StringLike: { 'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': 'system:serviceaccount:shop:*' } }, { Ref: 'Provider' })],
    ['a project of GitLab', gitlab('project_path:acme/payments/shop:ref_type:branch:ref:*')],
    ['a workspace', trusting({ StringLike: { 'app.terraform.io:sub': 'organization:acme:project:shop:workspace:prod:run_phase:*' } }, { Ref: 'Provider' })],
    ['people', trusting({ StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1' } }, 'cognito-identity.amazonaws.com')],
    ['no web identity at all', { Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }],
    ['a denial', { Statement: [{ Effect: 'Deny', Principal: { Federated: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' }] }],
    ['nothing', undefined],
  ])('%s', (_name, document) => {
    expect(openTrust(document)).toEqual([]);
  });
});

describe('lets others in', () => {
  test.each([
    ['no condition', trusting(undefined), 'no condition tests the subject'],
    ['only the audience', trusting({ StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } }), 'no condition tests the subject'],
    ['any subject', github('*'), 'lets others in'],
    ['any repository', github('repo:*'), 'lets others in'],
    ['an owner that only begins so', github('repo:acme*'), 'lets others in'],
    ['any repository of an owner', github('repo:acme/*'), 'lets others in'],
    ['a repository that only begins so', github('repo:acme/shop*'), 'lets others in'],
    ['one good and one open subject', github(['repo:acme/shop:*', 'repo:acme/*:ref:refs/heads/main']), 'lets others in'],
    ['a subject that may be missing', github('repo:acme/shop:*', 'StringLikeIfExists'), 'tested by StringLikeIfExists alone'],
    ['for all values', github('repo:acme/shop:*', 'ForAllValues:StringLike'), 'tested by ForAllValues:StringLike alone'],
    ['an exclusion', github('repo:acme/shop:*', 'StringNotLike'), 'tested by StringNotLike alone'],
    ['a subject that is not known yet', github({ Ref: 'Subject' }), 'known at deployment only'],
    ['a policy variable', github('repo:${aws:PrincipalTag/repo}:*'), 'lets others in'],
    ['conditions that are not known yet', trusting({ StringEquals: { 'Fn::GetAtt': ['A', 'B'] } }), 'known at deployment only'],
    ['a wildcard in the action', trusting(undefined, { Ref: 'Provider' }, 'sts:*'), 'no condition tests the subject'],
    ['any project of a group', gitlab('project_path:acme/*:ref_type:branch:ref:main'), 'lets others in'],
    ['any namespace', trusting({ StringLike: { 'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': 'system:serviceaccount:*:api' } }, { Ref: 'Provider' }), 'lets others in'],
    ['a pattern of an issuer whose subjects are not known', trusting({ StringLike: { 'issuer.example:sub': 'team-*' } }, { Ref: 'Provider' }), 'has a wildcard'],
  ])('%s', (_name, document, problem) => {
    const found = openTrust(document);
    expect(found.map((one) => one.problem)).toEqual([expect.stringContaining(problem)]);
    expect(found[0]!.instead).not.toBe('');
  });
});

/** As IAM matches texts: * is any characters, ? is one. */
function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\/-]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text);
}

const name = fc.constantFrom('acme', 'acme-evil', 'a', 'shop', 'shop2', 'x');
const end = fc.constantFrom('ref:refs/heads/main', 'pull_request', 'environment:prod');

test('a pattern without findings lets in tokens of one repository: tried with all subjects of a small world', () => {
  const subjects = ['acme', 'acme-evil', 'a', 'shop', 'shop2', 'x'].flatMap((owner, _at, names) => names.flatMap((repository) => ['ref:refs/heads/main', 'pull_request', 'environment:prod'].map((rest) => `repo:${owner}/${repository}:${rest}`)));
  const piece = fc.oneof(name, fc.constantFrom('*', '?', 'acme*', 'repo:', ':', '/', ':*', 'repo:acme/shop:'), end);
  const pattern = fc.oneof(fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')), fc.tuple(name, fc.constantFrom('/', '*', '/*'), name, fc.constantFrom(':', '*', ':*', ''), end).map((pieces) => `repo:${pieces.join('')}`));
  let closed = 0;
  fc.assert(fc.property(pattern, (subject) => {
    if (openTrust(github(subject)).length > 0) return;
    closed++;
    const repositories = new Set(subjects.filter((one) => matches(subject, one)).map((one) => one.split(':')[1]));
    expect([subject, repositories.size <= 1]).toEqual([subject, true]);
  }), { numRuns: 3000 });
  expect(closed).toBeGreaterThan(30);
});

test('the example that a finding tells gets in, and is of another repository', () => {
  for (const subject of ['repo:*', 'repo:acme*', 'repo:acme/*', 'repo:acme/shop*', 'repo:*/shop:*', '*']) {
    const example = openTrust(github(subject))[0]?.example;
    expect([subject, example !== undefined && matches(subject, example), example === 'repo:acme/shop:ref:refs/heads/main']).toEqual([subject, true, false]);
  }
});
