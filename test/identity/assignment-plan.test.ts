import * as fc from 'fast-check';
import { AssignmentQuestion, Grant, MAX_ASSIGNMENTS, PlacedAccount, planAssignments, PlannedTarget } from '../../src/identity/assignment-plan';

const UNITS = ['Root', 'Root/Workloads', 'Root/Workloads/Prod', 'Root/Workloads/Dev', 'Root/Sandbox'];
const MANAGEMENT = { key: 'management', accountId: '000000000001' };
const SETS = ['Viewer', 'Developer', 'Administrator'];
const GROUPS = ['payments', 'platform', 'security'];

const target = (kind: PlannedTarget['kind'], subject = '', value = ''): PlannedTarget => ({ kind, words: kind, subject, value });

/** Every account has the tag, so that it is known. */
const accounts = fc.uniqueArray(fc.record({
  key: fc.stringMatching(/^[a-z]{1,4}(-[a-z]{1,3})?$/),
  accountId: fc.stringMatching(/^[1-9][0-9]{11}$/),
  unitPath: fc.constantFrom(...UNITS),
  tags: fc.record({ team: fc.constantFrom('payments', 'web') }),
}), { selector: ({ key }) => key, minLength: 1, maxLength: 12 }).filter((all) => all.every(({ key }) => key !== 'management'));

const targets = fc.array(fc.oneof(
  fc.constant(target('everyAccount')),
  fc.constantFrom(...UNITS).map((path) => target('unit', path.replace(/^Root\//, ''))),
  fc.constantFrom('payments', 'web', 'nobody').map((value) => target('tag', 'team', value)),
  fc.constantFrom('organization policies are written there', 'bills are paid there').map((reason) => target('managementAccount', reason)),
), { minLength: 1, maxLength: 3 });

const grants: fc.Arbitrary<Grant[]> = fc.array(fc.record({
  group: fc.constantFrom(...GROUPS), permissionSet: fc.constantFrom(...SETS), targets, except: fc.oneof(fc.constant([]), targets),
}), { maxLength: 5 });

const questions: fc.Arbitrary<AssignmentQuestion> = fc.record({ grants, accounts, managementAccount: fc.constant(MANAGEMENT), units: fc.constant(UNITS), stacks: fc.integer({ min: 1, max: 12 }) });

/** The slow obvious way. */
function expected({ grants: all, accounts: placed }: AssignmentQuestion): string[] {
  const is = (account: PlacedAccount | undefined, { kind, subject, value }: PlannedTarget): boolean => {
    if (account === undefined) return kind === 'managementAccount';
    switch (kind) {
      case 'everyAccount': return true;
      case 'unit': return subject === 'Root' || account.unitPath === `Root/${subject}` || account.unitPath.startsWith(`Root/${subject}/`);
      case 'tag': return account.tags[subject] === value;
      default: return false;
    }
  };
  return [...new Set(all.flatMap(({ group, permissionSet, targets: where, except }) => [...placed, undefined]
    .filter((account) => where.some((one) => is(account, one)) && !except.some((one) => is(account, one)))
    .map((account) => `${account?.key ?? MANAGEMENT.key} ${group} ${permissionSet}`)))].sort();
}

const where = (question: AssignmentQuestion) => planAssignments(question).assignments.map(({ after: _order, ...assignment }) => assignment);

describe('laws', () => {
  test('it is what the obvious way finds, each once', () => {
    fc.assert(fc.property(questions, (question) => {
      const { assignments, problems } = planAssignments(question);
      expect(problems).toEqual([]);
      expect(assignments.map(({ account, group, permissionSet }) => `${account} ${group} ${permissionSet}`).sort()).toEqual(expected(question));
    }));
  });

  test('an account more moves nothing, and a grant more moves nothing', () => {
    fc.assert(fc.property(questions, fc.nat(), (question, choice) => {
      const less = question.accounts.filter((_, index) => index !== choice % question.accounts.length);
      const all = where(question);
      for (const assignment of where({ ...question, accounts: less })) expect(all).toContainEqual(assignment);
      const fewer = question.grants.filter((_, index) => index !== choice % Math.max(1, question.grants.length));
      for (const { reason: _why, ...assignment } of where({ ...question, grants: fewer })) expect(all).toContainEqual(expect.objectContaining(assignment));
    }));
  });

  test('the order of accounts, grants and targets does not matter', () => {
    fc.assert(fc.property(questions, (question) => {
      const reversed = {
        ...question, accounts: [...question.accounts].reverse(), grants: [...question.grants].reverse().map((grant) => ({ ...grant, targets: [...grant.targets].reverse() })),
      };
      expect(planAssignments(reversed)).toEqual(planAssignments(question));
    }));
  });

  test('all assignments of an account are in one stack, wait for one of the same stack, and no more than ten are made at once', () => {
    fc.assert(fc.property(questions, (question) => {
      const { assignments } = planAssignments(question);
      const byKey = new Map(assignments.map((assignment) => [assignment.key, assignment]));
      for (const { account, stack, after, key } of assignments) {
        expect(assignments.filter((other) => other.account === account && other.stack !== stack)).toEqual([]);
        expect(stack).toBeLessThan(question.stacks);
        if (after !== undefined) expect([byKey.get(after)!.stack, after < key]).toEqual([stack, true]);
      }
      expect(assignments.filter(({ after }) => after === undefined).length).toBeLessThanOrEqual(Math.max(10, question.stacks));
    }));
  });
});

describe('hundreds of accounts', () => {
  const many = (count: number): PlacedAccount[] => Array.from({ length: count }, (_, index) => ({
    key: `account-${index}`, accountId: String(100000000000 + index), unitPath: UNITS[index % UNITS.length]!, tags: { team: 'web' },
  }));
  const everyone = (count: number, stacks: number) => planAssignments({
    grants: GROUPS.flatMap((group) => SETS.slice(0, 2).map((permissionSet) => ({ group, permissionSet, targets: [target('everyAccount')], except: [] }))),
    accounts: many(count), managementAccount: MANAGEMENT, units: UNITS, stacks,
  });

  test('400 accounts with six assignments each stay inside the limit of eight stacks', () => {
    const { assignments, problems } = everyone(400, 8);
    expect([assignments.length, problems]).toEqual([2400, []]);
    const counts = Array.from({ length: 8 }, (_, stack) => assignments.filter((assignment) => assignment.stack === stack).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(MAX_ASSIGNMENTS);
    expect(Math.min(...counts)).toBeGreaterThan(200);
  });

  test('too many say so, with a number that is enough', () => {
    const { problems } = everyone(1000, 8);
    expect(problems).toEqual([expect.stringMatching(/^6000 assignments in 8 stacks: one would hold \d+, and CloudFormation takes 500 resources\. Set assignmentStacks to 32/)]);
    expect(everyone(1000, 32).problems).toEqual([]);
  });
});

describe('mistakes', () => {
  const problemsOf = (...all: PlannedTarget[]) => planAssignments({
    grants: [{ group: 'web', permissionSet: 'Viewer', targets: all, except: [] }],
    accounts: [{ key: 'payments-prod', accountId: '111122223333', unitPath: 'Root/Workloads/Prod', tags: { team: 'payments' } }],
    managementAccount: MANAGEMENT, units: UNITS, stacks: 1,
  }).problems;

  test('are told together, with the nearest words', () => {
    expect(problemsOf(target('account', 'payment-prod'), target('unit', 'Workload/Prod'), target('tag', 'Teams', 'web'), target('unit', 'Elsewhere'))).toEqual([
      'There is no account "payment-prod"; did you mean "payments-prod"?',
      'There is no unit "Workload/Prod"; did you mean "Workloads/Prod"?',
      'No account has a tag "Teams"; did you mean "team"?',
      'There is no unit "Elsewhere"',
    ]);
  });

  test('the management account is named with a reason, and no other way', () => {
    expect(problemsOf(target('account', 'management'))).toEqual([expect.stringContaining('say AssignmentTarget.managementAccount(reason)')]);
    expect(problemsOf(target('everyAccount'), target('unit', 'Root'))).toEqual([]);
  });

  test('a unit without accounts and a value that no account has are no mistakes', () => {
    expect(problemsOf(target('unit', 'Sandbox'), target('tag', 'team', 'none'))).toEqual([]);
  });
});
