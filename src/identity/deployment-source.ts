import { GithubRepository } from '../delivery/github-runner-options';
import { GITHUB_ISSUER, githubTrust } from '../delivery/github-trust';
import { GITLAB_AUDIENCE, GITLAB_HOST, gitlabProblems, gitlabTrust } from '../delivery/gitlab-trust';
import { InputError } from '../model/input-error';

/** A repository of GitHub that deploys. */
export interface GithubSourceOptions {
  /** The repository, by its name and numbers. */
  readonly repository: GithubRepository;
  /** Environment of GitHub that deploys; limit it to the branch there, and name who approves. */
  readonly environment: string;
  /** Branch that is deployed. @default 'main' */
  readonly branch?: string;
}

/** A project of GitLab that deploys. */
export interface GitlabSourceOptions {
  /** Path of the project with its groups: `acme/payments/shop`. */
  readonly project: string;
  /** Number of the project; needed on gitlab.com, where somebody else may get the path one day. AWS compares it for gitlab.com alone. @default - not compared */
  readonly projectId?: string;
  /** Host of GitLab. @default 'gitlab.com' */
  readonly host?: string;
  /** Branch that is deployed; protect it there. @default 'main' */
  readonly branch?: string;
  /** Audience that the jobs ask for in `id_tokens`. @default 'sts.amazonaws.com' */
  readonly audience?: string;
}

/** Conditions of a trust policy. */
type Conditions = { readonly [operator: string]: { readonly [key: string]: string | string[] } };

/**
 * Whose pipelines deploy, without keys: one repository or project, and of it one branch. Nothing in it can be a pattern, so it cannot be left open.
 *
 * @example
 * DeploymentSource.github({ repository: { name: 'acme/shop', ownerId: '12', repositoryId: '34' }, environment: 'production' });
 */
export class DeploymentSource {
  /** GitHub Actions: pull requests read, the branch in its environment deploys. Fails with all that is wrong. */
  public static github(options: GithubSourceOptions): DeploymentSource {
    const { repository: { name, ownerId, repositoryId }, environment, branch = 'main' } = options;
    refuse(`Repository "${name}"`, [
      ...(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(name) ? [] : [`"${name}" is no name of one repository: expected owner and name, like acme/shop; patterns would let other repositories in`]),
      ...Object.entries({ ownerId, repositoryId }).filter(([, number]) => !/^[0-9]+$/.test(number)).map(([key, number]) => `${key} is "${number}": a number is expected, as "gh api repos/${name}" says it`),
      ...(/^[A-Za-z0-9._-]+$/.test(environment) ? [] : [`environment "${environment}": letters, digits and . _ - are expected, and no pattern`]),
      ...branchProblems(branch),
    ]);
    return new DeploymentSource(name, GITHUB_ISSUER, 'sts.amazonaws.com', githubTrust(options.repository, 'pull_request', {}), githubTrust(options.repository, `environment:${environment}`, {
      environment, ref: `refs/heads/${branch}`,
    }));
  }

  /** GitLab CI: every branch reads, the protected one deploys. Fails with all that is wrong. */
  public static gitlab(options: GitlabSourceOptions): DeploymentSource {
    const { project, host = GITLAB_HOST, branch = 'main', audience = GITLAB_AUDIENCE } = options;
    refuse(`Project "${project}"`, [...gitlabProblems(options), ...branchProblems(branch)]);
    const { plan, apply } = gitlabTrust(options, branch);
    return new DeploymentSource(project, host, audience, plan, apply);
  }

  private constructor(
    /** Repository or project. */
    public readonly name: string,
    /** Issuer of the tokens, without https://. */
    public readonly issuer: string,
    /** Audience of the tokens. */
    public readonly audience: string,
    /** Who reads. @internal */
    public readonly _plan: Conditions,
    /** Who deploys. @internal */
    public readonly _apply: Conditions,
  ) {}
}

/** Branches as Git names them, without the characters that are patterns. */
function branchProblems(branch: string): string[] {
  return /^[A-Za-z0-9][A-Za-z0-9._/#-]*$/.test(branch) ? [] : [`branch "${branch}": the name of one branch is expected, like main; patterns would let other branches deploy`];
}

function refuse(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(`${what} cannot deploy:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
}
