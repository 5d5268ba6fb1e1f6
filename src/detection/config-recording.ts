import { Fn, CfnCondition } from 'aws-cdk-lib';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { BaselineStack, IBaselineContent } from '../delivery/baseline-content';
import { LogArchive } from '../logging/log-archive';
import { LogPurpose } from '../logging/log-purpose';
import { InputError } from '../model/input-error';

/** What AWS Config records. */
export interface ConfigRecordingOptions {
  /** Types of resources that are not recorded: `AWS::EC2::NetworkInterface`. @default - none; all types that AWS Config supports are recorded */
  readonly exceptResourceTypes?: string[];
  /** Whether a resource is looked at once a day, and not at each change: it costs less, and rules on changes know of them a day later. @default false */
  readonly daily?: boolean;
}

/**
 * AWS Config in an account and Region, as the content of a baseline: a recorder of all types of resources, global ones in the home Region alone, and delivery to the log archive.
 *
 * It works as the service-linked role of AWS Config, which accounts have once the organization trusts `config.amazonaws.com` (AWS Organizations User Guide, "AWS Config and AWS Organizations",
 * read 2026-11-23); AWS Config then writes to the archive as itself.
 */
export class ConfigRecording implements IBaselineContent {
  private readonly bucket: string;

  /** Records to an archive, which is in the home Region. Fails where types are not of CloudFormation's form. */
  public constructor(private readonly archive: LogArchive, private readonly options: ConfigRecordingOptions = {}) {
    this.bucket = archive.bucketName(LogPurpose.CONFIG);
    const wrong = (options.exceptResourceTypes ?? []).filter((type) => !/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type));
    if (wrong.length > 0) throw new InputError(`exceptResourceTypes names ${wrong.map((type) => `"${type}"`).join(', ')}: types of resources are expected, like AWS::EC2::NetworkInterface`);
  }

  public define(stack: BaselineStack): void {
    const { exceptResourceTypes = [], daily = false } = this.options;
    const isHome = new CfnCondition(stack, 'IsHomeRegion', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), this.archive.region) });
    // Neither waits for the other: CloudFormation starts the recorder once there is a channel, and makes the channel once there is a recorder.
    new CfnConfigurationRecorder(stack, 'Recorder', {
      name: 'default',
      roleArn: `arn:${stack.partition}:iam::${stack.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: exceptResourceTypes.length === 0
        ? { allSupported: true, includeGlobalResourceTypes: Fn.conditionIf(isHome.logicalId, true, false) }
        : { exclusionByResourceTypes: { resourceTypes: Fn.conditionIf(isHome.logicalId, exceptResourceTypes, [...new Set([...exceptResourceTypes, ...GLOBAL_TYPES])]) as any }, recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } },
      recordingMode: { recordingFrequency: daily ? 'DAILY' : 'CONTINUOUS' },
    });
    new CfnDeliveryChannel(stack, 'DeliveryChannel', {
      name: 'default',
      s3BucketName: this.bucket,
      s3KmsKeyArn: this.archive.keyAliasArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
  }
}

/** What `includeGlobalResourceTypes` is about: the global types of IAM (AWS Config API Reference, RecordingGroup, read 2026-11-23). */
const GLOBAL_TYPES = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'];
