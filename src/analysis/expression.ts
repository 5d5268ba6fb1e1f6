import { Distinction, KeyRange } from './domain/distinction';

/** The values of a key, or `null` when it is absent. */
export type KnownValues = readonly string[] | null;

/** What is known of the keys so far. Keys in lower case. */
export type KnownKeys = ReadonlyMap<string, KnownValues>;

/** A test whose outcome is open. Two leaves with one `id` always have the same outcome. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly id: string;
  /** The keys it hangs on, as the policy writes them. */
  readonly dependsOn: readonly string[];
  /** The key it tests, in lower case; a name of its own where nothing ties it to other tests. */
  readonly key: string;
  readonly isAbsence?: boolean;
  /** The keys that are known once the test holds. */
  readonly fixes?: KnownKeys;
  /** The outcome once the value of the key is known; `undefined` when that does not decide. */
  readonly outcome?: (values: KnownValues) => boolean | undefined;
  /** Between which values of the key it tells. */
  readonly tells?: readonly Distinction[];
  /** Other keys whose values its own value is compared with, as policy variables. @default - none */
  readonly variables?: readonly string[];
  /** What the key can be. @default - any one value, or absent */
  readonly range?: KeyRange;
}

export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | Leaf
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] };

export const TRUE: Expression = { kind: 'constant', value: true };
export const FALSE: Expression = { kind: 'constant', value: false };

export function constant(value: boolean): Expression {
  return value ? TRUE : FALSE;
}

export function not(of: Expression): Expression {
  if (of.kind === 'constant') {
    return constant(!of.value);
  }
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

export function and(...of: readonly Expression[]): Expression {
  return combine('and', of);
}

export function or(...of: readonly Expression[]): Expression {
  return combine('or', of);
}

function combine(kind: 'and' | 'or', of: readonly Expression[]): Expression {
  const absorbing = kind === 'or';
  const rest: Expression[] = [];
  for (const part of of) {
    if (part.kind === 'constant') {
      if (part.value === absorbing) {
        return part;
      }
    } else if (part.kind === kind) {
      rest.push(...part.of);
    } else {
      rest.push(part);
    }
  }
  return rest.length === 0 ? constant(!absorbing) : rest.length === 1 ? rest[0] : { kind, of: rest };
}

export function leaves(expression: Expression): Leaf[] {
  const found: Leaf[] = [];
  collect(expression, found);
  return found;
}

function collect(expression: Expression, found: Leaf[]): void {
  switch (expression.kind) {
    case 'constant': break;
    case 'leaf': found.push(expression); break;
    case 'not': collect(expression.of, found); break;
    default: expression.of.forEach((part) => collect(part, found));
  }
}

/** The same expression about keys of other names. */
export function renameLeaves(expression: Expression, name: (key: string) => string): Expression {
  switch (expression.kind) {
    case 'constant': return expression;
    case 'leaf': {
      const key = name(expression.key);
      const fixes = expression.fixes && new Map([...expression.fixes].map(([fixed, values]) => [name(fixed), values]));
      return key === expression.key ? expression : { ...expression, key, id: `${expression.id}${key.slice(expression.key.length)}`, ...(fixes && { fixes }) };
    }
    case 'not': return not(renameLeaves(expression.of, name));
    default: return { kind: expression.kind, of: expression.of.map((part) => renameLeaves(part, name)) };
  }
}
