import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Construct } from 'constructs';
import { archiveEvents, DataEvents } from './data-events';
import { LogArchive } from './log-archive';
import { LogPurpose } from './log-purpose';
import { InputError } from '../model/input-error';

/** What can be chosen of the organization trail. */
export interface OrganizationTrailOptions {
  /** Data events that it records beside all management events. @default - of the log archive's objects alone: who reads logs, and who tries to delete them */
  readonly dataEvents?: DataEvents[];
  /** Whether CloudTrail Insights looks for unusual rates of calls and of errors; AWS bills by the event that is looked at. @default true */
  readonly insights?: boolean;
}

/** Properties of the organization trail. */
export interface OrganizationTrailProps extends OrganizationTrailOptions {
  /** Where it writes: the archive of the home Region, which says the trail's name. */
  readonly archive: LogArchive;
}

/**
 * Who did what, in all accounts and Regions: the organization's trail, with log files that can be validated, encrypted with the archive's key.
 *
 * Goes into a stack of the management account in the Region that `trailArn` of the archive names; the organization must trust `cloudtrail.amazonaws.com`. Accounts see the trail and cannot change
 * it; `LZ.TRAIL.1` keeps it from the rest.
 *
 * @example
 * declare const archive: LogArchive;
 * new OrganizationTrail(stack, 'Trail', { archive, dataEvents: [DataEvents.objects({ writesOnly: true })] });
 */
export class OrganizationTrail extends Construct {
  /** ARN of the trail. */
  public readonly trailArn: string;

  public constructor(scope: Construct, id: string, props: OrganizationTrailProps) {
    super(scope, id);
    const { archive, dataEvents = [], insights = true } = props;
    this.trailArn = archive.trailArn;
    this.check(dataEvents);
    const own = archive.bucketArnPrefixes;
    const trail = new CfnTrail(this, 'Resource', {
      trailName: this.trailArn.split('/').at(-1)!,
      isOrganizationTrail: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      isLogging: true,
      enableLogFileValidation: true,
      s3BucketName: archive.bucketName(LogPurpose.TRAIL),
      kmsKeyId: archive.keyAliasArn,
      advancedEventSelectors: [
        { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        archiveEvents(own),
        ...dataEvents.map((events) => events._selector(own)),
      ],
      ...(insights ? { insightSelectors: ['ApiCallRateInsight', 'ApiErrorRateInsight'].map((insightType) => ({ insightType })) } : {}),
    });
    trail.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(trail).acknowledge({
      id: 'NIST.800.53.R5::NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled', reason: 'Events are kept in the log archive; what must be told at once goes by EventBridge, which gets them without CloudWatch Logs.',
    });
  }

  private check(dataEvents: DataEvents[]): void {
    const { account, region } = Stack.of(this);
    const [, , , trailRegion, owner] = this.trailArn.split(':');
    const types = dataEvents.map(({ resourceType }) => resourceType);
    const problems = [
      ...(account === owner && region === trailRegion ? [] : [`it is in account ${account}, ${region}, and the archive lets ${this.trailArn} write: put it into a stack of account ${owner}, ${trailRegion}`]),
      ...[...new Set(types.filter((type, at) => types.indexOf(type) !== at))].map((type) => `data events of ${type} are named twice: say all in one`),
    ];
    if (problems.length > 0) throw new InputError(`OrganizationTrail ${this.node.path}: ${problems.join('; ')}`);
  }
}
