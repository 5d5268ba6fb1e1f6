import { CheckResult, Finding } from './check-result';
import { asAnyAccount, treatsAccountsAlike } from '../../analysis/accounts-alike';
import { evaluate } from '../../analysis/evaluate';
import { judge, setKeysOf } from '../../analysis/judge';
import { meaningOf } from '../../analysis/meaning';
import { AccountPolicies, PolicyLevel, PolicyStatementJson } from '../../analysis/policy-document';
import { supportsResourceControl } from '../../analysis/rcp-services';
import { AccessRequest, Reason } from '../../analysis/request';
import { requestProblems } from '../../analysis/request-facts';
import { aboutAction } from '../../analysis/statement';
import { isSidOf } from '../../controls/render';
import { FULL_ACCESS, OrganizationModel, PlatformPrincipalFacts } from '../../model/organization-model';
import { unseenPolicies } from '../../model/policy-limits';
import { describeAccounts, nameAccounts, Situation, situationsOf } from '../../model/situations';

/** What holds for every request of the platform: CloudFormation, the CDK and the SDKs speak TLS 1.3, and none of the principals is an AWS service. */
const PLATFORM_CONTEXT = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:PrincipalIsAWSService': 'false' };

/** A deny that hangs on the resource alone takes some resources away, not the action. */
const OF_THE_RESOURCE = /^(resource|[a-z0-9-]+:ResourceTag\/.*|aws:Resource(Account|OrgID|OrgPaths))$/i;

/** One request of the platform that is not certain to pass, and one reason why. */
interface Stop {
  readonly situation: Situation;
  readonly platform: PlatformPrincipalFacts;
  readonly action: string;
  readonly reason: Reason;
  readonly isCertain: boolean;
  /** Whether the action is kept on other resources. */
  readonly isPartial: boolean;
}

/**
 * Never locked out: in every account each platform principal keeps each action it needs. A deny that may apply, whatever it hangs on, is a finding:
 * so is what could not be resolved. A deny of some resources only is a warning: the platform keeps the action on the others.
 *
 * @param situations accounts that are asked about, of this model
 */
export function neverLockedOut(model: OrganizationModel, situations: readonly Situation[] = situationsOf(model)): CheckResult {
  const stops = new Map<string, Stop[]>();
  const spared = new SparedRequests();
  let facts = 0;
  for (const situation of situations) {
    const levels = levelsOf(situation.policies);
    const allowsEverything = situation.policies.unknown.length === 0 && situation.policies.serviceControl.every(allowsAll);
    for (const platform of model.data.platform) {
      for (const action of platform.needs) {
        const isSpared = allowsEverything && requestProblems(requestOf(platform, action)).length === 0 && levels.every((level) => spared.letsPass(level, platform, action));
        const found = isSpared ? [] : stopsOf(situation, platform, action);
        if (found.length === 0) facts += situation.weight;
        for (const stop of found.filter((one) => !isMeant(one, model))) stops.set(keyOf(stop), [...stops.get(keyOf(stop)) ?? [], stop]);
      }
    }
  }
  const unseen = unseenPolicies(model);
  const accounts = situations.reduce((sum, situation) => sum + situation.accounts.length, 0);
  return {
    id: 'LZ.LOCKOUT',
    title: 'Never locked out',
    proved: facts,
    findings: [...stops.values()].map((list) => findingOf(list, model)),
    summary: `${accounts} ${accounts === 1 ? 'account' : 'accounts'} × ${model.data.platform.length} platform principals${unseen === undefined ? '' : `, without ${unseen}`}`,
  };
}

/** Whether a control takes some resources away from the platform on purpose: its own proof asks that this principal be denied this action. */
function isMeant({ isPartial, platform, action, reason }: Stop, model: OrganizationModel): boolean {
  return isPartial && model.data.controls.some(({ id, denies }) => isSidOf(reason.statement, id) && denies.some((request) => request.principal === platform.principal && request.action === action));
}

function stopsOf(situation: Situation, platform: PlatformPrincipalFacts, action: string): Stop[] {
  const request = requestOf(platform, action);
  const unknown = (what: string): Reason => ({ policy: what, statement: '-', level: '-', effect: 'Unknown' });
  const stop = (reason: Reason, isCertain: boolean, isPartial: boolean): Stop => ({ situation, platform, action, reason, isCertain, isPartial });
  const unreadable = requestProblems(request);
  if (unreadable.length > 0) return unreadable.map((problem) => stop(unknown(problem), false, false));
  const { decision, reasons, dependsOn } = evaluate(request, situation.policies);
  if (decision === 'allowed') return [];
  const blockers = reasons.filter(({ effect }) => effect === 'Deny' || effect === 'NoAllow' || effect === 'Unknown');
  if (blockers.length === 0) return [stop(unknown(`what ${dependsOn.join(', ')} will be`), false, false)];
  return blockers.map((reason) => stop(reason, decision === 'denied', decision === 'depends' && reason.effect === 'Deny'
    && sparesResources(request, onlyStatement(situation.policies, reason))));
}

/**
 * Nothing stops a request when every level allows all and no level denies by itself: the same few statements decide on many actions and in many accounts, so what
 * is known of those that treat accounts alike is kept.
 */
class SparedRequests {
  private readonly known = new Map<string, boolean>();

  /** Whether a level, as if it were alone, certainly lets a request pass. */
  public letsPass(level: AccountPolicies, platform: PlatformPrincipalFacts, action: string): boolean {
    const statements = [...level.serviceControl, ...level.resourceControl].flatMap(({ policies }) => policies.flatMap(({ document }) => aboutAction(document, action)));
    const denies = statements.map(({ statement }) => statement).filter(({ Effect }) => Effect === 'Deny');
    if (denies.length === 0) return true;
    if (!denies.every(treatsAccountsAlike)) return deniesNothing(level, platform, action);
    const key = [meaningOf(level, action), supportsResourceControl(action), ...[...setKeysOf({ action }, level)].sort(), platform.principal].join(' ');
    const isSpared = this.known.get(key) ?? deniesNothing(asAnyAccount(level), platform, action);
    this.known.set(key, isSpared);
    return isSpared;
  }
}

/** Each level as if it were alone. */
function levelsOf(policies: AccountPolicies): AccountPolicies[] {
  return [
    ...policies.serviceControl.map((level) => ({ ...policies, serviceControl: [level], resourceControl: [] })),
    ...policies.resourceControl.map((level) => ({ ...policies, serviceControl: [], resourceControl: [level] })),
  ];
}

function deniesNothing(policies: AccountPolicies, platform: PlatformPrincipalFacts, action: string): boolean {
  return judge(requestOf(platform, action), policies).denies.every(({ can }) => !can.canBeTrue);
}

function allowsAll({ policies }: PolicyLevel): boolean {
  return policies.some(({ document }) => document === FULL_ACCESS.SERVICE_CONTROL_POLICY!.document);
}

function requestOf({ principal }: PlatformPrincipalFacts, action: string): AccessRequest {
  return { action, principal, context: PLATFORM_CONTEXT };
}

/** Whether nothing but the resource decides, and not all resources of the account are denied. */
function sparesResources(request: AccessRequest, policies: AccountPolicies): boolean {
  const { decision, dependsOn } = evaluate(request, policies);
  const own = evaluate({ ...request, context: { ...request.context, 'aws:ResourceAccount': policies.account.id } }, policies);
  return decision === 'depends' && dependsOn.every((key) => OF_THE_RESOURCE.test(key)) && own.decision !== 'denied';
}

/** The account's policies with nothing but what allows and one statement. */
function onlyStatement(policies: AccountPolicies, reason: Reason): AccountPolicies {
  const keep = (levels: readonly PolicyLevel[]): PolicyLevel[] => levels.map(({ level, policies: attached }) => ({
    level,
    policies: attached.map(({ name, document }) => {
      const statements = [document.Statement].flat() as PolicyStatementJson[];
      const isIt = ({ Sid }: PolicyStatementJson, index: number) => level === reason.level && name === reason.policy && (Sid ?? `#${index + 1}`) === reason.statement;
      return { name, document: { ...document, Statement: statements.filter((statement, index) => statement.Effect === 'Allow' || isIt(statement, index)) } };
    }).filter(({ document }) => document.Statement.length > 0),
  }));
  return { ...policies, serviceControl: keep(policies.serviceControl), resourceControl: keep(policies.resourceControl), unknown: [] };
}

/** One finding for each statement and severity. What is unknown is unknown for every principal and action alike: said once. */
function keyOf({ reason: { effect, policy, statement, level }, isPartial }: Stop): string {
  return effect === 'Unknown' ? `unknown|${policy}` : [isPartial, policy, statement, effect === 'NoAllow' ? level : ''].join('|');
}

function findingOf(stops: readonly Stop[], model: OrganizationModel): Finding {
  const first = stops[0]!;
  const { policy, statement, level, effect } = first.reason;
  const origins = model.data.policies.filter(({ name }) => name === policy || policy.startsWith(`${name}: `)).map(({ origin }) => origin);
  const details = detailsOf(stops);
  const more = details.length > 1 || details[0] !== lineOf(first.platform, [first.action], describeAccounts(first.situation)) ? { details } : {};
  const where = describeAccounts(first.situation);
  if (effect === 'Unknown') {
    const message = `Whether the platform is locked out of ${where} is not known, because of what is not: ${policy}`;
    return { rule: 'LZ.LOCKOUT', severity: 'error', message, hint: 'Make it resolvable at synth.', origins, ...more };
  }
  const by = effect === 'NoAllow' ? `level ${level}, where no policy allows it` : `statement ${statement} of policy ${policy} at ${level}`;
  const others = new Set(stops.map(({ platform }) => platform.name)).size - 1;
  return {
    rule: 'LZ.LOCKOUT',
    severity: first.isPartial ? 'warning' : 'error',
    message: `${first.isPartial ? 'The platform cannot reach some resources' : 'The platform would be locked out'}: ${first.platform.name} (${first.platform.principal}) `
      + `${first.isCertain ? 'is denied' : 'may be denied'} ${first.action}${whenOf(first.reason)} in ${where}, because of ${by}`
      + `${others > 0 ? `; it stops ${others} more platform ${others === 1 ? 'principal' : 'principals'}` : ''}`,
    hint: 'Exempt the platform principals: ArnNotLike aws:PrincipalArn, with the patterns of PlatformPrincipals.',
    origins,
    ...more,
  };
}

/** A line for each principal and accounts, with all actions that are stopped there. */
function detailsOf(stops: readonly Stop[]): string[] {
  const actions = new Map<PlatformPrincipalFacts, Map<string, string[]>>();
  for (const { platform, action, situation } of stops) {
    const places = actions.get(platform) ?? new Map<string, string[]>();
    places.set(action, [...places.get(action) ?? [], nameAccounts(situation)]);
    actions.set(platform, places);
  }
  return [...actions].flatMap(([platform, places]) => {
    const together = new Map<string, string[]>();
    for (const [action, names] of places) together.set(names.join(', '), [...together.get(names.join(', ')) ?? [], action]);
    return [...together].map(([names, list]) => lineOf(platform, list, names));
  });
}

function lineOf({ name, principal }: PlatformPrincipalFacts, actions: readonly string[], places: string): string {
  return `${name} (${principal}): ${actions.join(', ')} in ${places}`;
}

/** Without what is plain: that it is about the account. */
function whenOf({ when }: Reason): string {
  const words = when?.replace(/( and )?the (resource|principal) is one of account \d{12}/g, '') ?? '';
  return words === '' ? '' : ` when ${words}`;
}
