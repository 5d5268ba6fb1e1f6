import { ActionIndex } from '../actions/action-index';
import { conditionOperator } from '../condition-operator';
import { ConditionTest } from '../covering';
import { globOf, relate } from '../glob';
import { supportsResourceControl } from '../rcp-services';
import { KEYS_OF_AWS_SERVICES } from './any-request';
import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';
import { whenAbsent } from './missing-key';
import { hasPlaceholder } from './placeholder';

const SERVICE_LINKED = globOf('arn:*:iam::*:role/aws-service-role/*');

/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html, the note on kms:RetireGrant (read 2026-11-22). */
const NOT_BOUND_BY_RESOURCE_CONTROL = ['kms:RetireGrant'];

/**
 * LZ.LINT.7: what this type of policy does not reach. Resource control policies bind some services only; service control policies bind no AWS service; neither
 * binds service-linked roles.
 *
 * Sources (read 2026-11-22): https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html ("Tasks and entities not restricted by SCPs"),
 * .../orgs_manage_policies_rcps.html ("Resources and entities not restricted by RCPs").
 */
export function outOfReach(statement: LintStatement, index: ActionIndex): LintFinding[] {
  return [
    ...(statement.policy.kind === 'resource-control' && statement.isDeny ? unboundServices(statement, index) : []),
    ...statement.tests.filter((test) => isOutOfReach(statement, test)).map((test) => exemptOnly(statement, test)),
  ];
}

function unboundServices(statement: LintStatement, index: ActionIndex): LintFinding[] {
  const unbound = statement.patterns.filter((pattern) => index.matching(pattern).length > 0
    && (!supportsResourceControl(pattern) || NOT_BOUND_BY_RESOURCE_CONTROL.some((action) => action.toLowerCase() === pattern.toLowerCase())));
  if (unbound.length === 0) {
    return [];
  }
  const services = [...new Set(unbound.map((pattern) => (supportsResourceControl(pattern) ? pattern : pattern.split(':')[0])))];
  return [statement.finding(
    'LZ.LINT.7', `Resource control policies do not apply to ${fewWords(services)}`, `the statement does not deny ${fewWords(unbound)}`,
    'Deny it in a service control policy, to the principals of the organization, or in the policy of the resource.',
  )];
}

/** Whether only principals, or only requests, that AWS exempts pass a test. */
export function isOutOfReach(statement: LintStatement, test: ConditionTest): boolean {
  return exemptBy(statement, test) !== undefined;
}

/** Whom a test is about, where AWS exempts all of them. */
function exemptBy({ policy, isDeny }: LintStatement, test: ConditionTest): string | undefined {
  const key = test.key.toLowerCase();
  const operator = conditionOperator(test.operator);
  if (!isDeny || !operator || operator.isNegated || operator.set || whenAbsent(test) !== false) {
    return undefined;
  }
  const texts = test.values.map(String);
  const isTrue = operator.comparison === 'bool' && texts.every((text) => text.toLowerCase() === 'true');
  if (policy.kind === 'service-control' && (KEYS_OF_AWS_SERVICES.includes(key) || (key === 'aws:principalisawsservice' && isTrue))) {
    return 'AWS services';
  }
  if (operator.comparison === 'null' || texts.some(hasPlaceholder)) {
    return undefined;
  }
  if (key === 'aws:principalarn' && texts.every((text) => relate(globOf(text), SERVICE_LINKED) === 'inside')) {
    return 'service-linked roles';
  }
  const isOfManagement = policy.managementAccountId !== undefined && policy.kind === 'service-control'
    && ((key === 'aws:principalarn' && texts.every((text) => text.split(':')[4] === policy.managementAccountId)) || (key === 'aws:principalaccount' && texts.every((text) => text === policy.managementAccountId)));
  return isOfManagement ? 'the management account' : undefined;
}

function exemptOnly(statement: LintStatement, test: ConditionTest): LintFinding {
  const whom = exemptBy(statement, test)!;
  const type = statement.policy.kind === 'service-control' ? 'service control policies' : 'resource control policies';
  const fix = whom === 'AWS services' ? 'Write it as a resource control policy, or into the policies of resources.'
    : whom === 'the management account' ? 'Drop the statement; keep work out of the management account.' : 'Drop the statement.';
  return statement.finding('LZ.LINT.7', `Only ${whom} can pass the test of ${test.key}, and ${type} do not bind ${whom === 'the management account' ? 'it' : 'them'}`, 'the statement never denies anything', fix);
}
