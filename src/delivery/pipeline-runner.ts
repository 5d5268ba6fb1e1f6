import { Construct } from 'constructs';
import { BoundPipeline } from './bound-pipeline';
import { codePipelineDeployment } from './code-pipeline-deployment';
import { CodePipelineRunnerOptions } from './code-pipeline-runner-options';
import { githubDeployment } from './github-deployment';
import { GithubRunnerOptions } from './github-runner-options';
import { gitlabDeployment } from './gitlab-deployment';
import { GitlabRunnerOptions } from './gitlab-runner-options';
import { PipelineOptions } from './pipeline-options';

/**
 * What runs a pipeline. All run the same commands in the same order.
 *
 * @example
 * PipelineRunner.codePipeline({
 *   connectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-3333-4444-555555555555',
 *   repository: 'acme/landing-zone',
 *   approvalBeforeWaves: [3],
 * });
 */
export class PipelineRunner {
  /** GitHub Actions: synthesis writes the workflow to `cdk.out/landing-zone.github.yml`; commit it as `.github/workflows/landing-zone.yml`. */
  public static github(options: GithubRunnerOptions): PipelineRunner {
    return new PipelineRunner((scope, pipeline) => githubDeployment(scope, pipeline, options));
  }

  /** GitLab CI: synthesis writes the jobs to `cdk.out/landing-zone.gitlab-ci.yml`; commit it as `.gitlab-ci.yml`, or include it there and name it as `workflowFile`. */
  public static gitlab(options: GitlabRunnerOptions): PipelineRunner {
    return new PipelineRunner((scope, pipeline) => gitlabDeployment(scope, pipeline, options));
  }

  /**
   * AWS CodePipeline, with builds by CodeBuild in the account of the stack: a pipeline for pull requests and one for the branch. Who may start builds or pass roles there can deploy, so the account is the platform's.
   */
  public static codePipeline(options: CodePipelineRunnerOptions): PipelineRunner {
    return new PipelineRunner((scope, pipeline) => codePipelineDeployment(scope, pipeline, options));
  }

  private constructor(
    /** Makes roles and what runs them. @internal */
    public readonly _bind: (scope: Construct, options: PipelineOptions) => BoundPipeline,
  ) {}
}
