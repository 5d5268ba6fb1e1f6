import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { memberAccount } from './accounts';
import { evaluate } from '../../src/analysis/evaluate';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { managedPolicySize } from '../../src/identity/boundary-document';
import { PermissionBoundary, PermissionBoundaryProps } from '../../src/identity/permission-boundary';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:iam::111122223333:policy/landing-zone/boundary';

function boundary(props?: PermissionBoundaryProps) {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const construct = new PermissionBoundary(stack, 'Boundary', props);
  const template = Template.fromStack(stack);
  return { construct, template, document: Object.values(template.findResources('AWS::IAM::ManagedPolicy'))[0]!.Properties.PolicyDocument };
}

describe('the policy', () => {
  test('has its name and path, is kept, and its ARN is known', () => {
    const { construct, template } = boundary();
    template.hasResource('AWS::IAM::ManagedPolicy', { DeletionPolicy: 'Retain', Properties: { ManagedPolicyName: 'boundary', Path: '/landing-zone/' } });
    expect(construct.policyArn).toBe(ARN);
    boundary({ policyName: 'limit' }).template.hasResourceProperties('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'limit', Path: '/' });
  });

  test('is one that AWS takes, and small enough', () => {
    const { document } = boundary();
    expect(validatePolicyDocument(document, 'boundary', 'identity').problems).toEqual([]);
    expect(managedPolicySize(document)).toBeLessThan(6144 / 2);
  });

  test('leaves a team its work, and takes what it says it takes', () => {
    const { document } = boundary();
    const decision = (action: string, more: object = {}) => evaluate({
      action, principal: 'role/team', permissionsBoundary: { name: 'boundary', document }, ...more,
    }, memberAccount()).decision;
    const bounded = { context: { 'iam:PermissionsBoundary': ARN } };
    expect(['s3:CreateBucket', 'iam:CreatePolicy', 'iam:PassRole', 'iam:GetRole', 'lambda:CreateFunction'].map((action) => decision(action, {
      ...(action === 'iam:CreatePolicy' && { resource: 'arn:aws:iam::111122223333:policy/orders' }), ...(action === 'iam:PassRole' && { resource: 'arn:aws:iam::111122223333:role/orders' }),
    }))).toEqual(Array(5).fill('allowed'));
    expect(['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePermissionsBoundary'].map((action) => decision(action, { ...bounded, resource: 'arn:aws:iam::111122223333:role/orders' }))).toEqual(Array(3).fill('allowed'));
    expect(['organizations:LeaveOrganization', 'sso:CreateInstance', 'iam:DeleteRolePermissionsBoundary'].map((action) => decision(action))).toEqual(Array(3).fill('denied'));
    expect(decision('iam:PassRole', { resource: 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1' })).toBe('denied');
  });

  test('limits to the actions that are named', () => {
    const { document } = boundary({ allowedActions: ['s3:*', 'iam:*'], deniedActions: ['s3:DeleteBucket'] });
    const decision = (action: string) => evaluate({ action, principal: 'role/team', permissionsBoundary: { name: 'boundary', document } }, memberAccount()).decision;
    expect([decision('s3:PutObject'), decision('s3:DeleteBucket'), decision('ec2:RunInstances')]).toEqual(['allowed', 'denied', 'denied']);
  });

  test('mistakes are told together', () => {
    expect(() => boundary({ allowedActions: [], deniedActions: ['everything'] })).toThrow(/"everything" is no action.*\n.*allowedActions is empty/);
    expect(() => boundary({ deniedActions: Array.from({ length: 300 }, (_, index) => `service-${index}:SomeLongAction`) })).toThrow(/characters, and AWS takes 6144/);
    expect(() => boundary({ policyName: '/boundary' })).toThrow('"/boundary" cannot be the name of a permissions boundary');
  });

  test('is what it was', () => {
    expect(boundary().template.toJSON().Resources).toMatchSnapshot();
  });
});

describe('applied to a scope', () => {
  const roleOf = (scope: Stack, id: string) => new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test('reaches roles and users, and those that CDK makes by itself', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    PermissionBoundary.applyTo(app);
    roleOf(stack, 'Role');
    new User(stack, 'User');
    new Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: 'destroy' as any });
    new AwsCustomResource(stack, 'Call', {
      onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: PhysicalResourceId.of('one') },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    });
    new CfnResource(stack, 'Raw', { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: {} } });
    const template = Template.fromStack(stack);
    const roles = Object.values(template.findResources('AWS::IAM::Role'));
    expect(roles.length).toBeGreaterThanOrEqual(4);
    for (const { Properties } of [...roles, ...Object.values(template.findResources('AWS::IAM::User'))]) expect(Properties.PermissionsBoundary).toBe(ARN);
  });

  test('in a stack for any account the ARN is a reference', () => {
    const stack = new Stack(new App(), 'Stack');
    PermissionBoundary.applyTo(stack, 'limit');
    roleOf(stack, 'Role');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      PermissionsBoundary: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':policy/limit']] },
    });
  });

  test('a role with another boundary fails the synthesis, and keeps what it says', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: ENV });
    PermissionBoundary.applyTo(app);
    new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess') });
    expect(() => app.synth()).toThrow(/Stack\/Role\/Resource has the permissions boundary .*AdministratorAccess.*landing-zone\/boundary is expected/);
  });

  test('a stage, where CDK\'s aspects of the app do not reach, fails the synthesis until it is named', () => {
    const build = (applyToStage: boolean) => {
      const app = new App();
      const stage = new Stage(app, 'Prod', { env: ENV });
      const stack = new Stack(stage, 'Stack');
      roleOf(stack, 'Role');
      PermissionBoundary.applyTo(app);
      if (applyToStage) PermissionBoundary.applyTo(stage);
      return { app, stack };
    };
    expect(() => build(false).app.synth()).toThrow(/Prod\/Stack\/Role\/Resource has no permissions boundary.*call PermissionBoundary.applyTo for the stage too/);
    const { app, stack } = build(true);
    app.synth();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: Match.stringLikeRegexp('policy/landing-zone/boundary') });
  });
});
