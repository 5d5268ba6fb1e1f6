/** AWS CodePipeline that runs a pipeline. */
export interface CodePipelineRunnerOptions {
  /** ARN of the connection to GitHub, GitLab, Bitbucket or another host: `arn:aws:codeconnections:eu-west-1:111122223333:connection/...`. Somebody accepts it in the console once. */
  readonly connectionArn: string;
  /** The repository that deploys, as its host names it: `acme/landing-zone`. */
  readonly repository: string;
  /** Numbers of waves before which somebody approves in CodePipeline: those that production is in. @default - nobody is asked */
  readonly approvalBeforeWaves?: number[];
  /**
   * Why pull requests are compared with what is deployed before anybody has looked at them: `the repository is private and has no forks`. Their code runs with the role that reads, and AWS does not say whether pull
   * requests of forks start pipelines. @default - somebody approves first
   */
  readonly planWithoutApproval?: string;
  /** Builds that share the stacks of a wave. Each deploys eight stacks at one time. @default 1 */
  readonly buildsPerWave?: number;
  /** Name of a bucket that takes the access logs of the buckets of artifacts. @default - access is not logged by S3 */
  readonly accessLogsBucket?: string;
}
