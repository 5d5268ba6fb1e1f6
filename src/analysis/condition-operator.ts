/** What a condition operator compares, once the set prefix, `IfExists` and the negation are taken off. */
export type Comparison =
  | 'equals' | 'equalsIgnoreCase' | 'like' | 'arn' | 'bool' | 'binary' | 'ip' | 'null'
  | 'number=' | 'number<' | 'number<=' | 'number>' | 'number>='
  | 'date=' | 'date<' | 'date<=' | 'date>' | 'date>=';

export interface ConditionOperator {
  readonly comparison: Comparison;
  readonly isNegated: boolean;
  readonly ifExists: boolean;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
}

/**
 * Every operator of the IAM language.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html (read 2026-11-22).
 */
const OPERATORS = new Map<string, readonly [Comparison, boolean]>([
  ['StringEquals', ['equals', false]], ['StringNotEquals', ['equals', true]],
  ['StringEqualsIgnoreCase', ['equalsIgnoreCase', false]], ['StringNotEqualsIgnoreCase', ['equalsIgnoreCase', true]],
  ['StringLike', ['like', false]], ['StringNotLike', ['like', true]],
  ['NumericEquals', ['number=', false]], ['NumericNotEquals', ['number=', true]],
  ['NumericLessThan', ['number<', false]], ['NumericLessThanEquals', ['number<=', false]],
  ['NumericGreaterThan', ['number>', false]], ['NumericGreaterThanEquals', ['number>=', false]],
  ['DateEquals', ['date=', false]], ['DateNotEquals', ['date=', true]],
  ['DateLessThan', ['date<', false]], ['DateLessThanEquals', ['date<=', false]],
  ['DateGreaterThan', ['date>', false]], ['DateGreaterThanEquals', ['date>=', false]],
  ['Bool', ['bool', false]], ['BinaryEquals', ['binary', false]],
  ['IpAddress', ['ip', false]], ['NotIpAddress', ['ip', true]],
  ['ArnEquals', ['arn', false]], ['ArnLike', ['arn', false]], ['ArnNotEquals', ['arn', true]], ['ArnNotLike', ['arn', true]],
  ['Null', ['null', false]],
]);

/** The operators' names, without set prefix and `IfExists`. */
export const CONDITION_OPERATORS: readonly string[] = [...OPERATORS.keys()];

/** The operator of a name as it stands in a Condition, or nothing when there is none. `Null` has no `IfExists`. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name);
  const known = match && OPERATORS.get(match[2]);
  if (!match || !known || (known[0] === 'null' && match[3])) {
    return undefined;
  }
  const set = match[1] as ConditionOperator['set'];
  return { comparison: known[0], isNegated: known[1], ifExists: match[3] !== undefined, ...(set && { set }) };
}
