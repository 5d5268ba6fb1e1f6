import { ActionIndex } from './action-index';
import { textCells } from '../domain/text-cells';
import { TextPattern, wholeText, withoutFurtherColons } from '../domain/text-pattern';
import { globOf, relate } from '../glob';
import { PolicyStatementJson } from '../policy-document';
import { list } from '../statement';

/** A service that AWS does not have yet. */
const FUTURE_SERVICE = 'futureservice';

/**
 * Names of actions that AWS could add tomorrow, one for every way in which the statements' wildcards can match a new name that the patterns stand for:
 * for each service that a statement names, and for one that none names. An action written out in full is no new one.
 */
export function futureActions(index: ActionIndex, statements: readonly PolicyStatementJson[], patterns: readonly string[]): string[] {
  const asked = patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => pattern.toLowerCase());
  if (asked.length === 0) {
    return [];
  }
  const written = [...new Set(statements.flatMap(({ Action, NotAction }) => list(Action ?? NotAction ?? [])).map((pattern) => pattern.toLowerCase()))];
  const tests = written.filter((pattern) => /[*?]/.test(pattern) && pattern !== '*');
  const services = new Set([...written, ...asked].map(serviceOf).filter((service) => service !== undefined && index.hasService(service)) as string[]);
  return [...[...services].sort(), FUTURE_SERVICE].flatMap((service) => newNames(service, asked, tests, index));
}

/** The service of a pattern; undefined where a wildcard stands in it. */
function serviceOf(pattern: string): string | undefined {
  const service = pattern.split(':')[0];
  return /[*?]/.test(service) ? undefined : service;
}

function newNames(service: string, asked: readonly string[], tests: readonly string[], index: ActionIndex): string[] {
  const all = globOf(`${service}:*`);
  const within = asked.filter((pattern) => pattern === '*' || relate(all, globOf(pattern)) !== 'disjoint');
  if (within.length === 0) {
    return [];
  }
  const relevant = tests.filter((pattern) => relate(all, globOf(pattern)) === 'overlapping');
  const isWhole = within.some((pattern) => pattern === '*' || relate(all, globOf(pattern)) === 'inside');
  if (isWhole && relevant.length === 0) {
    return [`${service}:FutureAction`];
  }
  // Patterns may have wildcards in the service too: a name is asked for with its service.
  const bases: TextPattern[] = isWhole ? [withoutFurtherColons(all)] : within.map((pattern) => withoutFurtherColons(globOf(pattern)));
  const beginning = isWhole ? [] : [wholeText(all)];
  const { samples } = textCells(bases, [...beginning, ...relevant.map((pattern) => wholeText(globOf(pattern)))]);
  return samples.filter((name) => name.startsWith(`${service}:`) && /^[^:]+:[a-z0-9]+$/.test(name) && index.find(name) === undefined);
}
