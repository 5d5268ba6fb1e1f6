import { Comparison, ConditionOperator } from './condition-operator';

const SHOWN = 6;

/** `a`, `a or b`, `a, b or c`; long lists are cut. */
export function orList(values: readonly string[]): string {
  const texts = values.map((value) => (value === '' ? '""' : value));
  if (texts.length > SHOWN + 1) {
    return `${texts.slice(0, SHOWN).join(', ')} or ${texts.length - SHOWN} more`;
  }
  return texts.length < 2 ? texts.join() : `${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]}`;
}

const VERBS: { readonly [comparison in Exclude<Comparison, 'null'>]: readonly [string, string] } = {
  'equals': ['is', 'is not'],
  'equalsIgnoreCase': ['is (in any case)', 'is not (in any case)'],
  'like': ['matches', 'does not match'],
  'arn': ['matches', 'does not match'],
  'bool': ['is', 'is not'],
  'binary': ['is', 'is not'],
  'ip': ['is in', 'is not in'],
  'number=': ['is', 'is not'],
  'number<': ['is less than', 'is not less than'],
  'number<=': ['is at most', 'is more than'],
  'number>': ['is more than', 'is at most'],
  'number>=': ['is at least', 'is less than'],
  'date=': ['is', 'is not'],
  'date<': ['is before', 'is not before'],
  'date<=': ['is not after', 'is after'],
  'date>': ['is after', 'is not after'],
  'date>=': ['is not before', 'is before'],
};

/** `aws:RequestedRegion is not eu-west-1 or us-east-1`. */
export function conditionInWords(name: string, operator: ConditionOperator | undefined, key: string, values: readonly string[]): string {
  if (!operator) {
    return `${name} of ${key} and ${orList(values)} holds`;
  }
  const subject = operator.set === 'ForAllValues' ? `every value of ${key}` : operator.set === 'ForAnyValue' ? `any value of ${key}` : key;
  if (operator.comparison === 'null') {
    const absent = values.map((value) => value.toLowerCase() === 'true');
    return `${subject} is ${absent.includes(true) ? absent.includes(false) ? 'absent or present' : 'absent' : 'present'}`;
  }
  const verb = VERBS[operator.comparison][operator.isNegated ? 1 : 0];
  const orAbsent = operator.ifExists && !operator.isNegated ? ', or is absent' : '';
  return `${subject} ${verb} ${orList(values)}${orAbsent}`;
}

/** `resource matches arn:aws:s3:::logs/*`. */
export function patternInWords(subject: string, isNegated: boolean, patterns: readonly string[]): string {
  const wildcard = patterns.some((pattern) => /[*?]/.test(pattern));
  return `${subject} ${wildcard ? isNegated ? 'does not match' : 'matches' : isNegated ? 'is not' : 'is'} ${orList(patterns)}`;
}
