import { conditionOperator } from './condition-operator';
import { comparesOneValue, covers, coversAction, coversResource, IsMultivalued, testsOf } from './covering';
import { byteLength } from './packing';
import { ConditionJson, ConditionValue, OneOrMany, PolicyStatementJson } from './policy-document';
import { list } from './statement';

/** What a rewriting of statements has to know. */
export interface MergeOptions {
  /** Statements that stay as they are, to the letter. */
  readonly isKept: (statement: PolicyStatementJson) => boolean;
  /** Whether other statements keep their Sid; a merged one has that of the first. */
  readonly keepSids: boolean;
  /** UTF-8 bytes that a statement may have; no larger one is made. */
  readonly maxBytes: number;
  /** Whether a key may have several values; its conditions are left alone. */
  readonly isMultivalued: IsMultivalued;
}

type UniteOptions = Pick<MergeOptions, 'maxBytes' | 'isMultivalued'>;

/**
 * Fewer and shorter statements that mean the same, in one policy or in several of one target. Each step is one of the functions below. What does not
 * preserve the meaning is not done: NotAction, NotResource and negated operators are not merged, a list never becomes a wildcard.
 */
export function mergeStatements(statements: readonly PolicyStatementJson[], options: MergeOptions): PolicyStatementJson[] {
  const kept = statements.filter(options.isKept);
  let free = statements.filter((statement) => !options.isKept(statement))
    .map((statement) => withoutRepetitions(options.keepSids ? statement : withoutSid(statement), options.isMultivalued));
  for (let bytes = Infinity; bytesOf(free) < bytes;) {
    bytes = bytesOf(free);
    free = withoutCoveredStatements(free.map(withoutCovered), kept, options);
    free = uniteConditionValues(uniteResources(uniteActions(free, options), options), options);
  }
  return [...kept, ...free.map(withSingleValues)];
}

/** A Sid names a statement for people and proofs; AWS gives it no meaning. */
export function withoutSid({ Sid: _sid, ...rest }: PolicyStatementJson): PolicyStatementJson {
  return rest;
}

/** A list of one value as the value. */
export function withSingleValues(statement: PolicyStatementJson): PolicyStatementJson {
  return mapLists(statement, (values) => (values.length === 1 ? values[0] : values), (values) => (values.length === 1 ? values[0] : values));
}

/** Each value of a list once; actions without regard to case. */
export function withoutRepetitions(statement: PolicyStatementJson, isMultivalued: IsMultivalued): PolicyStatementJson {
  const once = <T extends ConditionValue>(values: readonly T[], textOf: (value: T) => string): readonly T[] => {
    const texts = values.map(textOf);
    return values.filter((_, index) => texts.indexOf(texts[index]) === index);
  };
  return mapLists(
    statement,
    (values, element) => once(values, (value) => (isOfActions(element) ? value.toLowerCase() : value)),
    (values, key) => (isMultivalued(key) ? values : once(values, String)),
  );
}

/** Without actions and resources that a wildcard of the same list covers. */
export function withoutCovered(statement: PolicyStatementJson): PolicyStatementJson {
  return mapLists(statement, (values, element) => (
    element === 'NotResource' ? values : uncovered(values, isOfActions(element) ? coversAction : coversResource)
  ), (values) => values);
}

/** One statement for those that differ in Action only. */
export function uniteActions(statements: readonly PolicyStatementJson[], { maxBytes, isMultivalued }: UniteOptions): PolicyStatementJson[] {
  return unite(statements, maxBytes, (statement) => (statement.Action === undefined ? undefined : meaningText({ ...statement, Action: undefined }, isMultivalued)),
    (one, other) => withoutRepetitions({ ...one, Action: [...list(one.Action!), ...list(other.Action!)] }, isMultivalued));
}

/** One statement for those that differ in Resource only. */
export function uniteResources(statements: readonly PolicyStatementJson[], { maxBytes, isMultivalued }: UniteOptions): PolicyStatementJson[] {
  return unite(statements, maxBytes, (statement) => (statement.Resource === undefined ? undefined : meaningText({ ...statement, Resource: undefined }, isMultivalued)),
    (one, other) => withoutRepetitions({ ...one, Resource: [...list(one.Resource!), ...list(other.Resource!)] }, isMultivalued));
}

/** One statement for those that differ in the values of one key of one positive operator only. */
export function uniteConditionValues(statements: readonly PolicyStatementJson[], { maxBytes, isMultivalued }: UniteOptions): PolicyStatementJson[] {
  const tests = new Map(statements.flatMap(({ Condition }) => testsOf(Condition)).filter(({ operator: name, key }) => {
    const operator = conditionOperator(name);
    return operator !== undefined && !operator.isNegated && comparesOneValue(operator) && !isMultivalued(key);
  }).map(({ operator, key }) => [`${operator} ${key}`, { operator, key }]));
  let united = [...statements];
  for (const { operator, key } of tests.values()) {
    united = unite(united, maxBytes, (statement) => (
      statement.Condition?.[operator]?.[key] === undefined ? undefined : meaningText({ ...statement, Condition: withValues(statement.Condition, operator, key, []) }, isMultivalued)
    ), (one, other) => withoutRepetitions({
      ...one, Condition: withValues(one.Condition!, operator, key, [one, other].flatMap(({ Condition }) => Condition![operator][key] as ConditionValue | ConditionValue[])),
    }, isMultivalued));
  }
  return united;
}

/** Without statements that another one, or one of those that stay, says too; exact copies among them. */
export function withoutCoveredStatements(
  statements: readonly PolicyStatementJson[], others: readonly PolicyStatementJson[], { isMultivalued }: Pick<MergeOptions, 'isMultivalued'>,
): PolicyStatementJson[] {
  const coversOne = (wider: PolicyStatementJson, statement: PolicyStatementJson): boolean => covers(wider, statement, isMultivalued);
  return uncovered(statements.filter((statement) => !others.some((other) => coversOne(other, statement))), coversOne);
}

/** What is left when one after the other, the last first, is dropped that another one left covers. */
function uncovered<T>(all: readonly T[], coversOne: (wider: T, item: T) => boolean): T[] {
  const left = [...all];
  for (let index = left.length - 1; index >= 0; index--) {
    if (left.some((other, at) => at !== index && coversOne(other, left[index]))) {
      left.splice(index, 1);
    }
  }
  return left;
}

/** Puts each statement into the first one of the same key, as long as that does not become too large. */
function unite(
  statements: readonly PolicyStatementJson[], maxBytes: number, keyOf: (statement: PolicyStatementJson) => string | undefined,
  join: (one: PolicyStatementJson, other: PolicyStatementJson) => PolicyStatementJson,
): PolicyStatementJson[] {
  const united: PolicyStatementJson[] = [];
  const places = new Map<string, number>();
  for (const statement of statements) {
    const key = keyOf(statement);
    const place = key === undefined ? undefined : places.get(key);
    const joined = place === undefined ? undefined : join(united[place], statement);
    if (joined !== undefined && byteLength(JSON.stringify(joined)) <= maxBytes) {
      united[place!] = joined;
    } else {
      if (key !== undefined) {
        places.set(key, united.length);
      }
      united.push(statement);
    }
  }
  return united;
}

/** Statements of one text mean the same: names, order and repetition in lists, and the order of tests do not count. */
export function meaningText(
  { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition }: PolicyStatementJson, isMultivalued: IsMultivalued,
): string {
  const sorted = (values: OneOrMany | undefined, isAction: boolean): readonly string[] | undefined => (
    values === undefined ? undefined : [...new Set(list(values).map((value) => (isAction ? value.toLowerCase() : value)))].sort()
  );
  const tests = testsOf(Condition).map(({ operator, key, values }) => {
    const texts = values.map(String);
    return JSON.stringify([operator, key, isMultivalued(key) ? texts : [...new Set(texts)].sort()]);
  }).sort();
  return JSON.stringify({
    Effect, Principal, NotPrincipal, Action: sorted(Action, true), NotAction: sorted(NotAction, true), Resource: sorted(Resource, false), NotResource: sorted(NotResource, false), tests,
  });
}

function withValues(condition: ConditionJson, operator: string, key: string, values: readonly ConditionValue[]): ConditionJson {
  return { ...condition, [operator]: { ...condition[operator], [key]: values } };
}

type ListElement = 'Action' | 'NotAction' | 'Resource' | 'NotResource';
const LISTS: readonly ListElement[] = ['Action', 'NotAction', 'Resource', 'NotResource'];

function isOfActions(element: ListElement): boolean {
  return element === 'Action' || element === 'NotAction';
}

/** The statement with other lists; its elements keep their order. */
function mapLists(
  statement: PolicyStatementJson, ofTexts: (values: readonly string[], element: ListElement) => OneOrMany,
  ofValues: (values: readonly ConditionValue[], key: string) => ConditionValue | readonly ConditionValue[],
): PolicyStatementJson {
  const condition = ({ Condition }: PolicyStatementJson): ConditionJson => Object.fromEntries(Object.entries(Condition!).map(([operator, keys]) => [
    operator, Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, ofValues([values].flat() as ConditionValue[], key)])),
  ]));
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined).map(([element, value]) => [
    element, element === 'Condition' ? condition(statement) : LISTS.includes(element as ListElement) ? ofTexts(list(value as OneOrMany), element as ListElement) : value,
  ])) as unknown as PolicyStatementJson;
}

function bytesOf(statements: readonly PolicyStatementJson[]): number {
  return statements.reduce((sum, statement) => sum + byteLength(JSON.stringify(statement)) + 1, 0);
}
