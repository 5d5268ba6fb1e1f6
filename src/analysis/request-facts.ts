import { Known } from './arn-glob';
import { Context, KeyState } from './context';
import { wholeText } from './domain/text-pattern';
import { constant, Expression } from './expression';
import { globOf, hasWildcard, literalOf, relate } from './glob';
import { AccountPolicies } from './policy-document';
import { AccessRequest } from './request';

/** The action and the resource are tested like condition keys, under names that no condition key can have. */
export const ACTION = 'action';
export const RESOURCE = 'resource';
export const PRINCIPAL = 'principal';

/** What a request says, and what follows from it, about the principal, the resource and the condition keys. */
export interface RequestFacts {
  readonly action: string;
  readonly resource: KeyState;
  /** ARN of the principal (or a pattern of it), or the name of an AWS service. Absent: any principal of the account. */
  readonly principal?: string;
  readonly context: Context;
  /** The partition of the account, and so of everything in the request. */
  readonly partition: string;
  /** Whether the principal belongs to the account in question. */
  readonly isOwnPrincipal: Expression;
  readonly isAwsService: Expression;
  readonly isServiceLinkedRole: Expression;
  /** Whether the resource belongs to the account in question. */
  readonly isOwnResource: Expression;
}

const SERVICE_PRINCIPAL = /^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|aws\.internal)$/;

/** The ARN that a short form of a principal stands for in an account; other ARNs and names of services stay as they are. Nobody is of another partition. */
export function principalArn(principal: string, accountId: string, partition: string = 'aws'): string {
  return /^(role|user)\/|^root$/.test(principal) ? `arn:${partition}:iam::${accountId}:${principal}` : principal.replace(/^arn:\*:/, `arn:${partition}:`);
}

/** What is wrong with a request, in words; empty when nothing is. */
export function requestProblems(request: AccessRequest): string[] {
  const problems: string[] = [];
  if (!/^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(request.action)) {
    problems.push(`action "${request.action}" is not of the form service:Action, such as s3:PutBucketPolicy`);
  }
  const principal = request.principal;
  if (principal !== undefined && !SERVICE_PRINCIPAL.test(principal) && !/^arn:[^:]+:(iam|sts)::[^:]*:.+$/.test(principalArn(principal, '0'))) {
    problems.push(`principal "${principal}" is not an ARN of IAM or STS, role/NAME, user/NAME, root, or the name of a service such as lambda.amazonaws.com`);
  }
  if (request.resource !== undefined && request.resource !== '*' && request.resource.split(':').length < 6) {
    problems.push(`resource "${request.resource}" is not an ARN (arn:partition:service:region:account:resource) or *`);
  }
  return problems;
}

/**
 * Reads a request to or from one account.
 *
 * - No principal means any principal of the account that organization policies apply to, so no service-linked role; a pattern means any that matches.
 * - A resource whose ARN has no account, such as a bucket, or no resource at all, leaves the resource's account open, unless the principal
 *   is not of the account in question: a request that concerns the account is then one for its resources.
 * - What the request's own context says comes before what follows from its principal and resource.
 */
export function readRequest(request: AccessRequest, account: AccountPolicies, setKeys: Iterable<string>, knownResource?: KeyState): RequestFacts {
  const states = new Map<string, KeyState>();
  const causes = new Map<string, string>();
  const given = new Map(Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
  for (const [key, value] of given) {
    states.set(key, value === null ? { kind: 'absent' } : { kind: 'values', values: typeof value === 'string' ? [value] : value });
  }
  const derive = (key: string, state: KeyState | undefined, cause?: string): void => {
    if (state && !states.has(key)) {
      states.set(key, state);
    }
    if (cause && states.get(key)?.kind !== 'values') {
      causes.set(key, cause);
    }
  };

  const id = account.account.id;
  const named = request.principal ?? single(given.get('aws:principalarn'));
  const principal = named === undefined ? undefined : principalArn(named, id, account.partition);
  const isService = principal !== undefined && SERVICE_PRINCIPAL.test(principal);
  if (isService) {
    derive('aws:principalisawsservice', valuesState('true'));
    derive('aws:principalservicename', valuesState(principal));
  } else if (single(given.get('aws:principalisawsservice'))?.toLowerCase() !== 'true') {
    derive('aws:principalisawsservice', valuesState('false'));
    derivePrincipal(principal ?? `arn:${account.partition ?? 'aws'}:*::${single(given.get('aws:principalaccount')) ?? id}:*`, account, derive);
  }
  const isAwsService = isService ? constant(true) : keyIs('aws:PrincipalIsAWSService', 'true', states, causes);
  const isOwnPrincipal = isService ? constant(false) : keyIs('aws:PrincipalAccount', id, states, causes);

  const resource = knownResource ?? resourceState(request.resource);
  deriveResource(request.resource, single(given.get('aws:resourceaccount')), isOwnPrincipal, account, derive);
  const organization = organizationKeys('resource', account);
  const context = new Context(
    new Map([...states, [RESOURCE, resource]]),
    setKeys,
    causes,
    (key, value) => (key === 'aws:resourceaccount' && value === id ? organization : key === 'aws:principalaccount' && value === id
      ? organizationKeys('principal', account) : []),
  );
  return {
    action: request.action,
    resource,
    ...(principal !== undefined && { principal }),
    context,
    partition: account.partition ?? 'aws',
    isAwsService,
    isOwnPrincipal: inContext(isOwnPrincipal, context, id),
    isServiceLinkedRole: isServiceLinkedRole(principal),
    isOwnResource: isElsewhere(states, account) ? constant(false) : inContext(keyIs('aws:ResourceAccount', id, states, causes), context, id),
  };
}

/** Whether the resource is said to be of another organization, or of none, and its account is not said. */
function isElsewhere(states: ReadonlyMap<string, KeyState>, { organizationId }: AccountPolicies): boolean {
  const [owner, organization] = ['aws:resourceaccount', 'aws:resourceorgid'].map((key) => states.get(key));
  const isOther = organization?.kind === 'absent' || (organization?.kind === 'values' && organization.values.join() !== organizationId);
  return organizationId !== '' && isOther && owner?.kind !== 'values';
}

/** What is known of the keys besides when the resource is one of the account, as resource control policies ask. */
export function knowingOwnResource(context: Context, account: AccountPolicies): Context {
  return context.knowing([['aws:resourceaccount', [account.account.id]], ...organizationKeys('resource', account)]);
}

const SERVICE_LINKED = globOf('arn:*:iam::*:role/aws-service-role/*');

/** By its path; a session does not tell the path of its role, so it may be one when the role is named like one. */
function isServiceLinkedRole(principal: string | undefined): Expression {
  if (principal === undefined) {
    return constant(false);
  }
  if (/^arn:[^:]+:sts::[^:]*:assumed-role\/AWSServiceRoleFor/.test(principal)) {
    return { kind: 'leaf', id: 'principal|service-linked', key: 'principal|service-linked', dependsOn: [PRINCIPAL] };
  }
  return constant(relate(globOf(principal), SERVICE_LINKED) === 'inside');
}

type Derive = (key: string, state: KeyState | undefined, cause?: string) => void;

function valuesState(...values: readonly string[]): KeyState {
  return { kind: 'values', values };
}

function organizationKeys(subject: 'principal' | 'resource', account: AccountPolicies): Array<readonly [string, readonly string[]]> {
  return [
    ...(account.organizationId === '' ? [] : [[`aws:${subject}orgid`, [account.organizationId]] as const]),
    ...(account.organizationPath === '' ? [] : [[`aws:${subject}orgpaths`, [account.organizationPath]] as const]),
  ];
}

function single(given: string | readonly string[] | null | undefined): string | undefined {
  const values = typeof given === 'string' ? [given] : given ?? [];
  return values.length === 1 ? values[0] : undefined;
}

function derivePrincipal(arn: string, account: AccountPolicies, derive: Derive): void {
  const [, partition, service, , accountId, ...name] = arn.split(':');
  const session = service === 'sts' && /^assumed-role\/([^/]+)\//.exec(name.join(':'));
  // A session does not tell the path of its role.
  const role = session ? `arn:${partition}:iam::${accountId}:role/*${session[1]}` : arn;
  const isServiceLinked = isServiceLinkedRole(arn);
  const state = textState(role);
  const named = state.kind === 'pattern' && isServiceLinked.kind === 'constant' && !isServiceLinked.value ? { ...state, without: SERVICE_LINKED } : state;
  derive('aws:principalarn', named, /[*?]/.test(role) ? PRINCIPAL : undefined);
  derive('aws:principalaccount', textState(accountId), /[*?]/.test(accountId) ? PRINCIPAL : undefined);
  const type = session || /^role\//.test(name[0]) ? 'AssumedRole' : /^user\//.test(name[0]) ? 'User'
    : name[0] === 'root' ? 'Account' : /^federated-user\//.test(name[0]) ? 'FederatedUser' : undefined;
  derive('aws:principaltype', type ? valuesState(type) : undefined, PRINCIPAL);
  if (accountId === account.account.id) {
    organizationKeys('principal', account).forEach(([key, values]) => derive(key, valuesState(...values)));
  }
}

function deriveResource(
  resource: string | undefined, given: string | undefined, isOwnPrincipal: Expression, account: AccountPolicies, derive: Derive,
): void {
  const [, , , region, owner] = resource?.split(':') ?? [];
  const known = given ?? (owner && !/[*?]/.test(owner) && owner !== 'aws' ? owner
    : !owner && isOwnPrincipal.kind === 'constant' && !isOwnPrincipal.value ? account.account.id : undefined);
  derive('aws:resourceaccount', known ? valuesState(known) : undefined, RESOURCE);
  if (known === account.account.id) {
    organizationKeys('resource', account).forEach(([key, values]) => derive(key, valuesState(...values)));
  }
  derive('aws:resourceorgid', undefined, RESOURCE);
  derive('aws:resourceorgpaths', undefined, RESOURCE);
  if (region && !/[*?]/.test(region)) {
    derive('aws:requestedregion', valuesState(region));
  }
}

function resourceState(resource: string | undefined): KeyState {
  return resource === undefined ? { kind: 'open' } : resource === '*' ? valuesState(resource) : textState(resource);
}

function textState(text: string): KeyState {
  return hasWildcard(globOf(text)) ? { kind: 'pattern', glob: globOf(text) } : valuesState(text);
}

/** Whether a key with one value has this one. */
function keyIs(key: string, wanted: string, states: ReadonlyMap<string, KeyState>, causes: ReadonlyMap<string, string>): Expression {
  const lower = key.toLowerCase();
  const current = states.get(lower);
  if (current && current.kind !== 'open') {
    if (current.kind !== 'pattern') {
      return constant(current.kind === 'values' && current.values.length === 1 && current.values[0] === wanted);
    }
    if (relate(current.glob, literalOf(wanted)) === 'disjoint') {
      return constant(false);
    }
  }
  const cause = causes.get(lower);
  return {
    kind: 'leaf',
    id: `is|${lower}|${wanted}`,
    key: lower,
    dependsOn: cause ? [key, cause] : [key],
    outcome: (values): Known => values !== null && values.length === 1 && values[0] === wanted,
    tells: [{ kind: 'text', patterns: [wholeText(literalOf(wanted))] }],
  };
}

/** With what follows once the key has the value, and what the key can be. */
function inContext(expression: Expression, context: Context, wanted: string): Expression {
  return expression.kind === 'leaf' ? { ...expression, fixes: context.fixes(expression.key, wanted), range: context.range(expression.key) } : expression;
}
