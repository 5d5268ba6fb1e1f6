import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeploymentRoles, DeploymentRolesProps, DeploymentSource } from '../../src';
import { openTrust } from '../../src/analysis/web-identity-trust';
import { validated } from '../network/aws-solutions';

const REPOSITORY = { name: 'acme/shop', ownerId: '12', repositoryId: '34' };
const GITHUB = DeploymentSource.github({ repository: REPOSITORY, environment: 'production' });
const GITLAB = DeploymentSource.gitlab({ project: 'acme/payments/shop', projectId: '56' });

function roles(props: Partial<DeploymentRolesProps> = {}, env: object = { account: '111122223333', region: 'eu-west-1' }) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Roles', { env });
  const made = new DeploymentRoles(stack, 'Shop', { roleName: 'shop', source: GITHUB, ...props });
  const template = Template.fromStack(stack);
  const of = (name: string) => Object.values<any>(template.findResources('AWS::IAM::Role', { Properties: { RoleName: name } }))[0].Properties;
  return { made, template, of, conditions: (name: string) => of(name).AssumeRolePolicyDocument.Statement[0].Condition };
}

test('pull requests read, the branch in its environment deploys', () => {
  const { made, of, conditions } = roles();
  expect(made.applyRoleArn).toBe('arn:aws:iam::111122223333:role/shop-apply');
  expect(conditions('shop-plan').StringEquals).toMatchObject({ 'token.actions.githubusercontent.com:repository_id': '34', 'token.actions.githubusercontent.com:sub': expect.arrayContaining(['repo:acme/shop:pull_request']) });
  expect(conditions('shop-apply').StringEquals).toMatchObject({
    'token.actions.githubusercontent.com:sub': expect.arrayContaining(['repo:acme/shop:environment:production']), 'token.actions.githubusercontent.com:ref': 'refs/heads/main',
  });
  const become = (name: string) => of(name).Policies[0].PolicyDocument.Statement;
  expect(become('shop-plan')).toEqual([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ['arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-*'] }]);
  expect(become('shop-apply')[0].Resource).toEqual(['deploy', 'file-publishing', 'image-publishing', 'lookup'].map((kind) => `arn:aws:iam::111122223333:role/cdk-hnb659fds-${kind}-role-*`));
});

test('of GitLab every branch of the project reads, the protected one deploys', () => {
  const { template, conditions } = roles({ source: GITLAB });
  template.hasResource('AWS::IAM::OIDCProvider', { DeletionPolicy: 'Retain', Properties: { Url: 'https://gitlab.com', ClientIdList: ['sts.amazonaws.com'] } });
  expect(conditions('shop-plan')).toEqual({
    StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:project_id': '56' }, StringLike: { 'gitlab.com:sub': 'project_path:acme/payments/shop:ref_type:branch:ref:*' },
  });
  expect(conditions('shop-apply')).toEqual({
    StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:project_id': '56', 'gitlab.com:sub': 'project_path:acme/payments/shop:ref_type:branch:ref:main', 'gitlab.com:ref_protected': 'true' },
  });
});

test.each([
  ['GitHub', GITHUB],
  ['GitLab', GITLAB],
  ['a GitLab of one\'s own', DeploymentSource.gitlab({ project: 'acme/shop', host: 'gitlab.acme.example' })],
])('trust of %s names whom it trusts, by the analysis of trust', (_name, source) => {
  const { of } = roles({ source });
  for (const name of ['shop-plan', 'shop-apply']) expect(openTrust(of(name).AssumeRolePolicyDocument)).toEqual([]);
});

test('what would leave it open, or does not work, is refused: all of it', () => {
  expect(() => DeploymentSource.github({ repository: { name: 'acme/*', ownerId: 'acme', repositoryId: '' }, environment: '*', branch: 'release/*' }))
    .toThrow(/"acme\/\*" is no name of one repository.*\n.*ownerId is "acme".*\n.*repositoryId is "".*\n.*environment "\*".*\n.*branch "release\/\*"/);
  expect(() => DeploymentSource.gitlab({ project: 'acme/*', host: 'https://gitlab.com', branch: '*' })).toThrow(/"acme\/\*" is no path of one project.*\n.*host "https:\/\/gitlab.com".*\n.*branch "\*"/);
  expect(() => DeploymentSource.gitlab({ project: 'acme/shop' })).toThrow('projectId is missing');
  expect(() => DeploymentSource.gitlab({ project: 'acme/shop', projectId: '1', host: 'gitlab.acme.example' })).toThrow('AWS compares projectId for gitlab.com alone');
  expect(() => roles({ roleName: 'a/b' })).toThrow('roleName "a/b"');
  expect(() => roles({ applyHours: 13 })).toThrow('applyHours is 13');
});

test('the identity provider that is there is used, also in a template for every account', () => {
  const { template } = roles({ identityProviderArn: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' }, {});
  template.resourceCountIs('AWS::IAM::OIDCProvider', 0);
  expect(JSON.stringify(template.toJSON())).toContain(':role/cdk-hnb659fds-lookup-role-*');
});

test('drift, and it passes AwsSolutions, our controls and the validation of CloudFormation', () => {
  expect(roles().template.toJSON().Resources).toMatchSnapshot();
  expect(validated((stack) => { new DeploymentRoles(stack, 'Shop', { roleName: 'shop', source: GITLAB }); }).violations).toEqual([]);
});
