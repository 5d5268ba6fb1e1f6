import { remember } from '../remember';

/**
 * Types that cost nothing by themselves: AWS has no charge for them, or charges another resource that is counted on its own.
 * A type that is in no list is reported as unknown, so this one errs on the side of being short.
 */
const FREE = [
  // Identities, organization, deployment.
  'AWS::IAM::*', 'AWS::Organizations::*', 'AWS::RAM::*', 'AWS::SSO::*', 'AWS::IdentityStore::*', 'AWS::CloudFormation::CustomResource', 'AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet', 'AWS::CloudFormation::WaitConditionHandle', 'AWS::CDK::Metadata', 'Custom::*',
  // Parts of a network whose gateways, endpoints and addresses are charged.
  'AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::Subnet', 'AWS::EC2::SubnetCidrBlock', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::SubnetNetworkAclAssociation', 'AWS::EC2::Route', 'AWS::EC2::RouteTable',
  'AWS::EC2::GatewayRouteTableAssociation', 'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::VPNGateway', 'AWS::EC2::VPNGatewayRoutePropagation', 'AWS::EC2::CustomerGateway', 'AWS::EC2::VPNConnectionRoute',
  'AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::NetworkAcl', 'AWS::EC2::NetworkAclEntry', 'AWS::EC2::DHCPOptions', 'AWS::EC2::VPCDHCPOptionsAssociation',
  'AWS::EC2::PrefixList', 'AWS::EC2::TransitGateway', 'AWS::EC2::TransitGatewayRoute', 'AWS::EC2::TransitGatewayRouteTable', 'AWS::EC2::TransitGatewayRouteTableAssociation', 'AWS::EC2::TransitGatewayRouteTablePropagation',
  'AWS::EC2::VPCPeeringConnection', 'AWS::EC2::VPCBlockPublicAccessOptions', 'AWS::EC2::VPCBlockPublicAccessExclusion', 'AWS::EC2::VPCEndpointService', 'AWS::EC2::VPCEndpointServicePermissions', 'AWS::EC2::LaunchTemplate',
  'AWS::EC2::EIPAssociation', 'AWS::EC2::NetworkInsightsAccessScope',
  // "No additional charge": https://aws.amazon.com/about-aws/whats-new/2025/11/aws-transit-gateway-flexible-cost-allocation/ (read 2026-11-23).
  'AWS::EC2::TransitGatewayMeteringPolicy', 'AWS::EC2::TransitGatewayMeteringPolicyEntry',
  // Port hours and data out are all that Direct Connect charges: https://docs.aws.amazon.com/directconnect/latest/UserGuide/Welcome.html (read 2026-11-23).
  'AWS::DirectConnect::DirectConnectGateway', 'AWS::DirectConnect::PrivateVirtualInterface', 'AWS::DirectConnect::PublicVirtualInterface', 'AWS::DirectConnect::TransitVirtualInterface',
  'AWS::NetworkFirewall::FirewallPolicy', 'AWS::NetworkFirewall::RuleGroup', 'AWS::NetworkFirewall::LoggingConfiguration', 'AWS::NetworkManager::GlobalNetwork', 'AWS::NetworkManager::CoreNetworkPrefixListAssociation',
  'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerCertificate', 'AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Route53::RecordSet', 'AWS::Route53Resolver::ResolverRule', 'AWS::Route53Resolver::ResolverRuleAssociation', 'AWS::Route53Resolver::ResolverQueryLoggingConfig', 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
  'AWS::Route53Resolver::FirewallRuleGroup', 'AWS::Route53Resolver::FirewallRuleGroupAssociation', 'AWS::Route53Resolver::ResolverDNSSECConfig', 'AWS::Route53Profiles::ProfileResourceAssociation',
  // Tasks, instances and capacity are charged, not what says how many there are and what they are like.
  'AWS::ECS::Cluster', 'AWS::ECS::TaskDefinition', 'AWS::ApplicationAutoScaling::*', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBProxyTargetGroup',
  'AWS::EKS::AccessEntry', 'AWS::EKS::PodIdentityAssociation',
  // Policies, names and settings of what is charged.
  'AWS::KMS::Alias', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription', 'AWS::SQS::QueuePolicy', 'AWS::Lambda::Permission', 'AWS::Lambda::Version', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::Alias', 'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::SecretTargetAttachment', 'AWS::Logs::ResourcePolicy', 'AWS::Logs::MetricFilter', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::IPSet', 'AWS::CertificateManager::Certificate',
  'AWS::AccessAnalyzer::Analyzer', 'AWS::Config::ConfigurationAggregator', 'AWS::Config::AggregationAuthorization', 'AWS::Config::DeliveryChannel', 'AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection', 'AWS::Chatbot::*',
  // Budgets that only tell are free, actions are counted by budget: https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/ (read 2026-11-23).
  // Of exports their storage is charged: https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html (read 2026-11-23).
  'AWS::BCMDataExports::Export', 'AWS::Athena::NamedQuery', 'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription', 'AWS::CE::CostCategory', 'AWS::ResourceGroups::Group',
  // Nothing for logs and metrics, and for the first copy of traces: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html (read 2026-11-23).
  'AWS::Oam::*',
  // Public cost notes agree that AWS charges nothing for it (read 2026-11-23).
  'AWS::ResourceExplorer2::*',
  // Nodes outside EC2 in the advanced tier are charged, and the bucket of a sync: https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-configure-instance-tiers.html (read 2026-11-23).
  'AWS::SSM::Association', 'AWS::SSM::PatchBaseline', 'AWS::SSM::ResourceDataSync', 'AWS::SSM::ServiceSetting',
];

/** Types that are charged by use alone: what they cost is an assumption, and without one they are listed as such. */
const BY_USE = [
  'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping', 'AWS::Logs::*', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::Events::*', 'AWS::Scheduler::*', 'AWS::SSM::Parameter', 'AWS::DynamoDB::*', 'AWS::ECR::Repository', 'AWS::CloudTrail::*',
  // Of AWS Control Tower what it sets up is charged: https://docs.aws.amazon.com/controltower/latest/userguide/pricing.html (read 2026-11-23).
  'AWS::ControlTower::*',
  'AWS::Config::*', 'AWS::GuardDuty::*', 'AWS::SecurityHub::*', 'AWS::Inspector::*', 'AWS::InspectorV2::*', 'AWS::Macie::*', 'AWS::Detective::*', 'AWS::SecurityLake::*', 'AWS::EC2::FlowLog', 'AWS::EC2::IPAM*', 'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault', 'AWS::Backup::RestoreTestingPlan', 'AWS::Backup::RestoreTestingSelection', 'AWS::StepFunctions::*', 'AWS::KinesisFirehose::*', 'AWS::Athena::*', 'AWS::Glue::*', 'AWS::Route53Resolver::FirewallDomainList', 'AWS::CloudFormation::HookVersion', 'AWS::ApiGateway::*', 'AWS::ApiGatewayV2::*',
  'AWS::CloudFront::*', 'AWS::EFS::FileSystem', 'AWS::ObservabilityAdmin::*',
  // By the minute of builds and actions; of pipelines of type V1 those that ran in the month: https://aws.amazon.com/codepipeline/pricing/ (read 2026-11-23).
  'AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline',
  // Deployments to machines of one's own are charged, to Lambda and ECS not: https://aws.amazon.com/codedeploy/pricing/. Signatures are stored beside the images that they are of.
  'AWS::CodeDeploy::*', 'AWS::Signer::*', 'AWS::ECR::SigningConfiguration',
];

/** How AWS charges a type that has no price by the hour or month. */
export const chargingOf: (type: string) => 'free' | 'by use' | 'unknown' = remember((type) => (matches(FREE, type) ? 'free' : matches(BY_USE, type) ? 'by use' : 'unknown'));

function matches(list: readonly string[], type: string): boolean {
  return list.some((entry) => (entry.endsWith('*') ? type.startsWith(entry.slice(0, -1)) : entry === type));
}
