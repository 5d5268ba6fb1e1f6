import { ActionIndex } from '../actions/action-index';
import { testsOf } from '../covering';
import { statementsOf } from '../statement';
import { validatePolicyDocument } from '../validate-policy';
import { exemptsEveryPrincipal, exemptsNobody } from './exemption';
import { LintFinding, LintPolicy } from './lint-finding';
import { LintStatement, lintStatements } from './lint-statement';
import { missingKey } from './missing-key';
import { neverApplies } from './never-applies';
import { outOfReach } from './out-of-reach';
import { plainWildcard } from './plain-wildcard';
import { presenceTest } from './presence-test';
import { unknownAction } from './unknown-action';

/** What looks at one statement by itself. */
const RULES: ReadonlyArray<(statement: LintStatement, index: ActionIndex) => LintFinding[]> = [
  unknownAction, missingKey, neverApplies, plainWildcard, exemptsEveryPrincipal, exemptsNobody, outOfReach, presenceTest,
];

/** What is almost certainly a mistake in a policy, seen by itself. A policy that AWS would refuse is not looked at: `validatePolicyDocument` says why. */
export function lintPolicy(policy: LintPolicy, index: ActionIndex): LintFinding[] {
  if (validatePolicyDocument(policy.document, policy.name, policy.kind).problems.length > 0) {
    return [];
  }
  return lintStatements(policy, index, setKeysOf(policy)).flatMap((statement) => RULES.flatMap((rule) => rule(statement, index)));
}

/** Keys, in lower case, that a policy tests with a set operator: they may have several values. */
export function setKeysOf({ document }: LintPolicy): string[] {
  return statementsOf(document).flatMap(({ Condition }) => testsOf(Condition)).filter(({ operator }) => operator.includes(':')).map(({ key }) => key.toLowerCase());
}
