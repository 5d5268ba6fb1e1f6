import { ActionIndex } from './action-index';
import { futureActions } from './future-actions';
import { ResourceChoice, resourceChoices } from './resource-shape';
import { PolicyDocument, PolicyStatementJson } from '../policy-document';
import { supportsResourceControl } from '../rcp-services';
import { aboutAction, list, statementsOf } from '../statement';

/** Actions that every statement treats alike. */
export interface ActionClass {
  /** One of them, which stands for all. */
  readonly action: string;
  /** All of them, as AWS spells them. */
  readonly members: readonly string[];
  /** What their requests are about; undefined when no statement asks, or when it is not known. */
  readonly choices?: readonly ResourceChoice[];
  /** Whether it stands for actions that AWS does not have yet. */
  readonly isFuture: boolean;
}

/** So many actions are asked one by one; for more, what each statement is about is found for all of AWS and kept. */
const FEW = 200;

/** Groups the actions that patterns stand for, those that AWS may add among them, by the statements that are about them. */
export function actionClasses(index: ActionIndex, documents: readonly PolicyDocument[], patterns: readonly string[]): ActionClass[] {
  const actions = [...new Set(patterns.flatMap((pattern) => [...index.matching(pattern)]))].sort((a, b) => a - b);
  const known = grouped(index, actions, documents).flatMap((members) => byResources(index, members, documents));
  const named = patterns.filter((pattern) => !/[*?]/.test(pattern) && index.matching(pattern).length === 0)
    .map((action): ActionClass => ({ action, members: [action], isFuture: false }));
  const future = patterns.some((pattern) => /[*?]/.test(pattern)) ? futureActions(index, documents.flatMap((document) => statementsOf(document)), patterns) : [];
  return [...known, ...named, ...future.map((action): ActionClass => ({ action, members: [action], isFuture: true }))];
}

/** Actions that the same statements are about. */
function grouped(index: ActionIndex, actions: readonly number[], documents: readonly PolicyDocument[]): ReadonlyArray<readonly number[]> {
  if (actions.length < 2) {
    return actions.map((action) => [action]);
  }
  let classes = new Uint32Array(actions.length);
  let count = 1;
  const isFew = actions.length <= FEW;
  for (const document of documents) {
    if (isFew) {
      const about = actions.map((action) => new Set(aboutAction(document, index.actions[action]).map(({ statement }) => statement)));
      for (const statement of statementsOf(document)) {
        ({ classes, count } = refine(classes, count, (position) => about[position].has(statement)));
      }
    } else {
      for (const members of membershipOf(document, index)) {
        ({ classes, count } = refine(classes, count, (position) => members[actions[position]] === 1));
      }
    }
  }
  ({ classes, count } = refine(classes, count, (position) => supportsResourceControl(index.actions[actions[position]])));
  const groups = new Map<number, number[]>();
  actions.forEach((action, position) => {
    const members = groups.get(classes[position]) ?? [];
    groups.set(classes[position], members);
    members.push(action);
  });
  return [...groups.values()];
}

function refine(classes: Uint32Array, count: number, isMember: (position: number) => boolean): { classes: Uint32Array<ArrayBuffer>; count: number } {
  const refined = new Uint32Array(classes.length);
  const ids = new Int32Array(count * 2).fill(-1);
  let next = 0;
  for (let position = 0; position < classes.length; position++) {
    const key = classes[position] * 2 + (isMember(position) ? 1 : 0);
    if (ids[key] < 0) {
      ids[key] = next++;
    }
    refined[position] = ids[key];
  }
  return { classes: refined, count: next };
}

/** Where a statement asks for the resource, actions with other resource types are another class. */
function byResources(index: ActionIndex, members: readonly number[], documents: readonly PolicyDocument[]): ActionClass[] {
  const first = members[0];
  const asked = documents.some((document) => aboutAction(document, index.actions[first]).some(({ statement }) => asksForResource(statement)));
  if (!asked) {
    return [{ action: index.actions[first], members: members.map((member) => index.actions[member]), isFuture: false }];
  }
  const groups = new Map<string, { choices: readonly ResourceChoice[]; names: string[] }>();
  for (const member of members) {
    const choices = resourceChoices(index.at(member).resources);
    const key = choices.map((choice) => choice.map(({ shape, keys }) => [shape.format, choice.length > 1 ? keys.join() : ''].join('|')).join('+')).join(' ');
    const group = groups.get(key) ?? { choices, names: [] };
    groups.set(key, group);
    group.names.push(index.actions[member]);
  }
  return [...groups.values()].map(({ choices, names }) => ({ action: names[0], members: names, choices, isFuture: false }));
}

function asksForResource({ Resource, NotResource }: PolicyStatementJson): boolean {
  return NotResource !== undefined || (Resource !== undefined && !list(Resource).includes('*'));
}

/** For each statement of a document, which of all actions it is about; found once a document and index. */
const memberships = new WeakMap<PolicyDocument, { readonly index: ActionIndex; readonly members: readonly Uint8Array[] }>();

function membershipOf(document: PolicyDocument, index: ActionIndex): readonly Uint8Array[] {
  const known = memberships.get(document);
  if (known?.index === index) {
    return known.members;
  }
  const members = statementsOf(document).map((statement) => {
    const isNegated = statement.Action === undefined;
    const own = new Uint8Array(index.actions.length).fill(isNegated ? 1 : 0);
    for (const pattern of list(statement.Action ?? statement.NotAction ?? [])) {
      for (const action of index.matching(pattern)) {
        own[action] = isNegated ? 0 : 1;
      }
    }
    return own;
  });
  memberships.set(document, { index, members });
  return members;
}
