/** GitLab CI that runs a pipeline. */
export interface GitlabRunnerOptions {
  /** Path of the project with its groups: `acme/platform/landing-zone`. */
  readonly project: string;
  /** Number of the project; needed on gitlab.com, where somebody else may get the path one day. AWS compares it for gitlab.com alone. @default - not compared */
  readonly projectId?: string;
  /** Host of GitLab. @default 'gitlab.com' */
  readonly host?: string;
  /** Audience of the jobs' tokens, as the identity provider has it. @default 'sts.amazonaws.com' */
  readonly audience?: string;
  /** ARN of the identity provider of the host, where the account has it already; there can be one. @default - it is made */
  readonly identityProviderArn?: string;
  /** Environment of GitLab that deploys; protect it, and name who approves. @default 'landing-zone' */
  readonly environment?: string;
  /** Image of the jobs, with Node.js and Git; name it by its digest to pin it. @default - `node:` and the version of Node.js */
  readonly image?: string;
  /** Tags of the runners that take the jobs. @default - any runner */
  readonly runnerTags?: string[];
  /** Jobs that share the stacks of a wave: 1 to 200. Each deploys eight stacks at one time. @default 1 */
  readonly jobsPerWave?: number;
  /** Path of the file as it is committed, from the root of the repository: synthesis fails while it is another one. @default - not compared, and `.gitlab-ci.yml` */
  readonly workflowFile?: string;
}
