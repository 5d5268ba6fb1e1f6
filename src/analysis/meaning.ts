import { AccountPolicies, PolicyDocument, PolicyStatementJson } from './policy-document';
import { rememberOf } from './remember';
import { aboutAction } from './statement';

/** The statements of a document about one action, by number: equal ones have one number, whatever they are called and wherever they stand. */
interface AboutAction {
  readonly denies: readonly number[];
  readonly allows: readonly number[];
}

/** What decides on an action in an account, without what does not matter: names, order, the level of a Deny, levels that allow all. */
interface Meaning {
  readonly denies: readonly number[];
  readonly resourceDenies: readonly number[];
  /** What allows at a level, as a text. In brackets, for a level that allows nothing is one too. */
  readonly gates: readonly string[];
}

/** As a text: equal texts decide alike, in accounts that policies do not tell apart. */
export function meaningOf(account: AccountPolicies, action: string): string {
  const { denies, resourceDenies, gates } = meaning(account, action);
  return [denies.join(), resourceDenies.join(), gates.join(' '), account.unknown.join()].join('|');
}

/** The part of it that resource control policies say. */
export function resourceControlMeaning(account: AccountPolicies, action: string): string {
  return meaning(account, action).resourceDenies.join();
}

/** Whether an account that is nowhere else can allow nothing that it did not allow before: all that denied or limited still does. */
export function allowsNoMore(before: AccountPolicies, after: AccountPolicies, action: string): boolean {
  const [old, current] = [meaning(before, action), meaning(after, action)];
  return before.unknown.join() === after.unknown.join() && (['denies', 'resourceDenies', 'gates'] as const).every((part) => {
    const kept = new Set<number | string>(current[part]);
    return old[part].every((item) => kept.has(item));
  });
}

function meaning({ serviceControl, resourceControl }: AccountPolicies, action: string): Meaning {
  const denies: number[] = [];
  const resourceDenies: number[] = [];
  const gates: string[] = [];
  for (const { policies } of serviceControl) {
    const allows: number[] = [];
    for (const { document } of policies) {
      const about = aboutOf(document, action);
      denies.push(...about.denies);
      allows.push(...about.allows);
    }
    if (!allows.includes(ALLOW_ALL)) {
      gates.push(`(${distinct(allows).join('+')})`);
    }
  }
  for (const { policies } of resourceControl) {
    policies.forEach(({ document }) => resourceDenies.push(...aboutOf(document, action).denies));
  }
  return { denies: distinct(denies), resourceDenies: distinct(resourceDenies), gates: distinct(gates) };
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

/** What a statement says, without its name; the version of the language matters where it has variables. */
function textOf(statement: PolicyStatementJson, { Version }: PolicyDocument, action: string): string {
  const { ofOneAction, whole } = textsOf(statement);
  // An action that stands for itself is all that matters of a statement's actions.
  const text = /[*?]/.test(action) ? whole : ofOneAction;
  return text.includes('${') ? `${Version} ${text}` : text;
}

const textsOf = rememberOf(({ Sid: _sid, Action, NotAction, Resource, ...rest }: PolicyStatementJson) => {
  const resource = Array.isArray(Resource) && Resource.length === 1 ? Resource[0] as string : Resource;
  return { ofOneAction: JSON.stringify({ ...rest, Resource: resource }), whole: JSON.stringify({ ...rest, Action, NotAction, Resource: resource }) };
});

const ALLOW_ALL = numberOf(JSON.stringify({ Effect: 'Allow', Resource: '*' }));

function distinct<T extends string | number>(items: readonly T[]): T[] {
  return items.length < 2 ? [...items] : [...new Set(items)].sort();
}
