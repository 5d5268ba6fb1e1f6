import { conditionOperator } from '../condition-operator';
import { ConditionTest } from '../covering';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';

/**
 * Keys that every request has.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Availability" (read 2026-11-22).
 */
const ALWAYS_THERE = [
  'aws:currenttime', 'aws:epochtime', 'aws:principalaccount', 'aws:principaltype', 'aws:requestedregion', 'aws:securetransport', 'aws:useragent', 'aws:userid', 'aws:viaawsservice',
];

/** Keys that every signed request has, and so every one that a service control policy binds. Same source. */
const ALWAYS_SIGNED = ['aws:principalarn', 'aws:principalisawsservice'];

const MFA = 'aws:multifactorauthpresent';

/**
 * LZ.LINT.8: tests of presence that AWS's documentation warns of, and Null with a key that is always there.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent (read 2026-11-22).
 */
export function presenceTest(statement: LintStatement): LintFinding[] {
  return statement.tests.flatMap((test) => (isPresenceTest(statement, test) ? [alwaysThere(statement, test)] : test.key.toLowerCase() === MFA ? multiFactor(statement, test) : []));
}

/** Whether a test asks if a key is there that always is. */
export function isPresenceTest({ policy }: LintStatement, { operator, key }: ConditionTest): boolean {
  const lower = key.toLowerCase();
  return operator === 'Null' && (ALWAYS_THERE.includes(lower) || (policy.kind === 'service-control' && ALWAYS_SIGNED.includes(lower)));
}

function alwaysThere(statement: LintStatement, { key, values }: ConditionTest): LintFinding {
  const wantsAbsent = values.every((value) => String(value).toLowerCase() === 'true');
  return statement.finding(
    'LZ.LINT.8', `${key} is in every request, so Null ${key} ${values.join(', ')} ${wantsAbsent ? 'never' : 'always'} passes`,
    wantsAbsent ? 'the statement never applies' : 'it tests nothing', 'Test the value of the key, or drop the test.',
  );
}

/** Each combination that the documentation of the key warns of. */
function multiFactor(statement: LintStatement, { operator: name, values }: ConditionTest): LintFinding[] {
  const operator = conditionOperator(name);
  const [value] = values.map((one) => String(one).toLowerCase());
  if (!operator || operator.ifExists || operator.set || values.length !== 1) {
    return [];
  }
  const combination = `${statement.json.Effect} ${operator.comparison} ${value}`;
  const absent = 'requests with long-term access keys do not have aws:MultiFactorAuthPresent';
  switch (combination) {
    case 'Deny bool false': return [statement.finding(
      'LZ.LINT.8', `Deny with Bool aws:MultiFactorAuthPresent false: ${absent}`, 'the statement does not deny them', 'Write BoolIfExists, which denies them too.',
    )];
    case 'Deny null true': return [statement.finding(
      'LZ.LINT.8', 'Deny with Null aws:MultiFactorAuthPresent true does not test whether MFA was used', 'temporary credentials without MFA have the key too, so they are not denied',
      'Write BoolIfExists aws:MultiFactorAuthPresent false.',
    )];
    case 'Allow null false': return [statement.finding(
      'LZ.LINT.8', 'Allow with Null aws:MultiFactorAuthPresent false does not test whether MFA was used', 'temporary credentials without MFA have the key too, so they are allowed',
      'Write Bool aws:MultiFactorAuthPresent true.',
    )];
    default: return [];
  }
}
