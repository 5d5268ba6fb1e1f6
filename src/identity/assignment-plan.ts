import type { TargetKind } from './assignment-target';
import { nearest } from '../analysis/nearest';
import { bucketOf } from '../organization/account-stacks';

/** An account as assignments see it. */
export interface PlacedAccount {
  readonly key: string;
  readonly accountId: string;
  /** Path of its unit: `Root/Workloads/Prod`. */
  readonly unitPath: string;
  readonly tags: { readonly [key: string]: string };
}

/** Accounts in words. */
export interface PlannedTarget {
  readonly kind: TargetKind;
  readonly words: string;
  readonly subject: string;
  readonly value: string;
}

/** A group that has a permission set somewhere. */
export interface Grant {
  readonly group: string;
  readonly permissionSet: string;
  readonly targets: readonly PlannedTarget[];
  readonly except: readonly PlannedTarget[];
}

/** What assignments are planned for. */
export interface AssignmentQuestion {
  readonly grants: readonly Grant[];
  readonly accounts: readonly PlacedAccount[];
  readonly managementAccount: { readonly key: string; readonly accountId: string };
  /** Paths of units, the root among them. */
  readonly units: readonly string[];
  /** Stacks that assignments are spread over. */
  readonly stacks: number;
}

/** One assignment, in its stack. */
export interface PlannedAssignment {
  /** Stable: account, group and permission set. */
  readonly key: string;
  readonly group: string;
  readonly permissionSet: string;
  readonly account: string;
  readonly accountId: string;
  /** From 0. */
  readonly stack: number;
  /** The assignment that it waits for. */
  readonly after?: string;
  /** Why it is in the management account. */
  readonly reason?: string;
}

export interface AssignmentPlan {
  /** By key. */
  readonly assignments: readonly PlannedAssignment[];
  /** What is wrong, for people. */
  readonly problems: readonly string[];
}

/** Assignments that we put into a stack; CloudFormation's limit is 500 resources (read 2026-11-22). */
export const MAX_ASSIGNMENTS = 480;

/** Assignments that are made at once; more than ten to twenty are throttled (aws-cloudformation/cloudformation-coverage-roadmap #660, read 2026-11-22). */
const AT_ONCE = 10;

/**
 * Who gets what where: every group, permission set and account once, however many grants say so. Stack and lane follow from keys alone, so an account more moves nothing, and the order of
 * grants and accounts does not matter.
 */
export function planAssignments(question: AssignmentQuestion): AssignmentPlan {
  const problems = new Set<string>();
  const planned = new Map<string, Omit<PlannedAssignment, 'after'>>();
  for (const { group, permissionSet, targets, except } of question.grants) {
    const left = new Set(except.flatMap((target) => accountsOf(target, question, problems).map(({ key }) => key)));
    for (const target of targets) {
      for (const { key: account, accountId } of accountsOf(target, question, problems).filter(({ key }) => !left.has(key))) {
        const key = `${account}.${group}.${permissionSet}`;
        const reason = target.kind === 'managementAccount' ? { reason: target.subject } : {};
        // Of several reasons the first in the alphabet stays, whatever the order they are given in.
        if (planned.has(key) && !((reason.reason ?? '') < (planned.get(key)!.reason ?? ''))) continue;
        planned.set(key, { key, group, permissionSet, account, accountId, stack: bucketOf(account, question.stacks), ...reason });
      }
    }
  }
  const sorted = [...planned.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  const last = new Map<string, string>();
  const lanes = Math.max(1, Math.floor(AT_ONCE / question.stacks));
  const assignments = sorted.map((assignment) => {
    const lane = `${assignment.stack} ${bucketOf(assignment.key, lanes)}`;
    const after = last.get(lane);
    last.set(lane, assignment.key);
    return { ...assignment, ...(after !== undefined && { after }) };
  });
  return { assignments, problems: [...problems, ...fullStacks(sorted, question.stacks)] };
}

function accountsOf(target: PlannedTarget, question: AssignmentQuestion, problems: Set<string>): Array<{ readonly key: string; readonly accountId: string }> {
  const { accounts, units, managementAccount } = question;
  switch (target.kind) {
    case 'everyAccount': return [...accounts];
    case 'managementAccount': return [managementAccount];
    case 'account': {
      if (target.subject === managementAccount.key) {
        problems.add(`${target.subject} is the management account, which no guardrail binds: say AssignmentTarget.managementAccount(reason) if people must work there`);
        return [];
      }
      const found = accounts.filter(({ key }) => key === target.subject);
      if (found.length === 0) problems.add(`There is no account "${target.subject}"${suggestion(target.subject, accounts.map(({ key }) => key))}`);
      return found;
    }
    case 'unit': {
      const path = target.subject === 'Root' || target.subject.startsWith('Root/') ? target.subject : `Root/${target.subject}`;
      if (!units.includes(path)) problems.add(`There is no unit "${target.subject}"${suggestion(path, units)}`);
      return accounts.filter(({ unitPath }) => `${unitPath}/`.startsWith(`${path}/`));
    }
    case 'tag': {
      const keys = [...new Set(accounts.flatMap(({ tags }) => Object.keys(tags)))];
      if (!keys.includes(target.subject)) problems.add(`No account has a tag "${target.subject}"${suggestion(target.subject, keys)}`);
      return accounts.filter(({ tags }) => tags[target.subject] === target.value);
    }
  }
}

function suggestion(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `; did you mean "${found.replace(/^Root\//, '')}"?`;
}

function fullStacks(assignments: ReadonlyArray<{ readonly stack: number }>, stacks: number): string[] {
  const counts = new Map<number, number>();
  for (const { stack } of assignments) counts.set(stack, (counts.get(stack) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most <= MAX_ASSIGNMENTS) return [];
  const enough = 2 ** Math.ceil(Math.log2(assignments.length / (MAX_ASSIGNMENTS * 0.6)));
  return [`${assignments.length} assignments in ${stacks} stacks: one would hold ${most}, and CloudFormation takes 500 resources. Set assignmentStacks to ${Math.max(enough, stacks * 2)}, or assign to fewer groups. `
    + 'Another number moves assignments between stacks: read docs/identity.md first'];
}
