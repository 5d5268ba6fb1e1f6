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

test('a missing file says which command writes it', () => {
  expect(readLockFile(join(dir, 'nothing.json')).problems[0]!.hint).toContain('npx landing-zone pull');
});

describe('placeholders', () => {
  test('look like ids, start with zeros and stay the same', () => {
    expect(PlaceholderIds.account('payments-prod')).toMatch(/^000\d{9}$/);
    expect(PlaceholderIds.unit('Workloads/Prod')).toMatch(/^ou-0000-[0-9a-f]{8}$/);
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
