import { Control } from '../control';
import { LogProtectionOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { Severity } from '../severity';
import { ZoneValue } from '../zone-value';

/** Roles of the platform that keep their hands off the archive: saying so here keeps the check of lockouts from warning of it. */
const PLATFORM = ['cdk-hnb659fds-*', 'stacksets-exec-*', 'AWSControlTowerExecution', 'OrganizationAccountAccessRole'];

/** What they need elsewhere. */
const SHAPING_NEEDS = ['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration'];

const STANDARD_NAMES = ['aws-controltower', 'aws-accelerator', 'landing-zone', 'aws-waf-logs'];

/** LZ.LOGS.4. */
export function protectLogArchive(options: LogProtectionOptions = {}): Control {
  const { breakGlassRole = 'break-glass', deploymentRoles = ['cdk-hnb659fds-*'], namePrefixes = STANDARD_NAMES } = options;
  const buckets = platformResources('arn:*:s3:::', { namePrefixes });
  const exceptRoles = (...patterns: string[]) => ({ ArnNotLike: { 'aws:PrincipalArn': patterns.map((pattern) => `arn:${ZoneValue.PARTITION}:iam::*:role/${pattern}`) } });
  const bucket = `arn:${ZoneValue.PARTITION}:s3:::${namePrefixes[0]}-trail-111122223333-eu-west-1`;
  const object = `${bucket}/AWSLogs/o-example123/one.json.gz`;
  const key = `arn:${ZoneValue.PARTITION}:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555`;
  const role = (pattern: string) => `role/${pattern.replace(/\*/g, 'x')}`;
  return new Control({
    id: 'LZ.LOGS.4',
    title: 'The log archive outlasts its administrators',
    description: 'For the account of the log archive. LZ.LOGS.3 exempts every role of the platform; here only break-glass deletes log buckets, their objects and policies and the keys, bypasses '
      + 'governance or shortens a retention: administrators, root, the access role, stack sets and deployments do not. What buckets are like is changed by break-glass and by the deployment\'s '
      + 'roles, or, with no such roles, by break-glass alone, once the archive is there. The keys are all of the account; buckets are told by the start of their name. '
      + 'It rests on LZ.IAM.2, which keeps roles of these names. With LZ.PERIMETER.1 nobody outside the organization reads the buckets either, whatever their policies say.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('3.4'),
      Framework.NIST_800_53.maps('AU-9', 'AU-9(2)', 'AU-9(4)', 'AU-11', 'CP-6(2)', 'SC-12'),
      Framework.PCI_DSS.maps('10.3.1', '10.3.2', '10.3.4', '10.5.1'),
      Framework.ISO_27001.maps('A.5.33', 'A.8.15'),
      Framework.SOC_2.maps('CC6.1', 'CC7.2'),
    ],
    controlTower: ['AWS-GR_AUDIT_BUCKET_DELETION_PROHIBITED', 'AWS-GR_CT_AUDIT_BUCKET_POLICY_CHANGES_PROHIBITED', 'CT.S3.PV.7', 'CT.S3.PV.8'],
    sources: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html (who bypasses governance, read 2026-11-23)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html (the root user of a member account is denied too, read 2026-11-22)',
      'CIS, NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['s3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:PutBucketAcl'],
        resources: buckets,
        conditions: exceptRoles(breakGlassRole),
        exemptPlatform: false,
      },
      {
        actions: ['s3:BypassGovernanceRetention', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectLegalHold', 's3:PutObjectRetention'],
        // Who asks by an access point names it and not the bucket.
        resources: [...buckets, 'arn:*:s3:*:*:accesspoint/*'],
        conditions: exceptRoles(breakGlassRole),
        exemptPlatform: false,
      },
      {
        actions: [
          's3:PutBucketLogging', 's3:PutBucketObjectLockConfiguration', 's3:PutBucketOwnershipControls', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning',
          's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutReplicationConfiguration',
        ],
        resources: buckets,
        conditions: exceptRoles(breakGlassRole, ...deploymentRoles),
        exemptPlatform: false,
      },
      {
        actions: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
        resources: ['arn:*:kms:*:*:key/*'],
        conditions: exceptRoles(breakGlassRole),
        exemptPlatform: false,
      },
    )],
    detective: [
      DetectiveMechanism.configRule('S3_BUCKET_DEFAULT_LOCK_ENABLED'),
      DetectiveMechanism.configRule('S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'),
      DetectiveMechanism.securityHub('S3.15'),
      DetectiveMechanism.securityHub('CloudTrail.6'),
    ],
    proof: {
      denies: [
        { action: 's3:DeleteBucket', resource: bucket },
        { action: 's3:DeleteBucket', resource: bucket, principal: 'root' },
        { action: 's3:DeleteObject', resource: object, principal: 'role/administrator' },
        { action: 's3:DeleteObjectVersion', resource: object, principal: 'role/administrator' },
        { action: 's3:DeleteObjectVersion', resource: `arn:${ZoneValue.PARTITION}:s3:eu-west-1:111122223333:accesspoint/any/object/one.json.gz` },
        { action: 's3:BypassGovernanceRetention', resource: object },
        { action: 's3:PutObjectRetention', resource: object },
        { action: 's3:PutBucketPolicy', resource: bucket, principal: 'role/administrator' },
        { action: 's3:PutBucketPublicAccessBlock', resource: bucket, principal: 'role/administrator' },
        { action: 's3:PutLifecycleConfiguration', resource: bucket, principal: 'root' },
        { action: 'kms:ScheduleKeyDeletion', resource: key, principal: 'role/administrator' },
        ...deploymentRoles.map((pattern) => ({ action: 's3:DeleteBucket', resource: bucket, principal: role(pattern) })),
        ...PLATFORM.filter((pattern) => pattern !== breakGlassRole).flatMap((pattern) => [
          { action: 's3:DeleteBucketPolicy', resource: bucket, principal: `role/${pattern}` },
          ...(deploymentRoles.includes(pattern) ? [] : SHAPING_NEEDS.map((action) => ({ action, resource: bucket, principal: `role/${pattern}` }))),
        ]),
      ],
      allows: [
        { action: 's3:GetObject', resource: object },
        { action: 's3:PutObject', resource: object, principal: 'cloudtrail.amazonaws.com' },
        { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::shop-uploads' },
        { action: 'kms:Decrypt', resource: key },
        { action: 'kms:PutKeyPolicy', resource: key },
        { action: 's3:DeleteObjectVersion', resource: object, principal: role(breakGlassRole) },
        { action: 'kms:ScheduleKeyDeletion', resource: key, principal: role(breakGlassRole) },
        ...deploymentRoles.map((pattern) => ({ action: 's3:PutBucketPolicy', resource: bucket, principal: role(pattern) })),
      ],
    },
  });
}
