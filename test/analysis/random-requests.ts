import * as fc from 'fast-check';
import { FullRequest } from './naive-evaluation';
import { AccountPolicies, ConditionJson, NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';
import { AccessRequest } from '../../src/analysis/request';

export const OWN = '111122223333';
export const OTHER = '444455556666';

/**
 * Every value that an open key takes in a completion of a request. An empty list stands for an absent key. A key has values of the type that its operators ask
 * for, as the analysis assumes: `many` is no value of s3:max-keys.
 */
export const UNIVERSE: { readonly [key: string]: ReadonlyArray<readonly string[]> } = {
  'aws:RequestedRegion': [[], ['eu-west-1'], ['us-east-1'], ['ap-south-1']],
  'aws:PrincipalTag/team': [[], ['a'], ['orders'], ['A']],
  'aws:TagKeys': [[], ['x'], ['x', 'y'], ['z', 'y'], ['z']],
  's3:max-keys': [[], ['5'], ['10'], ['20']],
  'aws:SourceIp': [[], ['10.1.2.3'], ['10.9.0.1'], ['192.168.0.1']],
  'aws:SecureTransport': [[], ['true'], ['false']],
  'aws:CurrentTime': [['2026-01-01T00:00:00Z'], ['2026-06-01T00:00:00Z']],
};

export const PRINCIPALS = [
  `arn:aws:iam::${OWN}:role/admin`, `arn:aws:iam::${OWN}:role/admin-2`, `arn:aws:iam::${OWN}:role/team/dev`, `arn:aws:iam::${OWN}:user/eve`,
  `arn:aws:iam::${OWN}:root`,
];
const FURTHER_PRINCIPALS = [`arn:aws:iam::${OTHER}:role/admin`, `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`];

export const RESOURCES = [
  `arn:aws:sqs:eu-west-1:${OWN}:orders`, `arn:aws:sqs:eu-west-1:${OWN}:a`, `arn:aws:sqs:us-east-1:${OWN}:orders-2`,
  `arn:aws:sqs:eu-west-1:${OTHER}:orders`, 'arn:aws:s3:::orders',
];

const REGIONS = ['eu-west-1', 'us-east-1', 'eu-*', '*', 'us-?ast-1', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/team}*'];
const ARNS = [
  `arn:aws:iam::${OWN}:role/admin`, `arn:aws:iam::${OWN}:role/admin*`, 'arn:aws:iam::*:role/*', `arn:aws:iam::${OWN}:user/*`, 'arn:aws:iam::*:root',
];

const set = ['', '', '', 'ForAllValues:', 'ForAnyValue:'];
const always = ['ForAllValues:', 'ForAnyValue:'];
const exists = ['', '', 'IfExists'];
const text = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const numeric = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'];

interface TestShape {
  readonly key: string;
  readonly prefix: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
}

const TESTS: readonly TestShape[] = [
  { key: 'aws:RequestedRegion', prefix: set, operators: text, values: REGIONS },
  { key: 'AWS:requestedregion', prefix: [''], operators: text.slice(0, 4), values: REGIONS },
  { key: 'aws:PrincipalTag/team', prefix: set, operators: text, values: ['a', 'orders', '?', '${aws:RequestedRegion, \'a\'}'] },
  { key: 'aws:TagKeys', prefix: always, operators: text, values: ['x', 'y', '*', 'X', '?'] },
  { key: 's3:max-keys', prefix: [''], operators: numeric, values: ['5', '10', '15'] },
  { key: 'aws:SourceIp', prefix: [''], operators: ['IpAddress', 'NotIpAddress'], values: ['10.0.0.0/8', '10.1.2.3', '192.168.0.0/16'] },
  { key: 'aws:SecureTransport', prefix: [''], operators: ['Bool'], values: ['true', 'false'] },
  { key: 'aws:CurrentTime', prefix: [''], operators: ['DateLessThan', 'DateGreaterThanEquals'], values: ['2026-03-01T00:00:00Z'] },
  { key: 'aws:PrincipalArn', prefix: [''], operators: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals', 'StringLike', 'StringNotEquals'], values: ARNS },
  { key: 'aws:PrincipalOrgID', prefix: [''], operators: text.slice(0, 4), values: ['o-example', 'o-other'] },
  { key: 'aws:ResourceOrgID', prefix: [''], operators: text.slice(0, 4), values: ['o-example'] },
  { key: 'aws:ResourceAccount', prefix: [''], operators: text.slice(0, 4), values: [OWN, OTHER] },
];

const some = <T>(items: readonly T[], max = 3): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: max });

const clause: fc.Arbitrary<[string, string, string[]]> = fc.constantFrom(...TESTS).chain((shape) => fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...shape.prefix), fc.constantFrom(...shape.operators), fc.constantFrom(...exists), some(shape.values, 3))
      .map(([prefix, operator, suffix, values]) => [`${prefix}${operator}${suffix}`, shape.key, values] as [string, string, string[]]),
  },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false').map((value) => ['Null', shape.key, [value]] as [string, string, string[]]) },
));

const clauses = fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 12, arbitrary: fc.array(clause, { minLength: 1, maxLength: 3 }) });

const condition: fc.Arbitrary<ConditionJson | undefined> = clauses.map((tests) => {
  const result: { [operator: string]: { [key: string]: string[] } } = {};
  tests.forEach(([operator, key, values]) => { (result[operator] ??= {})[key] = values; });
  return tests.length === 0 ? undefined : result;
});

const CONCRETE_ACTIONS = ['s3:GetObject', 's3:GetBucketAcl', 's3:SetObject'];
const ACTIONS = ['*', 's3:*', 's3:Get*', 'S3:GETOBJECT', '*:?etObject', 'sqs:*', 'sqs:SendMessage'];
const PATTERNS = [
  '*', `arn:aws:sqs:*:${OWN}:*`, `arn:aws:sqs:eu-west-1:${OWN}:orders`, 'arn:aws:sqs:eu-west-1:*:ord?rs', 'arn:aws:s3:::*',
  `arn:aws:sqs:eu-west-1:${OWN}:\${aws:PrincipalTag/team}`,
];

export const statement = (effects: ReadonlyArray<'Allow' | 'Deny'>): fc.Arbitrary<PolicyStatementJson> => fc.record({
  Effect: fc.constantFrom(...effects),
  action: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), some(ACTIONS)),
  resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), fc.oneof(fc.constant(['*']), some(PATTERNS))),
  Condition: condition,
}).map(({ Effect, action, resource, Condition }) => ({
  Effect, [action[0]]: action[1], [resource[0]]: resource[0] === 'NotResource' && resource[1][0] === '*' ? [PATTERNS[1]] : resource[1], ...(Condition && { Condition }),
}));

const named = (statements: readonly PolicyStatementJson[], index: number): NamedPolicy => ({
  name: `p${index}`, document: { Version: '2012-10-17', Statement: statements },
});

const FULL: PolicyStatementJson = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };

const policies = (effects: ReadonlyArray<'Allow' | 'Deny'>, full: fc.Arbitrary<boolean>): fc.Arbitrary<NamedPolicy[]> => (
  fc.tuple(full, fc.array(statement(effects), { minLength: 1, maxLength: 3, size: 'max' })).map(([isFull, statements]) => [...(isFull ? [[FULL]] : []), statements].map(named))
);

export const account: fc.Arbitrary<AccountPolicies> = fc.record({
  isManagement: fc.integer({ max: 15, min: 0 }).map((value) => value === 0),
  scp: fc.array(policies(['Deny', 'Deny', 'Allow'], fc.integer({ min: 0, max: 9 }).map((value) => value > 0)), { minLength: 1, maxLength: 3 }),
  rcp: fc.array(policies(['Deny'], fc.constant(true)), { maxLength: 1 }),
}).map(({ isManagement, scp, rcp }) => ({
  account: { id: OWN, name: 'own', isManagement },
  organizationId: 'o-example',
  organizationPath: 'o-example/r-ab12/',
  serviceControl: scp.map((list, index) => ({ level: `L${index}`, policies: list })),
  resourceControl: rcp.map((list, index) => ({ level: `L${index}`, policies: list })),
  unknown: [],
}));

export interface Case {
  readonly request: AccessRequest;
  readonly completions: readonly FullRequest[];
  /** Nothing is open. */
  readonly isFull: boolean;
}

/** A request of which some is open, and every way to complete it in the universe. */
export const requestCase: fc.Arbitrary<Case> = fc.record({
  action: fc.constantFrom('s3:GetObject', 'S3:getobject', 'sqs:SendMessage', 'sqs:SendMessage', 's3:Get*', 's3:?etObject'),
  principal: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...PRINCIPALS) },
    { weight: 1, arbitrary: fc.constantFrom(...FURTHER_PRINCIPALS) },
    { weight: 2, arbitrary: fc.constantFrom(undefined, 'role/admin*', 'role/*', `arn:aws:iam::${OWN}:role/team/*`) },
  ),
  resource: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...RESOURCES) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, `arn:aws:sqs:eu-west-1:${OWN}:*`, `arn:aws:sqs:*:${OWN}:orders*`) },
  ),
  account: fc.constantFrom(undefined, OWN, OTHER),
  keys: fc.record(Object.fromEntries(Object.entries(UNIVERSE).map(([key, values]) => [key, fc.constantFrom(...values)]))),
  open: fc.uniqueArray(fc.constantFrom(...Object.keys(UNIVERSE)), { maxLength: 4, size: 'max' }),
  identity: fc.option(policies(['Allow', 'Allow', 'Deny'], fc.boolean()), { nil: undefined, freq: 1 }),
  boundary: fc.option(policies(['Allow', 'Allow', 'Deny'], fc.constant(true)), { nil: undefined, freq: 1 }),
}).map(({ action, principal, resource, account: owner, keys, open, identity, boundary }) => {
  const region = resource?.split(':')[3];
  const openKeys = open.filter((key) => key !== 'aws:RequestedRegion' || !region || region === '*');
  const givenKeys = Object.entries(keys as { readonly [key: string]: readonly string[] }).filter(([key]) => !open.includes(key));
  const hasOwner = resource !== undefined && resource.split(':')[4] !== '';
  const context = {
    ...Object.fromEntries(givenKeys.map(([key, values], index) => [index % 2 ? key.toLowerCase() : key, values.length === 0 ? null : values])),
    ...(owner && !hasOwner && { 'aws:ResourceAccount': owner }),
  };
  const further = { ...(identity && { identityPolicies: identity }), ...(boundary && { permissionsBoundary: boundary[0] }) };
  const principals = matching(principal, PRINCIPALS);
  const resources = matching(resource, RESOURCES);
  const derived = open.filter((key) => !openKeys.includes(key)).map((key) => [key.toLowerCase(), [region!]] as const);
  let completions: FullRequest[] = principals.flatMap((arn) => resources.flatMap((target) => {
    const fixed = target.split(':')[4];
    const owners = fixed !== '' ? [fixed] : owner ? [owner] : arn.split(':')[4] !== OWN ? [OWN] : [OWN, OTHER];
    return owners.map((one) => ({
      action,
      principal: arn,
      resource: target,
      resourceAccount: one,
      ...further,
      keys: Object.fromEntries([...givenKeys.map(([key, values]) => [key.toLowerCase(), values] as const), ...derived]),
    }));
  }));
  if (owner && !hasOwner && resource === undefined) {
    completions = completions.filter(({ resourceAccount }) => resourceAccount === owner);
  }
  if (resource === undefined && principals.every((arn) => arn.split(':')[4] !== OWN)) {
    // A request from elsewhere that names no resource is about one of the account.
    completions = completions.filter(({ resourceAccount }) => resourceAccount === (owner ?? OWN));
  }
  // Whether another account is of the organization is open, too.
  completions = completions.flatMap((one) => (one.resourceAccount === OWN ? [one] : organizations(one, 'aws:resourceorgid')))
    .flatMap((one) => (one.principal.split(':')[4] === OWN ? [one] : organizations(one, 'aws:principalorgid')));
  for (const key of openKeys) {
    completions = completions.flatMap((one) => UNIVERSE[key].map((values) => ({ ...one, keys: { ...one.keys, [key.toLowerCase()]: values } })));
  }
  if (/[*?]/.test(action)) {
    const pattern = new RegExp(`^${action.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
    const concrete = CONCRETE_ACTIONS.filter((one) => pattern.test(one));
    completions = completions.flatMap((one) => concrete.map((name) => ({ ...one, action: name })));
  }
  const stride = Math.ceil(completions.length / 400);
  return {
    request: { action, ...(principal && { principal }), ...(resource && { resource }), context, ...further },
    completions: completions.filter((_, index) => index % stride === 0),
    isFull: openKeys.length === 0 && principals.length === 1 && resources.length === 1 && completions.length === 1 && !/[*]/.test(`${principal}${resource}${action}`),
  };
});

function matching(wanted: string | undefined, all: readonly string[]): string[] {
  if (wanted === undefined) {
    return [...all];
  }
  const full = wanted.startsWith('role/') ? `arn:aws:iam::${OWN}:${wanted}` : wanted;
  if (!full.includes('*')) {
    return [full];
  }
  const pattern = new RegExp(`^${full.replace(/[.]/g, '\\.').replace(/\*/g, '[^:]*')}$`);
  return all.filter((one) => pattern.test(one));
}

function organizations(one: FullRequest, key: string): FullRequest[] {
  return [[], ['o-example'], ['o-other']].map((values) => ({ ...one, keys: { ...one.keys, [key]: values } }));
}
