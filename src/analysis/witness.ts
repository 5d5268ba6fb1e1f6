import { ResourceChoice, ResourceUse } from './actions/resource-shape';
import { isPossible } from './decide';
import { keyCells } from './domain/key-cells';
import { textCells } from './domain/text-cells';
import { arnTexts } from './domain/text-pattern';
import { evaluate, together } from './evaluate';
import { and, Expression, Leaf, leaves, not, or, renameLeaves } from './expression';
import { assumed, judge, Judgement, setKeysOf } from './judge';
import { AccountPolicies, ConditionJson } from './policy-document';
import { AccessRequest, Decision, Reason, RequestContext } from './request';
import { PRINCIPAL, RESOURCE } from './request-facts';
import { Assignment, solve } from './solve';

/** Whether some request that fits an open one is decided so: with that request, which `evaluate` confirms; with certainty that there is none; or neither. */
export type Search =
  /** More than one request where the action names several resources: AWS decides each, and all of them share the rest of the context. */
  | {
    readonly kind: 'found';
    readonly requests: readonly AccessRequest[];
    /** A name in a resource holds a colon, or a Region or account a slash, so that the ARN reads like one of another type: another request shows the same better. */
    readonly isOdd?: true;
  }
  | { readonly kind: 'none' }
  /** It may be, but no request could be confirmed: what it hangs on. */
  | { readonly kind: 'open'; readonly why: readonly string[] };

/** What is known of the requests that are looked for, beside what the open one says. */
export interface SearchScope {
  /** Tests in the policy language that the request's keys pass. @default - none */
  readonly where?: ConditionJson;
  /** The resources that the action names together; none stands for `*`. @default - the resource of the request, or any */
  readonly choice?: ResourceChoice;
}

const NONE: Search = { kind: 'none' };
const MAX_TRIES = 60;
const MAX_DEPTH = 3;

/** A set of policies, and how the request is to be decided by them. */
export interface Wanted {
  readonly account: AccountPolicies;
  readonly decision: Exclude<Decision, 'depends'>;
}

/**
 * Looks for a request, with every key that matters, that fits an open one and is decided as wanted: by one set of policies, or by each of several. What AWS does not say, or what could not be resolved,
 * can leave it open; where values are compared with each other (policy variables) or the principal is compared as a whole, likely values are tried.
 */
export function findRequest(request: AccessRequest, wanted: readonly Wanted[], scope: SearchScope = {}): Search {
  return new WitnessSearch(wanted, scope).find(request, 0);
}

/** The statements, and levels without an allow, that together deny every request that fits; a smallest set of them. */
export function reasonsAgainst(request: AccessRequest, account: AccountPolicies, scope: SearchScope = {}): Reason[] {
  return new WitnessSearch([{ account, decision: 'allowed' }], scope).reasons(request);
}

/**
 * Principals of a pattern that stand for all: policies treat every other one like one of these. Where that is not known, nothing.
 */
export function representatives(pattern: string, request: AccessRequest, account: AccountPolicies, scope: SearchScope = {}): readonly string[] | undefined {
  return new WitnessSearch([{ account, decision: 'allowed' }], scope).representatives({ ...request, principal: pattern });
}

/** One of the resources that a request names, and what decides about it. */
interface Part {
  readonly judgement: Judgement;
  readonly assumed: Expression;
  /** The key's name in the common search: resources do not share what only one of them brings along. */
  readonly name: (key: string) => string;
}

class WitnessSearch {
  private tries = MAX_TRIES;
  private multivalued?: readonly string[];

  public constructor(private readonly wanted: readonly Wanted[], private readonly scope: SearchScope) {}

  public find(request: AccessRequest, depth: number): Search {
    this.tries -= 1;
    const sides = this.wanted.map(({ account, decision }) => ({ account, decision, parts: this.partsOf(request, account) }));
    const goal = and(...sides.map(({ decision, parts }) => goalOf(parts, decision)));
    const certain = solve(goal, 'certain');
    if (certain.kind === 'none' && certain.isCertain) {
      return NONE;
    }
    if (certain.kind === 'found') {
      const requests = sides[0].parts.map((part, index) => concreteRequest(request, part, certain.assignment, this.scope.choice?.[index], goal));
      const isConfirmed = sides.every(({ account, decision }) => {
        const decided = requests.map((one) => evaluate(one, account).decision);
        return decision === 'allowed' ? decided.every((one) => one === 'allowed') : decided.includes('denied');
      });
      if (isConfirmed) {
        return { kind: 'found', requests, ...(requests.some((one, index) => isOdd(one, this.scope.choice?.[index])) && { isOdd: true }) };
      }
    }
    const possible = solve(goal, 'possible');
    if (possible.kind === 'none') {
      return NONE;
    }
    if (depth < MAX_DEPTH) {
      for (const next of guesses(request, goal, sides[0].parts[0].judgement)) {
        const found = this.tries > 0 ? this.find(next, depth + 1) : NONE;
        if (found.kind === 'found') {
          return found;
        }
      }
    }
    const unknown = this.wanted.flatMap(({ account }) => account.unknown);
    return { kind: 'open', why: [...unknown, ...possible.kind === 'gave up' ? ['a search that was given up for its length'] : [], ...undecided(goal)] };
  }

  public reasons(request: AccessRequest): Reason[] {
    const parts = this.wanted.flatMap(({ account }) => this.partsOf(request, account));
    const alone = parts.filter((part) => !isPossible(and(part.assumed, part.judgement.allowed)));
    return (alone.length > 0 ? alone.slice(0, 1) : parts).flatMap(({ judgement, assumed: given }) => together(judgement, given));
  }

  public representatives(request: AccessRequest): readonly string[] | undefined {
    const parts = this.partsOf(request, this.wanted[0].account);
    const all = parts.flatMap(({ judgement, assumed: given }) => leaves(and(given, judgement.allowed)));
    const tests = distinctLeaves(all.filter(({ key }) => key === 'aws:principalarn'));
    if (tests.length === 0) {
      return [request.principal!];
    }
    const { cells, isComplete } = keyCells(tests);
    const arns = cells.flatMap(({ values }) => values ?? []).filter((principal) => (
      isPossible(and(...this.partsOf({ ...request, principal }, this.wanted[0].account).map((part) => part.assumed)))
    ));
    return isComplete ? arns : undefined;
  }

  private partsOf(request: AccessRequest, account: AccountPolicies): Part[] {
    const { where, choice } = this.scope;
    // A key that one side may have several values of has several values for the other one too.
    this.multivalued ??= this.wanted.length < 2 ? [] : [...new Set(this.wanted.flatMap((one) => [...setKeysOf(request, one.account, where)]))];
    const assumptions = { where, multivalued: this.multivalued };
    const part = (asked: AccessRequest, name: Part['name']): Part => {
      const judgement = judge(asked, account, assumptions);
      return { judgement, assumed: assumed(where, judgement.facts), name };
    };
    if (!choice || request.resource !== undefined) {
      return [part(request, (key) => key)];
    }
    if (choice.length === 0) {
      return [part({ ...request, resource: '*' }, (key) => key)];
    }
    const ownKeys = choice.flatMap(({ keys }) => keys);
    return choice.map((use, index) => part({ ...request, resource: patternIn(use, account) }, index === 0 ? (key) => key : (key) => (isOfResource(key, ownKeys) ? `${key}#${index}` : key)));
  }
}

/** The resources of a type; they are of the account's partition. */
function patternIn({ shape }: ResourceUse, { partition }: AccountPolicies): string {
  return shape.pattern.replace(/^arn:\?\*:/, `arn:${partition ?? 'aws'}:`);
}

/** All resources of a request must be allowed; one that is denied denies it. */
function goalOf(parts: readonly Part[], decision: Wanted['decision']): Expression {
  if (parts.length === 1) {
    const [{ judgement, assumed: given }] = parts;
    return and(given, decision === 'allowed' ? judgement.allowed : not(judgement.allowed));
  }
  const allowed = parts.map(({ judgement, name }) => renameLeaves(judgement.allowed, name));
  return and(...parts.map((part) => renameLeaves(part.assumed, part.name)), ...(decision === 'allowed' ? allowed : [or(...allowed.map(not))]));
}

/** Whether a key, or an open test of it, says something about one resource and so may differ between the resources of one request. */
function isOfResource(key: string, ownKeys: readonly string[]): boolean {
  const lower = (/^opaque\|([^|]*)\|/.exec(key)?.[1] ?? key).toLowerCase();
  return lower === RESOURCE || /^aws:resource(account|orgid|orgpaths|tag\/)/.test(lower) || ownKeys.some((known) => lower === known.toLowerCase()
    || (known.includes('/') && lower.startsWith(known.slice(0, known.indexOf('/') + 1).toLowerCase())));
}

/** What keeps an expression from being decided: tests that no value of one key decides. */
function undecided(goal: Expression): string[] {
  const all = leaves(goal).filter(({ key }) => !key.startsWith('unknown|'));
  const open = all.filter((leaf) => !leaf.outcome || leaf.variables?.length || !keyCells(all.filter(({ key, outcome }) => key === leaf.key && outcome)).isComplete);
  return [...new Set((open.length > 0 ? open : all).flatMap(({ dependsOn }) => dependsOn))];
}

/** The request with one more thing known, where a test hangs on it. */
function* guesses(request: AccessRequest, goal: Expression, { facts }: Judgement): Generator<AccessRequest> {
  const all = leaves(goal);
  const variables = new Set(all.flatMap((leaf) => leaf.variables ?? []).map((key) => key.toLowerCase()));
  for (const variable of variables) {
    if (facts.context.state(variable).kind === 'open') {
      for (const value of likelyValues(variable, all, request)) {
        yield { ...request, context: { ...request.context, [variable]: value } };
      }
    }
  }
  const isPattern = facts.principal === undefined || /[*?]/.test(facts.principal);
  if (isPattern && (all.some((leaf) => leaf.key.startsWith('principal|')) || variables.has('aws:principalarn'))) {
    const cells = all.filter(({ key }) => key === 'aws:principalarn');
    const values = cells.length > 0 ? keyCells(distinctLeaves(cells)).cells.flatMap((cell) => cell.values ?? []) : [];
    const named = all.filter(({ key }) => key.startsWith('principal|')).flatMap(({ key }) => /arn:[^"\s,\]]+/.exec(key) ?? []);
    // One of each kind that no policy names, too.
    const { within = [], without } = facts.context.range('aws:PrincipalArn');
    const others = within.flatMap((pattern) => textCells([pattern], [], without).samples.slice(0, 1));
    for (const value of [...values, ...named, ...others]) {
      if (/^arn:[^*?]+$/.test(value)) {
        yield { ...request, principal: value };
      }
    }
  }
}

/** Values that a variable may have: those on every side of its own tests, and those that the values compared with it have to be. */
function likelyValues(variable: string, all: readonly Leaf[], request: AccessRequest): string[] {
  const known = [...Object.values(request.context ?? {}).flatMap((value) => value ?? []), ...(request.resource ?? '').split(/[:/]/)].filter((value) => value !== '' && !/[*?]/.test(value));
  const compared = all.filter((leaf) => leaf.variables?.some((key) => key.toLowerCase() === variable)).map(({ key }) => key);
  const tested = [variable, ...compared];
  const values = [...new Set(tested)].flatMap((key) => {
    const own = distinctLeaves(all.filter((leaf) => leaf.key === key && leaf.outcome));
    return own.length > 0 ? keyCells(own).cells.flatMap((cell) => cell.values ?? []) : [];
  });
  return [...new Set([...values.filter((value) => value !== '' && !/^arn:|[*]/.test(value)), ...known, 'any', ...values])].slice(0, 12);
}

function distinctLeaves(all: readonly Leaf[]): Leaf[] {
  return [...new Map(all.map((leaf) => [leaf.id, leaf])).values()];
}

function concreteRequest(request: AccessRequest, { name, judgement }: Part, assignment: Assignment, use: ResourceUse | undefined, goal: Expression): AccessRequest {
  const spelling = new Map(leaves(goal).map(({ key, dependsOn }) => [key, dependsOn[0]]));
  const context: { [key: string]: string | readonly string[] | null } = { ...request.context };
  const resource = resourceOf(judgement, assignment.get(name(RESOURCE))?.[0], use);
  let principal = request.principal;
  for (const [key, values] of assignment) {
    const own = key.replace(/#\d+$/, '');
    if (name(own) !== key || own === RESOURCE || own === PRINCIPAL || !own.includes(':') || own.includes('|')) {
      continue;
    }
    // Of an AWS service the key may be anything: it names no principal.
    if (own === 'aws:principalarn' && values?.length === 1 && judgement.facts.context.state(own).kind === 'pattern') {
      principal = values[0];
    } else if (judgement.facts.context.state(own).kind !== 'values') {
      context[spelling.get(key) ?? own] = values === null || values.length === 0 ? null : values.length === 1 ? values[0] : values;
    }
  }
  return {
    ...request,
    ...(principal !== undefined && { principal: principal.replace(/\*/g, 'any').replace(/\?/g, 'x') }),
    ...(resource !== undefined && { resource }),
    ...(Object.keys(context).length > 0 && { context: context as RequestContext }),
  };
}

function isOdd({ resource }: AccessRequest, use: ResourceUse | undefined): boolean {
  if (resource === undefined || use === undefined) {
    return false;
  }
  const parts = resource.split(':');
  return parts.length > use.shape.format.split(':').length || parts.slice(0, 5).some((part) => part.includes('/'));
}

/** The resource that a request is about, the one that the search chose, or, for a request that does not hang on which, some one. */
function resourceOf({ facts }: Judgement, chosen: string | undefined, use: ResourceUse | undefined): string | undefined {
  switch (facts.resource.kind) {
    case 'values': return facts.resource.values[0];
    case 'pattern': return chosen ?? (use ? sampleOf(use, facts.partition) : textCells([arnTexts(facts.resource.glob)], []).samples[0]);
    default: return chosen;
  }
}

/** Some ARN of a resource type, for a request that does not hang on which. */
function sampleOf({ shape }: ResourceUse, partition: string): string {
  const words: { readonly [name: string]: string } = { Partition: partition, Region: 'eu-west-1', Account: '111122223333' };
  return shape.format.replace(/\$\{([^}]*)\}/g, (_, variable: string) => words[variable] ?? 'any');
}

/** The same requests in another account. */
export function inAccount(requests: readonly AccessRequest[], from: string, to: string): AccessRequest[] {
  return JSON.parse(JSON.stringify(requests).replaceAll(from, to)) as AccessRequest[];
}
