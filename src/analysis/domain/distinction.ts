import { TextPattern } from './text-pattern';

/** What a test tells apart among the values of a key: two values on the same side of every distinction have the same outcome. */
export type Distinction =
  | { readonly kind: 'text'; readonly patterns: readonly TextPattern[] }
  /** Values that are equal once the padding is taken off. */
  | { readonly kind: 'binary'; readonly value: string }
  /** `at`: what the text says; not a number where it says none. */
  | { readonly kind: 'number'; readonly at: number; readonly text: string }
  /** The same in milliseconds since 1970. */
  | { readonly kind: 'date'; readonly at: number; readonly text: string }
  /** An IP address or range. */
  | { readonly kind: 'address'; readonly range: string };

/** What a key can be in a request. */
export interface KeyRange {
  readonly canBeAbsent: boolean;
  readonly isMultivalued: boolean;
  /** Each value matches one of these. @default - any value */
  readonly within?: readonly TextPattern[];
  /** No value matches one of these. @default - none */
  readonly without?: readonly TextPattern[];
}
