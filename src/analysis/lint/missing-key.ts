import { ActionIndex } from '../actions/action-index';
import { ResourceUse } from '../actions/resource-shape';
import { conditionClauses } from '../condition';
import { Context } from '../context';
import { ConditionTest } from '../covering';
import { fewActions, fewWords } from './few-words';
import { KnownKeys, knownKeys } from './known-keys';
import { LintFinding } from './lint-finding';
import { LintStatement, Reached } from './lint-statement';
import { hasPlaceholder } from './placeholder';

/** A test of a key that only some actions have, and how it comes out where the key is absent. */
interface KeyTest extends ConditionTest {
  readonly passesWhenAbsent: boolean;
}

/**
 * LZ.LINT.2: a condition key that AWS does not have, or that none, or only some, of the statement's actions have (with the resource types that its Resource
 * matches). Where the key is absent a positive test fails, so the statement does not apply; a negated one, and one with IfExists, passes, so a Deny denies whatever
 * the key would be.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists (read 2026-11-22).
 */
export function missingKey(statement: LintStatement, index: ActionIndex): LintFinding[] {
  const keys = knownKeys(index);
  const tests = statement.tests.filter(({ key }) => !keys.isOfAnyAction(key) && !hasPlaceholder(key));
  const unknown = tests.filter(({ key }) => !keys.isKnown(key));
  const known = tests.flatMap((test): KeyTest[] => {
    const passesWhenAbsent = whenAbsent(test);
    return passesWhenAbsent === undefined ? [] : [{ ...test, passesWhenAbsent }];
  });
  const failing = known.filter(({ key, passesWhenAbsent }) => !passesWhenAbsent && keys.isKnown(key));
  const onlyByKeys = unknown.length === 0 && known.length > 0 && known.every(({ passesWhenAbsent }) => passesWhenAbsent)
    && statement.tests.every((test) => OF_THE_PRINCIPAL.test(test.key) || known.some(({ key }) => key === test.key));
  return [
    ...unknown.map((test) => unknownKey(statement, test, keys)),
    ...neverApplied(statement, failing, keys, index),
    ...(statement.isDeny && onlyByKeys ? alwaysDenied(statement, known, keys) : []),
  ];
}

/** Tests of these exempt somebody; tests of others say what is denied. */
const OF_THE_PRINCIPAL = /^aws:(Principal(Arn|Account|Tag\/.*|IsAWSService|ServiceName|Type)|ViaAWSService)$/i;

/** How a test comes out in a request that does not have its key; undefined where AWS does not say. */
export function whenAbsent({ operator, key, values }: ConditionTest): boolean | undefined {
  const context = new Context(new Map([[key.toLowerCase(), { kind: 'absent' }]]));
  const [{ expression }] = conditionClauses({ [operator]: { [key]: values } }, context, true);
  return expression.kind === 'constant' ? expression.value : undefined;
}

function unknownKey(statement: LintStatement, test: ConditionTest, keys: KnownKeys): LintFinding {
  const meant = keys.nearest(test.key);
  const passes = whenAbsent(test);
  return statement.finding(
    'LZ.LINT.2',
    `${test.key} is no condition key of AWS`,
    passes === undefined ? 'what AWS does then is not documented' : passes ? 'the test always passes, so that it tests nothing' : 'the test never passes, so that the statement never applies',
    meant === undefined ? 'Name a key that the service authorization reference has for the actions.' : `Did you mean ${meant}?`,
  );
}

/** Patterns of the statement all of whose actions lack a key that must be there. */
function neverApplied(statement: LintStatement, tests: readonly KeyTest[], keys: KnownKeys, index: ActionIndex): LintFinding[] {
  if (tests.length === 0) {
    return [];
  }
  const patterns = (statement.hasAction ? [...new Set(statement.patterns)] : [undefined])
    .map((pattern) => ({ pattern, reached: statement.reached(pattern) })).filter(({ reached }) => reached.length > 0);
  const findings: LintFinding[] = [];
  const left = new Set(patterns);
  for (const { key } of tests) {
    const without = patterns.filter(({ reached }) => reached.every((one) => one.uses.every((use) => lacks(one, use, key, keys))));
    if (without.length > 0) {
      findings.push(without.length === patterns.length ? ofNoAction(statement, key, keys, index)
        : ofSomeActions(statement, key, without.map(({ pattern }) => pattern!), patterns.flatMap((one) => (without.includes(one) ? [] : one.reached.map(({ action }) => action.name)))));
    }
    without.forEach((one) => left.delete(one));
  }
  const apart = [...left].filter(({ reached }) => reached.every((one) => one.uses.every((use) => tests.some(({ key }) => lacks(one, use, key, keys)))));
  if (apart.length > 0 && apart.length === left.size) {
    findings.push(statement.finding(
      'LZ.LINT.2', `No action of it has all of ${fewWords(tests.map(({ key }) => key))}`,
      'the tests of a Condition must all pass, so that the statement never applies', 'Write a statement for each key.',
    ));
  }
  return findings;
}

function ofNoAction(statement: LintStatement, key: string, keys: KnownKeys, index: ActionIndex): LintFinding {
  return statement.finding(
    'LZ.LINT.2',
    `${key} is no key of ${statement.hasAction ? fewWords(statement.patterns) : 'its actions'}${onResources(statement)}`,
    'the test never passes, so that the statement never applies',
    `${owners(key, keys, index)} Drop the test, or name actions that have the key.`,
  );
}

function ofSomeActions(statement: LintStatement, key: string, without: readonly string[], others: readonly string[]): LintFinding {
  return statement.finding(
    'LZ.LINT.2',
    `${key} is no key of ${fewWords(without)}${onResources(statement)}, but of other actions beside ${without.length === 1 ? 'it' : 'them'} (${fewActions(others)})`,
    `the test never passes there, so that the statement ${statement.isDeny ? 'does not deny' : 'does not allow'} ${without.length === 1 ? 'it' : 'them'}`,
    `Move ${without.length === 1 ? 'it' : 'them'} to a statement without this test, or drop ${without.length === 1 ? 'it' : 'them'}.`,
  );
}

function onResources({ isOfEveryResource }: LintStatement): string {
  return isOfEveryResource ? '' : ' on these resources';
}

/** Actions that are denied whatever the keys would be: they, or a resource that each of their requests names, have none of them. */
function alwaysDenied(statement: LintStatement, tests: readonly KeyTest[], keys: KnownKeys): LintFinding[] {
  const isWithout = (one: Reached, use: ResourceUse | undefined): boolean => tests.every(({ key }) => lacks(one, use, key, keys));
  const actions: string[] = [];
  const byResource = new Map<string, string[]>();
  for (const one of statement.reached()) {
    const required = one.uses.filter((use) => use?.required && isWithout(one, use));
    if (one.uses.every((use) => isWithout(one, use))) {
      actions.push(one.action.name);
    } else if (required.length > 0) {
      const types = fewWords(required.map((use) => use!.type));
      byResource.set(types, [...byResource.get(types) ?? [], one.action.name]);
    }
  }
  const names = [...new Set(tests.map(({ key }) => key))];
  const subject = `${fewWords(names)} ${names.length === 1 ? 'is no key' : 'are no keys'}`;
  const guard = `Null ${names[0]} false`;
  const operators = fewWords([...new Set(tests.map(({ operator }) => operator))]);
  return [
    ...(actions.length > 0 ? [statement.finding(
      'LZ.LINT.2', `${subject} of ${fewActions(actions)}${onResources(statement)}; ${operators} passes where the key is absent`,
      'the statement denies them whatever the request says', `Name only actions that have the key, or add ${guard}; IfExists does not help in a Deny.`,
    )] : []),
    ...[...byResource].map(([types, names2]) => statement.finding(
      'LZ.LINT.2', `${subject} of the ${types} that each request of ${fewActions(names2)} names too; ${operators} passes where the key is absent, and AWS decides each resource`,
      'the statement denies them whatever the request says', `Name in Resource only the resources that have the key, or add ${guard}; IfExists does not help in a Deny.`,
    )),
  ];
}

function lacks({ action }: Reached, use: ResourceUse | undefined, key: string, keys: KnownKeys): boolean {
  return !keys.isIn(action.keys, key) && !(use && keys.isIn(use.keys, key));
}

/** Who has a key: `It is one of ec2:RunInstances and 3 more.` */
function owners(key: string, keys: KnownKeys, index: ActionIndex): string {
  const names = index.actions.filter((_, position) => {
    const { keys: own, resources } = index.at(position);
    return keys.isIn(own, key) || resources.some((use) => keys.isIn(use.keys, key));
  });
  return names.length === 0 ? '' : `It is one of ${fewActions(names)}.`;
}
