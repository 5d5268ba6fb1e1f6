import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { formatLock, OrganizationLock, PlaceholderIds, readLockFile } from '../../src/model/lock-file';
import { OrganizationIds } from '../../src/organization/organization-ids';

const dir = mkdtempSync(join(tmpdir(), 'lock-'));
const LOCK: OrganizationLock = {
  version: 1, organizationId: 'o-abcdefghij', rootId: 'r-ab12', managementAccountId: '111111111111',
  units: { 'Workloads/Prod': 'ou-ab12-12345678', 'Workloads': 'ou-ab12-87654321' }, accounts: { 'aws+b@acme.example': '222222222222', 'aws+a@acme.example': '333333333333' },
};

function read(text: string) {
  const file = join(dir, 'organization.lock.json');
  writeFileSync(file, text);
  return readLockFile(file);
}

test('written, read again, and sorted', () => {
  const text = formatLock(LOCK);
  expect(read(text).lock).toEqual(LOCK);
  expect(text.indexOf('aws+a@')).toBeLessThan(text.indexOf('aws+b@'));
});

test('all mistakes at once, with their places', () => {
  const { lock, problems } = read(formatLock(LOCK).replace('"o-abcdefghij"', '"o-X"').replace('"222222222222"', '222222222222').replace('"rootId"', '"root"'));
  expect(lock).toBeUndefined();
  expect(problems.map(({ place, message }) => `${place.line}: ${message}`)).toEqual(expect.arrayContaining([
    expect.stringMatching(/^3: organizationId "o-X"/), expect.stringMatching(/unknown key "root"/), expect.stringMatching(/is the number/),
  ]));
});

test.each<[string, Partial<OrganizationLock>, RegExp]>([
  ['an account id twice', { accounts: { 'a@b.cd': '222222222222', 'b@b.cd': '222222222222' } }, /^1[0-9]: 222222222222 is the id of b@b.cd and of a@b.cd$/],
  ['a unit id twice', { units: { A: 'ou-ab12-12345678', B: 'ou-ab12-12345678' } }, /is the id of B and of A$/],
  ['a unit of another organization', { units: { A: 'ou-zz99-12345678' } }, /^7: unit A has the id ou-zz99-12345678, which is not under the root r-ab12$/],
  ['an e-mail that no look-up finds', { accounts: { 'Ops@b.cd': '222222222222' } }, /^1[0-9]: "Ops@b.cd" cannot be a key in accounts$/],
])('refuses %s', (_, part, message) => {
  const { lock, problems } = read(formatLock({ ...LOCK, ...part }));
  expect(lock).toBeUndefined();
  expect(problems.map(({ place, message: text }) => `${place.line}: ${text}`)).toEqual([expect.stringMatching(message)]);
});

test('the management account may be among the accounts, as pull writes it', () => {
  expect(read(formatLock({ ...LOCK, accounts: { 'aws+m@acme.example': LOCK.managementAccountId } })).problems).toEqual([]);
});

test('law: any lock is read again, in the same bytes whatever its order', () => {
  const digits = fc.uniqueArray(fc.stringMatching(/^[0-9]{12}$/), { maxLength: 6 });
  const parts = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{8,32}$/), { maxLength: 6 });
  fc.assert(fc.property(digits, parts, (accountIds, unitIds) => {
    const accounts = accountIds.map((id, index): [string, string] => [`aws+${index}@acme.example`, id]);
    const units = unitIds.map((id, index): [string, string] => [index % 2 === 0 ? `${index}` : `A/${index} é`, `ou-ab12-${id}`]);
    const lock = { ...LOCK, accounts: Object.fromEntries(accounts), units: Object.fromEntries(units) };
    expect(read(formatLock(lock))).toEqual({ lock, problems: [] });
    expect(formatLock({ ...lock, accounts: Object.fromEntries(accounts.reverse()), units: Object.fromEntries(units.reverse()) })).toBe(formatLock(lock));
  }));
});

test('a missing file says which command writes it', () => {
  expect(readLockFile(join(dir, 'nothing.json')).problems[0]!.hint).toContain('npx landing-zone pull');
  expect(readLockFile(dir).problems[0]!.message).toBe('the file does not exist');
});

describe('placeholders', () => {
  test('look like ids, start with zeros and stay the same', () => {
    expect(PlaceholderIds.account('payments-prod')).toMatch(/^000\d{9}$/);
    expect(PlaceholderIds.unit('Workloads/Prod')).toMatch(/^ou-0000-[0-9a-f]{16}$/);
  });

  test('are unique among accounts, and known ids win', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string(), { maxLength: 50 }), (keys) => {
      const ids = new OrganizationIds(LOCK);
      const all = keys.map((key) => ids.account(key, `${key}@unknown.example`));
      expect(new Set(all.map(({ id }) => id)).size).toBe(keys.length);
      expect(all.every(({ isPlaceholder }) => isPlaceholder)).toBe(true);
      expect(ids.account('any', 'AWS+A@acme.example')).toEqual({ id: '333333333333', isPlaceholder: false });
    }));
  });
});
