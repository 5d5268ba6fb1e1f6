/** A way in that a trust policy leaves open to tokens of others. */
export interface OpenTrust {
  /** What is open, in words. */
  readonly problem: string;
  /** Subject of a token that gets in. @default - any subject */
  readonly example?: string;
  /** What to write instead. */
  readonly instead: string;
}

/** Whose tokens a pattern of a subject is about, once it has this form. */
interface SubjectForm {
  /** The beginning of subjects of this form. */
  readonly begins: string;
  /** It names one repository, project, workspace or account, whatever wildcards follow. */
  readonly named: RegExp;
  /** A complete subject. */
  readonly whole: RegExp;
  readonly instead: string;
  /** Texts for a wildcard to stand for, in the hope that they lead elsewhere. */
  readonly elsewhere: readonly string[];
}

const GITHUB = 'token.actions.githubusercontent.com';

const BRANCH = ':ref:refs/heads/main';
const GITLAB_BRANCH = ':ref_type:branch:ref:main';

/**
 * Forms of subjects: https://docs.github.com/en/actions/reference/security/oidc and https://docs.gitlab.com/ci/cloud_services/aws (read 2026-11-23); those of Terraform's cloud and of
 * EKS as trust policies in public repositories have them.
 */
const FORMS: readonly SubjectForm[] = [
  {
    begins: 'repo:',
    named: /^repo:[^*?:/]+\/[^*?:/]+:/,
    whole: /^repo:[^*?:/]+\/[^*?:/]+:.+$/,
    instead: 'repo:OWNER/REPOSITORY:ref:refs/heads/main or repo:OWNER/REPOSITORY:environment:NAME, with owner and repository spelt out',
    elsewhere: ['another', '-another', 'intruder/another'].flatMap((name) => [name, `${name}${BRANCH}`]).concat(`repo:intruder/another${BRANCH}`, `intruder/another${BRANCH}`),
  },
  {
    begins: 'project_path:',
    named: /^project_path:[^*?:/]+\/[^*?:]+:/,
    whole: /^project_path:[^*?:/]+\/[^*?:]+:.+$/,
    instead: 'project_path:GROUP/PROJECT:ref_type:branch:ref:main, with group and project spelt out',
    elsewhere: ['another', '-another', 'intruder/another'].flatMap((name) => [name, `${name}${GITLAB_BRANCH}`]).concat(`project_path:intruder/another${GITLAB_BRANCH}`),
  },
  {
    begins: 'organization:',
    named: /^organization:[^*?:]+:project:[^*?:]+:workspace:[^*?:]+:/,
    whole: /^organization:[^*?:]+:project:[^*?:]+:workspace:[^*?:]+:run_phase:(plan|apply)$/,
    instead: 'organization:NAME:project:NAME:workspace:NAME:run_phase:apply, with all names spelt out',
    elsewhere: ['another', '-another', 'another:workspace:another:run_phase:apply', 'another:run_phase:apply', 'another:project:another:workspace:another:run_phase:apply'],
  },
  {
    begins: 'system:serviceaccount:',
    named: /^system:serviceaccount:[^*?:]+:/,
    whole: /^system:serviceaccount:[^*?:]+:[^*?:]+$/,
    instead: 'system:serviceaccount:NAMESPACE:NAME, with the namespace spelt out',
    elsewhere: ['another', '-another', 'another:another', '-another:another'],
  },
];

/** Claims that name one repository or project by themselves. */
const NAMING_CLAIMS: { readonly [claim: string]: RegExp } = {
  repository: /^[^*?/]+\/[^*?/]+$/, repository_id: /^[0-9]+$/, project_id: /^[0-9]+$/, project_path: /^[^*?/]+\/[^*?]+$/,
};

/** Their tokens are for an application that `aud` names, and whose users sign in by themselves; trust for people, and not for machines. */
const FOR_PEOPLE = ['accounts.google.com', 'cognito-identity.amazonaws.com', 'graph.facebook.com', 'www.amazon.com'];

/** A positive test that a missing claim does not pass. */
const POSITIVE = /^(ForAnyValue:)?String(Equals|EqualsIgnoreCase|Like)$/i;

/**
 * Where a trust policy lets web identities (OpenID Connect) in whose repository, project, workspace or namespace it does not name; empty when every way in names them.
 *
 * It is sound: a policy without findings lets in what its subjects name and nothing else. Values that are not texts, as those of CloudFormation known at deployment only, name nobody.
 *
 * @param document the policy, with intrinsic functions of CloudFormation or without
 */
export function openTrust(document: any): OpenTrust[] {
  const statements: any[] = [document?.Statement ?? []].flat();
  return statements.filter(isForMachines).flatMap((statement) => {
    const tests = testsOf(statement.Condition);
    if (tests.some(({ values, claim }) => claim !== undefined && values.every((value) => names(claim, value)))) return [];
    const subjects = tests.filter(({ claim }) => claim?.name === 'sub');
    if (subjects.length === 0) return [noSubject(statement)];
    return subjects.flatMap(({ claim, values }) => values.filter((value) => !names(claim!, value)).map((value) => openSubject(claim!.issuer, value)));
  });
}

interface Claim {
  readonly issuer: string;
  readonly name: string;
}

interface ClaimTest {
  readonly claim?: Claim;
  readonly values: readonly unknown[];
}

function isForMachines({ Effect, Action, Principal }: any): boolean {
  const actions = [Action ?? []].flat().map(String);
  const assumes = actions.some((action) => new RegExp(`^${action.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test('sts:assumerolewithwebidentity'));
  const federated: unknown[] = [Principal?.Federated ?? []].flat();
  return Effect === 'Allow' && assumes && federated.some((one) => typeof one !== 'string' || (!FOR_PEOPLE.includes(one) && !one.includes(':saml-provider/')));
}

function testsOf(condition: any): ClaimTest[] {
  return Object.entries<any>(condition ?? {}).filter(([operator]) => POSITIVE.test(operator)).flatMap(([, keys]) => Object.entries<any>(isIntrinsic(keys) ? {} : keys ?? {})
    .map(([key, value]) => ({ claim: claimOf(key), values: [value].flat() as unknown[] })));
}

function isIntrinsic(value: any): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && /^(Ref|Fn::.+)$/.test(keys[0]!);
}

/** `ISSUER:CLAIM`; an issuer may have a path. */
function claimOf(key: string): Claim | undefined {
  const at = key.lastIndexOf(':');
  return at <= 0 || key.startsWith('aws:') || key.startsWith('sts:') ? undefined : { issuer: key.slice(0, at).toLowerCase(), name: key.slice(at + 1).toLowerCase() };
}

function names({ issuer, name }: Claim, value: unknown): boolean {
  if (typeof value !== 'string' || value.includes('${')) return false;
  if (name !== 'sub') return NAMING_CLAIMS[name]?.test(value) ?? false;
  if (/(^|:)(repository_id|project_id):[0-9]+(:|$)/.test(value.split(/[*?]/)[0]!)) return true;
  const form = formOf(issuer, value);
  return form ? form.named.test(value) : !/[*?]/.test(value);
}

/** By the issuer, where it has one form, else by the beginning of the subject, as far as it is spelt out. */
function formOf(issuer: string, value: string): SubjectForm | undefined {
  const spelt = value.split(/[*?]/)[0]!;
  return formOfIssuer(issuer) ?? FORMS.find(({ begins }) => spelt !== '' && (spelt.startsWith(begins) || begins.startsWith(spelt)));
}

function formOfIssuer(issuer: string): SubjectForm | undefined {
  return issuer.startsWith(GITHUB) ? FORMS[0] : /^gitlab\./.test(issuer) ? FORMS[1] : undefined;
}

function openSubject(issuer: string, value: unknown): OpenTrust {
  if (typeof value !== 'string') return { problem: `the subject ${JSON.stringify(value)} is known at deployment only`, instead: 'the subject as a text' };
  const form = formOf(issuer, value);
  if (!form) return { problem: `the subject "${value}" has a wildcard, and any token of ${issuer} that matches it gets in`, instead: 'the whole subject, without * and ?' };
  const example = form.elsewhere.map((text) => value.replace('*', text).replace(/\*/g, '').replace(/\?/g, 'x')).find((subject) => form.whole.test(subject) && subject !== value);
  return {
    problem: /[*?]/.test(value) ? `the subject "${value}" lets others in` : `the subject "${value}" names none that ${issuer} has`, ...(example !== undefined && { example }), instead: form.instead,
  };
}

function noSubject({ Condition, Principal }: any): OpenTrust {
  const operators = Object.keys(Condition ?? {});
  const weak = operators.filter((operator) => !POSITIVE.test(operator) && Object.keys(Condition[operator] ?? {}).some((key) => claimOf(key)?.name === 'sub'));
  const why = weak.length > 0 ? `the subject is tested by ${weak.join(', ')} alone, which leaves all but a few in`
    : operators.some((operator) => isIntrinsic(Condition[operator])) ? 'the conditions are known at deployment only' : 'no condition tests the subject';
  const federated = [Principal.Federated].flat()[0];
  const whose = typeof federated === 'string' ? federated.replace(/^.*oidc-provider\//, '') : 'the identity provider';
  const form = formOfIssuer(whose);
  return { problem: `${why}: any token of ${whose} gets in`, instead: `StringEquals on ${whose === 'the identity provider' ? 'ISSUER' : whose}:sub${form ? `: ${form.instead}` : ', with the whole subject'}` };
}
