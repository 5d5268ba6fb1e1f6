import { isAllowed, isRequired, TagKey } from './tag-key';
import { nearest } from '../nearest';

/** What is wrong with the tags of one resource, in words. */
export interface TagFinding {
  readonly key: string;
  readonly kind: 'missing' | 'misspelt' | 'disallowed' | 'unknown';
  readonly message: string;
}

/** Holds tags of a resource of a type against what is declared of their keys. Tags with keys of their own are nobody's business. */
export function tagFindings(keys: readonly TagKey[], type: string, tags: ReadonlyMap<string, string | undefined> | undefined): TagFinding[] {
  if (!tags) return keys.filter((key) => isRequired(key, type)).map(({ key }) => ({ key, kind: 'unknown', message: `whether it has the tag ${key} is known at deployment only: write its tags so that synthesis can read them` }));
  let others: string[] | undefined;
  return keys.flatMap((key): TagFinding[] => {
    if (tags.has(key.key)) return [...twinFindings(key, tags), ...valueFindings(key, tags.get(key.key))];
    others ??= [...tags.keys()].filter((name) => !keys.some((declared) => declared.key === name));
    const isMust = isRequired(key, type);
    // A key that nobody must have is misspelt where it differs in case alone.
    const meant = others.find((other) => folded(other) === folded(key.key)) ?? (isMust ? nearest(key.key, others) : undefined);
    if (meant !== undefined) return [{ key: key.key, kind: 'misspelt', message: `its tag ${meant} is spelled ${key.key}` }];
    return isMust ? [{ key: key.key, kind: 'missing', message: `it lacks the tag ${key.key}${key.description === undefined ? '' : ` (${key.description})`}` }] : [];
  });
}

/** Of a tag beside the right one that differs in case alone: a tag policy refuses it, and some services take the two for one. */
function twinFindings({ key }: TagKey, tags: ReadonlyMap<string, string | undefined>): TagFinding[] {
  if (tags.size === 1) return [];
  const lower = key.toLowerCase();
  const twins = [...tags.keys()].filter((name) => name !== key && name.length === key.length && name.toLowerCase() === lower);
  return twins.map((name) => ({ key, kind: 'misspelt', message: `beside its tag ${key} it has ${name}: remove it` }));
}

function valueFindings(key: TagKey, value: string | undefined): TagFinding[] {
  const { values, pattern } = key;
  if (values === undefined && pattern === undefined) return [];
  if (value === undefined) return [{ key: key.key, kind: 'unknown', message: `the value of its tag ${key.key} is known at deployment only, and ${expected(key)} is expected` }];
  if (isAllowed(key, value)) return [];
  const near = nearest(value, (values ?? []).filter((one) => !one.includes('*')));
  return [{ key: key.key, kind: 'disallowed', message: `its tag ${key.key} is "${value}", and ${expected(key)} is expected${near === undefined ? '' : `: did you mean "${near}"?`}` }];
}

function expected({ values, pattern }: TagKey): string {
  const parts = [...values === undefined ? [] : [values.length > 1 ? `one of ${values.join(', ')}` : values.join()], ...pattern === undefined ? [] : [`a value of the form ${pattern}`]];
  return parts.join(' and ');
}

/** `cost-center`, `CostCenter` and `cost_center` are one. */
function folded(key: string): string {
  return key.toLowerCase().replace(/[-_ .:]/g, '');
}
