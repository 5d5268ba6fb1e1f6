import { AccountPolicies } from './policy-document';
import { rememberOf } from './remember';

const ID_LENGTH = 12;

/** The account ids that a document names; `patterns` where it could tell ids apart without naming them. */
export const identitiesOf = rememberOf((document: object): readonly string[] | 'patterns' => {
  if (/"Numeric\w+":\{[^{}]*account"/i.test(JSON.stringify(document))) {
    return 'patterns';
  }
  const named: string[] = [];
  for (const text of textsIn(document)) {
    // Digits of an id are matched by a run of digits between two ends of: the text, a wildcard, a colon. A shorter run needs a wildcard to match.
    for (const run of text.match(/(?<![^*?:])\d+(?![^*?:])/g) ?? []) {
      if (run.length === ID_LENGTH) {
        named.push(run);
      } else if (/[*?]/.test(text)) {
        return 'patterns';
      }
    }
  }
  return named;
});

/** Whether a document could treat accounts differently by where they are: by the organization's paths, or by a variable. */
export const tellsUnitsApart = rememberOf((document: object): boolean => /ou-|OrgPaths|\$\{/i.test(JSON.stringify(document)));

/** Whether a document decides alike in every member account, whatever its id and its place. */
export const treatsAccountsAlike = rememberOf((document: object): boolean => {
  const identities = identitiesOf(document);
  return identities !== 'patterns' && identities.length === 0 && !tellsUnitsApart(document);
});

/** Whether all of an account's policies do. */
export const isLikeOthers = rememberOf(({ account, serviceControl, resourceControl, unknown }: AccountPolicies): boolean => (
  !account.isManagement && unknown.length === 0
    && [...serviceControl, ...resourceControl].every(({ policies }) => policies.every(({ document }) => treatsAccountsAlike(document)))
));

/** The id that stands for any account. */
export const ANY_ACCOUNT = '123456789012';

/** The same policies on an account that stands for all that policies do not tell apart: what is found of it is kept, and true of each. */
export const asAnyAccount = rememberOf((policies: AccountPolicies): AccountPolicies => ({
  ...policies, account: { ...policies.account, id: ANY_ACCOUNT }, organizationPath: `${policies.organizationId}/r-any/`,
}));

function* textsIn(json: unknown): Generator<string> {
  if (typeof json === 'string' || typeof json === 'number') {
    yield String(json);
  } else if (typeof json === 'object' && json !== null) {
    for (const value of Object.values(json)) {
      yield* textsIn(value);
    }
  }
}
