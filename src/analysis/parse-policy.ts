import { pathText, readJson } from './json-source';
import { PolicyDocument } from './policy-document';
import { ParsedPolicy, PolicyKind, validatePolicyDocument } from './validate-policy';

export { problemText, validatePolicyDocument } from './validate-policy';
export type { ParsedPolicy, PolicyKind, PolicyProblem } from './validate-policy';

/** Larger than any policy AWS takes; what is larger is not a policy. */
const MAX_BYTES = 1_000_000;

/**
 * Reads a policy. `document` is there when it has no problem; else `problems` has all of them, each with its place.
 *
 * @param text the policy in JSON; a byte order mark at its beginning is skipped
 * @param file what the problems call it
 */
export function parsePolicyDocument(text: string, file: string, kind: PolicyKind): ParsedPolicy {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) {
    return { problems: [{ file, path: '', message: `${bytes} bytes long`, expected: `a policy; AWS takes none over 10,240 bytes (${MAX_BYTES} are read here)` }] };
  }
  const source = readJson(text.replace(/^\uFEFF/, ''));
  const problems = source.problems.map(({ line, column, path, message, expected }) => ({
    file, line, column, path: pathText(path), message, expected,
  }));
  if (!('value' in source)) {
    return { problems };
  }
  const validated = validatePolicyDocument(source.value, file, kind, source.position);
  const all = [...problems, ...validated.problems];
  return all.length > 0 ? { problems: all } : { document: source.value as PolicyDocument, problems: [] };
}
