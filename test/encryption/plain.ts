import { CfnResource, Duration, RemovalPolicy, SecretValue, Size, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** Each service as one writes it down without a thought of encryption: L2 constructs. */
export const PLAIN_L2: { readonly [type: string]: (stack: Stack) => unknown } = {
  'AWS::S3::Bucket': (stack) => new s3.Bucket(stack, 'Bucket'),
  'AWS::SNS::Topic': (stack) => new sns.Topic(stack, 'Topic'),
  'AWS::SQS::Queue': (stack) => new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.minutes(1) }),
  'AWS::DynamoDB::Table': (stack) => new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
  'AWS::DynamoDB::GlobalTable': (stack) => new dynamodb.TableV2(stack, 'GlobalTable', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, replicas: [{ region: 'us-east-1' }],
  }),
  'AWS::SecretsManager::Secret': (stack) => new secretsmanager.Secret(stack, 'Secret', { replicaRegions: [{ region: 'us-east-1' }] }),
  'AWS::Logs::LogGroup': (stack) => new logs.LogGroup(stack, 'Logs'),
  'AWS::EC2::Volume': (stack) => new ec2.Volume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(1) }),
  'AWS::EFS::FileSystem': (stack) => new efs.FileSystem(stack, 'Files', { vpc: vpcOf(stack) }),
  'AWS::RDS::DBInstance': (stack) => new rds.DatabaseInstance(stack, 'Instance', { vpc: vpcOf(stack), engine: rds.DatabaseInstanceEngine.POSTGRES, credentials: nobody() }),
  'AWS::RDS::DBCluster': (stack) => new rds.DatabaseCluster(stack, 'Cluster', {
    vpc: vpcOf(stack), engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_6 }), writer: rds.ClusterInstance.serverlessV2('writer'), credentials: nobody(),
  }),
  'AWS::DocDB::DBCluster': (stack) => new docdb.DatabaseCluster(stack, 'Documents', {
    vpc: vpcOf(stack), masterUser: { username: 'nobody', password: SecretValue.ssmSecure('nobody') }, instanceType: ec2.InstanceType.of(ec2.InstanceClass.T3, ec2.InstanceSize.MEDIUM), removalPolicy: RemovalPolicy.RETAIN,
  }),
  'AWS::KMS::Key': (stack) => new kms.Key(stack, 'OwnKey'),
};

/** Each type as L1 construct without encryption. */
export const PLAIN_L1: { readonly [type: string]: (stack: Stack, properties?: any) => CfnResource } = {
  'AWS::S3::Bucket': (stack, properties) => new s3.CfnBucket(stack, 'Bucket', properties),
  'AWS::SNS::Topic': (stack, properties) => new sns.CfnTopic(stack, 'Topic', properties),
  'AWS::SQS::Queue': (stack, properties) => new sqs.CfnQueue(stack, 'Queue', properties),
  'AWS::DynamoDB::Table': (stack, properties) => new dynamodb.CfnTable(stack, 'Table', { keySchema: [], ...properties }),
  'AWS::DynamoDB::GlobalTable': (stack, properties) => new dynamodb.CfnGlobalTable(stack, 'GlobalTable', {
    keySchema: [], attributeDefinitions: [], replicas: [{ region: 'eu-west-1' }, { region: 'us-east-1' }], ...properties,
  }),
  'AWS::SecretsManager::Secret': (stack, properties) => new secretsmanager.CfnSecret(stack, 'Secret', { replicaRegions: [{ region: 'us-east-1' }], ...properties }),
  'AWS::Logs::LogGroup': (stack, properties) => new logs.CfnLogGroup(stack, 'Logs', properties),
  'AWS::EC2::Volume': (stack, properties) => new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', ...properties }),
  'AWS::EFS::FileSystem': (stack, properties) => new efs.CfnFileSystem(stack, 'Files', properties),
  'AWS::RDS::DBInstance': (stack, properties) => new rds.CfnDBInstance(stack, 'Instance', properties),
  'AWS::RDS::DBCluster': (stack, properties) => new rds.CfnDBCluster(stack, 'Cluster', properties),
  'AWS::DocDB::DBCluster': (stack, properties) => new docdb.CfnDBCluster(stack, 'Documents', properties),
  'AWS::Neptune::DBCluster': (stack, properties) => new neptune.CfnDBCluster(stack, 'Graph', properties),
};

function vpcOf(stack: Stack): ec2.IVpc {
  return stack.node.tryFindChild('Vpc') as ec2.IVpc | undefined ?? new ec2.Vpc(stack, 'Vpc');
}

/** Without a secret of its own. */
function nobody(): rds.Credentials {
  return rds.Credentials.fromPassword('nobody', SecretValue.ssmSecure('nobody'));
}
