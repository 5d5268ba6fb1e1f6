/** Claims of GitHub that AWS compares (service authorization reference of AWS STS, read 2026-11-23). */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

/** A repository by its name and its numbers. */
interface RepositoryIdentity {
  readonly name: string;
  readonly ownerId: string;
  readonly repositoryId: string;
}

/**
 * Conditions of a trust policy on tokens of GitHub Actions. Numbers say which repository it is, whoever may get its name one day. The subject has numbers too in repositories that were
 * made after June 18, 2026, in a form that GitHub's announcement (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens, read 2026-11-23) and
 * tokens in use write differently: all are taken.
 *
 * @param subject what follows the repository in the subject: `pull_request`, `environment:prod`
 * @param claims further claims and their one value
 */
export function githubTrust(
  { name, ownerId, repositoryId }: RepositoryIdentity, subject: string, claims: { readonly [claim: string]: string },
): { readonly StringEquals: { readonly [key: string]: string | string[] } } {
  const [owner, repository] = name.split('/');
  const of = (claim: string) => `${GITHUB_ISSUER}:${claim}`;
  return {
    StringEquals: {
      [of('aud')]: 'sts.amazonaws.com',
      [of('sub')]: [`repo:${name}:${subject}`, ...['@', '-'].map((sign) => `repo:${owner}${sign}${ownerId}/${repository}${sign}${repositoryId}:${subject}`)],
      [of('repository_id')]: repositoryId,
      [of('repository_owner_id')]: ownerId,
      ...Object.fromEntries(Object.entries(claims).map(([claim, value]) => [of(claim), value])),
    },
  };
}
