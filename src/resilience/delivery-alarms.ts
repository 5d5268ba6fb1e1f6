import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { ServiceHealth } from './service-health';
import { DeploymentPipeline } from '../delivery/deployment-pipeline';
import { InputError } from '../model/input-error';

/** Properties of what watches deployments. */
export interface DeliveryAlarmsProps {
  /** Pipeline that CodePipeline runs, in the same stack. */
  readonly pipeline: DeploymentPipeline;
  /** Address of what to do when an alarm goes off. */
  readonly runbook: string;
  /** Begins names of alarms, unique in the account and Region. @default 'platform-delivery' */
  readonly serviceName?: string;
  /** Who is told. @default AlarmRouting.byLandingZone() */
  readonly routing?: AlarmRouting;
}

/**
 * Somebody hears, as a ticket, when a deployment of the landing zone failed. No objective: CodePipeline counts what failed and not what succeeded, and of a few deployments a day each failure would be a fast burn.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/metrics-dimensions.html (read 2026-11-23). Fails where another runner deploys: it has no metrics in CloudWatch.
 *
 * @example
 * declare const pipeline: DeploymentPipeline;
 * new DeliveryAlarms(Stack.of(pipeline), 'DeliveryAlarms', { pipeline, runbook: 'https://runbooks.acme.example/delivery' });
 */
export class DeliveryAlarms extends Construct {
  /** Whether CodePipeline runs it. @internal */
  public static _canWatch(pipeline: DeploymentPipeline): boolean {
    return deployingPipeline(pipeline) !== undefined;
  }

  /** Alarms and their dashboard. */
  public readonly health: ServiceHealth;

  public constructor(scope: Construct, id: string, { pipeline, runbook, serviceName = 'platform-delivery', routing }: DeliveryAlarmsProps) {
    super(scope, id);
    const deploying = deployingPipeline(pipeline);
    if (!deploying) throw new InputError(`DeliveryAlarms ${this.node.path}: ${pipeline.node.path} is not run by CodePipeline, and its runner has no metrics in CloudWatch. Let the runner tell of failures.`);
    this.health = new ServiceHealth(this, 'Health', { serviceName, runbook, routing });
    const metric = (metricName: string, statistic: string) => new Metric({ namespace: 'AWS/CodePipeline', metricName, dimensionsMap: { PipelineName: deploying.ref }, statistic, period: Duration.minutes(5) });
    this.health.addAlarm('Failed', { meaning: 'A deployment of the landing zone failed', metric: metric('FailedPipelineExecutions', 'Sum'), threshold: 0 });
    this.health.addGraph('Duration of deployments in seconds', [metric('PipelineDuration', 'Maximum')]);
  }
}

/** The one of the branch; the other looks at pull requests, whose failures are their authors'. */
function deployingPipeline(pipeline: DeploymentPipeline): CfnPipeline | undefined {
  const child = pipeline.node.tryFindChild('Pipeline');
  return child instanceof CfnPipeline ? child : undefined;
}
