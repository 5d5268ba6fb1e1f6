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
  try {
    const content = JSON.parse(text);
    if (content !== null && typeof content === 'object' && !Array.isArray(content)) return { content, problems: [] };
    return { problems: [{ place: { file }, message: 'the document is not a JSON object', hint: 'expected the policy\'s JSON document' }] };
  } catch (error) {
    return { problems: [{ place: { file, ...placeIn(text, error as Error) }, message: `not JSON: ${(error as Error).message}`, hint: 'expected the policy\'s JSON document' }] };
  }
}

/** Line and column of a JSON syntax error, from the position in its message. */
function placeIn(text: string, { message }: Error): { line?: number; column?: number } {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return {};
  const before = text.slice(0, Number(position)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
