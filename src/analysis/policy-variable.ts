import { Context } from './context';
import { Glob, globOf, literalOf } from './glob';

/**
 * A policy value after its variables were replaced. `null`: a variable has no value, so nothing equals it; `open`: it hangs on open keys, and its `id` tells it
 * from values that hang on others, or that the known variables made another text of.
 */
export type Expanded =
  | { readonly kind: 'glob'; readonly glob: Glob }
  | { readonly kind: 'null' }
  | { readonly kind: 'open'; readonly keys: readonly string[]; readonly id: string };

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}`, `${$}`. A name without a colon is no variable. */
const VARIABLE = /\$\{(?:([*?$])|([^{}',]+:[^{}',]*)(?:,\s*'([^']*)'\s*)?)\}/g;

/**
 * Replaces the variables of a policy value. Values that come from the request stand for themselves, they are never wildcards.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html (read 2026-11-22): a key that is absent, or that has
 * several values, is null unless the variable has a default. Without a context (a policy of another version than 2012-10-17) all is plain text.
 */
export function expand(template: string, context: Context | undefined, wildcards: boolean): Expanded {
  const plain = (text: string): Glob => (wildcards ? globOf(text) : literalOf(text));
  if (context === undefined || !template.includes('${')) {
    return { kind: 'glob', glob: plain(template) };
  }
  const glob: string[] = [];
  const open: string[] = [];
  let isNull = false;
  let end = 0;
  for (const match of template.matchAll(VARIABLE)) {
    glob.push(...plain(template.slice(end, match.index)));
    end = match.index + match[0].length;
    const [, escaped, name, fallback] = match;
    if (escaped !== undefined) {
      glob.push(escaped);
      continue;
    }
    const key = name.trim();
    const state = context.state(key);
    if (state.kind === 'open' || state.kind === 'pattern') {
      open.push(key);
      glob.push(`\${${key.toLowerCase()}${fallback === undefined ? '' : `, '${fallback}'`}}`);
    } else if (state.kind === 'values' && state.values.length === 1) {
      glob.push(...literalOf(state.values[0]));
    } else if (fallback !== undefined) {
      glob.push(...literalOf(fallback));
    } else {
      isNull = true;
    }
  }
  glob.push(...plain(template.slice(end)));
  if (isNull) {
    return { kind: 'null' };
  }
  return open.length > 0 ? { kind: 'open', keys: open, id: `open|${JSON.stringify(glob)}` } : { kind: 'glob', glob };
}
