import { BudgetNode, budgetExcesses, inWords, MONTHS, partsInWords } from '../../analysis/cost/budget-sums';
import { AccountDefinition, OrganizationDefinition, Place, Problem, TargetDefinition, UnitDefinition, unitsOf } from '../organization-definition';

interface PlacedNode extends BudgetNode {
  readonly place: Place;
}

/** What is wrong with budgets together: sums above what a unit may cost, several currencies. */
export function budgetProblems({ root, managementAccount }: OrganizationDefinition): Problem[] {
  const account = (definition: AccountDefinition): PlacedNode => ({ name: definition.key, place: placeOf(definition), ...monthlyOf(definition), children: [] });
  const unit = (definition: UnitDefinition): PlacedNode => ({
    name: definition.path, place: placeOf(definition), ...monthlyOf(definition),
    children: [...definition.path === 'Root' ? [account(managementAccount)] : [], ...definition.accounts.map(account), ...definition.units.map(unit)],
  });
  const budgets = [managementAccount, ...[...unitsOf(root)].flatMap((one) => [one, ...one.accounts])].flatMap(({ budget }) => budget ?? []);
  const currencies = budgets.filter(({ currency }) => currency !== undefined);
  return [
    ...budgetExcesses(unit(root)).map(({ node, sum, parts }): Problem => ({
      place: (node as PlacedNode).place,
      message: `the budget of ${node.name} is ${inWords(node.monthly!)} a month, and those below it are ${inWords(sum)} together`,
      hint: `${partsInWords(parts)}; raise it by ${inWords(sum - node.monthly!)}, or lower some of these`,
    })),
    ...currencies.filter(({ currency }) => currency !== currencies[0]!.currency).map(({ currency, place }): Problem => ({
      place, message: `a budget in ${currency}, while the first is in ${currencies[0]!.currency}`, hint: 'an organization has one bill and one currency',
    })),
  ];
}

function monthlyOf({ budget }: TargetDefinition): { readonly monthly?: number } {
  return budget && 'value' in budget.amount ? { monthly: budget.amount.value / MONTHS[budget.amount.period]! } : {};
}

function placeOf({ budget, place }: TargetDefinition): Place {
  return budget?.place ?? place;
}
