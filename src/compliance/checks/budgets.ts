import { CheckResult, Finding } from './check-result';
import { BudgetNode, budgetExcesses, inWords, partsInWords } from '../../analysis/cost/budget-sums';
import { BudgetFact, DeclaredCosts, NotificationFact } from '../../model/cost/read-budgets';
import { AccountNode, Origin, OrganizationModel, UnitNode } from '../../model/organization-model';

/** Accounts that a message names. */
const NAMED = 10;

/**
 * Each account has a budget of its own or a reason for none; units' budgets watch the unit's accounts and are not below the sum of those below them; each budget tells somebody, at thresholds that
 * rise, in the currency of the standard.
 */
export function budgets(model: OrganizationModel, costs: DeclaredCosts): CheckResult {
  const proof = new Budgets(model, costs);
  const findings = [...proof.coverage(), ...proof.units(), ...proof.sums(), ...costs.budgets.flatMap((budget) => proof.notifications(budget))];
  const excused = costs.withoutBudget.length;
  const accounts = model.accounts.length;
  return {
    id: 'LZ.COST.3',
    title: 'Budgets',
    proved: proof.proved,
    findings,
    summary: `${accounts - proof.missing.length - excused} of ${accounts} accounts, ${excused === 0 ? 'none' : excused} excused · ${costs.budgets.length} budgets`,
  };
}

class Budgets {
  public proved = 0;
  public readonly missing: readonly AccountNode[];
  private readonly byAccount = new Map<string, BudgetFact>();
  private readonly byUnit = new Map<string, BudgetFact>();
  private readonly excused: ReadonlySet<string>;

  public constructor(private readonly model: OrganizationModel, private readonly costs: DeclaredCosts) {
    this.excused = new Set(costs.withoutBudget.map(({ account }) => account));
    for (const budget of costs.budgets) {
      const [first, ...others] = budget.accounts ?? [];
      if (budget.mark?.of === 'unit') this.byUnit.set(budget.mark.subject, budget);
      else if (first !== undefined && others.length === 0 && !budget.isPart) this.byAccount.set(first, budget);
    }
    this.missing = model.accounts.filter(({ id, key }) => !this.byAccount.has(id) && !this.excused.has(key));
  }

  public coverage(): Finding[] {
    this.proved += this.model.accounts.length - this.missing.length;
    const keys = this.missing.map(({ key }) => key);
    const unknown = this.costs.withoutBudget.filter(({ account }) => !this.model.accounts.some(({ key }) => key === account));
    const both = this.costs.withoutBudget.filter(({ account }) => this.model.accounts.some(({ key, id }) => key === account && this.byAccount.has(id)));
    return [
      ...(keys.length === 0 ? [] : [error(
        `${keys.slice(0, NAMED).join(', ')}${keys.length > NAMED ? ` and ${keys.length - NAMED} more` : ''} ${keys.length === 1 ? 'has' : 'have'} no budget`,
        'Say an amount in organization.yaml (budget: 500), give the cost standard an accountDefault, or the reason why not (budget: { none: reason }).',
        this.missing.map(({ origin }) => origin), keys.length > NAMED ? [`without: ${keys.join(', ')}`] : [],
      )]),
      ...unknown.map(({ account }) => error(`${account} is excused from a budget, and is no account`, 'Take the excuse away, or correct the key.', [this.costs.origin])),
      ...both.map(({ account }) => error(`${account} is excused from a budget, and has one`, 'Keep one of them.', [this.costs.origin])),
    ];
  }

  /** A unit's budget watches the unit's accounts, no fewer and no more. */
  public units(): Finding[] {
    return [...this.byUnit].flatMap(([path, budget]): Finding[] => {
      const unit = this.model.unit(path);
      if (!unit) return [error(`budget ${budget.name} is of unit ${path}, which is not there`, 'Correct the path.', [budget.origin])];
      const isRoot = unit.kind === 'root';
      if (isRoot && budget.accounts === undefined && !budget.isPart) return this.ok();
      const expected = isRoot ? 'all' : accountsBelow(unit).map(({ id }) => id).sort().join();
      if (!isRoot && !budget.isPart && [...budget.accounts ?? []].sort().join() === expected && expected !== '') return this.ok();
      return [error(`budget ${budget.name} does not watch the accounts of ${path}`, 'Its filter must name each of them, and nothing else. A budget without a filter watches the whole bill.', [budget.origin])];
    });
  }

  public sums(): Finding[] {
    const account = (node: AccountNode): BudgetNode => ({ name: node.key, ...amountOf(this.byAccount.get(node.id)), children: [] });
    const unit = (node: UnitNode): BudgetNode => ({ name: node.path, ...amountOf(this.byUnit.get(node.path)), children: [...node.accounts.map(account), ...node.units.map(unit)] });
    const excesses = budgetExcesses(unit(this.model.data.root));
    this.proved += [...this.byUnit.values()].filter(({ monthly }) => monthly !== undefined).length - excesses.length;
    return excesses.map(({ node, sum, parts }) => error(
      `the budget of ${node.name} is ${inWords(node.monthly!)} ${this.costs.currency} a month, and those below it are ${inWords(sum)} together`,
      `Raise it by ${inWords(sum - node.monthly!)}, or lower some of: ${partsInWords(parts)}.`,
      [this.byUnit.get(node.name)!.origin],
    ));
  }

  public notifications(budget: BudgetFact): Finding[] {
    const { name, notifications, currency, origin } = budget;
    const found: Finding[] = [];
    const wrong = (message: string, hint: string) => found.push(error(`budget ${name} ${message}`, hint, [origin]));
    if (currency !== undefined && currency !== this.costs.currency) wrong(`is in ${currency}, and the bill in ${this.costs.currency}`, 'AWS compares amounts of one currency.');
    if (notifications.length === 0) wrong('never alerts: it has no threshold', 'Give it thresholds.');
    const kindOf = ({ kind, isAmount }: NotificationFact) => `${kind}${isAmount ? ' amounts' : ''}`;
    for (const kind of new Set(notifications.map(kindOf))) {
      const own = notifications.filter((one) => kindOf(one) === kind).map(({ threshold }) => threshold);
      if (own.some((threshold, at) => at > 0 && threshold <= own[at - 1]!)) wrong(`has thresholds that do not rise: ${kind} ${own.join(', ')}`, 'Write each kind of threshold in rising order, each once.');
    }
    if (notifications.some(({ emails, topic }) => emails.length === 0 && !topic)) wrong('has a threshold of which nobody hears', 'Give it an e-mail address or a topic.');
    const emails = new Set(notifications.flatMap((one) => one.emails));
    for (const email of emails) if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) wrong(`tells "${email}", which is no e-mail address`, 'Correct it.');
    const topics = new Map(notifications.flatMap(({ topic }) => (topic?.problem === undefined ? [] : [[topic.name, topic.problem] as const])));
    for (const [topic, problem] of topics) wrong(`tells nobody by topic ${topic}: it ${problem}`, 'Let the alerts of the cost standard make the topic, or correct it.');
    if (found.length === 0) this.proved += 1;
    return found;
  }

  private ok(): Finding[] {
    this.proved += 1;
    return [];
  }
}

function amountOf(budget: BudgetFact | undefined): { readonly monthly?: number; readonly isOpen?: boolean } {
  return budget === undefined ? {} : budget.monthly === undefined ? { isOpen: true } : { monthly: budget.monthly };
}

function accountsBelow(unit: UnitNode): readonly AccountNode[] {
  return [...unit.accounts, ...unit.units.flatMap(accountsBelow)];
}

function error(message: string, hint: string, origins: readonly Origin[], details: readonly string[] = []): Finding {
  return { rule: 'LZ.COST.3', severity: 'error', message, hint, origins, ...(details.length > 0 && { details }) };
}
