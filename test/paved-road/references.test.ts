import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { DataClassification, PavedRoad, ResilienceTier } from '../../src';

/** What the paved road completes, and refers to a resource of another stack. */
const COMPLETED: { readonly [name: string]: (stack: Stack, given: { readonly topic: sns.Topic; readonly logs: s3.Bucket; readonly policy: iam.ManagedPolicy }) => void } = {
  'policy of a queue': (stack, { topic }) => {
    new sqs.Queue(stack, 'Queue').addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')], actions: ['sqs:SendMessage'], resources: ['*'], conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }));
  },
  'policy of a bucket': (stack, { topic }) => {
    new s3.Bucket(stack, 'Bucket').addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')], actions: ['s3:PutObject'], resources: ['*'], conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }));
  },
  'environment of a container': (stack, { topic }) => {
    new ecs.FargateTaskDefinition(stack, 'Task').addContainer('web', { image: ecs.ContainerImage.fromRegistry('nginx:1.29'), environment: { TOPIC: topic.topicArn } });
  },
  'attributes of a load balancer': (stack, { logs }) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
    new elb.ApplicationLoadBalancer(stack, 'Balancer', { vpc }).setAttribute('connection_logs.s3.bucket', logs.bucketName);
  },
  'policies of a role': (stack, { topic, policy }) => {
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [policy],
      inlinePolicies: { Publish: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] })] }) },
    });
    new lambda.Function(stack, 'Function', { role, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  },
};

test.each(Object.entries(COMPLETED))('%s refers to another stack as it did', (_, make) => {
  const app = new App({ analyticsReporting: false });
  const env = { account: '111122223333', region: 'eu-west-1' };
  const shared = new Stack(app, 'Shared', { env });
  const given = { topic: new sns.Topic(shared, 'Topic'), logs: new s3.Bucket(shared, 'Logs'), policy: new iam.ManagedPolicy(shared, 'Policy', { statements: [new iam.PolicyStatement({ actions: ['sns:ListTopics'], resources: ['*'] })] }) };
  const stack = new Stack(app, 'Product', { env });
  make(stack, given);
  PavedRoad.apply(app, {
    product: 'payments', owner: 'team-payments', costCenter: '1042', environment: 'prod', dataClassification: DataClassification.CONFIDENTIAL, tier: ResilienceTier.TIER_1, awsSolutions: false,
  });
  const template = Template.fromStack(stack).toJSON();
  const known = [...Object.keys(template.Resources), ...Object.keys(template.Parameters)];
  const named = [...JSON.stringify(template).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g)].map(([, name]) => name!).filter((name) => !name.startsWith('AWS::'));
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
  expect(JSON.stringify(template)).toContain('"Fn::ImportValue":"Shared:');
});
