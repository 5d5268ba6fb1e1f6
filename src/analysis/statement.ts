import { actionGlob, actionMatches, Known, resourceMatches, resourceMatchesAll } from './arn-glob';
import { anyKnown, Clause, conditionClauses } from './condition';
import { KeyState } from './context';
import { arnTexts, documentedResource, partByPart, TextPattern, wholeText } from './domain/text-pattern';
import { and, constant, Expression, FALSE, not, or, TRUE } from './expression';
import { Glob, globMatches, globOf, literalOf } from './glob';
import { OneOrMany, PolicyDocument, PolicyStatementJson } from './policy-document';
import { expand } from './policy-variable';
import { isSpared, principalMatch } from './principal-element';
import { remember, rememberOf } from './remember';
import { ACTION, RESOURCE, RequestFacts } from './request-facts';
import { patternInWords } from './wording';

/** One statement asked about one request. */
export interface AskedStatement {
  /** Sid, or `#3`. */
  readonly name: string;
  readonly effect: 'Allow' | 'Deny';
  /** Whether the statement applies. */
  readonly applies: Expression;
  /** Where it names the principal only by its account, in a resource policy. */
  readonly appliesByAccount: Expression;
  /** What is left open, in words. */
  readonly when?: string;
}

export function list(value: OneOrMany): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

export function statementsOf(document: PolicyDocument): readonly PolicyStatementJson[] {
  return Array.isArray(document.Statement) ? document.Statement as readonly PolicyStatementJson[] : [document.Statement as PolicyStatementJson];
}

/** The statements of a policy that can apply to the request. */
export function ask(document: PolicyDocument, facts: RequestFacts): AskedStatement[] {
  const variables = document.Version === '2012-10-17';
  return aboutAction(document, facts.action).map(({ statement, index, action }) => {
    const resource = resourceClause(statement, facts, variables);
    const condition = conditionClauses(statement.Condition, facts.context, variables);
    const principal = principalClauses(statement, facts);
    const rest = and(...[action, resource, ...condition].map(({ expression }) => expression));
    const open = [action, resource, principal.direct, ...condition].filter(({ expression }) => expression.kind !== 'constant');
    return {
      name: statement.Sid ?? `#${index + 1}`,
      effect: statement.Effect,
      applies: and(rest, principal.direct.expression),
      appliesByAccount: and(rest, principal.byAccount),
      // Read for the statements that an answer names only.
      get when() {
        return open.length > 0 ? open.map(({ words }) => words).join(' and ') : undefined;
      },
    };
  }).filter(({ applies, appliesByAccount }) => applies !== FALSE || appliesByAccount !== FALSE);
}

/** A statement that can be about an action, and whether it is. */
export interface AboutAction {
  readonly statement: PolicyStatementJson;
  readonly index: number;
  readonly action: Clause;
}

/** Most statements are not about the action asked for, and the same documents are asked about it in every account: found once a document. */
const byAction = new WeakMap<PolicyDocument, Map<string, readonly AboutAction[]>>();

/** The statements of a document that can be about an action. */
export function aboutAction(document: PolicyDocument, action: string): readonly AboutAction[] {
  let known = byAction.get(document);
  if (!known) {
    known = new Map();
    byAction.set(document, known);
  }
  let found = known.get(action);
  if (!found) {
    found = statementsOf(document).map((statement, index) => ({ statement, index, action: actionClause(statement, action) }))
      .filter(({ action: clause }) => clause.expression !== FALSE);
    known.set(action, found);
  }
  return found;
}

function actionClause(statement: PolicyStatementJson, action: string): Clause {
  const isNegated = statement.Action === undefined;
  const { ofService, ofAny } = patternsOf(statement);
  const service = serviceOf(action);
  const globs = service === undefined ? [...ofService.values(), ofAny].flat() : [...ofService.get(service) ?? [], ...ofAny];
  const known = anyKnown(globs.map((glob) => actionMatches(glob, action)));
  if (known !== undefined) {
    return known === isNegated ? NEVER : ALWAYS;
  }
  const patterns = list(statement.Action ?? statement.NotAction ?? []);
  const id = `one|${ACTION}|${JSON.stringify(patterns.map((pattern) => pattern.toLowerCase()).sort())}`;
  const matches: Expression = { kind: 'leaf', id, key: ACTION, dependsOn: [ACTION] };
  return { expression: isNegated ? not(matches) : matches, words: patternInWords('action', isNegated, patterns) };
}

const NEVER: Clause = { expression: FALSE, words: '' };
const ALWAYS: Clause = { expression: TRUE, words: '' };

/** The action patterns of a statement by service: most are of another service than the one asked for. */
const patternsOf = rememberOf(({ Action, NotAction }: PolicyStatementJson) => {
  const ofService = new Map<string, Glob[]>();
  const ofAny: Glob[] = [];
  for (const pattern of list(Action ?? NotAction ?? [])) {
    const service = serviceOf(pattern);
    if (service === undefined) {
      ofAny.push(actionGlob(pattern));
    } else {
      ofService.set(service, [...ofService.get(service) ?? [], actionGlob(pattern)]);
    }
  }
  return { ofService, ofAny };
});

/** The service of an action or a pattern in lower case; undefined where a wildcard stands in it. */
function serviceOf(action: string): string | undefined {
  const service = action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  return /[*?]/.test(service) || service === '' ? undefined : service;
}

function resourceClause(statement: PolicyStatementJson, facts: RequestFacts, variables: boolean): Clause {
  // Policies of roles say whom to trust and have no resource.
  if (statement.Resource === undefined && statement.NotResource === undefined) {
    return { expression: TRUE, words: '' };
  }
  const patterns = list(statement.Resource ?? statement.NotResource ?? []);
  const isNegated = statement.Resource === undefined;
  const matches = or(...patterns.map((pattern) => resourcePattern(pattern, facts, variables)));
  return {
    expression: isNegated ? not(matches) : matches,
    get words() {
      return patternInWords('resource', isNegated, patterns);
    },
  };
}

/** An ARN of the partition, or the star of an action that works on no resource in particular. */
const anyResource = remember((partition) => [partByPart(globOf(`arn:${partition}:*:*:*:*`)), wholeText(literalOf('*'))]);

function resourcePattern(pattern: string, { context, resource, partition }: RequestFacts, variables: boolean): Expression {
  if (pattern === '*') {
    return TRUE;
  }
  const expanded = expand(pattern, variables ? context : undefined, true);
  if (expanded.kind === 'null') {
    return FALSE;
  }
  const matches = (text: string): Known => (expanded.kind === 'glob' ? resourceMatches(expanded.glob, text) : undefined);
  const known = resource.kind === 'values' ? matches(resource.values[0])
    : resource.kind === 'pattern' && expanded.kind === 'glob' ? resourceMatchesAll(expanded.glob, resource.glob) : undefined;
  if (known !== undefined) {
    return constant(known);
  }
  const openKeys = expanded.kind === 'open' ? expanded.keys : [];
  const exact = expanded.kind === 'glob' && globMatches(expanded.glob, pattern) && !/[*?]/.test(pattern);
  return {
    kind: 'leaf',
    id: `one|${RESOURCE}|${expanded.kind === 'glob' ? JSON.stringify(expanded.glob) : expanded.id}`,
    key: RESOURCE,
    dependsOn: resource.kind === 'values' && openKeys.length > 0 ? openKeys.flatMap((key) => context.names(key)) : [RESOURCE, ...openKeys],
    outcome: (values) => (values === null ? false : matches(values[0])),
    ...(exact && resource.kind !== 'values' && { fixes: new Map([[RESOURCE, [pattern]]]) }),
    ...(openKeys.length > 0 && { variables: openKeys }),
    ...(expanded.kind === 'glob' && { tells: [{ kind: 'text', patterns: [wholeText(expanded.glob), documentedResource(expanded.glob)] }] }),
    range: { canBeAbsent: false, isMultivalued: false, within: resourceTexts(resource, partition) },
  };
}

function resourceTexts(resource: KeyState, partition: string): readonly TextPattern[] {
  switch (resource.kind) {
    case 'values': return resource.values.map((value) => wholeText(literalOf(value)));
    case 'pattern': return [arnTexts(resource.glob)];
    default: return anyResource(partition);
  }
}

function principalClauses(statement: PolicyStatementJson, facts: RequestFacts): { readonly direct: Clause; readonly byAccount: Expression } {
  if (statement.NotPrincipal !== undefined) {
    return { direct: { expression: not(isSpared(statement.NotPrincipal, facts)), words: 'the principal is not excepted by NotPrincipal' }, byAccount: FALSE };
  }
  if (statement.Principal === undefined) {
    return { direct: { expression: TRUE, words: '' }, byAccount: FALSE };
  }
  const { direct, byAccount } = principalMatch(statement.Principal, facts);
  // A Deny that names the account denies everyone in it; an Allow that does leaves the grant to the account.
  return statement.Effect === 'Deny'
    ? { direct: { expression: or(direct, byAccount), words: 'the principal is named by Principal' }, byAccount: FALSE }
    : { direct: { expression: direct, words: 'the principal is named by Principal' }, byAccount };
}
