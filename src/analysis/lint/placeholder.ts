import { PolicyDocument, PolicyStatementJson } from '../policy-document';
import { list, statementsOf } from '../statement';

/** What a template leaves for later: `${ACCOUNT}`, `{{ AcceleratorPrefix }}`, `<account-id>`, `[REGION]`. A policy variable has a colon. */
const PLACEHOLDER = /\$\{[^{}:*?$]+\}|\{\{[^{}]*\}\}|<[^<>]*>|\[[^[\]]*\]/g;

export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/** Whether a text anywhere in a statement or a document has one. */
export function hasPlaceholderIn(json: unknown): boolean {
  return typeof json === 'string' ? hasPlaceholder(json) : typeof json === 'object' && json !== null && Object.values(json).some(hasPlaceholderIn);
}

/** A text in which what a template leaves for later may be anything. */
export function withAnyPlaceholder(text: string): string {
  return text.replace(PLACEHOLDER, '*');
}

/**
 * A document in which a resource may be anything where a template leaves a part of it for later; one that is left out for later is not left out. Values of a
 * Condition stay: who looks at them asks `hasPlaceholder`.
 */
export function withoutPlaceholders(document: PolicyDocument): PolicyDocument {
  return hasPlaceholderIn(document) ? { ...document, Statement: statementsOf(document).map(withAnyResource) } : document;
}

function withAnyResource({ Resource, NotResource, ...rest }: PolicyStatementJson): PolicyStatementJson {
  return {
    ...rest,
    ...(Resource !== undefined && { Resource: list(Resource).map(withAnyPlaceholder) }),
    ...(NotResource !== undefined && { NotResource: list(NotResource).filter((pattern) => !hasPlaceholder(pattern)) }),
  };
}
