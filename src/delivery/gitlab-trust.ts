/** A project of GitLab whose jobs have tokens. */
interface ProjectIdentity {
  readonly project: string;
  readonly projectId?: string;
  readonly host?: string;
  readonly audience?: string;
}

/** Conditions of a trust policy. */
interface Conditions { readonly [operator: string]: { readonly [key: string]: string | string[] } }

/** Who reads and who deploys. */
interface GitlabTrust {
  readonly plan: Conditions;
  readonly apply: Conditions;
}

/** Audience of tokens where none is chosen. */
export const GITLAB_AUDIENCE = 'sts.amazonaws.com';

/** Host of GitLab where none is chosen. */
export const GITLAB_HOST = 'gitlab.com';

/** What leaves a project open to others, or does not work; as sentences. */
export function gitlabProblems({ project, projectId, host = GITLAB_HOST, audience = GITLAB_AUDIENCE }: ProjectIdentity): string[] {
  return [
    ...(/^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/.test(project) ? [] : [`"${project}" is no path of one project: expected groups and name, like acme/payments/shop; patterns would let other projects in`]),
    ...(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) ? [] : [`host "${host}": expected a name like gitlab.com, without https://`]),
    ...(host === GITLAB_HOST && projectId === undefined ? ['projectId is missing: the path may be somebody else\'s one day; "glab api projects/:id --jq .id" says it'] : []),
    ...(projectId !== undefined && !/^[0-9]+$/.test(projectId) ? [`projectId is "${projectId}": a number is expected`] : []),
    ...(projectId !== undefined && host !== GITLAB_HOST ? [`AWS compares projectId for gitlab.com alone, and not for ${host}: leave it out`] : []),
    ...(/^[A-Za-z0-9.:/_-]+$/.test(audience) ? [] : [`audience "${audience}": a name is expected, like sts.amazonaws.com`]),
  ];
}

/**
 * Conditions of trust policies on tokens of GitLab's jobs: every branch of the project reads, the protected one deploys. A merge request from a fork has the fork's path in its subject,
 * wherever it runs (lib/gitlab/ci/jwt_v2.rb of https://gitlab.com/gitlab-org/gitlab, read 2026-11-23), so forks are not trusted.
 */
export function gitlabTrust({ project, projectId, host = GITLAB_HOST, audience = GITLAB_AUDIENCE }: ProjectIdentity, branch: string): GitlabTrust {
  const common = { [`${host}:aud`]: audience, ...(projectId !== undefined && { [`${host}:project_id`]: projectId }) };
  const subject = `project_path:${project}:ref_type:branch:ref:`;
  return {
    plan: { StringEquals: common, StringLike: { [`${host}:sub`]: `${subject}*` } },
    apply: { StringEquals: { ...common, [`${host}:sub`]: `${subject}${branch}`, ...(host === GITLAB_HOST && { [`${host}:ref_protected`]: 'true' }) } },
  };
}
