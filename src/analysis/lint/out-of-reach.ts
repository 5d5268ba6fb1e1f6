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

/** Whether only principals that AWS exempts pass a test. */
export function isOutOfReach({ policy, isDeny }: LintStatement, test: ConditionTest): boolean {
  const { operator: name, values } = test;
  const key = test.key.toLowerCase();
  const operator = conditionOperator(name);
  if (!operator || operator.isNegated || operator.set || whenAbsent(test) !== false) {
    return false;
  }
  if (key === 'aws:principalarn') {
    const texts = values.map(String);
    return isDeny && operator.comparison !== 'null' && texts.length > 0 && texts.every((text) => !hasPlaceholder(text) && relate(globOf(text), SERVICE_LINKED) === 'inside');
  }
  const isOfServices = KEYS_OF_AWS_SERVICES.includes(key) || (key === 'aws:principalisawsservice' && operator.comparison === 'bool' && values.every((value) => String(value).toLowerCase() === 'true'));
  return policy.kind === 'service-control' && isOfServices;
}

function exemptOnly(statement: LintStatement, { key, values }: ConditionTest): LintFinding {
  const isRole = key.toLowerCase() === 'aws:principalarn';
  const type = statement.policy.kind === 'service-control' ? 'service control policies' : 'resource control policies';
  return statement.finding(
    'LZ.LINT.7',
    isRole ? `${fewWords(values.map(String))} names service-linked roles only, which ${type} do not bind`
      : `Only requests of AWS services pass the test of ${key}, and ${type} do not bind those`,
    `the statement never ${statement.isDeny ? 'denies' : 'allows'} anything`,
    isRole ? 'Drop the statement.' : 'Write it as a resource control policy, or into the policies of resources.',
  );
}
