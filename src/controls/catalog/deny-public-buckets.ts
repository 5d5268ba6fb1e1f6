import { BlockBucket } from '../bucket-defaults';
import { Control } from '../control';
import { Framework } from '../framework';
import { DefaultMechanism, DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.S3.1. */
export function denyPublicBuckets(): Control {
  return new Control({
    id: 'LZ.S3.1',
    title: 'No S3 bucket is public',
    description: 'All four settings of S3 Block Public Access hold for every bucket of every account, by an S3 policy of the organization, which overrides what an account sets. '
      + 'The account\'s own setting cannot be changed either, so the buckets stay private should the S3 policy be detached. '
      + 'Publish a website through CloudFront with origin access control.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('2.1.4'),
      Framework.NIST_800_53.maps('AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'AC-21', 'SC-7'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.3', 'A.8.12'),
      Framework.SOC_2.maps('CC6.1', 'CC6.6'),
    ],
    controlTower: [
      'AWS-GR_S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC', 'AWS-GR_S3_BUCKET_PUBLIC_READ_PROHIBITED', 'AWS-GR_S3_BUCKET_PUBLIC_WRITE_PROHIBITED', 'CT.S3.PR.1',
    ],
    sources: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html (CIS, NIST 800-53 and PCI DSS mapping of S3.1 and S3.8, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      PreventiveMechanism.serviceControl({ actions: ['s3:PutAccountPublicAccessBlock'] }),
      PreventiveMechanism.managementPolicy('S3_POLICY', { s3_attributes: { public_access_block_configuration: { '@@assign': 'all' } } }),
    ],
    defaults: [DefaultMechanism.propertyInjector('A new s3.Bucket blocks all public access', new BlockBucket())],
    proactive: [ProactiveMechanism.nagRule('A bucket blocks all public access', new TemplateRule({
      'AWS::S3::Bucket': (bucket) => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
        .flatMap((setting) => mustBe(true, `PublicAccessBlockConfiguration.${setting}`, bucket.PublicAccessBlockConfiguration?.[setting])),
    }))],
    detective: [
      DetectiveMechanism.configRule('S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC'),
      DetectiveMechanism.configRule('S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'),
      DetectiveMechanism.securityHub('S3.1'),
      DetectiveMechanism.securityHub('S3.8'),
    ],
    proof: {
      denies: [
        { action: 's3:PutAccountPublicAccessBlock' },
        { action: 's3:PutAccountPublicAccessBlock', principal: 'root' },
      ],
      allows: [
        { action: 's3:GetAccountPublicAccessBlock' },
        { action: 's3:PutBucketPublicAccessBlock' },
        { action: 's3:CreateBucket' },
        { action: 's3:PutAccountPublicAccessBlock', principal: PLATFORM_ROLE },
      ],
    },
  });
}
