import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { DataClassification, PavedRoad, ResilienceTier } from '../../src';

const ENV = { account: '111122223333', region: 'eu-west-1' };

function newFunction(stack: Stack, id: string, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(stack, id, { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'), ...props });
}

function newRole(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Shared', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
  });
}

function paved(build: (stack: Stack) => void): Template {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Product', { env: ENV });
  build(stack);
  PavedRoad.apply(app, {
    product: 'payments', owner: 'team-payments', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1, awsSolutions: false,
  });
  return Template.fromStack(stack);
}

/** Names of policies of AWS that the shared role has. */
function managed(template: Template): string[] {
  const [role] = Object.entries<any>(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('Shared')).map(([, one]) => one);
  return (role.Properties.ManagedPolicyArns ?? []).map((arn: unknown) => /policy\/([\w/-]+)/.exec(JSON.stringify(arn))![1]);
}

const BASIC = ['service-role/AWSLambdaBasicExecutionRole'];

test('a role of functions that all write to log groups of the paved road needs no policy of AWS', () => {
  expect(managed(paved((stack) => {
    const role = newRole(stack);
    for (const id of ['A', 'B']) newFunction(stack, id, { role });
  }))).toEqual([]);
});

test.each(['A', 'Z'])('function %s with a log group of its own goes on to write to it, if another function has the same role', (id) => {
  expect(managed(paved((stack) => {
    const role = newRole(stack);
    newFunction(stack, id, { role, logGroup: new logs.LogGroup(stack, 'Own') });
    newFunction(stack, 'M', { role });
  }))).toEqual(BASIC);
});

test('so does one that does without the default', () => {
  expect(managed(paved((stack) => {
    const role = newRole(stack);
    newFunction(stack, 'A', { role });
    PavedRoad.optOut(newFunction(stack, 'B', { role }), { rule: 'lambda.logs', reason: 'Read by a tool that knows the name' });
  }))).toEqual(BASIC);
});

test('so does one of another stack', () => {
  expect(managed(paved((stack) => {
    const role = newRole(stack);
    newFunction(stack, 'A', { role });
    newFunction(new Stack(stack.node.root as App, 'Other', { env: ENV }), 'B', { role });
  }))).toEqual(BASIC);
});

test('logs are kept as long as the team said, in the log group that it said it of', () => {
  const template = paved((stack) => newFunction(stack, 'A', { logRetention: logs.RetentionDays.ONE_WEEK }));
  const [id] = Object.keys(template.findResources('AWS::Lambda::Function')).filter((one) => /^A[0-9A-F]{8}$/.test(one));
  expect(template.findResources('AWS::Lambda::Function')[id!]!.Properties.LoggingConfig).toBeUndefined();
  template.hasResourceProperties('Custom::LogRetention', { LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', { Ref: id }]] }, RetentionInDays: 7 });
});

test('a metric of the logs of a function counts what the function writes', () => {
  const template = paved((stack) => {
    new logs.MetricFilter(stack, 'Denied', { logGroup: newFunction(stack, 'A').logGroup, filterPattern: logs.FilterPattern.literal('denied'), metricNamespace: 'Orders', metricName: 'Denied' });
  });
  const [[id, handler]] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([one]) => /^A[0-9A-F]{8}$/.test(one)) as [[string, any]];
  const read = Object.values(template.findResources('AWS::Logs::MetricFilter'))[0]!.Properties.LogGroupName;
  expect([{ id, group: handler.Properties.LoggingConfig?.LogGroup }, JSON.stringify(read).includes('LogRetention')]).toEqual([{ id, group: undefined }, true]);
});
