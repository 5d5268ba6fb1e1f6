import * as path from 'path';
import { hasInputs, INPUTS, inputFiles } from './inputs';
import { compare } from '../../src/analysis/compare';
import { evaluate } from '../../src/analysis/evaluate';
import { AccountPolicies, NamedPolicy, PolicyDocument, PolicyStatementJson } from '../../src/analysis/policy-document';
import { neverAllowed } from '../../src/analysis/questions';
import { statementsOf } from '../../src/analysis/statement';
import { validatePolicyDocument } from '../../src/analysis/validate-policy';
import { actionIndex } from '../../src/model/action-index-file';

const FOLDERS: ReadonlyArray<readonly [string, 'service-control' | 'resource-control']> = [
  ['aws-scp-examples', 'service-control'], ['data-perimeter/service_control_policies', 'service-control'], ['data-perimeter/resource_control_policies', 'resource-control'],
  ['lza-universal/service-control-policies', 'service-control'], ['lza-universal/rcp-policies', 'resource-control'], ['rcp-examples', 'resource-control'],
];
const index = actionIndex();
const describeInputs = hasInputs ? describe : describe.skip;
if (!hasInputs) {
  process.stderr.write(`published policies are not tried: ${INPUTS} is absent (set LZ_INPUTS)\n`);
}

interface Published {
  readonly name: string;
  readonly kind: 'service-control' | 'resource-control';
  readonly document: PolicyDocument;
}

/** Those that AWS would take; examples of resource control policies are in an envelope. */
function published(): Published[] {
  return FOLDERS.flatMap(([folder, kind]) => inputFiles(folder).flatMap(({ name, text }): Published[] => {
    try {
      const json = JSON.parse(text);
      const document = folder === 'rcp-examples' ? json.policy : json;
      return validatePolicyDocument(document, name, kind).problems.length > 0 ? [] : [{ name: path.basename(name), kind, document }];
    } catch {
      return [];
    }
  }));
}

function accountOf({ name, kind, document }: Published): AccountPolicies {
  const full = (principal: object): NamedPolicy => ({ name: 'full', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', ...principal, Action: '*', Resource: '*' } as PolicyStatementJson } });
  const own = { name, document };
  return {
    account: { id: '111122223333', name: 'own', isManagement: false }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/', unknown: [],
    serviceControl: [{ level: 'Root', policies: [full({}), ...(kind === 'service-control' ? [own] : [])] }],
    resourceControl: [{ level: 'Root', policies: [full({ Principal: '*' }), ...(kind === 'resource-control' ? [own] : [])] }],
  };
}

/** The first Deny of a policy, made to say something else. */
const MUTATIONS: ReadonlyArray<readonly [string, (statement: PolicyStatementJson) => PolicyStatementJson | undefined]> = [
  ['another effect', ({ ...rest }) => ({ ...rest, Action: 'mutation:None', NotAction: undefined })],
  ['one action more', (statement) => (statement.Action === undefined || [statement.Action].flat().includes('*') ? undefined : { ...statement, Action: [...[statement.Action].flat(), 'budgets:ViewBudget'] })],
  ['no condition', ({ Condition, ...rest }) => (Condition ? rest : undefined)],
  ['a condition more', (statement) => ({ ...statement, Condition: { ...statement.Condition, StringEquals: { ...statement.Condition?.StringEquals, 'aws:PrincipalTag/mutation': 'yes' } } })],
];

const REWRITINGS: ReadonlyArray<readonly [string, (statements: readonly PolicyStatementJson[]) => readonly PolicyStatementJson[]]> = [
  ['another order', (statements) => [...statements].reverse()],
  ['no names', (statements) => statements.map(({ Sid: _sid, ...rest }) => rest)],
  ['everything twice', (statements) => [...statements, ...statements].map(({ Sid: _sid, ...rest }) => rest)],
  ['actions one by one, in lower case', (statements) => statements.flatMap((statement) => (statement.Action === undefined ? [statement] : [statement.Action].flat().map((action) => ({ ...statement, Action: action.toLowerCase() }))))],
];

/** Each third policy in a quick run, all of them where LZ_RUNS is set. */
const STRIDE = process.env.LZ_RUNS ? 1 : 3;

describeInputs('published policies', () => {
  const all = published();
  const tried = all.filter((_, at) => at % STRIDE === 0);

  test('each against every action of AWS: who asks is answered, and each request that is shown is decided so', () => {
    const seen = { policies: tried.length, witnesses: 0, denied: 0, undecided: 0 };
    for (const policy of tried) {
      const account = accountOf(policy);
      const { counterexamples, denials, undecided } = neverAllowed({ actions: ['*'] }, [account], index);
      for (const { requests } of counterexamples) {
        seen.witnesses += 1;
        for (const request of requests) expect([policy.name, request, evaluate(request, account).decision]).toEqual([policy.name, request, 'allowed']);
      }
      seen.denied += denials.length;
      seen.undecided += undecided.length;
    }
    if (process.env.LZ_RUNS) console.log(seen);
    expect(all.length).toBeGreaterThan(95);
    expect(seen.witnesses).toBeGreaterThan(200);
    expect(seen.denied).toBeGreaterThan(15);
    expect(seen.undecided).toBeLessThan(seen.witnesses / 50);
  });

  test('a changed statement is a change with a request that the two sides decide differently, or changes nothing that a request could show', () => {
    const seen = { changed: 0, same: 0 };
    for (const [at, policy] of tried.entries()) {
      const [name, mutate] = MUTATIONS[at % MUTATIONS.length]!;
      const statements = statementsOf(policy.document);
      const position = statements.findIndex(({ Effect }) => Effect === 'Deny');
      const mutated = position < 0 ? undefined : mutate(statements[position]!);
      if (!mutated) continue;
      const Statement = JSON.parse(JSON.stringify(statements.map((statement, number) => (number === position ? mutated : statement)))) as PolicyStatementJson[];
      const [before, after] = [accountOf(policy), accountOf({ ...policy, document: { ...policy.document, Statement } })];
      const { changes } = compare(before, after, index);
      for (const { direction, requests } of changes) {
        const decided = (side: AccountPolicies) => (requests.every((request) => evaluate(request, side).decision === 'allowed') ? 'allowed' : 'denied');
        expect([policy.name, name, decided(before), decided(after)]).toEqual([policy.name, name, direction === 'allowed' ? 'denied' : 'allowed', direction]);
      }
      seen[changes.length > 0 ? 'changed' : 'same'] += 1;
    }
    if (process.env.LZ_RUNS) console.log(seen);
    // A few policies say the same twice, so that one change alone is none.
    expect(seen.changed).toBeGreaterThan(60 / STRIDE);
    expect(seen.same).toBeLessThan(seen.changed / 3);
  });

  test.each(REWRITINGS)('%s is no change', (_name, rewrite) => {
    for (const policy of all) {
      const after = accountOf({ ...policy, document: { ...policy.document, Statement: rewrite(statementsOf(policy.document)) } });
      const { changes, undecided } = compare(accountOf(policy), after, index);
      expect([policy.name, changes.length, undecided.length]).toEqual([policy.name, 0, 0]);
    }
  });
});
