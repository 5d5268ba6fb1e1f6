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
}

/**
 * The plain two-valued reading of the IAM reference, written apart from the code under test: regular expressions and loops, no sharing.
 * It knows single values and the set operators, `*` principals, and one variable a value.
 */
export function naivelyAllowed(request: FullRequest, account: AccountPolicies): boolean {
  const own = request.principal.split(':')[4] === account.account.id;
  const isServiceLinked = request.principal.includes(':role/aws-service-role/');
  const keys: { [key: string]: readonly string[] } = {
    'aws:principalarn': [request.principal],
    'aws:principalaccount': [request.principal.split(':')[4]],
    'aws:principalisawsservice': ['false'],
    ...request.keys,
    'aws:resourceaccount': [request.resourceAccount],
  };
  if (own) {
    keys['aws:principalorgid'] = [account.organizationId];
  }
  if (request.resourceAccount === account.account.id) {
    keys['aws:resourceorgid'] = [account.organizationId];
  }
  const applies = (statement: PolicyStatementJson): boolean => statementApplies(statement, request, keys);
  const statements = (policies: readonly NamedPolicy[]): PolicyStatementJson[] => (
    policies.flatMap(({ document }) => document.Statement as PolicyStatementJson[])
  );
  const denies = (policies: readonly NamedPolicy[]): boolean => statements(policies).some((one) => one.Effect === 'Deny' && applies(one));
  const allows = (policies: readonly NamedPolicy[]): boolean => statements(policies).some((one) => one.Effect === 'Allow' && applies(one));
  if (own && !account.account.isManagement && !isServiceLinked) {
    for (const { policies } of account.serviceControl) {
      if (denies(policies) || !allows(policies)) {
        return false;
      }
    }
  }
  if (request.resourceAccount === account.account.id && !account.account.isManagement && !isServiceLinked) {
    for (const { policies } of account.resourceControl) {
      if (denies(policies)) {
        return false;
      }
    }
  }
  for (const policies of [request.identityPolicies, request.permissionsBoundary && [request.permissionsBoundary]]) {
    if (policies && (denies(policies) || !allows(policies))) {
      return false;
    }
  }
  return true;
}

type Keys = { readonly [key: string]: readonly string[] };

function statementApplies(statement: PolicyStatementJson, request: FullRequest, keys: Keys): boolean {
  const list = (value: string | readonly string[] | undefined): string[] => [value ?? []].flat() as string[];
  const action = (pattern: string): boolean => wildcard(pattern, 'i').test(request.action);
  const resource = (pattern: string): boolean => {
    const text = replaced(pattern, keys);
    return text !== undefined && wildcard(text, '').test(request.resource);
  };
  if (statement.Action ? !list(statement.Action).some(action) : list(statement.NotAction).some(action)) {
    return false;
  }
  if (statement.Resource ? !list(statement.Resource).some(resource) : list(statement.NotResource).some(resource)) {
    return false;
  }
  return conditionHolds(statement.Condition ?? {}, keys);
}

function conditionHolds(condition: ConditionJson, keys: Keys): boolean {
  for (const [operator, tests] of Object.entries(condition)) {
    for (const [key, wanted] of Object.entries(tests)) {
      const values = keys[key.toLowerCase()] ?? [];
      if (!testHolds(operator, values, ([wanted].flat() as unknown[]).map(String), keys)) {
        return false;
      }
    }
  }
  return true;
}

function testHolds(operator: string, values: readonly string[], wanted: readonly string[], keys: Keys): boolean {
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
    case 'ForAllValues': return values.every(passes);
    case 'ForAnyValue': return values.some(passes);
    default: return values.length === 0 ? isNegated : passes(values[0]);
  }
}

function valueMatches(operator: string, written: string, value: string, keys: Keys): boolean {
  const wanted = /^(String|Arn)/.test(operator) ? replaced(written, keys) : written;
  if (wanted === undefined) {
    return false;
  }
  switch (operator) {
    case 'StringEquals': return value === wanted;
    case 'StringEqualsIgnoreCase': return value.toUpperCase() === wanted.toUpperCase();
    case 'StringLike': return wildcard(wanted, '').test(value);
    case 'ArnLike': case 'ArnEquals': {
      const [left, right] = [wanted.split(':'), value.split(':')];
      return left.length === right.length && left.every((part, index) => wildcard(part, '').test(right[index]));
    }
    case 'NumericEquals': return +value === +wanted;
    case 'NumericLessThan': return +value < +wanted;
    case 'NumericLessThanEquals': return +value <= +wanted;
    case 'NumericGreaterThan': return +value > +wanted;
    case 'NumericGreaterThanEquals': return +value >= +wanted;
    case 'DateLessThan': return +new Date(value) < +new Date(wanted);
    case 'DateGreaterThanEquals': return +new Date(value) >= +new Date(wanted);
    case 'Bool': return value.toUpperCase() === wanted.toUpperCase();
    case 'IpAddress': return bits(value).startsWith(bits(wanted));
    default: throw new Error(`the oracle does not know ${operator}`);
  }
}

/** The first bits of an IPv4 range as a text of 0 and 1. */
function bits(range: string): string {
  const [address, length] = range.split('/');
  return address.split('.').map((part) => (+part).toString(2).padStart(8, '0')).join('').slice(0, +(length ?? 32));
}

/** The text with its variable replaced; nothing when the variable has no value. */
function replaced(text: string, keys: Keys): string | undefined {
  const match = /^(.*)\$\{(aws:[^},]+?)(?:, '(.*)')?\}(.*)$/.exec(text);
  if (!match) {
    return text;
  }
  const values = keys[match[2].toLowerCase()] ?? [];
  const value = values.length === 1 ? values[0] : match[3];
  return value === undefined ? undefined : `${match[1]}${value}${match[4]}`;
}

function wildcard(pattern: string, flags: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, `s${flags}`);
}
