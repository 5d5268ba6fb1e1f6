import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';
import { hasPlaceholder } from './placeholder';
import { conditionOperator } from '../condition-operator';
import { ConditionTest } from '../covering';

/**
 * LZ.LINT.3, and LZ.LINT.5 of a negated test: a wildcard that is compared as a plain character. `StringEquals` and its kin have no wildcards. The ARNs of
 * exempted principals are `exemptsNobody`'s.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html, "Wildcard without like operator" (read 2026-11-22).
 */
export function plainWildcard(statement: LintStatement): LintFinding[] {
  return statement.tests.flatMap((test) => {
    const operator = conditionOperator(test.operator);
    const plain = test.values.map(String).filter((value) => isMeantAsWildcard(value, test.key) && !hasPlaceholder(value));
    const isOfPrincipal = operator?.isNegated && test.key.toLowerCase() === 'aws:principalarn';
    return plain.length === 0 || isOfPrincipal || !/^equals/.test(operator?.comparison ?? '') ? [] : [finding(statement, test, plain, operator!.isNegated)];
  });
}

function finding(statement: LintStatement, { operator, key, values }: ConditionTest, plain: readonly string[], isNegated: boolean): LintFinding {
  const like = operator.replace(/Equals(IgnoreCase)?/, 'Like');
  const what = `${fewWords(plain)} in ${operator} ${key}: the operator takes * for a plain character`;
  return isNegated ? statement.finding('LZ.LINT.5', what, 'so that it spares no value', `Write ${like}.`)
    : statement.finding('LZ.LINT.3', what, plain.length === values.length ? 'so that no request passes' : 'so that no value is equal to it', `Write ${like}.`);
}

/** A star alone may be the value itself, such as that of `lambda:Principal`; that of a tag it hardly is. */
function isMeantAsWildcard(value: string, key: string): boolean {
  return value === '*' ? /^aws:(Principal|Request|Resource)Tag\//i.test(key) : value.replace(/\$\{[^}]*\}/g, '').includes('*');
}
