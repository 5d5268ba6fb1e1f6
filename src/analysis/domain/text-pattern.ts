import { Glob, ONE, STAR } from '../glob';
import { rememberOf } from '../remember';

/** Any characters, or one character, but no colon. */
export const PART_STAR = '*:';
export const PART_ONE = '?:';

/** A set of texts: tokens of a glob, of which some wildcards may stop at colons. */
export interface TextPattern {
  /** Tells this pattern from others. */
  readonly id: string;
  /** Lower-case tokens where case is ignored. */
  readonly tokens: readonly string[];
  readonly ignoreCase: boolean;
}

/** Texts that a glob matches as a whole. */
export function wholeText(glob: Glob, ignoreCase = false): TextPattern {
  return ignoreCase ? made(glob.map((token) => token.toLowerCase()), true) : exactText(glob);
}

const exactText = rememberOf((glob: Glob) => made(glob, false));

/** ARNs that a glob of six parts matches part by part: only wildcards of the last part reach across colons. */
export const partByPart = rememberOf((glob: Glob): TextPattern => {
  let part = 0;
  return made(glob.map((token) => {
    part += token === ':' ? 1 : 0;
    return part < 5 ? withinPart(token) : token;
  }), false);
});

/** ARNs that a glob stands for: part by part when it has six parts. */
export function arnTexts(glob: Glob): TextPattern {
  return glob.filter((token) => token === ':').length >= 5 ? partByPart(glob) : wholeText(glob);
}

/** Texts with no more colons than the glob writes out, such as names of actions. */
export const withoutFurtherColons = rememberOf((glob: Glob): TextPattern => made(glob.map(withinPart), false));

/** Texts that a Resource pattern matches by what is documented: only a star at the end of a part reaches across colons. */
export const documentedResource = rememberOf((glob: Glob): TextPattern => (
  made(glob.map((token, index) => (token === STAR && (index === glob.length - 1 || glob[index + 1] === ':') ? token : withinPart(token))), false)
));

function withinPart(token: string): string {
  return token === STAR ? PART_STAR : token === ONE ? PART_ONE : token;
}

function made(tokens: readonly string[], ignoreCase: boolean): TextPattern {
  return { id: `${ignoreCase ? 'i' : ''}${tokens.join('\u0001')}`, tokens, ignoreCase };
}

export function isWildcard(token: string): boolean {
  return token === STAR || token === ONE || token === PART_STAR || token === PART_ONE;
}

interface State {
  readonly positions: readonly number[];
  readonly accepts: boolean;
  /** Characters that lead elsewhere than all others do. */
  readonly tells: readonly string[];
  readonly next: Map<string, number>;
  /** The state that characters of no interest lead to, once known. */
  other: number;
}

/** The automaton of a pattern, built as far as it is asked. */
export class TextAutomaton {
  private readonly states: State[] = [];
  private readonly byPositions = new Map<string, number>();

  public constructor(private readonly pattern: TextPattern) {
    this.state(this.closure([0]));
  }

  public accepts(state: number): boolean {
    return this.states[state].accepts;
  }

  /** Characters that lead elsewhere than all others do. */
  public tells(state: number): readonly string[] {
    return this.states[state].tells;
  }

  /** Whether nothing more can match. */
  public isDead(state: number): boolean {
    return this.states[state].positions.length === 0;
  }

  public next(state: number, char: string): number {
    const from = this.states[state];
    const known = from.next.get(char);
    if (known !== undefined) {
      return known;
    }
    if (!from.tells.includes(char)) {
      if (from.other < 0) {
        from.other = this.step(from, char);
      }
      return from.other;
    }
    const found = this.step(from, char);
    from.next.set(char, found);
    return found;
  }

  public matches(text: string): boolean {
    let state = 0;
    for (const char of text) {
      state = this.next(state, char);
    }
    return this.accepts(state);
  }

  private step(from: State, char: string): number {
    const { tokens, ignoreCase } = this.pattern;
    const read = ignoreCase ? char.toLowerCase() : char;
    const reached: number[] = [];
    for (const position of from.positions) {
      const token = tokens[position];
      if (token === STAR || (token === PART_STAR && char !== ':')) {
        reached.push(position);
      } else if (token === ONE || (token === PART_ONE && char !== ':') || (token !== undefined && !isWildcard(token) && token === read)) {
        reached.push(position + 1);
      }
    }
    return this.state(this.closure(reached));
  }

  /** The positions reachable without reading: a star may stand for nothing. A trailing star swallows what the others could still match. */
  private closure(positions: readonly number[]): number[] {
    const { tokens } = this.pattern;
    const result = new Set<number>();
    for (let position of positions) {
      result.add(position);
      while (tokens[position] === STAR || tokens[position] === PART_STAR) {
        result.add(++position);
      }
    }
    const last = tokens.length - 1;
    return result.has(last) && tokens[last] === STAR ? [last, last + 1] : [...result].sort((a, b) => a - b);
  }

  private state(positions: readonly number[]): number {
    const key = positions.join();
    let id = this.byPositions.get(key);
    if (id === undefined) {
      const { tokens, ignoreCase } = this.pattern;
      const tells = new Set<string>();
      for (const position of positions) {
        const token = tokens[position];
        if (token === PART_STAR || token === PART_ONE) {
          tells.add(':');
        } else if (token !== undefined && !isWildcard(token)) {
          tells.add(token);
          if (ignoreCase && token.toUpperCase().toLowerCase() === token) {
            tells.add(token.toUpperCase());
          }
        }
      }
      id = this.states.push({ positions, accepts: positions.includes(tokens.length), tells: [...tells], next: new Map(), other: -1 }) - 1;
      this.byPositions.set(key, id);
    }
    return id;
  }
}
