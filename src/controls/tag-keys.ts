import { TagOptions } from './control-options';

const STANDARD = ['owner', 'cost-center', 'environment'];

/** Keys of the tags that resources carry. Throws where AWS would not take a key. */
export function tagKeys({ keys = STANDARD }: TagOptions): string[] {
  const wrong = keys.filter((key) => !/^[A-Za-z0-9+\-=._:/@]{1,128}$/.test(key) || key.toLowerCase().startsWith('aws:'));
  if (wrong.length > 0) {
    throw new Error(`Tag keys must be letters, digits and + - = . _ : / @, and not begin with aws:, like cost-center; these are not: ${wrong.join(', ')}`);
  }
  const lower = keys.map((key) => key.toLowerCase());
  if (keys.length === 0 || new Set(lower).size !== keys.length) {
    throw new Error(`Give at least one tag key, each once in any spelling; they are ${JSON.stringify(keys)}`);
  }
  return keys;
}

/** Keys that statements of a control are made of. Throws as `tagKeys` does, and where a control would get more statements than it can name. */
export function tagKeysOfStatements(options: TagOptions): string[] {
  const keys = tagKeys(options);
  if (keys.length > 10) throw new Error(`Give ten tag keys at most, each has statements of its own; they are ${keys.length}: ${keys.join(', ')}`);
  return keys;
}
