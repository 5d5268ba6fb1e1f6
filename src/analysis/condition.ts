import { Known } from './arn-glob';
import { ConditionOperator, conditionOperator } from './condition-operator';
import { ValueTest, valueTest } from './condition-value';
import { Context } from './context';
import { Distinction } from './domain/distinction';
import { wholeText } from './domain/text-pattern';
import { and, constant, Expression, FALSE, Leaf, not, or, TRUE } from './expression';
import { ConditionJson } from './policy-document';
import { rememberOf } from './remember';
import { conditionInWords } from './wording';

/** One part of a statement: whether it applies, and that in words. */
export interface Clause {
  readonly expression: Expression;
  readonly words: string;
}

/**
 * The tests of a Condition: all must hold. A test of a key that is not known stays open, and an operator that is not known stays open too.
 *
 * The rules, from https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * reference_policies_condition-single-vs-multi-valued-context-keys.html (read 2026-11-22): an absent key fails a test, and passes a negated one;
 * with IfExists it passes; ForAllValues passes and ForAnyValue fails when the key is absent, negated or not. What AWS does with a key of several values
 * that is tested without a set operator is not documented: the answer is then open, unless every value gives the same one.
 */
export function conditionClauses(condition: ConditionJson | undefined, context: Context, variables: boolean): readonly Clause[] {
  if (condition === undefined) {
    return [];
  }
  const known = clausesIn(context);
  return testsOf(condition).map((test) => {
    const id = `${variables} ${test.id}`;
    const clause = known.get(id) ?? clauseOf(test, context, variables);
    known.set(id, clause);
    return clause;
  });
}

/** One test of a Condition. */
interface ConditionTest {
  readonly name: string;
  readonly key: string;
  readonly values: readonly string[];
  /** Equal for tests that are written alike. */
  readonly id: string;
}

const testsOf = rememberOf((condition: ConditionJson): readonly ConditionTest[] => (
  Object.entries(condition).flatMap(([name, keys]) => Object.entries(keys).map(([key, value]) => {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    return { name, key, values, id: JSON.stringify([name, key, values]) };
  }))
));

/** What tests say about a context: the same few, such as the exemption of the platform, stand in statement after statement. */
const clausesIn = rememberOf((_context: Context) => new Map<string, Clause>());

function clauseOf({ name, key, values }: ConditionTest, context: Context, variables: boolean): Clause {
  const operator = conditionOperator(name);
  return {
    expression: operator ? clauseHolds(operator, key, values, context, variables) : opaque(`${name}|${JSON.stringify(values)}`, key, context),
    // Read for open conditions only.
    get words() {
      return conditionInWords(name, operator, key, values);
    },
  };
}

function clauseHolds(operator: ConditionOperator, key: string, values: readonly string[], context: Context, variables: boolean): Expression {
  if (operator.comparison === 'null') {
    return operator.set
      ? opaque(`${operator.set}:Null|${JSON.stringify(values)}`, key, context)
      : or(...values.map((value) => (value.toLowerCase() === 'true' ? absent(key, context) : not(absent(key, context)))));
  }
  const tests = values.map((value) => valueTest(operator.comparison, value, context, variables)).filter((test) => test !== undefined);
  const result = operator.set ? setCondition(operator, key, tests, context) : plainCondition(operator, key, tests, context);
  return operator.ifExists ? or(absent(key, context), result) : result;
}

/** Whether the key is absent; a key without values is. */
function absent(key: string, context: Context): Expression {
  const state = context.state(key);
  switch (state.kind) {
    case 'absent': return TRUE;
    case 'pattern': return FALSE;
    case 'values': return constant(state.values.length === 0);
    default: {
      const lower = key.toLowerCase();
      return {
        kind: 'leaf', id: `absent|${lower}`, key: lower, isAbsence: true, dependsOn: context.names(key), outcome: (known) => known === null || known.length === 0, range: context.range(key),
      };
    }
  }
}

function plainCondition(operator: ConditionOperator, key: string, tests: readonly ValueTest[], context: Context): Expression {
  const state = context.state(key);
  const severalValues = state.kind === 'values' ? state.values.length > 1 : context.isMultivalued(key);
  if (severalValues && state.kind !== 'absent') {
    return severalValuesUndocumented(operator, key, tests, context);
  }
  const matches = or(...tests.map((test) => oneMatches(key, test, context)));
  return operator.isNegated ? not(matches) : matches;
}

function severalValuesUndocumented(operator: ConditionOperator, key: string, tests: readonly ValueTest[], context: Context): Expression {
  const state = context.state(key);
  if (state.kind !== 'values') {
    return {
      kind: 'leaf',
      id: `plain|${operator.isNegated}|${key.toLowerCase()}|${idOf(tests)}`,
      key: key.toLowerCase(),
      dependsOn: dependsOn(key, tests, context),
      outcome: (values) => (values === null || values.length === 0 ? operator.isNegated : sameForAll(values.map((value) => (
        anyKnown(tests.map((test) => (test.openKeys ? undefined : test.matches(value))))
      )), operator.isNegated)),
      ...tellsOf(tests),
      range: context.range(key),
    };
  }
  const open = opaque(`plain|${operator.isNegated}|${idOf(tests)}`, key, context);
  const known = sameForAll(state.values.map((value) => anyKnown(tests.map((test) => (test.openKeys ? undefined : test.matches(value))))), operator.isNegated);
  return known === undefined ? open : constant(known);
}

/** The outcome where every value has the same one. */
function sameForAll(results: readonly Known[], isNegated: boolean): Known {
  const [first] = results;
  return first !== undefined && results.every((result) => result === first) ? first !== isNegated : undefined;
}

/** Whether the one value of the key passes a test. */
function oneMatches(key: string, test: ValueTest, context: Context): Expression {
  const state = context.state(key);
  const lower = key.toLowerCase();
  if (state.kind === 'absent' || (state.kind === 'values' && state.values.length === 0)) {
    return FALSE;
  }
  const known: Known = test.openKeys ? undefined
    : state.kind === 'values' ? test.matches(state.values[0])
      : state.kind === 'pattern' ? test.matchesAll(state.glob) : undefined;
  if (known !== undefined) {
    return constant(known);
  }
  const leaf: Leaf = {
    kind: 'leaf',
    id: `one|${lower}|${test.id}`,
    key: lower,
    dependsOn: dependsOn(key, [test], context),
    outcome: (values) => (
      values === null || values.length === 0 ? false : values.length === 1 && !test.openKeys ? test.matches(values[0]) : undefined
    ),
    ...(test.only !== undefined && state.kind !== 'values' && { fixes: context.fixes(key, test.only) }),
    ...tellsOf([test]),
    range: context.range(key),
  };
  return leaf;
}

function setCondition(operator: ConditionOperator, key: string, tests: readonly ValueTest[], context: Context): Expression {
  const state = context.state(key);
  const all = operator.set === 'ForAllValues';
  const values = state.kind === 'values' ? state.values : state.kind === 'absent' ? [] : undefined;
  if (values === undefined) {
    return openSetCondition(operator, key, tests, context);
  }
  // An empty text counts as no value for ForAllValues, says the reference.
  if (values.length === 0 || (all && values.every((value) => value === ''))) {
    return constant(all);
  }
  const each = values.map((value) => {
    const matches = or(...tests.map((test) => {
      const known = test.openKeys ? undefined : test.matches(value);
      return known === undefined ? opaque(`value|${JSON.stringify(value)}|${test.id}`, key, context, [test]) : constant(known);
    }));
    return operator.isNegated ? not(matches) : matches;
  });
  return all ? and(...each) : or(...each);
}

/** ForAllValues tells an empty text from all others. */
const EMPTY: Distinction = { kind: 'text', patterns: [wholeText([])] };

function openSetCondition(operator: ConditionOperator, key: string, tests: readonly ValueTest[], context: Context): Expression {
  const lower = key.toLowerCase();
  const leaf = (kind: string, used: readonly ValueTest[], holds: (values: readonly string[]) => Known): Leaf => ({
    kind: 'leaf',
    id: `${kind}|${lower}|${idOf(used)}`,
    key: lower,
    dependsOn: dependsOn(key, used, context),
    outcome: (values) => (values === null || values.length === 0 ? false : used.some((test) => test.openKeys) ? undefined : holds(values)),
    ...tellsOf(used),
    range: context.range(key),
  });
  const passes = (value: string): Known => {
    const matches = anyKnown(tests.map((test) => test.matches(value)));
    return matches === undefined ? undefined : matches !== operator.isNegated;
  };
  if (operator.set === 'ForAllValues') {
    const every = leaf(`every|${operator.isNegated}`, tests, (values) => (values.every((value) => value === '') ? true : allKnown(values.map(passes))));
    const tells = every.tells ?? [];
    return or(absent(key, context), tells.some(({ kind }) => kind === 'text') ? { ...every, tells: [...tells, EMPTY] } : every);
  }
  if (operator.isNegated) {
    return leaf('some-none', tests, (values) => anyKnown(values.map(passes)));
  }
  return or(...tests.map((test) => leaf('some', [test], (values) => anyKnown(values.map((value) => test.matches(value))))));
}

/** Tells tests together from other tests together: values may hold whatever would separate them. */
function idOf(tests: readonly ValueTest[]): string {
  return tests.length === 1 ? tests[0].id : JSON.stringify(tests.map(({ id }) => id).sort());
}

/** A test that nothing but its own name ties to other tests. */
function opaque(id: string, key: string, context: Context, tests: readonly ValueTest[] = []): Leaf {
  // The id stands in for the key too: what is known of the key does not decide an opaque test.
  const own = `opaque|${key.toLowerCase()}|${id}`;
  return { kind: 'leaf', id: own, key: own, dependsOn: dependsOn(key, tests, context), variables: tests.flatMap((test) => test.openKeys ?? []) };
}

function tellsOf(tests: readonly ValueTest[]): Pick<Leaf, 'tells' | 'variables'> {
  const [first] = tests;
  if (tests.length === 1 && !first.openKeys) {
    return { tells: first.tells };
  }
  const variables = tests.flatMap((test) => test.openKeys ?? []);
  return { tells: tests.flatMap((test) => test.tells ?? []), ...(variables.length > 0 && { variables }) };
}

function dependsOn(key: string, tests: readonly ValueTest[], context: Context): string[] {
  const own = context.state(key).kind === 'values' ? [] : context.names(key);
  const variables = tests.flatMap((test) => test.openKeys ?? []).flatMap((name) => context.names(name));
  return own.length + variables.length > 0 ? [...own, ...variables] : context.names(key);
}

export function anyKnown(values: readonly Known[]): Known {
  return values.includes(true) ? true : values.includes(undefined) ? undefined : false;
}

export function allKnown(values: readonly Known[]): Known {
  return values.includes(false) ? false : values.includes(undefined) ? undefined : true;
}
