import { Construct } from 'constructs';
import { PipelineOptions } from './pipeline-options';
import { PipelineRunner } from './pipeline-runner';

/** Properties of a pipeline. */
export interface DeploymentPipelineProps extends PipelineOptions {
  /** What runs it. */
  readonly runner: PipelineRunner;
}

/**
 * How the landing zone is checked and deployed: a change is synthesized, checked, and compared with its base without credentials, and with what is deployed by a role that reads; the branch
 * is checked and deployed wave after wave by another role, with the assembly that was checked. Both roles only become roles of the CDK bootstrap stacks, in accounts of the organization.
 *
 * The runner can be another one day: what it runs is the same.
 *
 * @example
 * new DeploymentPipeline(stack, 'Pipeline', {
 *   organizationId: 'o-abcdefghij',
 *   runner: PipelineRunner.gitlab({ project: 'acme/landing-zone', projectId: '1234', workflowFile: '.gitlab-ci.yml' }),
 * });
 */
export class DeploymentPipeline extends Construct {
  /** ARN of the role that reads. */
  public readonly planRoleArn: string;
  /** ARN of the role that deploys. */
  public readonly applyRoleArn: string;
  /** Text of the file that the runner reads from the repository. @default - it reads none */
  public readonly workflow?: string;

  /** Fails with all that is wrong. */
  public constructor(scope: Construct, id: string, props: DeploymentPipelineProps) {
    super(scope, id);
    const { planRoleArn, applyRoleArn, workflow } = props.runner._bind(this, props);
    this.planRoleArn = planRoleArn;
    this.applyRoleArn = applyRoleArn;
    this.workflow = workflow;
  }
}
