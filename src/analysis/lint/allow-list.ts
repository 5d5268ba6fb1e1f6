import { fewActions, fewWords } from './few-words';
import { LintFinding } from './lint-finding';
import { LintLevel } from './lint-level';
import { LintStatement } from './lint-statement';
import { impossibleTests } from './tests-together';
import { ActionIndex } from '../actions/action-index';

/** A principal that the platform works with: `role/cdk-hnb659fds-*`, and the actions it must keep. */
export interface NeededActions {
  readonly name: string;
  readonly principal: string;
  readonly needs: readonly string[];
}

/**
 * LZ.LINT.6: an Allow for actions that a level above never allows, and a level that does not allow everything: which services, and which needs of the platform, it
 * leaves out. Service control policies need an Allow at every level.
 *
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html (read 2026-11-22).
 */
export function allowLists(levels: readonly LintLevel[], platform: readonly NeededActions[], index: ActionIndex): LintFinding[] {
  const closed = levels.map((level) => new AllowList(level, index));
  return closed.flatMap((list, depth) => (list.isOpen ? [] : [
    ...list.allows.flatMap((statement) => cutOff(statement, closed.slice(0, depth), index)),
    ...leftOut(list, platform, index),
  ]));
}

/** What a level allows. */
class AllowList {
  public readonly allows: readonly LintStatement[];
  /** Whether it allows everything, always. */
  public readonly isOpen: boolean;

  public constructor(public readonly level: LintLevel, private readonly index: ActionIndex) {
    this.allows = level.statements.filter((statement) => !statement.isDeny && !impossibleTests(statement));
    this.isOpen = this.allows.some(({ isOfEverything }) => isOfEverything);
  }

  /** Whether it allows the n-th action in some request. */
  public allowsSome(position: number): boolean {
    return this.allows.some((statement) => statement.isAbout(position));
  }

  public get servicesLeftOut(): string[] {
    const allowed = new Set(this.index.actions.filter((_, position) => this.allowsSome(position)).map((action) => action.split(':')[0]));
    return this.index.services.filter((service) => !allowed.has(service));
  }
}

function cutOff(statement: LintStatement, above: readonly AllowList[], index: ActionIndex): LintFinding[] {
  const patterns = statement.hasAction ? [...new Set(statement.patterns)] : [undefined];
  return above.filter(({ isOpen }) => !isOpen).flatMap((list) => {
    const dead = patterns.filter((pattern) => {
      const positions = statement.actions(pattern);
      return positions.length > 0 && !positions.some((position) => list.allowsSome(position));
    });
    if (dead.length === 0) {
      return [];
    }
    const names = statement.hasAction ? fewWords(dead.map((pattern) => pattern!)) : fewActions(statement.actions().map((position) => index.actions[position]));
    return [statement.finding('LZ.LINT.6', `It allows ${names}, which no policy at ${list.level.level} allows`, 'an action needs an Allow at every level, so the Allow has no effect', `Allow ${names} at ${list.level.level} too, or drop it here.`)];
  });
}

function leftOut(list: AllowList, platform: readonly NeededActions[], index: ActionIndex): LintFinding[] {
  const services = list.servicesLeftOut;
  const needs = platform.flatMap(({ name, principal, needs: needed }) => {
    const missing = needed.filter((pattern) => index.matching(pattern).some((position) => !list.allowsSome(position)));
    return missing.length > 0 ? [`${name} (${principal}) ${fewWords(missing)}`] : [];
  });
  if (services.length + needs.length === 0) {
    return [];
  }
  const what = `${list.level.level} has no policy that allows everything, and its allow list leaves out ${services.length.toLocaleString('en-US')} of ${index.services.length} services`;
  return [{
    rule: 'LZ.LINT.6', policy: list.level.level, statement: '-',
    what: services.length > 0 ? `${what} (${fewWords(services)})` : what,
    why: `nobody in it, or below it, can use them${needs.length > 0 ? `; of the platform it takes from ${needs.join('; from ')}` : ''}`,
    fix: needs.length > 0 ? 'Allow what the platform needs, or attach FullAWSAccess and deny instead.' : 'Attach FullAWSAccess and deny instead, if that is more than was meant.',
  }];
}
