import { readJson } from '../../analysis/json-source';
import { parsePolicyDocument, PolicyKind } from '../../analysis/parse-policy';
import { Problem } from '../organization-definition';
import { policyType } from '../policy-types';

/** Parses a policy's file: documents in the IAM language are read as AWS would, others must be a JSON object. */
export function readPolicyFile(text: string, file: string, typeName: string): { content?: unknown; problems: Problem[] } {
  if (policyType(typeName)?.iamLanguage) {
    const { document, problems } = parsePolicyDocument(text, file, typeName as PolicyKind);
    if (document && problems.length === 0) return { content: document, problems: [] };
    return {
      problems: problems.map(({ line, column, path, message, expected }) => ({
        place: { file, ...(line !== undefined ? { line } : {}), ...(column !== undefined ? { column } : {}) }, message: path ? `${path}: ${message}` : message, hint: `expected ${expected}`,
      })),
    };
  }
  const { value, problems } = readJson(text);
  if (problems.length > 0) {
    return { problems: problems.map(({ line, column, message, expected }) => ({ place: { file, line, column }, message, ...(expected !== undefined ? { hint: `expected ${expected}` } : {}) })) };
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { content: value, problems: [] };
  return { problems: [{ place: { file, line: 1, column: 1 }, message: 'the document is not a JSON object', hint: 'expected the policy\'s JSON document' }] };
}
