import * as fc from 'fast-check';
import { ACCOUNT_STATES, AccountState, closableOf, dayAfter, daysBetween, isDay, KEPT_DAYS } from '../../../src/model/lifecycle/account-life';
import { AccountVersion, Existence, illegalChange } from '../../../src/model/lifecycle/transition';

/** A version by a letter; `.` is no such account. */
const STATE_OF: { readonly [letter: string]: AccountState | undefined } = { 'v': 'vending', 'a': 'active', 's': 'suspended', 'c': 'closed', '.': undefined };
const CLOSED_ON = '2026-01-01';

/** All texts of letters up to a length. */
function* paths(length: number, prefix = ''): Generator<string> {
  if (prefix.length > 0) yield prefix;
  if (prefix.length < length) for (const letter of Object.keys(STATE_OF)) yield* paths(length, prefix + letter);
}

/** Each version after it was deployed: AWS has from the next version on what one version declares. */
function isLegal(path: string, waited: number): boolean {
  const today = dayAfter(CLOSED_ON, waited);
  const version = (index: number, existence: Existence): AccountVersion | undefined => {
    const state = STATE_OF[path[index] ?? '.'];
    return state && { state, existence, ...(state === 'closed' && { closedOn: CLOSED_ON }) };
  };
  // A base was written before its deployment: what it begins with, AWS lacks in it.
  const isThere = (index: number) => index > 0 && path[index - 1] !== '.' && path[index] !== '.';
  return [...path].every((_, index) => illegalChange(version(index - 1, isThere(index - 1) ? 'exists' : 'not yet'), version(index, isThere(index) ? 'exists' : 'not yet'), today) === undefined);
}

describe('all paths of up to seven versions, against the life in one expression', () => {
  const all = [...paths(7)];

  test('AWS has forgotten what was closed', () => {
    const life = /^\.*(v\.+|v+([as]*s)?c+\.+)*(v+([as]*|([as]*s)?c+))?$/;
    const wrong = all.filter((path) => isLegal(path, KEPT_DAYS + 1) !== life.test(path));
    expect(wrong).toEqual([]);
    expect(all.filter((path) => life.test(path)).length).toBeGreaterThan(500);
    expect(all).toHaveLength((5 ** 8 - 5) / 4);
  });

  test('AWS still keeps what was closed: it stays, and can be opened again into suspension alone', () => {
    const life = /^\.*(v\.+)*(v+(?!.*(ac|ca))[asc]*)?$/;
    expect(all.filter((path) => isLegal(path, KEPT_DAYS) !== life.test(path))).toEqual([]);
  });

  test('the expressions tell faults: each wrong step is in some path that they refuse', () => {
    for (const path of ['va.', 'vs.', 'vv.', 'a', 's', 'c', 'vac', 'vaca', 'vav', 'vsv', 'vscv', 'vsca']) expect([path, isLegal(path, KEPT_DAYS + 1)]).toEqual([path, false]);
  });
});

const version = (state: AccountState, existence: Existence = 'exists', closedOn?: string): AccountVersion => ({ state, existence, ...(closedOn !== undefined && { closedOn }) });
const TODAY = '2026-11-23';

describe('what AWS has', () => {
  test('an account that AWS has already may begin with any state, another one as vending alone', () => {
    for (const state of ACCOUNT_STATES) {
      expect(illegalChange(undefined, version(state), TODAY)).toBeUndefined();
      for (const existence of ['not yet', 'unknown'] as const) expect(illegalChange(undefined, version(state, existence), TODAY) === undefined).toBe(state === 'vending');
    }
  });

  test('no state but vending before AWS made it', () => {
    for (const state of ['active', 'suspended', 'closed'] as const) {
      expect(illegalChange(version('vending', 'not yet'), version(state, 'not yet'), TODAY)!.why).toBe(`is ${state} before AWS made it`);
      expect(illegalChange(version('vending', 'not yet'), version(state), TODAY)).toBeUndefined();
    }
  });

  test('a file without a lock says nothing of what AWS made: a trial goes through the whole life', () => {
    for (const state of ['active', 'suspended', 'closed'] as const) expect(illegalChange(version('vending', 'unknown'), version(state, 'unknown'), TODAY)).toBeUndefined();
  });

  test('what a file without a lock has may be there: it does not vanish', () => {
    expect(illegalChange(version('vending', 'unknown'), undefined, TODAY)!.why).toBe('vanishes while it is vending');
    expect(illegalChange(version('vending', 'not yet'), undefined, TODAY)).toBeUndefined();
  });

  test('a closed account without its day is kept', () => {
    expect(illegalChange(version('closed'), undefined, TODAY)!.instead).toBe('Leave its entry for 90 days after it was closed.');
  });

  test('says until when', () => {
    expect(illegalChange(version('closed', 'exists', '2026-11-01'), undefined, TODAY)!.instead).toContain('until 2027-01-30');
  });
});

describe('days', () => {
  test('law: so many days later, and back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: -1000, max: 1000 }), (start, days) => {
      const day = dayAfter('1990-01-01', start);
      expect(isDay(day)).toBe(true);
      expect(daysBetween(day, dayAfter(day, days))).toBe(days);
    }));
  });

  test.each(['2026-02-29', '2026-00-10', '2026-1-1', '20261123', '', 'today', '2026-11-23T00:00'])('%s is no day', (text) => expect(isDay(text)).toBe(false));
});

test('how many may be closed: a tenth, at least 10, at most 1,000', () => {
  expect([0, 50, 100, 119, 120, 9_999, 10_000, 50_000].map(closableOf)).toEqual([10, 10, 10, 11, 12, 999, 1000, 1000]);
});
