import { ActionFacts, ActionIndex } from '../actions/action-index';
import { ResourceUse } from '../actions/resource-shape';
import { ConditionTest, testsOf } from '../covering';
import { PolicyDocument, PolicyStatementJson } from '../policy-document';
import { supportsResourceControl } from '../rcp-services';
import { RequestFacts } from '../request-facts';
import { list, statementsOf } from '../statement';
import { anyRequest } from './any-request';
import { LintFinding, LintPolicy, LintRule } from './lint-finding';
import { withoutPlaceholders } from './placeholder';
import { matchesType } from './resource-match';

/** One action with the resources it can be about that the statement's Resource matches; undefined stands for `*`. */
export interface Reached {
  readonly action: ActionFacts;
  readonly uses: ReadonlyArray<ResourceUse | undefined>;
}

/** A statement of a policy, with what it reaches. */
export class LintStatement {
  /** Sid, or `#3`. */
  public readonly name: string;
  /** As the policy has it, but for what a template leaves for later. */
  public readonly json: PolicyStatementJson;
  public readonly tests: readonly ConditionTest[];
  /** Whether a list of actions says which it is about, not which it is not. */
  public readonly hasAction: boolean;
  /** Patterns of its actions as they are written: of Action, or of NotAction. */
  public readonly patterns: readonly string[];
  /** A document with nothing but the statement as it is written. */
  public readonly alone: PolicyDocument;
  private members?: Uint8Array;
  private readonly actionsOf = new Map<string, readonly number[]>();
  private readonly shapes = new Map<string, boolean>();
  private readonly reachedBy = new Map<string, readonly Reached[]>();

  public constructor(
    public readonly policy: LintPolicy,
    private readonly document: PolicyDocument,
    position: number,
    private readonly index: ActionIndex,
    public readonly setKeys: readonly string[],
  ) {
    this.json = statementsOf(document)[position];
    this.alone = { Version: document.Version, Statement: [statementsOf(policy.document)[position]] };
    this.name = this.json.Sid || `#${position + 1}`;
    this.tests = testsOf(this.json.Condition);
    this.hasAction = this.json.Action !== undefined;
    this.patterns = list(this.json.Action ?? this.json.NotAction ?? []);
  }

  public get isDeny(): boolean {
    return this.json.Effect === 'Deny';
  }

  /** Whether the policy's variables are replaced. */
  public get variables(): boolean {
    return this.document.Version === '2012-10-17';
  }

  /** Whether it denies, or allows, whatever the request is. */
  public get isOfEverything(): boolean {
    return this.tests.length === 0 && this.hasAction && this.patterns.includes('*') && this.isOfEveryResource;
  }

  public get isOfEveryResource(): boolean {
    return this.json.Resource !== undefined && list(this.json.Resource).includes('*');
  }

  public finding(rule: LintRule, what: string, why: string, fix: string): LintFinding {
    return { rule, policy: this.policy.name, statement: this.name, what, why, fix };
  }

  /** Positions of the actions that a pattern of it matches, or of all it is about; those of services that the policy's type binds. */
  public actions(pattern?: string): readonly number[] {
    const key = pattern ?? '';
    const actions = this.actionsOf.get(key) ?? this.findActions(pattern);
    this.actionsOf.set(key, actions);
    return actions;
  }

  /** Whether it is about the n-th action. */
  public isAbout(position: number): boolean {
    if (!this.members) {
      this.members = new Uint8Array(this.index.actions.length);
      for (const own of this.actions()) {
        this.members[own] = 1;
      }
    }
    return this.members[position] === 1;
  }

  /** The actions among them that it reaches, with the resources it reaches them by. */
  public reached(pattern?: string): readonly Reached[] {
    const key = pattern ?? '';
    let reached = this.reachedBy.get(key);
    if (!reached) {
      reached = this.actions(pattern).map((position) => this.reach(this.index.at(position))).filter(({ uses }) => uses.length > 0);
      this.reachedBy.set(key, reached);
    }
    return reached;
  }

  /** Whether it reaches any of them. */
  public reachesAny(pattern?: string): boolean {
    return this.actions(pattern).some((position) => this.reach(this.index.at(position)).uses.length > 0);
  }

  /** Any request that the policy binds. */
  public get anyRequest(): RequestFacts {
    return anyRequest(this.policy.kind, this.setKeys);
  }

  private findActions(pattern?: string): readonly number[] {
    if (pattern === undefined && !this.hasAction) {
      const spared = new Set(this.patterns.flatMap((one) => this.index.matching(one)));
      return this.index.matching('*').filter((position) => !spared.has(position) && this.binds(this.index.actions[position]));
    }
    const patterns = pattern === undefined ? this.patterns : [pattern];
    const found = patterns.length === 1 || patterns.includes('*') ? this.index.matching(patterns.includes('*') ? '*' : patterns[0]) : [...new Set(patterns.flatMap((one) => this.index.matching(one)))];
    return this.policy.kind === 'service-control' ? found : found.filter((position) => this.binds(this.index.actions[position]));
  }

  private binds(action: string): boolean {
    return this.policy.kind === 'service-control' || supportsResourceControl(action);
  }

  private reach(action: ActionFacts): Reached {
    const required = action.resources.some((use) => use.required);
    const uses: Array<ResourceUse | undefined> = action.resources.filter((use) => this.matches(use));
    return { action, uses: !required && this.matches(undefined) ? [...uses, undefined] : uses };
  }

  private matches(use: ResourceUse | undefined): boolean {
    if (this.isOfEveryResource) {
      return true;
    }
    const key = use?.shape.pattern ?? '*';
    const matches = this.shapes.get(key) ?? matchesType(this.json, use?.shape);
    this.shapes.set(key, matches);
    return matches;
  }
}

/** The statements of a policy, to be looked at by the rules. */
export function lintStatements(policy: LintPolicy, index: ActionIndex, setKeys: readonly string[]): LintStatement[] {
  const document = withoutPlaceholders(policy.document);
  return statementsOf(document).map((_, position) => new LintStatement(policy, document, position, index, setKeys));
}
