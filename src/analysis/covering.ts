import { actionGlob, resourceMatches, resourceMatchesAll } from './arn-glob';
import { ConditionOperator, conditionOperator } from './condition-operator';
import { globMatches, globOf, hasWildcard, relate } from './glob';
import { ConditionJson, ConditionValue, PolicyStatementJson } from './policy-document';
import { list } from './statement';

/** Whether a key may have several values in one request. */
export type IsMultivalued = (key: string) => boolean;

/** Whether every action that one pattern matches, those that AWS may add among them, is matched by another one too. */
export function coversAction(wider: string, pattern: string): boolean {
  return relate(actionGlob(pattern), actionGlob(wider)) === 'inside';
}

/** Whether every resource that one pattern matches is matched by another one too. Where AWS does not say, or a policy variable decides, it is not. */
export function coversResource(wider: string, pattern: string): boolean {
  if (wider === '*' || wider === pattern) {
    return true;
  }
  if (wider.includes('$') || pattern.includes('$') || pattern === '*') {
    return false;
  }
  const [glob, texts] = [globOf(wider), globOf(pattern)];
  return (hasWildcard(texts) ? resourceMatchesAll(glob, texts) : resourceMatches(glob, pattern)) === true;
}

/**
 * Whether a statement says nothing that another one of the same effect does not say too, as their elements show: found without a request, so it holds in
 * every account. A condition that means less in other words is not recognized.
 *
 * @param isMultivalued whether a key may have several values: its conditions have to be the same
 */
export function covers(wider: PolicyStatementJson, statement: PolicyStatementJson, isMultivalued: IsMultivalued): boolean {
  return wider.Effect === statement.Effect
    && JSON.stringify([wider.Principal, wider.NotPrincipal]) === JSON.stringify([statement.Principal, statement.NotPrincipal])
    && coversActions(wider, statement)
    && coversResources(wider, statement)
    && testsOf(wider.Condition).every((test) => testsOf(statement.Condition).some((own) => isImplied(test, own, isMultivalued)));
}

function coversActions(wider: PolicyStatementJson, { Action, NotAction }: PolicyStatementJson): boolean {
  if (wider.Action !== undefined) {
    return Action !== undefined ? coverEach(list(wider.Action), list(Action), coversAction) : list(wider.Action).includes('*');
  }
  const spared = list(wider.NotAction ?? []);
  return Action !== undefined
    ? list(Action).every((pattern) => spared.every((other) => relate(actionGlob(pattern), actionGlob(other)) === 'disjoint'))
    : coverEach(list(NotAction ?? []), spared, coversAction);
}

function coversResources(wider: PolicyStatementJson, { Resource, NotResource }: PolicyStatementJson): boolean {
  if (wider.Resource !== undefined) {
    return list(wider.Resource).includes('*') || (Resource !== undefined && coverEach(list(wider.Resource), list(Resource), coversResource));
  }
  const spared = list(wider.NotResource ?? []);
  return NotResource !== undefined && spared.every((pattern) => list(NotResource).includes(pattern));
}

function coverEach(wider: readonly string[], patterns: readonly string[], coversOne: (wider: string, pattern: string) => boolean): boolean {
  return patterns.every((pattern) => wider.some((other) => coversOne(other, pattern)));
}

/** One test of a condition. */
export interface ConditionTest {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly ConditionValue[];
}

/** The tests of a condition, all of which must hold. */
export function testsOf(condition: ConditionJson | undefined): ConditionTest[] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => ({
    operator, key, values: Array.isArray(value) ? value as readonly ConditionValue[] : [value as ConditionValue],
  })));
}

/** Whether a request that passes the second test passes the first: equal tests, or the same one with values on the right side of each other. */
function isImplied(test: ConditionTest, by: ConditionTest, isMultivalued: IsMultivalued): boolean {
  if (test.operator !== by.operator || test.key !== by.key) {
    return false;
  }
  const [wide, own] = [test, by].map(({ values }) => values.map(String));
  const isInside = (some: readonly string[], others: readonly string[]): boolean => some.every((value) => others.includes(value));
  if (isMultivalued(test.key)) {
    return wide.join('\n') === own.join('\n');
  }
  const operator = conditionOperator(test.operator);
  if (isInside(wide, own) && isInside(own, wide)) {
    return true;
  }
  return operator !== undefined && comparesOneValue(operator)
    && (operator.isNegated ? isInside(wide, own) : isInside(own, wide) || (operator.comparison === 'like' && coverEach(wide, own, coversText)));
}

function coversText(wider: string, text: string): boolean {
  return wider === text || (!/[$]/.test(wider + text) && !hasWildcard(globOf(text)) && globMatches(globOf(wider), text));
}

/** Operators that hold when the key's one value equals, or is like, any of the values: what more values mean is documented, and nothing else. */
const ANY_OF: readonly string[] = ['equals', 'equalsIgnoreCase', 'like', 'arn', 'ip', 'number='];

/** Whether an operator compares the one value of a key with each value of a list. */
export function comparesOneValue({ comparison, set }: ConditionOperator): boolean {
  return set === undefined && ANY_OF.includes(comparison);
}
