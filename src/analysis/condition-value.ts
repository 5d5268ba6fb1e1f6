import { arnLike, arnLikeAll, arnParts, Known } from './arn-glob';
import { Comparison } from './condition-operator';
import { Context } from './context';
import { Distinction } from './domain/distinction';
import { partByPart, wholeText } from './domain/text-pattern';
import { Glob, globMatches, literalOf, lowerCase, relate, STAR, textOf } from './glob';
import { ipMatches } from './ip-range';
import { expand } from './policy-variable';

/** One value of a condition, ready to be compared with values of the request. */
export interface ValueTest {
  /** Tells this test from others of the same key. */
  readonly id: string;
  /** Set when the value hangs on open keys: the test is then open itself. */
  readonly openKeys?: readonly string[];
  /** The only value of the request that passes. */
  readonly only?: string;
  /** Between which values it tells. @default - nothing that is known */
  readonly tells?: readonly Distinction[];
  matches(value: string): Known;
  /** Against every value that a pattern stands for. */
  matchesAll(values: Glob): Known;
}

/** Tests of texts without variables, which no request changes; so many at most. */
const textTests = new Map<string, ValueTest>();
const MAX_TEXT_TESTS = 10_000;

/** A test for one value of a condition. `undefined` when nothing can pass it, for a variable in it has no value. */
export function valueTest(comparison: Comparison, value: string, context: Context, variables: boolean): ValueTest | undefined {
  const test = (id: string, matches: (text: string) => Known, more: Partial<ValueTest> = {}): ValueTest => ({
    id: `${comparison}|${id}`, matches, matchesAll: () => undefined, ...more,
  });
  switch (comparison) {
    case 'equals': case 'equalsIgnoreCase': case 'like': case 'arn': {
      const wildcards = comparison === 'like' || comparison === 'arn';
      const key = `${comparison}|${value}`;
      const known = textTests.get(key);
      if (known) {
        return known;
      }
      const expanded = expand(value, variables ? context : undefined, wildcards);
      if (expanded.kind === 'null') {
        return undefined;
      }
      if (expanded.kind === 'open') {
        return { ...test('', () => undefined, { openKeys: expanded.keys }), id: `${expanded.id}|${comparison}` };
      }
      const made = remembering(textTest(comparison, expanded.glob, test));
      if (!value.includes('$')) {
        if (textTests.size >= MAX_TEXT_TESTS) {
          textTests.clear();
        }
        textTests.set(key, made);
      }
      return made;
    }
    case 'bool': return test(value.toLowerCase(), (text) => text.toLowerCase() === value.toLowerCase(), {
      tells: [{ kind: 'text', patterns: [wholeText(literalOf(value), true)] }],
    });
    case 'binary': return test(value, (text) => text.replace(/=+$/, '') === value.replace(/=+$/, ''), { tells: [{ kind: 'binary', value }] });
    case 'ip': return test(value, (text) => ipMatches(value, text), { tells: [{ kind: 'address', range: value }] });
    case 'null': throw new Error('Null has no values to compare');
    default: {
      const kind = comparison.startsWith('number') ? 'number' : 'date';
      const parse = kind === 'number' ? numberOf : dateOf;
      const order = comparison.replace(/^[a-z]+/, '');
      return test(value, (text) => ordered(order, parse(text), parse(value)), { tells: [{ kind, at: parse(value), text: value }] });
    }
  }
}

type MakeTest = (id: string, matches: (text: string) => Known, more?: Partial<ValueTest>) => ValueTest;

function textTest(comparison: Comparison, glob: Glob, test: MakeTest): ValueTest {
  const exact = textOf(glob);
  if (comparison === 'equalsIgnoreCase') {
    const lower = lowerCase(glob);
    return test(lower.join(''), (text) => lowerCase(literalOf(text)).join('') === lower.join(''), {
      tells: [{ kind: 'text', patterns: [wholeText(lower, true)] }],
      matchesAll: (values) => fromRelation(relate(lowerCase(values), lower)),
    });
  }
  if (exact !== undefined && (comparison !== 'arn' || arnParts(glob).length === 6)) {
    return {
      id: `equals|${exact}`,
      only: exact,
      tells: [{ kind: 'text', patterns: [wholeText(glob)] }],
      matches: (text) => text === exact,
      matchesAll: (values) => fromRelation(relate(values, glob)),
    };
  }
  const id = JSON.stringify(glob);
  return comparison === 'arn'
    ? test(id, (text) => arnLike(glob, text), { tells: [{ kind: 'text', patterns: [isPartByPart(glob) ? partByPart(glob) : wholeText(glob)] }], matchesAll: (values) => arnLikeAll(glob, values) })
    : test(id, (text) => globMatches(glob, text), { tells: [{ kind: 'text', patterns: [wholeText(glob)] }], matchesAll: (values) => fromRelation(relate(values, glob)) });
}

function isPartByPart(glob: Glob): boolean {
  return arnParts(glob).length === 6 && !(glob.length === 1 && glob[0] === STAR);
}

/** The same principal is compared with the same value in statement after statement: the last answer is kept. */
function remembering(test: ValueTest): ValueTest {
  let lastValue: string | undefined;
  let lastMatch: Known;
  let lastGlob: Glob | undefined;
  let lastMatchAll: Known;
  return {
    ...test,
    matches: (value) => {
      if (value !== lastValue) {
        lastMatch = test.matches(value);
        lastValue = value;
      }
      return lastMatch;
    },
    matchesAll: (values) => {
      if (values !== lastGlob) {
        lastMatchAll = test.matchesAll(values);
        lastGlob = values;
      }
      return lastMatchAll;
    },
  };
}

function fromRelation(relation: ReturnType<typeof relate>): Known {
  return relation === 'inside' ? true : relation === 'disjoint' ? false : undefined;
}

function ordered(order: string, left: number, right: number): boolean {
  switch (order) {
    case '=': return left === right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    default: return left >= right;
  }
}

/** Not a number, and so equal to nothing and on no side of anything, where the text is none. */
export function numberOf(text: string): number {
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : NaN;
}

/** Milliseconds since 1970 of an ISO 8601 date (W3C profile, UTC where no zone is given) or of seconds since 1970. */
export function dateOf(text: string): number {
  if (/^\d{5,}(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  const match = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  return match ? Date.parse(match[2] ? `${match[1]}T${match[2]}${match[3] ?? 'Z'}` : match[1]) : NaN;
}
