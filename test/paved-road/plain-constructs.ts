import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** A network that somebody else made. */
function vpcOf(scope: Construct): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, 'Network', {
    vpcId: 'vpc-0123456789abcdef0', publicSubnetIds: ['subnet-55555555555555555', 'subnet-66666666666666666'], publicSubnetRouteTableIds: ['rtb-55555555555555555', 'rtb-66666666666666666'], availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-11111111111111111', 'subnet-22222222222222222'], privateSubnetRouteTableIds: ['rtb-11111111111111111', 'rtb-22222222222222222'],
    isolatedSubnetIds: ['subnet-33333333333333333', 'subnet-44444444444444444'], isolatedSubnetRouteTableIds: ['rtb-33333333333333333', 'rtb-44444444444444444'], vpcCidrBlock: '10.0.0.0/16',
  });
}

function taskOf(scope: Construct): ecs.FargateTaskDefinition {
  const task = new ecs.FargateTaskDefinition(scope, 'Task');
  task.addContainer('App', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1.29') });
  return task;
}

/** Each construct as its documentation's first example has it: nothing is said but what must be. */
export const PLAIN: { readonly [name: string]: (scope: Construct) => unknown } = {
  Bucket: (scope) => new s3.Bucket(scope, 'Plain'),
  Function: (scope) => new lambda.Function(scope, 'Plain', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}') }),
  Queue: (scope) => new sqs.Queue(scope, 'Plain'),
  Topic: (scope) => new sns.Topic(scope, 'Plain'),
  Table: (scope) => new dynamodb.Table(scope, 'Plain', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
  TableV2: (scope) => new dynamodb.TableV2(scope, 'Plain', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
  DatabaseCluster: (scope) => new rds.DatabaseCluster(scope, 'Plain', {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_5 }), writer: rds.ClusterInstance.serverlessV2('Writer'), vpc: vpcOf(scope),
  }),
  DatabaseInstance: (scope) => new rds.DatabaseInstance(scope, 'Plain', { engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }), vpc: vpcOf(scope) }),
  Vpc: (scope) => new ec2.Vpc(scope, 'Plain', { subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }),
  SecurityGroup: (scope) => new ec2.SecurityGroup(scope, 'Plain', { vpc: vpcOf(scope) }),
  LogGroup: (scope) => new logs.LogGroup(scope, 'Plain'),
  Key: (scope) => new kms.Key(scope, 'Plain'),
  Secret: (scope) => new secretsmanager.Secret(scope, 'Plain'),
  EcsCluster: (scope) => new ecs.Cluster(scope, 'Plain', { vpc: vpcOf(scope) }),
  EksCluster: (scope) => new eks.Cluster(scope, 'Plain', { version: eks.KubernetesVersion.V1_33, vpc: vpcOf(scope) }),
  FargateService: (scope) => new ecs.FargateService(scope, 'Plain', { cluster: new ecs.Cluster(scope, 'Cluster', { vpc: vpcOf(scope) }), taskDefinition: taskOf(scope) }),
  ApplicationLoadBalancer: (scope) => new elbv2.ApplicationLoadBalancer(scope, 'Plain', { vpc: vpcOf(scope) }),
  NetworkLoadBalancer: (scope) => new elbv2.NetworkLoadBalancer(scope, 'Plain', { vpc: vpcOf(scope) }),
  RestApi: (scope) => new apigateway.RestApi(scope, 'Plain').root.addMethod('GET', new apigateway.MockIntegration()),
  HttpApi: (scope) => new HttpApi(scope, 'Plain'),
  StateMachine: (scope) => new sfn.StateMachine(scope, 'Plain', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, 'Pass')) }),
  EventBus: (scope) => new events.EventBus(scope, 'Plain'),
  FileSystem: (scope) => new efs.FileSystem(scope, 'Plain', { vpc: vpcOf(scope) }),
  Repository: (scope) => new ecr.Repository(scope, 'Plain'),
  Distribution: (scope) => new cloudfront.Distribution(scope, 'Plain', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new s3.Bucket(scope, 'Origin')) } }),
  Project: (scope) => new codebuild.Project(scope, 'Plain', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2', phases: { build: { commands: ['npm test'] } } }) }),
  Trail: (scope) => new cloudtrail.Trail(scope, 'Plain'),
};
