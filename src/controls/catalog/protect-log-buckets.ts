import { Control } from '../control';
import { PlatformNamesOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const BUCKET = 'arn:aws:s3:::aws-controltower-logs-111122223333-eu-west-1';

/** LZ.LOGS.3. */
export function protectLogBuckets(options: PlatformNamesOptions = {}): Control {
  return new Control({
    id: 'LZ.LOGS.3',
    title: 'Log buckets of the platform are kept as they are',
    description: 'The log archive is the last copy of what happened. Nobody but the platform deletes its buckets and objects, or changes their policy, access, versions, lock, lifecycle, '
      + 'encryption, replication or logging; nobody shortens the retention of an object or bypasses governance. Services go on to deliver, and reading is left to the bucket policies. '
      + 'Buckets are told by the start of their name, by default aws-controltower, aws-accelerator and landing-zone; see that no team\'s bucket has it.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('3.4'),
      Framework.NIST_800_53.maps('AU-9', 'AU-9(2)', 'AU-11', 'CP-6(2)'),
      Framework.PCI_DSS.maps('10.3.2', '10.3.4', '10.5.1'),
      Framework.ISO_27001.maps('A.5.33', 'A.8.15'),
      Framework.SOC_2.maps('CC6.1', 'CC7.2'),
    ],
    controlTower: [
      'AWS-GR_AUDIT_BUCKET_DELETION_PROHIBITED', 'AWS-GR_CT_AUDIT_BUCKET_ENCRYPTION_CHANGES_PROHIBITED',
      'AWS-GR_CT_AUDIT_BUCKET_LIFECYCLE_CONFIGURATION_CHANGES_PROHIBITED', 'AWS-GR_CT_AUDIT_BUCKET_LOGGING_CONFIGURATION_CHANGES_PROHIBITED',
      'AWS-GR_CT_AUDIT_BUCKET_POLICY_CHANGES_PROHIBITED', 'CT.S3.PV.7', 'CT.S3.PV.8',
    ],
    sources: [
      'https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html (names of its buckets, read 2026-11-22)',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html (governance, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html (NIST 800-53 and PCI DSS mapping of S3.15, read 2026-11-22)',
      'CIS, AU-9, AU-11, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        's3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutBucketAcl', 's3:PutBucketLogging',
        's3:PutBucketObjectLockConfiguration', 's3:PutBucketOwnershipControls', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutReplicationConfiguration',
      ],
      // A pattern that ends in * means the objects too.
      resources: platformResources('arn:*:s3:::', options),
    })],
    detective: [
      DetectiveMechanism.configRule('S3_BUCKET_DEFAULT_LOCK_ENABLED'),
      DetectiveMechanism.securityHub('S3.15'),
    ],
    proof: {
      denies: options.namePrefixes ? options.namePrefixes.map((prefix) => ({ action: 's3:DeleteBucket', resource: `arn:aws:s3:::${prefix}-logs` })) : [
        { action: 's3:DeleteBucket', resource: BUCKET },
        { action: 's3:PutLifecycleConfiguration', resource: BUCKET },
        { action: 's3:PutBucketPolicy', resource: BUCKET, principal: 'root' },
        { action: 's3:DeleteObject', resource: `${BUCKET}/o-example123/AWSLogs/one.json.gz` },
        { action: 's3:BypassGovernanceRetention', resource: `${BUCKET}/o-example123/AWSLogs/one.json.gz` },
        { action: 's3:DeleteBucket', resource: 'arn:aws:s3:::landing-zone-logs' },
      ],
      allows: [
        { action: 's3:DeleteBucket', resource: 'arn:aws:s3:::shop-uploads' },
        { action: 's3:GetObject', resource: `${BUCKET}/o-example123/AWSLogs/one.json.gz` },
        { action: 's3:PutObject', resource: `${BUCKET}/o-example123/AWSLogs/one.json.gz`, principal: 'cloudtrail.amazonaws.com' },
        { action: 's3:PutLifecycleConfiguration', resource: BUCKET, principal: PLATFORM_ROLE },
      ],
    },
  });
}
