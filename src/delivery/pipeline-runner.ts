import { Construct } from 'constructs';
import { BoundPipeline } from './bound-pipeline';
import { githubDeployment } from './github-deployment';
import { GithubRunnerOptions } from './github-runner-options';
import { gitlabDeployment } from './gitlab-deployment';
import { GitlabRunnerOptions } from './gitlab-runner-options';
import { PipelineOptions } from './pipeline-options';

/** What runs a pipeline. All run the same commands in the same order. */
export class PipelineRunner {
  /** GitHub Actions: synthesis writes the workflow to `cdk.out/landing-zone.github.yml`; commit it as `.github/workflows/landing-zone.yml`. */
  public static github(options: GithubRunnerOptions): PipelineRunner {
    return new PipelineRunner((scope, pipeline) => githubDeployment(scope, pipeline, options));
  }

  /** GitLab CI: synthesis writes the jobs to `cdk.out/landing-zone.gitlab-ci.yml`; commit it as `.gitlab-ci.yml`, or include it there and name it as `workflowFile`. */
  public static gitlab(options: GitlabRunnerOptions): PipelineRunner {
    return new PipelineRunner((scope, pipeline) => gitlabDeployment(scope, pipeline, options));
  }

  private constructor(
    /** Makes roles and what runs them. @internal */
    public readonly _bind: (scope: Construct, options: PipelineOptions) => BoundPipeline,
  ) {}
}
