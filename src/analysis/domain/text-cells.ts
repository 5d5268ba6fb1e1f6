import { isWildcard, PART_ONE, PART_STAR, TextAutomaton, TextPattern } from './text-pattern';
import { ONE, STAR } from '../glob';

/** Texts that show every way in which patterns can match one text. */
export interface TextCells {
  /** One text for each set of patterns that some text matches, and no other one does. */
  readonly samples: readonly string[];
  /** Whether nothing was left out for its size. */
  readonly isComplete: boolean;
}

const STATE_LIMIT = 20_000;

/** Characters for what no pattern names, the plain ones first. */
const PLAIN = [...'xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_+~'];

/**
 * Splits the texts of `within` (any text that one of these matches; all texts when there is none), but for those of `without`, by which of the patterns match,
 * and gives a text of each part. Exact: the product of the patterns' automata is walked, one state for all texts that no pattern tells apart.
 */
export function textCells(within: readonly TextPattern[], patterns: readonly TextPattern[], without: readonly TextPattern[] = []): TextCells {
  const bases = within.map(automatonOf);
  const tests = [...patterns, ...without].map(automatonOf);
  const all = [...bases, ...tests];
  const found = new Map<string, string>();
  const seen = new Set<string>();
  let frontier: Array<{ readonly states: readonly number[]; readonly text: string }> = [{ states: all.map(() => 0), text: '' }];
  seen.add(frontier[0].states.join());
  let isComplete = true;
  while (frontier.length > 0 && isComplete) {
    const next: typeof frontier = [];
    for (const { states, text } of frontier) {
      if (isInside(bases, states)) {
        const cell = cellOf(tests, states, bases.length);
        if (!found.has(cell)) {
          found.set(cell, text);
        }
      }
      for (const char of charactersOf(all, states)) {
        const reached = states.map((state, index) => all[index].next(state, char));
        if (bases.length > 0 && bases.every((base, index) => base.isDead(reached[index]))) {
          continue;
        }
        const key = reached.join();
        if (!seen.has(key)) {
          seen.add(key);
          next.push({ states: reached, text: text + char });
        }
      }
      if (seen.size > STATE_LIMIT) {
        isComplete = false;
        break;
      }
    }
    frontier = next;
  }
  const left = new Map([...found].filter(([cell]) => !cell.includes('1', patterns.length)));
  return { samples: readable(within, patterns, bases, tests, left), isComplete };
}

const automata = new Map<string, TextAutomaton>();
const MAX_AUTOMATA = 5_000;

function automatonOf(pattern: TextPattern): TextAutomaton {
  let automaton = automata.get(pattern.id);
  if (!automaton) {
    if (automata.size >= MAX_AUTOMATA) {
      automata.clear();
    }
    automaton = new TextAutomaton(pattern);
    automata.set(pattern.id, automaton);
  }
  return automaton;
}

function isInside(bases: readonly TextAutomaton[], states: readonly number[]): boolean {
  return bases.length === 0 || bases.some((base, index) => base.accepts(states[index]));
}

function cellOf(tests: readonly TextAutomaton[], states: readonly number[], offset: number): string {
  return tests.map((test, index) => (test.accepts(states[offset + index]) ? '1' : '0')).join('');
}

/** The characters that some automaton tells from others here, and one for all the rest. */
function charactersOf(all: readonly TextAutomaton[], states: readonly number[]): readonly string[] {
  const chars = new Set<string>();
  all.forEach((automaton, index) => automaton.tells(states[index]).forEach((char) => chars.add(char)));
  const rest = PLAIN.find((char) => !chars.has(char)) ?? unnamed(chars);
  return [...chars, rest];
}

function unnamed(chars: ReadonlySet<string>): string {
  let code = 0x100;
  while (chars.has(String.fromCharCode(code))) {
    code++;
  }
  return String.fromCharCode(code);
}

/** The same cells with texts that a person would write, where one is found: the patterns themselves with plain words in place of the wildcards. */
function readable(
  within: readonly TextPattern[], patterns: readonly TextPattern[], bases: readonly TextAutomaton[], tests: readonly TextAutomaton[], found: ReadonlyMap<string, string>,
): string[] {
  const improved = new Map<string, string>();
  const words = accountWords(within);
  for (const candidate of [...within.map((pattern) => instance(pattern, words)), ...plainWords(patterns), ...patterns.map((pattern) => instance(pattern, words))]) {
    if (bases.length === 0 || bases.some((base) => base.matches(candidate))) {
      const cell = tests.map((test) => (test.matches(candidate) ? '1' : '0')).join('');
      if (found.has(cell) && !improved.has(cell)) {
        improved.set(cell, candidate);
      }
    }
  }
  // Those a person would write come first.
  return [...improved.values(), ...[...found].filter(([cell]) => !improved.has(cell)).map(([, text]) => text)];
}

interface Words {
  readonly partition: string;
  readonly account: string;
}

/** Words for the parts of an ARN: those of `within` where it names them. */
function accountWords(within: readonly TextPattern[]): Words {
  const named = within.map(({ tokens }) => tokens.map((token) => (isWildcard(token) ? '*' : token)).join('').split(':'));
  const literal = (part: string | undefined, fallback: string): string => (part === undefined || part === '' || part.includes('*') ? fallback : part);
  const [parts = []] = named;
  return { partition: literal(parts[1], 'aws'), account: literal(parts[4], '111122223333') };
}

/** A text that the pattern matches. */
function instance({ tokens }: TextPattern, { partition, account }: Words): string {
  const isArn = tokens.slice(0, 4).join('') === 'arn:' || (isWildcard(tokens[0] ?? '') && tokens.length === 1);
  const fills = ['arn', partition, 'iam', 'eu-west-1', account];
  let part = 0;
  let text = '';
  for (const [position, token] of tokens.entries()) {
    if (isStar(token)) {
      text += isArn && part < 5 && tokens.length > 1 ? fills[part] : 'any';
    } else if (token === ONE || token === PART_ONE) {
      text += isStar(tokens[position + 1]) ? '' : 'x';
    } else {
      text += token;
      part += token === ':' ? 1 : 0;
    }
  }
  return text;
}

function isStar(token: string | undefined): boolean {
  return token === STAR || token === PART_STAR;
}

/** Words for a value that no pattern names: of a key that is true or false, the other one. */
function plainWords(patterns: readonly TextPattern[]): string[] {
  const isBoolean = patterns.some(({ tokens }) => /^(true|false)$/i.test(tokens.join('')));
  return isBoolean ? ['true', 'false', 'any'] : ['any'];
}
