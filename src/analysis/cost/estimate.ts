import { CHARGES } from './charges';
import { chargingOf } from './free-types';
import { monthlyOf, PriceTable } from './price-table';

/** A resource of a template, with what its cost hangs on. */
export interface CostedResource {
  readonly type: string;
  /** Its properties, as far as they are known; asked for where its cost hangs on them. */
  readonly properties: () => any;
  /** Key or id of the account. @default - any account */
  readonly account?: string;
  /** Path of the account's unit. @default - not known */
  readonly unit?: string;
  /** @default - any Region, so no price of one */
  readonly region?: string;
  /** Name of the stack: the component. */
  readonly stack: string;
  readonly logicalId: string;
  /** Why nobody knows what it stands for: a stack set whose instances or template are not known. @default - it is what it is */
  readonly opaque?: string;
}

/** What somebody knows about the use of a type of resources. */
export interface Assumption {
  readonly type: string;
  /** Amount of a month, for each resource of the type, beside what it costs unused. */
  readonly monthly: number;
  /** How it comes about: `50 GB at $0.023`. */
  readonly reason: string;
  /** Only of this account, by key or id. @default - of all */
  readonly account?: string;
  /** Only of stacks whose names begin so. @default - of all */
  readonly stack?: string;
}

/** What one resource costs a month for one reason. */
export interface CostLine {
  readonly item: string;
  readonly type: string;
  readonly account?: string;
  readonly unit?: string;
  readonly region?: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly quantity: number;
  readonly factor?: string;
  /** Of one. */
  readonly price: number;
  readonly monthly: number;
  /** Why it is assumed. @default - it is the price of what exists */
  readonly assumed?: string;
}

/** Resources whose cost is not in the sum. */
export interface UnknownCost {
  /** `no price of nat-gateway in eu-north-1`, `charged by use`. */
  readonly why: string;
  readonly kind: 'no price' | 'by use' | 'unknown type' | 'unknown quantity';
  readonly type: string;
  readonly count: number;
  /** Some of them: stack and logical id. */
  readonly places: readonly string[];
}

/** What the resources cost a month, and what is not in it. */
export interface Estimate {
  readonly currency: string;
  readonly lines: readonly CostLine[];
  readonly unknown: readonly UnknownCost[];
  /** Resources that cost nothing by themselves. */
  readonly free: number;
  readonly resources: number;
  readonly monthly: number;
}

/** Budgets with actions that are free in each account. https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html (read 2026-11-23) */
const FREE_ACTION_BUDGETS = 2;

/** Places that an unknown names. */
const NAMED = 3;

/** What resources cost a month by a price table and assumptions of use. What has no price is listed, and is not zero. */
export function estimateCosts(resources: readonly CostedResource[], prices: PriceTable, assumptions: readonly Assumption[] = []): Estimate {
  const lines: CostLine[] = [];
  const unknown = new Map<string, { why: string; kind: UnknownCost['kind']; type: string; places: string[]; count: number }>();
  const byType = new Map<string, Assumption[]>();
  for (const assumption of assumptions) byType.set(assumption.type, [...byType.get(assumption.type) ?? [], assumption]);
  let free = 0;
  const miss = ({ type, stack, logicalId }: CostedResource, kind: UnknownCost['kind'], why: string) => {
    const key = `${type} ${why}`;
    const known = unknown.get(key) ?? { why, kind, type, places: [], count: 0 };
    known.count += 1;
    if (known.places.length < NAMED) known.places.push(`${stack} ${logicalId}`);
    unknown.set(key, known);
  };
  const placed = ({ type, account, unit, region, stack, logicalId }: CostedResource) => ({
    type, ...(account !== undefined && { account }), ...(unit !== undefined && { unit }), ...(region !== undefined && { region }), stack, logicalId,
  });
  for (const resource of resources) {
    const { type, region, account, stack } = resource;
    const assumed = (byType.get(type) ?? []).filter((one) => (one.account === undefined || one.account === account) && (one.stack === undefined || stack.startsWith(one.stack)));
    for (const { monthly, reason } of assumed) lines.push({ item: 'use', ...placed(resource), quantity: 1, price: monthly, monthly, assumed: reason });
    const rule = CHARGES[type];
    if (resource.opaque !== undefined) {
      if (assumed.length === 0) miss(resource, 'unknown quantity', `not known: ${resource.opaque}`);
      continue;
    }
    if (!rule) {
      const charging = chargingOf(type);
      if (charging === 'free') free += 1;
      else if (assumed.length === 0 && type !== 'AWS::Budgets::BudgetsAction') miss(resource, charging === 'by use' ? 'by use' : 'unknown type', charging === 'by use' ? 'charged by use' : 'no rule for the type');
      continue;
    }
    const charges = rule(resource.properties() ?? {});
    if (typeof charges === 'string') {
      if (assumed.length === 0) miss(resource, 'unknown quantity', `not known: ${charges}`);
      continue;
    }
    if (charges.length === 0) free += 1;
    for (const { item, quantity, region: own, factor } of charges) {
      const where = own ?? region;
      const price = prices.of(item, where ?? 'any Region');
      if (!price) {
        if (assumed.length === 0) miss(resource, 'no price', `no price of ${item} in ${where ?? 'any Region'}`);
        continue;
      }
      const each = monthlyOf(price);
      lines.push({ item, ...placed(resource), ...(where !== undefined && { region: where }), quantity, ...(factor !== undefined && { factor }), price: each, monthly: quantity * each });
    }
  }
  lines.push(...actionBudgets(resources, prices).map(({ resource, monthly }) => ({ item: 'action-enabled-budget', ...placed(resource), quantity: 1, price: monthly, monthly })));
  return {
    currency: prices.currency, lines, unknown: [...unknown.values()].sort((one, other) => other.count - one.count || (one.type < other.type ? -1 : 1)), free, resources: resources.length,
    monthly: lines.reduce((sum, { monthly }) => sum + monthly, 0),
  };
}

/** Budgets with an action beyond the free ones of their account, each once. */
function actionBudgets(resources: readonly CostedResource[], prices: PriceTable): { readonly resource: CostedResource; readonly monthly: number }[] {
  const seen = new Map<string, Set<string>>();
  return resources.filter(({ type }) => type === 'AWS::Budgets::BudgetsAction').flatMap((resource) => {
    const budgets = seen.get(resource.account ?? '') ?? new Set<string>();
    seen.set(resource.account ?? '', budgets);
    const name = JSON.stringify(resource.properties()?.BudgetName ?? resource.logicalId);
    const isNew = !budgets.has(name);
    budgets.add(name);
    const price = prices.of('action-enabled-budget', resource.region ?? 'any Region');
    return isNew && budgets.size > FREE_ACTION_BUDGETS && price ? [{ resource, monthly: monthlyOf(price) }] : [];
  });
}
