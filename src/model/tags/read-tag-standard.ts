import { enforceableHint, isEnforceable } from '../../analysis/tags/enforceable-types';
import { isAllowed, TagKey } from '../../analysis/tags/tag-key';
import { Place, Problem } from '../organization-definition';

/** A key as a file or code gives it. */
export interface TagKeyInput {
  readonly key: string;
  readonly description?: string;
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly required?: boolean;
  readonly requiredFor?: readonly string[];
  readonly inherited?: boolean;
  readonly enforcedFor?: readonly string[];
  readonly allocatesCosts?: boolean;
  readonly default?: string;
}

/** What AWS takes as a key. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html (read 2026-11-23); spaces are left out: few services take them. */
const KEY = /^[A-Za-z0-9+\-=._:/@]{1,128}$/;

/** The keys of a standard, and all that is wrong with them. */
export function readTagKeys(
  inputs: readonly TagKeyInput[], placeOf: (key: string) => Place, known: ReadonlyMap<string, unknown>,
): { readonly keys: readonly TagKey[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const keys: TagKey[] = [];
  const wrong = (key: string, message: string, hint: string) => problems.push({ place: placeOf(key), message: `tag ${key}: ${message}`, hint });
  for (const { key, description, values, pattern, required, requiredFor, inherited, enforcedFor = [], allocatesCosts, default: value } of inputs) {
    const types = requiredFor ?? (required ?? true ? ['*'] : []);
    const one: TagKey = {
      key, ...(description !== undefined && { description }), ...(values && { values }), ...(pattern !== undefined && { pattern }),
      requiredFor: types, isInherited: inherited ?? true, enforcedFor, allocatesCosts: allocatesCosts ?? types.includes('*'), ...(value !== undefined && { value }),
    };
    if (!KEY.test(key)) wrong(key, 'is no key that AWS takes everywhere', 'expected up to 128 letters, digits and + - = . _ : / @');
    else if (key.toLowerCase().startsWith('aws:')) wrong(key, 'begins with aws:', 'keys of that form are AWS\'s own');
    const twin = keys.find((other) => other.key.toLowerCase() === key.toLowerCase());
    if (twin) wrong(key, `is ${twin.key === key ? 'declared twice' : `also declared as ${twin.key}`}`, 'declare each key once: a tag policy knows one spelling of it');
    if (values?.length === 0) wrong(key, 'has an empty list of values', 'list the values, or leave values out to allow any');
    for (const each of values ?? []) {
      if (each.split('*').length > 2) wrong(key, `value ${each} has more than one *`, 'a tag policy takes one * in a value');
      if (each.length > 256) wrong(key, `value ${each.slice(0, 20)}… has ${each.length} characters`, 'AWS takes 256 at most');
    }
    if (pattern !== undefined && !isExpression(pattern)) {
      wrong(key, `pattern ${pattern} is no regular expression`, 'expected one like CC-[0-9]{4}');
    } else if (value !== undefined && !isAllowed(one, value)) {
      wrong(key, `its default "${value}" is none of the values that it may have`, `expected ${values?.join(', ') ?? pattern!}`);
    }
    for (const type of requiredFor ?? []) {
      if (!type.includes('*') && !known.has(type)) wrong(key, `${type} takes no tags in a template, or is no type`, 'expected CloudFormation types that do, like AWS::S3::Bucket or AWS::EC2::*');
    }
    for (const type of enforcedFor.filter((each) => !isEnforceable(each))) wrong(key, `a tag policy is not enforced for ${type}`, enforceableHint(type));
    keys.push(one);
  }
  if (inputs.length === 0) problems.push({ place: placeOf(''), message: 'no tag is declared', hint: 'declare at least one key' });
  return { keys, problems };
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
