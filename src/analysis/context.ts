import { KeyRange } from './domain/distinction';
import { arnTexts, TextPattern, wholeText } from './domain/text-pattern';
import { Glob, globOf } from './glob';
import { rememberOf } from './remember';

/** What is known of one condition key. `pattern`: present with one value, which the pattern matches (and the other one, where it is given, does not). */
export type KeyState =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'pattern'; readonly glob: Glob; readonly without?: Glob }
  | { readonly kind: 'absent' }
  | { readonly kind: 'open' };

const OPEN: KeyState = { kind: 'open' };

/**
 * Global keys with several values in one request.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, "Value type - Multivalued" (read 2026-11-22).
 */
const MULTIVALUED = [
  'aws:calledvia', 'aws:principalorgpaths', 'aws:principalservicenameslist', 'aws:resourceorgpaths', 'aws:sourceorgpaths', 'aws:tagkeys',
  'aws:vpceorgpaths',
];

/** The keys of a request, without regard to case. */
export class Context {
  private readonly multivalued: ReadonlySet<string>;

  /**
   * @param states keys in lower case
   * @param setKeys further keys that may have several values, in lower case: those that a policy tests with ForAllValues or ForAnyValue
   * @param causes why a key is open, where the request says too little: `principal`, `resource`
   * @param consequences what else is known once a key has a value
   */
  public constructor(
    private readonly states: ReadonlyMap<string, KeyState>,
    setKeys: Iterable<string> = [],
    private readonly causes: ReadonlyMap<string, string> = new Map(),
    private readonly consequences: (key: string, value: string) => ReadonlyArray<readonly [string, readonly string[]]> = () => [],
  ) {
    this.multivalued = new Set([...MULTIVALUED, ...setKeys]);
  }

  public state(key: string): KeyState {
    return this.states.get(key.toLowerCase()) ?? OPEN;
  }

  /** The same with these keys known, as far as they are open. */
  public knowing(known: ReadonlyArray<readonly [key: string, values: readonly string[]]>): Context {
    const open = known.filter(([key]) => !['values', 'absent'].includes(this.state(key).kind));
    return new Context(new Map([...this.states, ...open.map(([key, values]) => [key, { kind: 'values', values }] as const)]), this.multivalued, this.causes, this.consequences);
  }

  public isMultivalued(key: string): boolean {
    return this.multivalued.has(key.toLowerCase());
  }

  /** What the key can be, as far as it is open. */
  public range(key: string): KeyRange {
    const state = this.state(key);
    const isMultivalued = this.isMultivalued(key) && state.kind !== 'pattern';
    const { glob: within, without } = state.kind === 'pattern' ? state : {};
    return {
      canBeAbsent: state.kind !== 'pattern',
      isMultivalued,
      ...(within && { within: key.toLowerCase() === 'aws:principalarn' ? principalArns(within) : [wholeText(within)] }),
      ...(without && { without: [arnTexts(without)] }),
    };
  }

  /** The names under which an answer reports that it hangs on the key. */
  public names(key: string): string[] {
    const cause = this.causes.get(key.toLowerCase());
    return cause === undefined ? [key] : [key, cause];
  }

  /** What is known once the key has this one value. */
  public fixes(key: string, value: string): ReadonlyMap<string, readonly string[]> {
    const lower = key.toLowerCase();
    const further = this.consequences(lower, value).filter(([name]) => this.state(name).kind === 'open');
    return new Map([[lower, [value]], ...further]);
  }
}

/** The kinds of principals that `aws:PrincipalArn` names; a session goes by the ARN of its role. */
const PRINCIPAL_KINDS = ['iam::ACCOUNT:role/*', 'iam::ACCOUNT:user/*', 'iam::ACCOUNT:root', 'sts::ACCOUNT:federated-user/*'];

/** Any principal of an account is one of the kinds that there are. */
const principalArns = rememberOf((glob: Glob): TextPattern[] => {
  const text = glob.map((token) => token.slice(-1)).join('');
  const any = /^arn:(\*|aws[a-z-]*):\*::(\*|\d{12}):\*$/.exec(text);
  return any ? PRINCIPAL_KINDS.map((kind) => arnTexts(globOf(`arn:${any[1]}:${kind.replace('ACCOUNT', any[2])}`))) : [arnTexts(glob)];
});
