import { ActionIndex } from '../actions/action-index';
import { conditionOperator } from '../condition-operator';
import { ConditionTest } from '../covering';
import { conditionInWords } from '../wording';
import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';
import { isOutOfReach } from './out-of-reach';
import { isPresenceTest } from './presence-test';
import { impossibleTests } from './tests-together';

/**
 * LZ.LINT.3: a statement that can never apply, because its tests contradict each other or because no action of it works on its resources; an action pattern of it
 * that works on none of them. LZ.LINT.5 where a negated test alone, an exemption, spares everyone.
 */
export function neverApplies(statement: LintStatement, index: ActionIndex): LintFinding[] {
  const tests = impossibleTests(statement);
  if (tests) {
    // Said by the rules that know why.
    return tests.some((test) => isOutOfReach(statement, test) || isPresenceTest(statement, test)) ? [] : [contradiction(statement, tests)];
  }
  const patterns = statement.patterns.filter((pattern) => !statement.hasAction || statement.actions(pattern).length > 0);
  if (patterns.length === 0 || statement.isOfEveryResource) {
    return [];
  }
  return onResources(statement, patterns, index);
}

function contradiction(statement: LintStatement, tests: readonly ConditionTest[]): LintFinding {
  const [test] = tests;
  const words = tests.map(inWords);
  const never = `the statement never ${statement.isDeny ? 'denies' : 'allows'} anything`;
  if (tests.length > 1) {
    return statement.finding('LZ.LINT.3', `${fewWords(words)}: no request passes ${tests.length === 2 ? 'both' : 'all of these'}`, never, 'All tests of a Condition must pass; write a statement for each alternative.');
  }
  return conditionOperator(test.operator)?.isNegated
    ? statement.finding('LZ.LINT.5', `${words[0]}: that exempts everyone`, never, 'Name only whom the statement is to spare.')
    : statement.finding('LZ.LINT.3', `${words[0]}: no request passes that`, never, hintOf(test));
}

function hintOf({ key, values }: ConditionTest): string {
  const isPrincipal = key.toLowerCase() === 'aws:principalarn';
  return isPrincipal && values.some((value) => /:assumed-role\//.test(String(value)))
    ? 'aws:PrincipalArn of a session is the ARN of its role: arn:aws:iam::ACCOUNT:role/NAME.' : 'Correct the value, or drop the statement.';
}

function inWords({ operator, key, values }: ConditionTest): string {
  return conditionInWords(operator, conditionOperator(operator), key, values.map(String));
}

function onResources(statement: LintStatement, patterns: readonly string[], index: ActionIndex): LintFinding[] {
  const resources = [statement.json.Resource ?? statement.json.NotResource ?? []].flat().map(String);
  const dead = statement.hasAction ? patterns.filter((pattern) => !statement.reachesAny(pattern)) : statement.reachesAny() ? [] : patterns;
  const where = `${statement.json.Resource === undefined ? 'resources other than ' : ''}${fewWords(resources)}`;
  if (dead.length > 0) {
    const isOne = dead.length === 1;
    return [statement.finding(
      'LZ.LINT.3',
      `${fewWords(dead)} ${isOne && statement.hasAction ? 'does' : 'do'} not work on ${where}`,
      dead.length === patterns.length ? `the statement never ${statement.isDeny ? 'denies' : 'allows'} anything` : `the statement does not ${statement.isDeny ? 'deny' : 'allow'} ${isOne ? 'it' : 'them'}`,
      resourcesOf(dead, index),
    )];
  }
  return [];
}

/** What the actions of patterns do work on. */
function resourcesOf(patterns: readonly string[], index: ActionIndex): string {
  const formats = (pattern: string): string[] => index.matching(pattern).flatMap((position) => index.at(position).resources.map(({ shape }) => shape.format));
  const bare = patterns.filter((pattern) => formats(pattern).length === 0);
  const others = patterns.filter((pattern) => !bare.includes(pattern));
  return [
    ...(others.length > 0 ? [`The service authorization reference has ${fewWords(others.flatMap(formats))} for ${bare.length > 0 ? fewWords(others) : others.length === 1 ? 'it' : 'them'}.`] : []),
    ...(bare.length > 0 ? [`The service authorization reference has no resource for ${others.length > 0 ? fewWords(bare) : bare.length === 1 ? 'it' : 'them'}: write Resource "*".`] : []),
  ].join(' ');
}
