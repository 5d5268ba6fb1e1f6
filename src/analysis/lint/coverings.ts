import { ActionIndex } from '../actions/action-index';
import { futureActions } from '../actions/future-actions';
import { KeyState } from '../context';
import { covers } from '../covering';
import { isPossible } from '../decide';
import { and, Expression, FALSE, not } from '../expression';
import { PolicyDocument } from '../policy-document';
import { RequestFacts } from '../request-facts';
import { aboutAction, ask } from '../statement';
import { anyRequest } from './any-request';
import { LintPolicy } from './lint-finding';
import { LintStatement } from './lint-statement';
import { hasPlaceholderIn } from './placeholder';
import { testHolds } from './tests-together';

const NO_RESOURCE: KeyState = { kind: 'values', values: ['*'] };

/** Which statement says all that another one says, whatever the account: found once for each two. */
export class Coverings {
  private readonly known = new Map<LintStatement, Map<LintStatement, boolean>>();
  private readonly facts: { readonly [kind in LintPolicy['kind']]: RequestFacts };

  /** @param setKeys keys, in lower case, that may have several values */
  public constructor(private readonly index: ActionIndex, private readonly setKeys: readonly string[]) {
    this.facts = { 'service-control': anyRequest('service-control', setKeys), 'resource-control': anyRequest('resource-control', setKeys) };
  }

  /** Whether every request that a statement applies to is one that another one of the same effect applies to, and there is one. */
  public covers(wider: LintStatement, statement: LintStatement): boolean {
    const known = this.known.get(statement) ?? new Map<LintStatement, boolean>();
    this.known.set(statement, known);
    let found = known.get(wider);
    if (found === undefined) {
      found = this.find(wider, statement);
      known.set(wider, found);
    }
    return found;
  }

  private find(wider: LintStatement, statement: LintStatement): boolean {
    if (wider.policy.kind !== statement.policy.kind || wider.isDeny !== statement.isDeny || !statement.actions().every((position) => wider.isAbout(position))) {
      return false;
    }
    const [wide, own] = [wider, statement].map(({ alone }) => (alone.Statement as readonly [LintStatement['json']])[0]);
    if (hasPlaceholderIn([wide, own])) {
      const { context } = this.facts[statement.policy.kind];
      return covers(wide, own, (key) => context.isMultivalued(key));
    }
    return this.impliesTests(wider, statement) && this.hasFutureActions(wider, statement) && this.hasResources(wider, statement);
  }

  /** Whether the tests of the one imply those of the other. */
  private impliesTests(wider: LintStatement, statement: LintStatement): boolean {
    const facts = this.facts[statement.policy.kind];
    const hold = ({ tests, variables }: LintStatement): Expression => and(...tests.map((test) => testHolds(test, facts, variables)));
    return isPossible(hold(statement)) && !isPossible(and(hold(statement), not(hold(wider))));
  }

  /** Whether the one is about every action that AWS may add and that the other one is about. */
  private hasFutureActions(wider: LintStatement, statement: LintStatement): boolean {
    const patterns = statement.hasAction ? statement.patterns : ['*'];
    return futureActions(this.index, [statement.json, wider.json], patterns)
      .every((action) => aboutAction(statement.alone, action).length === 0 || aboutAction(wider.alone, action).length > 0);
  }

  /** Whether the one denies what the other one denies of each type of resource, and whether there is any. */
  private hasResources(wider: LintStatement, statement: LintStatement): boolean {
    if (wider.isOfEveryResource || sameResources(wider, statement)) {
      return statement.reachesAny();
    }
    let isAnything = false;
    for (const [action, resource] of this.resourcesOf(statement)) {
      const facts = anyRequest(statement.policy.kind, this.setKeys, { action, resource });
      const applies = holds(statement.alone, facts);
      if (isPossible(and(applies, not(holds(wider.alone, facts))))) {
        return false;
      }
      isAnything ||= isPossible(applies);
    }
    return isAnything;
  }

  /** Each type of resource that an action of the statement works on, with such an action. */
  private resourcesOf(statement: LintStatement): Iterable<readonly [string, KeyState]> {
    const found = new Map<string, readonly [string, KeyState]>();
    for (const position of statement.actions()) {
      const { name, resources } = this.index.at(position);
      for (const { shape } of resources) {
        found.set(shape.pattern, [name, { kind: 'pattern', glob: shape.glob }]);
      }
      if (!resources.some(({ required }) => required)) {
        found.set('*', [name, NO_RESOURCE]);
      }
    }
    return found.values();
  }
}

function sameResources({ json: one }: LintStatement, { json: other }: LintStatement): boolean {
  return JSON.stringify([one.Resource, one.NotResource]) === JSON.stringify([other.Resource, other.NotResource]);
}

function holds(alone: PolicyDocument, facts: RequestFacts): Expression {
  return ask(alone, facts)[0]?.applies ?? FALSE;
}
