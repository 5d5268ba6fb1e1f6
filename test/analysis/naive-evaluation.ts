import { AccountPolicies, ConditionJson, NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';

/** A request of which everything is known. Keys in lower case; no values means absent. */
export interface FullRequest {
  readonly action: string;
  readonly principal: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly keys: { readonly [key: string]: readonly string[] };
  readonly identityPolicies?: readonly NamedPolicy[];
  readonly permissionsBoundary?: NamedPolicy;
  /** With Principals `*`, ARNs of users and roles, and accounts. */
  readonly resourcePolicy?: NamedPolicy;
}

/** How what AWS does not document comes out. */
export interface Undocumented {
  /** Whether a permission boundary limits what the policy of the resource grants to a principal by name. */
  readonly boundaryLimits: boolean;
  /** Whether a policy that names only the account grants to a principal of it without a policy of its own. */
  readonly accountGrants: boolean;
  /** Which of several values counts where a key is tested as one of a single value. */
  readonly counts: 'first' | 'last';
}

const ONE_READING: Undocumented = { boundaryLimits: false, accountGrants: false, counts: 'first' };

/** Services of the tests' actions that resource control policies apply to. */
const RESOURCE_CONTROL = ['s3', 'sqs', 'kms'];

/**
 * The plain two-valued reading of the IAM reference, written apart from the code under test: regular expressions and loops, no sharing.
 * It knows single values and the set operators, and one variable a value.
 */
export function naivelyAllowed(request: FullRequest, account: AccountPolicies, undocumented: Undocumented = ONE_READING): boolean {
  const own = request.principal.split(':')[4] === account.account.id;
  const isServiceLinked = request.principal.includes(':role/aws-service-role/');
  const all = allKeys(request, account);
  const keys = undocumented.counts === 'first' ? all : Object.fromEntries(Object.entries(all).map(([key, values]) => [key, [...values].reverse()]));
  const some = (policies: readonly NamedPolicy[], effect: string, named: (statement: PolicyStatementJson) => boolean): boolean => (
    policies.some(({ document }) => (document.Statement as PolicyStatementJson[]).some((one) => (
      one.Effect === effect && named(one) && statementApplies(one, request, document.Version === '2012-10-17' ? keys : undefined, keys)
    )))
  );
  const denies = (policies: readonly NamedPolicy[]): boolean => some(policies, 'Deny', () => true);
  const allows = (policies: readonly NamedPolicy[]): boolean => some(policies, 'Allow', () => true);
  if (own && !account.account.isManagement && !isServiceLinked) {
    for (const { policies } of account.serviceControl) {
      if (denies(policies) || !allows(policies)) {
        return false;
      }
    }
  }
  if (RESOURCE_CONTROL.includes(request.action.split(':')[0].toLowerCase()) && request.resourceAccount === account.account.id && !account.account.isManagement && !isServiceLinked) {
    for (const { policies } of account.resourceControl) {
      if (denies(policies)) {
        return false;
      }
    }
  }
  const identity = request.identityPolicies ?? [];
  const boundary = request.permissionsBoundary ? [request.permissionsBoundary] : [];
  const resource = request.resourcePolicy ? [request.resourcePolicy] : [];
  if (denies(identity) || denies(boundary) || some(resource, 'Deny', (one) => namesPrincipal(one, request.principal) || namesAccount(one, request.principal))) {
    return false;
  }
  const byIdentity = request.identityPolicies === undefined || allows(identity);
  const byBoundary = request.permissionsBoundary === undefined || allows(boundary);
  if (!request.resourcePolicy) {
    return byIdentity && byBoundary;
  }
  const byName = some(resource, 'Allow', (one) => namesPrincipal(one, request.principal));
  const byAccount = some(resource, 'Allow', (one) => namesAccount(one, request.principal));
  if (!own || request.resourceAccount !== account.account.id) {
    return byIdentity && byBoundary && (byName || byAccount);
  }
  const named = byName && (byBoundary || !undocumented.boundaryLimits);
  return /^kms:/i.test(request.action) ? named || (byAccount && byIdentity && byBoundary)
    : named || (byIdentity && byBoundary) || (byAccount && undocumented.accountGrants);
}

/** The outcome, where it does not hang on what AWS does not document. */
export function documentedOutcome(request: FullRequest, account: AccountPolicies): boolean | undefined {
  const either = request.resourcePolicy ? [false, true] : [false];
  const hasSeveral = Object.values(request.keys).some((values) => values.length > 1);
  const readings = either.flatMap((boundaryLimits) => either.flatMap((accountGrants) => (
    [{ ...ONE_READING, boundaryLimits, accountGrants }, ...hasSeveral ? [{ boundaryLimits, accountGrants, counts: 'last' as const }] : []]
  )));
  const [first, ...others] = readings.map((reading) => naivelyAllowed(request, account, reading));
  return others.every((outcome) => outcome === first) ? first : undefined;
}

/** Whether the assumed tests hold of a request. */
export function naivelyHolds(condition: ConditionJson, request: FullRequest, account: AccountPolicies): boolean {
  const keys = allKeys(request, account);
  return conditionHolds(condition, keys, keys);
}

/** Whether AWS says how a condition comes out: not where a key of several values is tested as one, and the values differ. */
export function isDocumented(condition: ConditionJson, request: FullRequest, account: AccountPolicies, version = '2012-10-17'): boolean {
  if (Object.values(request.keys).every((values) => values.length < 2)) {
    return true;
  }
  const keys = allKeys(request, account);
  return Object.entries(condition).every(([operator, tests]) => operator.includes(':') || operator === 'Null' || Object.entries(tests).every(([key, wanted]) => {
    const values = keys[key.toLowerCase()] ?? [];
    const results = values.map((value) => testHolds(operator, [value], list(wanted).map(String), version === '2012-10-17' ? keys : undefined));
    return results.every((result) => result === results[0]);
  }));
}

const keysOf = new WeakMap<FullRequest, Keys>();

function allKeys(request: FullRequest, account: AccountPolicies): Keys {
  const keys = keysOf.get(request) ?? makeKeys(request, account);
  keysOf.set(request, keys);
  return keys;
}

/** What the request says, and what follows from its principal and its resource. */
function makeKeys(request: FullRequest, account: AccountPolicies): Keys {
  const [, , , , owner, name] = request.principal.split(':');
  const type = name.startsWith('role/') ? 'AssumedRole' : name.startsWith('user/') ? 'User' : 'Account';
  return {
    'aws:principalarn': [request.principal],
    'aws:principalaccount': [owner],
    'aws:principalisawsservice': ['false'],
    'aws:principaltype': [type],
    ...(owner === account.account.id && { 'aws:principalorgid': [account.organizationId], 'aws:principalorgpaths': [account.organizationPath] }),
    ...request.keys,
    'aws:resourceaccount': request.resourceAccount === '' ? [] : [request.resourceAccount],
    ...(request.resourceAccount === account.account.id && { 'aws:resourceorgid': [account.organizationId], 'aws:resourceorgpaths': [account.organizationPath] }),
  };
}

function principalsOf({ Principal }: PolicyStatementJson): string[] {
  return typeof Principal === 'string' ? [Principal] : [Principal?.AWS ?? []].flat() as string[];
}

function namesPrincipal(statement: PolicyStatementJson, principal: string): boolean {
  return principalsOf(statement).some((named) => named === '*' || named === principal || (principal.endsWith(':root') && principal.includes(named)));
}

function namesAccount(statement: PolicyStatementJson, principal: string): boolean {
  const account = principal.split(':')[4];
  return principalsOf(statement).some((named) => named === account || named.endsWith(`::${account}:root`));
}

type Keys = { readonly [key: string]: readonly string[] };

/** @param variables keys that variables stand for; none in the language of 2008 */
function statementApplies(statement: PolicyStatementJson, request: FullRequest, variables: Keys | undefined, keys: Keys): boolean {
  const action = (pattern: string): boolean => wildcard(pattern, 'i').test(request.action);
  const resource = (pattern: string): boolean => {
    const text = replaced(pattern, variables);
    return text !== undefined && wildcard(text, '').test(request.resource);
  };
  if (statement.Action ? !list(statement.Action).some(action) : list(statement.NotAction).some(action)) {
    return false;
  }
  if (statement.Resource ? !list(statement.Resource).some(resource) : list(statement.NotResource).some(resource)) {
    return false;
  }
  return conditionHolds(statement.Condition ?? {}, keys, variables);
}

function conditionHolds(condition: ConditionJson, keys: Keys, variables: Keys | undefined): boolean {
  for (const [operator, tests] of Object.entries(condition)) {
    for (const [key, wanted] of Object.entries(tests)) {
      const values = keys[key.toLowerCase()] ?? [];
      if (!testHolds(operator, values, list(wanted).map(String), variables)) {
        return false;
      }
    }
  }
  return true;
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value as T];
}

/** Whether one test of a key holds. */
export function testHolds(operator: string, values: readonly string[], wanted: readonly string[], keys: Keys | undefined): boolean {
  if (operator === 'Null') {
    return wanted.some((one) => (one === 'true') === (values.length === 0));
  }
  if (operator.endsWith('IfExists')) {
    return values.length === 0 || testHolds(operator.slice(0, -'IfExists'.length), values, wanted, keys);
  }
  const [set, plain] = operator.includes(':') ? operator.split(':') : ['', operator];
  const isNegated = plain.includes('Not');
  const base = plain.replace('Not', '');
  const passes = (value: string): boolean => wanted.some((one) => valueMatches(base, one, value, keys)) !== isNegated;
  switch (set) {
    // An empty text counts as no value for ForAllValues.
    case 'ForAllValues': return values.every((value) => value === '') || values.every(passes);
    case 'ForAnyValue': return values.some(passes);
    default: return values.length === 0 ? isNegated : passes(values[0]);
  }
}

function valueMatches(operator: string, written: string, value: string, keys: Keys | undefined): boolean {
  const wanted = /^(String|Arn)/.test(operator) ? replaced(written, keys) : written;
  if (wanted === undefined) {
    return false;
  }
  switch (operator) {
    case 'StringEquals': return value === wanted;
    case 'StringEqualsIgnoreCase': return value.toUpperCase() === wanted.toUpperCase();
    case 'StringLike': return wildcard(wanted, '').test(value);
    case 'ArnLike': case 'ArnEquals': {
      const parts = (text: string): string[] => [...text.split(':').slice(0, 5), ...text.split(':').length > 5 ? [text.split(':').slice(5).join(':')] : []];
      const [left, right] = [parts(wanted), parts(value)];
      return wanted === '*' || (left.length === right.length && left.every((part, index) => wildcard(part, '').test(right[index])));
    }
    case 'NumericEquals': return +value === +wanted;
    case 'NumericLessThan': return +value < +wanted;
    case 'NumericLessThanEquals': return +value <= +wanted;
    case 'NumericGreaterThan': return +value > +wanted;
    case 'NumericGreaterThanEquals': return +value >= +wanted;
    case 'DateEquals': return +new Date(value) === +new Date(wanted);
    case 'DateLessThan': return +new Date(value) < +new Date(wanted);
    case 'DateLessThanEquals': return +new Date(value) <= +new Date(wanted);
    case 'DateGreaterThan': return +new Date(value) > +new Date(wanted);
    case 'DateGreaterThanEquals': return +new Date(value) >= +new Date(wanted);
    case 'Bool': return value.toUpperCase() === wanted.toUpperCase();
    case 'BinaryEquals': return value.replace(/=/g, '') === wanted.replace(/=/g, '');
    case 'IpAddress': return bits(value).startsWith(bits(wanted));
    default: throw new Error(`the oracle does not know ${operator}`);
  }
}

const knownBits = new Map<string, string>();

function bits(range: string): string {
  const text = knownBits.get(range) ?? bitsOf(range);
  knownBits.set(range, text);
  return text;
}

/** `4` or `6`, and the first bits of a range as a text of 0 and 1. IPv6 without dots. */
function bitsOf(range: string): string {
  const [address, length] = range.split('/');
  if (!address.includes(':')) {
    return `4${address.split('.').map((part) => (+part).toString(2).padStart(8, '0')).join('').slice(0, +(length ?? 32))}`;
  }
  const [left, right] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = right ? [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right] : left;
  return `6${groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('').slice(0, +(length ?? 128))}`;
}

/** The text with its variable replaced; nothing when the variable has no value. */
function replaced(text: string, keys: Keys | undefined): string | undefined {
  const match = /^(.*)\$\{(aws:[^},]+?)(?:, '(.*)')?\}(.*)$/.exec(text);
  if (!match || !keys) {
    return text;
  }
  const values = keys[match[2].toLowerCase()] ?? [];
  const value = values.length === 1 ? values[0] : match[3];
  return value === undefined ? undefined : `${match[1]}${value}${match[4]}`;
}

const compiled = new Map<string, RegExp>();

function wildcard(pattern: string, flags: string): RegExp {
  const known = compiled.get(flags + pattern);
  const made = known ?? new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, `s${flags}`);
  compiled.set(flags + pattern, made);
  return made;
}
