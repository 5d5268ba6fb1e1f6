import { byteLength, packStatements, policySize } from './packing';
import { PolicyDocument, PolicyStatementJson } from './policy-document';

/** A policy before or after, as far as packing is concerned. */
export interface StatementGroup {
  readonly name: string;
  readonly statements: readonly PolicyStatementJson[];
}

export interface Repacking {
  readonly groups: readonly StatementGroup[];
  /** What does not fit, for people. */
  readonly problems: readonly string[];
}

/** The policy of some statements, in the form in which sizes are counted: a list of statements, even of one. */
export function documentOf(statements: readonly PolicyStatementJson[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * Puts statements into as few policies as first-fit decreasing finds: the largest first, each into the first policy with room. The policies keep the
 * names there were, each that of the one it has most of, so that little moves; within a policy the statements keep their order. Statements of one Sid
 * never share a policy.
 *
 * @param names what new policies are called, where there are more than before; from 1
 * @param isFrom whether a statement is, or holds, one of the former ones
 */
export function repackStatements(
  statements: readonly PolicyStatementJson[], former: readonly StatementGroup[], maxBytes: number, names: (index: number) => string,
  isFrom: (statement: PolicyStatementJson, old: PolicyStatementJson) => boolean,
): Repacking {
  const sizes = statements.map((statement) => byteLength(JSON.stringify(statement)));
  const order = statements.map((_, index) => index).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const { policies, problems } = packStatements(
    order.map((index) => ({ key: String(index), statements: [statements[index]] })), { maxBytes, maxCount: Infinity },
  );
  const bins = policies.map(({ items }) => items.map(Number).sort((a, b) => a - b)).sort(([a], [b]) => a - b);
  const tooLarge = problems.map((problem) => problem.replace(/^\d+/, (index) => `statement ${statements[Number(index)].Sid ?? `#${Number(index) + 1}`}`));
  const binNames = namesOf(bins.map((bin) => bin.map((index) => statements[index])), former, isFrom);
  let made = 0;
  return { groups: bins.map((bin, index) => ({ name: binNames[index] ?? names(++made), statements: bin.map((at) => statements[at]) })), problems: tooLarge };
}

/** For each new policy the name of the former one that it has most bytes of; each name once, the best match first. */
function namesOf(
  bins: ReadonlyArray<readonly PolicyStatementJson[]>, former: readonly StatementGroup[], isFrom: (statement: PolicyStatementJson, old: PolicyStatementJson) => boolean,
): Array<string | undefined> {
  const matches = bins.flatMap((bin, index) => former.map(({ name, statements }, at) => ({
    index, at, name, bytes: policySize(documentOf(statements.filter((old) => bin.some((statement) => isFrom(statement, old))))),
  }))).sort((a, b) => b.bytes - a.bytes || a.index - b.index || a.at - b.at);
  const names: Array<string | undefined> = bins.map(() => undefined);
  const taken = new Set<number>();
  for (const { index, at, name } of matches) {
    if (names[index] === undefined && !taken.has(at)) {
      names[index] = name;
      taken.add(at);
    }
  }
  return names;
}
