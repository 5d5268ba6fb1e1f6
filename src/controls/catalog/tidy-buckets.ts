import { Duration } from 'aws-cdk-lib';
import { BucketProps, StorageClass } from 'aws-cdk-lib/aws-s3';
import { BlockBucket } from '../bucket-defaults';
import { Control } from '../control';
import { Framework } from '../framework';
import { DefaultMechanism, DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateRule, within } from '../template-rule';

/** LZ.S3.3. */
export function tidyBuckets(): Control {
  return new Control({
    id: 'LZ.S3.3',
    title: 'Buckets clear up after uploads that failed',
    description: 'Parts of an upload that never finished are paid for and are in no listing. A rule of the bucket takes them away. A new bucket has it, and moves what is a month old to Intelligent-Tiering, '
      + 'which looks for the cheaper tier itself; objects below 128 KB stay where they are. Rules of your own replace both.',
    severity: Severity.LOW,
    frameworks: [
      Framework.NIST_800_53.maps('SI-12'),
      Framework.ISO_27001.maps('A.8.6', 'A.8.10'),
      Framework.SOC_2.maps('CC6.5'),
    ],
    controlTower: ['CT.S3.PR.6'],
    sources: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html (read 2026-11-23)',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html (objects below 128 KB, read 2026-11-23)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    defaults: [DefaultMechanism.propertyInjector('A new s3.Bucket takes away unfinished uploads after a week, tiers what is a month old and, as LZ.S3.1 wants, blocks all public access', new ClearUp())],
    proactive: [ProactiveMechanism.nagRule('A bucket takes away uploads that were not finished', new TemplateRule({
      'AWS::S3::Bucket': ({ LifecycleConfiguration: configuration }) => (hasReadableGap(configuration) ? ['LifecycleConfiguration has no enabled rule for the whole bucket with AbortIncompleteMultipartUpload']
        : within('LifecycleConfiguration', configuration, ({ Rules }) => within('LifecycleConfiguration.Rules', Rules, () => []))),
    }))],
    detective: [DetectiveMechanism.configRule('S3_LIFECYCLE_POLICY_CHECK'), DetectiveMechanism.securityHub('S3.13')],
  });
}

/** Whether no rule aborts uploads of the whole bucket; a rule that cannot be read may. */
function hasReadableGap(configuration: any): boolean {
  const rules = configuration?.Rules ?? (configuration === undefined || configuration?.Ref === 'AWS::NoValue' ? [] : undefined);
  return Array.isArray(rules) && !rules.some((rule) => rule?.Status === 'Enabled' && rule.AbortIncompleteMultipartUpload !== undefined && isWhole(rule));
}

function isWhole({ Prefix: prefix, TagFilters: tags, ObjectSizeGreaterThan: above, ObjectSizeLessThan: below }: any): boolean {
  return (prefix === undefined || prefix === '') && (tags === undefined || tags.length === 0) && above === undefined && below === undefined;
}

/** Clears up where the author has not chosen rules, and blocks public access like the injector that it takes the place of. */
class ClearUp extends BlockBucket {
  public inject(originalProps: any): any {
    const props: BucketProps = super.inject(originalProps);
    const tidy = {
      id: 'Tidy', abortIncompleteMultipartUploadAfter: Duration.days(7), transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) }],
    };
    return { ...props, lifecycleRules: props.lifecycleRules ?? [tidy] };
  }
}
