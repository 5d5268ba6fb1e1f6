import { Construct } from 'constructs';
import { githubDeployment } from './github-deployment';
import { GithubRunnerOptions } from './github-runner-options';
import { PipelineOptions } from './pipeline-options';

/** Properties of a pipeline of GitHub Actions. */
export interface GithubPipelineProps extends PipelineOptions, GithubRunnerOptions {}

/**
 * Deploys the landing zone by GitHub Actions, without keys: a role that reads, for pull requests, and one that deploys, for the branch and its environment alone. Both only pass on to
 * the roles of the CDK bootstrap stacks in the accounts of the organization. The same as `DeploymentPipeline` with `PipelineRunner.github`.
 *
 * Synthesis writes the workflow to `cdk.out/landing-zone.github.yml`; commit it as `.github/workflows/landing-zone.yml`.
 *
 * @example
 * new GithubPipeline(stack, 'Pipeline', {
 *   organizationId: 'o-abcdefghij',
 *   repository: { name: 'acme/landing-zone', ownerId: '123456', repositoryId: '456789' },
 * });
 */
export class GithubPipeline extends Construct {
  /** ARN of the role that reads. */
  public readonly planRoleArn: string;
  /** ARN of the role that deploys. */
  public readonly applyRoleArn: string;
  /** Text of the workflow. */
  public readonly workflow: string;

  public constructor(scope: Construct, id: string, props: GithubPipelineProps) {
    super(scope, id);
    const { planRoleArn, applyRoleArn, workflow } = githubDeployment(this, props, props);
    this.planRoleArn = planRoleArn;
    this.applyRoleArn = applyRoleArn;
    this.workflow = workflow!;
  }
}
