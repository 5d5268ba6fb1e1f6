import { DraftPolicy, freeName } from './draft-policy';
import { IsMultivalued } from '../../analysis/covering';
import { meaningText } from '../../analysis/merging';
import { PolicyStatementJson } from '../../analysis/policy-document';
import { OrganizationModel, UnitNode } from '../organization-model';

export interface HoistOptions {
  /** Statements that stay where they are. */
  readonly isKept: (statement: PolicyStatementJson) => boolean;
  readonly isMultivalued: IsMultivalued;
  /** Names of policies that are taken. */
  readonly names: Set<string>;
  /** Policies that a unit has room for, packed ones of its own among them. */
  readonly room: (unit: UnitNode) => number;
}

export interface Hoisting {
  readonly drafts: DraftPolicy[];
  /** Units that have got statements of their children. */
  readonly units: readonly UnitNode[];
  /** Why something stayed, for people. */
  readonly problems: readonly string[];
}

/**
 * Moves each Deny that all children of a unit have, units and member accounts, to the unit itself; from the leaves up. What exists is denied the same
 * afterwards. What comes later below the unit, and an account that comes into the unit itself, is denied it too.
 */
export function hoistStatements(drafts: readonly DraftPolicy[], model: OrganizationModel, options: HoistOptions): Hoisting {
  let current = [...drafts];
  const units: UnitNode[] = [];
  const problems: string[] = [];
  for (const unit of [...model.units].reverse()) {
    const next = hoistInto(unit, current, options);
    if (!next) continue;
    const needed = next.filter(({ targetIds }) => targetIds.includes(unit.id)).length;
    if (needed > options.room(unit)) {
      problems.push(`${unit.path} has no room for what all of its children have: it would carry ${needed} policies, there is room for ${options.room(unit)}`);
      continue;
    }
    current = next;
    units.push(unit);
  }
  return { drafts: current, units, problems };
}

/** The drafts with what all children of a unit have in the unit; undefined where they have nothing in common. */
function hoistInto(unit: UnitNode, drafts: readonly DraftPolicy[], { isKept, isMultivalued, names }: HoistOptions): DraftPolicy[] | undefined {
  const children = [...unit.units, ...unit.accounts.filter(({ isManagement }) => !isManagement)].map(({ id }) => id);
  // A policy that others have too stays as it is.
  const isOfChildren = ({ targetIds }: DraftPolicy): boolean => targetIds.length > 0 && targetIds.every((id) => children.includes(id));
  const textOf = (statement: PolicyStatementJson): string | undefined => (statement.Effect === 'Allow' || isKept(statement) ? undefined : meaningText(statement, isMultivalued));
  const textsOn = (child: string): Set<string | undefined> => (
    new Set(drafts.filter((draft) => isOfChildren(draft) && draft.targetIds.includes(child)).flatMap(({ statements }) => statements.map(textOf)))
  );
  const [first, ...others] = children.map(textsOn);
  if (first === undefined || others.length === 0) return undefined;
  const common = new Set([...first].filter((text) => text !== undefined && others.every((texts) => texts.has(text))));
  if (common.size === 0) return undefined;
  const isCommon = (statement: PolicyStatementJson): boolean => common.has(textOf(statement));
  const taken = new Set<string>();
  return drafts.flatMap((draft): DraftPolicy[] => {
    if (!isOfChildren(draft)) return [draft];
    const up = draft.statements.filter((statement) => isCommon(statement) && !taken.has(textOf(statement)!));
    const rest = draft.statements.filter((statement) => !isCommon(statement));
    up.forEach((statement) => taken.add(textOf(statement)!));
    const stays = rest.length > 0 ? [{ ...draft, statements: rest }] : [];
    if (up.length === 0) return stays;
    return [...stays, rest.length === 0 ? { ...draft, statements: up, targetIds: [unit.id] } : { name: freeName(draft.name, sharedSuffix, names), statements: up, targetIds: [unit.id] }];
  });
}

/** `-shared`, `-shared-2` … */
function sharedSuffix(index: number): string {
  return index === 1 ? '-shared' : `-shared-${index}`;
}
