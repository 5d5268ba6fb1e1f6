import { bucketArn, LogPlace } from './log-place';
import { LogPurpose } from './log-purpose';
import { PolicyStatementJson } from '../analysis/policy-document';
import { partitionOf } from '../model/partition';

/** Who writes, and for whom. */
export interface LogSources {
  readonly organizationId: string;
  readonly managementAccountId: string;
  /** Of the organization trail; CloudTrail writes for no other. */
  readonly trailArn: string;
}

/** What lets services write to the bucket of a purpose: for the organization, and of CloudTrail for its trail alone. */
export function writersOf(purpose: LogPurpose, place: LogPlace, { organizationId, managementAccountId, trailArn }: LogSources): PolicyStatementJson[] {
  const bucket = bucketArn(place, purpose);
  const ofOrganization = { StringEquals: { 'aws:SourceOrgID': organizationId } };
  const allow = (Sid: string, service: string, Action: string | string[], Resource: string | string[], Condition?: PolicyStatementJson['Condition']): PolicyStatementJson => (
    { Sid, Effect: 'Allow', Principal: { Service: service }, Action, Resource, ...(Condition ? { Condition } : {}) });
  // Bucket owner enforced: delivery sends no ACL then, and a condition on one would refuse it (cloudposse/terraform-aws-vpc-flow-logs-s3-bucket #101, read 2026-11-23).
  const delivered = [
    allow('DeliveryLooks', 'delivery.logs.amazonaws.com', ['s3:GetBucketAcl', 's3:ListBucket'], bucket, ofOrganization),
    allow('DeliveryWrites', 'delivery.logs.amazonaws.com', 's3:PutObject', `${bucket}/*`, ofOrganization),
  ];
  switch (purpose) {
    case LogPurpose.TRAIL: {
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html (read 2026-11-23): the trail's ARN, paths of the organization and of its account.
      const ofTrail = { StringEquals: { 'aws:SourceArn': trailArn } };
      return [
        allow('CloudTrailLooks', 'cloudtrail.amazonaws.com', 's3:GetBucketAcl', bucket, ofTrail),
        allow('CloudTrailWrites', 'cloudtrail.amazonaws.com', 's3:PutObject', [managementAccountId, organizationId].map((owner) => `${bucket}/AWSLogs/${owner}/*`), ofTrail),
      ];
    }
    case LogPurpose.CONFIG:
      // https://docs.aws.amazon.com/controltower/latest/userguide/logging-s3-audit-bucket.html (read 2026-11-23): AWS Config names the organization.
      return [
        allow('ConfigLooks', 'config.amazonaws.com', ['s3:GetBucketAcl', 's3:ListBucket'], bucket, ofOrganization),
        allow('ConfigWrites', 'config.amazonaws.com', 's3:PutObject', `${bucket}/AWSLogs/*`, ofOrganization),
      ];
    case LogPurpose.ACCESS:
      return [
        ...delivered,
        // Application Load Balancers do not say that they name the organization; where they do, OtherOrganizations of the bucket asks for it.
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html (read 2026-11-23)
        allow('LoadBalancersWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', `${bucket}/*AWSLogs/*`),
        allow('BucketsWrite', 'logging.s3.amazonaws.com', 's3:PutObject', `${bucket}/s3/*`, {
          ArnLike: { 'aws:SourceArn': [`arn:${partitionOf(place.region)}:s3:::landing-zone-*`, `arn:${partitionOf(place.region)}:s3:::aws-waf-logs-*`] }, StringEquals: { 'aws:SourceAccount': place.account },
        }),
      ];
    default:
      return delivered;
  }
}

/** What lets services encrypt with the archive's key. */
export function keyUsers({ account, region }: LogPlace, { organizationId, managementAccountId, trailArn }: LogSources): PolicyStatementJson[] {
  const partition = partitionOf(region);
  const ofOrganization = { StringEquals: { 'aws:SourceOrgID': organizationId } };
  return [
    { Sid: 'Account', Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html (read 2026-11-23)
    {
      Sid: 'CloudTrailEncrypts', Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*',
      Condition: { StringEquals: { 'aws:SourceArn': trailArn }, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${partition}:cloudtrail:*:${managementAccountId}:trail/*` } },
    },
    { Sid: 'CloudTrailDescribes', Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:DescribeKey', Resource: '*', Condition: { StringEquals: { 'aws:SourceArn': trailArn } } },
    // https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html and
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html (read 2026-11-23)
    { Sid: 'ConfigEncrypts', Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: ofOrganization },
    {
      Sid: 'DeliveryEncrypts', Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: '*', Condition: ofOrganization,
    },
  ];
}
