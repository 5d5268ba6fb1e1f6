import { ActionIndex } from '../actions/action-index';
import { globMatches, globOf } from '../glob';
import { nearest } from '../nearest';
import { rememberOf } from '../remember';

/** A set of keys, some of which stand for many: `aws:RequestTag/${TagKey}`. */
class KeySet {
  private readonly exact: ReadonlySet<string>;
  private readonly patterns: readonly string[];
  private readonly found = new Map<string, boolean>();

  public constructor(keys: readonly string[]) {
    const lower = keys.map((key) => key.toLowerCase().replace(/\/$/, '/*').replace(/\$\{[^}]*\}|<[^>]*>/g, '*'));
    this.exact = new Set(lower.filter((key) => !key.includes('*')));
    this.patterns = lower.filter((key) => key.includes('*'));
  }

  /** @param key in lower case */
  public has(key: string): boolean {
    let found = this.found.get(key);
    if (found === undefined) {
      found = this.exact.has(key) || this.patterns.some((pattern) => globMatches(globOf(pattern), key));
      this.found.set(key, found);
    }
    return found;
  }
}

const setOf = rememberOf((keys: readonly string[]) => new KeySet(keys));

/** What AWS's reference says of condition keys. */
export class KnownKeys {
  private readonly all: readonly string[];

  public constructor(private readonly index: ActionIndex) {
    this.all = [...new Set([...index.globalKeys, ...index.keySets.flat(), ...index.looseKeys])];
  }

  /**
   * Whether a request of any action may have the key: a global one, one of an identity provider (its prefix is a host, or `saml`), or one of which AWS does not
   * say which actions have it.
   */
  public isOfAnyAction(key: string): boolean {
    const lower = key.toLowerCase();
    return /^[^:]*\.|^saml:/.test(lower) || setOf(this.index.globalKeys).has(lower) || setOf(this.index.looseKeys).has(lower);
  }

  /** Whether any action has the key, or AWS does not say which. */
  public isKnown(key: string): boolean {
    return this.isOfAnyAction(key) || this.isIn(this.all, key);
  }

  public isIn(keys: readonly string[], key: string): boolean {
    return setOf(keys).has(key.toLowerCase());
  }

  /** The known key that a misspelt one most likely means, those of its own service first. */
  public nearest(key: string): string | undefined {
    const prefix = key.slice(0, key.indexOf(':') + 1).toLowerCase();
    const [name, tag] = splitTag(key);
    const meant = nearest(name, this.all.filter((known) => known.toLowerCase().startsWith(prefix)).map((known) => splitTag(known)[0])) ?? nearest(name, this.all.map((known) => splitTag(known)[0]));
    return meant === undefined ? undefined : `${meant}${tag}`;
  }
}

/** `aws:RequestTag/Owner` as `aws:RequestTag` and `/Owner`. */
function splitTag(key: string): readonly [string, string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [key, ''] : [key.slice(0, slash), key.slice(slash)];
}

export const knownKeys = rememberOf((index: ActionIndex) => new KnownKeys(index));
