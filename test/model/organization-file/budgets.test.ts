import fc from 'fast-check';
import { budgetExcesses, BudgetNode } from '../../../src/analysis/cost/budget-sums';
import { parseOrganizationFile } from '../../../src/model/organization-file/read-organization-file';
import { organizationFiles } from '../../../src/model/organization-file/write-organization-file';

const read = (text: string) => parseOrganizationFile(text, 'organization.yaml', { controlIds: [], controlSets: [] }, () => undefined);
const HEAD = 'organization:\n  managementAccount: { name: management, email: aws@acme.example }\n';
const problems = (text: string) => read(HEAD + text).problems.map(({ place: { line }, message, hint }) => `${line}: ${message} | ${hint}`);

test('a number, a period with a currency, or a reason', () => {
  const { definition } = read(`${HEAD}  budget: 1000\n  units:\n    A: { budget: { quarterly: 30, currency: EUR } }\n    B: { budget: { none: empty } }\n    C:\n`);
  const [a, b, c] = definition!.root.units;
  expect(definition!.root.budget!.amount).toEqual({ period: 'MONTHLY', value: 1000 });
  expect(a!.budget).toEqual({ amount: { period: 'QUARTERLY', value: 30 }, currency: 'EUR', place: expect.objectContaining({ line: 5 }) });
  expect(b!.budget!.amount).toEqual({ none: 'empty' });
  expect(c!.budget).toBeUndefined();
});

test('what is written is read again', () => {
  const text = `${HEAD.replace(' }', ', budget: 5 }')}  budget: { annual: 24000, currency: EUR }\n  units:\n    A: { budget: 400.5 }\n    B: { budget: { none: empty } }\n`;
  const { definition } = read(text);
  const again = read(organizationFiles(definition!).get('organization.yaml')!).definition!;
  const budgets = (one: typeof again) => [one.managementAccount, one.root, ...one.root.units].map(({ budget }) => ({ amount: budget?.amount, currency: budget?.currency }));
  expect(budgets(again)).toEqual(budgets(definition!));
  expect(budgets(again)).not.toContainEqual({ amount: undefined });
});

test.each<[string, string, string]>([
  ['an amount of zero', '  budget: 0\n', '3: budget "0" | expected an amount above zero'],
  ['words', '  budget: much\n', '3: budget is the text "much" | expected a number'],
  ['a misspelt period', '  budget: { montly: 5 }\n', 'unknown key "montly" in budget | did you mean "monthly"?'],
  ['two periods', '  budget: { monthly: 5, annual: 60 }\n', '3: a budget with monthly and annual | expected one of monthly'],
  ['nothing', '  budget: {}\n', '3: a budget without an amount'],
  ['a reason and an amount', '  budget: { none: closed, monthly: 4 }\n', '3: a budget with none and monthly'],
  ['no reason', '  budget: { none: " " }\n', 'expected the reason why there is no budget'],
  ['a currency in words', '  budget: { monthly: 5, currency: dollars }\n', 'expected the currency of the bill, in three letters'],
  ['two currencies', '  budget: { monthly: 5, currency: EUR }\n  units:\n    A: { budget: { monthly: 1, currency: USD } }\n', '5: a budget in USD, while the first is in EUR'],
  ['a sum above the parent\'s', '  units:\n    A:\n      budget: 100\n      accounts:\n        a: { email: a@acme.example, budget: 60 }\n      units:\n        B: { budget: { quarterly: 150 } }\n',
    '5: the budget of Root/A is 100 a month, and those below it are 110 together | a 60, Root/A/B 50; raise it by 10'],
])('refused: %s', (_, text, expected) => expect(problems(text).join('\n')).toContain(expected));

describe('sums', () => {
  const nodes = (depth: number): fc.Arbitrary<BudgetNode> => fc.record({
    name: fc.constant('n'), monthly: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), children: depth === 0 ? fc.constant([]) : fc.array(nodes(depth - 1), { maxLength: 3 }),
  });
  const tree = nodes(4);

  test('agree with adding up leaf by leaf', () => {
    const claimed = (node: BudgetNode): number => node.monthly ?? node.children.reduce((total, child) => total + claimed(child), 0);
    const slow = (node: BudgetNode): number => (node.monthly !== undefined && node.children.reduce((total, child) => total + claimed(child), 0) > node.monthly ? 1 : 0)
      + node.children.reduce((total, child) => total + slow(child), 0);
    fc.assert(fc.property(tree, (node) => { expect(budgetExcesses(node)).toHaveLength(slow(node)); }));
  });

  test('an amount that AWS adjusts counts nothing, nor does what is below it; a third of a cent is no excess', () => {
    const leaf = (monthly: number): BudgetNode => ({ name: 'a', monthly, children: [] });
    expect(budgetExcesses({ name: 'r', monthly: 10, children: [{ name: 'open', isOpen: true, children: [leaf(50)] }, leaf(10)] })).toEqual([]);
    expect(budgetExcesses({ name: 'r', monthly: 10, children: [leaf(10 / 3), leaf(10 / 3), leaf(10 / 3 + 0.003)] })).toEqual([]);
    expect(budgetExcesses({ name: 'r', monthly: 10, children: [leaf(10.01)] })).toHaveLength(1);
  });
});
