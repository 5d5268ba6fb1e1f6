import fc from 'fast-check';
import { Line, month, run, SPLIT_COLUMNS } from './bill';
import { CostDimension } from '../../../src';
import { chargeback, QueryTables, showback, unitCost } from '../../../src/cost/exports/cost-queries';

const tables: QueryTables = { database: 'acme_costs', report: 'cur2', metrics: 'unit_metrics' };
const owner = CostDimension.tag('owner');
const DIMENSIONS = [owner, CostDimension.tag('environment'), CostDimension.costCategory('unit'), CostDimension.account()];

/** A month with every kind of line there is. */
const BILL: Line[] = [
  { type: 'Usage', cost: 100, tags: { 'resourceTags/owner': 'payments', 'costCategory/unit': 'Retail' } },
  { type: 'Usage', cost: 40, tags: { 'accountTag/owner': 'web', 'resourceTags/owner': '' }, account: 'web' },
  { type: 'Usage', cost: 10, tags: { 'resourceTags/owner': 'web', 'accountTag/owner': 'payments' } },
  { type: 'Usage', cost: 25, tags: {}, account: '' },
  { type: 'Usage', cost: 5, tags: null },
  { type: 'Tax', cost: 18, tags: {} },
  { type: 'Credit', cost: -7, tags: { 'resourceTags/owner': 'payments' } },
  // A reservation: 30 paid for the month, 24 of it used.
  { type: 'RIFee', cost: 30, more: { reservation_reservation_a_r_n: 'arn:ri', reservation_unused_amortized_upfront_fee_for_billing_period: 1, reservation_unused_recurring_fee: 5 } },
  { type: 'DiscountedUsage', cost: 0, tags: { 'resourceTags/owner': 'payments' }, more: { reservation_effective_cost: 24, reservation_reservation_a_r_n: 'arn:ri' } },
  { type: 'Fee', cost: 360, more: { reservation_reservation_a_r_n: 'arn:ri' } },
  { type: 'Fee', cost: 3 },
  // A savings plan: 20 committed, 16 of it used, by what would cost 50.
  { type: 'SavingsPlanRecurringFee', cost: 20, more: { savings_plan_total_commitment_to_date: 20, savings_plan_used_commitment: 16 } },
  { type: 'SavingsPlanCoveredUsage', cost: 50, tags: { 'resourceTags/owner': 'web' }, more: { savings_plan_savings_plan_effective_cost: 16 } },
  { type: 'SavingsPlanNegation', cost: -50 },
];
const total = (lines: readonly Line[]) => lines.reduce((sum, { cost }) => sum + cost, 0);
const sum = (rows: readonly { [column: string]: any }[], column: string) => rows.reduce((all, row) => all + row[column], 0);
const by = (rows: readonly { [column: string]: any }[], column: string) => Object.fromEntries(rows.map((row) => [row.allocated_to, row[column]]));

describe('showback', () => {
  test('who owns it, by the tag of the resource, else of the account; what has none is unallocated', async () => {
    const rows = await run(showback(owner, tables).sql, BILL);
    expect(by(rows, 'billed')).toEqual({ payments: 93, web: 100, unallocated: 25 + 5 + 18 + 30 + 360 + 3 + 20 - 50 });
    expect(by(rows, 'amortized')).toEqual({ payments: 100 - 7 + 24, web: 40 + 10 + 16, unallocated: 25 + 5 + 18 + 6 + 3 + 4 });
    expect(sum(rows, 'share')).toBeCloseTo(1, 12);
  });

  test.each(DIMENSIONS.map((dimension) => [dimension.name, dimension] as const))('by %s: billed is the bill, amortized is the bill without what was paid in advance for other months', async (_, dimension) => {
    const rows = await run(showback(dimension, tables).sql, BILL);
    expect(sum(rows, 'billed')).toBeCloseTo(total(BILL), 9);
    expect(sum(rows, 'amortized')).toBeCloseTo(total(BILL) - 360, 9);
  });

  test('by category and account', async () => {
    expect(by(await run(showback(CostDimension.costCategory('unit'), tables).sql, BILL), 'billed')).toEqual({ Retail: 100, unallocated: total(BILL) - 100 });
    expect(Object.keys(by(await run(showback(CostDimension.account(), tables).sql, BILL), 'billed')).sort()).toEqual(['payments', 'unallocated', 'web']);
  });

  test('a container on an instance is not counted beside it, one of Fargate is', async () => {
    const lines: Line[] = [
      { type: 'Usage', cost: 10, tags: { 'resourceTags/owner': 'platform' } },
      { type: 'Usage', cost: 6, tags: { 'resourceTags/owner': 'web' }, more: { split_line_item_parent_resource_id: 'i-1', split_line_item_split_cost: 6 } },
      { type: 'Usage', cost: 4, tags: { 'resourceTags/owner': 'web' }, more: { split_line_item_parent_resource_id: '' } },
    ];
    expect(by(await run(showback(owner, { ...tables, hasSplitCosts: true }).sql, lines, [], SPLIT_COLUMNS), 'billed')).toEqual({ platform: 10, web: 4 });
    await expect(run(showback(owner, { ...tables, hasSplitCosts: true }).sql, [])).rejects.toThrow('split_line_item_parent_resource_id');
  });

  test('months stay apart, and thirteen are looked at', async () => {
    const lines = [0, 1, 12, 13].map((back): Line => ({ type: 'Usage', cost: back + 1, period: month(back) }));
    const rows = await run(showback(owner, tables).sql, lines);
    expect(rows.map(({ billing_period: period, billed }) => [period, billed])).toEqual([[month(), 1], [month(1), 2], [month(12), 13]]);
    expect(rows.map(({ share }) => share)).toEqual([1, 1, 1]);
  });
});

describe('chargeback', () => {
  test('what is unallocated is shared out in proportion, and nothing of it is left', async () => {
    const rows = await run(chargeback(owner, tables).sql, BILL);
    const shared = 25 + 5 + 18 + 6 + 3 + 4;
    expect(by(rows, 'charged').payments).toBeCloseTo(117 + shared * 117 / 183, 9);
    expect(by(rows, 'charged').web).toBeCloseTo(66 + shared * 66 / 183, 9);
    expect(by(rows, 'charged').unallocated).toBe(0);
    expect(sum(rows, 'charged')).toBeCloseTo(total(BILL) - 360, 9);
    expect(sum(rows, 'shared')).toBeCloseTo(0, 9);
  });

  test('where there is nobody to charge, it stays where it is', async () => {
    const rows = await run(chargeback(owner, tables).sql, [{ type: 'Usage', cost: 4 }, { type: 'Credit', cost: -9, tags: { 'resourceTags/owner': 'web' } }]);
    expect(by(rows, 'charged')).toEqual({ unallocated: 4, web: -9 });
  });
});

test('whatever the bill is, nothing of it is lost or counted twice', async () => {
  const line = fc.record({
    type: fc.constantFrom('Usage', 'Tax', 'Credit', 'Refund', 'Fee', 'EdpDiscount'),
    cost: fc.integer({ min: -500, max: 5000 }).map((cents) => cents / 100),
    tags: fc.option(fc.dictionary(fc.constantFrom('resourceTags/owner', 'accountTag/owner', 'resourceTags/environment', 'costCategory/unit'), fc.constantFrom('', 'a', 'b', 'unallocated', 'it\'s'), { maxKeys: 3 })),
    account: fc.constantFrom('', 'payments', 'web'),
    period: fc.constantFrom(month(), month(1)),
  });
  await fc.assert(fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), fc.constantFrom(...DIMENSIONS), async (lines, dimension) => {
    for (const { sql } of [showback(dimension, tables), chargeback(dimension, tables)]) {
      const rows = await run(sql, lines);
      for (const period of new Set(lines.map((one) => one.period))) {
        const own = rows.filter(({ billing_period: of }) => of === period);
        expect(sum(own, 'billed' in rows[0]! ? 'billed' : 'charged')).toBeCloseTo(total(lines.filter((one) => one.period === period)), 6);
      }
    }
  }), { numRuns: 15 });
});

describe('unit cost', () => {
  const tenant = CostDimension.tag('tenant');
  const query = unitCost({ name: 'tenant', dimension: tenant, metric: 'transactions' }, tables).sql;
  const lines: Line[] = [
    { type: 'Usage', cost: 30, tags: { 'resourceTags/tenant': 'acme' } },
    { type: 'Usage', cost: 8, tags: { 'resourceTags/tenant': 'silent' } },
    { type: 'Usage', cost: 2 },
  ];

  test('cost by quantity; several files of quantities add up, others do not count, and no cost is lost', async () => {
    const rows = await run(query, lines, [
      { period: month(), value: 'acme', metric: 'transactions', quantity: 100 }, { period: month(), value: 'acme', metric: 'transactions', quantity: 50 },
      { period: month(), value: 'acme', metric: 'users', quantity: 7 }, { period: month(), value: 'free', metric: 'transactions', quantity: 10 },
      { period: month(), value: 'silent', metric: 'transactions', quantity: 0 },
    ]);
    expect(by(rows, 'unit_cost')).toEqual({ acme: 0.2, silent: null, unallocated: null, free: 0 });
    expect(sum(rows, 'cost')).toBe(40);
  });
});

test('names that could leave the text of a query are refused', () => {
  expect(() => CostDimension.tag('owner\'')).toThrow('"owner\'" is no name of a tag');
  expect(() => CostDimension.costCategory('')).toThrow('is no name of a category');
});
