import { AccountPolicies, PolicyDocument, PolicyLevel, PolicyStatementJson } from './policy-document';
import { rememberOf } from './remember';
import { aboutAction } from './statement';

/** The statements of a document about one action, by number: equal ones have one number, whatever they are called and wherever they stand. */
interface AboutAction {
  readonly denies: readonly number[];
  readonly allows: readonly number[];
}

/**
 * What decides on an action in an account, as a text: equal texts decide alike, in accounts that policies do not tell apart. Without what does not matter:
 * names, order, the level of a Deny, levels that allow all.
 */
export function meaningOf({ serviceControl, resourceControl, unknown }: AccountPolicies, action: string): string {
  const numbers = (levels: readonly PolicyLevel[]): AboutAction[] => levels.map(({ policies }) => {
    const about = policies.map(({ document }) => aboutOf(document, action));
    return { denies: about.flatMap(({ denies }) => denies), allows: about.flatMap(({ allows }) => allows) };
  });
  const service = numbers(serviceControl);
  const denies = (levels: readonly AboutAction[]): string => distinct(levels.flatMap((level) => level.denies)).join();
  // In brackets, for a level that allows nothing is one too.
  const gates = distinct(service.filter(({ allows }) => !allows.includes(ALLOW_ALL)).map(({ allows }) => `(${distinct(allows).join('+')})`));
  return [denies(service), denies(numbers(resourceControl)), gates.join(' '), unknown.join()].join('|');
}

/** The part of it that resource control policies say. */
export function resourceControlMeaning({ resourceControl }: AccountPolicies, action: string): string {
  return distinct(resourceControl.flatMap(({ policies }) => policies.flatMap(({ document }) => aboutOf(document, action).denies))).join();
}

const numbersByDocument = rememberOf((_document: PolicyDocument) => new Map<string, AboutAction>());

function aboutOf(document: PolicyDocument, action: string): AboutAction {
  const known = numbersByDocument(document);
  let about = known.get(action);
  if (!about) {
    const statements = aboutAction(document, action).map(({ statement }) => statement);
    const of = (effect: 'Allow' | 'Deny') => statements.filter(({ Effect }) => Effect === effect).map((statement) => numberOf(textOf(statement, document, action)));
    about = { denies: of('Deny'), allows: of('Allow') };
    known.set(action, about);
  }
  return about;
}

const numbers = new Map<string, number>();

function numberOf(text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}

/** An action that stands for itself is all that matters of a statement's actions. */
function textOf({ Sid: _sid, Action, NotAction, Resource, ...rest }: PolicyStatementJson, { Version }: PolicyDocument, action: string): string {
  const actions = /[*?]/.test(action) ? { Action, NotAction } : {};
  const resource = Array.isArray(Resource) && Resource.length === 1 ? Resource[0] as string : Resource;
  const text = JSON.stringify({ ...rest, ...actions, Resource: resource });
  return text.includes('${') ? `${Version} ${text}` : text;
}

const ALLOW_ALL = numberOf(JSON.stringify({ Effect: 'Allow', Resource: '*' }));

function distinct<T extends string | number>(items: readonly T[]): T[] {
  return [...new Set(items)].sort();
}
