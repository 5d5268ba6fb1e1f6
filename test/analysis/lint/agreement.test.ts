import * as fc from 'fast-check';
import { accountOf, policiesIn } from './levels';
import { policyOf } from './lint';
import { LevelLint } from '../../../src/analysis/lint/lint-levels';
import { lintPolicy } from '../../../src/analysis/lint/lint-policy';
import { PolicyStatementJson } from '../../../src/analysis/policy-document';
import { actionIndex } from '../../../src/model/action-index-file';
import { FullRequest, naivelyAllowed } from '../naive-evaluation';
import { OTHER, OWN, PRINCIPALS, statement, UNIVERSE } from '../random-requests';

/** Resources that actions really work on. */
const ACTIONS: { readonly [action: string]: readonly string[] } = {
  's3:GetObject': ['arn:aws:s3:::orders/1', 'arn:aws:s3:::a/orders'],
  's3:GetBucketAcl': ['arn:aws:s3:::orders', 'arn:aws:s3:::a'],
  'sqs:SendMessage': [`arn:aws:sqs:eu-west-1:${OWN}:orders`, `arn:aws:sqs:us-east-1:${OWN}:a`, `arn:aws:sqs:eu-west-1:${OTHER}:orders`],
};

const request: fc.Arbitrary<FullRequest> = fc.record({
  target: fc.constantFrom(...Object.entries(ACTIONS).flatMap(([action, resources]) => resources.map((resource) => ({ action, resource })))),
  principal: fc.constantFrom(...PRINCIPALS),
  keys: fc.record(Object.fromEntries(Object.entries(UNIVERSE).map(([key, values]) => [key.toLowerCase(), fc.constantFrom(...values)]))),
}).map(({ target, principal, keys }) => ({ ...target, principal, resourceAccount: target.resource.split(':')[4] || OWN, keys }));

/** Cases of a property; the last one has fewer. */
const RUNS = Number(process.env.LZ_RUNS ?? 500);

const requests = fc.array(request, { minLength: 25, maxLength: 25 });

/** Whether a Deny denies a request, by a plain reading of the reference. */
function denies(deny: PolicyStatementJson, asked: FullRequest): boolean {
  return !naivelyAllowed(asked, accountOf({ Root: { full: 'full', guard: [deny] } }));
}

/** A statement with one test more, or fewer actions: most often a narrower one. */
const narrowed = (wide: PolicyStatementJson): fc.Arbitrary<PolicyStatementJson> => fc.oneof(
  statement(['Deny']),
  statement(['Deny']).map(({ Condition }) => ({ ...wide, Condition: { ...wide.Condition, ...Condition } })),
  fc.constant({ ...wide, ...(Array.isArray(wide.Action) && { Action: wide.Action.slice(0, 1) as string[] }) }),
);

test('what is said never to apply denies no request', () => {
  let found = 0;
  fc.assert(fc.property(statement(['Deny']), requests, (deny, asked) => {
    const never = lintPolicy(policyOf([deny]), actionIndex()).filter(({ rule, why }) => ['LZ.LINT.3', 'LZ.LINT.5'].includes(rule) && why.startsWith('the statement never'));
    found += never.length > 0 ? 1 : 0;
    return never.length === 0 || !asked.some((one) => denies(deny, one));
  }), { numRuns: RUNS, seed: 1 });
  expect(found).toBeGreaterThan(RUNS / 50);
});

test('what is said to be covered denies no request that the other one does not', () => {
  let found = 0;
  fc.assert(fc.property(statement(['Deny']).chain((wide) => fc.tuple(fc.constant(wide), narrowed(wide))), requests, ([wide, narrow], asked) => {
    const account = accountOf({ 'Root': { top: [wide] }, 'Root/Prod': { guard: [narrow] } });
    const isCovered = new LevelLint(actionIndex(), policiesIn(account)).coveredEverywhere('service-control', [account]).length > 0;
    found += isCovered ? 1 : 0;
    return !isCovered || !asked.some((one) => denies(narrow, one) && !denies(wide, one));
  }), { numRuns: RUNS, seed: 2 });
  expect(found).toBeGreaterThan(RUNS / 6);
});

test('lint of any policy comes to an end without an error', () => {
  fc.assert(fc.property(fc.array(statement(['Allow', 'Deny']), { minLength: 1, maxLength: 4 }), fc.constantFrom('service-control', 'resource-control' as const), (statements, kind) => {
    const account = accountOf({ 'Root': { one: statements, two: statements }, 'Root/Prod': { full: 'full', three: statements.slice(1) } }, kind);
    const lint = new LevelLint(actionIndex(), policiesIn(account));
    lint.coveredEverywhere(kind, [account]);
    lint.allowLists(account);
    lintPolicy(policyOf(statements, kind), actionIndex());
  }), { numRuns: RUNS / 5, seed: 3 });
});

test.each<[unknown]>([
  [{}], [null], [[]], ['text'], [{ Version: '2012-10-17', Statement: [] }], [{ Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] }],
  [{ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 7, Resource: [] } }], [{ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: [], Resource: '*', Condition: { Foo: 1 } }] }],
])('what is no policy is not looked at: %j', (document) => {
  const policy = { name: 'broken', kind: 'service-control' as const, document: document as any };
  expect(lintPolicy(policy, actionIndex())).toEqual([]);
  const account = { ...accountOf({}), serviceControl: [{ level: 'Root', policies: [policy] }] };
  expect(new LevelLint(actionIndex(), [policy]).coveredEverywhere('service-control', [account])).toEqual([]);
});
