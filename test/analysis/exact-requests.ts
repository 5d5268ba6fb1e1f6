import * as fc from 'fast-check';
import { ActionIndex, ActionIndexJson } from '../../src/analysis/actions/action-index';
import { AccountPolicies, ConditionJson, NamedPolicy, PolicyStatementJson, PrincipalJson } from '../../src/analysis/policy-document';
import { AccessRequest } from '../../src/analysis/request';

export const OWN = '111122223333';
export const OTHER = '444455556666';

/** Three services of few actions, of which resource control policies bind two; some with a resource, some without. */
const INDEX: ActionIndexJson = {
  version: 1,
  source: 'test',
  date: '2026-11-22',
  keySets: [[]],
  arns: ['arn:${Partition}:sqs:${Region}:${Account}:${QueueName}', 'arn:${Partition}:s3:::${BucketName}', 'arn:${Partition}:sns:${Region}:${Account}:${TopicName}'],
  services: [
    { name: 's3', resources: [['bucket', 1]], actions: [['GetBucketAcl', 'R', 0, [0, 1, 0]], ['ListAllMyBuckets', 'L', 0]] },
    { name: 'sns', resources: [['topic', 2]], actions: [['Publish', 'W', 0, [0, 1, 0]]] },
    { name: 'sqs', resources: [['queue', 0]], actions: [['ListQueues', 'L', 0], ['PurgeQueue', 'W', 0, [0, 1, 0]], ['SendMessage', 'W', 0, [0, 1, 0]]] },
  ],
} as unknown as ActionIndexJson;

export const index = new ActionIndex(INDEX);
export const ACTIONS = ['sqs:SendMessage', 'sqs:SendMessage', 'SQS:sendmessage', 'sqs:PurgeQueue', 's3:GetBucketAcl', 'sns:Publish', 'kms:Decrypt'];

export const PRINCIPALS = [`arn:aws:iam::${OWN}:role/admin`, `arn:aws:iam::${OWN}:role/admin-2`, `arn:aws:iam::${OWN}:role/team/dev`, `arn:aws:iam::${OWN}:user/eve`, `arn:aws:iam::${OWN}:root`];
export const RESOURCES = [
  `arn:aws:sqs:eu-west-1:${OWN}:orders`, `arn:aws:sqs:eu-west-1:${OWN}:a`, `arn:aws:sqs:us-east-1:${OWN}:orders-2`, `arn:aws:sqs:eu-west-1:${OTHER}:orders`, 'arn:aws:s3:::orders',
  `arn:aws:sns:eu-west-1:${OWN}:orders`,
];

interface Shape {
  readonly key: string;
  /** Prefixes of the operators. */
  readonly sets: readonly string[];
  readonly operators: readonly string[];
  readonly values: readonly string[];
}

const ONE = [''];
const MANY = ['ForAllValues:', 'ForAnyValue:'];
const BOTH = ['', '', '', ...MANY];
const TEXT = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const NUMERIC = ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'];
const DATE = ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'];
const ARN = ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals', 'StringLike', 'StringNotLike'];

const SHAPES: readonly Shape[] = [
  { key: 'aws:RequestedRegion', sets: ONE, operators: TEXT, values: ['eu-west-1', 'us-east-1', 'eu-*', '*', 'us-?ast-1', 'EU-WEST-1'] },
  { key: 'AWS:requestedregion', sets: ONE, operators: TEXT, values: ['eu-west-1', 'us-*', '${aws:PrincipalTag/team}'] },
  { key: 'aws:PrincipalTag/team', sets: BOTH, operators: TEXT, values: ['a', 'orders', '?', 'A', '*s', ''] },
  { key: 'aws:RequestTag/team', sets: ONE, operators: TEXT, values: ['a', 'orders', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/team}*', '${aws:PrincipalTag/team, \'a\'}', 'b*'] },
  { key: 'aws:TagKeys', sets: MANY, operators: TEXT, values: ['x', 'y', '*', 'X', '?', 'x*', ''] },
  { key: 'x:names', sets: BOTH, operators: TEXT, values: ['x', 'y', 'x*'] },
  { key: 's3:max-keys', sets: BOTH, operators: NUMERIC, values: ['5', '10', '10.5', '15', '1e1'] },
  { key: 'aws:SourceIp', sets: BOTH, operators: ['IpAddress', 'NotIpAddress'], values: ['10.0.0.0/8', '10.1.2.3', '10.1.0.0/16', '0.0.0.0/0', '2001:db8::/32', '2001:db8:1::/48', '::/0'] },
  { key: 'aws:SecureTransport', sets: ONE, operators: ['Bool'], values: ['true', 'false'] },
  { key: 'aws:CurrentTime', sets: ONE, operators: DATE, values: ['2026-03-01T00:00:00Z', '2026-03-01', '2026-06-01T12:00:00+02:00', '2027-01-01'] },
  { key: 'x:blob', sets: ONE, operators: ['BinaryEquals'], values: ['YW55', 'QQ==', 'QQ'] },
  { key: 'aws:PrincipalArn', sets: ONE, operators: ARN, values: [PRINCIPALS[0], `arn:aws:iam::${OWN}:role/admin*`, 'arn:aws:iam::*:role/*', `arn:aws:iam::${OWN}:user/*`, 'arn:aws:iam::*:root', '*'] },
  { key: 'aws:PrincipalType', sets: ONE, operators: TEXT.slice(0, 2), values: ['User', 'AssumedRole', 'Account'] },
  { key: 'aws:PrincipalOrgID', sets: ONE, operators: TEXT.slice(0, 4), values: ['o-example', 'o-other', 'o-*'] },
  { key: 'aws:PrincipalOrgPaths', sets: MANY, operators: TEXT.slice(0, 4), values: ['o-example/*', 'o-other/*', '*/r-ab12/'] },
  { key: 'aws:ResourceOrgID', sets: ONE, operators: TEXT.slice(0, 4), values: ['o-example', '${aws:PrincipalOrgID}'] },
  { key: 'aws:ResourceAccount', sets: ONE, operators: TEXT.slice(0, 4), values: [OWN, OTHER, '${aws:PrincipalAccount}'] },
];

const some = <T>(items: readonly T[], maxLength = 3): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength });

/** Tests of few keys, so that they meet. */
const condition = (keys: readonly Shape[]): fc.Arbitrary<ConditionJson> => fc.array(fc.constantFrom(...keys).chain((shape) => fc.oneof(
  {
    weight: 7,
    arbitrary: fc.tuple(fc.constantFrom(...shape.sets), fc.constantFrom(...shape.operators), fc.constantFrom('', '', 'IfExists'), some(shape.values))
      .map(([set, operator, suffix, values]): [string, string, string[]] => [`${set}${operator}${suffix}`, shape.key, values]),
  },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false').map((value): [string, string, string[]] => ['Null', shape.key, [value]]) },
)), { minLength: 1, maxLength: 2 }).map((tests) => {
  const result: { [operator: string]: { [key: string]: string[] } } = {};
  tests.forEach(([operator, key, values]) => { (result[operator] ??= {})[key] = values; });
  return result;
});

const ACTION_PATTERNS = ['*', 'sqs:*', 'sqs:Send*', 'SQS:SENDMESSAGE', '*:?endMessage', 's3:*', 'sns:*', 'kms:*'];
const PATTERNS = [
  `arn:aws:sqs:*:${OWN}:*`, RESOURCES[0], 'arn:aws:sqs:eu-west-1:*:ord?rs', 'arn:aws:s3:::*', 'arn:aws:sqs:*', `arn:aws:sqs:eu-west-1:${OWN}:\${aws:PrincipalTag/team}`, 'arn:aws:*:*:*:orders',
];

type Effects = ReadonlyArray<'Allow' | 'Deny'>;

const statement = (effects: Effects, keys: readonly Shape[]): fc.Arbitrary<PolicyStatementJson> => fc.record({
  Effect: fc.constantFrom(...effects),
  action: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'Action', 'NotAction'), some(ACTION_PATTERNS)),
  resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), fc.oneof({ weight: 2, arbitrary: fc.constant(['*']) }, { weight: 1, arbitrary: some(PATTERNS) })),
  Condition: fc.option(condition(keys), { nil: undefined, freq: 8 }),
}).map(({ Effect, action, resource, Condition }) => ({
  Effect,
  [action[0]]: action[1],
  [resource[0]]: resource[0] === 'NotResource' && resource[1][0] === '*' ? [PATTERNS[0]] : resource[1],
  ...(Condition && { Condition }),
}));

const named = (statements: readonly PolicyStatementJson[], position: number, version = '2012-10-17'): NamedPolicy => ({ name: `p${position}`, document: { Version: version, Statement: statements } });
const FULL: PolicyStatementJson = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };

const policies = (effects: Effects, keys: readonly Shape[], isFull: fc.Arbitrary<boolean>): fc.Arbitrary<NamedPolicy[]> => fc.tuple(
  isFull, fc.array(statement(effects, keys), { minLength: 1, maxLength: 3, size: 'max' }),
).map(([full, statements]) => [...(full ? [[FULL]] : []), statements].map((one, position) => named(one, position)));

const principalElement: fc.Arbitrary<PrincipalJson> = fc.oneof(
  fc.constant<PrincipalJson>('*'), some([...PRINCIPALS.slice(0, 4), OWN, OTHER, `arn:aws:iam::${OWN}:root`, `arn:aws:iam::${OTHER}:role/admin`], 2).map((AWS) => ({ AWS })),
);

export interface Case {
  readonly request: AccessRequest;
  readonly account: AccountPolicies;
  readonly where?: ConditionJson;
}

/** Policies, and a request of which most is open. */
export const exactCase: fc.Arbitrary<Case> = fc.uniqueArray(fc.constantFrom(...SHAPES), { minLength: 1, maxLength: 3, size: 'max' }).chain((keys) => {
  const deny: Effects = ['Deny', 'Deny', 'Allow'];
  const allow: Effects = ['Allow', 'Allow', 'Deny'];
  const rare = <T>(one: fc.Arbitrary<T>, freq: number): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 1, arbitrary: one }, { weight: freq, arbitrary: fc.constant(undefined) });
  return fc.record({
    isManagement: rare(fc.constant(true), 30),
    scp: fc.array(policies(deny, keys, fc.integer({ min: 0, max: 5 }).map((value) => value > 0)), { minLength: 1, maxLength: 2 }),
    rcp: rare(policies(['Deny'], keys, fc.constant(true)), 2),
    action: fc.constantFrom(...ACTIONS),
    principal: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PRINCIPALS) },
      { weight: 3, arbitrary: fc.constantFrom(undefined, 'role/admin*', 'role/*') },
      { weight: 1, arbitrary: fc.constantFrom(`arn:aws:iam::${OTHER}:role/admin`, `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`) },
    ),
    resource: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...RESOURCES) }, { weight: 2, arbitrary: fc.constantFrom(undefined, undefined, `arn:aws:sqs:eu-west-1:${OWN}:*`, `arn:aws:sqs:*:${OWN}:orders*`) }),
    given: fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 1 }),
    value: fc.nat(7),
    identity: rare(policies(allow, keys, fc.boolean()), 2),
    boundary: rare(policies(allow, keys, fc.constant(true)), 3),
    resourcePolicy: rare(fc.array(fc.tuple(statement(['Allow', 'Allow', 'Deny'], keys), principalElement).map(([one, Principal]) => ({ ...one, Principal })), { minLength: 1, maxLength: 2 }), 3),
    isOld: fc.integer({ min: 0, max: 4 }),
    where: rare(condition(keys), 5),
  }).map(({ isManagement, scp, rcp, action, principal, resource, given, value, identity, boundary, resourcePolicy, isOld, where }): Case => ({
    account: {
      account: { id: OWN, name: 'own', isManagement: isManagement === true },
      organizationId: 'o-example',
      organizationPath: 'o-example/r-ab12/',
      serviceControl: scp.map((list, position) => ({ level: `L${position}`, policies: list })),
      resourceControl: rcp ? [{ level: 'L0', policies: rcp }] : [],
      unknown: [],
    },
    request: {
      action,
      ...(principal && { principal }),
      ...(resource && { resource }),
      ...contextOf(given, value, resource),
      ...(identity && { identityPolicies: isOld === 0 ? identity.map(({ name, document }) => ({ name, document: { ...document, Version: '2008-10-17' } })) : identity }),
      ...(boundary && { permissionsBoundary: boundary[0] }),
      ...(resourcePolicy && { resourcePolicy: named(resourcePolicy, 0) }),
    },
    ...(where && { where }),
  }));
});

/** One key that is known: with a value that policies name, without any, or with two. Keys that follow from principal and resource are left to them. */
function contextOf([shape]: readonly Shape[], value: number, resource: string | undefined): Pick<AccessRequest, 'context'> {
  const isDerived = shape === undefined || /^aws:(Principal(Arn|Type|Org)|Resource)/.test(shape.key) || (/region$/i.test(shape.key) && resource !== undefined);
  if (isDerived || value > 5) {
    return {};
  }
  const plain = shape.values.filter((one) => !/[*?$/]/.test(one));
  const values = plain.length === 0 ? ['10.1.2.3'] : plain;
  return { context: { [shape.key]: value === 0 ? null : value === 1 && shape.sets !== ONE ? [values[0], values[values.length - 1]] : values[value % values.length] } };
}
