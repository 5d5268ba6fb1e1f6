/** A repository, by its name and by the numbers that stay when it is renamed. */
export interface GithubRepository {
  /** `acme/landing-zone`. */
  readonly name: string;
  /** Number of the owner: `gh api repos/acme/landing-zone --jq .owner.id`. */
  readonly ownerId: string;
  /** Number of the repository: `gh api repos/acme/landing-zone --jq .id`. */
  readonly repositoryId: string;
}

/** GitHub Actions that run a pipeline. */
export interface GithubRunnerOptions {
  /** The repository that deploys. */
  readonly repository: GithubRepository;
  /** Environment of GitHub that deploys; limit it to the branch, and name who approves. @default 'landing-zone' */
  readonly environment?: string;
  /** ARN of GitHub's identity provider, where the account has it already; there can be one. @default - it is made */
  readonly identityProviderArn?: string;
  /** Path of the workflow as it is committed: synthesis fails while it is another one. @default - not compared */
  readonly workflowFile?: string;
}
