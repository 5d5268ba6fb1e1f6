import * as fc from 'fast-check';
import { dateOf, numberOf } from '../../../src/analysis/condition-value';
import { Distinction } from '../../../src/analysis/domain/distinction';
import { valueSamples } from '../../../src/analysis/domain/value-samples';
import { ipMatches } from '../../../src/analysis/ip-range';

const RUNS = Number(process.env.LZ_RUNS ?? 500);
const settings = { numRuns: RUNS, seed: 20261122 };
const ANY = { canBeAbsent: true, isMultivalued: false };

/** Every way in which the tests come out together for some of these values is one that a sample shows. */
function check(distinctions: readonly Distinction[], tests: readonly ((value: string) => boolean)[], all: readonly string[]): void {
  const cellOf = (value: string): string => tests.map((test) => Number(test(value))).join('');
  const { values, isComplete } = valueSamples(distinctions, ANY);
  const cells = new Set(values.map(cellOf));
  expect(isComplete).toBe(true);
  expect(all.filter((value) => !cells.has(cellOf(value)))).toEqual([]);
}

const DOUBLE = new DataView(new ArrayBuffer(8));

/** The next number that a computer can tell from this one. */
function neighbour(value: number, step: bigint): number {
  DOUBLE.setFloat64(0, value);
  DOUBLE.setBigInt64(0, DOUBLE.getBigInt64(0) + step);
  return DOUBLE.getFloat64(0);
}

const COMPARISONS: ReadonlyArray<(left: number, right: number) => boolean> = [(a, b) => a < b, (a, b) => a <= b, (a, b) => a === b, (a, b) => a >= b, (a, b) => a > b];

describe('numbers', () => {
  const written = fc.oneof(
    fc.constantFrom('0', '1', '2', '10', '10.0', '1e1', '-1', '0.5', '.25', '1e-25', '3e-320', '100000000000000000', '9007199254740993', '1e300', '1.7e308', '-1e300', '+7', ' 5 ', 'many'),
    fc.integer({ min: -4, max: 4 }).map(String), fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  test('each side of each, also where they are very large, very small or next to each other', () => {
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), (list) => {
      const points = list.map(numberOf);
      const known = points.filter((point) => !isNaN(point));
      const all = [...known, ...known.flatMap((point) => [point - 1, point + 1, point / 2, point * 2, point + 0.001, neighbour(point, 1n), neighbour(point, -1n)]), 0, 1e308, -1e308]
        .filter((value) => Number.isFinite(value));
      check(list.map((text, index) => ({ kind: 'number', at: points[index], text })),
        points.flatMap((point) => COMPARISONS.map((holds) => (value: string) => holds(numberOf(value), point))), all.map(String));
    }), settings);
  });
});

describe('dates', () => {
  const written = fc.constantFrom(
    '2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '2026-01-02T00:00:00+14:00', '1767225600', '1767225601', '1767225600.5', '1767225600.1234567', '1970-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z', '9999-12-31T23:59:59Z', '0001-01-01', '1767225600000', '99999999999999', '99999999999999999999', '2026-01-01T00:00:00.001Z', 'soon',
  );
  test('each side of each, also where years have five digits and seconds have fractions', () => {
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), (list) => {
      const points = list.map(dateOf);
      const seconds = points.filter((point) => point >= 1e8 && point < 1e17).flatMap((point) => [point / 1000 - 1, point / 1000 + 1, point / 1000 + 0.0001]);
      const all = [...list.filter((_, index) => !isNaN(points[index])), '2000-01-01T00:00:00Z', '0000-06-01', '1767225600.0005', ...seconds.filter((second) => second > 100_000).map(String)];
      expect(all.filter((text) => isNaN(dateOf(text)))).toEqual([]);
      check(list.map((text, index) => ({ kind: 'date', at: points[index], text })),
        points.flatMap((point) => COMPARISONS.map((holds) => (value: string) => holds(dateOf(value), point))), all);
    }), settings);
  });
});

describe('addresses', () => {
  const written = fc.oneof(
    fc.tuple(fc.constantFrom('10.0.0.0', '10.1.2.3', '10.1.2.255', '255.255.255.255', '0.0.0.0', '192.168.7.9'), fc.constantFrom(0, 1, 8, 9, 16, 24, 30, 31, 32)),
    fc.tuple(fc.constantFrom('2001:db8::', '2001:db8::1', '::', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fe80::a:b', '::ffff:10.1.2.3'), fc.constantFrom(0, 1, 32, 48, 64, 96, 127, 128)),
  ).map(([address, length]) => `${address}/${length}`);

  test('first, last, previous and next of each range, in both families', () => {
    fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), (list) => {
      const all = list.flatMap(edges).concat('8.8.8.8', '2600::1', '0.0.0.0', '::', '255.255.255.255', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'no address');
      const lies = (range: string) => (value: string): boolean => bitsOf(value)?.startsWith(bitsOf(range)!) ?? false;
      check(list.map((range) => ({ kind: 'address', range })), list.map(lies), all.filter((text) => bitsOf(text) !== undefined));
      for (const range of list) {
        expect(all.map((address) => ipMatches(range, address))).toEqual(all.map(lies(range)));
      }
    }), settings);
  });

  /** `4` or `6` and the bits of a range as a text, with plain means: eight or sixteen at a time. */
  function bitsOf(text: string): string | undefined {
    const [address, length] = text.split('/');
    if (!/^[\d.]+$|:/.test(address)) {
      return undefined;
    }
    const groups = address.includes(':') ? groupsOf(address) : address.split('.').map((part) => Number(part).toString(2).padStart(8, '0'));
    const bits = groups.join('');
    return `${address.includes(':') ? 6 : 4}${bits.slice(0, Number(length ?? bits.length))}`;
  }

  function groupsOf(address: string): string[] {
    const dotted = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => [0, 2].map((at) => (Number(parts[at]) * 256 + Number(parts[at + 1])).toString(16)).join(':'));
    const [left, right] = dotted.split('::').map((half) => half.split(':').filter((group) => group !== ''));
    const all = right === undefined ? left : [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right];
    return all.map((group) => parseInt(group, 16).toString(2).padStart(16, '0'));
  }

  /** The addresses at both ends of a range, and those beyond them. */
  function edges(range: string): string[] {
    const bits = bitsOf(range)!;
    const size = bits.startsWith('4') ? 32 : 128;
    const first = BigInt(`0b${bits.slice(1).padEnd(size, '0')}`);
    const last = BigInt(`0b${bits.slice(1).padEnd(size, '1')}`);
    return [first, last, first - 1n, last + 1n].filter((value) => value >= 0n && value < 2n ** BigInt(size)).map((value) => addressOf(value, size));
  }

  function addressOf(value: bigint, size: number): string {
    const digits = value.toString(16).padStart(size / 4, '0');
    return size === 128 ? digits.match(/.{4}/g)!.join(':') : digits.match(/../g)!.map((pair) => parseInt(pair, 16)).join('.');
  }
});

test('binary values: each, and one that is none of them', () => {
  const written = fc.constantFrom('YW55', 'YW55YW55', 'QQ==', 'QQ', 'b3RoZXI=');
  fc.assert(fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), (list) => {
    const bare = (text: string): string => text.replace(/=/g, '');
    check(list.map((value) => ({ kind: 'binary', value })), list.map((value) => (other: string) => bare(value) === bare(other)), [...list, 'bm9uZQ==']);
  }), settings);
});

test('tests of two types on one key are not told apart completely, and that is said', () => {
  const { isComplete } = valueSamples([{ kind: 'number', at: 1, text: '1' }, { kind: 'address', range: '10.0.0.0/8' }], ANY);
  expect(isComplete).toBe(false);
});
