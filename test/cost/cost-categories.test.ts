import { Aspects, CfnResource } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import * as fc from 'fast-check';
import { TREE, zoneOf } from './cost-fixture';
import {
  AnomalyMonitor, Budget, BudgetAmount, CostAnomalies, CostCategory, CostCategoryRule, CostMatch, CostStandard, CostAlerts, SplitCharge, TaggingStandard,
} from '../../src';

const TAGGING = new TaggingStandard({ tags: [{ key: 'owner', default: 'web' }, { key: 'team', values: ['web', 'pay*'], default: 'web' }, { key: 'data', required: false }] });

interface Made {
  readonly name: string;
  readonly rules: any[];
  readonly splits?: any[];
  readonly defaultValue?: string;
}

interface Surroundings {
  readonly tree?: string;
  readonly budgets?: Budget[];
  readonly tagging?: TaggingStandard;
}

/** Categories of the synthesized templates. */
function categoriesOf(categories: CostCategory[], { tree = TREE, budgets = [], tagging }: Surroundings = {}): Made[] {
  const { stacks } = zoneOf(tree, { categories, budgets, anomalies: CostAnomalies.none('not asked') }, tagging ? { tagging } : {}).app.synth();
  return stacks.flatMap(({ template, environment }) => Object.values<any>(template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::CE::CostCategory').map(({ Properties }) => {
    expect(environment.region).toBe('us-east-1');
    expect(Properties.RuleVersion).toBe('CostCategoryExpression.v1');
    return {
      name: Properties.Name, rules: JSON.parse(Properties.Rules),
      ...(Properties.SplitChargeRules && { splits: JSON.parse(Properties.SplitChargeRules) }), ...(Properties.DefaultValue && { defaultValue: Properties.DefaultValue }),
    };
  }));
}

/** Ids of accounts by key, from a category that has each by itself. */
function ids(tree = TREE, keys = ['management', 'web-prod', 'payments-prod', 'old']): { readonly [key: string]: string } {
  const [made] = categoriesOf([CostCategory.byAccount('Each', Object.fromEntries(keys.map((key) => [key, [key]])))], { tree });
  return Object.fromEntries(made!.rules.map(({ Value, Rule }) => [Value, Rule.Dimensions.Values[0]]));
}

const ID = ids();
const accounts = (...keys: string[]) => ({ Dimensions: { Key: 'LINKED_ACCOUNT', Values: keys.map((key) => ID[key]) } });
const rule = (Value: string, Rule: object) => ({ Value, Rule, Type: 'REGULAR' });
const problemsOf = (build: () => unknown): string => {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
};

describe('by unit', () => {
  test('each unit right below the root that has accounts has its own', () => {
    expect(categoriesOf([CostCategory.byUnit('Unit', { defaultValue: 'Platform' })])).toEqual([
      { name: 'Unit', rules: [rule('Workloads', accounts('web-prod', 'payments-prod')), rule('Suspended', accounts('old'))], defaultValue: 'Platform' },
    ]);
  });

  const NESTED = TREE.replace('      accounts:\n        web-prod:', '      units:\n        Prod: { accounts: { lake: { email: aws+lake@acme.example, budget: { none: a test } } } }\n      accounts:\n        web-prod:');

  test('an account belongs to the nearest of the units, and to the root where there is none', () => {
    const lake = ids(NESTED, ['lake', 'web-prod', 'payments-prod', 'management', 'old']);
    const values = (made: Made) => Object.fromEntries(made.rules.map(({ Value, Rule }) => [Value, Rule.Dimensions.Values]));
    expect(values(categoriesOf([CostCategory.byUnit('Unit', { units: ['Root', 'Workloads', 'Workloads/Prod'] })], { tree: NESTED })[0]!)).toEqual({
      'Root': [lake.management, lake.old], 'Workloads': [lake['web-prod'], lake['payments-prod']], 'Workloads-Prod': [lake.lake],
    });
    expect(values(categoriesOf([CostCategory.byUnit('Unit')], { tree: NESTED })[0]!).Workloads).toEqual(expect.arrayContaining([lake.lake, lake['web-prod']]));
  });

  test('an account more changes the rule of its unit alone', () => {
    const more = TREE.replace('        payments-prod:', '        search-prod: { email: aws+search@acme.example, budget: { none: a test } }\n        payments-prod:');
    const [before, after] = [TREE, more].map((tree) => categoriesOf([CostCategory.byUnit('Unit')], { tree })[0]!.rules);
    expect(after!.map(({ Value }) => Value)).toEqual(before!.map(({ Value }) => Value));
    expect(after![1]).toEqual(before![1]);
    expect(after![0].Rule.Dimensions.Values).toEqual(expect.arrayContaining(before![0].Rule.Dimensions.Values));
    expect(after![0].Rule.Dimensions.Values).toHaveLength(3);
  });

  test.each<[string, () => CostCategory, string]>([
    ['that are not there', () => CostCategory.byUnit('Unit', { units: ['Labs'] }), 'Cost category Unit names unit "Root/Labs", which is not there. Units: Root'],
    ['without accounts', () => CostCategory.byUnit('Unit', { units: ['Sandbox'] }), 'Cost category Unit has no rule, because its units have no accounts'],
  ])('units %s', (_name, category, problem) => {
    expect(problemsOf(() => categoriesOf([category()]))).toContain(problem);
  });
});

test('by account', () => {
  expect(categoriesOf([CostCategory.byAccount('Product', { Shop: ['web-prod', 'payments-prod'], Rest: ['management'] })])[0]!.rules).toEqual([
    rule('Shop', accounts('web-prod', 'payments-prod')), rule('Rest', accounts('management')),
  ]);
  expect(problemsOf(() => categoriesOf([CostCategory.byAccount('Product', { Shop: ['shop'] })]))).toContain('Cost category Product names account "shop", which is not there. Accounts: management, web-prod');
  expect(() => CostCategory.byAccount('Product', { Shop: ['a'], Rest: ['a'] })).toThrow('a in more than one group');
});

describe('by tag', () => {
  test('resources have the value of the tag, once it is activated', () => {
    const { app } = zoneOf(TREE, { categories: [CostCategory.byTag('Owner', 'owner', { defaultValue: 'nobody' })] }, { tagging: TAGGING });
    const { template } = app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation')!;
    const [[, category]] = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'AWS::CE::CostCategory') as [[string, any]];
    expect(JSON.parse(category.Properties.Rules)).toEqual([{ Type: 'INHERITED_VALUE', InheritedValue: { DimensionName: 'TAG', DimensionKey: 'owner' } }]);
    expect(category.DependsOn.map((id: string) => template.Resources[id].Type)).toContain('Custom::CostAllocationTags');
  });

  test.each<[string, CostCategory, string]>([
    ['a key that is not activated', CostCategory.byTag('Data', 'data'), 'tag data, which is not activated: say allocatesCosts of it in the tagging standard'],
    ['a key of nobody', CostCategory.byTag('Owner', 'ownr'), 'tag ownr, which is no key of the tagging standard, did you mean owner? Keys: owner, team'],
    ['a value that it may not have', CostCategory.of('Team', [CostCategoryRule.of('Sales', CostMatch.all(CostMatch.regions('eu-west-1'), CostMatch.tag('team', 'sales')))]), 'team = "sales", which the tagging standard does not allow. Expected: web, pay*'],
  ])('%s', (_name, category, problem) => {
    expect(problemsOf(() => categoriesOf([category], { tagging: TAGGING }))).toContain(problem);
  });

  test('without a tagging standard any key may be activated', () => {
    expect(categoriesOf([CostCategory.byTag('Owner', 'whatever')])).toHaveLength(1);
  });
});

describe('by rules', () => {
  test('in their order, with the names of the Cost Explorer API', () => {
    const categories = [
      CostCategory.of('Kind', [
        CostCategoryRule.of('Shared', CostMatch.any(CostMatch.accounts('management'), CostMatch.recordTypes('Tax', 'Fee'))),
        CostCategoryRule.of('Transfer', CostMatch.all(CostMatch.usageTypes('EU-DataTransfer'), CostMatch.not(CostMatch.regions('us-east-1')), CostMatch.services('AmazonEC2'))),
        CostCategoryRule.of('Untagged', CostMatch.withoutTag('owner')),
        CostCategoryRule.of('Web', CostMatch.units('Workloads')),
        CostCategoryRule.inheritAccountName(),
      ]),
      CostCategory.of('Group', [CostCategoryRule.of('One', CostMatch.category('Kind', 'Web', 'Shared'))]),
    ];
    const [kind, group] = categoriesOf(categories);
    expect(kind!.rules).toEqual([
      rule('Shared', { Or: [accounts('management'), { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax', 'Fee'] } }] }),
      rule('Transfer', {
        And: [
          { Dimensions: { Key: 'USAGE_TYPE', Values: ['EU-DataTransfer'], MatchOptions: ['STARTS_WITH'] } }, { Not: { Dimensions: { Key: 'REGION', Values: ['us-east-1'] } } },
          { Dimensions: { Key: 'SERVICE_CODE', Values: ['AmazonEC2'] } },
        ],
      }),
      rule('Untagged', { Tags: { Key: 'owner', MatchOptions: ['ABSENT'] } }),
      rule('Web', accounts('web-prod', 'payments-prod')),
      { Type: 'INHERITED_VALUE', InheritedValue: { DimensionName: 'LINKED_ACCOUNT_NAME' } },
    ]);
    expect(group!.rules).toEqual([rule('One', { CostCategories: { Key: 'Kind', Values: ['Web', 'Shared'] } })]);
    expect(problemsOf(() => categoriesOf([categories[1]!, categories[0]!]))).toContain('Cost category Group is made of category Kind, which is not declared before it');
  });

  test('a category is made after those that it is made of', () => {
    const categories = [CostCategory.byUnit('Kind'), CostCategory.of('Group', [CostCategoryRule.of('One', CostMatch.not(CostMatch.category('Kind', 'Workloads')))]), CostCategory.byAccount('Alone', { A: ['old'] })];
    const { Resources } = zoneOf(TREE, { categories }).app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation')!.template;
    const before = Object.fromEntries(Object.values<any>(Resources).map(({ Properties, DependsOn = [] }) => [Properties.Name, DependsOn.map((id: string) => Resources[id].Properties.Name)]));
    expect(before).toEqual({ Kind: [], Group: ['Kind'], Alone: [] });
  });

  test('units without accounts match nothing', () => {
    const empty = CostMatch.units('Sandbox');
    const made = (match: CostMatch) => categoriesOf([CostCategory.of('Kind', [CostCategoryRule.of('A', match), CostCategoryRule.of('B', CostMatch.accounts('old'))])])[0]!.rules;
    expect(made(empty)).toEqual([rule('B', accounts('old'))]);
    expect(made(CostMatch.any(empty, CostMatch.accounts('web-prod')))[0]).toEqual(rule('A', accounts('web-prod')));
    expect(made(CostMatch.all(empty, CostMatch.accounts('web-prod')))).toEqual([rule('B', accounts('old'))]);
    expect(problemsOf(() => made(CostMatch.not(empty)))).toContain('all but accounts that are none');
  });

  test('of any matches, each expression has one operator, as the API demands', () => {
    const leaf = fc.constantFrom(CostMatch.accounts('old'), CostMatch.units('Workloads'), CostMatch.regions('eu-west-1'), CostMatch.tag('owner', 'a'), CostMatch.units('Sandbox'), CostMatch.withoutTag('owner'));
    const { match } = fc.letrec<{ match: CostMatch }>((tie) => ({
      match: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('match'), { minLength: 2, maxLength: 3 }).map((all) => CostMatch.all(...all)), fc.array(tie('match'), { minLength: 2, maxLength: 3 }).map((any) => CostMatch.any(...any))),
    }));
    const check = (expression: any): void => {
      expect(Object.keys(expression)).toHaveLength(1);
      for (const operands of [expression.And, expression.Or]) {
        if (!operands) continue;
        expect(operands.length).toBeGreaterThan(1);
        operands.forEach(check);
      }
    };
    fc.assert(fc.property(match, (one) => {
      const [made] = categoriesOf([CostCategory.of('Kind', [CostCategoryRule.of('A', one), CostCategoryRule.of('B', CostMatch.accounts('old'))])]);
      made!.rules.forEach(({ Rule }) => check(Rule));
    }), { numRuns: 15 });
  });

  test.each<[string, () => unknown, string]>([
    ['no rule', () => CostCategory.of('Kind', []), 'has no rule'],
    ['a name that AWS does not take', () => CostCategory.byTag('Kind/Of', 'owner'), '"Kind/Of" is no name or value'],
    ['a value with a space at its end', () => CostCategory.of('Kind', [CostCategoryRule.of('A ', CostMatch.regions('a'))]), '"A " is no name or value'],
    ['a long default value', () => CostCategory.byTag('Kind', 'owner', { defaultValue: 'x'.repeat(51) }), 'is no name or value'],
    ['501 rules', () => CostCategory.of('Kind', Array.from({ length: 501 }, () => CostCategoryRule.of('A', CostMatch.regions('a')))), 'has 501 rules, and AWS takes 500'],
    ['a match of nothing', () => CostMatch.accounts(), 'expected values, each once'],
    ['a value twice', () => CostMatch.regions('a', 'a'), 'expected values, each once'],
    ['one operand', () => CostMatch.any(CostMatch.regions('a')), 'CostMatch.any of 1: expected two or more'],
    ['a category twice', () => new CostStandard({ alerts: new CostAlerts({ emails: ['a@b.example'] }), categories: [CostCategory.byUnit('Unit'), CostCategory.byTag('Unit', 'owner')] }), 'cost category Unit is declared twice'],
    ['51 categories', () => new CostStandard({ alerts: new CostAlerts({ emails: ['a@b.example'] }), categories: Array.from({ length: 51 }, (_, at) => CostCategory.byTag(`C${at}`, 'owner')) }), '51 cost categories: AWS has 50 at most'],
  ])('what cannot be: %s', (_name, build, problem) => {
    expect(build).toThrow(problem);
  });
});

describe('shared costs', () => {
  const groups = { Shop: ['web-prod'], Search: ['payments-prod'], Shared: ['management'], Support: ['old'] };

  test('are split by proportion, evenly and by percents', () => {
    const splits = [SplitCharge.proportional('Shared', 'Shop', 'Search'), SplitCharge.fixed('Support', { Shop: 70.5, Search: 29.5 }), SplitCharge.even(SplitCharge.UNCATEGORIZED, 'Shop', 'Search')];
    expect(categoriesOf([CostCategory.byAccount('Product', groups, { splits })])[0]!.splits).toEqual([
      { Source: 'Shared', Targets: ['Shop', 'Search'], Method: 'PROPORTIONAL' },
      { Source: 'Support', Targets: ['Shop', 'Search'], Method: 'FIXED', Parameters: [{ Type: 'ALLOCATION_PERCENTAGES', Values: ['70.5', '29.5'] }] },
      { Source: '', Targets: ['Shop', 'Search'], Method: 'EVEN' },
    ]);
  });

  test.each<[string, SplitCharge[], string]>([
    ['twice', [SplitCharge.even('Shared', 'Shop'), SplitCharge.even('Shared', 'Search')], 'splits Shared twice'],
    ['of what gets a share', [SplitCharge.even('Shared', 'Support'), SplitCharge.even('Support', 'Shop')], 'splits Support, which also gets a share'],
    ['between none', [SplitCharge.even('Shared')], 'splits Shared between none'],
    ['to one twice', [SplitCharge.even('Shared', 'Shop', 'Shop')], 'with a target twice'],
    ['by 90 %', [SplitCharge.fixed('Shared', { Shop: 60, Search: 30 })], 'by 60 + 30 %: expected 100 together'],
    ['by nothing', [SplitCharge.fixed('Shared', { Shop: 100, Search: 0 })], 'expected shares above 0'],
    ['to nobody', [SplitCharge.even('Shared', 'Shopp')], 'splits costs of or to "Shopp", which no rule gives. Values: Shop, Search, Shared, Support'],
    ['eleven times', Array.from({ length: 11 }, (_, at) => SplitCharge.even(`S${at}`, 'Shop')), 'has 11 splits, and AWS takes 10'],
  ])('not %s', (_name, splits, problem) => {
    expect(() => CostCategory.byAccount('Product', groups, { splits })).toThrow(problem);
  });

  test('of units are checked when the tree is known', () => {
    expect(problemsOf(() => categoriesOf([CostCategory.byUnit('Unit', { splits: [SplitCharge.even('Suspended', 'Workload')] })]))).toContain('splits costs of or to "Workload", which no rule gives. Values: Workloads, Suspended');
    expect(categoriesOf([CostCategory.byUnit('Unit', { splits: [SplitCharge.even('Suspended', 'Workloads')] })])).toHaveLength(1);
    expect(() => CostCategory.byTag('Owner', 'owner', { defaultValue: 'x', splits: [SplitCharge.even('', 'a')] })).toThrow('splits what has no value, which is nothing: its default value is x');
    expect(problemsOf(() => categoriesOf([CostCategory.byTag('Team', 'team', { splits: [SplitCharge.even('sales', 'web')] })], { tagging: TAGGING }))).toContain('splits costs of or to "sales"');
  });
});

describe('budgets of a category', () => {
  const categories = [CostCategory.byAccount('Product', { Shop: ['web-prod'] }, { defaultValue: 'Rest' }), CostCategory.byTag('Team', 'team'), CostCategory.byTag('Owner', 'owner'), CostCategory.existing('Old', 'a'), CostCategory.existing('Any')];
  const budget = (name: string, value: string) => Budget.costCategory(name, value, BudgetAmount.monthly(1));
  const build = (...budgets: Budget[]) => categoriesOf(categories, { budgets, tagging: TAGGING });

  test('are of values that it gives', () => {
    expect(build(budget('Product', 'Shop'), budget('Product', 'Rest'), budget('Team', 'payments'), budget('Owner', 'anybody'), budget('Old', 'a'), budget('Any', 'b')).map(({ name }) => name)).toEqual(['Product', 'Team', 'Owner']);
  });

  test.each<[string, string, string]>([
    ['Product', 'Shopp', 'Budget cost-category/Product=Shopp: cost category Product has no value "Shopp", did you mean Shop? Values: Shop, Rest'],
    ['Produkt', 'Shop', 'there is no cost category Produkt, did you mean Product? Categories: Product, Team, Owner, Old, Any'],
    ['Team', 'sales', 'cost category Team has no value "sales". Values: '],
    ['Old', 'b', 'cost category Old has no value "b", did you mean a? Values: a'],
  ])('not of %s = %s', (name, value, problem) => {
    expect(problemsOf(() => build(budget(name, value)))).toContain(problem);
  });

  test('are not checked where no category is declared', () => {
    expect(categoriesOf([], { budgets: [budget('Whatever', 'x')] })).toEqual([]);
  });

  test('and monitors are deployed after it', () => {
    const anomalies = CostAnomalies.watch({ monitors: [AnomalyMonitor.byCostCategory('Product')] });
    const dependencies = (some: CostCategory[]) => Object.fromEntries(zoneOf(TREE, { categories: some, anomalies }, { tagging: TAGGING }).app.synth().stacks.map(({ stackName, dependencies: before }) => [stackName, before.map(({ id }) => id).join(' ')]));
    const after = dependencies(categories);
    for (const name of ['Acme-Costs', 'Acme-Costs-Anomalies']) expect(after[name]).toContain('CostsAllocation');
    expect(dependencies([])['Acme-Costs']).not.toContain('CostsAllocation');
  });
});

describe('in a zone', () => {
  test('a category more changes no other, and the same app gives the same template', () => {
    const template = (...categories: CostCategory[]) => zoneOf(TREE, { categories }).app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation')!.template.Resources;
    const [unit, owner] = [CostCategory.byUnit('Unit'), CostCategory.byTag('Owner', 'owner')];
    expect(template(owner, unit)).toMatchObject(template(unit));
    expect(JSON.stringify(template(unit, owner))).toBe(JSON.stringify(template(unit, owner)));
  });

  test('placeholder ids are not deployed', () => {
    const rules = (categories: CostCategory[]) => zoneOf(TREE, { categories }).app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation')!.template.Rules ?? {};
    expect(JSON.stringify(rules([CostCategory.byAccount('Product', { Shop: ['web-prod'] })]))).toContain('placeholder account id');
  });

  test('in another partition than aws it cannot be', () => {
    expect(problemsOf(() => zoneOf(TREE, { categories: [CostCategory.byUnit('Unit')], anomalies: CostAnomalies.none('none there') }, { partition: 'aws-cn' }).app.synth())).toContain('the zone is in partition aws-cn: leave categories out');
  });

  test('is clean of AwsSolutions, and what it was', () => {
    const { app } = zoneOf(TREE, { categories: [CostCategory.byUnit('Unit', { defaultValue: 'Platform', splits: [SplitCharge.proportional('Platform', 'Workloads')] })] });
    const seen: CfnResource[] = [];
    Aspects.of(app).add({ visit: (node) => { if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::CE::CostCategory') seen.push(node); } });
    const { template } = app.synth().stacks.find(({ stackName }) => stackName === 'Acme-Costs-Allocation')!;
    expect(seen).toHaveLength(1);
    const scope = app.node.findChild('Acme').node.findChild('CostAllocation');
    expect(new AwsSolutionsChecks(app).validateScope(scope).violations.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(template.Resources).toMatchSnapshot();
  });
});
