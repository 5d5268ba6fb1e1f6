import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnLink } from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { LogGroupFilter } from './log-group-filter';
import { Telemetry } from './telemetry';
import { sharingProblems } from './telemetry-limits';
import { InputError } from '../model/input-error';

/** Properties of a link. */
export interface TelemetryLinkProps {
  /** ARN of the sink of the same Region. */
  readonly sinkArn: string;
  /** Id of the account that has the sink. It gets no link, as in the template that AWS offers for an organization, so one template serves all accounts. */
  readonly monitoringAccountId: string;
  /** What the account shares: what the sink lets in, or less. More, and AWS makes no link. @default Telemetry.standard() */
  readonly telemetry?: Telemetry[];
  /** Which log groups are shared, where log groups are. @default LogGroupFilter.all() */
  readonly logGroups?: LogGroupFilter;
}

/**
 * Shares metrics, log groups and traces of an account and Region with a monitoring account, where they are seen under the account's name. It ends when it leaves the template.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account-Setup.html (read 2026-11-23)
 *
 * @example
 * new TelemetryLink(stack, 'Link', { sinkArn: 'arn:aws:oam:eu-west-1:333344445555:sink/1f6ab31e-94d0-4e7d-9cd2-1d1f5d0a7e31', monitoringAccountId: '333344445555' });
 */
export class TelemetryLink extends Construct {
  public constructor(scope: Construct, id: string, { sinkArn, monitoringAccountId, telemetry = Telemetry.standard(), logGroups }: TelemetryLinkProps) {
    super(scope, id);
    const problems = sharingProblems(telemetry, logGroups);
    if (problems.length > 0) throw new InputError(`TelemetryLink ${this.node.path}: ${problems.join('; ')}`);
    const filter = logGroups?._expression();
    const link = new CfnLink(this, 'Resource', {
      sinkIdentifier: sinkArn,
      labelTemplate: '$AccountName',
      resourceTypes: telemetry.map(({ resourceType }) => resourceType),
      ...(filter === undefined || filter === '*' ? {} : { linkConfiguration: { logGroupConfiguration: { filter } } }),
    });
    link.cfnOptions.condition = new CfnCondition(this, 'Elsewhere', { expression: Fn.conditionNot(Fn.conditionEquals(Aws.ACCOUNT_ID, monitoringAccountId)) });
  }
}
