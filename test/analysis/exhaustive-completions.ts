import { Case, OTHER, OWN, PRINCIPALS, RESOURCES } from './exact-requests';
import { FullRequest, isDocumented, naivelyHolds, testHolds } from './naive-evaluation';
import { ConditionJson, NamedPolicy, PolicyStatementJson } from '../../src/analysis/policy-document';

/** One test of a key, as policies write it. */
interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Every completion of a case whose values are named in it, are instances of what is named, or lie next to it. */
export class Completions {
  /** Tests of all policies, and those that are assumed. */
  private readonly tests: readonly Test[];
  private readonly conditions: ReadonlyArray<{ readonly condition: ConditionJson; readonly version: string }>;
  private readonly variables: ReadonlySet<string>;

  public constructor(private readonly of: Case) {
    const policies = policiesOf(of);
    this.conditions = [
      ...policies.flatMap(({ document }) => (document.Statement as PolicyStatementJson[]).flatMap(({ Condition }) => (Condition ? [{ condition: Condition, version: document.Version! }] : []))),
      ...(of.where ? [{ condition: of.where, version: '2012-10-17' }] : []),
    ];
    this.tests = this.conditions.flatMap(({ condition }) => Object.entries(condition).flatMap(([operator, keys]) => (
      Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: [values].flat().map(String) }))
    )));
    this.variables = new Set([...JSON.stringify(policies).matchAll(/\$\{(aws:[^},]+)/g)].map(([, name]) => name.toLowerCase()));
  }

  /** Completions that the assumed tests hold of, and of which AWS says what it does. */
  public *all(resources: readonly string[] = RESOURCES): Generator<FullRequest> {
    for (const one of this.everything(resources)) {
      if (this.isReal(one)) {
        yield one;
      }
    }
  }

  /** The same request with everything known that it leaves open: nothing else said, and then what comes by chance. */
  public *ofWitness(request: Case['request'], chance: (below: number) => number, count: number): Generator<FullRequest> {
    const given = keysOf(request);
    const open = this.openKeys(given).map((key) => [key, this.statesOf(key)] as const);
    const principals = request.principal === undefined ? PRINCIPALS : [fullPrincipal(request.principal)];
    const resources = request.resource === undefined ? ['*', ...RESOURCES] : [request.resource];
    for (let round = 0, left = count; left > 0 && round < 20 * count; round++) {
      const pick = <T>(list: readonly T[]): T => list[chance(list.length)];
      const [principal, resource] = [pick(principals), pick(resources)];
      // The analysis takes the account of a resource, and its organization, apart from the ARN it chooses: a witness may say of an ARN what is true of another one.
      const isChosen = this.of.request.resource === undefined;
      const owner = given.has('aws:resourceaccount') ? given.get('aws:resourceaccount')![0] ?? ''
        : pick([...ownersOf(resource, principal, request.resource !== undefined), ...isChosen && principal.split(':')[4] === OWN ? [OTHER] : []]);
      const base = this.base(principal, resource, owner, given);
      const states = open.filter(([key]) => base.keys[key] === undefined).map(([key, values]) => [key, round === 0 ? [] : pick(values)] as const);
      const one = { ...base, keys: { ...Object.fromEntries(states), ...base.keys } };
      if (this.isAssumed(one) && this.isConsistent(one, given)) {
        left -= 1;
        yield one;
      }
    }
  }

  /** Whether what the request says of the resource's organization is true of a resource of the account. */
  private isConsistent({ resourceAccount }: FullRequest, given: ReadonlyMap<string, readonly string[]>): boolean {
    const { organizationId, organizationPath } = this.of.account;
    const fits = (key: string, value: string): boolean => !given.has(key) || given.get(key)!.join() === value;
    return resourceAccount !== OWN || (fits('aws:resourceorgid', organizationId) && fits('aws:resourceorgpaths', organizationPath));
  }

  private isAssumed(one: FullRequest): boolean {
    return !this.of.where || naivelyHolds(this.of.where, one, this.of.account);
  }

  /** Whether the assumed tests hold of it, and AWS says how every test comes out. */
  private isReal(one: FullRequest): boolean {
    return this.isAssumed(one) && this.conditions.every(({ condition, version }) => isDocumented(condition, one, this.of.account, version));
  }

  private *everything(resources: readonly string[]): Generator<FullRequest> {
    const { request } = this.of;
    const given = keysOf(request);
    const open = this.openKeys(given).map((key) => [key, this.statesOf(key)] as const);
    for (const principal of matching(request.principal === undefined ? undefined : fullPrincipal(request.principal), PRINCIPALS)) {
      for (const resource of matching(request.resource, resources)) {
        for (const owner of ownersOf(resource, principal, request.resource !== undefined)) {
          const base = this.base(principal, resource, owner, given);
          const further: ReadonlyArray<readonly [string, ReadonlyArray<readonly string[]>]> = open.filter(([key]) => base.keys[key] === undefined);
          yield* product(base, further);
        }
      }
    }
  }

  private base(principal: string, resource: string, resourceAccount: string, given: ReadonlyMap<string, readonly string[]>): FullRequest {
    const { action, identityPolicies, permissionsBoundary, resourcePolicy } = this.of.request;
    const region = resource.split(':')[3];
    const derived: { [key: string]: readonly string[] } = this.of.request.resource !== undefined && region && region !== '*' && !/[*]/.test(this.of.request.resource.split(':')[3] ?? '*') ? { 'aws:requestedregion': [region] } : {};
    return {
      action, principal, resource, resourceAccount, keys: { ...derived, ...Object.fromEntries(given) },
      ...(identityPolicies && { identityPolicies }), ...(permissionsBoundary && { permissionsBoundary }), ...(resourcePolicy && { resourcePolicy }),
    };
  }

  /** Keys that policies test or take for variables, apart from those that follow from principal and resource. */
  private openKeys(given: ReadonlyMap<string, readonly string[]>): string[] {
    const follow = ['aws:principalarn', 'aws:principalaccount', 'aws:principaltype', 'aws:principalisawsservice', 'aws:resourceaccount'];
    const own = this.of.account.account.id;
    const isOwn = (this.of.request.principal ?? `::${own}:`).includes(own) || !this.of.request.principal!.startsWith('arn:');
    return [...new Set([...this.tests.map(({ key }) => key), ...this.variables])].filter((key) => (
      !given.has(key) && !follow.includes(key) && !(isOwn && key.startsWith('aws:principalorg'))
    ));
  }

  /** Absent, each value, and, where a set operator tests the key, two or three of them. Of values that all tests treat alike, one. */
  private statesOf(key: string): Array<readonly string[]> {
    const own = this.tests.filter((test) => test.key === key);
    const isSet = own.some(({ operator }) => operator.startsWith('For'));
    const singles = this.told(own, this.valuesOf(key).map((value) => [value]));
    const values = singles.map(([value]) => value);
    const pairs = isSet ? values.flatMap((one, at) => values.slice(at + 1).map((other) => [one, other])) : [];
    const triples = isSet ? pairs.flatMap(([one, other]) => values.slice(values.indexOf(other) + 1).map((third) => [one, other, third])) : [];
    return [[], ...this.told(own, [...singles, ...pairs, ...triples])];
  }

  private told(tests: readonly Test[], states: ReadonlyArray<readonly string[]>): ReadonlyArray<readonly string[]> {
    // Values that are compared with others are all different.
    if (tests.some(({ values }) => values.some((value) => value.includes('${'))) || tests.some(({ key }) => this.variables.has(key))) {
      return states.slice(0, 16);
    }
    const cells = new Map<string, readonly string[]>();
    for (const state of states) {
      const cell = tests.map(({ operator, values }) => [
        testHolds(operator, state, values, undefined), ...operator.includes(':') ? [] : state.map((value) => testHolds(operator, [value], values, undefined)),
      ].map(Number).join('')).join(' ');
      if (!cells.has(cell)) {
        cells.set(cell, state);
      }
    }
    return [...cells.values()];
  }

  private valuesOf(key: string): string[] {
    const named = this.tests.filter((test) => test.key === key);
    const compared = this.tests.filter(({ values }) => values.some((value) => value.toLowerCase().includes(`\${${key}`)));
    const values = [...named, ...compared].flatMap((test) => test.values.flatMap((value) => near(test.operator, value, this.tests)));
    const parts = this.variables.has(key) ? RESOURCES.map((resource) => resource.split(':')[5]) : [];
    return [...new Set([...values, ...parts, ...(/^aws:(Principal|Resource)Org/i.test(key) ? ['o-other', 'o-example'] : []), ...(named.every(({ operator }) => /String|Arn|Null/.test(operator)) ? ['zz-other'] : [])])];
  }
}

/** The value itself, instances of it, and its neighbours. */
function near(operator: string, value: string, all: readonly Test[]): string[] {
  if (/Null/.test(operator)) {
    return [];
  }
  if (/Numeric/.test(operator)) {
    return [Number(value) - 0.5, Number(value), Number(value) + 0.25, Number(value) + 100].map(String);
  }
  if (/Date/.test(operator)) {
    return [-1, 0, 1].map((step) => new Date(+new Date(value) + step * 1000).toISOString());
  }
  if (/Ip/.test(operator)) {
    return ADDRESSES;
  }
  if (/Bool/.test(operator)) {
    return ['true', 'false'];
  }
  if (/Binary/.test(operator)) {
    return [value, 'bm9uZQ=='];
  }
  const variable = /^(.*)\$\{(aws:[^},]+)(?:, '(.*)')?\}(.*)$/.exec(value);
  if (variable) {
    const plain = all.flatMap(({ values }) => values).filter((one) => !/[$*?:/]/.test(one) && /[a-z]/i.test(one)).slice(0, 4);
    return [...plain, variable[3] ?? 'a', OWN].flatMap((one) => near(operator, `${variable[1]}${one}${variable[4]}`, []));
  }
  const texts = /Like|Arn/.test(operator) ? ['', 'q'].map((fill) => value.replace(/\*/g, fill).replace(/\?/g, 'q')) : [value];
  return /IgnoreCase/.test(operator) ? texts.flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()]) : texts;
}

/** First and last addresses of the ranges that tests name, those next to them, and some of neither family's ranges. */
const ADDRESSES = [
  '9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0', '10.1.2.2', '10.1.2.3', '10.1.2.4', '10.0.255.255', '10.1.0.0', '10.1.255.255', '10.2.0.0', '0.0.0.0', '255.255.255.255',
  '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db9::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', '2001:db8:1::',
  '2001:db8:1:ffff:ffff:ffff:ffff:ffff', '2001:db8:2::', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

function policiesOf({ account, request }: Case): NamedPolicy[] {
  const levels = [...account.serviceControl, ...account.resourceControl];
  return [...levels.flatMap(({ policies }) => policies), ...request.identityPolicies ?? [], ...[request.permissionsBoundary ?? [], request.resourcePolicy ?? []].flat()];
}

function keysOf({ context }: Case['request']): Map<string, readonly string[]> {
  return new Map(Object.entries(context ?? {}).map(([key, value]) => [key.toLowerCase(), value === null ? [] : [value].flat()]));
}

function fullPrincipal(principal: string): string {
  return principal.startsWith('arn:') ? principal : `arn:aws:iam::${OWN}:${principal}`;
}

function matching(wanted: string | undefined, all: readonly string[]): string[] {
  if (wanted === undefined) {
    return [...all];
  }
  const pattern = new RegExp(`^${wanted.replace(/[.]/g, '\\.').replace(/\*/g, '.*')}$`);
  return wanted.includes('*') ? all.filter((one) => pattern.test(one)) : [wanted];
}

/** Whose a resource can be: where its ARN does not say, anybody's; of the account where the principal is not and the request does not say. */
function ownersOf(resource: string, principal: string, isNamed: boolean): string[] {
  const owner = resource.split(':')[4];
  const isForeign = principal.split(':')[4] !== OWN;
  return isForeign && !(isNamed && owner) ? [OWN] : owner ? [owner] : [OWN, OTHER, ''];
}

/** The request with each state of each key. */
function* product(base: FullRequest, keys: ReadonlyArray<readonly [string, ReadonlyArray<readonly string[]>]>): Generator<FullRequest> {
  const at = keys.map(() => 0);
  for (;;) {
    const chosen: { [key: string]: readonly string[] } = { ...base.keys };
    keys.forEach(([key, states], position) => { chosen[key] = states[at[position]]; });
    yield { ...base, keys: chosen };
    let position = 0;
    while (position < at.length && ++at[position] === keys[position][1].length) {
      at[position++] = 0;
    }
    if (position === at.length) {
      return;
    }
  }
}
