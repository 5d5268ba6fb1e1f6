// Random guardrails asked by the analysis and by z3, whose encoding is written straight from the policy language. Run as a program of its own: z3's threads end with it.
import { init } from 'z3-solver';
import { AccountPolicies, ConditionJson, PolicyStatementJson } from '../../src/analysis/policy-document';
import { findRequest } from '../../src/analysis/witness';

const COUNT = Number(process.argv[2] ?? 600);
const ACTION = 's3:GetObject';

/** Keys by what they hold. */
const TEXTS = ['aws:RequestedRegion', 'aws:PrincipalTag/team'];
const NUMBER = 's3:max-keys';
const DATE = 'aws:CurrentTime';
const ADDRESS = 'aws:SourceIp';
const SET = 'aws:TagKeys';

type Pick = <T>(items: readonly T[]) => T;

function generator(seed: number): Pick {
  let state = seed;
  return (items) => {
    state = (state * 48_271) % 2_147_483_647;
    return items[Math.floor((state / 2_147_483_647) * items.length)]!;
  };
}

const PATTERNS = ['eu-west-1', 'eu-*', 'us-?', '*-1', '*', '?*', 'eu-west-?', 'us-1'];
const RANGES = ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '0.0.0.0/1', '128.0.0.0/1'];
const DATES = ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'];

function test(pick: Pick): [operator: string, key: string, values: string[]] {
  const exists = pick(['', '', 'IfExists']);
  const some = (items: readonly string[]) => [...new Set(Array.from({ length: pick([1, 1, 2, 3]) }, () => pick(items)))];
  switch (pick(['text', 'text', 'text', 'number', 'date', 'address', 'set', 'set', 'null'])) {
    case 'number': return [pick(['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals']) + exists, NUMBER, some(['5', '7.5', '10'])];
    case 'date': return [pick(['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThanEquals']) + exists, DATE, some(DATES)];
    case 'address': return [pick(['IpAddress', 'NotIpAddress']) + exists, ADDRESS, some(RANGES)];
    case 'set': return [pick(['ForAnyValue:', 'ForAllValues:']) + pick(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']), SET, some(['a', 'b*', 'ab', '?'])];
    case 'null': return ['Null', pick([...TEXTS, NUMBER, SET]), [pick(['true', 'false'])]];
    default: return [pick(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']) + exists, pick(TEXTS), some(PATTERNS)];
  }
}

function statement(effect: 'Allow' | 'Deny', pick: Pick): PolicyStatementJson {
  const condition: { [operator: string]: { [key: string]: string[] } } = {};
  for (let left = pick([1, 1, 1, 2, 2]); left > 0; left--) {
    const [operator, key, values] = test(pick);
    (condition[operator] ??= {})[key] = values;
  }
  return { Effect: effect, Action: pick(['s3:*', '*', ACTION]), Resource: '*', Condition: condition };
}

/** Denies, often of a test and of its opposite, and sometimes a level that allows only some. */
function guardrails(pick: Pick): { readonly denies: readonly PolicyStatementJson[]; readonly allows?: readonly PolicyStatementJson[] } {
  const denies = Array.from({ length: pick([2, 3, 4, 5]) }, () => statement('Deny', pick));
  const opposites: { readonly [operator: string]: string } = {
    StringEquals: 'StringNotEquals', StringLike: 'StringNotLike', IpAddress: 'NotIpAddress', NumericLessThan: 'NumericGreaterThanEquals', DateLessThan: 'DateGreaterThanEquals',
  };
  for (const { Condition } of [...denies]) {
    const [[operator, tested]] = Object.entries(Condition!);
    if (opposites[operator!] && pick([true, false, false])) denies.push({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { [opposites[operator!]!]: tested } as ConditionJson });
  }
  return pick([true, false, false]) ? { denies, allows: [statement('Allow', pick), statement('Allow', pick)] } : { denies };
}

const present = (key: string) => `p${indexOf(key)}`;
const value = (key: string) => `v${indexOf(key)}`;
const KEYS = [...TEXTS, NUMBER, DATE, ADDRESS];

function indexOf(key: string): number {
  return KEYS.indexOf(key);
}

function pattern(text: string, hasWildcards: boolean): string {
  const parts = [...text].map((char) => (hasWildcards && char === '*' ? 're.all' : hasWildcards && char === '?' ? 're.allchar' : `(str.to_re "${char}")`));
  return parts.length === 1 ? parts[0]! : `(re.++ ${parts.join(' ')})`;
}

const address = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function matches(comparison: string, term: string, wanted: string): string {
  switch (comparison) {
    case 'StringEquals': return `(= ${term} "${wanted}")`;
    case 'StringLike': return `(str.in_re ${term} ${pattern(wanted, true)})`;
    case 'IpAddress': {
      const [host, length = '32'] = wanted.split('/');
      const start = address(host!);
      return `(and (>= ${term} ${start}) (< ${term} ${start + 2 ** (32 - Number(length))}))`;
    }
    default: {
      const number = comparison.startsWith('Date') ? String(Date.parse(wanted)) : wanted.includes('.') ? wanted : `${wanted}.0`;
      const order = { Equals: '=', LessThan: '<', LessThanEquals: '<=', GreaterThan: '>', GreaterThanEquals: '>=' }[comparison.replace(/^(Numeric|Date)/, '')];
      return `(${order} ${term} ${number})`;
    }
  }
}

function holds(operator: string, key: string, values: readonly string[]): string {
  if (operator === 'Null') return `(or false ${values.map((wanted) => (wanted === 'true' ? isAbsent(key) : `(not ${isAbsent(key)})`)).join(' ')})`;
  const [, set, negated, comparison, exists] = /^(?:(ForAnyValue|ForAllValues):)?(?:(String|Numeric|Date)Not|(?=.))(.*?)(IfExists)?$/.exec(operator)!;
  const isNegated = negated !== undefined || operator.includes('NotIpAddress');
  const plain = negated !== undefined ? `${negated}${comparison}` : comparison!.replace('NotIpAddress', 'IpAddress');
  const one = (term: string) => {
    const any = `(or false ${values.map((wanted) => matches(plain, term, wanted)).join(' ')})`;
    return isNegated ? `(not ${any})` : any;
  };
  if (set) {
    const elements = [0, 1, 2].map((at) => ({ isThere: `(> count ${at})`, term: `s${at}` }));
    return set === 'ForAnyValue' ? `(or ${elements.map(({ isThere, term }) => `(and ${isThere} ${one(term)})`).join(' ')})`
      : `(or (and ${elements.map(({ isThere, term }) => `(=> ${isThere} ${one(term)})`).join(' ')}) (and ${elements.map(({ isThere, term }) => `(=> ${isThere} (= ${term} ""))`).join(' ')}))`;
  }
  const result = isNegated ? `(or ${isAbsent(key)} ${one(value(key))})` : `(and (not ${isAbsent(key)}) ${one(value(key))})`;
  return exists ? `(or ${isAbsent(key)} ${result})` : result;
}

function isAbsent(key: string): string {
  return key === SET ? '(= count 0)' : `(not ${present(key)})`;
}

function applies({ Condition }: PolicyStatementJson): string {
  const tests = Object.entries(Condition!).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => holds(operator, key, values as string[])));
  return `(and ${tests.join(' ')})`;
}

function problem({ denies, allows }: ReturnType<typeof guardrails>): string {
  return [
    '(reset)',
    ...TEXTS.map((key) => `(declare-const ${value(key)} String)`), `(declare-const ${value(NUMBER)} Real)`, `(declare-const ${value(DATE)} Int)`, `(declare-const ${value(ADDRESS)} Int)`,
    ...KEYS.map((key) => `(declare-const ${present(key)} Bool)`),
    '(declare-const count Int)', ...[0, 1, 2].map((at) => `(declare-const s${at} String)`),
    '(assert (and (>= count 0) (<= count 3)))', `(assert (and (>= ${value(ADDRESS)} 0) (< ${value(ADDRESS)} 4294967296)))`,
    ...denies.map((one) => `(assert (not ${applies(one)}))`),
    ...(allows ? [`(assert (or ${allows.map(applies).join(' ')}))`] : []),
    '(check-sat)',
  ].join('\n');
}

async function main(): Promise<void> {
  const { Z3 } = await init();
  const context = Z3.mk_context(Z3.mk_config());
  const pick = generator(20261122);
  const counts = { sat: 0, unsat: 0, unknown: 0 };
  const disagreements: object[] = [];
  const times = { own: 0, z3: 0 };
  for (let at = 0; at < COUNT; at++) {
    const { denies, allows } = guardrails(pick);
    const policy = (name: string, statements: readonly PolicyStatementJson[]) => ({ name, document: { Version: '2012-10-17', Statement: statements } });
    const full = policy('FullAWSAccess', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const account: AccountPolicies = {
      account: { id: '111122223333', name: 'own', isManagement: false }, organizationId: 'o-example', organizationPath: 'o-example/r-ab12/', unknown: [], resourceControl: [],
      serviceControl: [{ level: 'Root', policies: [full, policy('denies', denies)] }, { level: 'Root/Unit', policies: allows ? [policy('allows', allows)] : [full] }],
    };
    let start = performance.now();
    const own = findRequest({ action: ACTION }, [{ account, decision: 'allowed' }]).kind;
    times.own += performance.now() - start;
    start = performance.now();
    const answer = (await Z3.eval_smtlib2_string(context, problem({ denies, allows }))).trim();
    times.z3 += performance.now() - start;
    if (answer !== 'sat' && answer !== 'unsat') counts.unknown += 1;
    else counts[answer] += 1;
    if ((answer === 'sat' || answer === 'unsat') && own !== (answer === 'sat' ? 'found' : 'none')) disagreements.push({ own, answer, denies, allows });
  }
  process.stdout.write(JSON.stringify({ counts, times, disagreements: disagreements.length, first: disagreements[0] }), () => process.exit(0));
}

main().catch((error) => {
  process.stderr.write(String(error));
  process.exit(1);
});
