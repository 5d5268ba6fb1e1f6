import { ActionIndex } from './actions/action-index';
import { Change, compare, Comparison, KnownChanges } from './compare';
import { Context } from './context';
import { covers, IsMultivalued } from './covering';
import { evaluate } from './evaluate';
import { setKeysOf } from './judge';
import { meaningText } from './merging';
import { AccountPolicies, NamedPolicy, PolicyLevel, PolicyStatementJson } from './policy-document';
import { statementsOf } from './statement';

/**
 * Whether an account's policies mean the same before and after, for many statements that were rewritten a few at a time. What both sides have takes no
 * part; each new statement is compared with the former ones that it holds, and each former one with what holds it. Parts that are equal make wholes that
 * are equal. Where a part is not, the request that shows it is asked of the whole policies; where none shows anything there, they are compared as a whole.
 *
 * No change and nothing undecided means equal. Otherwise the changes are real, but need not be all.
 *
 * @param known what was found of other accounts. @default - nothing
 */
export function differences(before: AccountPolicies, after: AccountPolicies, index: ActionIndex, known: KnownParts = new KnownParts()): Comparison {
  const parts = partsOf(before, after);
  if (!parts) {
    return compare(before, after, index);
  }
  const found = parts.map(([old, current]) => compare(old, current, index, undefined, known.of(old)));
  const changes = found.flatMap((comparison) => comparison.changes);
  const confirmed = changes.flatMap((change) => confirm(change, before, after));
  const isEqual = changes.length === 0 && found.every(({ undecided }) => undecided.length === 0);
  return isEqual || confirmed.length > 0 ? { changes: confirmed, undecided: [], actions: index.actions.length } : compare(before, after, index);
}

/** What comparisons of parts found in accounts where the same keys may have several values. */
export class KnownParts {
  private readonly known = new Map<string, KnownChanges>();

  public of(part: AccountPolicies): KnownChanges {
    const key = [...setKeysOf({ action: '*' }, part)].sort().join(' ');
    const changes = this.known.get(key) ?? new KnownChanges();
    this.known.set(key, changes);
    return changes;
  }
}

type Part = readonly [AccountPolicies, AccountPolicies];
/** Statements of a part: the Allows of one level, or Denies of one kind of policies. */
type Kind = 'gate' | 'serviceControl' | 'resourceControl';
type Statements = readonly PolicyStatementJson[];

/** Pairs of policies; when each is equal in meaning, so are the whole ones. Undefined where they cannot be taken apart. */
function partsOf(before: AccountPolicies, after: AccountPolicies): Part[] | undefined {
  const isSameAccount = JSON.stringify(frameOf(before)) === JSON.stringify(frameOf(after));
  const documents = [before, after].flatMap(({ serviceControl, resourceControl }) => [...serviceControl, ...resourceControl]).flatMap(({ policies }) => policies);
  if (!isSameAccount || documents.some(({ document }) => document.Version !== '2012-10-17')) {
    return undefined;
  }
  const setKeys = new Set([before, after].flatMap((account) => [...setKeysOf({ action: '*' }, account)]));
  const context = new Context(new Map(), setKeys);
  const isMultivalued = (key: string): boolean => context.isMultivalued(key);
  const part = (kind: Kind, old: Statements, current: Statements): Part => [only(before, kind, old, setKeys), only(before, kind, current, setKeys)];
  const gates = before.serviceControl.flatMap((level, at) => {
    const [old, current] = [allowsOf(level), allowsOf(after.serviceControl[at])];
    return textsOf(old, isMultivalued) === textsOf(current, isMultivalued) ? [] : [part('gate', old, current)];
  });
  const denies = (['serviceControl', 'resourceControl'] as const).flatMap((side) => denyParts(deniesOf(before[side]), deniesOf(after[side]), isMultivalued)
    .map(([old, current]) => part(side, old, current)));
  return [...gates, ...denies];
}

/** What has to be the same for policies to be compared statement by statement. */
function frameOf({ account, partition, organizationId, organizationPath, serviceControl, unknown }: AccountPolicies): unknown {
  return [account.id, account.isManagement, partition, organizationId, organizationPath, serviceControl.length, unknown];
}

function denyParts(before: Statements, after: Statements, isMultivalued: IsMultivalued): Array<readonly [Statements, Statements]> {
  const texts = [before, after].map((statements) => new Set(statements.map((statement) => meaningText(statement, isMultivalued))));
  const gone = before.filter((statement) => !texts[1].has(meaningText(statement, isMultivalued)));
  const made = after.filter((statement) => !texts[0].has(meaningText(statement, isMultivalued)));
  const isIn = (statement: PolicyStatementJson, wider: PolicyStatementJson): boolean => covers(wider, statement, isMultivalued);
  const held = made.map((statement) => [before.filter((old) => isIn(old, statement)), [statement]] as const);
  const dropped = gone.filter((old) => !made.some((statement) => isIn(old, statement)));
  const holders = dropped.map((old) => after.find((statement) => isIn(old, statement)));
  return holders.includes(undefined) ? [[gone, made]] : [...held, ...dropped.map((old, at) => [[old, holders[at]!], [holders[at]!]] as const)];
}

function deniesOf(levels: readonly PolicyLevel[]): Statements {
  return levels.flatMap(({ policies }) => policies.flatMap(({ document }) => statementsOf(document))).filter(({ Effect }) => Effect === 'Deny');
}

function allowsOf({ policies }: PolicyLevel): Statements {
  return policies.flatMap(({ document }) => statementsOf(document)).filter(({ Effect }) => Effect === 'Allow');
}

function textsOf(statements: Statements, isMultivalued: IsMultivalued): string {
  const texts = [...new Set(statements.map((statement) => meaningText(statement, isMultivalued)))].sort();
  return texts.includes(meaningText(ALLOW_ALL, isMultivalued)) ? 'open' : texts.join('\n');
}

const ALLOW_ALL: PolicyStatementJson = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The account with some statements for all of its policies, and with the keys that some policy takes for such of several values. */
function only(account: AccountPolicies, kind: Kind, statements: Statements, setKeys: ReadonlySet<string>): AccountPolicies {
  const keys: PolicyStatementJson[] = setKeys.size === 0 ? [] : [{
    Effect: 'Deny', Action: 'none:None', Resource: '*', Condition: { 'ForAnyValue:StringEquals': Object.fromEntries([...setKeys].map((key) => [key, '-'])) },
  }];
  const policy = (name: string, Statement: Statements): NamedPolicy => ({ name, document: { Version: '2012-10-17', Statement } });
  const level = (policies: readonly NamedPolicy[]): PolicyLevel[] => [{ level: 'Root', policies }];
  return {
    ...account,
    unknown: [],
    serviceControl: level([
      policy('keys', keys), ...kind === 'gate' ? [] : [policy('all', [ALLOW_ALL])], ...kind === 'resourceControl' ? [] : [policy('part', statements)],
    ]),
    resourceControl: kind === 'resourceControl' ? level([policy('part', statements)]) : [],
  };
}

/** The change with the reasons of the whole policies, where they decide its requests differently too. */
function confirm(change: Change, before: AccountPolicies, after: AccountPolicies): Change[] {
  const [denying, allowing] = change.direction === 'allowed' ? [before, after] : [after, before];
  const denied = change.requests.map((request) => evaluate(request, denying)).find(({ decision }) => decision === 'denied');
  const isAllowed = change.requests.every((request) => evaluate(request, allowing).decision === 'allowed');
  return denied && isAllowed ? [{ ...change, reasons: denied.reasons }] : [];
}
