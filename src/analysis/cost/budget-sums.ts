/** A place of the tree with what it may cost a month. */
export interface BudgetNode {
  /** `Root/Workloads`, or the key of an account. */
  readonly name: string;
  /** Amount of a month. @default - no budget of its own; what is below it counts */
  readonly monthly?: number;
  /** Whether it has a budget whose amount AWS adjusts, so that nobody knows it. @default false */
  readonly isOpen?: boolean;
  readonly children: readonly BudgetNode[];
}

/** A place whose children may cost more than it. */
export interface BudgetExcess {
  readonly node: BudgetNode;
  /** What the children may cost together a month. */
  readonly sum: number;
  /** What adds up to it, the largest first. */
  readonly parts: readonly { readonly name: string; readonly monthly: number }[];
}

/** Less than a cent is rounding. */
const CENT = 0.005;

/**
 * Places whose budget is below the sum of the budgets below it. A child without a budget counts with what is below it; budgets that adjust themselves count nothing.
 */
export function budgetExcesses(root: BudgetNode): BudgetExcess[] {
  const found: BudgetExcess[] = [];
  const partsOf = (node: BudgetNode): { readonly name: string; readonly monthly: number }[] => {
    const parts = node.children.flatMap(partsOf);
    const sum = parts.reduce((total, { monthly }) => total + monthly, 0);
    if (node.monthly === undefined) return node.isOpen ?? false ? [] : parts;
    if (sum > node.monthly + CENT) found.push({ node, sum, parts: [...parts].sort((one, other) => other.monthly - one.monthly) });
    return [{ name: node.name, monthly: node.monthly }];
  };
  partsOf(root);
  return found;
}

/** `payments-prod 400, web-prod 200 and 3 more with 90`. */
export function partsInWords(parts: BudgetExcess['parts'], shown = 5): string {
  const rest = parts.slice(shown);
  const named = parts.slice(0, shown).map(({ name, monthly }) => `${name} ${inWords(monthly)}`).join(', ');
  return rest.length === 0 ? named : `${named} and ${rest.length} more with ${inWords(rest.reduce((total, { monthly }) => total + monthly, 0))}`;
}

/** `1,200` or `33.33`. */
export function inWords(amount: number): string {
  const [whole, cents] = amount.toFixed(2).split('.') as [string, string];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return cents === '00' ? grouped : `${grouped}.${cents}`;
}

/** Months of the periods of AWS Budgets. */
export const MONTHS: { readonly [period: string]: number } = { MONTHLY: 1, QUARTERLY: 3, ANNUALLY: 12 };
