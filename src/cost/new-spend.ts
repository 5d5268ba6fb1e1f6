/**
 * Actions that begin to cost something: they create, start, order or buy. What only changes is not among them, because the same action makes things smaller, nor what stores or calls,
 * because running applications do.
 *
 * Names by https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (read 2026-11-23); a test holds each against that reference.
 */
export const NEW_SPEND: readonly string[] = [
  // Computing
  'apprunner:CreateService', 'apprunner:ResumeService', 'autoscaling:CreateAutoScalingGroup', 'batch:CreateComputeEnvironment', 'batch:SubmitJob', 'codebuild:StartBuild',
  'ec2:AllocateHosts', 'ec2:CreateCapacityReservation', 'ec2:CreateCapacityReservationFleet', 'ec2:CreateFleet', 'ec2:CreateVolume', 'ec2:EnableFastSnapshotRestores', 'ec2:RequestSpotFleet',
  'ec2:RequestSpotInstances', 'ec2:RunInstances', 'ec2:RunScheduledInstances', 'ec2:StartInstances', 'ecs:CreateService', 'ecs:RunTask', 'ecs:StartTask', 'eks:CreateCluster',
  'eks:CreateFargateProfile', 'eks:CreateNodegroup', 'elasticbeanstalk:CreateEnvironment', 'gamelift:CreateFleet', 'lambda:PutProvisionedConcurrencyConfig', 'lightsail:CreateContainerService',
  'lightsail:CreateInstances', 'lightsail:CreateInstancesFromSnapshot', 'lightsail:CreateRelationalDatabase', 'workspaces:CreateWorkspaces', 'appstream:CreateFleet', 'appstream:StartFleet',
  // Networks
  'directconnect:CreateConnection', 'ec2:AllocateAddress', 'ec2:CreateClientVpnEndpoint', 'ec2:CreateNatGateway', 'ec2:CreateTransitGateway', 'ec2:CreateTransitGatewayVpcAttachment',
  'ec2:CreateVpcEndpoint', 'ec2:CreateVpnConnection', 'elasticloadbalancing:CreateLoadBalancer', 'globalaccelerator:CreateAccelerator', 'network-firewall:CreateFirewall',
  'networkmanager:CreateCoreNetwork', 'route53resolver:CreateResolverEndpoint', 'transfer:CreateServer',
  // Databases and caches; rds: is also DocumentDB and Neptune
  'dax:CreateCluster', 'docdb-elastic:CreateCluster', 'dsql:CreateCluster', 'dynamodb:CreateTable', 'dynamodb:RestoreTableFromBackup', 'dynamodb:RestoreTableToPointInTime',
  'elasticache:CreateCacheCluster', 'elasticache:CreateReplicationGroup', 'elasticache:CreateServerlessCache', 'memorydb:CreateCluster', 'neptune-graph:CreateGraph', 'rds:CreateDBCluster',
  'rds:CreateDBInstance', 'rds:CreateDBInstanceReadReplica', 'rds:CreateDBProxy', 'rds:RestoreDBClusterFromS3', 'rds:RestoreDBClusterFromSnapshot', 'rds:RestoreDBClusterToPointInTime',
  'rds:RestoreDBInstanceFromDBSnapshot', 'rds:RestoreDBInstanceFromS3', 'rds:RestoreDBInstanceToPointInTime', 'rds:StartDBCluster', 'rds:StartDBInstance', 'redshift-serverless:CreateWorkgroup',
  'redshift:CreateCluster', 'redshift:RestoreFromClusterSnapshot', 'redshift:ResumeCluster', 'timestream-influxdb:CreateDbInstance',
  // Files and directories
  'ds:ConnectDirectory', 'ds:CreateDirectory', 'ds:CreateMicrosoftAD', 'elasticfilesystem:CreateFileSystem', 'fsx:CreateFileSystem', 'fsx:CreateFileSystemFromBackup', 'storagegateway:ActivateGateway',
  // Data and search
  'airflow:CreateEnvironment', 'aoss:CreateCollection', 'dms:CreateReplicationConfig', 'dms:CreateReplicationInstance', 'elasticmapreduce:AddInstanceFleet', 'elasticmapreduce:AddInstanceGroups',
  'elasticmapreduce:RunJobFlow', 'emr-serverless:CreateApplication', 'emr-serverless:StartJobRun', 'es:CreateDomain', 'es:CreateElasticsearchDomain', 'glue:CreateDevEndpoint', 'glue:StartJobRun',
  'grafana:CreateWorkspace', 'kafka:CreateCluster', 'kafka:CreateClusterV2', 'kendra:CreateIndex', 'kinesis:CreateStream', 'kinesisanalytics:StartApplication', 'mediaconvert:CreateJob',
  'medialive:StartChannel', 'mq:CreateBroker', 'osis:CreatePipeline',
  // Machine learning
  'bedrock:CreateModelCustomizationJob', 'bedrock:CreateModelInvocationJob', 'bedrock:CreateProvisionedModelThroughput', 'sagemaker:CreateApp', 'sagemaker:CreateAutoMLJob',
  'sagemaker:CreateAutoMLJobV2', 'sagemaker:CreateCluster', 'sagemaker:CreateEndpoint', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateNotebookInstance',
  'sagemaker:CreateProcessingJob', 'sagemaker:CreateTrainingJob', 'sagemaker:CreateTransformJob', 'sagemaker:StartNotebookInstance',
  // Orders, purchases, subscriptions
  'acm-pca:CreateCertificateAuthority', 'aws-marketplace:AcceptAgreementRequest', 'aws-marketplace:Subscribe', 'cloudhsm:CreateCluster', 'cloudhsm:CreateHsm',
  'dynamodb:PurchaseReservedCapacityOfferings', 'ec2:PurchaseCapacityBlock', 'ec2:PurchaseHostReservation', 'ec2:PurchaseReservedInstancesOffering', 'elasticache:PurchaseReservedCacheNodesOffering',
  'es:PurchaseReservedInstanceOffering', 'memorydb:PurchaseReservedNodesOffering', 'outposts:CreateOrder', 'rds:PurchaseReservedDBInstancesOffering', 'redshift:PurchaseReservedNodeOffering',
  'route53domains:RegisterDomain', 'route53domains:TransferDomain', 'savingsplans:CreateSavingsPlan', 'shield:CreateSubscription', 'snowball:CreateCluster', 'snowball:CreateJob',
];
