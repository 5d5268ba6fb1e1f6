import { Coverings } from './coverings';
import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintLevel } from './lint-level';
import { LintStatement } from './lint-statement';

interface Placed {
  readonly statement: LintStatement;
  readonly level: string;
  readonly depth: number;
}

/** A statement that another one covers. */
export interface CoveredStatement {
  readonly statement: LintStatement;
  readonly by: LintStatement;
  /** Where the other one is attached, when that is above. */
  readonly above?: string;
}

/**
 * Statements that another one covers: a Deny at its level or above, an Allow at its own level. An Allow of everything is AWS's own way to begin, and is not found.
 */
export function coveredStatements(levels: readonly LintLevel[], coverings: Coverings): CoveredStatement[] {
  const placed = levels.flatMap(({ level, statements }, depth) => statements.map((statement): Placed => ({ statement, level, depth })));
  return placed.flatMap(({ statement, depth }, position): CoveredStatement[] => {
    const by = !statement.isDeny && statement.isOfEverything ? undefined : placed.find((other, place) => (
      !isSame(other.statement, statement) && (statement.isDeny ? other.depth <= depth : other.depth === depth) && coverings.covers(other.statement, statement)
        // Of two that cover each other the later one is superfluous.
        && (place < position || !coverings.covers(statement, other.statement))
    ));
    return by ? [{ statement, by: by.statement, ...(by.depth < depth && { above: by.level }) }] : [];
  });
}

/** A policy may be attached at several levels. */
function isSame(one: LintStatement, other: LintStatement): boolean {
  return one === other || (one.policy.name === other.policy.name && one.name === other.name);
}

/** LZ.LINT.4: statements that another one covers; one finding for all that a policy says again. */
export function coveredFindings(covered: readonly CoveredStatement[]): LintFinding[] {
  const groups = new Map<string, CoveredStatement[]>();
  for (const one of covered) {
    const key = JSON.stringify([one.statement.policy.name, one.statement.policy.kind, one.statement.isDeny, one.by.policy.name, one.above]);
    groups.set(key, [...groups.get(key) ?? [], one]);
  }
  return [...groups.values()].map(finding);
}

function finding(group: readonly CoveredStatement[]): LintFinding {
  const [{ statement, by, above }] = group;
  const { policy, isDeny } = statement;
  const others = [...new Set(group.map((one) => one.by.name))];
  const where = by.policy.name === policy.name ? 'the same policy' : `policy ${by.policy.name}${above === undefined ? '' : ` at ${above}`}`;
  const verb = isDeny ? ['denies', 'deny'] : ['allows', 'allow'];
  const subject = group.length === 1 ? `it ${verb[0]}` : `they ${verb[1]}`;
  const other = !isDeny && by.isOfEverything ? `${by.policy.name} at the same level ${verb[0]}` : `${fewWords(others)} of ${where}${isDeny ? '' : ' at the same level'} ${verb[others.length === 1 ? 0 : 1]}`;
  const what = `All that ${subject}, ${other} too`;
  return {
    rule: 'LZ.LINT.4', policy: policy.name, statement: fewWords(group.map((one) => one.statement.name)), what,
    why: `without ${group.length === 1 ? 'it' : 'them'} nothing changes${isDeny ? '' : ', and nothing is limited'}`,
    fix: !isDeny && by.isOfEverything ? `An allow list counts once ${by.policy.name} is detached there; deny instead, or remove the statement.` : group.length === 1 ? 'Remove it, or narrow the other one.' : 'Remove them, or narrow the other ones.',
  };
}
