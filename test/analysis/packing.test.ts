import * as fc from 'fast-check';
import { minify, packStatements, policySize } from '../../src/analysis/packing';
import { PolicyStatementJson } from '../../src/analysis/policy-document';

const statement = fc.record({
  Effect: fc.constant('Deny' as const),
  Action: fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '"', '😀'), maxLength: 12 }), { maxLength: 6 }),
  Resource: fc.constant('*'),
});
const items = fc.array(fc.array(statement, { minLength: 1, maxLength: 3 }), { maxLength: 12 })
  .map((lists) => lists.map((statements, index) => ({ key: `k${index}`, statements })));

const sized = (key: string, bytes: number): { key: string; statements: PolicyStatementJson[] } => {
  const empty: PolicyStatementJson = { Effect: 'Deny', Action: '', Resource: '*' };
  return { key, statements: [{ ...empty, Action: 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(empty))) }] };
};

test('sizes are UTF-8 bytes without white space', () => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny' as const, Action: 's3:*', Resource: 'arn:aws:s3:::é' }] };
  expect(minify(document)).toBe('{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::é"}]}');
  expect(policySize(document)).toBe(minify(document).length + 1);
});

test('appending an item moves no other', () => {
  fc.assert(fc.property(items, fc.integer({ min: 120, max: 600 }), (all, maxBytes) => {
    const before = packStatements(all.slice(0, -1), { maxBytes, maxCount: 100 }).policies;
    const after = packStatements(all, { maxBytes, maxCount: 100 }).policies;
    before.forEach((policy, index) => {
      expect(after[index].items.slice(0, policy.items.length)).toEqual(policy.items);
      const statements = policy.document.Statement as unknown[];
      expect((after[index].document.Statement as unknown[]).slice(0, statements.length)).toEqual(statements);
    });
  }), { seed: 20261122, numRuns: 300 });
});

test('every item is in one policy, or is a problem; no policy is too large; sizes are true', () => {
  fc.assert(fc.property(items, fc.integer({ min: 120, max: 600 }), (all, maxBytes) => {
    const { policies, problems } = packStatements(all, { maxBytes, maxCount: 100 });
    const packed = policies.flatMap((policy) => policy.items);
    expect(new Set(packed).size).toBe(packed.length);
    expect(packed.length + problems.length).toBe(all.length);
    for (const { document, bytes, items: keys } of policies) {
      expect(bytes).toBe(Buffer.byteLength(JSON.stringify(document)));
      expect(bytes).toBeLessThanOrEqual(maxBytes);
      expect(document.Statement).toEqual(keys.flatMap((key) => all.find((item) => item.key === key)!.statements));
    }
  }), { seed: 20261122, numRuns: 300 });
});

test('a small item fills a gap that a large one left', () => {
  const { policies } = packStatements([sized('a', 100), sized('b', 150), sized('c', 50)], { maxBytes: 39 + 160, maxCount: 2 });
  expect(policies.map((policy) => policy.items)).toEqual([['a', 'c'], ['b']]);
});

test('to the byte', () => {
  const one = packStatements([sized('a', 100), sized('b', 100)], { maxBytes: 39 + 201, maxCount: 1 });
  expect(one).toMatchObject({ problems: [], policies: [{ bytes: 240, items: ['a', 'b'] }] });
  expect(packStatements([sized('a', 100), sized('b', 100)], { maxBytes: 39 + 200, maxCount: 1 }).policies).toHaveLength(2);
});

test('what does not fit says so in numbers', () => {
  expect(packStatements([sized('LZ.S3.1', 300), sized('LZ.S3.2', 100)], { maxBytes: 200, maxCount: 5 })).toMatchObject({
    policies: [{ items: ['LZ.S3.2'] }], problems: ['LZ.S3.1 alone makes a policy of 339 bytes, 200 are allowed: split it into smaller parts'],
  });
  expect(packStatements(['a', 'b', 'c'].map((key) => sized(key, 100)), { maxBytes: 200, maxCount: 2 }).problems).toEqual([
    '3 policies are needed (417 bytes in all), 2 can be attached: move some to a unit above or below, or drop what another one covers',
  ]);
});

test('one Sid is never twice in a policy', () => {
  const named = (key: string, ...sids: string[]): { key: string; statements: PolicyStatementJson[] } => ({
    key, statements: sids.map((Sid) => ({ Sid, Effect: 'Deny', Action: 's3:*', Resource: '*' })),
  });
  const { policies, problems } = packStatements([named('a', 'X'), named('b', 'X'), named('c', 'Y'), named('d', 'Z', 'Z')], { maxBytes: 5_000, maxCount: 5 });
  expect(policies.map((policy) => policy.items)).toEqual([['a', 'c'], ['b']]);
  expect(problems).toEqual(['d uses the Sid Z twice; AWS wants each Sid once in a policy: rename one']);
});

test('nothing makes no policy', () => {
  expect(packStatements([{ key: 'a', statements: [] }], { maxBytes: 100, maxCount: 1 })).toEqual({ policies: [], problems: [] });
});
