import { conditionClauses } from '../condition';
import { ConditionTest } from '../covering';
import { isPossible } from '../decide';
import { and, Expression } from '../expression';
import { RequestFacts } from '../request-facts';
import { LintStatement } from './lint-statement';
import { hasPlaceholder } from './placeholder';

/** The condition of a single test, as an expression over a request. */
export function testHolds({ operator, key, values }: ConditionTest, { context }: RequestFacts, variables: boolean): Expression {
  return and(...conditionClauses({ [operator]: { [key]: values } }, context, variables).map(({ expression }) => expression));
}

/** A smallest set of tests that no request passes together; undefined when some request passes all. What a template leaves for later may be anything. */
export function impossibleTests(statement: LintStatement): readonly ConditionTest[] | undefined {
  const facts = statement.anyRequest;
  const parts = statement.tests.filter(({ values }) => !values.some((value) => hasPlaceholder(String(value)))).map((test) => ({ test, holds: testHolds(test, facts, statement.variables) }));
  const isImpossible = (some: typeof parts): boolean => !isPossible(and(...some.map(({ holds }) => holds)));
  if (!isImpossible(parts)) {
    return undefined;
  }
  const alone = parts.find((part) => isImpossible([part]));
  let left = alone ? [alone] : parts;
  for (const part of alone ? [] : parts) {
    const rest = left.filter((other) => other !== part);
    if (isImpossible(rest)) {
      left = rest;
    }
  }
  return left.map(({ test }) => test);
}
