import { ActionIndex } from '../actions/action-index';
import { nearest } from '../nearest';
import { fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintStatement } from './lint-statement';
import { hasPlaceholder } from './placeholder';

/** LZ.LINT.1: a pattern that matches no action of AWS. */
export function unknownAction(statement: LintStatement, index: ActionIndex): LintFinding[] {
  const unknown = [...new Set(statement.patterns)].filter((pattern) => index.matching(pattern).length === 0 && !hasPlaceholder(pattern));
  if (unknown.length === 0) {
    return [];
  }
  const meant = unknown.flatMap((pattern) => hint(pattern, index) ?? []);
  return [statement.finding(
    'LZ.LINT.1',
    `${fewWords(unknown)} ${unknown.length === 1 ? 'matches' : 'match'} no action of AWS`,
    whyOf(statement),
    meant.length > 0 ? `Did you mean ${fewWords(meant)}?` : 'Name an action that the service authorization reference has, or drop it.',
  )];
}

function whyOf({ isDeny, hasAction }: LintStatement): string {
  return isDeny === hasAction ? `what it is to ${isDeny ? 'deny' : 'leave out'} stays allowed` : `what it is to ${isDeny ? 'spare is denied' : 'allow is not'}`;
}

/** What a pattern most likely means; what a wildcard in it stands for does not count. */
function hint(pattern: string, index: ActionIndex): string | undefined {
  const [service, name = ''] = pattern.split(':');
  if (/[*?]/.test(service)) {
    return undefined;
  }
  if (index.hasService(service)) {
    return elsewhere(name, index) ?? within(service, name, index);
  }
  const other = nearest(service, index.services);
  return (other && exact(other, name, index)) ?? elsewhere(name, index) ?? (other && (within(other, name, index) ?? `${other}:${name}`));
}

function within(service: string, name: string, index: ActionIndex): string | undefined {
  const actions = index.matching(`${service}:*`).map((position) => index.actions[position]);
  return nearest(`${service}:${name.replace(/[*?]/g, '')}`, actions);
}

function exact(service: string, name: string, index: ActionIndex): string | undefined {
  const [position] = index.matching(`${service}:${name}`);
  return position === undefined ? undefined : /[*?]/.test(name) ? `${service}:${name}` : index.actions[position];
}

/** The one other service that has the action. */
function elsewhere(name: string, index: ActionIndex): string | undefined {
  const found = /[*?]/.test(name) ? [] : index.services.flatMap((service) => exact(service, name, index) ?? []);
  return found.length === 1 ? found[0] : undefined;
}
