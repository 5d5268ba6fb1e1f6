import { arnParts } from '../arn-glob';
import { conditionOperator } from '../condition-operator';
import { ConditionTest } from '../covering';
import { isPossible } from '../decide';
import { partByPart, wholeText } from '../domain/text-pattern';
import { globOf, STAR, textOf } from '../glob';
import { anyRequest } from './any-request';
import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';
import { hasPlaceholder, withAnyPlaceholder } from './placeholder';
import { testHolds } from './tests-together';
import { canMeet, withoutColons } from './text-meeting';

/**
 * LZ.LINT.5: an exemption by `aws:PrincipalArn` that exempts nobody. The key is the ARN of a role (not of its session), a user, a federated user or the root user.
 * An exemption that spares everyone is found by `neverApplies`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn (read 2026-11-22).
 */
export function exemptsNobody(statement: LintStatement): LintFinding[] {
  return statement.tests.filter(({ key, operator }) => key.toLowerCase() === 'aws:principalarn' && conditionOperator(operator)?.isNegated).flatMap((test) => {
    const nobody = test.values.map(String).filter((value) => !namesSomebody(test, value));
    const isOne = nobody.length === 1;
    return nobody.length === 0 ? [] : [statement.finding(
      'LZ.LINT.5',
      `${fewWords(nobody)} in ${test.operator} ${test.key} ${isOne ? 'is the ARN of no principal, so it exempts' : 'are the ARNs of no principal, so they exempt'} nobody`,
      'whom it is to spare is bound', hintOf(nobody, test),
    )];
  });
}

/**
 * LZ.LINT.5: an exemption of every principal in a resource control policy, which is left with AWS services and anonymous requests. In a service control policy such
 * a statement never applies, which `neverApplies` finds.
 */
export function exemptsEveryPrincipal(statement: LintStatement): LintFinding[] {
  const facts = anyRequest('service-control', []);
  return statement.policy.kind !== 'resource-control' || !statement.isDeny ? [] : statement.tests
    .filter(({ key, operator, values }) => key.toLowerCase() === 'aws:principalarn' && conditionOperator(operator)?.isNegated && !values.some((value) => hasPlaceholder(String(value))))
    .filter((test) => !isPossible(testHolds(test, facts, statement.variables)))
    .map(({ operator, key, values }) => statement.finding(
      'LZ.LINT.5', `${fewWords(values.map(String))} in ${operator} ${key} exempts every principal`, 'the statement denies AWS services and anonymous requests only', 'Name only whom the statement is to spare.',
    ));
}

/** What `aws:PrincipalArn` can be; a name has no colon, but for that of roles that AWS acts as, such as `aws:ec2-infrastructure`. */
const PRINCIPALS = ['iam::ACCOUNT:role/*', 'iam::ACCOUNT:role/aws:*', 'iam::ACCOUNT:user/*', 'iam::ACCOUNT:root', 'sts::ACCOUNT:federated-user/*']
  .map((form) => withoutColons(globOf(`arn:*:${form.replace('ACCOUNT', '?'.repeat(12))}`)));

/** Whether some principal is what a value of an exemption says. What a template leaves for later, and a policy variable, may be anything. */
function namesSomebody({ operator }: ConditionTest, value: string): boolean {
  const comparison = conditionOperator(operator)!.comparison;
  if (takesNoWildcards(operator)) {
    // No name of a principal has a wildcard in it.
    const ignoreCase = comparison === 'equalsIgnoreCase';
    return hasPlaceholder(value) || value.includes('${') || (!/[*?]/.test(value) && canMeet(PRINCIPALS, wholeText(globOf(value), ignoreCase)));
  }
  const pattern = globOf(withAnyPlaceholder(value).replace(/\$\{[^}]*\}/g, '*'));
  // ArnLike and ArnEquals compare six parts.
  return textOf(pattern) !== undefined || comparison !== 'arn' || pattern.every((token) => token === STAR) ? canMeet(PRINCIPALS, wholeText(pattern))
    : arnParts(pattern).length === 6 && canMeet(PRINCIPALS, partByPart(pattern));
}

function takesNoWildcards(operator: string): boolean {
  return /^equals/.test(conditionOperator(operator)?.comparison ?? '');
}

function hintOf(nobody: readonly string[], { operator }: ConditionTest): string {
  if (nobody.some((value) => /:assumed-role\//.test(value))) {
    return 'aws:PrincipalArn of a session is the ARN of its role: write arn:aws:iam::ACCOUNT:role/NAME.';
  }
  return takesNoWildcards(operator) && nobody.some((value) => /[*?]/.test(value)) ? 'Wildcards need ArnNotLike or StringNotLike.'
    : 'The forms are arn:aws:iam::ACCOUNT:role/NAME, ...:user/NAME, ...:root and arn:aws:sts::ACCOUNT:federated-user/NAME.';
}
