import { remember } from '../remember';

/** What is declared of a tag's key. */
export interface TagKey {
  /** In its spelling. */
  readonly key: string;
  readonly description?: string;
  /** Values that it may have, each with one `*` at most. @default - any value */
  readonly values?: readonly string[];
  /** Regular expression that the whole value matches. @default - any value */
  readonly pattern?: string;
  /** CloudFormation types that must have it; `*` stands for any characters. @default - no type must */
  readonly requiredFor: readonly string[];
  /** Whether resources get it from their account or a unit above. */
  readonly isInherited: boolean;
  /** Resource types of which AWS refuses tags that the tag policy does not allow, in its words: `ec2:instance`. */
  readonly enforcedFor: readonly string[];
  /** Whether costs are told apart by it. */
  readonly allocatesCosts: boolean;
  /** Value where nobody says another. @default - none */
  readonly value?: string;
}

/** Whether a type must have the key. */
export function isRequired({ requiredFor }: TagKey, type: string): boolean {
  return requiredFor.some((pattern) => pattern === '*' || pattern === type || (pattern.includes('*') && globOf(pattern).test(type)));
}

/** Whether a value is one of those that the key may have. */
export function isAllowed({ values, pattern }: Pick<TagKey, 'values' | 'pattern'>, value: string): boolean {
  return (values === undefined || values.some((one) => one === value || (one.includes('*') && globOf(one).test(value)))) && (pattern === undefined || wholeOf(pattern).test(value));
}

const wholeOf = remember((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));

function globOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 'su');
}
