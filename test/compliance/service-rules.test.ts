import { App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import { LandingZoneChecks } from '../../src/compliance/landing-zone-checks';

const UNKNOWN = { Ref: 'Choice' };

/** What the pack says of one resource, for the rule in question: its findings, without the id. */
function check(id: string, type: string, properties: object): string[] {
  const stack = new Stack(new App(), 'Stack');
  new CfnParameter(stack, 'Choice');
  new CfnResource(stack, 'Resource', { type, properties });
  return new LandingZoneChecks().validateScope(stack.node.root).violations.filter(({ ruleName }) => ruleName === id).map(({ description }) => description.split(': ').slice(1).join(': '));
}

const DISABLED = { PubliclyAccessible: false };

test.each<[string, string, object]>([
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', { StorageEncrypted: true }],
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', { DBClusterIdentifier: UNKNOWN }],
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', { DBSnapshotIdentifier: 'nightly' }],
  ['LZ.RDS.1', 'AWS::RDS::DBCluster', { StorageEncrypted: 'true' }],
  ['LZ.RDS.1', 'AWS::Neptune::DBCluster', { SnapshotIdentifier: 'nightly' }],
  ['LZ.RDS.2', 'AWS::RDS::DBInstance', DISABLED],
  ['LZ.RDS.2', 'AWS::Redshift::Cluster', {}],
  ['LZ.EFS.1', 'AWS::EFS::FileSystem', { Encrypted: true }],
  ['LZ.ELASTICACHE.1', 'AWS::ElastiCache::ReplicationGroup', { AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true }],
  ['LZ.ELASTICACHE.1', 'AWS::MemoryDB::Cluster', {}],
  ['LZ.KMS.1', 'AWS::KMS::Key', {}],
  ['LZ.KMS.1', 'AWS::KMS::Key', { PendingWindowInDays: 30 }],
  ['LZ.KMS.1', 'AWS::KMS::ReplicaKey', { PendingWindowInDays: '30' }],
  ['LZ.KMS.2', 'AWS::KMS::Key', { EnableKeyRotation: true }],
  ['LZ.KMS.2', 'AWS::KMS::Key', { KeySpec: 'RSA_4096' }],
  ['LZ.KMS.2', 'AWS::KMS::Key', { Origin: 'EXTERNAL' }],
  ['LZ.KMS.3', 'AWS::KMS::Key', {}],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' }],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'HTTP' }],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', {}],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Url', { AuthType: 'AWS_IAM' }],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Permission', { Principal: 's3.amazonaws.com' }],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Permission', { Principal: { Ref: 'AWS::AccountId' } }],
  ['LZ.MSK.1', 'AWS::MSK::Cluster', { BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large' } }],
  ['LZ.MSK.1', 'AWS::MSK::Cluster', { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } } }],
  ['LZ.EKS.1', 'AWS::EKS::Cluster', { ResourcesVpcConfig: { EndpointPublicAccess: false } }],
  ['LZ.SAGEMAKER.1', 'AWS::SageMaker::NotebookInstance', { DirectInternetAccess: 'Disabled', RootAccess: 'Disabled' }],
  ['LZ.SECRETSMANAGER.1', 'AWS::SecretsManager::ResourcePolicy', { BlockPublicPolicy: true }],
  ['LZ.SNS.1', 'AWS::SNS::Subscription', { Protocol: 'https' }],
  ['LZ.SNS.1', 'AWS::SNS::Topic', { Subscription: [{ Protocol: 'sqs', Endpoint: UNKNOWN }] }],
  ['LZ.VPC.2', 'AWS::EC2::Instance', {}],
  ['LZ.VPC.2', 'AWS::EC2::Instance', { NetworkInterfaces: [{ DeviceIndex: '0' }, { DeviceIndex: '1', AssociatePublicIpAddress: false }] }],
  ['LZ.VPC.2', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { NetworkInterfaces: [{ AssociatePublicIpAddress: 'false' }] } }],
  ['LZ.VPC.2', 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }],
])('%s leaves %s %j alone', (id, type, properties) => {
  expect(check(id, type, properties)).toEqual([]);
});

test.each<[string, string, object, string[]]>([
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', {}, ['StorageEncrypted must be true and is missing']],
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', { StorageEncrypted: UNKNOWN }, ['StorageEncrypted must be true and is only known at deployment ({"Ref":"Choice"})']],
  ['LZ.RDS.1', 'AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'AWS::NoValue' } }, ['StorageEncrypted must be true and is missing']],
  ['LZ.RDS.1', 'AWS::RDS::DBCluster', { StorageEncrypted: false }, ['StorageEncrypted must be true and is false']],
  ['LZ.RDS.1', 'AWS::DocDB::DBCluster', {}, ['StorageEncrypted must be true and is missing']],
  ['LZ.RDS.2', 'AWS::RDS::DBInstance', {}, ['PubliclyAccessible must be false and is missing']],
  ['LZ.RDS.2', 'AWS::RDS::DBInstance', { PubliclyAccessible: UNKNOWN }, ['PubliclyAccessible must be false and is only known at deployment ({"Ref":"Choice"})']],
  ['LZ.RDS.2', 'AWS::Redshift::Cluster', { PubliclyAccessible: true }, ['PubliclyAccessible must be false and is true']],
  ['LZ.EFS.1', 'AWS::EFS::FileSystem', {}, ['Encrypted must be true and is missing']],
  ['LZ.EFS.1', 'AWS::EFS::FileSystem', { Encrypted: UNKNOWN }, ['Encrypted must be true and is only known at deployment ({"Ref":"Choice"})']],
  ['LZ.ELASTICACHE.1', 'AWS::ElastiCache::ReplicationGroup', { TransitEncryptionEnabled: UNKNOWN }, [
    'AtRestEncryptionEnabled must be true and is missing', 'TransitEncryptionEnabled must be true and is only known at deployment ({"Ref":"Choice"})',
  ]],
  ['LZ.ELASTICACHE.1', 'AWS::MemoryDB::Cluster', { TLSEnabled: false }, ['TLSEnabled must be true and is false']],
  ['LZ.KMS.1', 'AWS::KMS::Key', { PendingWindowInDays: 7 }, ['PendingWindowInDays must be 30 and is 7']],
  ['LZ.KMS.1', 'AWS::KMS::ReplicaKey', { PendingWindowInDays: UNKNOWN }, ['PendingWindowInDays must be 30 and is {"Ref":"Choice"}']],
  ['LZ.KMS.2', 'AWS::KMS::Key', {}, ['EnableKeyRotation must be true and is missing']],
  ['LZ.KMS.2', 'AWS::KMS::Key', { KeySpec: UNKNOWN, EnableKeyRotation: false }, ['EnableKeyRotation must be true and is false']],
  ['LZ.KMS.3', 'AWS::KMS::Key', { BypassPolicyLockoutSafetyCheck: true }, ['BypassPolicyLockoutSafetyCheck must be false and is true']],
  ['LZ.KMS.3', 'AWS::KMS::Key', { BypassPolicyLockoutSafetyCheck: UNKNOWN }, [
    'BypassPolicyLockoutSafetyCheck must be false and is only known at deployment ({"Ref":"Choice"})',
  ]],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-2016-08' }, [
    'SslPolicy must be one from TLS 1.2 on and is "ELBSecurityPolicy-2016-08"',
  ]],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'TLS' }, ['SslPolicy must be one from TLS 1.2 on and is missing']],
  ['LZ.ELB.1', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: UNKNOWN, SslPolicy: UNKNOWN }, ['SslPolicy must be one from TLS 1.2 on and is {"Ref":"Choice"}']],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Url', { AuthType: 'NONE' }, ['AuthType must be "AWS_IAM" and is "NONE"']],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Url', { AuthType: UNKNOWN }, ['AuthType must be "AWS_IAM" and is only known at deployment ({"Ref":"Choice"})']],
  ['LZ.LAMBDA.1', 'AWS::Lambda::Permission', { Principal: '*', FunctionUrlAuthType: 'NONE' }, [
    'Principal must name somebody and is "*"', 'FunctionUrlAuthType must be "AWS_IAM" and is "NONE"',
  ]],
  ['LZ.ECR.1', 'AWS::ECR::PublicRepository', {}, ['The repository is public']],
  ['LZ.MSK.1', 'AWS::MSK::Cluster', { BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } } }, [
    'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type must be "DISABLED" and is "SERVICE_PROVIDED_EIPS"',
  ]],
  ['LZ.MSK.1', 'AWS::MSK::Cluster', { BrokerNodeGroupInfo: { ConnectivityInfo: UNKNOWN } }, [
    'BrokerNodeGroupInfo.ConnectivityInfo must be readable by synthesis and is {"Ref":"Choice"}',
  ]],
  ['LZ.EKS.1', 'AWS::EKS::Cluster', {}, ['ResourcesVpcConfig.EndpointPublicAccess must be false and is missing']],
  ['LZ.EKS.1', 'AWS::EKS::Cluster', { ResourcesVpcConfig: { EndpointPublicAccess: UNKNOWN } }, [
    'ResourcesVpcConfig.EndpointPublicAccess must be false and is only known at deployment ({"Ref":"Choice"})',
  ]],
  ['LZ.SAGEMAKER.1', 'AWS::SageMaker::NotebookInstance', { RootAccess: UNKNOWN }, [
    'DirectInternetAccess must be "Disabled" and is missing', 'RootAccess must be "Disabled" and is only known at deployment ({"Ref":"Choice"})',
  ]],
  ['LZ.SECRETSMANAGER.1', 'AWS::SecretsManager::ResourcePolicy', {}, ['BlockPublicPolicy must be true and is missing']],
  ['LZ.SECRETSMANAGER.1', 'AWS::SecretsManager::ResourcePolicy', { BlockPublicPolicy: UNKNOWN }, [
    'BlockPublicPolicy must be true and is only known at deployment ({"Ref":"Choice"})',
  ]],
  ['LZ.SNS.1', 'AWS::SNS::Subscription', { Protocol: 'http' }, ['Protocol must not be "http" and is "http"']],
  ['LZ.SNS.1', 'AWS::SNS::Subscription', { Protocol: UNKNOWN }, ['Protocol must not be "http" and is {"Ref":"Choice"}']],
  ['LZ.SNS.1', 'AWS::SNS::Topic', { Subscription: [{ Protocol: 'sqs' }, { Protocol: 'http' }] }, ['Subscription[1].Protocol must not be "http" and is "http"']],
  ['LZ.VPC.2', 'AWS::EC2::Instance', { NetworkInterfaces: [{}, { AssociatePublicIpAddress: true }] }, ['NetworkInterfaces[1].AssociatePublicIpAddress must not be true']],
  ['LZ.VPC.2', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { NetworkInterfaces: [{ AssociatePublicIpAddress: 'true' }] } }, [
    'LaunchTemplateData.NetworkInterfaces[0].AssociatePublicIpAddress must not be true',
  ]],
  ['LZ.VPC.2', 'AWS::EC2::Instance', { NetworkInterfaces: [{ AssociatePublicIpAddress: UNKNOWN }] }, [
    'NetworkInterfaces[0].AssociatePublicIpAddress must be readable by synthesis and is {"Ref":"Choice"}',
  ]],
])('%s finds in %s %j', (id, type, properties, findings) => {
  expect(check(id, type, properties)).toEqual(findings);
});

test.each([
  'LZ.RDS.1', 'LZ.RDS.2', 'LZ.EFS.1', 'LZ.ELASTICACHE.1', 'LZ.KMS.1', 'LZ.KMS.2', 'LZ.KMS.3', 'LZ.ELB.1', 'LZ.LAMBDA.1', 'LZ.ECR.1', 'LZ.MSK.1', 'LZ.EKS.1',
  'LZ.SAGEMAKER.1', 'LZ.SECRETSMANAGER.1', 'LZ.SNS.1', 'LZ.VPC.2',
])('%s is about none but its resources', (id) => {
  expect(check(id, 'AWS::SQS::Queue', {})).toEqual([]);
});
