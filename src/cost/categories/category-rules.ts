import { BillAccounts } from './bill-accounts';
import { CostCategory } from './cost-category';
import { CostCategoryRule } from './cost-category-rule';
import { CostMatch } from './cost-match';
import { nearest } from '../../analysis/nearest';
import { isAllowed, TagKey } from '../../analysis/tags/tag-key';

/** What the rules of categories refer to. */
export interface CategorySurroundings {
  readonly accounts: BillAccounts;
  /** Keys of the tagging standard. @default - any key may be one of cost allocation */
  readonly tagKeys?: readonly TagKey[];
}

/** What a category came to. */
export interface RenderedCategory {
  /** As the Cost Explorer API has them. */
  readonly rules: readonly object[];
  /** As the Cost Explorer API has them. */
  readonly splits: readonly object[];
  /** Values that it gives for sure. */
  readonly values: readonly string[];
  /** Whether it gives a value that is not listed. */
  readonly mayGive: (value: string) => boolean;
  readonly problems: readonly string[];
}

/** The rules of a category, of all accounts that are there. Names of properties are those of the API, because CloudFormation hands them on. */
export function renderCategory(category: CostCategory, surroundings: CategorySurroundings): RenderedCategory {
  const { _terms: { isByUnit, units, rules = [], defaultValue, splits = [], existing } } = category;
  const who = `Cost category ${category.name}`;
  const { accounts, tagKeys } = surroundings;
  const problems: string[] = [];
  const inherited = rules.filter(({ _terms: { match } }) => !match).map(({ _terms: { tagKey } }) => tagKey);
  const parts = rules.flatMap(({ _terms: { match } }) => match?._parts().map(({ _terms }) => _terms) ?? []);
  const used = [...inherited.map((tagKey) => ({ tagKey, tagValues: [] })), ...parts];
  for (const { tagKey, tagValues = [] } of used) if (tagKey !== undefined && tagKeys) problems.push(...tagProblems(who, tagKey, tagValues, tagKeys));
  const byUnit = isByUnit ? unitRules(who, units, accounts, problems) : [];
  const rendered = [...byUnit, ...rules.flatMap((rule) => renderRule(who, rule, accounts, problems))];
  const values = [...new Set([...rendered.flatMap(({ Value }) => (Value === undefined ? [] : [Value])), ...(defaultValue === undefined ? [] : [defaultValue]), ...existing ?? []])];
  const mayGive = (value: string) => existing?.length === 0 || inherited.some((key) => {
    const known = tagKeys?.find((one) => one.key === key);
    return key === undefined || !known || isAllowed(known, value);
  });
  const named = splits.flatMap(({ _terms: { source, targets } }) => [...(source === '' ? [] : [source]), ...targets]);
  for (const value of new Set(named)) if (!values.includes(value) && !mayGive(value)) problems.push(`${who} splits costs of or to "${value}", which no rule gives. Values: ${values.join(', ')}`);
  if (rendered.length === 0 && !existing) problems.push(`${who} has no rule, because its units have no accounts`);
  return {
    rules: rendered, values, mayGive, problems,
    splits: splits.map(({ _terms: { source, targets, method, percents } }) => ({
      Source: source, Targets: targets, Method: method, ...(percents && { Parameters: [{ Type: 'ALLOCATION_PERCENTAGES', Values: percents.map(String) }] }),
    })),
  };
}

/** Why a category does not give a value, for people; undefined where it may. */
export function valueProblem({ values, mayGive }: RenderedCategory, name: string, value: string): string | undefined {
  if (values.includes(value) || mayGive(value)) return undefined;
  return `cost category ${name} has no value "${value}"${meant(value, values)} Values: ${values.join(', ')}`;
}

/** The end of a sentence about a name that is not known. */
export function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? '.' : `, did you mean ${near}?`;
}

interface ApiRule {
  readonly Value?: string;
}

function unitRules(who: string, units: readonly string[] | undefined, accounts: BillAccounts, problems: string[]): ApiRule[] {
  const among = units ?? accounts.paths.filter((path) => path.split('/').length === 2);
  accounts.check(among, who);
  const values = among.map((path) => (path === 'Root' ? path : path.slice('Root/'.length).replaceAll('/', '-')));
  const twice = values.filter((value, at) => values.indexOf(value) !== at);
  if (twice.length > 0) problems.push(`${who} has ${twice.join(', ')} for several units`);
  for (const value of values.filter((one) => !/^(?! )[\p{L}\p{N} _-]{1,50}(?<! )$/u.test(one))) {
    problems.push(`${who}: unit ${value} is no value that AWS takes, up to 50 letters, digits, spaces, _ and -. Use CostCategory.of with CostMatch.units`);
  }
  return among.flatMap((path, at): ApiRule[] => {
    const ids = accounts.nearestTo(path, among);
    return ids.length === 0 ? [] : [regular(values[at]!, linkedAccounts(ids))];
  });
}

function renderRule(who: string, { _terms: { value, match, tagKey } }: CostCategoryRule, accounts: BillAccounts, problems: string[]): ApiRule[] {
  if (!match) return [{ Type: 'INHERITED_VALUE', InheritedValue: tagKey === undefined ? { DimensionName: 'LINKED_ACCOUNT_NAME' } : { DimensionName: 'TAG', DimensionKey: tagKey } } as ApiRule];
  const expression = expressionOf(who, match, accounts, problems);
  return expression ? [regular(value!, expression)] : [];
}

/** Undefined for what matches nothing: units without accounts. */
function expressionOf(who: string, { _terms }: CostMatch, accounts: BillAccounts, problems: string[]): object | undefined {
  const { accounts: keys, units, expression, all, any, not } = _terms;
  if (expression) return expression;
  if (keys ?? units) {
    const ids = keys ? accounts.withKeys(keys, who) : accounts.below(units!, who);
    return ids.length === 0 ? undefined : linkedAccounts(ids);
  }
  if (not) {
    const inner = expressionOf(who, not, accounts, problems);
    if (!inner) problems.push(`${who} has all but accounts that are none: leave CostMatch.not out`);
    return inner && { Not: inner };
  }
  const parts = (all ?? any)!.map((part) => expressionOf(who, part, accounts, problems));
  const there = parts.filter((part): part is object => part !== undefined);
  if (all) return there.length < parts.length ? undefined : { And: there };
  return there.length > 1 ? { Or: there } : there[0];
}

function tagProblems(who: string, key: string, values: readonly string[], tagKeys: readonly TagKey[]): string[] {
  const known = tagKeys.find((one) => one.key === key);
  if (!known?.allocatesCosts) {
    const allocating = tagKeys.filter(({ allocatesCosts }) => allocatesCosts).map((one) => one.key);
    const wrong = known ? 'not activated: say allocatesCosts of it in the tagging standard.' : `no key of the tagging standard${meant(key, allocating)}`;
    return [`${who} tells costs apart by tag ${key}, which is ${wrong} Keys: ${allocating.join(', ')}`];
  }
  return values.filter((value) => !isAllowed(known, value)).map((value) => `${who} matches ${key} = "${value}", which the tagging standard does not allow. Expected: ${known.values?.join(', ') ?? known.pattern!}`);
}

function regular(value: string, rule: object): ApiRule {
  return { Value: value, Rule: rule, Type: 'REGULAR' } as ApiRule;
}

function linkedAccounts(ids: readonly string[]): object {
  return { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ids } };
}
