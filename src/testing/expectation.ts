import { Subject } from './subject';
import { evaluate } from '../analysis/evaluate';
import { ConditionJson, NamedPolicy } from '../analysis/policy-document';
import { alwaysAllowed, Answer, Counterexample, Denial, everAllowed, neverAllowed, Question, Undecided } from '../analysis/questions';
import { RequestContext } from '../analysis/request';
import { passedBy, placeOf, requestLines } from '../analysis/request-in-words';
import { PlatformPrincipals } from '../controls/platform-principals';
import { actionIndex } from '../model/action-index-file';
import { boundPlatform, OrganizationModel } from '../model/organization-model';
import { withoutPlatform } from '../model/platform-in-words';

/** Further words of an expectation, after its actions. */
export interface ExpectationOptions {
  /** `role/NAME`, `user/NAME`, `root` or an ARN, with wildcards; several are asked one by one. @default - any principal */
  readonly as?: string | readonly string[];
  /** Principals that are left out: patterns like those of `as`, or the zone's platform principals. @default - for `toNeverAllow` the zone's platform principals, else nobody */
  readonly except?: PlatformPrincipals | readonly string[];
  /** ARN, with wildcards. @default - any resource of the action */
  readonly on?: string;
  /** Keys with known values; null for a key that is absent. @default - every context */
  readonly context?: RequestContext;
  /** Tests that the context passes, in the policy language. @default - none */
  readonly where?: ConditionJson;
  /** Identity policies of the principal. @default - not given: assumed to allow */
  readonly identityPolicies?: readonly NamedPolicy[];
  /** Permission boundary of the principal. @default - none */
  readonly permissionsBoundary?: NamedPolicy;
  /** Policy of the resource. @default - not given */
  readonly resourcePolicy?: NamedPolicy;
}

export type Expectation = 'never' | 'ever' | 'always';

export interface Verdict {
  /** Undefined when it could be neither shown nor refuted. */
  readonly holds: boolean | undefined;
  readonly message: string;
}

const ASK = { never: neverAllowed, ever: everAllowed, always: alwaysAllowed } as const;
const WORDS = { never: 'never to allow', ever: 'to allow', always: 'always to allow' } as const;
const SHOWN = 3;

/** Asks the exact analysis, and says the answer so that a failed test can be acted on. */
export function verdictOf(expectation: Expectation, subject: Subject, actions: readonly string[], options: ExpectationOptions): Verdict {
  const except = principalsOf(options.except ?? (expectation === 'never' ? boundPlatform(subject.model.data.platform) : []));
  const question: Question = {
    actions,
    ...(options.as !== undefined && { principals: [options.as].flat() }),
    ...(except.length > 0 && { except }),
    ...(options.on !== undefined && { resource: options.on }),
    ...(options.context && { context: options.context }),
    ...(options.where && { where: options.where }),
    ...(options.identityPolicies && { identityPolicies: options.identityPolicies }),
    ...(options.permissionsBoundary && { permissionsBoundary: options.permissionsBoundary }),
    ...(options.resourcePolicy && { resourcePolicy: options.resourcePolicy }),
  };
  const answer = ASK[expectation](question, subject.accounts, actionIndex());
  const asked = `${subject.label} ${WORDS[expectation]} ${actions.join(', ')}${options.as !== undefined ? ` as ${[options.as].flat().join(', ')}` : ''}`;
  const future = answer.holds === true && answer.holdsOfFuture !== true ? ['it does not hold of actions that AWS may add, such as '
    + `${[...answer.counterexamples, ...answer.undecided, ...answer.denials].find(({ isFuture }) => isFuture)?.actions[0]}`] : [];
  const left = options.except === undefined && except.length > 0 ? [`the zone's platform principals are left out: ${except.join(', ')}`] : [];
  return { holds: answer.holds, message: [`expected ${asked}`, ...indented(detailsOf(expectation, answer, subject.model)), ...indented([...future, ...left])].join('\n') };
}

function principalsOf(except: PlatformPrincipals | readonly string[]): readonly string[] {
  return except instanceof PlatformPrincipals ? except.principals.map(({ rolePattern }) => `role/${rolePattern}`) : except;
}

function detailsOf(expectation: Expectation, answer: Answer, model: OrganizationModel): string[] {
  if (answer.holds === true) {
    const denials = answer.denials.filter(({ isFuture }) => !isFuture);
    return [`it does: ${answer.facts} facts`, ...(expectation === 'never' ? denials.slice(0, SHOWN).flatMap((denial) => denialLines(denial, model)) : [])];
  }
  const known = <T extends { readonly isFuture: boolean }>(all: readonly T[]): T[] => all.filter(({ isFuture }) => !isFuture);
  const refuting = known(answer.counterexamples);
  const denied = expectation === 'ever' ? known(answer.denials) : [];
  if (refuting.length + denied.length === 0) {
    const open = known(answer.undecided);
    return ['but this could be neither shown nor refuted:', ...limited(open.map(undecidedLine))];
  }
  return [
    ...refuting.slice(0, 1).flatMap((one) => counterexampleLines(one, expectation, model)),
    ...limited(refuting.slice(1).map(({ account, actions }) => `and ${listed(actions)} in ${account.account.name}`)),
    ...limited(denied.flatMap((denial) => denialLines(denial, model))),
  ];
}

function counterexampleLines({ account, actions, requests }: Counterexample, expectation: Expectation, model: OrganizationModel): string[] {
  const why = expectation === 'never' ? passedBy(requests[0], account)
    : distinct(requests.flatMap((request) => evaluate(request, account)).filter(({ decision }) => decision === 'denied').flatMap(({ reasons }) => reasons.map(placeOf)));
  return [
    `but in ${account.account.name} this request is ${expectation === 'never' ? 'allowed' : 'denied'}:`,
    ...requestLines(requests).map((line) => `  ${line}`),
    ...(why.length > 0 ? [expectation === 'never' ? 'on its path:' : 'because of:', ...why.map((line) => `  ${withoutPlatform(line, model)}`)] : ['no statement is about the action']),
    ...(actions.length > 1 ? [`the same is true of ${listed(actions.slice(1))}`] : []),
  ];
}

function denialLines({ account, actions, principal, reasons }: Denial, model: OrganizationModel): string[] {
  return [
    `${listed(actions)}${principal !== undefined ? ` as ${principal}` : ''} in ${account.account.name} is denied in every context:`,
    ...reasons.map((reason) => `  ${placeOf(reason)}${reason.when !== undefined ? withoutPlatform(`, when ${reason.when}`, model) : ''}`),
  ];
}

function undecidedLine({ account, actions, why }: Undecided): string {
  return `${listed(actions)} in ${account.account.name}: it hangs on ${why.join(', ')}`;
}

function listed(actions: readonly string[]): string {
  return actions.length > SHOWN + 1 ? `${actions.slice(0, SHOWN).join(', ')} and ${actions.length - SHOWN} more` : actions.join(', ');
}

function limited(lines: readonly string[]): string[] {
  return lines.length > 12 ? [...lines.slice(0, 12), `… and ${lines.length - 12} more`] : [...lines];
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

