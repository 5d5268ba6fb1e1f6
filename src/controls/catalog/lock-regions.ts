import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/**
 * Actions of services with one endpoint for all Regions, and those their consoles need.
 * AWS Control Tower's list, https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html, read 2026-11-22.
 */
const GLOBAL_ACTIONS = [
  'a4b:*', 'access-analyzer:*', 'account:*', 'acm:*', 'activate:*', 'artifact:*', 'aws-marketplace-management:*', 'aws-marketplace:*',
  'aws-portal:*', 'billing:*', 'billingconductor:*', 'budgets:*', 'ce:*', 'chatbot:*', 'chime:*', 'cloudfront:*', 'cloudtrail:LookupEvents',
  'compute-optimizer:*', 'config:*', 'consoleapp:*', 'consolidatedbilling:*', 'cur:*', 'datapipeline:GetAccountLimits', 'devicefarm:*',
  'directconnect:*', 'ec2:DescribeRegions', 'ec2:DescribeTransitGateways', 'ec2:DescribeVpnGateways', 'ecr-public:*', 'fms:*', 'freetier:*',
  'globalaccelerator:*', 'health:*', 'iam:*', 'importexport:*', 'invoicing:*', 'iq:*', 'kms:*', 'license-manager:ListReceivedLicenses',
  'lightsail:Get*', 'mobileanalytics:*', 'networkmanager:*', 'notifications-contacts:*', 'notifications:*', 'organizations:*', 'payments:*',
  'pricing:*', 'quicksight:DescribeAccountSubscription', 'resource-explorer-2:*', 'route53-recovery-cluster:*',
  'route53-recovery-control-config:*', 'route53-recovery-readiness:*', 'route53:*', 'route53domains:*', 's3:CreateMultiRegionAccessPoint',
  's3:DeleteMultiRegionAccessPoint', 's3:DescribeMultiRegionAccessPointOperation', 's3:GetAccountPublicAccessBlock', 's3:GetBucketLocation',
  's3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock', 's3:GetMultiRegionAccessPoint', 's3:GetMultiRegionAccessPointPolicy',
  's3:GetMultiRegionAccessPointPolicyStatus', 's3:GetStorageLensConfiguration', 's3:GetStorageLensDashboard', 's3:ListAllMyBuckets',
  's3:ListMultiRegionAccessPoints', 's3:ListStorageLensConfigurations', 's3:PutAccountPublicAccessBlock', 's3:PutMultiRegionAccessPointPolicy',
  'savingsplans:*', 'shield:*', 'sso:*', 'sts:*', 'support:*', 'supportapp:*', 'supportplans:*', 'sustainability:*', 'tag:GetResources',
  'tax:*', 'trustedadvisor:*', 'vendor-insights:ListEntitledSecurityProfiles', 'waf-regional:*', 'waf:*', 'wafv2:*',
];

/** LZ.REGION.1. */
export function lockRegions(): Control {
  return new Control({
    id: 'LZ.REGION.1',
    title: 'Nothing runs outside the allowed Regions',
    description: 'Data stays where the organization may keep it, and nobody, an intruder least of all, works in a Region that nobody watches. '
      + 'Services with one endpoint for all Regions are left alone, as in the example of AWS Control Tower. '
      + 'Global cross-Region inference of Amazon Bedrock names the Region "unspecified" and is denied too, unless you allow that name.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('CM-7', 'SA-9(5)'),
      Framework.ISO_27001.maps('A.5.23'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['AWS-GR_REGION_DENY', 'CT.MULTISERVICE.PV.1'],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      notActions: GLOBAL_ACTIONS,
      conditions: { StringNotEquals: { 'aws:RequestedRegion': [ZoneValue.ALLOWED_REGIONS] } },
    })],
    proof: {
      denies: [
        { action: 'ec2:RunInstances', context: { 'aws:RequestedRegion': ['not-an-allowed-region'] } },
        { action: 's3:CreateBucket', context: { 'aws:RequestedRegion': ['not-an-allowed-region'] } },
        { action: 'lambda:CreateFunction', principal: 'root', context: { 'aws:RequestedRegion': ['not-an-allowed-region'] } },
      ],
      allows: [
        { action: 'ec2:RunInstances', context: { 'aws:RequestedRegion': [ZoneValue.HOME_REGION] } },
        { action: 'iam:CreateRole', context: { 'aws:RequestedRegion': ['not-an-allowed-region'] } },
        { action: 'cloudfront:CreateDistribution' },
        { action: 'ec2:RunInstances', principal: PLATFORM_ROLE, context: { 'aws:RequestedRegion': ['not-an-allowed-region'] } },
      ],
    },
  });
}
